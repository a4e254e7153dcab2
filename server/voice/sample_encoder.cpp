#include "voice/sample_encoder.hpp"

#include <new>
#include <utility>

#include <opus.h>

namespace etakahvila::voice {
namespace {

/// Half of what libopus can do, at less of its cost. From 7 on another judge tells silence from
/// sound, for whom the noise of a quiet room is sound: it would be sent all day.
constexpr int complexity = 5;
/// What libopus returns for silence that need not be sent.
constexpr int silence_bytes_max = 2;

std::int16_t sample_at(std::string_view bytes, std::size_t index) {
    const auto low = static_cast<std::uint8_t>(bytes[2 * index]);
    const auto high = static_cast<std::uint8_t>(bytes[2 * index + 1]);
    return static_cast<std::int16_t>(high << 8 | low);
}

}  // namespace

void SampleEncoder::Free::operator()(OpusEncoder* encoder) const { opus_encoder_destroy(encoder); }

SampleEncoder::SampleEncoder(EncoderPlaces::Place place, int frame_ms)
    : place_{std::move(place)},
      encoder_{opus_encoder_create(samples_hz, 1, OPUS_APPLICATION_VOIP, nullptr)},
      samples_wanted_{static_cast<std::size_t>(samples_hz / 1000 * frame_ms)} {
    if (!encoder_) throw std::bad_alloc{};
    opus_encoder_ctl(encoder_.get(), OPUS_SET_BITRATE(encoder_bits_per_second));
    opus_encoder_ctl(encoder_.get(), OPUS_SET_COMPLEXITY(complexity));
    opus_encoder_ctl(encoder_.get(), OPUS_SET_SIGNAL(OPUS_SIGNAL_VOICE));
    opus_encoder_ctl(encoder_.get(), OPUS_SET_DTX(1));
    gathered_.reserve(samples_wanted_);
    packet_.resize(opus_bytes_max);
}

std::optional<Frame> SampleEncoder::encode(const Frame& samples) {
    const bool is_gap = next_in_ && *next_in_ != samples.seq;
    next_in_ = static_cast<std::uint16_t>(samples.seq + 1);
    if (samples.is(spurt_begins)) start_over();
    if (is_gap) gathered_.clear();
    if (samples.packet.empty()) {
        // The end of a spurt, or muted: what is left of it is less than one packet.
        gathered_.clear();
        flags_ = samples.flags;
        clock_ = samples.clock;
        return out({});
    }
    if (gathered_.empty()) clock_ = samples.clock;
    flags_ |= samples.flags;
    for (std::size_t index = 0; index < samples.packet.size() / 2; ++index)
        gathered_.push_back(sample_at(samples.packet, index));
    const bool is_last = samples.is(spurt_ends) || samples.is(muted);
    if (is_last) gathered_.resize(samples_wanted_);
    if (gathered_.size() < samples_wanted_) return std::nullopt;
    const auto size = opus_encode(encoder_.get(), gathered_.data(), static_cast<int>(gathered_.size()),
        reinterpret_cast<unsigned char*>(packet_.data()), static_cast<int>(packet_.size()));
    gathered_.clear();
    if (size > silence_bytes_max) return out(std::string_view{packet_}.substr(0, static_cast<std::size_t>(size)));
    if (is_last) return out({});
    return std::nullopt;
}

std::optional<Frame> SampleEncoder::out(std::string_view packet) {
    return Frame{.kind = Kind::opus,
        .flags = std::exchange(flags_, std::uint8_t{}),
        .seq = seq_++,
        .clock = clock_,
        .packet = packet};
}

/// Nothing of the spurt before sounds on.
void SampleEncoder::start_over() {
    opus_encoder_ctl(encoder_.get(), OPUS_RESET_STATE);
    gathered_.clear();
    flags_ = 0;
}

}  // namespace etakahvila::voice
