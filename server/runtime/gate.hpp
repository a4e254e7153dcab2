#pragma once

// The gate: write it down, then say it. What is to leave the room is held here until the journal
// says that the step it tells of is on stable storage.

#include <algorithm>
#include <deque>
#include <functional>
#include <utility>
#include <vector>

#include "domain/room/context.hpp"

namespace etakahvila::runtime {

class Gate {
public:
    using Release = std::function<void()>;

    /// Leaves when all steps up to `seq` are durable; at once when they are. In the order held.
    /// `undo` is what is to be done in its place when it can never leave.
    void hold(domain::Seq seq, Release release, Release undo = {}) {
        held_.push_back({seq, std::move(release), std::move(undo)});
        let_go();
    }

    /// The journal has everything up to and with `seq`.
    void durable_through(domain::Seq seq) {
        durable_ = std::max(durable_, seq);
        let_go();
    }

    /// The journal has less than it was said to have.
    void start_over(domain::Seq durable) { durable_ = durable; }

    domain::Seq durable() const { return durable_; }
    bool is_empty() const { return held_.empty(); }

    /// What is held will never be said: it could not be saved. What is to be done in its place.
    std::vector<Release> drop_all() {
        std::vector<Release> undo;
        for (auto& held : std::exchange(held_, {})) {
            if (held.undo) undo.push_back(std::move(held.undo));
        }
        return undo;
    }

private:
    struct Held {
        domain::Seq seq;
        Release release;
        Release undo;
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
