#pragma once

// Groups: closed periods. What the records of people ask about them (decisions/060-a-group-is-a-closed-period.md).

#include <optional>
#include <string_view>
#include <vector>

#include "people/person.hpp"
#include "people/storage.hpp"
#include "protocol/api/periods.hpp"

namespace etakahvila::people {

using base::UtcTime;
using protocol::PeriodId;
using protocol::PersonId;
using protocol::SessionId;

bool is_group(const records::Database& database, PeriodId period);

/// Names are the same when their name_key is.
std::optional<PeriodId> group_named(const records::Database& database, std::string_view name);

/// The group that the session is a day of; nothing of any other session.
std::optional<PeriodId> group_of(const records::Database& database, SessionId session);

/// Who may not be registered there: the session is a day of a group, and they are no members on that day. Somebody new
/// is none of anything.
bool is_closed_to(const records::Database& database, SessionId session, std::optional<PersonId> person);

/// What is left of a group after its last day.
struct GroupDays {
    /// The end of the last day, in Helsinki: of the period, or of a session that was moved behind it.
    UtcTime end;
    /// Those that are not cancelled.
    std::vector<SessionId> sessions;
};
std::optional<GroupDays> days_of_group(const records::Database& database, PeriodId group);

}  // namespace etakahvila::people
