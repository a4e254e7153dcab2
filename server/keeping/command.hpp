#pragma once

// `etakahvila keeping`: what would go, that it goes now, that the clock is right.

#include <ostream>

#include "keeping/keeper.hpp"

namespace etakahvila::keeping {

enum class Wanted : std::uint8_t { dry_run, now, time_is_right };

/// Says what it does in words, without a name or a text of anybody. `goes_on` as in Keeper::run. The exit code: 0 it is
/// done, 1 it is not.
int keeping_command(Wanted wanted, Keeper& keeper, const records::Database& reader, UtcTime now,
    const std::function<bool()>& goes_on, std::ostream& out);

}  // namespace etakahvila::keeping
