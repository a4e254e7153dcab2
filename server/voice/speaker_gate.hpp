#pragma once

// What one socket may send, whoever it is: sane frames, and not too many. The floor is asked
// elsewhere (relay.hpp).

#include "base/token_bucket.hpp"
#include "voice/frame.hpp"

namespace etakahvila::voice {

/// 50 frames of 20 ms are a second; the rest is for clocks that run fast.
inline constexpr double frames_per_second = 55;
/// More than half a second of speech that a line held back.
inline constexpr double frames_burst = 30;
/// So many faults are dropped, with one forgiven each second, before the socket is closed.
inline constexpr double faults_max = 50;
inline constexpr double faults_forgiven_per_second = 1;

class SpeakerGate {
public:
    /// Dropped: a fault of this one message. Closed: one too many.
    enum class Refused : std::uint8_t { dropped, closed_as_bad_frame, closed_as_flood };

    std::variant<Frame, Refused> take(std::string_view message, std::chrono::milliseconds now) {
        if (!frames_.take(now)) return fault(now, Refused::closed_as_flood);
        const auto read = read_frame(message);
        if (const auto* frame = std::get_if<Frame>(&read)) return *frame;
        return fault(now, Refused::closed_as_bad_frame);
    }

private:
    Refused fault(std::chrono::milliseconds now, Refused at_last) {
        return faults_.take(now) ? Refused::dropped : at_last;
    }

    base::TokenBucket frames_{frames_per_second, frames_burst};
    base::TokenBucket faults_{faults_forgiven_per_second, faults_max};
};

}  // namespace etakahvila::voice
