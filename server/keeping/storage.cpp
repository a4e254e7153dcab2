#include "keeping/storage.hpp"

#include <array>

#include "people/storage.hpp"

namespace etakahvila::keeping {
namespace {

/// One step for each version; a step that has been released is never changed.
constexpr std::array steps{
    R"(
-- The site's own times, in the unit of the rule. kind: of decision, of the day record alone; empty: for all.
CREATE TABLE keeping_times (
  rule TEXT NOT NULL, kind TEXT NOT NULL, time INTEGER NOT NULL, changed_at INTEGER NOT NULL, by_name TEXT NOT NULL,
  PRIMARY KEY (rule, kind)) STRICT, WITHOUT ROWID;
CREATE TABLE keeping_facts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
-- last_day: Helsinki's, the last on which it holds.
CREATE TABLE keeping_holds (
  id INTEGER PRIMARY KEY AUTOINCREMENT, person INTEGER REFERENCES people, session INTEGER REFERENCES sessions,
  reason TEXT NOT NULL, last_day TEXT NOT NULL, by_name TEXT NOT NULL, made_at INTEGER NOT NULL, ended_at INTEGER,
  CHECK ((person IS NULL) <> (session IS NULL))) STRICT;
-- The log of erasing: no name, no word, no id of what went.
CREATE TABLE erasure_runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, made_by TEXT NOT NULL,
  is_whole INTEGER NOT NULL CHECK (is_whole IN (0, 1))) STRICT;
CREATE TABLE erasure_counts (
  run INTEGER NOT NULL REFERENCES erasure_runs, rule TEXT NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY (run, rule)) STRICT, WITHOUT ROWID;
CREATE TABLE compacted_rooms (session INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT;
-- Rooms of somebody who was erased, to be compacted as soon as they are sealed.
CREATE TABLE rooms_to_compact (session INTEGER PRIMARY KEY, since INTEGER NOT NULL) STRICT;
CREATE TABLE erased_people (person INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT;
)",
    R"(
-- How far a table had given its numbers when a life of the data began, in the order of lives (lives.hpp).
CREATE TABLE keeping_lives (
  place INTEGER NOT NULL, giver TEXT NOT NULL, life INTEGER NOT NULL, given INTEGER NOT NULL,
  PRIMARY KEY (place, giver)) STRICT, WITHOUT ROWID;
)"};

}  // namespace

void migrate(records::Database& database) { people::bring_forward(database, "keeping", steps); }

std::optional<std::int64_t> fact(const records::Database& database, Fact which) {
    return database.one<std::int64_t>("SELECT value FROM keeping_facts WHERE name = ?", which);
}

void put_fact(records::Database& database, Fact which, std::int64_t value) {
    database.write(
        "INSERT INTO keeping_facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        which, value);
}

void drop_fact(records::Database& database, Fact which) {
    database.write("DELETE FROM keeping_facts WHERE name = ?", which);
}

void note_first_start(records::Database& database, UtcTime now) {
    for (const auto which : {Fact::time_believed_at, Fact::tried_at})
        database.write(
            "INSERT INTO keeping_facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", which, now);
}

void note_compacted(records::Database& database, SessionId session, UtcTime now) {
    database.write(
        "INSERT INTO compacted_rooms (session, at) VALUES (?, ?) ON CONFLICT (session) DO NOTHING", session, now);
    database.write("DELETE FROM rooms_to_compact WHERE session = ?", session);
}

bool is_compacted(const records::Database& database, SessionId session) {
    return database.has("SELECT 1 FROM compacted_rooms WHERE session = ?", session);
}

}  // namespace etakahvila::keeping
