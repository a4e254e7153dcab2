#pragma once

// How many are in the rooms, who waits there, and how the rooms are: figures without anybody's name.

#include <array>
#include <cstdint>
#include <functional>

#include "protocol/common.hpp"
#include "base/time.hpp"

namespace etakahvila::runtime {

class RoomDirectory;

/// Of one room, or of several together.
struct RoomFigures {
    std::int64_t rooms{};
    /// They are shown as far as they are whole, and save nothing.
    std::int64_t damaged{};
    /// Each person once, by role.
    std::array<std::int64_t, names_of(protocol::Role{}).size()> people{};
    /// Nobody has taken them up.
    std::int64_t help_waiting{};
    base::Milliseconds help_oldest_wait{};
    /// Messages that moderators have to decide on.
    std::int64_t review_held{};
    base::Milliseconds review_oldest_wait{};

    RoomFigures& operator+=(const RoomFigures& other);
};

/// Asks every open room. `done` is called once, on the thread of the room that answered last; at once when none is
/// open.
void count_rooms(RoomDirectory& directory, std::function<void(const RoomFigures&)> done);

}  // namespace etakahvila::runtime
