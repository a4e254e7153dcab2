// What is made of a picture, whatever was sent in. The same code runs behind the wall (process_test.cpp).

#include "media/worker/remake.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "media/made_pictures.hpp"
#include "media/pictures.hpp"
#include "support/catch.hpp"

using namespace etakahvila::media;
using namespace std::string_literals;

namespace {

/// "made", or why not.
std::string told(std::string_view given) {
    switch (remake(given).verdict) {
        case Verdict::made: return "made";
        case Verdict::not_a_picture: return "not a picture";
        case Verdict::too_large: return "too large";
        case Verdict::cut_off: return "cut off";
        case Verdict::not_read: return "not read";
    }
    return "?";
}

/// What comes out, looked at.
Image made_of(std::string_view given) {
    const auto made = remake(given);
    REQUIRE(made.verdict == Verdict::made);
    CHECK(made.jpeg.size() <= picture_bytes_max);
    auto decoded = decode_jpeg(made.jpeg);
    REQUIRE(std::holds_alternative<Decoded>(decoded));
    return std::move(std::get<Decoded>(decoded).image);
}

bool has(std::string_view bytes, std::string_view part) { return bytes.find(part) != bytes.npos; }

}  // namespace

TEST_CASE("What is made has nothing of what went in but what the eye sees") {
    const auto photo = with_segment(
        with_segment(with_exif(jpeg_of(four_colors(64, 48)), 1, "GPS 60.1699 N 24.9384 E, Kannettava 7"), 0xed,
            "Photoshop 3.0 Aino Aalto"),
        0xfe, "Aino Aallon keittiö");
    const auto made = remake(photo);
    REQUIRE(made.verdict == Verdict::made);
    for (const auto* part :
        {"Exif", "GPS", "60.1699", "Kannettava", "Photoshop", "Aino", "\xff\xe1", "\xff\xed", "\xff\xfe"})
        CHECK_FALSE(has(made.jpeg, part));
    CHECK(colors_of(made_of(photo)) == "RGBW");
}

TEST_CASE("A file that is something else too comes out as a picture alone, or not at all") {
    const auto picture = jpeg_of(four_colors(64, 48));
    const auto page = "<script>alert(1)</script>"s;
    const auto behind = picture + "PK\x03\x04" + page;
    const auto within = with_segment(picture, 0xfe, "*/=1;" + page);
    for (const auto& both : {behind, within}) {
        const auto made = remake(both);
        REQUIRE(made.verdict == Verdict::made);
        CHECK_FALSE(has(made.jpeg, page));
        CHECK_FALSE(has(made.jpeg, "PK\x03\x04"));
    }
    CHECK(told(page + picture) == "not a picture");
    CHECK(told("%PDF-1.7\n" + picture) == "not a picture");
    CHECK(told("GIF89a/*" + page + picture) == "not read");
}

TEST_CASE("A picture that says it is of a hundred megapixels is refused before it is decoded") {
    const auto small = jpeg_of(four_colors(32, 32));
    const auto bomb = with_size(small, 10'000, 10'000);
    CHECK(bomb.size() < 2048);
    CHECK(told(bomb) == "too large");
    CHECK(told(with_size(jpeg_of(four_colors(32, 32), JpegKind::progressive), 65'000, 65'000)) == "too large");
    CHECK(told(png_head(10'000, 10'000)) == "too large");
    CHECK(told(png_head(0xffffffff, 0xffffffff)) == "too large");
    // Within the bounds, and not there: the first row that is missing ends it.
    CHECK(told(with_size(small, 7'000, 7'000)) == "cut off");
}

TEST_CASE("A picture of a kind that is not read here is told from what is no picture") {
    const auto film = [](const char* kind) {
        return "\0\0\0\x18"
               "ftyp"s +
               kind + "\0\0\0\0mif1heic"s;
    };
    for (const auto* kind : {"heic", "heix", "mif1", "avif"}) CHECK(told(film(kind)) == "not read");
    CHECK(told("RIFF\x10\0\0\0WEBPVP8 "s) == "not read");
    CHECK(told("GIF89a\1\0\1\0"s) == "not read");
    CHECK(told("II*\0\x08\0\0\0"s) == "not read");
    CHECK(told("BM\x36\0\0\0\0\0\0\0"s) == "not read");
    CHECK(told(film("mp42")) == "not a picture");
    for (const auto& none : {""s, "\xff"s, "\xff\xd8"s, "Hei!"s, "%PDF-1.7"s, "PK\3\4"s, std::string(5000, '\0')})
        CHECK(told(none) == "not a picture");
}

TEST_CASE("Where its end is missing there is no picture; where only the last marker is, nothing is missing") {
    for (const auto kind : {JpegKind::color, JpegKind::gray, JpegKind::progressive}) {
        const auto whole = jpeg_of(noise(200, 150), kind);
        CHECK(told(whole) == "made");
        CHECK(told(whole.substr(0, whole.size() - 2)) == "made");
        CHECK(told(whole.substr(0, whole.size() - 1)) == "made");
    }
    const auto whole = jpeg_of(noise(200, 150));
    for (const std::size_t left : {4, 20, 100, 300, 600}) CHECK(told(whole.substr(0, left)) == "cut off");
    for (const std::size_t tenth : {2, 5, 9}) CHECK(told(whole.substr(0, whole.size() * tenth / 10)) == "cut off");
    const auto png = png_of(noise(200, 150));
    for (const std::size_t left : {8, 20, 33, 60}) CHECK(told(png.substr(0, left)) == "cut off");
    CHECK(told(png.substr(0, png.size() - 1)) == "cut off");
    CHECK(told(png) == "made");
}

TEST_CASE("A broken picture is refused, and none of its breaks ends the program") {
    const auto whole = jpeg_of(noise(60, 40), JpegKind::progressive);
    const auto png = png_of(noise(60, 40));
    for (const auto& picture : {whole, png, with_exif(whole, 6)}) {
        for (std::size_t at = 2; at < std::min<std::size_t>(picture.size(), 900); ++at) {
            auto broken = picture;
            broken[at] = static_cast<char>(~broken[at]);
            CHECK(told(broken) != "?");
        }
    }
    auto broken = png;
    broken[png.size() / 2] = static_cast<char>(~broken[png.size() / 2]);
    CHECK(told(broken) == "not read");
}

TEST_CASE("It is upright, however the camera was held") {
    // As Exif has it: where the first row and the first column are, to the eye.
    const std::array<std::string, 9> seen{"", "RGBW", "GRWB", "WBGR", "BWRG", "RBGW", "BRWG", "WGBR", "GWRB"};
    const auto photo = jpeg_of(four_colors(96, 64));
    for (Orientation held = 1; held <= 8; ++held) {
        INFO(held);
        const auto image = made_of(with_exif(photo, held));
        CHECK(colors_of(image) == seen[held]);
        CHECK(image.width == (held < 5 ? 96 : 64));
    }
    for (const Orientation odd : {0U, 9U, 65'535U}) CHECK(colors_of(made_of(with_exif(photo, odd))) == "RGBW");
    // An Exif that is none, or leads out of itself.
    CHECK(colors_of(made_of(with_segment(photo, 0xe1, "Exif\0\0II*\0\xff\xff\xff\xff"s))) == "RGBW");
    CHECK(colors_of(made_of(with_segment(photo, 0xe1, "http://ns.adobe.com/xap/1.0/"))) == "RGBW");
}

TEST_CASE("Odd but innocent pictures are taken") {
    const auto colors = four_colors(64, 48);
    for (const auto kind : {JpegKind::cmyk, JpegKind::ycck, JpegKind::progressive, JpegKind::restarts})
        CHECK(colors_of(made_of(jpeg_of(colors, kind))) == "RGBW");
    const auto gray = made_of(jpeg_of(colors, JpegKind::gray));
    CHECK(std::abs(gray.points[0] - gray.points[1]) < 8);
    CHECK(colors_of(made_of(png_of(colors))) == "RGBW");
    CHECK(colors_of(made_of(png_seen_through(20, 20))) == "WWWW");
    const auto dot = made_of(jpeg_of(four_colors(1, 1)));
    CHECK((dot.width == 1 && dot.height == 1));
    CHECK(told(png_of(four_colors(1, 1))) == "made");
    const auto line = made_of(jpeg_of(four_colors(4000, 1)));
    CHECK((line.width == picture_side_max && line.height == 1));
    CHECK(made_of(png_of(four_colors(2, 3000))).height == picture_side_max);
    // Bytes between its parts, and behind it.
    const auto photo = jpeg_of(colors);
    CHECK(told(photo.substr(0, 2) + "\xff\xff\xff" + photo.substr(2)) == "made");
    CHECK(told(photo + std::string(1000, '\0')) == "made");
}

TEST_CASE("It is made small: by its sides, and by its bytes") {
    const auto wide = made_of(jpeg_of(four_colors(3000, 2000)));
    CHECK(wide.width == picture_side_max);
    CHECK(wide.height == 853);
    CHECK(colors_of(wide) == "RGBW");
    CHECK(made_of(jpeg_of(four_colors(1280, 960))).width == 1280);
    CHECK(made_of(with_exif(jpeg_of(four_colors(2600, 1300)), 6)).height == picture_side_max);
    const auto hard = made_of(jpeg_of(noise(1600, 1600)));
    CHECK(hard.width <= picture_side_max);
}
