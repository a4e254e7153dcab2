#include "setup/put_file.hpp"

#include <cerrno>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace etakahvila::setup {
namespace {

[[noreturn]] void fail(const std::filesystem::path& file, int number) {
    throw std::runtime_error{"The file " + file.string() +
                             " cannot be written: " + std::error_code{number, std::generic_category()}.message() +
                             ". It is as it was. Do this as root, or name another place."};
}

bool write_all(int file, const std::string& text) {
    for (std::size_t written = 0; written < text.size();) {
        const auto bytes = ::write(file, text.data() + written, text.size() - written);
        if (bytes <= 0) return false;
        written += static_cast<std::size_t>(bytes);
    }
    return true;
}

/// Where the name is a link, what it leads to is meant, and the link stays.
std::filesystem::path place_of(const std::filesystem::path& file) {
    std::error_code error;
    auto place = std::filesystem::weakly_canonical(file, error);
    return error ? file : place;
}

}  // namespace

void put_file(const std::filesystem::path& file, const std::string& text, mode_t mode, std::optional<gid_t> group) {
    const auto target = place_of(file);
    std::error_code error;
    // The program makes things private; a folder of settings is not.
    if (std::filesystem::create_directories(target.parent_path(), error))
        std::filesystem::permissions(target.parent_path(), static_cast<std::filesystem::perms>(0755), error);
    auto beside = target;
    beside += ".new";
    ::unlink(beside.c_str());
    const int made = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (made < 0) fail(target, errno);
    const bool is_whole = write_all(made, text) && (!group || ::fchown(made, static_cast<uid_t>(-1), *group) == 0) &&
                          ::fchmod(made, mode) == 0 && ::fsync(made) == 0;
    int why = is_whole ? 0 : errno;
    ::close(made);
    if (is_whole && ::rename(beside.c_str(), target.c_str()) != 0) why = errno;
    if (why != 0) {
        ::unlink(beside.c_str());
        fail(target, why);
    }
    // The new name is on the disk, too.
    const int folder = ::open(target.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        ::fsync(folder);
        ::close(folder);
    }
}

void keep_as_backup(const std::filesystem::path& file) {
    const auto target = place_of(file);
    auto backup = target;
    backup += ".bak";
    std::error_code error;
    std::filesystem::remove(backup, error);
    // A second name of it: the file itself is there all the time.
    if (::link(target.c_str(), backup.c_str()) == 0 || errno == ENOENT) return;
    std::filesystem::copy_file(target, backup, error);
    if (error) fail(backup, error.value());
}

}  // namespace etakahvila::setup
