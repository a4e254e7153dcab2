// Single looks, with what they look at made by the test. The whole, by the program itself: peers/check_setups.py.

#include <fstream>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check/data.hpp"
#include "check/machine.hpp"
#include "check/network.hpp"
#include "check/parts.hpp"
#include "check/records.hpp"
#include "net/port_owner.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

namespace etakahvila::check {
namespace {

using testing::TemporaryFolder;

void write(const std::filesystem::path& file, const std::string& text) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream{file} << text;
}

config::Settings settings_of(std::vector<std::string> listen, std::string site) {
    config::Settings settings{.listen = std::move(listen), .port = 0, .site = std::move(site), .data = {}};
    return settings;
}

}  // namespace

TEST_CASE("Check: answers go through lines and back as they were") {
    const Answers answers{ok("web_client", "The web client is there."), warning("clock", "a: b, c"),
        problem("database", "It is damaged.")};
    CHECK(from_lines(to_lines(answers)) == answers);
    CHECK(from_lines(to_lines({problem("x", "two\nlines\tand more")})) == Answers{problem("x", "two lines and more")});
    CHECK(from_lines("no line\n\nname\tno grade\tsentence\nname\tok\t") == Answers{ok("name", "")});
}

TEST_CASE("Check: a disk that is nearly full is a warning, and a full one a problem") {
    CHECK(disk_space_of(low_bytes) == ok("disk_space", "2048 MiB are free on the disk of the data."));
    CHECK(disk_space_of(low_bytes - 1) ==
          warning("disk_space", "2047 MiB are free on the disk of the data. Make space, or grow the disk."));
    CHECK(disk_space_of(full_bytes).grade == Grade::warning);
    CHECK(disk_space_of(full_bytes - 1) == problem("disk_space",
                                               "99 MiB are free on the disk of the data: before long nothing can be "
                                               "saved. Make space, or grow the disk."));
}

TEST_CASE("Check: data of another user than the folder's is named, with what to do") {
    TemporaryFolder folder;
    write(folder.path() / "etakahvila.sqlite", "");
    write(folder.path() / "etakahvila.sqlite-wal", "");
    write(folder.path() / "notes.txt", "somebody's");
    const auto wal = folder.path() / "etakahvila.sqlite-wal";
    const auto whose = [&](uid_t of_wal, uid_t of_notes) {
        return [&, of_wal, of_notes](const std::filesystem::path& path) -> std::optional<uid_t> {
            if (path == wal) return of_wal;
            return path.filename() == "notes.txt" ? of_notes : 4'000'000'001U;
        };
    };
    CHECK(data_owner(folder.path(), whose(4'000'000'001U, 0)) ==
          ok("data_owner", "All of the data belongs to uid 4000000001."));
    CHECK(data_owner(folder.path(), whose(0, 0)) ==
          problem(
              "data_owner", wal.string() +
                                " belongs to root, and the data folder to uid 4000000001: the server cannot write it. "
                                "Stop the server, then: chown -R uid 4000000001: " +
                                folder.path().string()));
    CHECK(data_owner(folder.path() / "nowhere", owner_of) == ok("data_owner", "There is no data yet."));
}

TEST_CASE("Check: a folder that is not there yet is tried, and nothing is left of it") {
    TemporaryFolder folder;
    const auto deep = folder.path() / "a" / "b";
    CHECK(data_folder(deep).grade == Grade::ok);
    CHECK(std::filesystem::is_empty(folder.path()));
    write(folder.path() / "file", "");
    CHECK(data_folder(folder.path() / "file").grade == Grade::problem);
    CHECK(data_folder(folder.path() / "file" / "below").grade == Grade::problem);
}

TEST_CASE("Check: the site's address") {
    CHECK(site(settings_of({"127.0.0.1", "::1"}, "")).grade == Grade::ok);
    CHECK(site(settings_of({"127.0.0.1", "0.0.0.0"}, "")).grade == Grade::problem);
    CHECK(site(settings_of({"0.0.0.0"}, "https://cafe.example.fi")).grade == Grade::ok);
    CHECK(site(settings_of({"127.0.0.1"}, "http://cafe.example.fi")).grade == Grade::problem);
    CHECK(site(settings_of({"127.0.0.1"}, "http://localhost:8080")).grade == Grade::ok);
    CHECK(site(settings_of({"127.0.0.1"}, "http://localhost.example.fi")).grade == Grade::problem);
}

TEST_CASE("Check: the age of the last backup") {
    constexpr std::int64_t hour = 60LL * 60 * 1000;
    const base::UtcTime now{1'796'281'200'000};
    CHECK(backup_age(std::nullopt, now).grade == Grade::warning);
    CHECK(backup_age(base::UtcTime{now.ms - 26 * hour}, now) == ok("backup", "The last backup is 26 hours old."));
    CHECK(backup_age(base::UtcTime{now.ms - hour}, now) == ok("backup", "The last backup is 1 hour old."));
    CHECK(backup_age(base::UtcTime{now.ms + 25 * hour}, now).grade == Grade::problem);
    CHECK(backup_age(base::UtcTime{now.ms - 27 * hour}, now) ==
          problem("backup",
              "The last backup is 27 hours old. See why the timer made none: journalctl -u etakahvila-backup."));
}

TEST_CASE("Check: what a restore has laid aside is named when it is old") {
    const TemporaryFolder folder;
    const base::UtcTime now{1'796'281'200'000};
    const std::int64_t day = 24LL * 60 * 60 * 1000;
    CHECK(laid_aside(folder.path(), now).grade == Grade::ok);
    std::filesystem::create_directory(folder.path() / "before-restore-2026-11-03T070000Z");
    CHECK(laid_aside(folder.path(), now).grade == Grade::ok);
    const auto old = laid_aside(folder.path(), {now.ms + day});
    CHECK(old.grade == Grade::warning);
    CHECK_THAT(old.sentence, Catch::Contains("before-restore-2026-11-03T070000Z"));
}

TEST_CASE("Check: open files") {
    CHECK(open_files_of(90, 65536).grade == Grade::ok);
    CHECK(open_files_of(90, 1023).grade == Grade::warning);
    CHECK(open_files_of(3687, 4096).grade == Grade::problem);
    CHECK(open_files_of(3686, 4096).grade == Grade::ok);
}

TEST_CASE("Check: what apt would put in") {
    CHECK(
        packages_in("NOTE: This is only a simulation!\n"
                    "Inst libssl-dev [3.0.19-1~deb12u2] (3.0.22-1~deb12u2 Debian-Security:12/oldstable-security "
                    "[amd64]) []\n"
                    "Inst libssl3 [3.0.19-1~deb12u2] (3.0.22-1~deb12u2 Debian-Security:12/oldstable-security [amd64])\n"
                    "Conf libssl3 (3.0.22-1~deb12u2 Debian-Security:12/oldstable-security [amd64])\n") ==
        std::vector<std::string>{"libssl-dev 3.0.22-1~deb12u2", "libssl3 3.0.22-1~deb12u2"});
    CHECK(packages_in("Reading package lists...\n0 upgraded, 0 newly installed.\n").empty());
    CHECK(packages_in("Inst strange").size() == 1);
}

TEST_CASE("Check: whoever listens where port 80 is answered is named, with the option to mend") {
    const int taken = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t bytes = sizeof place;
    REQUIRE(::bind(taken, reinterpret_cast<sockaddr*>(&place), bytes) == 0);
    REQUIRE(::listen(taken, 1) == 0);
    REQUIRE(::getsockname(taken, reinterpret_cast<sockaddr*>(&place), &bytes) == 0);
    auto settings = settings_of({"127.0.0.1"}, {});
    settings.redirect_listen = {{.host = "127.0.0.1", .port = ntohs(place.sin_port)}};
    settings.metrics_listen = {{.host = "127.0.0.1", .port = 0}};
    const auto answers = listen(settings, 0);
    ::close(taken);
    REQUIRE(answers.size() == 3);
    CHECK(answers[0].grade == Grade::ok);
    CHECK(answers[1].look == "redirect_listen");
    CHECK(answers[1].grade == Grade::problem);
    CHECK(answers[1].sentence.ends_with("Stop that one, or name another port by --redirect-listen."));
    CHECK(answers[2].look == "metrics_listen");
    CHECK(answers[2].grade == Grade::ok);
}

TEST_CASE("Check: the package's service is to be given its right to a port below 1024, and then has it") {
    TemporaryFolder folder;
    const base::ServiceUnits units{.packaged = folder.path() / "packaged", .added = folder.path() / "added"};
    auto settings = settings_of({"127.0.0.1"}, {});
    settings.redirect_listen = {{.host = "127.0.0.1", .port = 1}};
    const auto lacks_right = [&](pid_t server) {
        return listen(settings, server, units)[1].sentence.find("install -D -m 0644") != std::string::npos;
    };
    CHECK_FALSE(lacks_right(0));
    write(units.packaged / base::server_unit, "[Service]\n");
    CHECK(lacks_right(0));
    CHECK(listen(settings, 0, units)[1].grade == Grade::problem);
    // Whoever runs has what it needs.
    CHECK_FALSE(lacks_right(::getpid()));
    // By whatever name the right was given.
    write(units.drop_ins(base::server_unit) / "override.conf", "[Service]\nAmbientCapabilities=CAP_NET_BIND_SERVICE\n");
    CHECK_FALSE(lacks_right(0));
    std::filesystem::remove_all(units.added);
    CHECK(lacks_right(0));
    // A unit of the site's own is its own matter.
    write(units.added / base::server_unit, "[Service]\n");
    CHECK_FALSE(lacks_right(0));
}

TEST_CASE("Check: a public site says who is in charge") {
    TemporaryFolder folder;
    auto settings = settings_of({"0.0.0.0"}, "https://cafe.example.fi");
    CHECK(public_words(settings).grade == Grade::warning);
    settings.site = "http://localhost:8080";
    CHECK(public_words(settings).grade == Grade::ok);
    settings.site = "https://cafe.example.fi";
    settings.pages = folder.path() / "pages";
    CHECK(public_words(settings).grade == Grade::problem);
    write(settings.pages / "feedback.fi.md", "kahvila@example.fi");
    CHECK(public_words(settings).grade == Grade::warning);
    write(settings.pages / "controller.fi.md", "Helsingin kaupunki");
    CHECK(public_words(settings).grade == Grade::ok);
    // A page of the site's own is its own matter too.
    std::filesystem::rename(settings.pages / "controller.fi.md", settings.pages / "privacy.fi.md");
    CHECK(public_words(settings).grade == Grade::ok);
}

TEST_CASE("Port owner: the program that listens is found by its socket; one that is connected is not it") {
    TemporaryFolder proc;
    constexpr auto head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid\n";
    write(proc.path() / "net/tcp",
        std::string{head} +
            "   0: 0100007F:1F90 0100007F:C001 01 00000000:00000000 00:00000000 00000000    33        0 700 1 0\n"
            "   1: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000    33        0 701 1 0\n");
    write(proc.path() / "net/tcp6",
        std::string{head} +
            "   0: 00000000000000000000000000000000:01BB 00000000000000000000000000000000:0000 0A "
            "00000000:00000000 00:00000000 00000000     0        0 702 1 0\n");
    write(proc.path() / "812/comm", "nginx\n");
    std::filesystem::create_directories(proc.path() / "812/fd");
    std::filesystem::create_symlink("socket:[701]", proc.path() / "812/fd/6");
    std::filesystem::create_directories(proc.path() / "900/fd");
    std::filesystem::create_symlink("socket:[700]", proc.path() / "900/fd/6");

    const auto known = net::port_owner(8080, proc.path());
    REQUIRE(known);
    CHECK(*known == net::PortOwner{.pid = 812, .program = "nginx", .uid = 33});
    CHECK(net::to_text(*known) == "nginx (pid 812)");
    const auto not_told = net::port_owner(443, proc.path());
    REQUIRE(not_told);
    CHECK(net::to_text(*not_told) == "a program of user 0");
    CHECK_FALSE(net::port_owner(49153, proc.path()));
    CHECK_FALSE(net::port_owner(80, proc.path() / "nowhere"));
}

}  // namespace etakahvila::check
