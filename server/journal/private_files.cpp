#include "journal/private_files.hpp"

#include <array>
#include <cstdio>
#include <functional>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace etakahvila::journal {
namespace {

constexpr mode_t others = 077;

std::filesystem::path folder_of(const std::filesystem::path& database) {
    return database.parent_path().empty() ? std::filesystem::path{"."} : database.parent_path();
}

/// The folder, then the files. A link is no file of ours: what it leads to is not touched.
void visit(const std::filesystem::path& database,
    const std::function<void(const std::filesystem::path&, const struct stat&)>& look) {
    struct stat found{};
    const auto folder = folder_of(database);
    if (::stat(folder.c_str(), &found) == 0) look(folder, found);
    std::error_code error;
    const auto name = database.filename().string();
    for (std::filesystem::directory_iterator entries{folder, error}, end; !error && entries != end;
        entries.increment(error)) {
        const auto& path = entries->path();
        if (path.filename().string().starts_with(name) && ::lstat(path.c_str(), &found) == 0 && S_ISREG(found.st_mode))
            look(path, found);
    }
}

}  // namespace

void make_private_from_now_on() { ::umask(others); }

void make_private(const std::filesystem::path& database) {
    visit(database, [](const std::filesystem::path& path, const struct stat& found) {
        const bool is_shared = S_ISDIR(found.st_mode) && (found.st_mode & S_ISVTX) != 0;
        if ((found.st_mode & others) == 0 || found.st_uid != ::geteuid() || is_shared) return;
        // What cannot be closed is told by open_to_others.
        [[maybe_unused]] const int is_open = ::fchmodat(AT_FDCWD, path.c_str(), found.st_mode & 07777 & ~others, 0);
    });
}

std::vector<std::string> open_to_others(const std::filesystem::path& database) {
    std::vector<std::string> open;
    visit(database, [&](const std::filesystem::path& path, const struct stat& found) {
        if ((found.st_mode & others) == 0) return;
        std::array<char, 16> mode{};
        std::snprintf(mode.data(), mode.size(), " (%o)", static_cast<unsigned>(found.st_mode & 0777));
        open.push_back(path.string() + mode.data());
    });
    return open;
}

}  // namespace etakahvila::journal
