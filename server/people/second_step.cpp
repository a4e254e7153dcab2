#include "people/second_step.hpp"

#include <algorithm>
#include <array>

namespace etakahvila::people {
namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t key_waits_ms = 60 * minute_ms;

/// One step for each version; a step that has been released is never changed.
constexpr std::array steps{
    R"(
-- The key of the app must be known to compare. `counter`: the half minute of the last code that was taken.
CREATE TABLE second_steps (
  account INTEGER PRIMARY KEY REFERENCES staff_accounts, secret BLOB NOT NULL, counter INTEGER NOT NULL,
  made_at INTEGER NOT NULL, spare_salt BLOB NOT NULL) STRICT;
CREATE TABLE spare_codes (
  account INTEGER NOT NULL REFERENCES staff_accounts, code_hash BLOB NOT NULL,
  PRIMARY KEY (account, code_hash)) STRICT, WITHOUT ROWID;
-- Keys that an app is to take, until it shows a code.
CREATE TABLE new_second_steps (
  account INTEGER PRIMARY KEY REFERENCES staff_accounts, secret BLOB NOT NULL, made_at INTEGER NOT NULL) STRICT;
CREATE TABLE half_sign_ins (
  secret_hash BLOB NOT NULL PRIMARY KEY, account INTEGER NOT NULL REFERENCES staff_accounts,
  made_at INTEGER NOT NULL) STRICT;
-- One row, or none.
CREATE TABLE second_step_rule (
  id INTEGER PRIMARY KEY CHECK (id = 1), asked_of TEXT NOT NULL, asked_from INTEGER NOT NULL) STRICT;
)"};

UtcTime half_since(UtcTime now) { return {now.ms - half_sign_in_minutes * minute_ms}; }

std::vector<SpokenCode> make_spare_codes(records::Database& database, AccountId account, const RandomBytes& random) {
    Hash salt{};
    random(std::as_writable_bytes(std::span{salt}));
    database.write("UPDATE second_steps SET spare_salt = ? WHERE account = ?", salt, account);
    database.write("DELETE FROM spare_codes WHERE account = ?", account);
    std::vector<SpokenCode> codes;
    while (codes.size() < spare_codes_max) {
        auto code = SpokenCode::make(random);
        if (std::find(codes.begin(), codes.end(), code) != codes.end()) continue;
        database.write("INSERT INTO spare_codes (account, code_hash) VALUES (?, ?)", account, code.hash(salt));
        codes.push_back(std::move(code));
    }
    return codes;
}

}  // namespace

void migrate_second_step(records::Database& database) { bring_forward(database, "second_step", steps); }

SecondStepRule second_step_rule(const records::Database& database) {
    auto row = database.read("SELECT asked_of, asked_from FROM second_step_rule");
    if (!row.next()) return {.asked_of = AskedOf::nobody, .asked_from = {}};
    // Of a word that a later version wrote, nobody is let in by mistake.
    return {
        .asked_of = row.get<std::optional<AskedOf>>(0).value_or(AskedOf::everyone), .asked_from = row.get<UtcTime>(1)};
}

void put_second_step_rule(records::Database& database, const SecondStepRule& rule) {
    database.write(
        "INSERT INTO second_step_rule (id, asked_of, asked_from) VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE SET "
        "asked_of = excluded.asked_of, asked_from = excluded.asked_from",
        rule.asked_of, rule.asked_from);
}

bool is_step_asked_of(AskedOf asked_of, const std::vector<GivenRole>& roles) {
    if (asked_of != AskedOf::coordinators_and_supervisors) return asked_of == AskedOf::everyone;
    return std::any_of(roles.begin(), roles.end(), [](const GivenRole& given) {
        return given.role == StaffRole::coordinator || given.role == StaffRole::supervisor;
    });
}

StepNeed step_needed(const records::Database& database, const Account& account, UtcTime now) {
    if (second_step(database, account.id)) return StepNeed::code;
    const auto due_at = step_due_at(database, account);
    return due_at && now >= *due_at ? StepNeed::to_set_up : StepNeed::nothing;
}

std::optional<UtcTime> step_due_at(const records::Database& database, const Account& account) {
    const auto rule = second_step_rule(database);
    const bool is_due = is_step_asked_of(rule.asked_of, account.roles) && !second_step(database, account.id);
    return is_due ? std::optional{rule.asked_from} : std::nullopt;
}

std::optional<SecondStepState> second_step(const records::Database& database, AccountId account) {
    auto row = database.read(
        "SELECT s.made_at, (SELECT count(*) FROM spare_codes c WHERE c.account = s.account) FROM second_steps s WHERE "
        "s.account = ?",
        account);
    if (!row.next()) return std::nullopt;
    return SecondStepState{.made_at = row.get<UtcTime>(0), .spare_codes = row.number(1)};
}

OneTimeKey begin_second_step(records::Database& database, AccountId account, UtcTime now, const RandomBytes& random) {
    const auto key = make_one_time_key(random);
    database.write(
        "INSERT INTO new_second_steps (account, secret, made_at) VALUES (?, ?, ?) ON CONFLICT (account) DO UPDATE SET "
        "secret = excluded.secret, made_at = excluded.made_at",
        account, key, now);
    return key;
}

std::variant<std::vector<SpokenCode>, RefusalWord> confirm_second_step(
    records::Database& database, AccountId account, std::string_view typed, UtcTime now, const RandomBytes& random) {
    const auto key = database.one<OneTimeKey>("SELECT secret FROM new_second_steps WHERE account = ? AND made_at > ?",
        account, UtcTime{now.ms - key_waits_ms});
    if (!key) return RefusalWord::not_now;
    const auto counter = one_time_counter(*key, typed, now, 0);
    if (!counter) return RefusalWord::not_permitted;
    records::Unit unit{database};
    database.write("DELETE FROM new_second_steps WHERE account = ?", account);
    // The code that has shown it is used up.
    database.write(
        "INSERT INTO second_steps (account, secret, counter, made_at, spare_salt) VALUES (?, ?, ?, ?, ?) ON CONFLICT "
        "(account) DO UPDATE SET secret = excluded.secret, counter = excluded.counter, made_at = excluded.made_at",
        account, *key, *counter, now, Hash{});
    auto codes = make_spare_codes(database, account, random);
    unit.keep();
    return codes;
}

std::optional<std::vector<SpokenCode>> renew_spare_codes(
    records::Database& database, AccountId account, const RandomBytes& random) {
    if (!second_step(database, account)) return std::nullopt;
    records::Unit unit{database};
    auto codes = make_spare_codes(database, account, random);
    unit.keep();
    return codes;
}

StepTaken take_step_code(records::Database& database, AccountId account, std::string_view typed, UtcTime now) {
    std::optional<OneTimeKey> key;
    std::optional<Hash> salt;
    std::int64_t last = 0;
    {
        auto row = database.read("SELECT secret, counter, spare_salt FROM second_steps WHERE account = ?", account);
        if (!row.next()) return StepTaken::no;
        key = row.get<std::optional<OneTimeKey>>(0);
        last = row.number(1);
        salt = row.get<std::optional<Hash>>(2);
    }
    const auto counter = key ? one_time_counter(*key, typed, now, last) : std::nullopt;
    if (counter) {
        database.write("UPDATE second_steps SET counter = ? WHERE account = ?", *counter, account);
        return StepTaken::code;
    }
    const auto spare = SpokenCode::normalize_code(typed);
    const bool is_spare = spare && salt &&
                          database.changes(
                              "DELETE FROM spare_codes WHERE account = ? AND code_hash = ? RETURNING account", account,
                              spare->hash(*salt));
    return is_spare ? StepTaken::spare_code : StepTaken::no;
}

bool reset_second_step(records::Database& database, AccountId account) {
    records::Unit unit{database};
    database.write("DELETE FROM new_second_steps WHERE account = ?", account);
    database.write("DELETE FROM spare_codes WHERE account = ?", account);
    const bool had_one = database.changes("DELETE FROM second_steps WHERE account = ? RETURNING account", account);
    end_half_sign_ins(database, account);
    unit.keep();
    return had_one;
}

Secret begin_half_sign_in(records::Database& database, AccountId account, UtcTime now, const RandomBytes& random) {
    records::Unit unit{database};
    database.write("DELETE FROM half_sign_ins WHERE made_at <= ?", half_since(now));
    auto secret = Secret::make(random);
    database.write(
        "INSERT INTO half_sign_ins (secret_hash, account, made_at) VALUES (?, ?, ?)", secret.hash(), account, now);
    unit.keep();
    return secret;
}

std::optional<AccountId> find_half_sign_in(const records::Database& database, std::string_view cookie, UtcTime now) {
    const auto secret = Secret::from_link(cookie);
    if (!secret) return std::nullopt;
    return database.one<AccountId>(
        "SELECT h.account FROM half_sign_ins h JOIN staff_accounts a ON a.id = h.account WHERE h.secret_hash = ? AND "
        "h.made_at > ? AND a.locked_at IS NULL",
        secret->hash(), half_since(now));
}

void end_half_sign_ins(records::Database& database, AccountId account) {
    database.write("DELETE FROM half_sign_ins WHERE account = ?", account);
}

}  // namespace etakahvila::people
