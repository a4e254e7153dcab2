#include "programme/rotation.hpp"

#include <algorithm>

namespace etakahvila::programme {

std::vector<TurnDay> turn_days(const Rotation& rotation) {
    constexpr int week = 7;
    std::vector<TurnDay> days;
    const auto ahead = (rotation.weekday + week - people::iso_weekday(rotation.first_day)) % week;
    std::size_t turn = 0;
    for (auto day = people::days_after(rotation.first_day, static_cast<int>(ahead)); day <= rotation.last_day;
        day = people::days_after(day, week)) {
        const auto skip = std::find_if(
            rotation.skips.begin(), rotation.skips.end(), [&](const Skip& each) { return each.day == day; });
        const bool is_skipped = skip != rotation.skips.end();
        if (is_skipped)
            days.push_back({.day = day, .series = {}, .why_skipped = skip->why});
        else
            days.push_back({.day = day, .series = rotation.series[turn % rotation.series.size()], .why_skipped = {}});
        if (!is_skipped || !rotation.skip_moves_turn) ++turn;
    }
    return days;
}

}  // namespace etakahvila::programme
