// The people of a period over HTTP: who is let in where, by whose word, and who sees whom.

#include "journal/sqlite_store.hpp"
#include "people/registrations.hpp"
#include "support/catch.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using people::StaffRole;

namespace {

/// A period of two series, of which the second is for work activity alone, today and a week from now; and one package.
struct Autumn {
    Autumn() : key{"Authorization: Bearer " + house.coordinator_key()} {
        house.plan_session();
        house.store().write_and_wait([&](records::Database& database) {
            const auto draft = people::draft_of({.series = "Etätyövalmennus",
                .theme = "Työsopimus",
                .date = "2026-12-10",
                .start = "09:00",
                .end = "13:00",
                .question = {},
                .help_phone = {},
                .settings = {}});
            people::plan_session(database, std::get<people::SessionDraft>(draft));
            database.script(R"(
                UPDATE series SET is_for_all = 0 WHERE id = 2;
                INSERT INTO series_kinds (series, kind) VALUES (2, 'work_activity');
                INSERT INTO periods (name, name_key, first_day, last_day, weekday, starts, ends, doors_minutes,
                  skip_moves_turn) VALUES ('Syksy 2026', 'syksy 2026', '2026-12-01', '2026-12-31', 4, '09:00', '13:00',
                  30, 0);
                INSERT INTO period_series (period, place, series) VALUES (1, 0, 1), (1, 1, 2);
                UPDATE sessions SET period = 1;
                INSERT INTO packages (period, name, name_key) VALUES (1, 'Torstaipaketti', 'torstaipaketti'),
                  (1, 'Pelkkä kahvila', 'pelkkä kahvila');
                INSERT INTO package_parts (package, series, way, instead) VALUES (1, 1, 'room', 0), (1, 2, 'room', 0),
                  (2, 1, 'room', 0);)");
        });
    }
    Reply get(const std::string& path) { return ask(house, "GET", path, {}, {key}); }
    Reply post(const std::string& path, std::string_view body) { return ask(house, "POST", path, body, {key}); }

    /// The number that they are known by.
    std::string enrol(const std::string& name, const std::string& more) {
        const auto done = post(
            "/api/periods/1/people", R"({"name":")" + name + R"(","package":1,"choices":[],)" + more);
        REQUIRE(has(done, R"({"person":)"));
        return done.body.substr(10, done.body.find(',') - 10);
    }

    TestHouse house;
    std::string key;
};

const std::string of_work = R"("decision_type":"work_activity"})";

}  // namespace

TEST_CASE("Season: a series that is not for somebody is allowed with a reason, which is kept with who and when") {
    Autumn autumn;
    const std::string people = "/api/periods/1/people";
    const std::string kielo = R"({"name":"Kielo Lakka","decision_type":"social_rehabilitation","package":1,"choices":)";
    const auto asked = autumn.post(people, kielo + "[]}");
    CHECK(asked.status == 200);
    CHECK(asked.body ==
          R"({"not_eligible":[{"line":0,"name":"Kielo Lakka","kind":"social_rehabilitation","series":2}]})");
    CHECK(autumn.get(people).body == R"({"people":[]})");
    const auto enrolled = autumn.post(
        people, kielo + R"([{"line":0,"series":2,"choice":"allow","reason":"kokeilee"}]})");
    REQUIRE(has(enrolled, R"({"person":)"));
    const auto person = enrolled.body.substr(10, enrolled.body.find(',') - 10);
    const auto one = people + "/" + person;
    const std::string kept = R"({"series":2,"place":"room","allowed_because":"kokeilee",)";
    CHECK(has(autumn.get(people), kept));
    const auto page = autumn.get(one);
    CHECK(has(page, kept));
    CHECK(has(page, R"("allowed_at":1796281200000)"));
    CHECK(has(page, R"("session":2,"series":2,"theme":"Työsopimus")"));
    // The room's own list has them by it.
    CHECK(has(autumn.get("/api/sessions/2"), "Kielo Lakka"));

    const auto taken_back = autumn.post(one + "/allow", R"({"series":2})");
    CHECK(has(taken_back, R"({"series":2,"place":"not_eligible"})"));
    CHECK_FALSE(has(autumn.get("/api/sessions/2"), "Kielo Lakka"));
    CHECK(has(autumn.get("/api/sessions/1"), "Kielo Lakka"));
    CHECK(autumn.post(one + "/allow", R"({"series":2,"reason":" "})").status == 409);
    CHECK(autumn.post(one + "/allow", R"({"series":99,"reason":"syy"})").status == 404);
    CHECK(autumn.post(people + "/987/allow", R"({"series":2,"reason":"syy"})").status == 404);
    CHECK(has(autumn.post(one + "/allow", R"({"series":2,"reason":"pyysi"})"), R"("allowed_because":"pyysi")"));
    CHECK(autumn.house.log().find("pyysi") == std::string::npos);
}

TEST_CASE("Season: a list by base64 is looked at, refused by its lines, and stored whole") {
    Autumn autumn;
    const auto send = [&](const std::string& file, const std::string& dry_run, const std::string& package = "1") {
        return autumn.post("/api/periods/1/people/file", R"({"file":")" + file + R"(","dry_run":)" + dry_run +
                                                             R"(,"package":)" + package +
                                                             R"(,"people":[],"choices":[],"packages":[]})");
    };
    const std::string faulty =
        "TmltaTtQw6TDpHTDtnM7UHVoZWxpbgpLaWVsbyBMYWtrYTtrdXR5w7Y7MDQwIDAwMCAwMDAyCjtrdXR5w7Y7Cg==";
    const std::string good = "TmltaTtQw6TDpHTDtnM7UHVoZWxpbgpLaWVsbyBMYWtrYTtrdXR5w7Y7MDQwIDAwMCAwMDAyCg==";
    CHECK(has(send(faulty, "false"), R"("errors":[{"line":3,"reason":"name_missing"}])"));
    CHECK(has(send(good, "true"), R"("new_people":1,"changed":0,"unchanged":0,"is_stored":false)"));
    CHECK(autumn.get("/api/periods/1/people").body == R"({"people":[]})");
    CHECK(has(send(good, "false"), R"("new_people":1,"changed":0,"unchanged":0,"is_stored":true)"));
    CHECK(has(send(good, "false"), R"("new_people":0,"changed":0,"unchanged":1,"is_stored":true)"));
    CHECK(has(autumn.get("/api/sessions/1"), "Kielo Lakka"));
    CHECK(send("*", "true").status == 400);
    CHECK(send(good, "true", "99").status == 404);
    CHECK(autumn.house.log().find("Kielo") == std::string::npos);
}

TEST_CASE("Season: details, packages and ends are changed, and the sessions know it") {
    Autumn autumn;
    const auto person = autumn.enrol("Kanerva Mustikka", of_work);
    const auto one = "/api/periods/1/people/" + person;
    const auto changed = autumn.post(one,
        R"({"name":"Kanerva Mustikka","decision_type":"social_rehabilitation","decision_from":"8.12.2026",)"
        R"("best_time":"aamulla","sms_allowed":true,"needs_shown":false})");
    CHECK(has(changed, R"("best_time":"aamulla","sms_allowed":true,"needs_shown":false)"));
    CHECK(has(changed, R"("state":"ended","first_day":"2026-12-03","last_day":"2026-12-07","kind":"work_activity")"));
    CHECK_FALSE(has(autumn.get("/api/sessions/2"), "Kanerva"));
    CHECK(has(autumn.post(one, R"({"name":"","decision_type":"x","sms_allowed":true,"needs_shown":true})"),
        R"("errors":[{"reason":"name_missing"},{"reason":"decision_type_unclear","value":"x"}])"));
    CHECK(has(autumn.post(one + "/enrolment", R"({"package":2,"day":"to 10.12.2026","choices":[]})"),
        R"("package":2,"state":"accepted","first_day":"2026-12-10")"));
    CHECK(autumn.post(one + "/enrolment", R"({"day":"ensi viikolla","choices":[]})").status == 400);
    CHECK(has(autumn.post(one + "/enrolment", R"({"day":"2026-12-04","choices":[]})"), R"("state":"withdrawn")"));
    // Who is in another package is not put into a second one by hand.
    const auto second = autumn.enrol("Vanamo Haapa", of_work);
    CHECK(has(autumn.post("/api/periods/1/people", R"({"name":"Vanamo Haapa","package":2,"choices":[]})"),
        "in_another_package"));
    CHECK(second != person);
}

TEST_CASE("Season: a supervisor sees their own people with their reasons, and nobody else's") {
    Autumn autumn;
    auto& house = autumn.house;
    const auto kanerva = autumn.enrol("Kanerva Mustikka", R"("supervisor":"Työnjohtaja 1",)" + of_work);
    const auto kielo = autumn.enrol("Kielo Lakka", R"("supervisor":"Työnjohtaja 2",)" + of_work);
    house.store().write_and_wait([&](records::Database& database) {
        database.script(
            "UPDATE registrations SET absence_told_at = 7, absence_reason = 'own_illness' WHERE session = 2");
    });
    house.add_account("Työnjohtaja 1", {{.role = StaffRole::supervisor, .series = {}}}, {"Työnjohtaja 1"});
    // Whoever works in the rooms as well sees no more by it.
    house.add_account("Työnjohtaja 2",
        {{.role = StaffRole::supervisor, .series = {}}, {.role = StaffRole::facilitator, .series = {}},
            {.role = StaffRole::moderator, .series = {}}, {.role = StaffRole::coordinator, .series = "Syksy"}},
        {"työnjohtaja 2"});
    const auto look = [&](const std::string& name, const std::string& path) {
        return ask(house, "GET", path, {}, sign_in(house, name).fields(house));
    };
    const auto page = "/api/periods/1/people/";
    const auto own = look("Työnjohtaja 1", page + kanerva);
    CHECK(own.status == 200);
    CHECK(has(own, R"("absence":{"reason":"own_illness","told_by":"","told_at":7})"));
    CHECK(look("Työnjohtaja 1", page + kielo).status == 404);
    CHECK(look("Työnjohtaja 2", page + kielo).status == 200);
    CHECK(look("Työnjohtaja 2", page + kanerva).status == 404);
    CHECK(look("Työnjohtaja 1", "/api/periods/1/people").status == 403);
    CHECK(has(autumn.get(page + kanerva), "own_illness"));
    CHECK(house.log().find("own_illness") == std::string::npos);
    CHECK(has(autumn.get("/api/people/" + kanerva + "/accesses"), R"("by":"Työnjohtaja 1")"));

    house.add_account("Sarjan koordinaattori", {{.role = StaffRole::coordinator, .series = "Syksy"}});
    house.add_account("Ohjaaja", {{.role = StaffRole::facilitator, .series = {}}});
    for (const auto* name : {"Sarjan koordinaattori", "Ohjaaja"}) {
        CHECK(look(name, page + kanerva).status == 403);
        CHECK(look(name, "/api/periods/1/people").status == 403);
    }
    CHECK(autumn.get(std::string{page} + "987").status == 404);
    CHECK(autumn.get("/api/periods/99/people/" + kanerva).status == 404);
    CHECK(autumn.get("/api/periods/99/people").status == 404);
}
