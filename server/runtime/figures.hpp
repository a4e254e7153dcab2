#pragma once

#include <atomic>
#include <cstdint>

#include "base/histogram.hpp"

namespace etakahvila::runtime {

/// What the rooms of this house do, all together. From any thread.
struct Figures {
    using Counter = std::atomic<std::int64_t>;

    /// From a command that was read to its outcome in the line's own queue; the commit is in it.
    base::Histogram command_answer_seconds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10};

    /// How lines came in: from where they had been, for the first time, or from a place that is no longer known.
    Counter resumed{};
    Counter fresh{};
    Counter anew{};
};

}  // namespace etakahvila::runtime
