#pragma once

// A loop, a clock and lines without threads or sockets: everything happens when the test says.

#include <deque>
#include <map>
#include <mutex>
#include <optional>

#include "base/clock.hpp"
#include "base/json.hpp"
#include "base/loop.hpp"
#include "journal/journal.hpp"
#include "runtime/line.hpp"

namespace etakahvila::runtime {

class SimulatedTime final : public base::Clock, public base::Loop {
public:
    std::chrono::milliseconds monotonic() const override { return now_; }
    base::UtcTime utc() const override { return {1'600'000'000'000 + now_.count() + wall_step_.count()}; }
    void post(base::Task task) override {
        const std::lock_guard lock{mutex_};
        posted_.push_back(std::move(task));
    }
    void after(std::chrono::milliseconds delay, base::Task task) override {
        timers_.emplace(now_ + delay, std::move(task));
    }

    /// Runs all that is posted, and what that posts.
    void run() {
        while (const auto task = next()) (*task)();
    }

    void pass(std::chrono::milliseconds span) {
        const auto until = now_ + span;
        run();
        while (!timers_.empty() && timers_.begin()->first <= until) {
            now_ = std::max(now_, timers_.begin()->first);
            const auto task = std::move(timers_.begin()->second);
            timers_.erase(timers_.begin());
            task();
            run();
        }
        now_ = until;
    }

    void step_wall_clock(std::chrono::milliseconds by) { wall_step_ += by; }

private:
    std::optional<base::Task> next() {
        const std::lock_guard lock{mutex_};
        if (posted_.empty()) return std::nullopt;
        auto task = std::move(posted_.front());
        posted_.pop_front();
        return task;
    }

    std::chrono::milliseconds now_{1'000'000};
    std::chrono::milliseconds wall_step_{};
    std::mutex mutex_;
    std::deque<base::Task> posted_;
    std::multimap<std::chrono::milliseconds, base::Task> timers_;
};

/// Keeps what it is sent, read back through the codec.
class SimulatedLine final : public Line {
public:
    void send(Frame frame) override {
        auto read = base::json::from_text<protocol::ServerFrame>(parser_, *frame);
        frames.push_back(std::get<protocol::ServerFrame>(std::move(read)));
        bytes.push_back(std::move(frame));
    }
    void close(CloseCode code, std::int64_t) override { closed = code; }

    template <class Kind>
    std::vector<Kind> all() const {
        std::vector<Kind> found;
        for (const auto& frame : frames) {
            if (const auto* is = std::get_if<Kind>(&frame)) found.push_back(*is);
        }
        return found;
    }

    std::vector<protocol::ServerFrame> frames;
    std::vector<Frame> bytes;
    std::optional<CloseCode> closed;

private:
    simdjson::dom::parser parser_;
};

/// A journal whose disk the test holds: nothing is durable before it says so.
class HeldJournal final : public journal::Journal {
public:
    explicit HeldJournal(journal::Journal& kept) : kept_{kept} {}

    void append(protocol::SessionId session, std::vector<domain::Step> steps, Done done, journal::Need need) override {
        waiting_.push_back([this, session, need, steps = std::move(steps), done = std::move(done)](bool works) {
            if (works)
                kept_.append(session, steps, done, need);
            else
                done(false);
        });
        if (!is_held) sync();
    }
    journal::StoredRoom load(protocol::SessionId session) override { return kept_.load(session); }
    void load_later(protocol::SessionId session, Loaded loaded) override {
        kept_.load_later(session, std::move(loaded));
    }
    void compact(protocol::SessionId session, domain::Seq through, domain::Step step, Done done) override {
        kept_.compact(session, through, std::move(step), std::move(done));
    }
    journal::Saves saves() const override { return kept_.saves(); }
    void watch(std::function<bool()> changed) override { kept_.watch(std::move(changed)); }

    void sync(bool works = true) {
        while (!waiting_.empty()) {
            const auto next = std::move(waiting_.front());
            waiting_.pop_front();
            next(works);
        }
    }
    std::size_t waiting() const { return waiting_.size(); }

    bool is_held = false;

private:
    journal::Journal& kept_;
    std::deque<std::function<void(bool)>> waiting_;
};

}  // namespace etakahvila::runtime
