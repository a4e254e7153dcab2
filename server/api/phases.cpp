#include "api/phases.hpp"

#include <algorithm>
#include <mutex>

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
    struct Asked {
        std::mutex mutex;
        std::map<SessionId, RoomNow> rooms;
        std::size_t left;
    };
    if (rooms.empty()) return then({});
    const auto asked = std::make_shared<Asked>();
    asked->left = rooms.size();
    for (const auto& [session, room] : rooms) {
        room->show([asked, session = session, then](const domain::Room& state) -> base::Task {
            return [asked, session, then, now = now_of(state)] {
                {
                    const std::lock_guard lock{asked->mutex};
                    asked->rooms.emplace(session, now);
                    if (--asked->left != 0) return;
                }
                then(asked->rooms);
            };
        });
    }
}

}  // namespace etakahvila::api
