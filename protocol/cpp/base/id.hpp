#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace etakahvila::base {

/// A number that names one kind of thing. Ids of different kinds do not mix, and none can be
/// added up. 0 names nothing.
template <class Tag>
struct Id {
    std::int64_t value{};

    constexpr Id() = default;
    constexpr explicit Id(std::int64_t number) : value{number} {}

    constexpr explicit operator bool() const { return value != 0; }
    constexpr auto operator<=>(const Id&) const = default;
};

}  // namespace etakahvila::base

template <class Tag>
struct std::hash<etakahvila::base::Id<Tag>> {
    std::size_t operator()(etakahvila::base::Id<Tag> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
