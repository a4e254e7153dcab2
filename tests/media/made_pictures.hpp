#pragma once

// Pictures as devices and people make them, for the tests: four colours, in many kinds of file.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "media/worker/image.hpp"

namespace etakahvila::media {

enum class JpegKind : std::uint8_t { color, gray, cmyk, ycck, progressive, restarts };

/// Red, green, blue and white: left above, right above, left below, right below.
Image four_colors(unsigned width, unsigned height);
/// The same for each run, and hard to make small.
Image noise(unsigned width, unsigned height);

std::string jpeg_of(const Image& image, JpegKind kind = JpegKind::color);
std::string png_of(const Image& image);
std::string png_seen_through(unsigned width, unsigned height);

/// With a block of Exif behind the first marker: how the camera was held, and where it was.
std::string with_exif(std::string_view jpeg, Orientation orientation, std::string_view place = {});
/// With a marker segment behind the first marker.
std::string with_segment(std::string_view jpeg, unsigned char marker, std::string_view data);
/// That says that it is of this size.
std::string with_size(std::string_view jpeg, unsigned width, unsigned height);
/// Of a PNG: its head and nothing behind it but its end.
std::string png_head(unsigned width, unsigned height);

/// "R", "G", "B", "W", "K", or "?", of the middle of each quarter: "RGBW" for four colours as they are.
std::string colors_of(const Image& image);

}  // namespace etakahvila::media
