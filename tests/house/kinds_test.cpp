// Kinds of decision over HTTP: who reads them, who changes them, and what a change does to the days of before.

#include "journal/sqlite_store.hpp"
#include "people/registrations.hpp"
#include "people/sessions.hpp"
#include "support/catch.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using people::StaffRole;
using protocol::Role;

namespace {

struct Desk {
    Desk() : session{house.plan_session()}, key{{bearer(house.coordinator_key())}} {}
    Reply get(const std::string& path) { return ask(house, "GET", path, {}, key); }
    Reply post(const std::string& path, std::string_view body) { return ask(house, "POST", path, body, key); }

    TestHouse house;
    protocol::SessionId session;
    std::vector<std::string> key;
};

}  // namespace

TEST_CASE("Kinds are listed, added, changed, ended and removed") {
    Desk desk;
    CHECK(has(desk.get("/api/kinds"),
        R"({"kinds":[{"key":"social_rehabilitation","fi":"Sosiaalinen kuntoutus","sv":"Social rehabilitering",)"
        R"("en":"Social rehabilitation","duty":"own_will","reasons":[],"is_used":false},{"key":"work_activity",)"));
    const auto added = desk.post("/api/kinds",
        R"({"fi":"Työpajatoiminta","en":"Workshops","duty":"agreed","reasons":["other"],"first_day":"1.1.2027"})");
    CHECK(added.status == 200);
    CHECK(has(added, R"({"key":"tyopajatoiminta","fi":"Työpajatoiminta","sv":"Työpajatoiminta","en":"Workshops",)"
                     R"("duty":"agreed","reasons":["other"],"first_day":"2027-01-01","is_used":false}]})"));
    CHECK(desk.get("/api/kinds").body == added.body);

    const auto wrong = desk.post("/api/kinds",
        R"({"fi":"työpajatoiminta","duty":"agreed","reasons":[],"first_day":"2.1.2027","last_day":"1.1.2027"})");
    CHECK(wrong.status == 400);
    CHECK(has(wrong, R"("errors":[{"reason":"name_taken","value":"työpajatoiminta"},)"
                     R"({"reason":"end_before_start","value":"1.1.2027"}])"));
    CHECK(desk.post("/api/kinds", R"({"key":"unheard_of","fi":"X","duty":"agreed","reasons":[]})").status == 404);
    CHECK(desk.post("/api/kinds", R"({"fi":"X","duty":"unheard_of","reasons":[]})").status == 400);
    CHECK(desk.post("/api/kinds/remove", R"({"key":"unheard_of"})").status == 404);

    // A person has it: it is not removed any more, and ends.
    CHECK(desk.post("/api/sessions/1/people", R"({"name":"Maija","decision_type":"tyopajatoiminta"})").status == 200);
    CHECK(has(desk.get("/api/sessions/1"), R"("decision_type":"tyopajatoiminta")"));
    CHECK(has(desk.post("/api/sessions/1/people", R"({"name":"Eino","decision_type":"unheard_of"})"),
        R"({"reason":"decision_type_unclear","value":"unheard_of"})"));
    CHECK(has(desk.post("/api/kinds/remove", R"({"key":"tyopajatoiminta"})"), "not_now"));
    CHECK(has(desk.post("/api/kinds",
                  R"({"key":"tyopajatoiminta","fi":"Työpaja","duty":"agreed","reasons":[],"last_day":"31.12.2027"})"),
        R"({"key":"tyopajatoiminta","fi":"Työpaja","sv":"Työpaja","en":"Työpaja","duty":"agreed","reasons":[],)"
        R"("last_day":"2027-12-31","is_used":true})"));
    CHECK_FALSE(has(desk.post("/api/kinds/remove", R"({"key":"social_rehabilitation"})"), "social_rehabilitation"));
}

TEST_CASE("A file of registrations knows a kind by the name that the site has given it") {
    Desk desk;
    const auto* file = "nimi;laji\nAino Aalto;Työpajatoiminta\n";
    CHECK(has(desk.post("/api/sessions/1/registrations", file),
        R"({"line":2,"reason":"decision_type_unclear","value":"Työpajatoiminta"})"));
    CHECK(desk.post("/api/kinds", R"({"fi":"Työpajatoiminta","duty":"own_will","reasons":[]})").status == 200);
    CHECK(has(desk.post("/api/sessions/1/registrations", file), R"("imported":1)"));
    const auto roster = people::session_record(*desk.house.store().open_reader(), desk.session)->roster;
    const auto aino = std::find_if(
        roster.begin(), roster.end(), [](const auto& each) { return each.registered_name == "Aino Aalto"; });
    REQUIRE(aino != roster.end());
    CHECK(aino->decision_type == "tyopajatoiminta");
    CHECK(aino->duty == protocol::Duty::own_will);
}

TEST_CASE("The staff read the kinds; who coordinates all changes them") {
    Desk desk;
    auto& house = desk.house;
    const std::string body = R"({"fi":"Työpajatoiminta","duty":"agreed","reasons":[]})";
    const auto statuses = [&](const std::vector<std::string>& fields) {
        return std::vector{ask(house, "GET", "/api/kinds", {}, fields).status,
            ask(house, "POST", "/api/kinds", body, fields).status,
            ask(house, "POST", "/api/kinds/remove", R"({"key":"unheard_of"})", fields).status};
    };
    const auto signed_in_as = [&](const std::string& name, StaffRole role, std::optional<std::string> series = {}) {
        house.add_account(name, {{.role = role, .series = std::move(series)}});
        return sign_in(house, name).fields(house);
    };
    CHECK(statuses({}) == std::vector{401, 401, 401});
    CHECK(statuses({bearer(house.invite(desk.session, Role::participant, "Puolukka").secret)}) ==
          std::vector{403, 403, 403});
    CHECK(statuses({bearer(house.invite(desk.session, Role::guest, "Vieras").secret)}) == std::vector{403, 403, 403});
    CHECK(
        statuses({bearer(house.invite(desk.session, Role::facilitator, "Olli").secret)}) == std::vector{200, 403, 403});
    CHECK(statuses(signed_in_as("Mari", StaffRole::moderator, "Syksy")) == std::vector{200, 403, 403});
    CHECK(statuses(signed_in_as("Päivi", StaffRole::supervisor)) == std::vector{200, 403, 403});
    CHECK(statuses(signed_in_as("Syksyn", StaffRole::coordinator, "Syksy")) == std::vector{200, 403, 403});
    CHECK(statuses(signed_in_as("Kaikkien", StaffRole::coordinator)) == std::vector{200, 200, 404});
}
