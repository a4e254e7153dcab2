#pragma once

// Days as they are kept, with the names that the records have now: as they are told.

#include "api/roster.hpp"
#include "people/sessions.hpp"
#include "protocol/api/attendance.hpp"

namespace etakahvila::api {

/// Its rows in Finnish order; without the figures, which are of everyone.
protocol::DayAnswer day_answer(
    const people::SessionRecord& session, const reports::DayRecord& record, const Roster& roster);

protocol::DayFigures day_figures(const reports::DayStatistics& figures, std::int64_t returners);

protocol::PersonTotal person_total(const reports::PersonTotal& total, const reports::ReportedPeople& people);

}  // namespace etakahvila::api
