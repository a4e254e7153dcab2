#include "base/json.hpp"

namespace etakahvila::base::json {

void write_text(std::string& out, std::string_view text) {
    static constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (byte < 0x20 || byte == 0x7f) {
            out += "\\u00";
            out += hex[byte >> 4];
            out += hex[byte & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

std::size_t code_points(std::string_view valid_utf8) {
    return static_cast<std::size_t>(
        std::count_if(valid_utf8.begin(), valid_utf8.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

bool is_too_deep(simdjson::dom::element element, std::size_t depth_left) {
    if (depth_left == 0) return element.is_array() || element.is_object();
    simdjson::dom::array items;
    if (element.get(items) == simdjson::SUCCESS) {
        return std::any_of(items.begin(), items.end(), [&](auto item) { return is_too_deep(item, depth_left - 1); });
    }
    simdjson::dom::object fields;
    if (element.get(fields) == simdjson::SUCCESS) {
        return std::any_of(
            fields.begin(), fields.end(), [&](auto field) { return is_too_deep(field.value, depth_left - 1); });
    }
    return false;
}

}  // namespace etakahvila::base::json
