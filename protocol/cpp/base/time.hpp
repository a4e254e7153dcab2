#pragma once

#include <chrono>
#include <compare>
#include <cstdint>

namespace etakahvila::base {

using Milliseconds = std::chrono::milliseconds;

/// A moment on a room's own clock: milliseconds since the room was made, never going back, going
/// on over restarts. All durations of the room's rules are differences of these.
struct RoomTime {
    std::int64_t ms{};

    constexpr auto operator<=>(const RoomTime&) const = default;
    friend constexpr Milliseconds operator-(RoomTime later, RoomTime earlier) {
        return Milliseconds{later.ms - earlier.ms};
    }
    friend constexpr RoomTime operator+(RoomTime at, Milliseconds span) { return RoomTime{at.ms + span.count()}; }
    friend constexpr RoomTime operator-(RoomTime at, Milliseconds span) { return RoomTime{at.ms - span.count()}; }
};

/// A moment on the wall's clock: milliseconds since 1970-01-01 UTC. For the calendar and for
/// display; no duration is computed from it.
struct UtcTime {
    std::int64_t ms{};

    constexpr auto operator<=>(const UtcTime&) const = default;
};

}  // namespace etakahvila::base
