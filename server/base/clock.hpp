#pragma once

#include <chrono>

#include "base/time.hpp"

namespace etakahvila::base {

/// Where the time comes from. From any thread.
class Clock {
public:
    virtual ~Clock() = default;

    /// Never goes back, and goes on while the machine sleeps. The zero means nothing.
    virtual std::chrono::milliseconds monotonic() const = 0;
    virtual UtcTime utc() const = 0;
};

}  // namespace etakahvila::base
