#pragma once

// For browsers that cannot encode: their samples become Opus here.

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "voice/frame.hpp"

struct OpusEncoder;

namespace etakahvila::voice {

/// Encoding costs more than passing on: so many at once in a room.
inline constexpr int encoders_max = 4;
inline constexpr int encoder_bits_per_second = 24'000;

/// The right to an encoder, given back at its end. From any thread.
class EncoderPlaces : public std::enable_shared_from_this<EncoderPlaces> {
public:
    class Place {
    public:
        explicit Place(std::shared_ptr<EncoderPlaces> of) : of_{std::move(of)} {}
        Place(Place&&) = default;
        Place& operator=(Place&&) = delete;
        ~Place() {
            if (of_) --of_->taken_;
        }

    private:
        std::shared_ptr<EncoderPlaces> of_;
    };

    std::optional<Place> take() {
        if (++taken_ <= encoders_max) return Place{shared_from_this()};
        --taken_;
        return std::nullopt;
    }

private:
    std::atomic<int> taken_{};
};

/// One speaker's. Silence is left out (DTX).
class SampleEncoder {
public:
    /// Throws std::bad_alloc.
    SampleEncoder(EncoderPlaces::Place place, int frame_ms);

    /// A frame of Kind::samples goes in. When there is enough of it, and it is not silence, a frame of
    /// Kind::opus comes out, with a seq of its own. Its packet is good until the next call.
    std::optional<Frame> encode(const Frame& samples);

private:
    struct Free {
        void operator()(OpusEncoder* encoder) const;
    };

    std::optional<Frame> out(std::string_view packet);
    void start_over();

    EncoderPlaces::Place place_;
    std::unique_ptr<OpusEncoder, Free> encoder_;
    std::size_t samples_wanted_;
    std::vector<std::int16_t> gathered_;
    std::uint8_t flags_{};
    std::uint32_t clock_{};
    std::uint16_t seq_{};
    std::optional<std::uint16_t> next_in_;
    std::string packet_;
};

}  // namespace etakahvila::voice
