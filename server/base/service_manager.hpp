#pragma once

// Whoever started this program as a service and watches over it: systemd, by the socket that it names in the
// environment (sd_notify(3)). Where nobody does, nothing is said. From any thread.

#include <chrono>
#include <optional>
#include <string>

namespace etakahvila::base {

/// One `VARIABLE=value` a line: "READY=1\nSTATUS=Listening.". What cannot be delivered is dropped.
void tell_service_manager(const std::string& state);

/// How long it waits for WATCHDOG=1 before it starts the program anew; nothing: it waits for none.
std::optional<std::chrono::microseconds> service_manager_patience();

}  // namespace etakahvila::base
