// What is answered without TLS beside a site that has it, and the two files that programs look for.

#include <fstream>

#include "house/house.hpp"
#include "house/public_files.hpp"
#include "support/catch.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

constexpr auto site = "https://cafe.example.fi";
constexpr auto host = "cafe.example.fi";

struct WithPlainDoor {
    TestHouse house{{.has_tls = true, .site = site}};

    WithPlainDoor() {
        house.settings.redirect_listen = {{.host = "127.0.0.1", .port = 0}};
        house.settings.acme_folder = house.folder.path() / "acme";
        house.open_anew();
    }

    Reply ask_plain(std::string_view method, std::string_view path, std::string_view body = {},
        const std::vector<std::string>& fields = {}, std::string_view name = host) {
        const auto& address = house.house->showing_the_way().at(0);
        const auto port = static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
        RawClient client{port, {}};
        return ask(client, method, path, body, fields, name);
    }
};

}  // namespace

TEST_CASE("Whoever comes without TLS is shown the way: a page by its name, and nothing else is said back") {
    WithPlainDoor door;
    const std::vector<std::pair<std::string, std::string>> ways{
        {"/", "/"},
        {"/staff", "/staff"},
        {"/privacy-sv", "/privacy-sv"},
        {"/staff?code=ABCD2345", "/staff"},
        {"/calendar/abcdefghijkl", "/"},
        {"/%23Abcdefghijkl", "/"},
        {"/staff%0d%0aX-Of-Mine:%201", "/"},
        {"//elsewhere.example", "/"},
        {"/Abcd2345", "/"},
        {"/api/site", "/"},
        {"/.well-known/security.txt", "/"},
        {"/" + std::string(41, 'a'), "/"},
    };
    for (const auto& [path, place] : ways) {
        CAPTURE(path);
        const auto reply = door.ask_plain("GET", path);
        CHECK(reply.status == 308);
        CHECK(reply.field("Location") == site + place);
        CHECK(reply.body == "Permanent Redirect\n");
        CHECK(reply.field("Cache-Control") == "no-store");
        // It means nothing here, and must not be said (RFC 6797 §7.2).
        CHECK(reply.field("Strict-Transport-Security").empty());
    }
    CHECK(door.ask_plain("HEAD", "/staff").field("Location") == site + std::string{"/staff"});
}

TEST_CASE("Without TLS nothing is taken in: no body, no socket, no other name") {
    WithPlainDoor door;
    CHECK(door.ask_plain("POST", "/api/enter", R"({"secret":"x"})").status == 405);
    CHECK(door.ask_plain("POST", "/").status == 405);
    CHECK(door.ask_plain("GET", "/", {}, {}, "other.example").status == 421);
    std::vector<std::string> upgrade{"Origin: " + std::string{site}};
    for (const auto* field : {"Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
             "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="})
        upgrade.emplace_back(field);
    for (const auto* path : {"/room", "/voice"}) {
        const auto reply = door.ask_plain("GET", path, {}, upgrade);
        CHECK(reply.status >= 400);
        CHECK(reply.status < 500);
    }
    CHECK(ask(door.house, "GET", "/staff", {}, {}, host).status == 200);
}

TEST_CASE("An authority reads what certbot has put there, and nobody reads anything else") {
    WithPlainDoor door;
    const auto folder = door.house.folder.path() / "acme" / ".well-known" / "acme-challenge";
    std::filesystem::create_directories(folder / "a-folder");
    std::ofstream{folder / "To_ken-1"} << "To_ken-1.of-the-account";
    std::ofstream{door.house.folder.path() / "acme" / "outside"} << "not to be read";
    std::filesystem::create_symlink(door.house.folder.path() / "acme" / "outside", folder / "a-link");
    const std::string at = "/.well-known/acme-challenge/";
    const auto given = door.ask_plain("GET", at + "To_ken-1");
    CHECK(given.status == 200);
    CHECK(given.body == "To_ken-1.of-the-account");
    for (const auto* other :
        {"", "none", "../../outside", "..%2f..%2foutside", "a-link", "a-folder", "To_ken-1/", "."}) {
        CAPTURE(other);
        CHECK(door.ask_plain("GET", at + other).status == 404);
    }
    CHECK(ask(door.house, "GET", at + "To_ken-1", {}, {}, host).status == 404);
}

TEST_CASE("robots.txt lets search engines find the door and the pages for everyone, and nothing else") {
    TestHouse house;
    const auto robots = ask(house, "GET", "/robots.txt");
    CHECK(robots.status == 200);
    CHECK(robots.field("Content-Type") == "text/plain; charset=utf-8");
    CHECK(robots.body.find("\nDisallow: /\n") != std::string::npos);
    CHECK(robots.body.find("\nAllow: /$\n") != std::string::npos);
    for (const auto* kept_out : {"/staff", "/calendar", "/api", "/room"})
        CHECK(robots.body.find(kept_out) == std::string::npos);
}

TEST_CASE("security.txt is there where somebody is named, and good for half a year") {
    TestHouse house;
    CHECK(ask(house, "GET", "/.well-known/security.txt").status == 404);
    house.settings.security_contact = "mailto:tietoturva@example.fi";
    house.open_anew();
    const auto said = ask(house, "GET", "/.well-known/security.txt");
    CHECK(said.status == 200);
    CHECK(said.body ==
          "Contact: mailto:tietoturva@example.fi\nExpires: 2027-06-03T00:00:00Z\n"
          "Preferred-Languages: fi, sv, en\nCanonical: " +
              house.house->site() + "/.well-known/security.txt\n");
    // All of a day it says the same.
    CHECK(house::security_txt("tel:+358", site, {1'796'256'000'000}) ==
          house::security_txt("tel:+358", site, {1'796'342'399'999}));
}
