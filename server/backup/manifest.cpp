#include "backup/manifest.hpp"

#include <algorithm>

#include "base/json.hpp"

namespace etakahvila::backup {
namespace {

constexpr std::size_t digest_digits = 64;
/// Between digest and name: it was read as bytes.
constexpr std::string_view between = "  ";

bool is_hexadecimal(std::string_view text) {
    return std::all_of(
        text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

/// Names of files that this program writes: nothing that leads elsewhere.
bool is_plain_name(std::string_view name) {
    return !name.empty() && name.front() != '.' && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' ||
               c == '_';
    });
}

}  // namespace

std::string to_text(const Manifest& manifest) { return base::json::to_text(manifest) + '\n'; }

std::optional<Manifest> read_manifest(std::string_view text) {
    simdjson::dom::parser parser;
    auto read = base::json::from_text<Manifest>(parser, text);
    auto* manifest = std::get_if<Manifest>(&read);
    if (manifest == nullptr || manifest->manifest != 1) return std::nullopt;
    const bool are_digests = std::all_of(manifest->rooms.begin(), manifest->rooms.end(),
        [](const RoomEnd& room) { return is_hexadecimal(room.digest); });
    return are_digests ? std::optional{std::move(*manifest)} : std::nullopt;
}

std::string to_text(const Sums& sums) {
    std::string text;
    for (const auto& [name, digest] : sums) text.append(digest).append(between).append(name) += '\n';
    return text;
}

std::optional<Sums> read_sums(std::string_view text) {
    Sums sums;
    while (!text.empty()) {
        const auto end = text.find('\n');
        if (end == text.npos) return std::nullopt;
        const auto line = text.substr(0, end);
        text.remove_prefix(end + 1);
        if (line.size() <= digest_digits + between.size()) return std::nullopt;
        const auto digest = line.substr(0, digest_digits);
        const auto name = line.substr(digest_digits + between.size());
        if (!is_hexadecimal(digest) || line.substr(digest_digits, between.size()) != between || !is_plain_name(name) ||
            !sums.emplace(name, digest).second)
            return std::nullopt;
    }
    return sums;
}

}  // namespace etakahvila::backup
