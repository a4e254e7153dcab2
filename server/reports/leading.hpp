#pragma once

// How long leaders have their group after its last day: until its days are sealed.

#include "people/groups.hpp"
#include "reports/day_store.hpp"

namespace etakahvila::reports {

/// A day that nobody closed or sealed leaves nobody in a group for good.
inline constexpr int leading_days_max = 30;

/// Whether its leaders have nothing of it any more: its last day is over, and all its days are sealed or cancelled, or
/// leading_days_max have passed. So of a group that is not there.
bool is_leading_over(const records::Database& database, protocol::PeriodId group, UtcTime now);

}  // namespace etakahvila::reports
