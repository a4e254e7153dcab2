#pragma once

// The records' tables. Everything in this folder works over a database that is handed in; what
// changes it is called on the thread of the one writing connection, what reads it with any
// connection. No call leaves a transaction open, and each works inside one of the caller's.
// records::Error comes out when the database is broken, never for a refusal, and says nothing of a
// person.

#include <cstddef>
#include <functional>
#include <span>

#include "records/database.hpp"

namespace etakahvila::people {

/// Fills the span with random bytes that nobody can guess.
using RandomBytes = std::function<void(std::span<std::byte>)>;

/// Brings the tables to this program's version, forward only; done once it does nothing. Throws
/// records::Error when the file was made by a newer program.
void migrate(records::Database& database);

/// The steps of migrate's own tables, by which a test makes a database of an older program.
std::span<const char* const> record_steps();

/// The same for the tables of one part: a step for each version, of which those that are missing are made.
void bring_forward(records::Database& database, std::string_view part, std::span<const char* const> steps);

/// For a restore: nobody is signed in any more, or half in; no link sets a password, no code binds, and no key waits
/// for an app. All of it may have been ended or used up since the backup was made.
void end_living_secrets(records::Database& database);

}  // namespace etakahvila::people
