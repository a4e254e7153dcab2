#include "base/json.hpp"

#include <charconv>

namespace etakahvila::base::json {

void write_number(std::string& out, std::int64_t number) {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

void write_key(std::string& out, std::string_view name) {
    if (out.back() != '{') out += ',';
    out += '"';
    out += name;
    out += "\":";
}

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

bool Reader::read_integer(simdjson::dom::element from, std::int64_t& into, const FieldLimit* limit) {
    if (from.get(into) != simdjson::SUCCESS) return fail("is not an integer");
    if (into > integer_most || into < -integer_most) return fail("is out of bounds");
    if (limit != nullptr && (into < limit->least || into > limit->most)) return fail("is out of bounds");
    return true;
}

bool Reader::read_text(simdjson::dom::element from, std::string& into, const FieldLimit* limit) {
    std::string_view text;
    if (from.get(text) != simdjson::SUCCESS) return fail("is not a text");
    if (limit != nullptr) {
        const auto length = static_cast<std::int64_t>(code_points(text));
        if (length < limit->least || length > limit->most) return fail("is too long or too short");
    }
    into = text;
    return true;
}

bool Reader::read_fields(simdjson::dom::element from, void* into, std::span<const Part> fields, std::string_view type) {
    simdjson::dom::object object;
    if (from.get(object) != simdjson::SUCCESS) return fail("is not an object");
    std::uint64_t seen{};
    bool type_seen = type.empty();
    // Fields mostly come in their order.
    std::size_t next = 0;
    for (const auto [key, value] : object) {
        if (!type.empty() && key == "type") {
            if (type_seen) return fail("has a key twice");
            type_seen = true;
            std::string_view told;
            if (value.get(told) != simdjson::SUCCESS || told != type) return fail("is of another type");
            continue;
        }
        if (next == fields.size() || fields[next].name != key) {
            next = 0;
            while (next != fields.size() && fields[next].name != key) ++next;
            if (next == fields.size()) return fail("has a key that is not known");
        }
        const auto bit = std::uint64_t{1} << next;
        if ((seen & bit) != 0) return fail("has a key twice");
        seen |= bit;
        const auto length = path_.size();
        if (length != 0) path_ += '.';
        path_ += fields[next].name;
        if (!fields[next].read(*this, value, into)) return false;
        path_.resize(length);
        ++next;
    }
    for (std::size_t index = 0; index != fields.size(); ++index) {
        if (!fields[index].is_optional && (seen >> index & 1) == 0) return fail("lacks a field");
    }
    return type_seen || fail("lacks a field");
}

bool Reader::read_chosen(simdjson::dom::element from, void* into, std::span<const Part> alternatives) {
    std::string_view type;
    if (from["type"].get(type) != simdjson::SUCCESS) return fail("has no type");
    for (const auto& alternative : alternatives) {
        if (alternative.name == type) return alternative.read(*this, from, into);
    }
    return fail("is of a type that is not known");
}

}  // namespace etakahvila::base::json
