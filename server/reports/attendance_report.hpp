#pragma once

// Reports of attendance: of one session, or of many; of everyone, of one supervisor's people, of
// one kind of decision. Who is in it, the caller has chosen before.

#include <map>

#include "people/decision_kinds.hpp"
#include "protocol/api/attendance.hpp"
#include "reports/day_record.hpp"
#include "reports/table.hpp"

namespace etakahvila::reports {

using Language = protocol::ReportLanguage;

/// A person as the records have them now. Not to be printed: it has no stream operator.
struct ReportedPerson {
    std::string name;
    std::optional<std::string> supervisor;
};
/// Participants and staff. Who is not there has been erased, and has no name.
using ReportedPeople = std::map<PersonId, ReportedPerson>;

struct ReportedDay {
    std::string theme;
    UtcTime starts_at;
    DayRecord record;
    /// An experience-story day: in a file it has its counts, and names nobody.
    bool has_counts_only = false;
};

/// Leaves the rows for which `is_meant` says so.
template <class IsMeant>
void keep_rows(DayRecord& record, IsMeant is_meant) {
    std::erase_if(record.lines, [&](const RecordedRow& row) { return !is_meant(row); });
}

/// One row a person and day; of a day with counts only one a mark. Columns: session, date, name, id, kind of decision,
/// supervisor, arrived, left, minutes (whole ones, rounded down: connected, or of a day without a room as a worker has
/// checked it; empty where neither is), gaps, proposal, mark, minutes of a partial mark, how they took part, marked by,
/// remark, sealed. A kind of decision is called what it was called when the day was kept; in English, where no name of
/// the time is kept, and where nothing was kept, what `kinds` say.
Table attendance_table(const std::vector<ReportedDay>& days, const ReportedPeople& people,
    const people::DecisionKinds& kinds, Language language);

/// One row an interval, but for days with counts only: session, date, name, id, from, to, minutes.
Table interval_table(const std::vector<ReportedDay>& days, const ReportedPeople& people, Language language);

/// Those of which a file, or paper, may name people.
std::vector<ReportedDay> days_with_names(std::vector<ReportedDay> days);

/// All days of one person: how many with which mark, and the time in all, whole minutes of it.
struct PersonTotal {
    PersonId person;
    /// Of the last of these days.
    std::optional<std::string> decision_type;
    std::optional<std::string> decision_name;
    std::int64_t days{};
    /// By protocol::Mark.
    std::array<std::int64_t, 4> marks{};
    std::int64_t unmarked{};
    std::int64_t minutes{};
};
/// By their names; who has none any more comes first.
std::vector<PersonTotal> totals_of(const std::vector<ReportedDay>& days, const ReportedPeople& people);

/// One row a person, as totals_of has them of all days but those with counts only.
Table totals_table(const std::vector<ReportedDay>& days, const ReportedPeople& people,
    const people::DecisionKinds& kinds, Language language);

}  // namespace etakahvila::reports
