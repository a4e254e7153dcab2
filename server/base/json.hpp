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
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>
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
/// A variant, or a class of ours that is one.
template <class... Ts>
std::variant<Ts...> variant_of(const std::variant<Ts...>&);
template <class T>
concept Variant = requires(const T& value) { variant_of(value); };
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

void write_number(std::string& out, std::int64_t number);

template <class T>
void write(std::string& out, const T& value);

/// Inside of an object: the comma after what stands before, and the field's name.
void write_key(std::string& out, std::string_view name);

/// A described struct. Not inlined: a variant of a hundred structs would be one enormous function.
template <Described T>
[[gnu::noinline]] void write_struct(std::string& out, const T& value) {
    out += '{';
    if constexpr (Named<T>) {
        write_key(out, "type");
        write_text(out, T::wire_name);
    }
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        const auto& field = value.*member.pointer;
        if constexpr (is_optional<std::remove_cvref_t<decltype(field)>>) {
            if (!field) return;
            write_key(out, member.name);
            write(out, *field);
        } else {
            write_key(out, member.name);
            write(out, field);
        }
    });
    out += '}';
}

template <class V, class T>
void write_alternative(std::string& out, const V& value) {
    write(out, *std::get_if<T>(&value));
}

template <class... Ts>
void write_variant(std::string& out, const std::variant<Ts...>& value) {
    static constexpr std::array writers{&write_alternative<std::variant<Ts...>, Ts>...};
    writers[value.index()](out, value);
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
    } else if constexpr (Variant<T>) {
        write_variant(out, value);
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

class Reader;

/// How one field of a struct is read, or one struct of a variant. What it reads into is of the type that has it.
struct Part {
    std::string_view name;
    bool (*read)(Reader& reader, simdjson::dom::element from, void* whole);
    bool is_optional = false;
};

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
        } else if constexpr (Variant<T>) {
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

    bool read_integer(simdjson::dom::element from, std::int64_t& into, const FieldLimit* limit);
    bool read_text(simdjson::dom::element from, std::string& into, const FieldLimit* limit);
    /// Which fields were there is kept in the bits of one number.
    static constexpr std::size_t fields_max = 64;
    /// Every field of a struct. `type`: the value of its "type"; empty when it has none.
    bool read_fields(simdjson::dom::element from, void* into, std::span<const Part> fields, std::string_view type);
    /// The struct of a variant that "type" names.
    bool read_chosen(simdjson::dom::element from, void* into, std::span<const Part> alternatives);

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

    template <class T>
    static constexpr const FieldLimit* limit_of(std::string_view field) {
        if constexpr (requires { T::limits; }) {
            for (const auto& limit : T::limits) {
                if (limit.field == field) return &limit;
            }
        }
        return nullptr;
    }

    template <Described T, class Member>
    static bool read_field(Reader& reader, simdjson::dom::element from, void* whole) {
        static constexpr const FieldLimit* limit = limit_of<T>(Member::name);
        auto& field = static_cast<T*>(whole)->*Member::pointer;
        if constexpr (is_optional<std::remove_cvref_t<decltype(field)>>)
            return reader.read(from, field.emplace(), limit);
        else
            return reader.read(from, field, limit);
    }
    template <Described T, class... Members>
    bool read_members(simdjson::dom::element from, T& into, boost::mp11::mp_list<Members...>) {
        static constexpr std::array<Part, sizeof...(Members)> fields{Part{.name = Members::name,
            .read = &read_field<T, Members>,
            .is_optional = is_optional<std::remove_cvref_t<decltype(into.*Members::pointer)>>}...};
        static_assert(fields.size() <= fields_max);
        if constexpr (Named<T>)
            return read_fields(from, &into, fields, T::wire_name);
        else
            return read_fields(from, &into, fields, {});
    }
    template <Described T>
    bool read_struct(simdjson::dom::element from, T& into) {
        return read_members(from, into, boost::mp11::mp_rename<Members<T>, boost::mp11::mp_list>{});
    }

    template <class V, class T>
    static bool read_alternative(Reader& reader, simdjson::dom::element from, void* whole) {
        return reader.read_struct(from, static_cast<V*>(whole)->template emplace<T>());
    }
    template <class... Ts>
    bool read_variant(simdjson::dom::element from, std::variant<Ts...>& into) {
        static constexpr std::array<Part, sizeof...(Ts)> alternatives{
            Part{.name = Ts::wire_name, .read = &read_alternative<std::variant<Ts...>, Ts>}...};
        return read_chosen(from, &into, alternatives);
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
