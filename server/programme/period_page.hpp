#pragma once

// The season on one page: its days, its people in numbers, and what is left to do, the most urgent first.

#include "programme/periods.hpp"

namespace etakahvila::programme {

using protocol::PersonId;

/// Somebody whose decision ends within so many days is told of.
inline constexpr int decisions_end_days = 14;
inline constexpr std::size_t todo_names_max = 5;

struct PeriodPage {
    protocol::PeriodShown shown;
    /// Whose names are in it: a look at them is to be noted.
    std::vector<PersonId> named;
};

/// All but what only the rooms know: phases of days, and the tasks nobody_of_staff and attendance_open. Nothing when
/// there is no such period.
std::optional<PeriodPage> period_page(const records::Database& database, PeriodId period, UtcTime now);

/// The task, in its place among the others.
void add_todo(std::vector<protocol::Todo>& all, protocol::Todo todo);

}  // namespace etakahvila::programme
