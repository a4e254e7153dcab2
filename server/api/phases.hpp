#pragma once

// What several rooms tell at once of how they are.

#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "runtime/room_directory.hpp"

namespace etakahvila::api {

struct RoomNow {
    protocol::Phase phase{};
    /// Whether somebody of the staff is in the room, or on the phone with it.
    bool has_staff{};
};

/// Asks each room what `look` makes of it; `then` on the thread of the last one that answers, or at once. What it is
/// told is durable.
template <class Seen>
void ask_rooms(const std::map<protocol::SessionId, std::shared_ptr<runtime::RoomHost>>& rooms,
    const std::function<Seen(const domain::Room&)>& look,
    const std::function<void(const std::map<protocol::SessionId, Seen>&)>& then) {
    struct Asked {
        std::mutex mutex;
        std::map<protocol::SessionId, Seen> rooms;
        std::size_t left;
    };
    if (rooms.empty()) return then({});
    const auto asked = std::make_shared<Asked>();
    asked->left = rooms.size();
    for (const auto& [session, room] : rooms) {
        room->show([asked, session = session, look, then](const domain::Room& state) -> base::Task {
            return [asked, session, then, seen = look(state)] {
                {
                    const std::lock_guard lock{asked->mutex};
                    asked->rooms.emplace(session, seen);
                    if (--asked->left != 0) return;
                }
                then(asked->rooms);
            };
        });
    }
}

/// As ask_rooms; `then` on the thread of the last one that answers, or at once.
void with_phases(const std::map<protocol::SessionId, std::shared_ptr<runtime::RoomHost>>& rooms,
    const std::function<void(const std::map<protocol::SessionId, RoomNow>&)>& then);

}  // namespace etakahvila::api
