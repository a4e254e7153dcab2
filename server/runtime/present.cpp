#include "runtime/present.hpp"

#include <algorithm>
#include <set>

namespace etakahvila::runtime {

Present::Present(const domain::Room& room) {
    for (const auto& [person, member] : room.presence.members) {
        for (const auto& stay : member.stays) last_connection_ = std::max(last_connection_, stay.connection.value);
    }
}

void Present::add(ConnectionId connection, Here here) {
    if (const auto hub = find_hub(here.hub); hub != hubs_.end())
        ++hub->second;
    else
        hubs_.emplace_back(here.hub, 1);
    all_[connection] = std::move(here);
}

void Present::remove(ConnectionId connection) {
    const auto here = all_.find(connection);
    const auto hub = find_hub(here->second.hub);
    if (--hub->second == 0) hubs_.erase(hub);
    all_.erase(here);
}

Present::Hubs::iterator Present::find_hub(const std::shared_ptr<Hub>& hub) {
    return std::find_if(hubs_.begin(), hubs_.end(), [&](const auto& each) { return each.first == hub; });
}

std::vector<ConnectionId> Present::of(PersonId person) const {
    std::vector<ConnectionId> theirs;
    for (const auto& [connection, here] : all_) {
        if (here.person == person) theirs.push_back(connection);
    }
    return theirs;
}

bool Present::has_place_for(PersonId person) const {
    return std::count_if(all_.begin(), all_.end(), [&](const auto& each) { return each.second.person == person; }) <
           connections_per_person_max;
}

Present::Differences Present::differences_from(const domain::Room& room) {
    Differences differences;
    std::set<ConnectionId> up;
    for (const auto& [person, member] : room.presence.members) {
        for (const auto open : member.open_stays) {
            const auto connection = member.stays[open].connection;
            if (has(connection)) {
                up.insert(connection);
                continue;
            }
            const auto end = ends_.find(connection);
            differences.gone.push_back({.person = person,
                .connection = connection,
                .silent_since = end == ends_.end() ? std::nullopt : std::optional{end->second}});
        }
    }
    ends_.clear();
    for (const auto& [connection, here] : all_) {
        if (!up.contains(connection))
            differences.unknown.push_back({.person = here.person, .connection = connection, .device = {}});
    }
    return differences;
}

}  // namespace etakahvila::runtime
