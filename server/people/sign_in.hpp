#pragma once

// Who of the staff is signed in where (GUARANTEES.md). A sign-in is a secret in a
// browser's cookie; the records have its hash. It is made anew at every sign-in, never taken from
// what a browser shows.

#include "people/staff.hpp"

namespace etakahvila::people {

using SignInId = base::Id<struct SignInIdTag>;

/// A page with a room open asks something every few minutes, so that nobody is signed out in the
/// middle of a session.
inline constexpr std::int64_t sign_in_idle_minutes = 120;
/// A working day: whoever comes in the morning signs in again.
inline constexpr std::int64_t sign_in_hours_max = 14;
/// What of a sign-in's use is written down: not every request costs a write.
inline constexpr std::int64_t sign_in_noted_minutes = 1;

struct SignIn {
    SignInId id;
    AccountId account;
    UtcTime used_at;
};

/// A new sign-in of the account. The records forget those that have expired.
Secret sign_in(records::Database& database, AccountId account, UtcTime now, const RandomBytes& random);

/// Nothing when it is unknown, idle for too long, too old, or the account is locked.
std::optional<SignIn> find_sign_in(const records::Database& database, std::string_view cookie, UtcTime now);

/// Whether its use should be written down again.
bool is_use_worth_noting(const SignIn& found, UtcTime now);
void note_use(records::Database& database, SignInId id, UtcTime now);

void sign_out(records::Database& database, SignInId id);
/// How many sign-ins ended.
std::int64_t sign_out_everywhere(records::Database& database, AccountId account);

/// What a page shows with every request that changes anything. Made of the cookie's secret, which
/// no page of another site can read; says nothing about it.
std::string csrf_token(const Secret& cookie);
/// In constant time.
bool is_csrf_token(const Secret& cookie, std::string_view shown);

}  // namespace etakahvila::people
