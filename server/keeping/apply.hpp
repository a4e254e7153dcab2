#pragma once

// What was erased is erased again, on a database that is older than the file of tombstones: a backup that was restored.
//
// A person whom a hold or an account made since keeps is passed over: then the database is newer than the tombstone,
// and the erasure never came about. A hold of before had ended, or it would have been refused.

#include <map>
#include <span>
#include <vector>

#include "keeping/in_rooms.hpp"
#include "keeping/tombstones.hpp"
#include "records/database.hpp"

namespace etakahvila::keeping {

struct Applied {
    /// How many were newer than the database.
    std::int64_t tombstones{};
    std::map<protocol::KeepingRule, std::int64_t> rows;
    /// Whose words had gone: whoever holds the rooms compacts them (rooms.hpp).
    std::vector<protocol::SessionId> rooms;
    /// By id.
    std::vector<protocol::PersonId> passed_over;
};

/// The people of tombstones that the database does not have yet, each with what is theirs in the rooms: looked up
/// before the write. Blocks, as Rooms does.
std::map<protocol::PersonId, InRooms> in_rooms_of_erased(
    const records::Database& reader, std::span<const Tombstone> tombstones, Rooms& rooms, UtcTime now);

/// In one unit: those that the database does not have yet. Done again it does nothing. Within a write, whose caller
/// notes that the log of the store holds what was erased.
Applied apply(records::Database& database, std::span<const Tombstone> tombstones,
    const std::map<protocol::PersonId, InRooms>& theirs, UtcTime now);

}  // namespace etakahvila::keeping
