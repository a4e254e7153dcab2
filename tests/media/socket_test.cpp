// Pictures made behind a socket, as a unit of systemd has it: a process for each connection.

#include "media/picture_socket.hpp"

#include <array>
#include <atomic>
#include <cstring>
#include <filesystem>
#include <memory>
#include <thread>
#include <vector>

#include <spawn.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/enum_names.hpp"
#include "media/made_pictures.hpp"
#include "media/worker/remake.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace etakahvila;
using namespace etakahvila::media;
using protocol::RefusalWord;

namespace {

/// The line is the program's input and output, and nothing of it is ours any more.
void start_on(int line, std::vector<std::string> words) {
    posix_spawn_file_actions_t files;
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawn_file_actions_adddup2(&files, line, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&files, line, STDOUT_FILENO);
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    std::array<char*, 1> nothing{nullptr};
    pid_t process{};
    const int fault = ::posix_spawn(&process, words.front().c_str(), &files, nullptr, arguments.data(), nothing.data());
    ::posix_spawn_file_actions_destroy(&files);
    ::close(line);
    if (fault == 0) ::waitpid(process, nullptr, 0);
}

/// A socket in a folder of its own, behind which the program is started for each connection.
class Unit {
public:
    explicit Unit(std::vector<std::string> program)
        : socket_{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)}, program_{std::move(program)} {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const auto name = path().string();
        REQUIRE(name.size() < sizeof address.sun_path);
        std::memcpy(address.sun_path, name.c_str(), name.size());
        REQUIRE(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
        REQUIRE(::listen(socket_, 8) == 0);
        thread_ = std::thread{[this] { serve(); }};
    }
    ~Unit() {
        is_closing_ = true;
        ::shutdown(socket_, SHUT_RDWR);
        thread_.join();
        ::close(socket_);
    }
    Unit(const Unit&) = delete;
    Unit& operator=(const Unit&) = delete;

    std::filesystem::path path() const { return folder_.path() / "picture.sock"; }

private:
    void serve() const {
        while (!is_closing_) {
            const int line = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
            if (line >= 0) start_on(line, program_);
        }
    }

    testing::TemporaryFolder folder_;
    int socket_;
    std::vector<std::string> program_;
    std::atomic<bool> is_closing_{false};
    std::thread thread_;
};

std::string own_program() {
    return (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "etakahvila-picture").string();
}

/// "made", or why not.
std::string told(PictureMaker& pictures, std::string_view given) {
    const auto made = pictures.make(given);
    const auto* word = std::get_if<RefusalWord>(&made);
    return word == nullptr ? "made" : std::string{base::name_of(*word)};
}

}  // namespace

TEST_CASE("Behind a socket the same pictures are made, and the same are refused") {
    const Unit unit{{own_program()}};
    PictureSocket pictures{unit.path()};
    INFO(pictures.why_off().value_or(""));
    REQUIRE_FALSE(pictures.why_off());
    const auto photo = jpeg_of(noise(900, 600));
    const auto made = pictures.make(photo);
    REQUIRE(std::holds_alternative<std::string>(made));
    CHECK(std::get<std::string>(made) == remake(photo).jpeg);
    CHECK(told(pictures, "") == "not_a_picture");
    CHECK(told(pictures, "<script>") == "not_a_picture");
    CHECK(told(pictures, png_head(10'000, 10'000)) == "picture_too_large");
    CHECK(told(pictures, photo.substr(0, photo.size() / 2)) == "picture_cut_off");
    CHECK(told(pictures, png_of(four_colors(64, 48))) == "made");
}

TEST_CASE("Where nobody answers at the socket, photos are off, and the operator is told what to start") {
    PictureSocket nobody{"/nowhere/picture.sock"};
    CHECK(nobody.why_off().value_or("").find("systemctl start") != std::string::npos);
    PictureSocket too_long{std::string(200, 'x')};
    CHECK(too_long.why_off());
    // It could not shut itself in.
    const Unit silent{{"/bin/sh", "-c", "exit 77"}};
    PictureSocket open{silent.path()};
    CHECK(open.why_off().value_or("").find("shut itself in") != std::string::npos);
    for (auto* pictures : {&nobody, &too_long, &open}) CHECK(told(*pictures, jpeg_of(noise(9, 6))) == "photos_off");
}

TEST_CASE("What goes wrong behind the socket costs one picture, and nothing that it says is believed") {
    // Looked at with nothing it answers as ours does; with a picture it does what stands here.
    const auto given = [](const std::string& does) {
        return std::vector<std::string>{"/bin/sh", "-c", "[ -z \"$(head -c 1)\" ] && { printf N; exit; }\n" + does};
    };
    for (const auto* does : {"kill -9 $$", "exit 1", "cat >/dev/null; printf 'Mno picture'",
             "cat >/dev/null; printf '?'", "cat >/dev/null; exec yes 2>/dev/null"}) {
        INFO(does);
        const Unit unit{given(does)};
        PictureSocket pictures{unit.path()};
        REQUIRE_FALSE(pictures.why_off());
        CHECK(told(pictures, jpeg_of(noise(9, 6))) == "picture_not_read");
    }
}

TEST_CASE("A unit that has gone costs the pictures that are sent meanwhile") {
    auto unit = std::make_unique<Unit>(std::vector{own_program()});
    PictureSocket pictures{unit->path()};
    REQUIRE_FALSE(pictures.why_off());
    unit.reset();
    CHECK(told(pictures, jpeg_of(noise(9, 6))) == "busy");
}
