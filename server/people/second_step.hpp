#pragma once

// The second step of a sign-in: a code of the app on one's telephone, or one of ten spare codes, each good once.
// Somebody whose password is right and who owes the step has a half sign-in, which is no sign-in: it is in a table of
// its own, and its cookie opens nothing but the step.

#include "people/one_time_code.hpp"
#include "people/staff.hpp"

namespace etakahvila::people {

using protocol::AskedOf;
using protocol::SecondStepRule;

inline constexpr std::size_t spare_codes_max = 10;
/// Long enough to find an app and install it.
inline constexpr std::int64_t half_sign_in_minutes = 20;

/// Makes the tables. Called by migrate.
void migrate_second_step(records::Database& database);

// ---- of whom it is asked

/// Of nobody, until a coordinator says otherwise: an upgrade keeps nobody out.
SecondStepRule second_step_rule(const records::Database& database);
void put_second_step_rule(records::Database& database, const SecondStepRule& rule);

/// By this rule, of an account with these roles.
bool is_step_asked_of(AskedOf asked_of, const std::vector<GivenRole>& roles);

enum class StepNeed : std::uint8_t { nothing, code, to_set_up };
/// What stands between a right password and the sign-in now. Whoever has a second step is asked for it always.
StepNeed step_needed(const records::Database& database, const Account& account, UtcTime now);

/// From when on the account does not come in without one, of which it has none; nothing when that is not so.
std::optional<UtcTime> step_due_at(const records::Database& database, const Account& account);

// ---- one's own

struct SecondStepState {
    UtcTime made_at;
    std::int64_t spare_codes{};
};
/// Nothing when the account has none.
std::optional<SecondStepState> second_step(const records::Database& database, AccountId account);

/// A new key for the app. What was goes on until the key is confirmed.
OneTimeKey begin_second_step(records::Database& database, AccountId account, UtcTime now, const RandomBytes& random);

/// The code shows that the app has the key: from now on it is the step, with new spare codes. Refused: not_now (no key
/// was asked for within the hour), not_permitted (another code).
std::variant<std::vector<SpokenCode>, RefusalWord> confirm_second_step(
    records::Database& database, AccountId account, std::string_view typed, UtcTime now, const RandomBytes& random);

/// Those of before work no more. Nothing when there is no second step.
std::optional<std::vector<SpokenCode>> renew_spare_codes(
    records::Database& database, AccountId account, const RandomBytes& random);

enum class StepTaken : std::uint8_t { no, code, spare_code };
/// Uses the code up.
StepTaken take_step_code(records::Database& database, AccountId account, std::string_view typed, UtcTime now);

/// Ends the step, its spare codes and the half sign-ins. False when the account had none.
bool reset_second_step(records::Database& database, AccountId account);

// ---- between the first step and the second

/// The text of a cookie. The records forget those that have expired.
Secret begin_half_sign_in(records::Database& database, AccountId account, UtcTime now, const RandomBytes& random);
/// Nothing when it is unknown, too old, or the account is locked.
std::optional<AccountId> find_half_sign_in(const records::Database& database, std::string_view cookie, UtcTime now);
/// All of the account: one of them has become a sign-in, or the password is another.
void end_half_sign_ins(records::Database& database, AccountId account);

}  // namespace etakahvila::people
