#include "reports/leading.hpp"

#include <algorithm>

namespace etakahvila::reports {
namespace {

constexpr std::int64_t leading_ms = std::int64_t{leading_days_max} * 24 * 60 * 60'000;

}  // namespace

bool is_leading_over(const records::Database& database, protocol::PeriodId group, UtcTime now) {
    const auto days = people::days_of_group(database, group);
    if (!days) return true;
    if (now < days->end) return false;
    if (now.ms >= days->end.ms + leading_ms) return true;
    return std::all_of(days->sessions.begin(), days->sessions.end(), [&](const auto session) {
        const auto day = day_of(database, session);
        return day && day->phase == protocol::Phase::sealed;
    });
}

}  // namespace etakahvila::reports
