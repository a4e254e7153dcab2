#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "net/figure.hpp"
#include "protocol/common.hpp"
#include "runtime/figures.hpp"
#include "runtime/line.hpp"
#include "voice/figures.hpp"

namespace etakahvila::net {

/// What the server counts. From any thread.
class Metrics {
public:
    using Counter = std::atomic<std::int64_t>;

    Counter connections_open{};
    Counter connections_accepted{};
    Counter connections_sent_away{};
    Counter accept_pauses{};
    Counter websockets_open{};
    Counter handshakes_refused{};
    Counter hellos{};
    Counter frames_received{};
    Counter frames_sent{};
    Counter bytes_sent{};
    /// Writes to sockets: frames_sent over this is how much is coalesced.
    Counter writes{};
    Counter sweeps{};
    Counter handlers_thrown{};
    /// How much later than it was set a worker's timer rang: what else waits on that loop waits as long.
    base::Histogram loop_lag_seconds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5};
    runtime::Figures rooms;
    voice::Figures voice;

    void count_request(unsigned status) { ++requests_by_class_[class_of(status)]; }
    /// One that a route of the schema has answered, or a page. `route`: stays where it is, and names no number.
    void count_answer(std::string_view method, std::string_view route, unsigned status, double seconds);
    void count_refusal(protocol::RefusalWord word) { ++refusals_[static_cast<std::size_t>(word)]; }
    void count_close(runtime::CloseCode code) { count_close(static_cast<std::uint16_t>(code)); }
    void count_close(std::uint16_t code);

    std::vector<Figure> figures() const;
    /// Prometheus' text, with further figures behind.
    std::string to_text(std::vector<Figure> more = {}) const;

private:
    /// Requests are few beside messages, and each of them waits for the disk: a few steps and a lock do.
    struct Answered {
        static constexpr std::array<double, 4> bounds{0.01, 0.1, 0.5, 2};
        std::array<std::int64_t, bounds.size() + 1> counts{};
        double sum{};
    };
    struct RouteKey {
        std::string_view route;
        std::string_view method;
        std::size_t status_class;
        auto operator<=>(const RouteKey&) const = default;
    };

    static std::size_t class_of(unsigned status) { return std::min(status / 100, 5U); }
    void add_voice(std::vector<Figure>& figures) const;
    void add_requests(std::vector<Figure>& figures) const;

    std::array<Counter, 6> requests_by_class_{};
    std::array<Counter, names_of(protocol::RefusalWord{}).size()> refusals_{};
    mutable std::mutex mutex_;
    std::map<std::uint16_t, std::int64_t> closes_;
    std::map<RouteKey, Answered> answered_;
};

}  // namespace etakahvila::net
