// Samples become Opus that decodes back to the tone that they were.

#include <cmath>
#include <numbers>
#include <random>

#include <opus.h>

#include "support/catch.hpp"
#include "voice/sample_encoder.hpp"

namespace etakahvila::voice {
namespace {

/// Comes and goes as syllables do: what stays the same all the time is taken for noise.
std::string tone(double hertz, int frame) {
    std::string bytes;
    for (int index = 0; index < 320; ++index) {
        const auto at = static_cast<double>(frame * 320 + index) / samples_hz;
        const auto loudness = 5000 + 3000 * std::sin(2 * std::numbers::pi * 4 * at);
        const auto sample = static_cast<std::uint16_t>(
            static_cast<std::int16_t>(std::lround(loudness * std::sin(2 * std::numbers::pi * hertz * at))));
        bytes += static_cast<char>(sample & 0xff);
        bytes += static_cast<char>(sample >> 8);
    }
    return bytes;
}

/// How much of the sound is at this pitch, from 0 to 1 (Goertzel's algorithm).
double share_of(const std::vector<std::int16_t>& sound, double hertz, double rate) {
    const auto coefficient = 2 * std::cos(2 * std::numbers::pi * hertz / rate);
    double before = 0, before_that = 0, power = 0;
    for (const auto sample : sound) {
        const auto now = sample + coefficient * before - before_that;
        before_that = before;
        before = now;
        power += static_cast<double>(sample) * sample;
    }
    const auto found = before * before + before_that * before_that - coefficient * before * before_that;
    return power == 0 ? 0 : 2 * found / (static_cast<double>(sound.size()) * power);
}

struct Decoder {
    std::unique_ptr<OpusDecoder, decltype(&opus_decoder_destroy)> decoder{
        opus_decoder_create(48'000, 1, nullptr), opus_decoder_destroy};
    std::vector<std::int16_t> sound;

    int take(std::string_view packet) {
        std::vector<std::int16_t> samples(2880);
        const auto count = opus_decode(decoder.get(), reinterpret_cast<const unsigned char*>(packet.data()),
            static_cast<int>(packet.size()), samples.data(), 2880, 0);
        REQUIRE(count > 0);
        sound.insert(sound.end(), samples.begin(), samples.begin() + count);
        return count;
    }
};

SampleEncoder encoder_of(int frame_ms) {
    static const auto places = std::make_shared<EncoderPlaces>();
    return {*places->take(), frame_ms};
}

Frame samples(int frame, const std::string& packet, std::uint8_t flags = 0) {
    return {.kind = Kind::samples,
        .flags = flags,
        .seq = static_cast<std::uint16_t>(frame),
        .clock = static_cast<std::uint32_t>(frame * 960),
        .packet = packet};
}

}  // namespace

TEST_CASE("a tone of samples is the same tone after Opus, in frames of 20 and of 60 ms") {
    for (const int frame_ms : {20, 60}) {
        for (const double hertz : {440.0, 1000.0, 2500.0}) {
            INFO(frame_ms << " ms, " << hertz << " Hz");
            auto encoder = encoder_of(frame_ms);
            Decoder decoder;
            std::vector<std::pair<std::uint16_t, std::uint32_t>> heads;
            for (int frame = 0; frame < 60; ++frame) {
                const auto packet = tone(hertz, frame);
                const auto encoded = encoder.encode(samples(frame, packet, frame == 0 ? spurt_begins : 0));
                if (!encoded) continue;
                CHECK(encoded->kind == Kind::opus);
                CHECK(encoded->flags == (heads.empty() ? spurt_begins : 0));
                CHECK(encoded->packet.size() <= opus_bytes_max);
                CHECK(opus_samples(encoded->packet) == frame_ms * 48);
                CHECK(decoder.take(encoded->packet) == frame_ms * 48);
                heads.emplace_back(encoded->seq, encoded->clock);
            }
            REQUIRE(heads.size() == static_cast<std::size_t>(1200 / frame_ms));
            for (std::size_t index = 0; index < heads.size(); ++index) {
                CHECK(heads[index].first == index);
                CHECK(heads[index].second == index * static_cast<std::size_t>(frame_ms * 48));
            }
            // Past the beginning, where the codec finds its feet.
            const std::vector<std::int16_t> settled{decoder.sound.begin() + 9600, decoder.sound.end()};
            CHECK(share_of(settled, hertz, 48'000) > 0.75);
            CHECK(share_of(settled, hertz * 1.5, 48'000) < 0.05);
        }
    }
}

TEST_CASE("silence is left out, also that of a quiet room: a few frames a second at most") {
    for (const int loudness : {1, 4}) {
        auto encoder = encoder_of(20);
        std::minstd_rand dice{1};
        int sent = 0;
        for (int frame = 0; frame < 500; ++frame) {
            std::string quiet;
            for (int index = 0; index < 320; ++index) {
                const auto sample = static_cast<std::uint16_t>(
                    static_cast<int>(dice() % static_cast<unsigned>(2 * loudness)) - loudness + 1);
                quiet += static_cast<char>(sample & 0xff);
                quiet += static_cast<char>(sample >> 8);
            }
            const bool is_sent = encoder.encode(samples(frame, quiet)).has_value();
            // The first second is the codec's own.
            if (is_sent && frame >= 50) ++sent;
        }
        CHECK(sent <= 5 * 9);
    }
}

TEST_CASE("the end of a spurt and a muting go out without a packet; a gap mixes nothing") {
    auto encoder = encoder_of(60);
    CHECK_FALSE(encoder.encode(samples(0, tone(440, 0), spurt_begins)));
    CHECK_FALSE(encoder.encode(samples(1, tone(440, 1))));
    const auto ended = encoder.encode(samples(2, "", spurt_ends));
    REQUIRE(ended);
    CHECK(ended->packet.empty());
    CHECK(ended->flags == spurt_ends);
    // One frame of samples is lost on the way: what was gathered before it is not sent.
    CHECK_FALSE(encoder.encode(samples(3, tone(440, 3), spurt_begins)));
    CHECK_FALSE(encoder.encode(samples(5, tone(440, 5))));
    CHECK_FALSE(encoder.encode(samples(6, tone(440, 6))));
    const auto after_gap = encoder.encode(samples(7, tone(440, 7)));
    REQUIRE(after_gap);
    CHECK(after_gap->clock == 5 * 960);
    CHECK(after_gap->flags == spurt_begins);
    const auto is_muted = encoder.encode(samples(8, "", muted));
    REQUIRE(is_muted);
    CHECK(is_muted->flags == muted);
}

TEST_CASE("the last samples of a spurt are sounded, filled up with silence") {
    auto encoder = encoder_of(60);
    const auto last = encoder.encode(samples(0, tone(440, 0), spurt_begins | spurt_ends));
    REQUIRE(last);
    CHECK(last->flags == (spurt_begins | spurt_ends));
    CHECK(opus_samples(last->packet) == 2880);
}

TEST_CASE("four encoders at once in a room, and a fifth when one has ended") {
    const auto places = std::make_shared<EncoderPlaces>();
    std::vector<EncoderPlaces::Place> taken;
    for (int index = 0; index < encoders_max; ++index) taken.push_back(*places->take());
    CHECK_FALSE(places->take());
    CHECK_FALSE(places->take());
    taken.pop_back();
    CHECK(places->take());
}

}  // namespace etakahvila::voice
