#pragma once

#include <algorithm>

#include "base/clock.hpp"
#include "domain/room/room.hpp"
#include "protocol/connection.hpp"

namespace etakahvila::runtime {

/// The clock of one room: it goes on from the room's last step, and how long the server was away only the wall knows.
/// From any thread.
class RoomClock {
public:
    RoomClock(const base::Clock& clock, const domain::Room& room) : clock_{clock} {
        const auto away_ms = room.seq == 0 ? 0 : std::max<std::int64_t>(0, clock.utc().ms - room.now.utc.ms);
        offset_ = base::Milliseconds{room.now.at.ms + away_ms} - clock.monotonic();
    }

    base::Stamp stamp() const { return {.at = {(clock_.monotonic() + offset_).count()}, .utc = clock_.utc()}; }

    /// The same instant on the room's clock and on the wall, as clients are told it.
    protocol::Clock told() const {
        const auto now = stamp();
        return {.room = now.at, .utc = now.utc};
    }

    base::Milliseconds monotonic() const { return clock_.monotonic(); }

private:
    const base::Clock& clock_;
    /// The room's time is the monotonic one and this.
    base::Milliseconds offset_{};
};

}  // namespace etakahvila::runtime
