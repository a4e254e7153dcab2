#include "media/worker/remake.hpp"

#include <algorithm>
#include <array>

#include "media/pictures.hpp"
#include "media/worker/image.hpp"

namespace etakahvila::media {
namespace {

using namespace std::string_view_literals;

bool has_at(std::string_view given, std::size_t at, std::string_view what) {
    return given.size() >= at + what.size() && given.substr(at, what.size()) == what;
}

/// Pictures of kinds that are not read here, by what they begin with. A film is none.
bool is_other_picture(std::string_view given) {
    constexpr std::array kinds{
        "heic"sv, "heix"sv, "heim"sv, "heis"sv, "hevc"sv, "hevx"sv, "mif1"sv, "msf1"sv, "avif"sv, "avis"sv, "jxl "sv};
    if (has_at(given, 4, "ftyp"))
        return std::any_of(kinds.begin(), kinds.end(), [&](std::string_view kind) { return has_at(given, 8, kind); });
    return has_at(given, 0, "GIF8") || (has_at(given, 0, "RIFF") && has_at(given, 8, "WEBP")) ||
           has_at(given, 0, "II*\0"sv) || has_at(given, 0, "MM\0*"sv) || has_at(given, 0, "\xff\x0a"sv) ||
           has_at(given, 4, "JXL "sv) || has_at(given, 4, "jP  "sv) ||
           (has_at(given, 0, "BM") && has_at(given, 6, "\0\0\0\0"sv));
}

/// Of the best quality with which it is small enough; smaller where none is.
std::string encoded(Image image) {
    while (true) {
        for (const int quality : {85, 75, 60, 45, 30}) {
            auto jpeg = encode_jpeg(image, quality);
            if (jpeg.size() <= picture_bytes_max) return jpeg;
        }
        image = shrunk(image, std::max(image.width, image.height) * 3 / 4);
    }
}

}  // namespace

Remade remake(std::string_view given) {
    std::variant<Decoded, Verdict> decoded{Verdict::not_a_picture};
    if (has_at(given, 0, "\xff\xd8\xff"))
        decoded = decode_jpeg(given);
    else if (has_at(given, 0, "\x89PNG\r\n\x1a\n"))
        decoded = decode_png(given);
    else if (is_other_picture(given))
        decoded = Verdict::not_read;
    if (const auto* verdict = std::get_if<Verdict>(&decoded)) return {*verdict, {}};
    const auto& [image, orientation] = std::get<Decoded>(decoded);
    return {Verdict::made, encoded(upright(shrunk(image, picture_side_max), orientation))};
}

}  // namespace etakahvila::media
