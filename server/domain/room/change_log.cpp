#include "domain/room/change_log.hpp"

#include <algorithm>
#include <set>

namespace etakahvila::domain {

std::vector<ThingRef> ChangeLog::since(Seq since, Audience audience) const {
    const auto first = std::upper_bound(
        touches_.begin(), touches_.end(), since, [](Seq seq, const Touch& touch) { return seq < touch.seq; });
    std::vector<ThingRef> things;
    std::set<ThingRef> seen;
    for (auto touch = touches_.rbegin(); touch.base() != first; ++touch) {
        if (touch->by == Audience::staff && audience != Audience::staff) continue;
        if (seen.insert(touch->thing).second) things.push_back(touch->thing);
    }
    std::reverse(things.begin(), things.end());
    return things;
}

}  // namespace etakahvila::domain
