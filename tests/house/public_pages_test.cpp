// The pages that anyone may read, as the server gives them.

#include <fstream>

#include "house/house.hpp"
#include "keeping/rules.hpp"
#include "support/catch.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

struct WithPages {
    TestHouse house;

    WithPages() {
        put("web/pages/privacy.html",
            "<h1>Tietosuoja</h1><!--place:controller-->puuttuu<!--/place--> "
            "<!--place:keeping.room_words-->0<!--/place--> päivää<!--place:call-->, soita "
            "<!--place:help_phone--><!--/place--><!--/place-->");
        put("web/pages/privacy-sv.html", "<!--place:privacy-->Dataskydd<!--/place-->");
    }

    void put(const std::filesystem::path& file, std::string_view text) {
        const auto path = house.folder.path() / file;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream{path} << text;
    }

    std::string page(std::string_view path) { return ask(house, "GET", path).body; }
};

}  // namespace

TEST_CASE("A public page tells whom to call, how long things are kept, and what the site has written") {
    WithPages with;
    with.house.open_anew();
    CHECK(with.page("/privacy") == "<h1>Tietosuoja</h1>puuttuu 30 päivää");
    with.house.settings.help_phone = "09 310 <1000>";
    with.put("words/controller.fi.md", "Esimerkin kaupunki");
    with.put("words/privacy.sv.md", "Egen <b>sida</b>");
    with.house.settings.pages = with.house.folder.path() / "words";
    with.house.open_anew();
    const auto reply = ask(with.house, "GET", "/privacy");
    CHECK(reply.status == 200);
    CHECK(reply.field("Content-Type") == "text/html; charset=utf-8");
    CHECK(reply.field("Cache-Control") == "no-cache");
    CHECK_FALSE(reply.field("Content-Security-Policy").empty());
    CHECK(reply.body ==
          "<h1>Tietosuoja</h1><p>Esimerkin kaupunki</p>\n 30 päivää, soita "
          "<a class=\"phone-no\" href=\"tel:093101000\">09 310 &lt;1000&gt;</a>");
    CHECK(with.page("/privacy-sv") == "<p>Egen sida</p>\n");
    // They are pages and no files of the client.
    CHECK(ask(with.house, "GET", "/pages/privacy.html").status == 404);
    CHECK(ask(with.house, "GET", "/privacy-de").status == 404);
}

TEST_CASE("What the site keeps for another time is told so after a moment") {
    WithPages with;
    with.house.open_anew();
    with.house.store().write_and_wait([&](records::Database& database) {
        keeping::put_time(database, keeping::KeepingRule::room_words, {}, 45, "Koe", with.house.clock.utc());
    });
    with.house.house->timekeeper().wake();
    wait_until([&] { return with.page("/privacy").find(" 45 päivää") != std::string::npos; });
}

TEST_CASE("A folder of words that cannot be used keeps the server from starting, by name") {
    WithPages with;
    with.house.settings.pages = with.house.folder.path() / "none";
    CHECK_THROWS_WITH(with.house.open_anew(), Catch::Contains("--pages"));
    with.house.settings.pages.clear();
    with.house.open_anew();
}
