#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "media/answers.hpp"

namespace etakahvila::media {

/// Three bytes a point, row behind row.
struct Image {
    unsigned width{};
    unsigned height{};
    std::vector<unsigned char> points;

    std::size_t row_bytes() const { return std::size_t{width} * 3; }
    unsigned char* row(unsigned y) { return points.data() + row_bytes() * y; }
    const unsigned char* row(unsigned y) const { return points.data() + row_bytes() * y; }
};

inline Image image_of(unsigned width, unsigned height) {
    return {.width = width, .height = height, .points = std::vector<unsigned char>(std::size_t{width} * height * 3)};
}

/// How a camera was held: 1 to 8, as Exif numbers them (tag 0x0112); 1 is upright.
using Orientation = unsigned;

/// In a block of TIFF, as Exif is; 1 where none is told.
Orientation orientation_in(std::string_view tiff);

struct Decoded {
    Image image;
    Orientation orientation = 1;
};

/// At a size of which neither side need be smaller than wanted; see picture_side_max.
std::variant<Decoded, Verdict> decode_jpeg(std::string_view given);
std::variant<Decoded, Verdict> decode_png(std::string_view given);

/// The long side at most this: each new point is the mean of what it covers. As it is where it is small enough.
Image shrunk(const Image& image, unsigned side_max);
Image upright(const Image& image, Orientation orientation);

/// `quality`: 1 to 100.
std::string encode_jpeg(const Image& image, int quality);

}  // namespace etakahvila::media
