#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <type_traits>

namespace etakahvila::base {

/// An enum whose values have names on the wire and in the journal: `names_of(E)` is found beside
/// the enum and lists them in order from 0.
template <class E>
concept NamedEnum = std::is_enum_v<E> && requires { names_of(E{}); };

template <NamedEnum E>
constexpr std::string_view name_of(E value) {
    return names_of(E{})[static_cast<std::size_t>(value)];
}

template <NamedEnum E>
constexpr std::optional<E> value_named(std::string_view name) {
    constexpr auto names = names_of(E{});
    for (std::size_t index = 0; index < names.size(); ++index) {
        if (names[index] == name) return static_cast<E>(index);
    }
    return std::nullopt;
}

}  // namespace etakahvila::base
