#include <png.h>

#include "media/pictures.hpp"
#include "media/worker/image.hpp"

namespace etakahvila::media {
namespace {

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t index = at; index < at + 4; ++index) value = value << 8 | static_cast<unsigned char>(bytes[index]);
    return value;
}

struct Chunks {
    bool is_whole = false;
    Orientation orientation = 1;
};

Chunks chunks_of(std::string_view given) {
    Chunks found;
    std::size_t at = 8;
    while (given.size() - at >= 12) {
        const std::size_t length = number_at(given, at);
        if (given.size() - at - 12 < length) return found;
        const auto kind = given.substr(at + 4, 4);
        if (kind == "eXIf") found.orientation = orientation_in(given.substr(at + 8, length));
        at += 12 + length;
        if (kind == "IEND") {
            found.is_whole = true;
            return found;
        }
    }
    return found;
}

}  // namespace

std::variant<Decoded, Verdict> decode_png(std::string_view given) {
    // Its first block is its head: what it says is too much is not looked for any further.
    constexpr std::size_t head_bytes = 8 + 8 + 13 + 4;
    if (given.size() < head_bytes) return Verdict::cut_off;
    const auto pixels = std::uint64_t{number_at(given, 16)} * std::uint64_t{number_at(given, 20)};
    if (pixels > given_pixels_max) return Verdict::too_large;
    const auto chunks = chunks_of(given);
    if (!chunks.is_whole) return Verdict::cut_off;

    png_image head{};
    head.version = PNG_IMAGE_VERSION;
    struct Freed {
        png_image& head;
        ~Freed() { png_image_free(&head); }
    } const freed{head};
    if (png_image_begin_read_from_memory(&head, given.data(), given.size()) == 0) return Verdict::not_read;
    if (std::uint64_t{head.width} * head.height > given_pixels_max) return Verdict::too_large;
    head.format = PNG_FORMAT_RGB;
    Decoded decoded{.image = image_of(head.width, head.height), .orientation = chunks.orientation};
    // What can be seen through lies on white paper.
    const png_color white{255, 255, 255};
    if (png_image_finish_read(&head, &white, decoded.image.points.data(), 0, nullptr) == 0) return Verdict::not_read;
    return decoded;
}

}  // namespace etakahvila::media
