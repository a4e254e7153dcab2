#include "admin/owner.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <stdexcept>

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace etakahvila::admin {
namespace {

constexpr std::size_t login_bytes_max = 64;

/// What a login name may be, as useradd(8) of any distribution makes one.
bool is_login(const std::string& text) {
    return !text.empty() && text.size() <= login_bytes_max && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
               c == '.' || c == '@' || c == '\\';
    });
}

}  // namespace

void become_owner(const std::filesystem::path& data) {
    struct stat folder{};
    if (::geteuid() != 0 || ::stat(data.c_str(), &folder) != 0 || folder.st_uid == 0) return;
    const auto name = name_of(folder.st_uid);
    // The groups that its owner has, and no other: a key may be readable by one of them.
    const bool has_groups = ::initgroups(name.c_str(), folder.st_gid) == 0 || ::setgroups(0, nullptr) == 0;
    if (!has_groups || ::setresgid(folder.st_gid, folder.st_gid, folder.st_gid) != 0 ||
        ::setresuid(folder.st_uid, folder.st_uid, folder.st_uid) != 0)
        throw std::runtime_error{"This cannot be done as " + name +
                                 ", whose data it is. Run it as that user: runuser -u " + name + " -- etakahvila …"};
}

bool owner_may(const std::filesystem::path& data, const std::filesystem::path& path, int how) {
    constexpr int cannot_tell = 2;
    const pid_t child = ::fork();
    if (child == 0) {
        try {
            become_owner(data);
        } catch (const std::exception&) {
            ::_exit(cannot_tell);
        }
        ::_exit(::access(path.c_str(), how) == 0 ? 0 : 1);
    }
    int status = 0;
    pid_t ended = -1;
    do ended = child < 0 ? -1 : ::waitpid(child, &status, 0);
    while (ended < 0 && child > 0 && errno == EINTR);
    if (ended != child || !WIFEXITED(status) || WEXITSTATUS(status) == cannot_tell)
        throw std::runtime_error{
            "Whether the server's user may use " + path.string() + " cannot be told. Try it again, as root."};
    return WEXITSTATUS(status) == 0;
}

void refuse_to_serve_as_root(const std::filesystem::path& data) {
    struct stat folder{};
    if (::geteuid() != 0 || ::stat(data.c_str(), &folder) != 0 || folder.st_uid == 0) return;
    throw std::runtime_error{"The data in " + data.string() + " is that of " + name_of(folder.st_uid) +
                             ", and files of root's would be in its way. Start the service (systemctl start "
                             "etakahvila), or serve as that user."};
}

bool is_in_use(const std::filesystem::path& data) {
    const int lock = ::open((data / "etakahvila.sqlite.lock").c_str(), O_RDWR | O_CLOEXEC);
    if (lock < 0) return false;
    const bool is_taken = ::flock(lock, LOCK_EX | LOCK_NB) != 0;
    ::close(lock);
    return is_taken;
}

void refuse_beside_server(const std::filesystem::path& data) {
    if (is_in_use(data))
        throw std::runtime_error{
            "A server is running on this data. Stop it first (systemctl stop etakahvila), and start "
            "it again afterwards."};
}

std::string name_of(uid_t uid) {
    std::array<char, 4096> text{};
    passwd known{};
    passwd* found = nullptr;
    if (::getpwuid_r(uid, &known, text.data(), text.size(), &found) == 0 && found != nullptr) return known.pw_name;
    return "uid " + std::to_string(uid);
}

Operator whoever_types() {
    const char* login = std::getenv("SUDO_USER");
    return operator_of(::getuid(), login == nullptr ? "" : login);
}

Operator operator_of(uid_t uid, const std::string& login) {
    auto name = name_of(uid);
    if (uid == 0 && login != name && is_login(login)) name += " (" + login + ")";
    return {.uid = uid, .name = std::move(name)};
}

std::string identity_of(const std::filesystem::path& folder) {
    struct stat found{};
    if (::stat(folder.c_str(), &found) != 0) return {};
    return std::to_string(found.st_dev) + ":" + std::to_string(found.st_ino);
}

}  // namespace etakahvila::admin
