#include "runtime/command_id.hpp"

#include "base/json.hpp"

namespace etakahvila::runtime {
namespace {

constexpr std::size_t id_code_points_max = 32;

/// The unit that the escape \uXXXX at `at` stands for; nothing when there is none.
std::optional<unsigned long> escaped_unit(std::string_view text, std::size_t at) {
    if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return std::nullopt;
    unsigned long unit = 0;
    for (const char c : text.substr(at + 2, 4)) {
        const auto digit = c >= '0' && c <= '9'   ? c - '0'
                           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                  : -1;
        if (digit < 0) return std::nullopt;
        unit = unit * 16 + static_cast<unsigned long>(digit);
    }
    return unit;
}

/// With U+FFFD in the place of each half of a surrogate pair that stands alone.
std::string well_formed(std::string_view text) {
    std::string out{text};
    for (std::size_t index = 0; index < out.size();) {
        if (out[index] != '\\') {
            ++index;
            continue;
        }
        const auto unit = escaped_unit(out, index);
        if (!unit) {
            index += 2;
            continue;
        }
        const auto next = escaped_unit(out, index + 6);
        const bool is_first = *unit >= 0xd800 && *unit <= 0xdbff;
        const bool is_second = *unit >= 0xdc00 && *unit <= 0xdfff;
        const bool is_pair = is_first && next && *next >= 0xdc00 && *next <= 0xdfff;
        if ((is_first || is_second) && !is_pair) out.replace(index + 2, 4, "fffd");
        index += is_pair ? 12 : 6;
    }
    return out;
}

/// Without the digits of a number that are more than any number of ours has.
std::string with_short_numbers(std::string_view text) {
    constexpr std::size_t digits_max = 16;
    std::string out;
    out.reserve(text.size());
    bool is_in_string = false;
    std::size_t digits = 0;
    for (std::size_t index = 0; index < text.size(); ++index) {
        const char c = text[index];
        digits = !is_in_string && c >= '0' && c <= '9' ? digits + 1 : 0;
        if (digits > digits_max) continue;
        out.push_back(c);
        if (is_in_string && c == '\\' && index + 1 < text.size())
            out.push_back(text[++index]);
        else if (c == '"')
            is_in_string = !is_in_string;
    }
    return out;
}

}  // namespace

std::optional<std::string> command_id_of(std::string_view frame) {
    static thread_local simdjson::dom::parser parser;
    simdjson::dom::element root;
    const bool is_whole = parser.parse(frame.data(), frame.size()).get(root) == simdjson::SUCCESS;
    if (!is_whole && parser.parse(with_short_numbers(well_formed(frame))).get(root) != simdjson::SUCCESS)
        return std::nullopt;
    simdjson::dom::object object;
    if (root.get(object) != simdjson::SUCCESS) return std::nullopt;
    int types = 0;
    int ids = 0;
    std::string_view type;
    std::string_view id;
    for (const auto [key, value] : object) {
        if (key == "type" && (++types > 1 || value.get(type) != simdjson::SUCCESS)) return std::nullopt;
        if (key == "id" && (++ids > 1 || value.get(id) != simdjson::SUCCESS)) return std::nullopt;
    }
    if (type != "command" || id.empty() || base::json::code_points(id) > id_code_points_max) return std::nullopt;
    // An id that had to be mended is another one: nobody waits for an answer to it.
    if (!is_whole && id.find("\xef\xbf\xbd") != std::string_view::npos) return std::nullopt;
    return std::string{id};
}

}  // namespace etakahvila::runtime
