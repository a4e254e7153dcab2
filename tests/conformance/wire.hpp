#pragma once

// Frames made by hand, right and wrong, and what the server says to them in words.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace etakahvila::conformance {

/// How a frame's length is written. RFC 6455 §5.2 wants the shortest way.
enum class LengthForm : std::uint8_t { shortest, two_bytes, eight_bytes };

struct FrameShape {
    bool is_masked = true;
    LengthForm length = LengthForm::shortest;
    /// Written in place of the payload's own length.
    std::uint64_t announced = UINT64_MAX;
    std::string_view mask = "\x12\x34\x56\x78";
};

/// `first`: FIN, reserved bits and opcode.
std::string frame(unsigned first, std::string_view payload, const FrameShape& shape = {});

inline constexpr unsigned fin = 0x80;
enum Opcode : unsigned { continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

/// A close frame's payload.
std::string close_payload(unsigned code, std::string_view reason = {});

/// Reads what the server sends, and says it in words: `pong 2:hi`, `close 1000`. Its own messages
/// (goodbye) and pings are passed over.
class Ear {
public:
    void hear(std::string_view bytes) { bytes_ += bytes; }
    /// Whole frames heard so far, in words.
    const std::string& words();
    bool has_closed() const { return has_closed_; }

private:
    std::string bytes_;
    std::string words_;
    bool has_closed_ = false;
};

}  // namespace etakahvila::conformance
