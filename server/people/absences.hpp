#pragma once

// Who has told that they do not come, and why. The reason is health data: it is for the supervisor and the coordinator
// of all, and goes nowhere else.

#include <functional>
#include <vector>

#include "people/registrations.hpp"
#include "protocol/api/absences.hpp"

namespace etakahvila::people {

/// Reasons that are asked of who has this kind of decision; none where taking part is of one's own will.
std::vector<protocol::AbsenceReason> reasons_asked(
    const records::Database& database, const std::optional<std::string>& kind);

/// The participants whom `sees` takes, in Finnish order, each with their sessions that end after `since`, by time.
/// A session that is cancelled is none: nobody is absent from it.
std::vector<protocol::AbsentPerson> people_with_days(
    const records::Database& database, UtcTime since, const std::function<bool(const PersonDetails&)>& sees);

}  // namespace etakahvila::people
