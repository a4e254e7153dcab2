#include "house/health.hpp"

namespace etakahvila::house {
namespace {

using protocol::Severity;
using protocol::Trouble;

Severity severity_of(Trouble what) {
    switch (what) {
        case Trouble::not_saving:
        case Trouble::disk_full:
        case Trouble::disk_failed:
        case Trouble::room_damaged: return Severity::urgent;
        default: return Severity::soon;
    }
}

}  // namespace

void Health::note(Trouble what, bool is_there, std::optional<base::UtcTime> at) {
    {
        const std::lock_guard lock{mutex_};
        if (!is_there) {
            if (noted_.erase(what) == 0) return;
        } else {
            const auto [noted, is_new] = noted_.try_emplace(what, Noted{.since = clock_.utc(), .at = {}});
            noted->second.at = at;
            if (!is_new) return;
        }
    }
    if (!is_there)
        log_.info("trouble_ended", {{"what", what}});
    else if (severity_of(what) == Severity::urgent)
        log_.error("trouble_began", {{"what", what}});
    else
        log_.warning("trouble_began", {{"what", what}});
}

protocol::HealthShown Health::health() {
    note(Trouble::not_saving, is_hanging_());
    protocol::HealthShown shown;
    if (!operator_phone_.empty()) shown.operator_phone = operator_phone_;
    const std::lock_guard lock{mutex_};
    for (const auto& [what, noted] : noted_)
        shown.troubles.push_back({.what = what, .severity = severity_of(what), .since = noted.since, .at = noted.at});
    return shown;
}

bool Health::keeps_clients_away(Trouble what) {
    return what == Trouble::not_saving || what == Trouble::disk_full || what == Trouble::disk_failed;
}

}  // namespace etakahvila::house
