#include "house/plain_door.hpp"

#include <array>
#include <optional>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace etakahvila::house {
namespace {

constexpr std::string_view plain_text = "text/plain; charset=utf-8";
constexpr std::string_view challenge_path = "/.well-known/acme-challenge/";
/// A token and the digest of an account's key, with a dot between: less than 200 characters.
constexpr std::size_t challenge_bytes_max = 1024;

/// RFC 8555 §8.1: letters of base64url. So no path leads out of the folder.
bool is_token(std::string_view name) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    return !name.empty() && name.size() <= 200 && name.find_first_not_of(letters) == name.npos;
}

/// A small file that the machine has just written: no waiting for a disk that would be felt.
std::optional<std::string> challenge_in(const std::filesystem::path& folder, std::string_view token) {
    const auto path = folder / ".well-known" / "acme-challenge" / token;
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file < 0) return std::nullopt;
    struct stat about{};
    std::array<char, challenge_bytes_max> bytes{};
    const bool is_file = ::fstat(file, &about) == 0 && S_ISREG(about.st_mode);
    const auto size = is_file ? ::read(file, bytes.data(), bytes.size()) : -1;
    ::close(file);
    if (size < 0) return std::nullopt;
    return std::string{bytes.data(), static_cast<std::size_t>(size)};
}

}  // namespace

std::string place_of_page(const std::string& site, std::string_view path) {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz-";
    const bool is_name = path.size() > 1 && path.size() <= 40 && path.front() == '/' &&
                         path.find_first_not_of(letters, 1) == path.npos;
    return site + (is_name ? std::string{path} : "/");
}

void PlainDoor::answer(net::Request request, net::Answer answer) {
    using enum net::Request::Method;
    if (request.method != get && request.method != head) {
        // What is sent here has been read on the way: it is not sent on as if nothing had happened.
        auto refused = net::answer_of(405, "Ask the site by https.\n", plain_text);
        refused.fields.emplace_back("Allow", methods(request.path));
        return answer(std::move(refused));
    }
    const std::string_view path = request.path;
    if (!acme_folder_.empty() && path.starts_with(challenge_path)) {
        const auto token = path.substr(challenge_path.size());
        auto found = is_token(token) ? challenge_in(acme_folder_, token) : std::nullopt;
        return answer(found ? net::answer_of(200, std::move(*found), plain_text)
                            : net::answer_of(404, "Not Found\n", plain_text));
    }
    auto moved = net::answer_of(308, "Permanent Redirect\n", plain_text);
    moved.fields.emplace_back("Location", place_of_page(site_, path));
    answer(std::move(moved));
}

}  // namespace etakahvila::house
