#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace etakahvila::testing {

/// A gray picture of one point, as a phone would send it: with where it was taken, and a page behind its end.
inline std::string photo_of(std::string_view place) {
    const auto bytes = [](std::initializer_list<int> values) {
        std::string text;
        for (const int value : values) text += static_cast<char>(value);
        return text;
    };
    std::string photo = bytes({0xff, 0xd8, 0xff, 0xe1, 0, static_cast<int>(place.size()) + 8}) +
                        std::string{"Exif\0\0", 6};
    photo += place;
    photo += bytes({0xff, 0xdb, 0, 67, 0}) + std::string(64, '\1');
    photo += bytes({0xff, 0xc0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0});
    // One code for "no difference", one for "the end of the block": the point is of the middle gray.
    photo += bytes({0xff, 0xc4, 0, 20, 0x00, 1}) + std::string(15, '\0') + bytes({0});
    photo += bytes({0xff, 0xc4, 0, 20, 0x10, 1}) + std::string(15, '\0') + bytes({0});
    photo += bytes({0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x3f, 0xff, 0xd9});
    return photo + "<script>";
}

}  // namespace etakahvila::testing
