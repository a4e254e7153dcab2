#include "people/invitations.hpp"
#include "people/local_time.hpp"
#include "player/session_today.hpp"
#include "support/catch.hpp"

using namespace etakahvila;
using base::UtcTime;

namespace {

UtcTime moment(const std::string& date, const std::string& clock) {
    return std::get<UtcTime>(people::utc_of(people::date_in(date).value(), people::clock_in(clock).value()));
}

}  // namespace

TEST_CASE("the links of a simulated meeting work at every hour of its day") {
    constexpr std::int64_t quarter = 15 * 60'000;
    // A usual day, the shortest and the longest of a year, and the last.
    for (const std::string day : {"2026-11-29", "2027-03-28", "2026-10-25", "2026-12-31"}) {
        const auto midnight = moment(day, "00:00");
        for (auto now = midnight; people::local_date_text(now) == day; now.ms += quarter) {
            const auto hours = player::session_today(now);
            INFO(day << ' ' << people::local_clock_text(now));
            CHECK(hours.date == day);
            const auto links = people::usual_times(moment(hours.date, hours.start), moment(hours.date, hours.end));
            CHECK(links.not_before <= now);
            // A meeting that begins now has hours to be played in.
            CHECK(links.expires.ms - now.ms >= 5 * 60 * 60'000);
        }
    }
}
