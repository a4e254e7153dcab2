#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "protocol/common.hpp"
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
    voice::Figures voice;

    void count_request(unsigned status) { ++requests_by_class_[std::min(status / 100, 5U)]; }
    void count_refusal(protocol::RefusalWord word) { ++refusals_[static_cast<std::size_t>(word)]; }
    void count_close(runtime::CloseCode code) { count_close(static_cast<std::uint16_t>(code)); }
    void count_close(std::uint16_t code);

    /// Prometheus' text; `gauges` are values of the moment, by name.
    std::string to_text(const std::map<std::string, double>& gauges) const;

private:
    std::array<Counter, 6> requests_by_class_{};
    std::array<Counter, names_of(protocol::RefusalWord{}).size()> refusals_{};
    mutable std::mutex mutex_;
    std::map<std::uint16_t, std::int64_t> closes_;
};

}  // namespace etakahvila::net
