#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include "domain/room/room.hpp"
#include "runtime/room_clock.hpp"
#include "runtime/room_loop.hpp"

namespace etakahvila::runtime {

/// Tells the room that time passes, when something in it is due. On the room's thread.
class RoomTimer {
public:
    struct Parts {
        RoomLoop& loop;
        const RoomClock& clock;
        const domain::Room& room;
        /// Tells it. False when it cannot be told now: the timer is set again when it can.
        std::function<bool()> time_passes;
    };

    explicit RoomTimer(Parts parts) : parts_{std::move(parts)} {}

    /// Once for all steps of a turn of the loop: what is due next is asked of everyone in the room.
    void set_soon() {
        if (std::exchange(is_old_, true)) return;
        parts_.loop.post([this] {
            is_old_ = false;
            set();
        });
    }

    void set() {
        const auto due = next_due(parts_.room);
        if (!due || (at_ && *at_ <= *due)) return;
        at_ = due;
        parts_.loop.after(std::max(*due - parts_.clock.stamp().at, base::Milliseconds{0}), [this, due = *due] {
            if (at_ != due) return;
            at_.reset();
            if (parts_.time_passes()) set();
        });
    }

private:
    const Parts parts_;
    /// As it is set; and whether that is to be looked at again.
    std::optional<base::RoomTime> at_;
    bool is_old_ = false;
};

}  // namespace etakahvila::runtime
