#include "player/session_today.hpp"

#include "base/system_clock.hpp"
#include "people/local_time.hpp"

namespace etakahvila::player {

SessionHours session_today(base::UtcTime now) {
    // Links open a day before the start and close five hours after the end: only a session that is late in the day
    // has links that work from the first minute of the day to its last.
    return {.date = people::local_date_text(now), .start = "16:00", .end = "23:59"};
}

SessionHours session_today() { return session_today(base::SystemClock{}.utc()); }

}  // namespace etakahvila::player
