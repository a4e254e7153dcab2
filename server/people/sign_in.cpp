#include "people/sign_in.hpp"

#include <sodium.h>

#include "base/secret.hpp"
#include "people/second_step.hpp"

namespace etakahvila::people {
namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::string_view csrf_label = "etakahvila csrf";

UtcTime idle_since(UtcTime now) { return {now.ms - sign_in_idle_minutes * minute_ms}; }
UtcTime old_since(UtcTime now) { return {now.ms - sign_in_hours_max * 60 * minute_ms}; }

}  // namespace

Secret sign_in(records::Database& database, AccountId account, UtcTime now, const RandomBytes& random,
    const SignInPlace& place, std::optional<UtcTime> proved_at) {
    records::Unit unit{database};
    database.write("DELETE FROM sign_ins WHERE used_at <= ? OR made_at <= ?", idle_since(now), old_since(now));
    const auto secret = Secret::make(random);
    database.write(
        "INSERT INTO sign_ins (account, made_at, used_at, proved_at, secret_hash, network, browser, device) VALUES (?, "
        "?, ?, ?, ?, ?, ?, ?)",
        account, now, now, proved_at.value_or(now), secret.hash(), place.network, place.browser, place.device);
    unit.keep();
    return secret;
}

std::optional<SignIn> find_sign_in(const records::Database& database, std::string_view cookie, UtcTime now) {
    const auto secret = Secret::from_link(cookie);
    auto row = database.read(
        "SELECT i.id, i.account, i.used_at, i.proved_at FROM sign_ins i JOIN staff_accounts a ON a.id = i.account"
        " WHERE i.used_at > ? AND i.made_at > ? AND i.secret_hash = ? AND a.locked_at IS NULL",
        idle_since(now), old_since(now), secret ? secret->hash() : Hash{});
    if (!row.next()) return std::nullopt;
    return SignIn{.id = row.get<SignInId>(0),
        .account = row.get<AccountId>(1),
        .used_at = row.get<UtcTime>(2),
        .proved_at = row.get<UtcTime>(3)};
}

bool is_use_worth_noting(const SignIn& found, UtcTime now) {
    return now.ms - found.used_at.ms >= sign_in_noted_minutes * minute_ms;
}

void note_use(records::Database& database, SignInId id, UtcTime now) {
    database.write("UPDATE sign_ins SET used_at = ? WHERE id = ? AND used_at < ?", now, id, now);
}

bool is_proved(UtcTime proved_at, UtcTime now) { return now.ms - proved_at.ms < proof_minutes * minute_ms; }

void note_proof(records::Database& database, SignInId id, UtcTime now) {
    database.write("UPDATE sign_ins SET proved_at = ? WHERE id = ?", now, id);
}

void sign_out(records::Database& database, SignInId id) { database.write("DELETE FROM sign_ins WHERE id = ?", id); }

std::int64_t sign_out_everywhere(records::Database& database, AccountId account) {
    return static_cast<std::int64_t>(
        database.returning<std::int64_t>("DELETE FROM sign_ins WHERE account = ? RETURNING id", account).size());
}

std::int64_t sign_out_others(records::Database& database, AccountId account, SignInId but) {
    return static_cast<std::int64_t>(database
            .returning<std::int64_t>("DELETE FROM sign_ins WHERE account = ? AND id <> ? RETURNING id", account, but)
            .size());
}

bool end_sign_in(records::Database& database, AccountId account, SignInId id) {
    return database.changes("DELETE FROM sign_ins WHERE account = ? AND id = ? RETURNING id", account, id);
}

std::vector<OwnSignIn> sign_ins_of(const records::Database& database, AccountId account, UtcTime now) {
    std::vector<OwnSignIn> all;
    auto rows = database.read(
        "SELECT id, made_at, used_at, network, browser, device FROM sign_ins WHERE account = ? AND used_at > ? AND "
        "made_at > ? ORDER BY id DESC",
        account, idle_since(now), old_since(now));
    while (rows.next()) {
        all.push_back({.id = rows.get<SignInId>(0),
            .made_at = rows.get<UtcTime>(1),
            .used_at = rows.get<UtcTime>(2),
            .place = {.network = rows.text_or_none(3),
                .browser = rows.get<std::optional<BrowserKind>>(4).value_or(BrowserKind::other),
                .device = rows.get<std::optional<DeviceKind>>(5).value_or(DeviceKind::other)}});
    }
    return all;
}

void change_password(records::Database& database, AccountId account, const std::string& hash, SignInId here) {
    records::Unit unit{database};
    database.write("UPDATE staff_accounts SET password_hash = ? WHERE id = ?", hash, account);
    database.write("DELETE FROM password_links WHERE account = ?", account);
    sign_out_others(database, account, here);
    end_half_sign_ins(database, account);
    unit.keep();
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
