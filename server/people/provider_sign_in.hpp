#pragma once

// Who comes in by the city's own sign-in: which account is bound to whom at the provider, and who has signed in there
// and waits for a coordinator to bind them. Somebody there is (issuer, subject), and never a name or an address.

#include "people/staff.hpp"

namespace etakahvila::people {

/// So long a code binds.
inline constexpr std::int64_t binding_code_minutes = 15;

/// Makes the tables. Called by migrate.
void migrate_provider_sign_in(records::Database& database);

struct ProviderPerson {
    std::string issuer;
    std::string subject;
    bool operator==(const ProviderPerson&) const = default;
};

/// Nothing when nobody has bound them.
std::optional<AccountId> account_bound_to(const records::Database& database, const ProviderPerson& person);
bool is_bound(const records::Database& database, AccountId account);

/// Somebody who has signed in there, and whom nobody has bound: the text of a cookie, by which their browser alone is
/// told the code. What they waited with before binds no more.
Secret wait_for_binding(
    records::Database& database, const ProviderPerson& person, UtcTime now, const RandomBytes& random);

struct BindingCode {
    SpokenCode code;
    UtcTime until;
};
/// Of whoever waits with this cookie; nothing when nobody does. Each time the same.
std::optional<BindingCode> binding_code(const records::Database& database, std::string_view cookie, UtcTime now);

/// Binds whoever waits with this code, and uses it up. Refused: not_found (no such account, or nobody waits with it),
/// not_now (the account is bound already).
std::optional<RefusalWord> bind_account(
    records::Database& database, AccountId account, std::string_view typed, UtcTime now);

/// Signs them out everywhere. False when it was not bound.
bool unbind_account(records::Database& database, AccountId account);

}  // namespace etakahvila::people
