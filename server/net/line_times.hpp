#pragma once

#include <algorithm>
#include <array>
#include <optional>

#include "runtime/line_board.hpp"

namespace etakahvila::net {

/// Round-trip times of one connection's pings, of the last minute.
class LineTimes {
public:
    void add(base::Milliseconds round_trip) { times_[next_++ % times_.size()] = round_trip; }

    /// Nothing before the first answer.
    std::optional<runtime::RoundTrips> figure() const {
        const auto count = std::min(next_, times_.size());
        if (count == 0) return std::nullopt;
        auto sorted = times_;
        std::sort(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(count));
        return runtime::RoundTrips{.median = sorted[count / 2], .worst = sorted[count - 1]};
    }

private:
    /// A minute of pings, one every 5 s.
    std::array<base::Milliseconds, 12> times_{};
    std::size_t next_{};
};

}  // namespace etakahvila::net
