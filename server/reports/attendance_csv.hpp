#pragma once

// The attendance of one session for a spreadsheet: one row a person.

#include <optional>
#include <string>
#include <vector>

#include "protocol/attendance.hpp"

namespace etakahvila::reports {

enum class Language : std::uint8_t { fi, en };
constexpr std::array<std::string_view, 2> names_of(Language) { return {"fi", "en"}; }

/// One person's day. Not to be printed: it has no stream operator.
struct AttendanceRow {
    protocol::PersonId person;
    std::string name;
    std::optional<protocol::DecisionType> decision_type;
    /// Not there: never seen.
    std::optional<base::UtcTime> arrived;
    std::optional<base::UtcTime> left;
    std::int64_t connected_seconds{};
    std::int64_t gaps{};
    std::optional<protocol::Proposal> proposal;
    std::optional<protocol::Mark> mark;
    std::string remark;
};

struct AttendanceReport {
    /// Its theme.
    std::string session;
    base::UtcTime starts_at;
    std::vector<AttendanceRow> rows;
};

/// Columns: session, date, name, id, kind of decision, arrived, left, minutes, gaps, proposal,
/// mark, remark. `;`, CRLF, UTF-8 with BOM, formulas neutralised. Dates and times are Helsinki's,
/// as 2026-12-03 and 09:02; minutes are whole ones, rounded down. Rows stay in their order.
std::string attendance_csv(const AttendanceReport& report, Language language = Language::fi);

}  // namespace etakahvila::reports
