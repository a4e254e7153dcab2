// A site of an earlier version is opened by this one: everything of it is there and goes on.

#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/test_house.hpp"

namespace etakahvila::testing {
namespace {

/// Made by the last version without seasons, with two sessions, three people, and links that are out. Its links begin
/// on 2026-12-02, and the clock of a test house stands at the start of the first session.
const std::string kanerva = "nk2KYcCr9vOZeSrtRjzufQ";
const std::string pihlaja = "9JY2aglgnSe8v-V4sfhYBA";
const std::string moderator = "OnW7r4y9GsagxlkuHAQ8RQ";
const std::string coordinator = "i-N97ZSiosYTAZjYFoTjdw";

HouseOptions site_before_seasons() { return {.site_before = test_file("data/sites/before-seasons.sql")}; }

}  // namespace

TEST_CASE("Upgrade: links and codes that are out open their day as before") {
    const TestHouse house{site_before_seasons()};
    for (const auto& secret : {kanerva, pihlaja, moderator})
        CHECK(standing_of(ask(house, "POST", "/api/look", secret_body(secret))) == "open");
    CHECK(standing_of(ask(house, "POST", "/api/look", R"({"code":"527C 6D35"})")) == "open");
    CHECK_FALSE(enter(house, {.person = {}, .secret = kanerva, .code = {}}, "Kanerva").empty());
    const auto looked = ask(house, "POST", "/api/look", secret_body(pihlaja));
    CHECK(has(looked, R"("theme":"Uni")"));
    CHECK_FALSE(has(looked, R"("season")"));
}

TEST_CASE("Upgrade: sessions, people, kinds of decision and absences are there") {
    const TestHouse house{site_before_seasons()};
    const auto key = bearer(coordinator);
    const auto listed = ask(house, "GET", "/api/sessions", {}, {key});
    CHECK(has(listed, R"("theme":"Uni")"));
    CHECK(has(listed, R"("theme":"Erilainen joululoma")"));
    const auto shown = ask(house, "GET", "/api/sessions/2", {}, {key});
    CHECK(has(shown, R"("name":"Kanerva Mustikka","role":"participant","decision_type":"work_activity")"));
    CHECK(has(shown, R"("note":"hammaslääkäri")"));
    const auto kinds = ask(house, "GET", "/api/kinds", {}, {key});
    for (const auto* key_of : {"social_rehabilitation", "work_activity", "disability_work_activity"})
        CHECK(has(kinds, R"("key":")" + std::string{key_of} + '"'));
    // A series of before is for everybody, as it was.
    CHECK(has(ask(house, "GET", "/api/series", {}, {key}), R"("name":"Osallisuus ja liikunta","is_for_all":true)"));
}

TEST_CASE("Upgrade: a link of one day has an own page") {
    const TestHouse house{site_before_seasons()};
    const auto page = ask(house, "GET", "/api/own", {}, {bearer(kanerva)});
    CHECK(page.status == 200);
    CHECK(has(page, R"("theme":"Uni")"));
}

TEST_CASE("Upgrade: it is made once, and opened again it is the same") {
    TestHouse house{site_before_seasons()};
    const auto before = ask(house, "GET", "/api/sessions", {}, {bearer(coordinator)});
    house.open_anew();
    CHECK(ask(house, "GET", "/api/sessions", {}, {bearer(coordinator)}).body == before.body);
}

}  // namespace etakahvila::testing
