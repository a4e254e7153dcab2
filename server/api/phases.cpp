#include "api/phases.hpp"

#include <algorithm>

namespace etakahvila::api {
namespace {

using protocol::SessionId;

RoomNow now_of(const domain::Room& state) {
    const auto& members = state.presence.members;
    const bool has_staff = std::any_of(members.begin(), members.end(),
        [](const auto& each) { return domain::is_staff(each.second.role) && each.second.is_there(); });
    return {.phase = state.session.phase, .has_staff = has_staff};
}

}  // namespace

void with_phases(const std::map<SessionId, std::shared_ptr<runtime::RoomHost>>& rooms,
    const std::function<void(const std::map<SessionId, RoomNow>&)>& then) {
    ask_rooms<RoomNow>(rooms, now_of, then);
}

}  // namespace etakahvila::api
