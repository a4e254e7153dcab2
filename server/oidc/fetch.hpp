#pragma once

// One question to a provider over TLS, bounded in time and size.

#include <atomic>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>

namespace etakahvila::oidc {

inline constexpr long answer_within_seconds = 10;
inline constexpr std::size_t answer_bytes_max = 256 * 1024;

struct Question {
    /// https, and nothing else; where it leads on to is not followed.
    std::string address;
    /// A form, posted; nothing: it is got.
    std::optional<std::string> form{};
    /// In `Authorization`; empty: nobody.
    std::string user{};
    std::string password{};
};

struct Said {
    long status{};
    std::string body;
};
/// No answer: in libcurl's words, for an operator.
struct NoAnswer {
    std::string words;
};

/// Blocks, answer_within_seconds at most; ends early when `gives_up` becomes true. `authorities`: a file with the
/// certificates of those that are believed; empty: the machine's own.
std::variant<Said, NoAnswer> ask(
    const Question& question, const std::filesystem::path& authorities, const std::atomic<bool>& gives_up);

}  // namespace etakahvila::oidc
