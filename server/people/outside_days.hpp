#pragma once

// Days without a room, as planned. Each is a session, so that attendance, marks, seal and files are as on other days;
// it is of no period and of a series of its own, so that whatever asks for rooms passes it over.

#include "people/sessions.hpp"
#include "protocol/api/periods.hpp"

namespace etakahvila::people {

using protocol::PeriodId;

struct OutsideDraft {
    SessionWay way{};
    UtcTime starts_at;
    UtcTime ends_at;
    std::optional<std::string> help_phone{};
    /// Of a day by phone: the period in whose place it is.
    std::optional<PeriodId> period{};
};

/// Stores the day, without people; the series of its way is made at first use.
SessionId make_outside_day(records::Database& database, const OutsideDraft& draft);

/// The time of a day that stands; its calendar entries follow.
void move_outside_day(records::Database& database, SessionId session, UtcTime starts_at, UtcTime ends_at);

/// How the session is held; `room` too when there is no such session.
SessionWay way_of(const records::Database& database, SessionId session);

/// The period that a day by phone belongs to.
std::optional<PeriodId> period_of_outside_day(const records::Database& database, SessionId session);

}  // namespace etakahvila::people
