#pragma once

#include <optional>
#include <vector>

#include "domain/room/context.hpp"

namespace etakahvila::domain {

struct Room;

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

/// How the thing looks to the viewer now; Dropped when it is no longer there for them, or no
/// longer there at all; nothing when they neither see it nor ever did.
std::optional<Change> see(const Room& room, ThingRef thing, const Viewer& viewer);

/// Those to whom the thing looks otherwise than to the rest of their audience: the author of a
/// held message, the person who asked for help. Added to `out`.
void add_personal_viewers(const Room& room, ThingRef thing, std::vector<PersonId>& out);

/// All that a newcomer is shown, as they may see it; of the messages the newest
/// `messages_shown_max`.
std::vector<Change> snapshot(const Room& room, const Viewer& viewer);

/// What changed after step `since`, as the viewer may see it now. snapshot(s) and then
/// changes_since(s) shows what snapshot now shows. Of the messages made meanwhile, those that a
/// newcomer is shown.
std::vector<Change> changes_since(const Room& room, Seq since, const Viewer& viewer);

inline constexpr std::size_t messages_shown_max = 200;

}  // namespace etakahvila::domain
