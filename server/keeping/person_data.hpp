#pragma once

// What the house knows of one person: for the person, on request, and to say what erasing would take.
//
// Words and names of others are none of it: of what a worker wrote to the person they get what is addressed to them,
// and the staff are told by their role.

#include <optional>

#include "keeping/erasing.hpp"
#include "keeping/rooms.hpp"

namespace etakahvila::keeping {

/// Nothing when there is no such person, or they are somebody else by now (PersonDetails.same_as). Blocks.
std::optional<protocol::PersonData> data_of(
    const records::Database& reader, Rooms& rooms, PersonId person, UtcTime now);

/// What erasing would take, and what stays. Nothing as data_of. Blocks.
std::optional<protocol::ErasureShown> erasure_of(
    const records::Database& reader, Rooms& rooms, PersonId person, UtcTime now);

/// Refused: not_found; not_now (a hold keeps it, a day of theirs is on, or they have an account).
std::optional<RefusalWord> why_not_erase(const records::Database& reader, PersonId person, UtcTime now);

/// Whose name has this in it, as they are known now; by name, at most people_found_max.
inline constexpr std::size_t people_found_max = 20;
std::vector<protocol::FoundPerson> find_people(const records::Database& reader, std::string_view name);

}  // namespace etakahvila::keeping
