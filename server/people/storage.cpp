#include "people/storage.hpp"

#include <array>

#include "people/feedback.hpp"
#include "people/improvements.hpp"
#include "people/work.hpp"

namespace etakahvila::people {
namespace {

/// One step for each version; a step that has been released is never changed.
constexpr std::array steps{
    R"(
CREATE TABLE people_settings (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;

CREATE TABLE series (id INTEGER PRIMARY KEY, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE) STRICT;

-- Times are milliseconds since 1970-01-01 UTC. Ids are never used anew, not even after an erasure.
CREATE TABLE sessions (
  id INTEGER PRIMARY KEY AUTOINCREMENT, series INTEGER NOT NULL REFERENCES series, theme TEXT NOT NULL, question TEXT,
  starts_at INTEGER NOT NULL, ends_at INTEGER NOT NULL CHECK (ends_at > starts_at), help_phone TEXT,
  present_percent INTEGER NOT NULL CHECK (present_percent BETWEEN 1 AND 100),
  grace_seconds INTEGER NOT NULL CHECK (grace_seconds >= 0)) STRICT;
CREATE INDEX sessions_by_start ON sessions (starts_at);
CREATE TABLE session_words (
  session INTEGER NOT NULL REFERENCES sessions, word TEXT NOT NULL, PRIMARY KEY (session, word)) STRICT, WITHOUT ROWID;
CREATE TABLE agenda_items (
  session INTEGER NOT NULL REFERENCES sessions, item INTEGER NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
  minutes INTEGER NOT NULL, question TEXT,
  PRIMARY KEY (session, item)) STRICT, WITHOUT ROWID;

-- Clients, and with is_client 0 the staff and guests of sessions.
CREATE TABLE people (
  id INTEGER PRIMARY KEY AUTOINCREMENT, is_client INTEGER NOT NULL CHECK (is_client IN (0, 1)), name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  decision_type TEXT, supervisor TEXT, phone TEXT, email TEXT, needs TEXT) STRICT;
CREATE INDEX people_by_name ON people (name_key);
CREATE TABLE registrations (
  session INTEGER NOT NULL REFERENCES sessions, person INTEGER NOT NULL REFERENCES people, role TEXT NOT NULL,
  absence_told_at INTEGER, absence_note TEXT, PRIMARY KEY (session, person)) STRICT, WITHOUT ROWID;
CREATE INDEX registrations_by_person ON registrations (person);

CREATE TABLE invitations (
  id INTEGER PRIMARY KEY AUTOINCREMENT, session INTEGER REFERENCES sessions, person INTEGER REFERENCES people,
  secret_hash BLOB NOT NULL UNIQUE, code_hash BLOB UNIQUE, made_at INTEGER NOT NULL, not_before INTEGER NOT NULL,
  expires INTEGER NOT NULL, revoked_at INTEGER,
  CHECK ((session IS NULL) = (person IS NULL))) STRICT;
CREATE INDEX invitations_by_person ON invitations (session, person);

CREATE TABLE access_notes (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, act TEXT NOT NULL, by_invitation INTEGER,
  by_person INTEGER, session INTEGER) STRICT;
CREATE TABLE access_subjects (
  person INTEGER NOT NULL, note INTEGER NOT NULL REFERENCES access_notes,
  PRIMARY KEY (person, note)) STRICT, WITHOUT ROWID;
)",
    R"(
-- Staff who sign in. The person is who they are in every room; a role without a series is for all of them and for the
-- site.
CREATE TABLE staff_accounts (
  id INTEGER PRIMARY KEY AUTOINCREMENT, person INTEGER NOT NULL UNIQUE REFERENCES people, name_key TEXT NOT NULL UNIQUE,
  password_hash TEXT, locked_at INTEGER, made_at INTEGER NOT NULL) STRICT;
CREATE TABLE staff_roles (
  account INTEGER NOT NULL REFERENCES staff_accounts, series INTEGER REFERENCES series, role TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX staff_roles_once ON staff_roles (account, ifnull(series, 0), role);
CREATE TABLE staff_supervises (
  account INTEGER NOT NULL REFERENCES staff_accounts, name TEXT NOT NULL, name_key TEXT NOT NULL,
  PRIMARY KEY (account, name_key)) STRICT, WITHOUT ROWID;
CREATE TABLE password_links (
  account INTEGER PRIMARY KEY REFERENCES staff_accounts, secret_hash BLOB NOT NULL UNIQUE,
  expires INTEGER NOT NULL) STRICT;
CREATE TABLE sign_ins (
  id INTEGER PRIMARY KEY AUTOINCREMENT, account INTEGER NOT NULL REFERENCES staff_accounts,
  secret_hash BLOB NOT NULL UNIQUE,
  made_at INTEGER NOT NULL, used_at INTEGER NOT NULL) STRICT;
CREATE INDEX sign_ins_by_account ON sign_ins (account);
ALTER TABLE access_notes ADD COLUMN by_account INTEGER;
)",
    R"(
-- Invitations by e-mail: who and how far, never the link, which is made when it is needed and held in memory until it
-- is sent.
CREATE TABLE mails (
  id INTEGER PRIMARY KEY AUTOINCREMENT, session INTEGER NOT NULL REFERENCES sessions,
  person INTEGER NOT NULL REFERENCES people, made_at INTEGER NOT NULL,
  state TEXT NOT NULL, tries INTEGER NOT NULL, next_try_at INTEGER NOT NULL, sent_at INTEGER, trouble TEXT) STRICT;
CREATE INDEX mails_by_session ON mails (session);
CREATE INDEX mails_waiting ON mails (next_try_at) WHERE state = 'waiting';
)",
    R"(
ALTER TABLE sessions ADD COLUMN voice INTEGER NOT NULL DEFAULT 1 CHECK (voice IN (0, 1));
ALTER TABLE sessions ADD COLUMN many_listeners INTEGER NOT NULL DEFAULT 0 CHECK (many_listeners IN (0, 1));
)",
    R"(
ALTER TABLE sessions ADD COLUMN present_minutes INTEGER CHECK (present_minutes > 0);
-- Items keep their numbers when others come before them.
ALTER TABLE agenda_items ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
)",
    R"(
-- Who holds the coordinator's key.
ALTER TABLE invitations ADD COLUMN holder TEXT;
)",
    R"(
-- Of a client who was found to be another one of the records: who they are. Nobody is registered as them any more.
ALTER TABLE people ADD COLUMN same_as INTEGER REFERENCES people;
-- Two clients who look like one, and of whom somebody has said that they are two.
CREATE TABLE other_people (
  one INTEGER NOT NULL REFERENCES people, other INTEGER NOT NULL REFERENCES people, PRIMARY KEY (one, other),
  CHECK (one < other)) STRICT, WITHOUT ROWID;
-- What tells a letter from every other in the world; the same at each try.
ALTER TABLE mails ADD COLUMN token TEXT NOT NULL DEFAULT '';
UPDATE mails SET token = lower(hex(randomblob(16)));
)",
    R"(
-- An apostrophe of a phone is an apostrophe, a hyphen of a word processor a hyphen: names are the same with either.
UPDATE OR IGNORE series SET name_key = replace(replace(replace(replace(replace(name_key,
  char(8217), ''''), char(8216), ''''), char(700), ''''), char(8208), '-'), char(8211), '-');
UPDATE OR IGNORE people SET name_key = replace(replace(replace(replace(replace(name_key,
  char(8217), ''''), char(8216), ''''), char(700), ''''), char(8208), '-'), char(8211), '-');
UPDATE OR IGNORE staff_accounts SET name_key = replace(replace(replace(replace(replace(name_key,
  char(8217), ''''), char(8216), ''''), char(700), ''''), char(8208), '-'), char(8211), '-');
UPDATE OR IGNORE staff_supervises SET name_key = replace(replace(replace(replace(replace(name_key,
  char(8217), ''''), char(8216), ''''), char(700), ''''), char(8208), '-'), char(8211), '-');
)",
    R"(
-- A ban ends the room of that day, and not the own page.
ALTER TABLE invitations ADD COLUMN by_ban INTEGER NOT NULL DEFAULT 0 CHECK (by_ban IN (0, 1));
)",
    R"(
CREATE INDEX people_by_same_as ON people (same_as) WHERE same_as IS NOT NULL;
)"};

}  // namespace

void bring_forward(records::Database& database, std::string_view part, std::span<const char* const> steps) {
    records::Unit unit{database};
    database.script(
        "CREATE TABLE IF NOT EXISTS schema_version (part TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT");
    auto version = static_cast<std::size_t>(
        database.one<std::int64_t>("SELECT version FROM schema_version WHERE part = ?", part).value_or(0));
    if (version > steps.size())
        throw records::Error{records::Fault::other, "the tables of people were made by a newer program"};
    if (version == steps.size()) return;
    for (; version < steps.size(); ++version) database.script(steps[version]);
    database.write(
        "INSERT INTO schema_version (part, version) VALUES (?, ?) ON CONFLICT (part) DO UPDATE SET version = "
        "excluded.version",
        part, version);
    unit.keep();
}

void migrate(records::Database& database) {
    bring_forward(database, "people", steps);
    migrate_work(database);
    migrate_feedback(database);
    migrate_improvements(database);
}

}  // namespace etakahvila::people
