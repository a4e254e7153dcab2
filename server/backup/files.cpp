#include "backup/files.hpp"

#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace etakahvila::backup {
namespace {

constexpr std::size_t bytes_at_once = std::size_t{1} << 20;
/// So much is synced at once: nobody else's sync waits behind more.
constexpr std::size_t synced_at_once = 4 * bytes_at_once;

[[noreturn]] void fail(std::string_view what, const std::filesystem::path& path, int code = errno) {
    throw std::runtime_error{
        std::string{what} + " " + path.string() + ": " + std::generic_category().message(code) + "."};
}

class File {
public:
    File(const std::filesystem::path& path, int flags)
        : path_{path}, handle_{::open(path.c_str(), flags | O_CLOEXEC, 0600)} {
        if (handle_ < 0) fail((flags & O_CREAT) != 0 ? "Cannot make" : "Cannot open", path_);
    }
    ~File() { ::close(handle_); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    /// 0 at the end.
    std::size_t read(std::vector<char>& into) {
        while (true) {
            const auto count = ::read(handle_, into.data(), into.size());
            if (count >= 0) return static_cast<std::size_t>(count);
            if (errno != EINTR) fail("Cannot read", path_);
        }
    }
    void write(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto count = ::write(handle_, bytes.data(), bytes.size());
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) fail("Cannot write", path_);
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
    }
    void sync() {
        if (::fsync(handle_) != 0) fail("Cannot write", path_);
    }

private:
    const std::filesystem::path& path_;
    int handle_;
};

}  // namespace

void make_folder(const std::filesystem::path& folder) {
    std::error_code error;
    if (folder.empty() || std::filesystem::is_directory(folder, error)) return;
    const auto above = folder.parent_path();
    if (above != folder) make_folder(above);
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) fail("Cannot make the folder", folder);
}

void make_file(const std::filesystem::path& file) { const File made{file, O_WRONLY | O_CREAT | O_EXCL}; }

void write_file(const std::filesystem::path& file, std::string_view bytes) {
    File made{file, O_WRONLY | O_CREAT | O_EXCL};
    made.write(bytes);
    made.sync();
}

std::string read_file(const std::filesystem::path& file, std::size_t bytes_max) {
    File opened{file, O_RDONLY};
    std::string bytes;
    std::vector<char> some(bytes_at_once);
    while (const auto count = opened.read(some)) {
        bytes.append(some.data(), count);
        if (bytes.size() > bytes_max) fail("Cannot read", file, EFBIG);
    }
    return bytes;
}

void copy_whole(const std::filesystem::path& from, const std::filesystem::path& to) {
    File source{from, O_RDONLY};
    File target{to, O_WRONLY | O_CREAT | O_EXCL};
    std::vector<char> some(bytes_at_once);
    std::size_t since_sync = 0;
    while (const auto count = source.read(some)) {
        target.write({some.data(), count});
        since_sync += count;
        if (since_sync < synced_at_once) continue;
        target.sync();
        since_sync = 0;
    }
    target.sync();
}

void sync(const std::filesystem::path& path) { File{path, O_RDONLY}.sync(); }

void move(const std::filesystem::path& from, const std::filesystem::path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) fail("Cannot move", from);
    sync(to.parent_path());
    if (from.parent_path() != to.parent_path()) sync(from.parent_path());
}

std::string sha256_of(const std::filesystem::path& file) {
    File opened{file, O_RDONLY};
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    std::vector<char> some(bytes_at_once);
    while (const auto count = opened.read(some))
        crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(some.data()), count);
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256_final(&state, digest.data());
    std::array<char, 2 * crypto_hash_sha256_BYTES + 1> digits{};
    sodium_bin2hex(digits.data(), digits.size(), digest.data(), digest.size());
    return digits.data();
}

std::int64_t free_bytes(const std::filesystem::path& folder) {
    struct statvfs found{};
    if (::statvfs(folder.c_str(), &found) != 0) fail("Cannot look at", folder);
    return static_cast<std::int64_t>(found.f_bavail) * static_cast<std::int64_t>(found.f_frsize);
}

}  // namespace etakahvila::backup
