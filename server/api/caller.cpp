#include "api/caller.hpp"

#include "people/names.hpp"
#include "people/words.hpp"

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
    if (found.has(CallerRole::supervisor) && !people::has_people_of(reader, session, supervisor_keys()))
        found.remove(CallerRole::supervisor);
    return found;
}

bool Caller::sees(const people::PersonDetails& details) const {
    return roles.has_any(who_see_all) ||
           (roles.has(CallerRole::supervisor) && people::is_supervised_by(details, supervisor_keys()));
}

bool Caller::knows_reasons_of(const people::PersonDetails& details) const {
    return roles.has(CallerRole::coordinator) || people::is_supervised_by(details, supervisor_keys());
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
