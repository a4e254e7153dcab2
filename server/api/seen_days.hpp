#pragma once

// The days of a time that are the caller's, as they were kept: what a report is made of.

#include <map>
#include <string>
#include <vector>

#include "api/call.hpp"
#include "api/roster.hpp"
#include "people/sessions.hpp"
#include "protocol/api/attendance.hpp"

namespace etakahvila::api {

struct SeenDays {
    struct Day {
        people::SessionRecord session;
        Roster roster;
        reports::DayRecord record;
    };
    /// Names, and the marks that stand for them in addresses.
    using Marks = std::map<std::string, std::string>;

    std::vector<Day> days{};
    /// Whose days these are, or would be whatever else is chosen.
    Marks series{};
    Marks supervisors{};

    /// Everyone who has a row in them.
    std::vector<protocol::PersonId> whose() const;
    std::vector<reports::ReportedDay> reported() const;
    reports::ReportedPeople people() const;
};

/// Those that the caller may see, and has chosen.
SeenDays days_seen_by(const AnyCall& call, const protocol::ReportsQuery& query, base::UtcTime now);

/// Leaves the rows of this kind of decision, or all.
void keep_kind(reports::DayRecord& record, std::optional<std::string> kind);

/// One choice for each mark: two ways to write a name are one name.
std::vector<protocol::NamedMark> choices_of(const SeenDays::Marks& marks);

}  // namespace etakahvila::api
