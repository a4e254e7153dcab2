#pragma once

// What goes into a statement in place of a `?`, and what comes out of a column.

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "base/enum_names.hpp"
#include "base/id.hpp"
#include "base/time.hpp"

namespace etakahvila::records {

using Bytes = std::span<const std::byte>;

/// Null, a number, a text, bytes: borrowed from whoever made it. A text may hold any bytes, zeros too; an empty one is
/// not null.
using Value = std::variant<std::monostate, std::int64_t, std::string_view, Bytes>;

template <std::integral T>
Value value_of(T number) {
    return static_cast<std::int64_t>(number);
}
inline Value value_of(std::string_view text) { return text; }
inline Value value_of(Bytes bytes) { return bytes; }
template <std::size_t N>
Value value_of(const std::array<unsigned char, N>& bytes) {
    return std::as_bytes(std::span{bytes});
}
inline Value value_of(base::UtcTime time) { return time.ms; }
template <class Tag>
Value value_of(base::Id<Tag> id) {
    return id.value;
}
template <base::NamedEnum E>
Value value_of(E value) {
    return base::name_of(value);
}
template <class T>
Value value_of(const std::optional<T>& value) {
    return value ? value_of(*value) : Value{};
}

/// A prepared statement of one connection, of which one use is made at a time.
class Statement {
public:
    Statement() = default;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    /// Begins anew with these values, as many as the statement has `?`. Keeps copies of them.
    virtual void begin(std::span<const Value> values) = 0;
    /// Goes to the next row; false behind the last.
    virtual bool next() = 0;
    /// Begins anew and goes to the end. What comes back is passed over.
    virtual void run(std::span<const Value> values) = 0;
    /// The use is over: nothing is held open, no value is kept.
    virtual void release() noexcept = 0;

    /// Of the row, from 0. What is null is 0 or empty as a number or text. Views hold until the next row.
    virtual bool is_null(int column) const = 0;
    virtual std::int64_t number(int column) const = 0;
    virtual std::string_view text(int column) const = 0;
    virtual Bytes bytes(int column) const = 0;

protected:
    ~Statement() = default;
};

template <class T>
struct OptionalOf : std::false_type {};
template <class T>
struct OptionalOf<std::optional<T>> : std::true_type {
    using Inner = T;
};

/// A column as a T: a number, a truth, an id, a moment, a text; or as std::optional of one of these, of a named enum or
/// of an array of bytes, which is nothing for null, for a name that is none and for bytes of another number.
template <class T>
T column_as(const Statement& row, int column) {
    if constexpr (OptionalOf<T>::value) {
        using Inner = typename OptionalOf<T>::Inner;
        if (row.is_null(column)) return std::nullopt;
        if constexpr (base::NamedEnum<Inner>) {
            return base::value_named<Inner>(row.text(column));
        } else if constexpr (requires(Inner inner) { std::as_writable_bytes(std::span<unsigned char>{inner}); }) {
            Inner inner{};
            const auto bytes = row.bytes(column);
            if (bytes.size() != inner.size()) return std::nullopt;
            std::copy(bytes.begin(), bytes.end(), std::as_writable_bytes(std::span{inner}).begin());
            return inner;
        } else {
            return column_as<Inner>(row, column);
        }
    } else if constexpr (std::same_as<T, bool>) {
        return row.number(column) != 0;
    } else if constexpr (std::integral<T>) {
        return static_cast<T>(row.number(column));
    } else if constexpr (std::same_as<T, std::string>) {
        return std::string{row.text(column)};
    } else {
        return T{row.number(column)};
    }
}

}  // namespace etakahvila::records
