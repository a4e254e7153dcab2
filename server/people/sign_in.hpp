#pragma once

// Who of the staff is signed in where (GUARANTEES.md). A sign-in is a secret in a
// browser's cookie; the records have its hash. It is made anew at every sign-in, never taken from
// what a browser shows.

#include "people/staff.hpp"
#include "protocol/api/own_account.hpp"

namespace etakahvila::people {

using protocol::BrowserKind;
using protocol::DeviceKind;
using protocol::SignInId;

/// A page with a room open asks something every few minutes, so that nobody is signed out in the
/// middle of a session.
inline constexpr std::int64_t sign_in_idle_minutes = 120;
/// A working day: whoever comes in the morning signs in again.
inline constexpr std::int64_t sign_in_hours_max = 14;
/// What of a sign-in's use is written down: not every request costs a write.
inline constexpr std::int64_t sign_in_noted_minutes = 1;
/// So long after password or code were shown files may leave without asking again.
inline constexpr std::int64_t proof_minutes = 10;

/// Where it was made and by what, so that its owner knows it again.
struct SignInPlace {
    /// As network_text.
    std::optional<std::string> network;
    BrowserKind browser = BrowserKind::other;
    DeviceKind device = DeviceKind::other;
    bool operator==(const SignInPlace&) const = default;
};

struct SignIn {
    SignInId id;
    AccountId account;
    UtcTime used_at;
    /// When its owner last showed password or code.
    UtcTime proved_at;
};

/// A new sign-in of the account, which was proved then, or just now. The records forget those that have expired.
Secret sign_in(records::Database& database, AccountId account, UtcTime now, const RandomBytes& random,
    const SignInPlace& place = {}, std::optional<UtcTime> proved_at = {});

/// Nothing when it is unknown, idle for too long, too old, or the account is locked.
std::optional<SignIn> find_sign_in(const records::Database& database, std::string_view cookie, UtcTime now);

/// Whether its use should be written down again.
bool is_use_worth_noting(const SignIn& found, UtcTime now);
void note_use(records::Database& database, SignInId id, UtcTime now);

/// Whether password or code were shown so lately that files may leave.
bool is_proved(UtcTime proved_at, UtcTime now);
void note_proof(records::Database& database, SignInId id, UtcTime now);

void sign_out(records::Database& database, SignInId id);
/// How many sign-ins ended.
std::int64_t sign_out_everywhere(records::Database& database, AccountId account);
std::int64_t sign_out_others(records::Database& database, AccountId account, SignInId but);
/// False when it is none of the account's.
bool end_sign_in(records::Database& database, AccountId account, SignInId id);

/// One that has not expired, as its owner sees it.
struct OwnSignIn {
    SignInId id;
    UtcTime made_at;
    UtcTime used_at;
    SignInPlace place;
};
/// The newest first.
std::vector<OwnSignIn> sign_ins_of(const records::Database& database, AccountId account, UtcTime now);

/// Sets the password that has this hash, for who has shown the old one in this sign-in: the others end, half ones too,
/// and a link that would set another.
void change_password(records::Database& database, AccountId account, const std::string& hash, SignInId here);

/// What a page shows with every request that changes anything. Made of the cookie's secret, which
/// no page of another site can read; says nothing about it.
std::string csrf_token(const Secret& cookie);
/// In constant time.
bool is_csrf_token(const Secret& cookie, std::string_view shown);

}  // namespace etakahvila::people
