#include "voice/frame.hpp"

#include <concepts>
#include <optional>

namespace etakahvila::voice {
namespace {

constexpr std::uint8_t flags_known = spurt_begins | spurt_ends | muted;
constexpr int samples_per_ms = static_cast<int>(clock_hz / 1000);

std::uint8_t byte_at(std::string_view bytes, std::size_t at) { return static_cast<std::uint8_t>(bytes[at]); }

template <std::unsigned_integral T>
T number_at(std::string_view bytes, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t index = 0; index < sizeof(T); ++index) number = number << 8 | byte_at(bytes, at + index);
    return static_cast<T>(number);
}

template <std::unsigned_integral T>
void add_number(std::string& out, T number) {
    for (std::size_t index = sizeof(T); index-- > 0;) out += static_cast<char>(number >> (8 * index) & 0xff);
}

/// Samples in one frame of the configuration in the TOC byte (RFC 6716 §3.1, table 2).
int samples_of_config(std::uint8_t toc) {
    constexpr std::array silk{480, 960, 1920, 2880};
    constexpr std::array hybrid{480, 960};
    constexpr std::array celt{120, 240, 480, 960};
    const auto config = static_cast<std::size_t>(toc >> 3);
    if (config < 12) return silk[config % 4];
    if (config < 16) return hybrid[config % 2];
    return celt[config % 4];
}

std::optional<FrameFault> fault_of(const Frame& frame) {
    const auto otherwise = [](bool is_sound, FrameFault fault) {
        return is_sound ? std::nullopt : std::optional{fault};
    };
    if (frame.packet.empty()) return otherwise(frame.is(spurt_ends) || frame.is(muted), FrameFault::packet_missing);
    if (frame.kind == Kind::samples)
        return otherwise(frame.packet.size() == samples_bytes, FrameFault::samples_not_20_ms);
    if (frame.packet.size() > opus_bytes_max) return FrameFault::packet_too_large;
    const auto samples = opus_samples(frame.packet);
    return otherwise(samples > 0 && samples <= opus_ms_max * samples_per_ms, FrameFault::packet_not_opus);
}

}  // namespace

int opus_samples(std::string_view packet) {
    if (packet.empty()) return 0;
    const auto toc = byte_at(packet, 0);
    const auto one = samples_of_config(toc);
    const auto rest = packet.size() - 1;
    switch (toc & 3) {
        case 0: return one;
        case 1: return rest % 2 == 0 ? 2 * one : 0;
        case 2: return rest > 0 ? 2 * one : 0;
        default: {
            if (rest == 0) return 0;
            const auto count = byte_at(packet, 1) & 0x3f;
            return count * one;
        }
    }
}

std::variant<Frame, FrameFault> read_frame(std::string_view message) {
    if (message.size() < head_bytes) return FrameFault::too_short;
    if (byte_at(message, 0) >> 4 != wire_version) return FrameFault::unknown_version;
    const auto type = byte_at(message, 0) & 0x0f;
    if (type != static_cast<int>(Kind::opus) && type != static_cast<int>(Kind::samples))
        return FrameFault::unknown_type;
    const Frame frame{.kind = static_cast<Kind>(type),
        .flags = byte_at(message, 1),
        .seq = number_at<std::uint16_t>(message, 2),
        .clock = number_at<std::uint32_t>(message, 4),
        .packet = message.substr(head_bytes)};
    if ((frame.flags & ~flags_known) != 0) return FrameFault::unknown_flag;
    if (const auto fault = fault_of(frame)) return *fault;
    return frame;
}

std::string message_of(std::uint16_t speaker, const Frame& frame) {
    std::string message;
    message.reserve(speaker_bytes + head_bytes + frame.packet.size());
    add_number(message, speaker);
    message += static_cast<char>(wire_version << 4 | static_cast<std::uint8_t>(Kind::opus));
    message += static_cast<char>(frame.flags);
    add_number(message, frame.seq);
    add_number(message, frame.clock);
    return message.append(frame.packet);
}

void set_speaker(std::string& message, std::uint16_t speaker) {
    message[0] = static_cast<char>(speaker >> 8);
    message[1] = static_cast<char>(speaker & 0xff);
}

void add_flags(std::string& message, std::uint8_t flags) {
    message[speaker_bytes + 1] = static_cast<char>(static_cast<std::uint8_t>(message[speaker_bytes + 1]) | flags);
}

}  // namespace etakahvila::voice
