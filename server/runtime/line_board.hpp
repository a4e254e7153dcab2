#pragma once

// How the lines of those who wait for help are. Not of the room: never a step, never kept, gone
// with the connection.

#include <atomic>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "base/time.hpp"
#include "protocol/connection.hpp"

namespace etakahvila::runtime {

/// The staff are told of the lines of those who wait for help no more often than this.
inline constexpr base::Milliseconds line_figures_every{2'000};

/// Round-trip times of one connection's last minute.
struct RoundTrips {
    base::Milliseconds median{};
    base::Milliseconds worst{};
};

/// On the room's thread, but for `is_watching`.
class LineBoard {
public:
    /// Whose lines matter from now on. What is known of others is forgotten.
    void watch(std::set<protocol::PersonId> people) {
        if (people == watched_) return;
        std::erase_if(lines_, [&](const auto& line) { return !people.contains(line.second.person); });
        watched_ = std::move(people);
        is_watching_.store(!watched_.empty(), std::memory_order_relaxed);
        has_news_ = true;
    }

    /// Whether anyone's line matters. From any thread; as it was a moment ago.
    bool is_watching() const { return is_watching_.load(std::memory_order_relaxed); }

    void note(protocol::ConnectionId connection, protocol::PersonId person, RoundTrips trips) {
        if (!watched_.contains(person)) return;
        lines_[connection] = {person, trips};
        has_news_ = true;
    }

    void forget(protocol::ConnectionId connection) { has_news_ = lines_.erase(connection) > 0 || has_news_; }

    bool has_news() const { return has_news_; }

    /// All that is known, for those who look. Of someone with several lines the worse one is told: that is
    /// the one they may be in trouble with. Nothing is news after it.
    protocol::LineFigures tell() {
        has_news_ = false;
        std::map<protocol::PersonId, RoundTrips> worse;
        for (const auto& [connection, line] : lines_) {
            auto& known = worse.try_emplace(line.person, line.trips).first->second;
            if (line.trips.median > known.median) known = line.trips;
        }
        protocol::LineFigures figures;
        for (const auto& [person, trips] : worse)
            figures.lines.push_back(
                {.person = person, .rtt_median_ms = trips.median.count(), .rtt_worst_ms = trips.worst.count()});
        return figures;
    }

    /// What is to be told now, if anything: after it nothing is for line_figures_every, when `rested` is called.
    std::optional<protocol::LineFigures> take_news() {
        if (is_resting_ || !has_news_) return std::nullopt;
        is_resting_ = true;
        return tell();
    }
    void rested() { is_resting_ = false; }

private:
    struct Known {
        protocol::PersonId person;
        RoundTrips trips;
    };

    std::set<protocol::PersonId> watched_;
    std::atomic<bool> is_watching_{false};
    std::map<protocol::ConnectionId, Known> lines_;
    bool has_news_ = false;
    bool is_resting_ = false;
};

}  // namespace etakahvila::runtime
