#pragma once

// One binary message of /voice (protocol/voice.md): a head of 8 bytes and a packet.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace etakahvila::voice {

inline constexpr std::uint8_t wire_version = 1;
inline constexpr std::size_t head_bytes = 8;
inline constexpr std::size_t speaker_bytes = 2;
inline constexpr std::size_t opus_bytes_max = 400;
inline constexpr int opus_ms_max = 60;
/// What speakers are asked for.
inline constexpr int usual_ms = 20;
inline constexpr int many_listeners_ms = 60;
inline constexpr std::uint32_t clock_hz = 48'000;
inline constexpr int samples_hz = 16'000;
inline constexpr int samples_ms = 20;
inline constexpr std::size_t samples_bytes = 640;

enum class Kind : std::uint8_t { opus = 1, samples = 2 };

enum Flag : std::uint8_t { spurt_begins = 1, spurt_ends = 2, muted = 4 };

/// The packet is borrowed from the message.
struct Frame {
    Kind kind = Kind::opus;
    std::uint8_t flags{};
    std::uint16_t seq{};
    std::uint32_t clock{};
    std::string_view packet;

    bool is(Flag flag) const { return (flags & flag) != 0; }
};

enum class FrameFault : std::uint8_t {
    too_short,
    unknown_version,
    unknown_type,
    unknown_flag,
    packet_missing,
    packet_too_large,
    packet_not_opus,
    samples_not_20_ms
};
constexpr std::array<std::string_view, 8> names_of(FrameFault) {
    return {"too_short", "unknown_version", "unknown_type", "unknown_flag", "packet_missing", "packet_too_large",
        "packet_not_opus", "samples_not_20_ms"};
}

/// A message of a speaker.
std::variant<Frame, FrameFault> read_frame(std::string_view message);

/// A message to listeners. Its packet is Opus, whatever the frame's kind.
std::string message_of(std::uint16_t speaker, const Frame& frame);

/// As message_of, when the speaker was not known at that time.
void set_speaker(std::string& message, std::uint16_t speaker);
void add_flags(std::string& message, std::uint8_t flags);

/// How long the packet sounds, at 48 kHz; 0 when its first bytes make no sense (RFC 6716 §3).
int opus_samples(std::string_view packet);

}  // namespace etakahvila::voice
