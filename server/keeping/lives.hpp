#pragma once

// Lives of the data: one begins with each restore. Numbers that were given after the backup are given again in the next
// life, to somebody else. So a tombstone says in which life its number was given, and takes nothing of data that has
// never had that life.

#include <optional>
#include <set>

#include "keeping/due.hpp"

namespace etakahvila::keeping {

/// Before the first restore. Tombstones that say nothing of a life are of it, and are for all data.
inline constexpr std::int64_t first_life = 0;

/// Within a write: what is given from now on is of a new life.
void begin_life(records::Database& database);

/// The life in which the subject's number was given. `rule`: none for a person on request.
std::int64_t life_of(const records::Database& database, std::optional<KeepingRule> rule, Subject subject);

/// Those that this data has had, the first too.
std::set<std::int64_t> lives_of(const records::Database& database);

}  // namespace etakahvila::keeping
