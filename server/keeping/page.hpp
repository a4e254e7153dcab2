#pragma once

// The page of keeping: the rules with the site's times, the log of erasing, holds, days that nobody has sealed.

#include "keeping/keeper.hpp"

namespace etakahvila::keeping {

inline constexpr std::int64_t runs_shown_max = 100;

protocol::KeepingAnswer page_of(const records::Database& reader, UtcTime now);

}  // namespace etakahvila::keeping
