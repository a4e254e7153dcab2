#include "people/sign_in.hpp"

#include <sodium.h>

#include "base/secret.hpp"
#include "people/statement.hpp"

namespace etakahvila::people {
namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::string_view csrf_label = "etakahvila csrf";

UtcTime idle_since(UtcTime now) { return {now.ms - sign_in_idle_minutes * minute_ms}; }
UtcTime old_since(UtcTime now) { return {now.ms - sign_in_hours_max * 60 * minute_ms}; }

}  // namespace

Secret sign_in(SQLite::Database& database, AccountId account, UtcTime now, const RandomBytes& random) {
    Unit unit{database};
    run(database, "DELETE FROM sign_ins WHERE used_at <= ? OR made_at <= ?", idle_since(now), old_since(now));
    const auto secret = Secret::make(random);
    run(database, "INSERT INTO sign_ins (account, made_at, used_at, secret_hash) VALUES (?, ?, ?, ?)", account, now,
        now, secret.hash());
    unit.keep();
    return secret;
}

std::optional<SignIn> find_sign_in(const SQLite::Database& database, std::string_view cookie, UtcTime now) {
    const auto secret = Secret::from_link(cookie);
    SQLite::Statement row{database,
        "SELECT i.id, i.account, i.used_at FROM sign_ins i JOIN staff_accounts a ON a.id = i.account"
        " WHERE i.used_at > ? AND i.made_at > ? AND i.secret_hash = ? AND a.locked_at IS NULL"};
    bind_all(row, idle_since(now), old_since(now), secret ? secret->hash() : Hash{});
    if (!row.executeStep()) return std::nullopt;
    return SignIn{.id = SignInId{row.getColumn(0).getInt64()},
        .account = AccountId{row.getColumn(1).getInt64()},
        .used_at = UtcTime{row.getColumn(2).getInt64()}};
}

bool is_use_worth_noting(const SignIn& found, UtcTime now) {
    return now.ms - found.used_at.ms >= sign_in_noted_minutes * minute_ms;
}

void note_use(SQLite::Database& database, SignInId id, UtcTime now) {
    run(database, "UPDATE sign_ins SET used_at = max(used_at, ?) WHERE id = ?", now, id);
}

void sign_out(SQLite::Database& database, SignInId id) { run(database, "DELETE FROM sign_ins WHERE id = ?", id); }

std::int64_t sign_out_everywhere(SQLite::Database& database, AccountId account) {
    run(database, "DELETE FROM sign_ins WHERE account = ?", account);
    return database.getChanges();
}

std::string csrf_token(const Secret& cookie) {
    const auto key = cookie.to_link();
    std::array<unsigned char, crypto_generichash_BYTES_MIN> made{};
    crypto_generichash(made.data(), made.size(), reinterpret_cast<const unsigned char*>(csrf_label.data()),
        csrf_label.size(), reinterpret_cast<const unsigned char*>(key.data()), key.size());
    std::string text(sodium_base64_encoded_len(made.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
    sodium_bin2base64(text.data(), text.size(), made.data(), made.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    text.pop_back();  // the terminating zero
    return text;
}

bool is_csrf_token(const Secret& cookie, std::string_view shown) {
    return base::is_same_secret(shown, csrf_token(cookie));
}

}  // namespace etakahvila::people
