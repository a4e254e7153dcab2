#pragma once

#include <memory>

#include "admin/socket.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "config/settings.hpp"
#include "house/house.hpp"

namespace etakahvila::cli {

/// Takes the subcommands of the command line while this server runs. Where the socket cannot be made that is logged,
/// and the server goes on without: null. To be gone before the house closes.
std::unique_ptr<admin::Socket> listen_to_commands(
    house::House& house, const config::Settings& settings, const base::Clock& clock, base::Log& log);

}  // namespace etakahvila::cli
