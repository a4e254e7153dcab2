#pragma once

// How the lines of those who wait for help are. Not of the room: never a step, never kept, gone
// with the connection.

#include <map>
#include <set>
#include <vector>

#include "base/time.hpp"
#include "protocol/connection.hpp"

namespace etakahvila::runtime {

/// Round-trip times of one connection's last minute.
struct RoundTrips {
    base::Milliseconds median{};
    base::Milliseconds worst{};
};

class LineBoard {
public:
    /// Whose lines matter from now on. What is known of others is forgotten.
    void watch(std::set<protocol::PersonId> people) {
        if (people == watched_) return;
        std::erase_if(lines_, [&](const auto& line) { return !people.contains(line.second.person); });
        watched_ = std::move(people);
        has_news_ = true;
    }

    bool is_watching() const { return !watched_.empty(); }

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

private:
    struct Known {
        protocol::PersonId person;
        RoundTrips trips;
    };

    std::set<protocol::PersonId> watched_;
    std::map<protocol::ConnectionId, Known> lines_;
    bool has_news_ = false;
};

}  // namespace etakahvila::runtime
