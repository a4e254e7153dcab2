#pragma once

// The gate: write it down, then say it. What is to leave the room is held here until the journal
// says that the step it tells of is on stable storage.

#include <deque>
#include <functional>

#include "domain/asked.hpp"

namespace etakahvila::runtime {

class Outbox {
public:
    using Release = std::function<void()>;

    /// Leaves when all steps up to `seq` are durable; at once when they are. In the order held.
    void hold(domain::Seq seq, Release release) {
        held_.push_back({seq, std::move(release)});
        let_go();
    }

    /// The journal has everything up to and with `seq`.
    void durable_through(domain::Seq seq) {
        durable_ = std::max(durable_, seq);
        let_go();
    }

    domain::Seq durable() const { return durable_; }
    bool is_empty() const { return held_.empty(); }

    /// What is held will never be said: it could not be saved.
    void drop_all() { held_.clear(); }

private:
    struct Held {
        domain::Seq seq;
        Release release;
    };

    void let_go() {
        while (!held_.empty() && held_.front().seq <= durable_) {
            const auto release = std::move(held_.front().release);
            held_.pop_front();
            release();
        }
    }

    std::deque<Held> held_;
    domain::Seq durable_{};
};

}  // namespace etakahvila::runtime
