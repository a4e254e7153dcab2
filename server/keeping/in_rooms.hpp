#pragma once

// What is one person's in the rooms. It lies in the steps, which the rooms alone can read (rooms.hpp), so it is looked
// up before anything is written.

#include <algorithm>
#include <compare>
#include <span>
#include <string_view>
#include <vector>

#include "keeping/rooms.hpp"
#include "protocol/api/keeping.hpp"
#include "records/database.hpp"

namespace etakahvila::keeping {

using base::UtcTime;
using protocol::ParkedId;
using protocol::PersonId;
using protocol::SessionId;

/// What these ids have said in a room, in order; their names too.
std::vector<protocol::SaidByPerson> said_in(
    std::span<const domain::Step> steps, std::span<const PersonId> ids, std::string_view theme);

/// The questions of these ids that were carried on from the room in their own words. What the staff wrote anew is the
/// staff's.
std::vector<ParkedId> carried_from(std::span<const domain::Step> steps, std::span<const PersonId> ids);

/// A question that was carried, by the room in which it was parked.
struct CarriedOn {
    SessionId session;
    ParkedId parked;
    auto operator<=>(const CarriedOn&) const = default;
};

struct InRooms {
    /// Not compacted: of days of theirs that have begun, and of each other day of which they have said something, or
    /// been at the doors. By id.
    std::vector<SessionId> rooms;
    /// In the order of `rooms`, with their theme.
    std::vector<protocol::SaidByPerson> said;
    /// Whose words are there still. Of a room that is compacted nobody can tell who asked: all of its questions.
    std::vector<CarriedOn> carried;
    /// Where these have come up, not compacted. By id.
    std::vector<SessionId> carried_into;

    /// What is to be compacted: both. By id.
    std::vector<SessionId> owed() const;
    bool has(SessionId session) const { return std::binary_search(rooms.begin(), rooms.end(), session); }
};

/// Under all their ids. Blocks, as Rooms does.
InRooms in_rooms(const records::Database& reader, Rooms& rooms, PersonId person, UtcTime now);

}  // namespace etakahvila::keeping
