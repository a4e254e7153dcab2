#pragma once

// How a scenario waits, and how long it has waited.

#include <chrono>
#include <cstddef>

#include "player/member.hpp"

namespace etakahvila::faults {

/// A condition is looked at so often.
inline constexpr std::chrono::milliseconds look_every{5};

/// After so many more commands a scenario waits no longer for the call that it wants to strike: it does not come about.
inline constexpr std::size_t stretch = 80;

inline double ms_since(player::Instant from) {
    return std::chrono::duration<double, std::milli>(player::now() - from).count();
}

}  // namespace etakahvila::faults
