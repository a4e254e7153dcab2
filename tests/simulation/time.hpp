#pragma once

// The one clock of a simulation, what is to happen by it, and loops as threads have them: each in
// order, among each other as chance has it.

#include <algorithm>
#include <deque>
#include <functional>
#include <vector>

#include "base/clock.hpp"
#include "base/loop.hpp"
#include "support/chance.hpp"

namespace etakahvila::simulation {

using Microseconds = std::int64_t;
inline constexpr Microseconds second = 1'000'000;
inline constexpr Microseconds millisecond = 1'000;

class Time final : public base::Clock {
public:
    std::chrono::milliseconds monotonic() const override {
        return std::chrono::milliseconds{now_ / millisecond + 1'000'000};
    }
    base::UtcTime utc() const override { return {1'606'977'000'000 + now_ / millisecond + wall_step_ms_}; }

    Microseconds now() const { return now_; }
    void step_wall_clock(std::int64_t ms) { wall_step_ms_ += ms; }

    void at(Microseconds when, base::Task task) {
        std::size_t slot = tasks_.size();
        if (free_.empty()) {
            tasks_.push_back(std::move(task));
        } else {
            slot = free_.back();
            free_.pop_back();
            tasks_[slot] = std::move(task);
        }
        heap_.push_back({std::max(when, now_), order_++, slot});
        std::push_heap(heap_.begin(), heap_.end());
    }
    void after(Microseconds delay, base::Task task) { at(now_ + delay, std::move(task)); }

    /// Does the next thing; false when there is none before `until`, and the clock then stands there.
    bool step(Microseconds until) {
        if (heap_.empty() || heap_.front().at > until) {
            now_ = std::max(now_, until);
            return false;
        }
        std::pop_heap(heap_.begin(), heap_.end());
        const auto next = heap_.back();
        heap_.pop_back();
        now_ = next.at;
        const auto task = std::move(tasks_[next.slot]);
        tasks_[next.slot] = {};
        free_.push_back(next.slot);
        task();
        return true;
    }

private:
    struct Due {
        Microseconds at;
        std::uint64_t order;
        std::size_t slot;
        bool operator<(const Due& other) const { return at != other.at ? at > other.at : order > other.order; }
    };
    Microseconds now_ = 0;
    std::int64_t wall_step_ms_ = 0;
    std::uint64_t order_ = 0;
    std::vector<Due> heap_;
    std::vector<base::Task> tasks_;
    std::vector<std::size_t> free_;
};

/// A thread's loop. What is posted runs in order, a little later.
class Loop final : public base::Loop {
public:
    Loop(Time& time, testing::Chance& chance) : inner_{std::make_shared<Inner>(time, chance)} {}

    void post(base::Task task) override { post(inner_, std::move(task)); }
    void after(std::chrono::milliseconds delay, base::Task task) override {
        inner_->time.after(
            delay.count() * millisecond, [weak = std::weak_ptr{inner_}, task = std::move(task)]() mutable {
                if (const auto inner = weak.lock()) post(inner, std::move(task));
            });
    }

    /// What waits is never run.
    void end() {
        auto ended = std::move(inner_->tasks);
        inner_->is_ended = true;
    }

private:
    struct Inner {
        Inner(Time& t, testing::Chance& c) : time{t}, chance{c} {}
        Time& time;
        testing::Chance& chance;
        std::deque<base::Task> tasks;
        bool is_due = false;
        bool is_ended = false;
    };

    static void post(const std::shared_ptr<Inner>& inner, base::Task task) {
        if (inner->is_ended) return;
        inner->tasks.push_back(std::move(task));
        set(inner);
    }
    static void set(const std::shared_ptr<Inner>& inner) {
        if (inner->is_due || inner->tasks.empty()) return;
        inner->is_due = true;
        inner->time.after(inner->chance.number(0, 60), [inner] { run(inner); });
    }
    static void run(const std::shared_ptr<Inner>& inner) {
        inner->is_due = false;
        // Some of what waits; the other loops have their turn in between.
        for (auto count = inner->chance.number(1, 4); count > 0 && !inner->tasks.empty(); --count) {
            const auto task = std::move(inner->tasks.front());
            inner->tasks.pop_front();
            task();
        }
        set(inner);
    }

    std::shared_ptr<Inner> inner_;
};

}  // namespace etakahvila::simulation
