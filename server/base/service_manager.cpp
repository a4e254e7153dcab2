#include "base/service_manager.hpp"

#include <cstdint>

#include <systemd/sd-daemon.h>

namespace etakahvila::base {

void tell_service_manager(const std::string& state) { ::sd_notify(0, state.c_str()); }

std::optional<std::chrono::microseconds> service_manager_patience() {
    std::uint64_t patience{};
    if (::sd_watchdog_enabled(0, &patience) <= 0) return std::nullopt;
    return std::chrono::microseconds{patience};
}

}  // namespace etakahvila::base
