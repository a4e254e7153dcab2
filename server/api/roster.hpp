#pragma once

// The people of a session as the records have them now, and whose days the caller may see.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/caller.hpp"
#include "people/registrations.hpp"
#include "reports/attendance_report.hpp"

namespace etakahvila::api {

class Roster {
public:
    /// Of why somebody does not come it has what the caller may read. On an experience-story day it has the
    /// names that they may read: the others are empty.
    Roster(const records::Database& reader, protocol::SessionId session, base::UtcTime now, const Caller& caller);

    /// Null: somebody else's session, or erased.
    const people::SessionPerson* find(protocol::PersonId person) const;
    /// Of the registration; empty where nobody is found.
    std::string name(protocol::PersonId person) const;
    const std::optional<std::string>& supervisor(protocol::PersonId person) const;
    /// Participants only: nobody else is ever listed.
    std::vector<protocol::PersonId> participants() const;
    void add_to(reports::ReportedPeople& people) const;

    /// Leaves the rows that the caller may see in a session in which they have these roles: a supervisor sees their
    /// own people, once the day is sealed.
    void keep_own(reports::DayRecord& record, CallerRoles roles, const std::vector<std::string>& supervisor_keys) const;

    /// Takes out of the rows by which decision somebody comes, where the caller may not read it.
    void hide_decisions(reports::DayRecord& record, const Caller& caller) const;

private:
    std::map<protocol::PersonId, people::SessionPerson> people_;
};

}  // namespace etakahvila::api
