#pragma once

// What the demo's records have before anybody comes in: the day's assignment, and last week's day with its feedback.

#include <vector>

#include "people/sessions.hpp"
#include "protocol/common.hpp"

namespace etakahvila::demo {

/// The assignment of the session's own work, which opens with that item of the agenda or by hand. In a transaction of
/// the caller's.
protocol::AssignmentId plan_work(records::Database& database, protocol::SessionId session);

/// A day of the same series a week earlier: what its people said of it, and what staff tell of what changed by it.
void add_last_week(records::Database& database, const people::SessionForm& today,
    const std::vector<people::PersonId>& people, base::UtcTime now);

}  // namespace etakahvila::demo
