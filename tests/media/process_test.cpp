// Pictures made by the second process: the same, behind a wall; and what becomes of a process that goes wrong.

#include "media/picture_process.hpp"

#include <filesystem>
#include <fstream>

#include "base/enum_names.hpp"
#include "media/made_pictures.hpp"
#include "media/worker/remake.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace etakahvila;
using namespace etakahvila::media;
using namespace std::string_literals;
using protocol::RefusalWord;

namespace {

std::filesystem::path beside_this(const std::string& name) {
    return std::filesystem::read_symlink("/proc/self/exe").parent_path() / name;
}

/// "made", or why not.
std::string told(PictureMaker& pictures, std::string_view given) {
    const auto made = pictures.make(given);
    const auto* word = std::get_if<RefusalWord>(&made);
    return word == nullptr ? "made" : std::string{base::name_of(*word)};
}

/// A program in place of ours.
class OtherProgram {
public:
    explicit OtherProgram(const std::string& does) : path_{folder_.path() / "program"} {
        std::ofstream{path_} << "#!/bin/sh\n" << does << '\n';
        std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
    }
    const std::filesystem::path& path() const { return path_; }

private:
    testing::TemporaryFolder folder_;
    std::filesystem::path path_;
};

}  // namespace

TEST_CASE("The second process shuts itself in: no file, no network, no other process, and then it makes pictures") {
    PictureProcess pictures{beside_this("etakahvila-picture")};
    INFO(pictures.why_off().value_or(""));
    REQUIRE_FALSE(pictures.why_off());
    for (const auto& photo : {with_exif(jpeg_of(four_colors(1500, 1000)), 6, "GPS 60.1699"),
             jpeg_of(four_colors(64, 48), JpegKind::progressive), jpeg_of(four_colors(64, 48), JpegKind::cmyk),
             png_of(four_colors(64, 48)), jpeg_of(noise(900, 600)), jpeg_of(four_colors(1, 1))}) {
        const auto made = pictures.make(photo);
        REQUIRE(std::holds_alternative<std::string>(made));
        CHECK(std::get<std::string>(made) == remake(photo).jpeg);
    }
}

TEST_CASE("What cannot be made is refused with its word") {
    PictureProcess pictures{beside_this("etakahvila-picture")};
    const auto photo = jpeg_of(noise(200, 150));
    CHECK(told(pictures, "") == "not_a_picture");
    CHECK(told(pictures, "<script>") == "not_a_picture");
    CHECK(told(pictures, with_size(jpeg_of(four_colors(32, 32)), 10'000, 10'000)) == "picture_too_large");
    CHECK(told(pictures, png_head(10'000, 10'000)) == "picture_too_large");
    CHECK(told(pictures, photo.substr(0, photo.size() / 2)) == "picture_cut_off");
    CHECK(told(pictures,
              "\0\0\0\x18"
              "ftypheic\0\0\0\0mif1heic"s) == "picture_not_read");
    CHECK(told(pictures, photo) == "made");
}

TEST_CASE("Where there is no sandbox, photos are off, and the operator is told why") {
    PictureProcess missing{"/nowhere/etakahvila-picture"};
    CHECK(missing.why_off().value_or("").find("is not there") != std::string::npos);
    const OtherProgram open{"exit 77"};
    PictureProcess without{open.path()};
    CHECK(without.why_off().value_or("").find("cannot shut itself in") != std::string::npos);
    const OtherProgram broken{"exit 3"};
    PictureProcess failing{broken.path()};
    CHECK(failing.why_off().value_or("").find("does not run") != std::string::npos);
    for (auto* pictures : {&missing, &without, &failing})
        CHECK(told(*pictures, jpeg_of(four_colors(8, 8))) == "photos_off");
}

TEST_CASE("A process that goes wrong costs one picture, and nothing that it says is believed") {
    const auto looks = "[ \"$1\" = --look ] && exit 0\n"s;
    const auto photo = jpeg_of(four_colors(64, 48));
    const std::array wrong{"kill -9 $$"s, "exit 0"s, "exit 1"s, "cat >/dev/null; printf 'Mno picture'"s,
        "cat >/dev/null; printf '?'"s, "cat >/dev/null; printf 'M'; exit 1"s, "exec yes"s};
    for (const auto& does : wrong) {
        INFO(does);
        const OtherProgram program{looks + does};
        PictureProcess pictures{program.path()};
        REQUIRE_FALSE(pictures.why_off());
        CHECK(told(pictures, photo) == "picture_not_read");
    }
    // One that has the answer before it has read all.
    const OtherProgram early{looks + "head -c 10 >/dev/null; printf 'N'"};
    PictureProcess pictures{early.path()};
    CHECK(told(pictures, std::string(1'000'000, 'x')) == "not_a_picture");
}
