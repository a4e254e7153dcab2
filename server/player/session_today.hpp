#pragma once

// When a simulated meeting is planned, so that it can be played now.

#include <string>

#include "base/time.hpp"

namespace etakahvila::player {

/// Helsinki's date and clock, as the coordinator's form takes them: 2026-12-03, 16:00 and 23:59.
struct SessionHours {
    std::string date;
    std::string start;
    std::string end;
};

/// A session of the day that `now` lies in. Its links work at every moment of that day and for hours after it.
SessionHours session_today(base::UtcTime now);
/// … of the day that it is.
SessionHours session_today();

}  // namespace etakahvila::player
