#pragma once

// The port of pictures: bytes that somebody sent in, a picture of our own making out, or a word why not. What comes out
// has nothing of what went in but what the eye sees: no place, no camera, no time, no bytes behind the picture.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "protocol/common.hpp"

namespace etakahvila::media {

/// Of what comes out.
inline constexpr std::size_t picture_bytes_max = 300'000;
inline constexpr unsigned picture_side_max = 1280;
/// Of what goes in, by its own words, before it is looked into: more than phones make.
inline constexpr std::uint64_t given_pixels_max = 64'000'000;

class PictureMaker {
public:
    PictureMaker() = default;
    virtual ~PictureMaker() = default;
    PictureMaker(const PictureMaker&) = delete;
    PictureMaker& operator=(const PictureMaker&) = delete;

    /// A JPEG of at most picture_bytes_max, upright, its long side at most picture_side_max. Refused: not_a_picture,
    /// picture_too_large (of more than given_pixels_max, or it cannot be read within our bounds), picture_cut_off (its
    /// end is missing), picture_not_read (a picture of a kind that is not read here, or a broken one), photos_off,
    /// busy. Takes up to a second of a processor: not on a thread that others wait for. From any thread.
    virtual std::variant<std::string, protocol::RefusalWord> make(std::string_view given) = 0;

    /// Why none are made here, as a sentence for the operator; nothing when they are.
    virtual std::optional<std::string> why_off() const = 0;
};

}  // namespace etakahvila::media
