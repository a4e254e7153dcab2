#pragma once

#include <optional>

#include "domain/room/context.hpp"

namespace etakahvila::domain {

/// Those who see the room alike. Most things look the same to all of an audience, and are
/// encoded once for it.
enum class Audience : std::uint8_t { participants, staff };

inline constexpr std::array all_audiences{Audience::participants, Audience::staff};

constexpr Audience audience_of(Role role) { return is_staff(role) ? Audience::staff : Audience::participants; }

/// For whom a thing is shown: an audience as such, or one person of it.
struct Viewer {
    Audience audience = Audience::participants;
    std::optional<PersonId> person;

    bool is(PersonId someone) const { return person == someone; }
    bool is_staff() const { return audience == Audience::staff; }
};

/// One thing of the room, by kind and id (0 where there is one at most).
struct ThingRef {
    ChangeKind kind{};
    std::int64_t id{};

    auto operator<=>(const ThingRef&) const = default;
};

/// Of the messages a newcomer is shown the newest.
inline constexpr std::size_t messages_shown_max = 200;

}  // namespace etakahvila::domain
