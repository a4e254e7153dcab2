#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "protocol/connection.hpp"

namespace etakahvila::runtime {

/// The bytes of one WebSocket message, shared by all who get it and never changed.
using Frame = std::shared_ptr<const std::string>;

/// Why the server closes a connection. 4000-4499: come back; 4500-4999: do not come back by
/// yourself (protocol/room.md, "The line").
enum class CloseCode : std::uint16_t {
    bad_frame = 4400,
    no_hello = 4401,
    slow_reader = 4408,
    gap = 4409,
    silent = 4410,
    restart = 4412,
    room_line_gone = 4413,
    flood = 4429,
    bad_ticket = 4501,
    removed = 4503,
    session_over = 4504,
    version = 4505,
    left = 4506,
    voice_off = 4507,
    too_many_lines = 4508,
};

/// One client's connection, as the room sees it. Lives on one worker's thread; called there only.
class Line {
public:
    virtual ~Line() = default;

    /// Sent after all that was sent before. A line that lets more than its bound wait closes
    /// itself as slow_reader.
    virtual void send(Frame frame) = 0;

    /// A message of the greeting, which may be larger than that bound: what waits behind it counts.
    virtual void greet(Frame frame) { send(std::move(frame)); }

    /// Sends what waits, then goodbye and the close; `retry_after_ms` tells a client when to come
    /// back. Nothing is sent afterwards.
    virtual void close(CloseCode code, std::int64_t retry_after_ms) = 0;
};

}  // namespace etakahvila::runtime
