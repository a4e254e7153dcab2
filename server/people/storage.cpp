#include "people/storage.hpp"

#include <array>
#include <string>

#include "people/account_acts.hpp"
#include "people/feedback.hpp"
#include "people/improvements.hpp"
#include "people/operator_acts.hpp"
#include "people/provider_sign_in.hpp"
#include "people/second_step.hpp"
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
)",
    R"(
-- The season around the room (server/programme). Days are Helsinki's, as 2026-12-03, and clocks as 09:00.
-- A kind of decision that is in use is never taken out: it ends by its last day.
CREATE TABLE decision_kinds (
  key TEXT PRIMARY KEY, place INTEGER NOT NULL, fi TEXT NOT NULL, sv TEXT NOT NULL, en TEXT NOT NULL,
  duty TEXT NOT NULL, first_day TEXT, last_day TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE absence_reasons (
  kind TEXT NOT NULL REFERENCES decision_kinds, reason TEXT NOT NULL,
  PRIMARY KEY (kind, reason)) STRICT, WITHOUT ROWID;
INSERT INTO decision_kinds (key, place, fi, sv, en, duty) VALUES
  ('social_rehabilitation', 1, 'Sosiaalinen kuntoutus', 'Social rehabilitering', 'Social rehabilitation', 'own_will'),
  ('work_activity', 2, 'Kuntouttava työtoiminta', 'Arbetsverksamhet i rehabiliteringssyfte',
   'Rehabilitative work activity', 'obligatory'),
  ('disability_work_activity', 3, 'Vammaisten työtoiminta', 'Arbetsverksamhet för personer med funktionsnedsättning',
   'Work activity for disabled persons', 'agreed');
INSERT INTO absence_reasons (kind, reason) VALUES
  ('work_activity', 'own_illness'), ('work_activity', 'child_ill'), ('work_activity', 'job_interview'),
  ('work_activity', 'public_duty'), ('work_activity', 'other'),
  ('disability_work_activity', 'own_illness'), ('disability_work_activity', 'other');

ALTER TABLE series ADD COLUMN short_name TEXT;
ALTER TABLE series ADD COLUMN is_for_all INTEGER NOT NULL DEFAULT 1 CHECK (is_for_all IN (0, 1));
ALTER TABLE series ADD COLUMN starts TEXT NOT NULL DEFAULT '09:00';
ALTER TABLE series ADD COLUMN ends TEXT NOT NULL DEFAULT '13:00';
ALTER TABLE series ADD COLUMN letter TEXT;
ALTER TABLE series ADD COLUMN instructions TEXT;
ALTER TABLE series ADD COLUMN netiquette TEXT;
CREATE TABLE series_kinds (
  series INTEGER NOT NULL REFERENCES series, kind TEXT NOT NULL REFERENCES decision_kinds,
  PRIMARY KEY (series, kind)) STRICT, WITHOUT ROWID;
CREATE TABLE series_agenda (
  series INTEGER NOT NULL REFERENCES series, item INTEGER NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
  minutes INTEGER NOT NULL, question TEXT, PRIMARY KEY (series, item)) STRICT, WITHOUT ROWID;

CREATE TABLE periods (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE,
  first_day TEXT NOT NULL, last_day TEXT NOT NULL CHECK (last_day >= first_day),
  weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7), starts TEXT NOT NULL, ends TEXT NOT NULL,
  doors_minutes INTEGER NOT NULL CHECK (doors_minutes BETWEEN 0 AND 240),
  skip_moves_turn INTEGER NOT NULL CHECK (skip_moves_turn IN (0, 1))) STRICT;
CREATE TABLE period_series (
  period INTEGER NOT NULL REFERENCES periods, place INTEGER NOT NULL, series INTEGER NOT NULL REFERENCES series,
  PRIMARY KEY (period, place)) STRICT, WITHOUT ROWID;
CREATE TABLE period_skips (
  period INTEGER NOT NULL REFERENCES periods, day TEXT NOT NULL, why TEXT NOT NULL,
  PRIMARY KEY (period, day)) STRICT, WITHOUT ROWID;
ALTER TABLE sessions ADD COLUMN period INTEGER REFERENCES periods;
-- 0: the doors are opened by hand.
ALTER TABLE sessions ADD COLUMN doors_minutes INTEGER NOT NULL DEFAULT 0;
-- Of its entry in calendars (RFC 5545, SEQUENCE).
ALTER TABLE sessions ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
CREATE INDEX sessions_by_period ON sessions (period, starts_at) WHERE period IS NOT NULL;

CREATE TABLE packages (
  id INTEGER PRIMARY KEY AUTOINCREMENT, period INTEGER NOT NULL REFERENCES periods, name TEXT NOT NULL,
  name_key TEXT NOT NULL, UNIQUE (period, name_key)) STRICT;
CREATE TABLE package_parts (
  package INTEGER NOT NULL REFERENCES packages, series INTEGER NOT NULL REFERENCES series, way TEXT NOT NULL,
  instead INTEGER NOT NULL CHECK (instead IN (0, 1)), PRIMARY KEY (package, series)) STRICT, WITHOUT ROWID;
CREATE TABLE enrolments (
  id INTEGER PRIMARY KEY AUTOINCREMENT, person INTEGER NOT NULL REFERENCES people,
  period INTEGER NOT NULL REFERENCES periods, package INTEGER NOT NULL REFERENCES packages,
  first_day TEXT NOT NULL, last_day TEXT NOT NULL, kind TEXT REFERENCES decision_kinds, supervisor TEXT,
  state TEXT NOT NULL, made_at INTEGER NOT NULL) STRICT;
CREATE INDEX enrolments_by_period ON enrolments (period, person);
CREATE INDEX enrolments_by_person ON enrolments (person);
-- A series that is not for them and was allowed, or left out in place of a day by phone.
CREATE TABLE enrolment_choices (
  enrolment INTEGER NOT NULL REFERENCES enrolments, series INTEGER NOT NULL REFERENCES series, choice TEXT NOT NULL,
  reason TEXT, by_name TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (enrolment, series)) STRICT, WITHOUT ROWID;
-- The enrolment by which somebody is registered; none: by hand. Who has told an absence; none: the person.
ALTER TABLE registrations ADD COLUMN enrolment INTEGER REFERENCES enrolments;
ALTER TABLE registrations ADD COLUMN absence_reason TEXT;
ALTER TABLE registrations ADD COLUMN absence_told_by TEXT;
ALTER TABLE people ADD COLUMN best_time TEXT;
ALTER TABLE people ADD COLUMN sms_allowed INTEGER NOT NULL DEFAULT 0 CHECK (sms_allowed IN (0, 1));
ALTER TABLE people ADD COLUMN needs_shown INTEGER NOT NULL DEFAULT 0 CHECK (needs_shown IN (0, 1));

CREATE TABLE cancelled_sessions (
  session INTEGER PRIMARY KEY REFERENCES sessions, why TEXT NOT NULL, words TEXT NOT NULL, by_name TEXT NOT NULL,
  at INTEGER NOT NULL, moved_to INTEGER REFERENCES sessions) STRICT;
CREATE TABLE cancel_calls (
  session INTEGER NOT NULL REFERENCES sessions, person INTEGER NOT NULL REFERENCES people, told_at INTEGER,
  told_by TEXT, tries INTEGER NOT NULL DEFAULT 0, tried_at INTEGER, seen_at INTEGER,
  PRIMARY KEY (session, person)) STRICT, WITHOUT ROWID;

-- A link is of one session or of one period; the coordinator's key is of neither.
CREATE TABLE invitations_anew (
  id INTEGER PRIMARY KEY AUTOINCREMENT, session INTEGER REFERENCES sessions, period INTEGER REFERENCES periods,
  person INTEGER REFERENCES people, secret_hash BLOB NOT NULL UNIQUE, code_hash BLOB UNIQUE, made_at INTEGER NOT NULL,
  not_before INTEGER NOT NULL, expires INTEGER NOT NULL, revoked_at INTEGER, holder TEXT,
  by_ban INTEGER NOT NULL DEFAULT 0 CHECK (by_ban IN (0, 1)), told_at INTEGER,
  CHECK (session IS NULL OR period IS NULL),
  CHECK ((session IS NULL AND period IS NULL) = (person IS NULL))) STRICT;
INSERT INTO invitations_anew (id, session, person, secret_hash, code_hash, made_at, not_before, expires, revoked_at,
  holder, by_ban) SELECT id, session, person, secret_hash, code_hash, made_at, not_before, expires, revoked_at, holder,
  by_ban FROM invitations;
DELETE FROM sqlite_sequence WHERE name = 'invitations_anew';
INSERT INTO sqlite_sequence (name, seq) SELECT 'invitations_anew', seq FROM sqlite_sequence WHERE name = 'invitations';
-- Entries that went out so far had the invitation's number: none that goes out later is older.
UPDATE sessions SET revision = (SELECT coalesce(max(i.id), 0) FROM invitations i WHERE i.session = sessions.id);
DROP TABLE invitations;
ALTER TABLE invitations_anew RENAME TO invitations;
CREATE INDEX invitations_by_person ON invitations (session, person);
CREATE INDEX invitations_by_period ON invitations (period, person) WHERE period IS NOT NULL;
-- A ban is of its session, also by the link of a season.
CREATE TABLE season_bans (
  session INTEGER NOT NULL REFERENCES sessions, person INTEGER NOT NULL REFERENCES people, banned_at INTEGER NOT NULL,
  PRIMARY KEY (session, person)) STRICT, WITHOUT ROWID;

CREATE TABLE mails_anew (
  id INTEGER PRIMARY KEY AUTOINCREMENT, session INTEGER REFERENCES sessions, period INTEGER REFERENCES periods,
  person INTEGER NOT NULL REFERENCES people, made_at INTEGER NOT NULL, state TEXT NOT NULL, tries INTEGER NOT NULL,
  next_try_at INTEGER NOT NULL, sent_at INTEGER, trouble TEXT, token TEXT NOT NULL,
  what TEXT NOT NULL DEFAULT 'invitation', CHECK ((session IS NULL) <> (period IS NULL))) STRICT;
INSERT INTO mails_anew (id, session, person, made_at, state, tries, next_try_at, sent_at, trouble, token)
  SELECT id, session, person, made_at, state, tries, next_try_at, sent_at, trouble, token FROM mails;
DELETE FROM sqlite_sequence WHERE name = 'mails_anew';
INSERT INTO sqlite_sequence (name, seq) SELECT 'mails_anew', seq FROM sqlite_sequence WHERE name = 'mails';
DROP TABLE mails;
ALTER TABLE mails_anew RENAME TO mails;
CREATE INDEX mails_by_session ON mails (session);
CREATE INDEX mails_by_period ON mails (period) WHERE period IS NOT NULL;
CREATE INDEX mails_waiting ON mails (next_try_at) WHERE state = 'waiting';

-- One's own calendar, by an address that nobody can guess.
CREATE TABLE calendar_feeds (
  person INTEGER NOT NULL REFERENCES people, period INTEGER NOT NULL REFERENCES periods,
  token_hash BLOB NOT NULL UNIQUE, made_at INTEGER NOT NULL, PRIMARY KEY (person, period)) STRICT, WITHOUT ROWID;

-- Days without a room are sessions of a series of their own, and of no period: what is asked by period or by series
-- passes them over. Way: as in SessionWay; none: a series of rooms.
ALTER TABLE series ADD COLUMN way TEXT;
CREATE TABLE outside_days (
  session INTEGER PRIMARY KEY REFERENCES sessions, way TEXT NOT NULL, period INTEGER REFERENCES periods,
  day TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX phone_days_by_period ON outside_days (period, day) WHERE period IS NOT NULL;
-- How far a worker is with somebody: a row for each thing that was noted. `before`: the version that stands again when
-- this one is taken back; 0: nothing was noted; -1: nothing is left to take back.
CREATE TABLE phone_contacts (
  session INTEGER NOT NULL REFERENCES outside_days, person INTEGER NOT NULL REFERENCES people,
  version INTEGER NOT NULL, before INTEGER NOT NULL, state TEXT NOT NULL, tries TEXT NOT NULL, seconds INTEGER,
  answered_at INTEGER, task TEXT, task_minutes INTEGER, check_at INTEGER, checked_at INTEGER, note TEXT, agreed TEXT,
  by_person INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (session, person, version)) STRICT, WITHOUT ROWID;
CREATE INDEX phone_contacts_by_person ON phone_contacts (person, session);
-- A worker's meeting with the one participant of the session. Agreed beforehand: for when. once: the form it came by.
CREATE TABLE appointments (
  session INTEGER PRIMARY KEY REFERENCES sessions, kind TEXT NOT NULL, place TEXT, note TEXT,
  held_by INTEGER NOT NULL REFERENCES people, phase TEXT NOT NULL, agreed_starts_at INTEGER, agreed_ends_at INTEGER,
  once TEXT, made_at INTEGER NOT NULL, CHECK ((agreed_starts_at IS NULL) = (agreed_ends_at IS NULL))) STRICT;
CREATE INDEX appointments_by_holder ON appointments (held_by, phase);
CREATE UNIQUE INDEX appointments_once ON appointments (held_by, once) WHERE once IS NOT NULL;
-- Out of which day of their enrolment somebody was taken by hand, and has not been put back.
CREATE TABLE taken_out (
  session INTEGER NOT NULL REFERENCES sessions, person INTEGER NOT NULL REFERENCES people, at INTEGER NOT NULL,
  PRIMARY KEY (session, person)) STRICT, WITHOUT ROWID;
-- Polls that were planned for the day in whose place this one is held, as they are made (MakePoll).
CREATE TABLE moved_polls (
  session INTEGER NOT NULL REFERENCES sessions, place INTEGER NOT NULL, poll TEXT NOT NULL,
  PRIMARY KEY (session, place)) STRICT, WITHOUT ROWID;
-- A parked question that is carried: in which session, as which earlier one it had come there, and where it came up.
CREATE TABLE carried_questions (
  id INTEGER PRIMARY KEY AUTOINCREMENT, session INTEGER NOT NULL REFERENCES sessions, parked INTEGER NOT NULL,
  earlier INTEGER REFERENCES carried_questions, text TEXT NOT NULL, seen_by TEXT NOT NULL, asked_at INTEGER NOT NULL,
  brought_up_in INTEGER REFERENCES sessions, UNIQUE (session, parked)) STRICT;
-- An experience-story day: people are anonymous among themselves.
ALTER TABLE sessions ADD COLUMN anonymous_among_participants INTEGER NOT NULL DEFAULT 0
  CHECK (anonymous_among_participants IN (0, 1));
-- A group is a closed period. A role of the staff with a period is for that group alone.
ALTER TABLE periods ADD COLUMN is_closed INTEGER NOT NULL DEFAULT 0 CHECK (is_closed IN (0, 1));
ALTER TABLE staff_roles ADD COLUMN period INTEGER REFERENCES periods CHECK (period IS NULL OR series IS NULL);
DROP INDEX staff_roles_once;
CREATE UNIQUE INDEX staff_roles_once ON staff_roles (account, ifnull(series, 0), ifnull(period, 0), role);
CREATE INDEX staff_roles_by_period ON staff_roles (period) WHERE period IS NOT NULL;
)",
    R"(
-- Where a sign-in was made and by what, in words that are nobody's alone; when its owner last showed password or code.
ALTER TABLE sign_ins ADD COLUMN network TEXT;
ALTER TABLE sign_ins ADD COLUMN browser TEXT;
ALTER TABLE sign_ins ADD COLUMN device TEXT;
ALTER TABLE sign_ins ADD COLUMN proved_at INTEGER NOT NULL DEFAULT 0;
-- Notes are chained from here on (audit_chain.hpp): about how many people each is, and its digest.
ALTER TABLE access_notes ADD COLUMN subjects INTEGER;
ALTER TABLE access_notes ADD COLUMN digest BLOB;
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

std::span<const char* const> record_steps() { return steps; }

void migrate(records::Database& database) {
    bring_forward(database, "people", steps);
    migrate_work(database);
    migrate_feedback(database);
    migrate_improvements(database);
    migrate_operator_acts(database);
    migrate_second_step(database);
    migrate_account_acts(database);
    migrate_provider_sign_in(database);
}

void end_living_secrets(records::Database& database) {
    for (const auto* table : {"sign_ins", "half_sign_ins", "password_links", "provider_waiting", "new_second_steps"})
        database.script(std::string{"DELETE FROM "} + table);
}

}  // namespace etakahvila::people
