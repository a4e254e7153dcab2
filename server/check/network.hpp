#pragma once

// The addresses: where the server listens, and where people find it.

#include <optional>

#include <sys/types.h>

#include "base/service_unit.hpp"
#include "check/look.hpp"
#include "config/settings.hpp"

namespace etakahvila::check {

/// site.
Answer site(const config::Settings& settings);

/// listen, for each address: nobody else has the port, or `server` listens there, which runs on this data (0: none
/// does). Whose a port is is told in full to root. `units`: where the package's service is looked for, which needs a
/// right of its own to ports below 1024; nothing: it is not asked about.
Answers listen(const config::Settings& settings, pid_t server,
    const std::optional<base::ServiceUnits>& units = base::ServiceUnits{});

}  // namespace etakahvila::check
