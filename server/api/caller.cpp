#include "api/caller.hpp"

#include "domain/room/context.hpp"
#include "people/appointments.hpp"
#include "people/groups.hpp"
#include "people/names.hpp"
#include "people/outside_days.hpp"
#include "people/words.hpp"
#include "reports/leading.hpp"

namespace etakahvila::api {
namespace {

CallerRole caller_role(protocol::Role role) {
    switch (role) {
        case protocol::Role::participant: return CallerRole::participant;
        case protocol::Role::guest: return CallerRole::guest;
        case protocol::Role::facilitator: return CallerRole::facilitator;
        case protocol::Role::moderator: return CallerRole::moderator;
        case protocol::Role::coordinator: return CallerRole::coordinator;
    }
    return CallerRole::participant;
}

}  // namespace

CallerRole caller_role(protocol::StaffRole role) {
    switch (role) {
        case protocol::StaffRole::facilitator: return CallerRole::facilitator;
        case protocol::StaffRole::moderator: return CallerRole::moderator;
        case protocol::StaffRole::coordinator: return CallerRole::coordinator;
        case protocol::StaffRole::supervisor: return CallerRole::supervisor;
    }
    return CallerRole::supervisor;
}

std::optional<people::Account> account_now(const records::Database& reader, people::AccountId id, base::UtcTime now) {
    auto account = people::account(reader, id);
    if (!account) return std::nullopt;
    std::erase_if(account->roles, [&](const people::GivenRole& given) {
        if (!given.group) return false;
        const auto group = people::group_named(reader, *given.group);
        return !group || reports::is_leading_over(reader, *group, now);
    });
    return account;
}

std::optional<protocol::PersonId> Caller::person() const {
    if (account) return account->person;
    return invitation ? invitation->person : std::nullopt;
}

std::string Caller::name(const records::Database& reader) const {
    if (account) return account->name;
    return invitation ? people::holder_of_key(reader, invitation->id).value_or(std::string{}) : std::string{};
}

CallerRoles Caller::roles_in(const std::optional<std::string>& series) const {
    CallerRoles found;
    if (account) {
        found.add(CallerRole::signed_in);
        for (const auto& given : account->roles) {
            if (given.group) continue;
            const bool is_here = !given.series ||
                                 (series && people::name_key(*given.series) == people::name_key(*series));
            if (is_here) found.add(caller_role(given.role));
            if (!given.series && given.role == protocol::StaffRole::coordinator)
                found.add(CallerRole::coordinator_of_all);
        }
    }
    if (invitation && invitation->kind == people::InvitationKind::coordinator) {
        found.add(caller_role(invitation->role));
        found.add(CallerRole::coordinator_of_all);
    }
    return found;
}

CallerRoles Caller::roles_anywhere() const {
    auto found = roles_in({});
    if (account) {
        for (const auto& given : account->roles) found.add(caller_role(given.role));
    }
    if (invitation) found.add(caller_role(invitation->role));
    return found;
}

CallerRoles Caller::roles_in_session(const records::Database& reader, protocol::SessionId session) const {
    const auto series = people::series_of(reader, session);
    if (!series) return {};
    if (invitation && invitation->kind != people::InvitationKind::coordinator)
        return invitation->session == session ? CallerRoles{caller_role(invitation->role)} : CallerRoles{};
    // Of an account nothing but its roles of now counts: that it has been in the room, and stands in
    // its roster, gives no right that is left when the role is taken away.
    auto found = roles_in(series);
    const auto group = account ? people::group_of(reader, session) : std::nullopt;
    if (group) {
        for (const auto& given : account->roles) {
            if (given.group && people::group_named(reader, *given.group) == group) found.add(caller_role(given.role));
        }
    }
    const auto way = people::way_of(reader, session);
    if (way != protocol::SessionWay::room) add_roles_outside(reader, session, found);
    if (found.has(CallerRole::supervisor) && !people::has_people_of(reader, session, supervisor_keys()))
        found.remove(CallerRole::supervisor);
    if (way == protocol::SessionWay::appointment) {
        // Its holder has it with somebody of their own: nobody else of the staff of rooms has a part in it.
        found.remove(CallerRole::facilitator);
        found.remove(CallerRole::moderator);
        const bool is_theirs = found.has(CallerRole::supervisor) || found.has(CallerRole::coordinator_of_all);
        if (is_theirs && account && people::holds_appointment(reader, session, account->person))
            found.add(CallerRole::moderator);
    }
    return found;
}

void Caller::add_roles_outside(const records::Database& reader, protocol::SessionId session, CallerRoles& found) const {
    // A role in a group is for the group's days alone.
    auto elsewhere = roles_in({});
    if (account) {
        for (const auto& given : account->roles) {
            if (!given.group) elsewhere.add(caller_role(given.role));
        }
    }
    if (elsewhere.has(CallerRole::supervisor)) found.add(CallerRole::supervisor);
    for (const auto role : {CallerRole::facilitator, CallerRole::moderator}) found.remove(role);
    const auto place = account ? people::role_in(reader, session, account->person) : std::nullopt;
    if (place && domain::is_staff(*place) && elsewhere.has(caller_role(*place))) found.add(caller_role(*place));
}

bool Caller::has_part_in_series(const records::Database& reader, protocol::SessionId session) const {
    if (!account || !people::group_of(reader, session)) return true;
    return roles_in(people::series_of(reader, session)).has_any(who_see_all);
}

bool Caller::sees(const people::PersonDetails& details) const {
    return roles.has_any(who_see_all) ||
           (roles.has(CallerRole::supervisor) && people::is_supervised_by(details, supervisor_keys()));
}

bool Caller::knows_reasons_of(const people::PersonDetails& details) const {
    return roles.has(CallerRole::coordinator) || people::is_supervised_by(details, supervisor_keys());
}

bool Caller::knows_decision_of(const people::PersonDetails& details) const {
    return roles.has(CallerRole::moderator) || knows_reasons_of(details);
}

bool Caller::knows_name_of(const people::PersonDetails& details) const {
    return roles.has_any({CallerRole::moderator, CallerRole::coordinator}) ||
           people::is_supervised_by(details, supervisor_keys());
}

people::Reach Caller::reach() const {
    if (roles_in({}).has(CallerRole::coordinator)) return {};
    people::Reach own{.series = std::vector<std::string>{}};
    if (!account) return own;
    for (const auto& given : account->roles) {
        if (given.role == protocol::StaffRole::coordinator && given.series) own.series->push_back(*given.series);
    }
    return own;
}

std::vector<std::string> Caller::supervisor_keys() const {
    std::vector<std::string> keys;
    if (account) {
        for (const auto& name : account->supervises) keys.push_back(people::person_key(name));
    }
    return keys;
}

}  // namespace etakahvila::api
