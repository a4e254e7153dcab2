#include "people/provider_sign_in.hpp"

#include <algorithm>
#include <array>

#include <sodium.h>

#include "people/sign_in.hpp"

namespace etakahvila::people {
namespace {

/// One step for each version; a step that has been released is never changed.
constexpr std::array steps{
    R"(
CREATE TABLE provider_accounts (
  account INTEGER PRIMARY KEY REFERENCES staff_accounts, issuer TEXT NOT NULL, subject TEXT NOT NULL,
  made_at INTEGER NOT NULL, UNIQUE (issuer, subject)) STRICT;
-- Who has signed in there, and is to be bound.
CREATE TABLE provider_waiting (
  secret_hash BLOB NOT NULL PRIMARY KEY, code_hash BLOB NOT NULL UNIQUE, issuer TEXT NOT NULL, subject TEXT NOT NULL,
  made_at INTEGER NOT NULL, UNIQUE (issuer, subject)) STRICT;
)"};

constexpr std::int64_t code_ms = binding_code_minutes * 60'000;

UtcTime waiting_since(UtcTime now) { return {now.ms - code_ms}; }

constexpr std::string_view code_label = "etakahvila binding code";

/// The code that goes with the cookie: the records have the hash of either, and neither itself.
SpokenCode code_of(const Secret& cookie) {
    const auto key = cookie.to_link();
    std::uint64_t asked = 0;
    return SpokenCode::make([&](std::span<std::byte> bytes) {
        while (!bytes.empty()) {
            const auto label = std::string{code_label} + " " + std::to_string(asked++);
            std::array<unsigned char, crypto_generichash_BYTES> made{};
            crypto_generichash(made.data(), made.size(), reinterpret_cast<const unsigned char*>(label.data()),
                label.size(), reinterpret_cast<const unsigned char*>(key.data()), key.size());
            const auto count = std::min(bytes.size(), made.size());
            std::copy_n(reinterpret_cast<const std::byte*>(made.data()), count, bytes.begin());
            bytes = bytes.subspan(count);
        }
    });
}

/// Nobody looks a code up without its being found within minutes, or not at all: it needs no key of its own.
Hash hash_of(const SpokenCode& code) { return code.hash({}); }

}  // namespace

void migrate_provider_sign_in(records::Database& database) { bring_forward(database, "provider_sign_in", steps); }

std::optional<AccountId> account_bound_to(const records::Database& database, const ProviderPerson& person) {
    return database.one<AccountId>(
        "SELECT account FROM provider_accounts WHERE issuer = ? AND subject = ?", person.issuer, person.subject);
}

bool is_bound(const records::Database& database, AccountId account) {
    return database.one<AccountId>("SELECT account FROM provider_accounts WHERE account = ?", account).has_value();
}

Secret wait_for_binding(
    records::Database& database, const ProviderPerson& person, UtcTime now, const RandomBytes& random) {
    records::Unit unit{database};
    database.write("DELETE FROM provider_waiting WHERE made_at <= ? OR (issuer = ? AND subject = ?)",
        waiting_since(now), person.issuer, person.subject);
    auto secret = Secret::make(random);
    database.write(
        "INSERT INTO provider_waiting (secret_hash, code_hash, issuer, subject, made_at) VALUES (?, ?, ?, ?, ?)",
        secret.hash(), hash_of(code_of(secret)), person.issuer, person.subject, now);
    unit.keep();
    return secret;
}

std::optional<BindingCode> binding_code(const records::Database& database, std::string_view cookie, UtcTime now) {
    const auto secret = Secret::from_link(cookie);
    if (!secret) return std::nullopt;
    const auto made_at = database.one<UtcTime>(
        "SELECT made_at FROM provider_waiting WHERE secret_hash = ? AND made_at > ?", secret->hash(),
        waiting_since(now));
    if (!made_at) return std::nullopt;
    return BindingCode{.code = code_of(*secret), .until = {made_at->ms + code_ms}};
}

std::optional<RefusalWord> bind_account(
    records::Database& database, AccountId account, std::string_view typed, UtcTime now) {
    const auto code = SpokenCode::normalize_code(typed);
    if (!code || !people::account(database, account)) return RefusalWord::not_found;
    if (is_bound(database, account)) return RefusalWord::not_now;
    records::Unit unit{database};
    ProviderPerson person;
    {
        auto row = database.read("SELECT issuer, subject FROM provider_waiting WHERE code_hash = ? AND made_at > ?",
            hash_of(*code), waiting_since(now));
        if (!row.next()) return RefusalWord::not_found;
        person = {.issuer = row.text(0), .subject = row.text(1)};
    }
    database.write("DELETE FROM provider_waiting WHERE issuer = ? AND subject = ?", person.issuer, person.subject);
    if (account_bound_to(database, person)) return RefusalWord::not_found;
    database.write("INSERT INTO provider_accounts (account, issuer, subject, made_at) VALUES (?, ?, ?, ?)", account,
        person.issuer, person.subject, now);
    unit.keep();
    return std::nullopt;
}

bool unbind_account(records::Database& database, AccountId account) {
    records::Unit unit{database};
    const bool was_bound = database.changes(
        "DELETE FROM provider_accounts WHERE account = ? RETURNING account", account);
    if (was_bound) sign_out_everywhere(database, account);
    unit.keep();
    return was_bound;
}

}  // namespace etakahvila::people
