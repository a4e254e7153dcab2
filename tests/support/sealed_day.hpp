#pragma once

// Days as chance has them, brought to their end by their staff: what is kept of a day is asked of these.

#include <optional>

#include "support/random_day.hpp"

namespace etakahvila::testing {

/// So many things happen, then the day is closed, decided on and sealed, and corrected by chance; everyone has gone
/// home. Nothing when it was cancelled.
std::optional<RandomDay> sealed_day(std::uint64_t seed, int inputs);

}  // namespace etakahvila::testing
