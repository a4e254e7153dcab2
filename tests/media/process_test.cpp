// Pictures made by the second process: the same, behind a wall; and what becomes of a process that goes wrong.

#include "media/picture_process.hpp"

#include <array>
#include <chrono>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>
#include <thread>
#include <vector>

#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

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

/// Our program, which has shut itself in and waits for its picture. Whoever started it had a file more open, and did
/// not say that it is not for others.
class WaitingProgram {
public:
    WaitingProgram() {
        REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, line_.data()) == 0);
        REQUIRE(::pipe(pipe_.data()) == 0);
        posix_spawn_file_actions_t files;
        ::posix_spawn_file_actions_init(&files);
        ::posix_spawn_file_actions_adddup2(&files, line_[1], STDIN_FILENO);
        ::posix_spawn_file_actions_adddup2(&files, line_[1], STDOUT_FILENO);
        auto name = beside_this("etakahvila-picture").string();
        std::array<char*, 2> arguments{name.data(), nullptr};
        std::array<char*, 1> nothing{nullptr};
        REQUIRE(::posix_spawn(&process_, name.c_str(), &files, nullptr, arguments.data(), nothing.data()) == 0);
        ::posix_spawn_file_actions_destroy(&files);
        ::close(line_[1]);
        ::close(pipe_[1]);
    }
    ~WaitingProgram() {
        ::close(line_[0]);
        ::close(pipe_[0]);
        ::waitpid(process_, nullptr, 0);
    }
    WaitingProgram(const WaitingProgram&) = delete;
    WaitingProgram& operator=(const WaitingProgram&) = delete;

    bool has_let_go() const {
        pollfd end{.fd = pipe_[0], .events = POLLIN, .revents = 0};
        return ::poll(&end, 1, 10'000) == 1 && (end.revents & POLLHUP) != 0;
    }
    bool is_there() const { return ::waitpid(process_, nullptr, WNOHANG) == 0; }
    std::string about(const std::string& what) const {
        std::ifstream in{"/proc/" + std::to_string(process_) + "/" + what};
        return {std::istreambuf_iterator<char>{in}, {}};
    }
    /// Both the bound that holds, and the one to which it may raise that.
    std::string limit(const std::string& name) const {
        const auto limits = about("limits");
        const auto at = limits.find(name);
        if (at == limits.npos) return {};
        std::istringstream rest{limits.substr(at + name.size())};
        std::string soft;
        std::string hard;
        rest >> soft >> hard;
        return soft + " " + hard;
    }

private:
    std::array<int, 2> line_{-1, -1};
    std::array<int, 2> pipe_{-1, -1};
    pid_t process_ = -1;
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

TEST_CASE("It has nothing of what was open to whoever started it, and no way to more memory or time") {
    const WaitingProgram program;
    REQUIRE(program.has_let_go());
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{10};
    const auto is_shut_in = [&] { return program.about("status").find("Seccomp:\t2") != std::string::npos; };
    while (!is_shut_in() && std::chrono::steady_clock::now() < until) std::this_thread::yield();
    CHECK(is_shut_in());
    CHECK(program.about("status").find("NoNewPrivs:\t1") != std::string::npos);
    CHECK(program.limit("Max address space") == "671088640 671088640");
    CHECK(program.limit("Max cpu time") == "10 10");
    for (const auto* none : {"Max file size", "Max core file size", "Max processes"})
        CHECK(program.limit(none) == "0 0");
    CHECK(program.is_there());
}

TEST_CASE("Two pictures at once are two pictures") {
    PictureProcess pictures{beside_this("etakahvila-picture")};
    const std::array photos{jpeg_of(noise(900, 600)), png_of(four_colors(1300, 900))};
    std::array<std::vector<std::string>, 2> made;
    std::array<std::thread, 2> threads;
    for (std::size_t which = 0; which < photos.size(); ++which) {
        threads.at(which) = std::thread{[&, which] {
            for (int turn = 0; turn < 5; ++turn) {
                auto picture = pictures.make(photos.at(which));
                const auto* bytes = std::get_if<std::string>(&picture);
                made.at(which).push_back(bytes == nullptr ? "" : *bytes);
            }
        }};
    }
    for (auto& thread : threads) thread.join();
    for (std::size_t which = 0; which < photos.size(); ++which)
        CHECK((made.at(which) == std::vector<std::string>(5, remake(photos.at(which)).jpeg)));
}

TEST_CASE("A process that does not come to an end is ended") {
    const auto looks = "[ \"$1\" = --look ] && exit 0\n"s;
    const auto photo = jpeg_of(four_colors(64, 48));
    // Silent; one that has closed what it could speak by; one that speaks on and on, and not much; one that never
    // reads.
    const std::array hanging{"exec sleep 1000"s, "cat >/dev/null; exec sleep 1000 <&- >&- 2>&-"s,
        "cat >/dev/null; while :; do printf M; sleep 0.01; done"s, "while :; do :; done"s};
    // All are written before any is begun: what another is still writing cannot be started.
    std::vector<std::unique_ptr<OtherProgram>> programs;
    for (const auto& does : hanging) programs.push_back(std::make_unique<OtherProgram>(looks + does));
    std::deque<PictureProcess> pictures;
    for (const auto& program : programs) pictures.emplace_back(program->path(), std::chrono::seconds{3});
    std::array<std::string, hanging.size()> outcomes;
    std::vector<std::thread> threads;
    for (std::size_t which = 0; which < hanging.size(); ++which) {
        threads.emplace_back([&, which] {
            outcomes.at(which) = told(pictures.at(which), which == 3 ? std::string(2'000'000, 'x') : photo);
        });
    }
    for (auto& thread : threads) thread.join();
    for (const auto& outcome : outcomes) CHECK(outcome == "picture_too_large");
}
