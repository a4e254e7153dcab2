#pragma once

// What the package's units have to be let do for what was answered. It stands in drop-ins beside them, which outlive
// upgrades.

#include "base/service_unit.hpp"
#include "config/settings.hpp"
#include "setup/asker.hpp"

namespace etakahvila::setup {

/// Gives the service ports below 1024, and a folder of backups other than the usual one; takes back what is not needed
/// of the latter. Tells what it has changed. Nothing where the package's units are not. Throws as put_file.
void give_service_rights(Asker& asker, const config::Settings& settings, const base::ServiceUnits& units = {},
    const std::filesystem::path& low_port_right = "/usr/share/etakahvila/low-port.conf");

}  // namespace etakahvila::setup
