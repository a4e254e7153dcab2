#pragma once

// Groups: closed periods of one series with a few members and their leaders
// (decisions/060-a-group-is-a-closed-period.md). What is not said here is as in any period.

#include "people/groups.hpp"
#include "people/secret.hpp"
#include "programme/enrolments.hpp"
#include "programme/places.hpp"
#include "protocol/api/groups.hpp"

namespace etakahvila::programme {

inline constexpr std::size_t group_members_max = 12;
inline constexpr std::size_t group_leaders_max = 2;

/// The newest first. Whether a leader's role has ended is not told: the kept days know it (reports/leading.hpp).
std::vector<protocol::GroupListed> groups(const records::Database& database);

/// By name.
std::vector<protocol::GroupLeader> leaders_of(const records::Database& database, PeriodId group);

/// As put_period, of one series, with the one package in which its members are. Whoever is in it is to be brought in
/// line (enrolments.hpp).
Put<PeriodId> put_group(records::Database& database, const protocol::PeriodBody& form, std::optional<PeriodId> known);

struct LeadersChanged {
    /// Of accounts that were made.
    std::vector<std::pair<protocol::AccountId, people::Secret>> links;
    /// Who leads it no more: whatever they hold of it is void.
    std::vector<PersonId> out;
    /// Days that are to come, with other leaders.
    std::vector<SessionId> sessions;
};

/// In place of those that were. Leaders have a role in the group and a place on its days that are to come. Who has no
/// account yet gets one that is for the group alone. Refused: not_found (no such group or account), invalid (more than
/// group_leaders_max, somebody twice, neither facilitator nor moderator), the word of a new name's fault; name_taken
/// is a fault.
Put<LeadersChanged> put_leaders(records::Database& database, PeriodId group,
    const std::vector<protocol::LeaderBody>& leaders, UtcTime now, const people::RandomBytes& random);

/// How many have a place in a group, day by day.
class GroupPlaces {
public:
    explicit GroupPlaces(const std::vector<Enrolment>& enrolments);

    /// From this day to that one; once more is no more than once. False, and nothing is taken, where on one of these
    /// days group_members_max others have theirs.
    bool take(PersonId person, const std::string& first_day, const std::string& last_day);

private:
    struct Span {
        PersonId person;
        std::string first_day;
        std::string last_day;
    };
    std::vector<Span> spans_;
};

}  // namespace etakahvila::programme
