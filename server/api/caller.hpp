#pragma once

// Who asks: what a request's link, key or sign-in makes of it, and what each may do. The schema's routes name which
// roles may; nothing else decides it (access.hpp).

#include <initializer_list>
#include <span>

#include "people/invitations.hpp"
#include "people/matching.hpp"
#include "people/sign_in.hpp"
#include "protocol/api/access.hpp"

namespace etakahvila::api {

using protocol::CallerRole;

/// What a role of the staff makes of who has it.
CallerRole caller_role(protocol::StaffRole role);

class CallerRoles {
public:
    constexpr CallerRoles() = default;
    constexpr CallerRoles(std::initializer_list<CallerRole> roles) {
        for (const auto role : roles) add(role);
    }
    constexpr explicit CallerRoles(std::span<const CallerRole> roles) {
        for (const auto role : roles) add(role);
    }
    constexpr void add(CallerRole role) { bits_ |= 1U << static_cast<unsigned>(role); }
    constexpr void remove(CallerRole role) { bits_ &= ~(1U << static_cast<unsigned>(role)); }
    constexpr bool has(CallerRole role) const { return (bits_ >> static_cast<unsigned>(role) & 1U) != 0; }
    constexpr bool has_any(CallerRoles others) const { return (bits_ & others.bits_) != 0; }
    constexpr bool is_empty() const { return bits_ == 0; }
    constexpr bool operator==(const CallerRoles&) const = default;

private:
    unsigned bits_ = 0;
};

/// In a session of theirs they see everyone who is registered; a supervisor sees their own people.
inline constexpr CallerRoles who_see_all{CallerRole::facilitator, CallerRole::moderator, CallerRole::coordinator};

/// The account with the roles that hold now: those in a group that is over are gone (reports/leading.hpp). Nothing when
/// there is no such account.
std::optional<people::Account> account_now(const records::Database& reader, people::AccountId id, base::UtcTime now);

struct Caller {
    /// By an account, with the sign-in by which they came.
    std::optional<people::Account> account;
    std::optional<people::SignInId> sign_in;
    /// When they last showed password or code in that sign-in.
    base::UtcTime proved_at{};
    /// Or by a link, which is for one session, also where it is of a season, or for the coordinator of all.
    std::optional<people::Invitation> invitation;

    /// What they may be here: in the session of the call, or anywhere when it names none.
    CallerRoles roles;

    /// Who they are in the rooms; nobody for the coordinator's key.
    std::optional<protocol::PersonId> person() const;

    bool has(CallerRole role) const { return roles.has(role); }

    /// Who did it, where that is told: the account's name, or whoever holds the key. Empty of a key without a name.
    std::string name(const records::Database& reader) const;

    /// Their roles for all sessions of a series, and for the whole site when it is none. A role in a group is neither.
    CallerRoles roles_in(const std::optional<std::string>& series) const;
    CallerRoles roles_anywhere() const;

    /// Their roles in this session; none when it is not theirs, or there is none such. A link's is
    /// the one that it was made for; an account's are those that it has now, wherever it has been. A
    /// supervisor has the sessions in which one of their own people is registered, a group's leader the group's days.
    /// In a day without a room, which is of no series, nobody is facilitator or moderator but who is placed in it; in a
    /// worker's meeting with one person whoever holds it, as long as they are that person's worker.
    CallerRoles roles_in_session(const records::Database& reader, protocol::SessionId session) const;

    /// Whether what belongs to the whole series of this session is theirs to read and to change: not a leader's who is
    /// there by the session's group alone.
    bool has_part_in_series(const records::Database& reader, protocol::SessionId session) const;

    /// A supervisor sees their own people, and nobody else; the others see whom the route shows.
    bool sees(const people::PersonDetails& details) const;

    /// Whether they may read why this person does not come, which may be an illness: whoever coordinates here, and the
    /// person's own supervisor.
    bool knows_reasons_of(const people::PersonDetails& details) const;

    /// Whether they may read by which decision this person comes: whoever coordinates or moderates here, as the mark
    /// hangs on it, and the person's own supervisor.
    bool knows_decision_of(const people::PersonDetails& details) const;
    /// Whether they may read this person's own name on an experience-story day: who marks attendance or coordinates
    /// here, and the person's own supervisor. Facilitators know nicknames.
    bool knows_name_of(const people::PersonDetails& details) const;

    /// Whose people they coordinate: those of their series, or everybody.
    people::Reach reach() const;

    /// What is_supervised_by compares with.
    std::vector<std::string> supervisor_keys() const;

private:
    void add_roles_outside(const records::Database& reader, protocol::SessionId session, CallerRoles& found) const;
};

}  // namespace etakahvila::api
