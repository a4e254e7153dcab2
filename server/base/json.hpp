#pragma once

// JSON of described structs, both ways: one codec for the wire and for the journal.
//
// A struct is described by BOOST_DESCRIBE_STRUCT. An empty std::optional field is left out. A std::variant
// of structs is told apart by "type", whose value is the struct's `wire_name`.
//
// Reading is strict. Every key is known, and there at most once. Every required field is there. Each value
// is of its type and within the `limits` of its struct. What is refused is named by its path and never
// quoted: the text may be a person's.

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>
#include <simdjson.h>

#include "base/enum_names.hpp"
#include "base/field_limit.hpp"
#include "base/id.hpp"
#include "base/time.hpp"

namespace etakahvila::base::json {

/// Where and why a text was refused. `path` names fields of ours only.
struct Fault {
    std::string path;
    std::string_view why;
};

template <class T>
concept Described = boost::describe::has_describe_members<T>::value;

template <class T>
concept Named = requires {
    { T::wire_name } -> std::convertible_to<std::string_view>;
};

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_variant = false;
template <class... Ts>
inline constexpr bool is_variant<std::variant<Ts...>> = true;
template <class T>
inline constexpr bool is_id = false;
template <class Tag>
inline constexpr bool is_id<Id<Tag>> = true;
template <class T>
inline constexpr bool is_moment = std::is_same_v<T, RoomTime> || std::is_same_v<T, UtcTime>;

template <Described T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;

// ------------------------------------------------------------------------------------- writing

void write_text(std::string& out, std::string_view text);

inline void write_number(std::string& out, std::int64_t number) {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

template <class T>
void write(std::string& out, const T& value);

/// A described struct. Not inlined: a variant of a hundred structs would be one enormous function.
template <Described T>
[[gnu::noinline]] void write_struct(std::string& out, const T& value) {
    out += '{';
    bool first = true;
    const auto key = [&](std::string_view name) {
        if (!first) out += ',';
        first = false;
        out += '"';
        out += name;
        out += "\":";
    };
    if constexpr (Named<T>) {
        key("type");
        out += '"';
        out += T::wire_name;
        out += '"';
    }
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        const auto& field = value.*member.pointer;
        if constexpr (is_optional<std::remove_cvref_t<decltype(field)>>) {
            if (field) {
                key(member.name);
                write(out, *field);
            }
        } else {
            key(member.name);
            write(out, field);
        }
    });
    out += '}';
}

template <class T>
void write(std::string& out, const T& value) {
    if constexpr (std::is_same_v<T, bool>) {
        out += value ? "true" : "false";
    } else if constexpr (std::is_integral_v<T>) {
        write_number(out, static_cast<std::int64_t>(value));
    } else if constexpr (is_id<T>) {
        write_number(out, value.value);
    } else if constexpr (is_moment<T>) {
        write_number(out, value.ms);
    } else if constexpr (std::is_same_v<T, Milliseconds>) {
        write_number(out, value.count());
    } else if constexpr (NamedEnum<T>) {
        out += '"';
        out += name_of(value);
        out += '"';
    } else if constexpr (std::is_convertible_v<T, std::string_view>) {
        write_text(out, value);
    } else if constexpr (is_vector<T>) {
        out += '[';
        bool first = true;
        for (const auto& item : value) {
            if (!first) out += ',';
            first = false;
            write(out, item);
        }
        out += ']';
    } else if constexpr (is_variant<T>) {
        std::visit([&](const auto& chosen) { write(out, chosen); }, value);
    } else {
        write_struct(out, value);
    }
}

template <class T>
std::string to_text(const T& value) {
    std::string out;
    write(out, value);
    return out;
}

// ------------------------------------------------------------------------------------- reading

inline constexpr std::int64_t integer_most = (std::int64_t{1} << 53) - 1;
inline constexpr std::size_t depth_most = 8;

std::size_t code_points(std::string_view valid_utf8);

/// Deeper nesting than depth_most, or a number that is not an integer, anywhere.
bool is_too_deep(simdjson::dom::element element, std::size_t depth_left);

class Reader {
public:
    template <class T>
    bool read(simdjson::dom::element from, T& into, const FieldLimit* limit = nullptr) {
        if constexpr (std::is_same_v<T, bool>) {
            return from.get(into) == simdjson::SUCCESS || fail("is not true or false");
        } else if constexpr (std::is_same_v<T, std::int64_t>) {
            return read_integer(from, into, limit);
        } else if constexpr (std::is_integral_v<T>) {
            std::int64_t number{};
            if (!read_integer(from, number, limit)) return false;
            if (!std::in_range<T>(number)) return fail("is out of bounds");
            into = static_cast<T>(number);
            return true;
        } else if constexpr (is_id<T>) {
            if (!read_integer(from, into.value, limit)) return false;
            return into.value >= 0 || fail("is out of bounds");
        } else if constexpr (is_moment<T>) {
            return read_integer(from, into.ms, limit);
        } else if constexpr (std::is_same_v<T, Milliseconds>) {
            std::int64_t number{};
            if (!read_integer(from, number, limit)) return false;
            into = Milliseconds{number};
            return true;
        } else if constexpr (NamedEnum<T>) {
            std::string_view name;
            if (from.get(name) != simdjson::SUCCESS) return fail("is not a word");
            const auto value = value_named<T>(name);
            if (!value) return fail("is not a word that is known");
            into = *value;
            return true;
        } else if constexpr (std::is_same_v<T, std::string>) {
            return read_text(from, into, limit);
        } else if constexpr (is_vector<T>) {
            return read_list(from, into, limit);
        } else if constexpr (is_variant<T>) {
            return read_variant(from, into);
        } else {
            static_assert(Described<T>);
            return read_struct(from, into);
        }
    }

    Fault fault() && { return {std::move(path_), why_}; }

private:
    bool fail(std::string_view why) {
        why_ = why;
        return false;
    }

    bool read_integer(simdjson::dom::element from, std::int64_t& into, const FieldLimit* limit) {
        if (from.get(into) != simdjson::SUCCESS) return fail("is not an integer");
        if (into > integer_most || into < -integer_most) return fail("is out of bounds");
        if (limit != nullptr && (into < limit->least || into > limit->most)) return fail("is out of bounds");
        return true;
    }

    bool read_text(simdjson::dom::element from, std::string& into, const FieldLimit* limit) {
        std::string_view text;
        if (from.get(text) != simdjson::SUCCESS) return fail("is not a text");
        if (limit != nullptr) {
            const auto length = static_cast<std::int64_t>(code_points(text));
            if (length < limit->least || length > limit->most) return fail("is too long or too short");
        }
        into = text;
        return true;
    }

    template <class Item>
    bool read_list(simdjson::dom::element from, std::vector<Item>& into, const FieldLimit* limit) {
        simdjson::dom::array items;
        if (from.get(items) != simdjson::SUCCESS) return fail("is not a list");
        std::optional<FieldLimit> item_limit;
        if (limit != nullptr && limit->item_most != no_most) item_limit = FieldLimit{{}, no_least, limit->item_most};
        for (const auto item : items) {
            if (limit != nullptr && static_cast<std::int64_t>(into.size()) == limit->most) return fail("is too long");
            if (!read(item, into.emplace_back(), item_limit ? &*item_limit : nullptr)) return false;
        }
        return true;
    }

    template <class... Ts>
    bool read_variant(simdjson::dom::element from, std::variant<Ts...>& into) {
        std::string_view type;
        if (from["type"].get(type) != simdjson::SUCCESS) return fail("has no type");
        bool is_known = false;
        bool is_read = false;
        const auto try_one = [&]<class T>(std::type_identity<T>) {
            if (is_known || type != T::wire_name) return;
            is_known = true;
            is_read = read_struct(from, into.template emplace<T>());
        };
        (try_one(std::type_identity<Ts>{}), ...);
        return is_known ? is_read : fail("is of a type that is not known");
    }

    // Not inlined: a variant of a hundred structs would be one enormous function.
    template <Described T>
    [[gnu::noinline]] bool read_struct(simdjson::dom::element from, T& into) {
        simdjson::dom::object object;
        if (from.get(object) != simdjson::SUCCESS) return fail("is not an object");
        constexpr auto count = boost::mp11::mp_size<Members<T>>::value;
        std::array<bool, count + 1> seen{};
        bool type_seen = false;
        for (const auto [key, value] : object) {
            if constexpr (Named<T>) {
                if (key == "type") {
                    if (type_seen) return fail("has a key twice");
                    type_seen = true;
                    std::string_view type;
                    if (value.get(type) != simdjson::SUCCESS || type != T::wire_name) return fail("is of another type");
                    continue;
                }
            }
            bool is_known = false;
            bool is_read = false;
            std::size_t index = 0;
            boost::mp11::mp_for_each<Members<T>>([&](auto member) {
                const auto mine = index++;
                if (is_known || key != member.name) return;
                is_known = true;
                if (seen[mine]) {
                    why_ = "has a key twice";
                    return;
                }
                seen[mine] = true;
                const auto length = path_.size();
                if (length != 0) path_ += '.';
                path_ += member.name;
                auto& field = into.*member.pointer;
                const auto* limit = limit_of<T>(member.name);
                if constexpr (is_optional<std::remove_cvref_t<decltype(field)>>) {
                    is_read = read(value, field.emplace(), limit);
                } else {
                    is_read = read(value, field, limit);
                }
                if (is_read) path_.resize(length);
            });
            if (!is_known) return fail("has a key that is not known");
            if (!is_read) return false;
        }
        bool is_whole = true;
        std::size_t index = 0;
        boost::mp11::mp_for_each<Members<T>>([&](auto member) {
            using Field = std::remove_cvref_t<decltype(into.*member.pointer)>;
            if (!is_optional<Field> && !seen[index]) is_whole = false;
            ++index;
        });
        if constexpr (Named<T>) is_whole = is_whole && type_seen;
        return is_whole || fail("lacks a field");
    }

    template <class T>
    static const FieldLimit* limit_of(std::string_view field) {
        if constexpr (requires { T::limits; }) {
            for (const auto& limit : T::limits) {
                if (limit.field == field) return &limit;
            }
        }
        return nullptr;
    }

    std::string path_;
    std::string_view why_ = "cannot be read";
};

template <class T>
using Result = std::variant<T, Fault>;

/// Reads one value that fills the whole text. One parser serves one thread.
template <class T>
Result<T> from_text(simdjson::dom::parser& parser, std::string_view text) {
    simdjson::dom::element root;
    if (parser.parse(text.data(), text.size()).get(root) != simdjson::SUCCESS) return Fault{{}, "is not JSON in UTF-8"};
    if (is_too_deep(root, depth_most)) return Fault{{}, "is nested too deep"};
    Result<T> result{std::in_place_type<T>};
    Reader reader;
    if (!reader.read(root, std::get<T>(result))) return std::move(reader).fault();
    return result;
}

}  // namespace etakahvila::base::json
