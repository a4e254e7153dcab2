#pragma once

#include "runtime/line.hpp"
#include "voice/relay.hpp"
#include "voice/sample_encoder.hpp"

namespace etakahvila::runtime {

/// One socket of voice, as the room sees it. Lives on one worker's thread; called there only.
class VoiceLine {
public:
    virtual ~VoiceLine() = default;

    struct Seated {
        voice::VoiceId voice{};
        int frame_ms{};
        std::shared_ptr<voice::EncoderPlaces> encoders;
    };
    /// Has its place in the room. First of all that comes from there.
    virtual void seated(const Seated& seated) = 0;
    /// A text message, after all that was sent before.
    virtual void say(Frame text) = 0;
    /// A frame of somebody's. Dropped when the listener is slow.
    virtual void hear(const Frame& frame) = 0;
    /// Whether the floor lets its person be heard, as the person may know.
    virtual void may_speak(bool may) = 0;
    virtual void close(CloseCode code) = 0;
};

}  // namespace etakahvila::runtime
