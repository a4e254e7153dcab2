#pragma once

// How long things take, or how many come at once, counted in a few fixed steps. What is counted often is counted from
// many threads: each thread counts in a row of its own, so that none waits for another and no line of the cache goes
// to and fro. Nothing is allocated.

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <vector>

namespace etakahvila::base {

/// For measuring alone: no rule looks at it.
using Instant = std::chrono::steady_clock::time_point;
inline Instant instant_now() { return std::chrono::steady_clock::now(); }
inline double seconds_since(Instant begun) { return std::chrono::duration<double>{instant_now() - begun}.count(); }

class Histogram {
public:
    static constexpr std::size_t bounds_max = 12;

    struct Reading {
        /// The upper end of each step, ascending. One step more is behind the last.
        std::vector<double> bounds;
        /// How often a value fell into each step; one more than there are bounds.
        std::vector<std::int64_t> counts;
        double sum{};
    };

    /// Ascending, bounds_max of them at most.
    Histogram(std::initializer_list<double> bounds) {
        for (const double bound : bounds) bounds_[count_++] = bound;
    }

    /// From any thread.
    void add(double value) {
        const auto* first = bounds_.data();
        const auto step = static_cast<std::size_t>(std::lower_bound(first, first + count_, value) - first);
        auto& row = rows_[row_of_thread()];
        row.counts[step].fetch_add(1, std::memory_order_relaxed);
        row.sum.fetch_add(value, std::memory_order_relaxed);
    }

    /// From any thread; what is being added meanwhile may be in it or not.
    Reading read() const {
        Reading reading{.bounds = {bounds_.begin(), bounds_.begin() + static_cast<std::ptrdiff_t>(count_)},
            .counts = std::vector<std::int64_t>(count_ + 1)};
        for (const auto& row : rows_) {
            for (std::size_t step = 0; step <= count_; ++step)
                reading.counts[step] += row.counts[step].load(std::memory_order_relaxed);
            reading.sum += row.sum.load(std::memory_order_relaxed);
        }
        return reading;
    }

private:
    static constexpr std::size_t rows = 8;
    struct alignas(64) Row {
        std::array<std::atomic<std::int64_t>, bounds_max + 1> counts{};
        std::atomic<double> sum{};
    };

    static std::size_t row_of_thread() {
        static std::atomic<std::size_t> threads{};
        thread_local const std::size_t mine = threads.fetch_add(1, std::memory_order_relaxed) % rows;
        return mine;
    }

    std::array<double, bounds_max> bounds_{};
    std::size_t count_{};
    std::array<Row, rows> rows_;
};

}  // namespace etakahvila::base
