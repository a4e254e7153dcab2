#pragma once

#include <memory>
#include <optional>
#include <string>

#include "protocol/connection.hpp"
#include "runtime/hub.hpp"
#include "runtime/line.hpp"
#include "runtime/ticket_office.hpp"

namespace etakahvila::runtime {

/// What hello asked for.
struct Arrival {
    Pass pass;
    std::shared_ptr<Line> line;
    /// The worker that serves the line.
    std::shared_ptr<Hub> hub;
    std::optional<std::string> device;
    std::optional<protocol::ResumePoint> resume;
};

/// Hangs up a line that has no seat at its hub.
inline void close_unseated(const Arrival& arrival, CloseCode code, std::int64_t retry_after_ms = 0) {
    arrival.hub->loop().post([line = arrival.line, code, retry_after_ms] { line->close(code, retry_after_ms); });
}

}  // namespace etakahvila::runtime
