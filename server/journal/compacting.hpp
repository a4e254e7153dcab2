#pragma once

// A room's steps give way to one. rooms.compactions counts how often that was: which of its chains the room is in.

#include <optional>
#include <string>

#include "journal/journal.hpp"
#include "records/database.hpp"

namespace etakahvila::journal {

/// Within the store's transaction: the room's steps and ballots go, it gets the epoch, and the step is its first. The
/// step's event keeps the number of those that go, and the digest of the last of them. Throws std::logic_error, and the
/// transaction is to be undone, when `through` is not the last step that is kept, or when not all of them are as they
/// were written: damage is not to be covered up. Answers which chain begins.
std::int64_t compact_room(records::Database& database, protocol::SessionId session, domain::Seq through,
    domain::Step step, const std::string& epoch);

/// Which chain the room is in; 0 when it was never compacted.
std::int64_t chain_of(const records::Database& database, protocol::SessionId session);

/// The same step, with what its event says of the steps before it.
domain::Step with_earlier(domain::Step step, domain::EarlierChain earlier);

}  // namespace etakahvila::journal
