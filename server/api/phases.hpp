#pragma once

// What several rooms tell at once of how they are.

#include <functional>
#include <map>
#include <memory>

#include "runtime/room_directory.hpp"

namespace etakahvila::api {

struct RoomNow {
    protocol::Phase phase{};
    /// Whether somebody of the staff is in the room, or on the phone with it.
    bool has_staff{};
};

/// Asks every room; `then` on the thread of the last one that answers, or at once.
void with_phases(const std::map<protocol::SessionId, std::shared_ptr<runtime::RoomHost>>& rooms,
    const std::function<void(const std::map<protocol::SessionId, RoomNow>&)>& then);

}  // namespace etakahvila::api
