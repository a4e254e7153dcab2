#pragma once

#include <atomic>
#include <chrono>

#include "base/histogram.hpp"

namespace etakahvila::journal {

/// How the commits of a store go. Written by the journal's thread, read by any.
struct CommitFigures {
    /// Of those that were done: from their first write to the disk's answer.
    base::Histogram seconds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5};
    base::Histogram steps{0, 1, 2, 5, 10, 20, 50, 100, 500};

    /// When the one that is under way began; the clock's zero when none is.
    std::atomic<base::Instant::rep> began{};

    /// How long one has been under way; a disk that hangs answers nothing, and fails in nothing.
    std::chrono::duration<double> under_way() const {
        const auto since = began.load();
        if (since == 0) return {};
        return std::chrono::duration<double>{base::instant_now() - base::Instant{base::Instant::duration{since}}};
    }
};

/// One commit, while it lasts.
class CommitUnderWay {
public:
    explicit CommitUnderWay(CommitFigures& figures) : figures_{figures} {
        figures_.began = began_.time_since_epoch().count();
    }
    ~CommitUnderWay() { figures_.began = 0; }
    CommitUnderWay(const CommitUnderWay&) = delete;
    CommitUnderWay& operator=(const CommitUnderWay&) = delete;

    /// So many steps of rooms are on the disk.
    void is_done(std::size_t steps) const {
        figures_.seconds.add(base::seconds_since(began_));
        figures_.steps.add(static_cast<double>(steps));
    }

private:
    CommitFigures& figures_;
    const base::Instant began_ = base::instant_now();
};

}  // namespace etakahvila::journal
