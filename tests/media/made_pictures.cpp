#include "media/made_pictures.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

#include <jpeglib.h>
#include <png.h>

namespace etakahvila::media {
namespace {

using Color = std::array<unsigned char, 3>;

constexpr Color red{220, 20, 20};
constexpr Color green{20, 200, 20};
constexpr Color blue{20, 20, 220};
constexpr Color white{250, 250, 250};

std::string two_bytes(unsigned value) {
    return {static_cast<char>(value >> 8U & 0xffU), static_cast<char>(value & 0xffU)};
}
std::string four_bytes(std::uint32_t value) { return two_bytes(value >> 16U) + two_bytes(value & 0xffffU); }

/// What the eye sees, in the inks of a file of Adobe's: the other way round, and no black.
std::vector<unsigned char> inks_of(const Image& image) {
    std::vector<unsigned char> inks;
    for (std::size_t at = 0; at < image.points.size(); at += 3) {
        for (std::size_t color = 0; color < 3; ++color) inks.push_back(image.points[at + color]);
        inks.push_back(255);
    }
    return inks;
}

std::vector<unsigned char> grays_of(const Image& image) {
    std::vector<unsigned char> grays;
    for (std::size_t at = 0; at < image.points.size(); at += 3) {
        const unsigned sum = image.points[at] + 2U * image.points[at + 1] + image.points[at + 2];
        grays.push_back(static_cast<unsigned char>(sum / 4));
    }
    return grays;
}

char letter_of(const unsigned char* point) {
    const auto is = [&](const Color& color) {
        return std::equal(
            color.begin(), color.end(), point, [](int one, int other) { return std::abs(one - other) < 60; });
    };
    if (is(red)) return 'R';
    if (is(green)) return 'G';
    if (is(blue)) return 'B';
    if (is(white)) return 'W';
    return is({0, 0, 0}) ? 'K' : '?';
}

}  // namespace

Image four_colors(unsigned width, unsigned height) {
    auto image = image_of(width, height);
    for (unsigned y = 0; y < height; ++y) {
        for (unsigned x = 0; x < width; ++x) {
            const bool is_left = x < width / 2;
            const auto& color = y < height / 2 ? (is_left ? red : green) : (is_left ? blue : white);
            std::copy(color.begin(), color.end(), image.row(y) + std::size_t{3} * x);
        }
    }
    return image;
}

Image noise(unsigned width, unsigned height) {
    auto image = image_of(width, height);
    std::uint32_t state = 42;
    for (auto& point : image.points) {
        state = state * 1664525U + 1013904223U;
        point = static_cast<unsigned char>(state >> 24U);
    }
    return image;
}

std::string jpeg_of(const Image& image, JpegKind kind) {
    const bool has_inks = kind == JpegKind::cmyk || kind == JpegKind::ycck;
    const bool is_gray = kind == JpegKind::gray;
    auto points = has_inks ? inks_of(image) : is_gray ? grays_of(image) : image.points;
    const int components = has_inks ? 4 : is_gray ? 1 : 3;

    jpeg_error_mgr errors{};
    jpeg_compress_struct head{};
    head.err = jpeg_std_error(&errors);
    jpeg_create_compress(&head);
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&head, &bytes, &size);
    head.image_width = image.width;
    head.image_height = image.height;
    head.input_components = components;
    head.in_color_space = has_inks ? JCS_CMYK : is_gray ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(&head);
    if (has_inks) jpeg_set_colorspace(&head, kind == JpegKind::ycck ? JCS_YCCK : JCS_CMYK);
    if (has_inks) head.write_Adobe_marker = TRUE;
    if (kind == JpegKind::progressive) jpeg_simple_progression(&head);
    if (kind == JpegKind::restarts) head.restart_in_rows = 1;
    jpeg_start_compress(&head, TRUE);
    while (head.next_scanline < head.image_height) {
        auto* row = points.data() + std::size_t{head.next_scanline} * image.width * static_cast<unsigned>(components);
        jpeg_write_scanlines(&head, &row, 1);
    }
    jpeg_finish_compress(&head);
    jpeg_destroy_compress(&head);
    std::string jpeg{reinterpret_cast<const char*>(bytes), size};
    std::free(bytes);
    return jpeg;
}

namespace {

std::string png_in(const void* points, unsigned width, unsigned height, png_uint_32 format) {
    png_image head{};
    head.version = PNG_IMAGE_VERSION;
    head.width = width;
    head.height = height;
    head.format = format;
    png_alloc_size_t size = 0;
    png_image_write_get_memory_size(head, size, 0, points, 0, nullptr);
    std::string png(size, '\0');
    png_image_write_to_memory(&head, png.data(), &size, 0, points, 0, nullptr);
    png.resize(size);
    return png;
}

}  // namespace

std::string png_of(const Image& image) {
    return png_in(image.points.data(), image.width, image.height, PNG_FORMAT_RGB);
}

std::string png_seen_through(unsigned width, unsigned height) {
    const std::vector<unsigned char> points(std::size_t{width} * height * 4);
    return png_in(points.data(), width, height, PNG_FORMAT_RGBA);
}

std::string with_segment(std::string_view jpeg, unsigned char marker, std::string_view data) {
    std::string changed{jpeg.substr(0, 2)};
    changed += '\xff';
    changed += static_cast<char>(marker);
    changed += two_bytes(static_cast<unsigned>(data.size()) + 2);
    changed += data;
    changed += jpeg.substr(2);
    return changed;
}

std::string with_exif(std::string_view jpeg, Orientation orientation, std::string_view place) {
    std::string exif{"Exif\0\0MM\0\x2a\0\0\0\x08", 14};
    exif += two_bytes(1) + two_bytes(0x0112) + two_bytes(3) + four_bytes(1) + two_bytes(orientation) + two_bytes(0);
    exif += four_bytes(0);
    exif += place;
    return with_segment(jpeg, 0xe1, exif);
}

std::string with_size(std::string_view jpeg, unsigned width, unsigned height) {
    std::string changed{jpeg};
    for (std::size_t at = 2; at + 9 < changed.size();) {
        const auto marker = static_cast<unsigned char>(changed[at + 1]);
        if (marker == 0xc0 || marker == 0xc2) {
            changed.replace(at + 5, 4, two_bytes(height) + two_bytes(width));
            break;
        }
        at += 2U + (static_cast<unsigned char>(changed[at + 2]) * 256U + static_cast<unsigned char>(changed[at + 3]));
    }
    return changed;
}

std::string png_head(unsigned width, unsigned height) {
    auto png = png_of(four_colors(8, 8));
    png.replace(16, 8, four_bytes(width) + four_bytes(height));
    return png;
}

std::string colors_of(const Image& image) {
    std::string letters;
    for (const unsigned y : {image.height / 4, image.height - 1 - image.height / 4}) {
        for (const unsigned x : {image.width / 4, image.width - 1 - image.width / 4})
            letters += letter_of(image.row(y) + std::size_t{3} * x);
    }
    return letters;
}

}  // namespace etakahvila::media
