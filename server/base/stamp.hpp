#pragma once

#include "base/time.hpp"

namespace etakahvila::base {

/// The time at which something reached the room, on both clocks. Handed in; the rules never ask.
struct Stamp {
    RoomTime at;
    UtcTime utc;

    constexpr bool operator==(const Stamp&) const = default;
};

}  // namespace etakahvila::base
