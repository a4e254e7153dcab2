#pragma once

#include <atomic>
#include <cstdint>

namespace etakahvila::voice {

/// What voice has done in this house. From any thread.
struct Figures {
    using Counter = std::atomic<std::int64_t>;

    Counter frames_received{};
    /// Too large, too soon or not sane.
    Counter frames_refused{};
    /// The floor, or another device, was somebody else's.
    Counter frames_unheard{};
    Counter frames_passed{};
    Counter deliveries{};
    /// For a listener who was slow.
    Counter deliveries_dropped{};
};

}  // namespace etakahvila::voice
