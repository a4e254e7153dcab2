#pragma once

// Deadlines, coarsely: every connection has one appointment, kept within a quarter of a second.
// Making, moving and keeping one costs no timer and no lookup.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

namespace etakahvila::net {

using std::chrono::milliseconds;

class Visited {
public:
    virtual ~Visited() = default;

    /// The appointment. Does what is due, and says when to come again. May be early.
    virtual milliseconds visit(milliseconds now) = 0;

    /// The server stops: end soon, and politely.
    virtual void stop() = 0;

private:
    friend class Wheel;
    std::uint64_t appointment_{};
};

class Wheel {
public:
    static constexpr milliseconds tick{250};

    /// The appointment of `visited`, in place of any earlier one.
    void put(const std::shared_ptr<Visited>& visited, milliseconds at) {
        visited->appointment_ = ++last_appointment_;
        const auto soonest = turned_to_ + 1;
        const auto tick_number = std::clamp<std::int64_t>(
            (at.count() + tick.count() - 1) / tick.count(), soonest, soonest + slot_count - 2);
        slot(tick_number).push_back({visited, visited->appointment_});
    }

    /// Keeps the appointments whose time has come.
    void turn(milliseconds now) {
        const auto until = now.count() / tick.count();
        // After a leap each slot comes round once.
        turned_to_ = std::max(turned_to_, until - slot_count);
        while (turned_to_ < until) {
            ++turned_to_;
            for (const auto& [weak, appointment] : std::exchange(slot(turned_to_), {})) {
                const auto visited = weak.lock();
                if (visited && visited->appointment_ == appointment) put(visited, visited->visit(now));
            }
        }
    }

    /// All that have an appointment.
    std::vector<std::shared_ptr<Visited>> all() const {
        std::vector<std::shared_ptr<Visited>> found;
        for (const auto& entries : slots_) {
            for (const auto& [weak, appointment] : entries) {
                if (auto visited = weak.lock(); visited && visited->appointment_ == appointment)
                    found.push_back(std::move(visited));
            }
        }
        return found;
    }

private:
    struct Entry {
        std::weak_ptr<Visited> visited;
        std::uint64_t appointment;
    };
    static constexpr std::int64_t slot_count = 128;

    std::vector<Entry>& slot(std::int64_t tick_number) {
        return slots_[static_cast<std::size_t>(tick_number % slot_count)];
    }

    std::array<std::vector<Entry>, slot_count> slots_;
    std::int64_t turned_to_{};
    std::uint64_t last_appointment_{};
};

}  // namespace etakahvila::net
