#pragma once

#include <ctime>

#include "base/clock.hpp"

namespace etakahvila::base {

/// The machine's clocks. The monotonic one counts while the machine sleeps, and no change of the
/// wall's clock moves it.
class SystemClock final : public Clock {
public:
    std::chrono::milliseconds monotonic() const override { return read(CLOCK_BOOTTIME); }
    UtcTime utc() const override { return {read(CLOCK_REALTIME).count()}; }

private:
    static std::chrono::milliseconds read(clockid_t clock) {
        timespec now{};
        ::clock_gettime(clock, &now);
        return std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec});
    }
};

}  // namespace etakahvila::base
