#pragma once

// Accounts of the staff (RULES.md). An account is a person under one
// name, which is shown in the room and typed at the sign-in, with roles in one series, in one group or in all.
// A supervisor's account is bound to the names under which registrations know that supervisor;
// those whose registration names one of them are their own people, and nobody else is.

#include <string>
#include <variant>
#include <vector>

#include "people/registrations.hpp"
#include "people/secret.hpp"
#include "protocol/api/accounts.hpp"

namespace etakahvila::people {

using protocol::AccountId;
using protocol::StaffRole;

/// A role in the series or in the group of this name; in every series, and for the site itself, without either.
using protocol::GivenRole;

struct AccountForm {
    std::string name;
    /// A role in a group is its leader's (programme/groups.hpp): here it is passed over, and those of before stay.
    std::vector<GivenRole> roles;
    /// The names of the supervisor in registrations. A supervisor without any goes by their own.
    std::vector<std::string> supervises;
};

struct Account {
    AccountId id;
    /// Who they are in every room.
    PersonId person;
    std::string name;
    std::vector<GivenRole> roles;
    std::vector<std::string> supervises;
    bool is_locked{};
    bool has_password{};

    bool operator==(const Account&) const = default;
};

inline constexpr std::int64_t password_link_days = 7;

/// Refused: the word of the name's fault, invalid (another account has the name, or the name of a
/// supervisor is none), not_found (a series that is not there). Names are the same when their
/// name_key is.
std::variant<AccountId, RefusalWord> add_account(records::Database& database, const AccountForm& form, UtcTime now);
std::optional<RefusalWord> change_account(records::Database& database, AccountId account, const AccountForm& form);

/// A locked account cannot sign in, and is signed out everywhere. Refused: not_found.
std::optional<RefusalWord> lock_account(
    records::Database& database, AccountId account, std::optional<UtcTime> locked_at);

/// By name.
std::vector<Account> accounts(const records::Database& database);
std::optional<Account> account(const records::Database& database, AccountId id);
std::optional<Account> account_named(const records::Database& database, std::string_view name);

/// Since when the site is in use; nothing before its first account.
std::optional<UtcTime> first_account_made_at(const records::Database& database);

/// The text of a link by which the account's password is set, once, within password_link_days; an
/// earlier one stops working, the password goes on working until then. Refused: not_found.
std::variant<Secret, RefusalWord> make_password_link(
    records::Database& database, AccountId account, UtcTime now, const RandomBytes& random);

/// The address of the page that sets the password.
std::string password_page(std::string_view site, const Secret& link);

/// Whose password this link sets now; nothing when it is unknown, used, old or of a locked account.
std::optional<AccountId> account_of_password_link(
    const records::Database& database, std::string_view fragment, UtcTime now);

/// Sets the password that has this hash, uses the link up and signs the account out everywhere.
/// Nothing when the link does not work.
std::optional<AccountId> set_password(
    records::Database& database, std::string_view fragment, const std::string& hash, UtcTime now);

/// What the sign-in compares with; nothing when the account has no password or is locked.
std::optional<std::string> stored_password(const records::Database& database, AccountId account);

/// Takes the account's person into the session in this role, also when they have been in it in
/// another. Refused: not_found, invalid (neither facilitator nor moderator).
std::variant<Role, RefusalWord> take_into_session(
    records::Database& database, SessionId session, PersonId person, Role role);

/// The role of a person in a session's roster.
std::optional<Role> role_in(const records::Database& database, SessionId session, PersonId person);

/// The first account, of a coordinator for everything, while no account has a password and no
/// other one has been made: a link that sets its password. Nothing later.
std::optional<Secret> first_account_link(records::Database& database, UtcTime now, const RandomBytes& random);
inline constexpr std::string_view first_account_name = "Koordinaattori";

/// The first account as it was made, while nobody has set its password: whoever is named now may take its place.
std::optional<AccountId> unused_first_account(const records::Database& database);

/// The series of a session; nothing when there is no such session.
std::optional<std::string> series_of(const records::Database& database, SessionId session);

/// The account, locked ones apart, that goes by one of the supervisors' names of this form already,
/// however it is written: the people of one supervisor are seen by one account. A name that `account`
/// has itself is not asked about. The names of both, for who looks after accounts.
struct TakenSupervisor {
    std::string supervisor;
    std::string account;
};
std::optional<TakenSupervisor> taken_supervisor(
    const records::Database& database, const AccountForm& form, std::optional<AccountId> account = {});

/// Whether one of these supervisors' names, as person_key makes them, is the registration's.
bool is_supervised_by(const PersonDetails& person, const std::vector<std::string>& supervisor_keys);

/// Whether the session has a participant of one of these supervisors.
bool has_people_of(
    const records::Database& database, SessionId session, const std::vector<std::string>& supervisor_keys);

/// The supervisors named in any registration, in Finnish order, each in one way of writing: what an
/// account can be bound to.
std::vector<std::string> supervisors_named(const records::Database& database);

}  // namespace etakahvila::people
