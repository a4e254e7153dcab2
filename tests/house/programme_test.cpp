// The coordinator's season over HTTP: from an empty site to a period with its days, themes, packages and staff.

#include "house/house.hpp"
#include "journal/sqlite_store.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using people::StaffRole;

namespace {

struct Office {
    Office() : key{bearer(house.coordinator_key())} {}
    Reply get(const std::string& path) const { return ask(house, "GET", path, {}, {key}); }
    Reply post(const std::string& path, std::string_view body) const { return ask(house, "POST", path, body, {key}); }

    void add_series(const std::string& name) const {
        REQUIRE(post("/api/series", R"({"name":")" + name + R"(","is_for_all":true,"kinds":[],"start":"9","end":"13"})")
                    .status == 200);
    }
    /// The three series of autumn 2020, in the order of their turns, and their period as it was.
    void plan_autumn() const {
        for (const auto* name : {"Osallisuus ja liikunta", "Etätyövalmennus", "Etäkahvila"}) add_series(name);
        REQUIRE(post("/api/periods", autumn).body == R"({"id":1})");
    }

    static constexpr std::string_view autumn =
        R"({"name":"Syksy 2020","first_day":"6.8.2020","last_day":"17.12.2020","weekday":4,"start":"9","end":"13",)"
        R"("doors_minutes":30,"series":[1,2,3],"skipped":[{"day":"13.8.2020","why":"Väliviikko"}],)"
        R"("skip_moves_turn":false})";
    /// This week and the next, on the clock's day.
    static constexpr std::string_view now =
        R"({"name":"Joulukuu","first_day":"3.12.2026","last_day":"10.12.2026","weekday":4,"start":"9","end":"13",)"
        R"("doors_minutes":0,"series":[1],"skipped":[],"skip_moves_turn":false})";

    TestHouse house;
    std::string key;
};

std::string base64_of(std::string_view bytes) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        unsigned bits = 0;
        for (std::size_t next = at; next < at + 3; ++next)
            bits = bits << 8U | (next < bytes.size() ? static_cast<unsigned char>(bytes[next]) : 0U);
        for (unsigned letter = 0; letter < 4; ++letter)
            text += at + letter > bytes.size() ? '=' : letters[bits >> (18U - 6U * letter) & 63U];
    }
    return text;
}

std::string file_body(std::string_view bytes, bool dry_run) {
    return R"({"file":")" + base64_of(bytes) + R"(","dry_run":)" + (dry_run ? "true" : "false") + "}";
}

}  // namespace

TEST_CASE("An empty site is led from its series to a season whose days are made, once") {
    Office office;
    CHECK(office.get("/api/series").body == R"({"series":[]})");
    CHECK(office.get("/api/periods").body == R"({"periods":[]})");
    office.plan_autumn();
    CHECK(has(office.get("/api/series"), R"("name":"Etäkahvila","is_for_all":true)"));
    const auto preview = office.post("/api/periods/preview?period=1", Office::autumn);
    CHECK(has(preview, R"({"day":"2020-08-13","why":"Väliviikko"})"));
    CHECK(has(preview, R"("new_days":19,"made_days":0)"));
    CHECK(has(office.get("/api/periods/1"), R"({"kind":"unmade","count":19,"names":[]})"));

    const auto made = office.post("/api/periods/1/make", "{}");
    CHECK(has(made, R"("created":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19],"made_before":0)"));
    CHECK(office.post("/api/periods/1/make", "{}").body == R"({"created":[],"made_before":19})");
    CHECK(has(office.get("/api/sessions"), R"("theme":"Etäkahvila","series":"Etäkahvila")"));
    CHECK(has(office.get("/api/periods"), R"("sessions":19,"people":0)"));
    const auto page = office.get("/api/periods/1");
    CHECK(has(page, R"({"day":"2020-08-06","series":1,"session":1,"theme":"Osallisuus ja liikunta",)"
                    R"("starts_at":1596693600000,"ends_at":1596708000000,"phase":"planned","registered":0)"));
    CHECK(office.post("/api/periods/1/remove", "{}").status == 409);
    CHECK(has(office.post("/api/periods/preview", Office::autumn), R"("new_days":0,"made_days":19)"));
}

TEST_CASE("The programme's file is looked at, taken in, and given back as it was") {
    Office office;
    office.plan_autumn();
    office.post("/api/periods/1/make", "{}");
    const auto real = test_file("data/programme-autumn-2020.csv");
    const auto* path = "/api/periods/1/programme";
    CHECK(has(office.post(path, file_body(real, true)), R"("rows":19,"errors":[],"changed":19,"unchanged":0)"));
    CHECK_FALSE(has(office.get("/api/sessions"), "Ravinto"));
    CHECK(has(office.post(path, file_body(real, false)), R"("changed":19,"unchanged":0)"));
    CHECK(has(office.post(path, file_body(real, false)), R"("changed":0,"unchanged":19)"));
    const auto file = office.get("/api/periods/1/programme.csv");
    CHECK(file.body == "\xef\xbb\xbf" + real);
    CHECK(file.field("Content-Type") == "text/csv; charset=utf-8");
    // What comes out goes in.
    CHECK(has(office.post(path, file_body(file.body, false)), R"("changed":0,"unchanged":19)"));
    const auto wrong = office.post(
        path, file_body("date;start;end;series;theme\n7.8.2020;9;13;Etäkahvila;Uni\n", false));
    CHECK(has(wrong, R"("errors":[{"line":2,"reason":"no_such_day","value":"2020-08-07 Etäkahvila"}])"));
    CHECK(office.post(path, R"({"file":"?","dry_run":false})").status == 400);
    CHECK(office.post("/api/periods/9/programme", file_body(real, true)).status == 404);
}

TEST_CASE("A form with eight faults is told each of them, and nothing is stored") {
    Office office;
    const auto* form = R"({"name":"","first_day":"joskus","last_day":"31.2.2021","weekday":8,"start":"aamulla",)"
                       R"("end":"illalla","doors_minutes":-1,"series":[],"skip_moves_turn":false})";
    for (const auto* path : {"/api/periods", "/api/periods/preview"}) {
        const auto refused = office.post(path, form);
        CHECK(refused.status == 400);
        CHECK(
            has(refused, R"("errors":[{"reason":"name_missing"},{"reason":"date_unclear","value":"joskus"},)"
                         R"({"reason":"date_unclear","value":"31.2.2021"},{"reason":"not_allowed","value":"weekday"},)"
                         R"({"reason":"start_unclear","value":"aamulla"},{"reason":"end_unclear","value":"illalla"},)"
                         R"({"reason":"not_allowed","value":"doors_minutes"},{"reason":"series_missing"}])"));
    }
    CHECK(office.get("/api/periods").body == R"({"periods":[]})");
    const auto series = office.post(
        "/api/series", R"({"name":"","is_for_all":false,"kinds":["x"],"start":"a","end":"b"})");
    CHECK(series.status == 400);
    CHECK(has(series, R"({"reason":"series_missing"})"));
    CHECK(has(series, R"({"reason":"not_allowed","value":"kinds"})"));
    CHECK(office.post("/api/series/7", R"({"name":"A","is_for_all":true,"kinds":[],"start":"9","end":"13"})").status ==
          404);
    for (const auto* path : {"/api/periods/7/make", "/api/periods/7/remove"})
        CHECK(office.post(path, "{}").status == 404);
    CHECK(office.post("/api/periods/7", Office::autumn).status == 404);
    for (const auto* path : {"/api/periods/7", "/api/periods/7/programme.csv"}) CHECK(office.get(path).status == 404);
}

TEST_CASE("A season is for who coordinates all, and for nobody else") {
    Office office;
    office.plan_autumn();
    office.house.add_account("Sarjan koordinaattori", {{.role = StaffRole::coordinator, .series = "Etäkahvila"}});
    office.house.add_account("Olli", {{.role = StaffRole::facilitator, .series = {}}});
    office.house.add_account("Päivi", {{.role = StaffRole::supervisor, .series = {}}});
    for (const auto* name : {"Sarjan koordinaattori", "Olli", "Päivi"}) {
        INFO(name);
        const auto fields = sign_in(office.house, name).fields(office.house);
        for (const auto* path : {"/api/series", "/api/periods", "/api/periods/1", "/api/periods/1/programme.csv"})
            CHECK(ask(office.house, "GET", path, {}, fields).status == 403);
        for (const auto* path : {"/api/series", "/api/series/1", "/api/periods", "/api/periods/1",
                 "/api/periods/preview", "/api/periods/1/make", "/api/periods/1/remove", "/api/periods/1/programme",
                 "/api/periods/1/packages", "/api/periods/1/packages/remove", "/api/periods/1/staff"})
            CHECK(ask(office.house, "POST", path, "{}", fields).status == 403);
    }
    CHECK(ask(office.house, "GET", "/api/periods").status == 401);
}

TEST_CASE("Packages are put and removed, and their faults are named") {
    Office office;
    office.plan_autumn();
    const std::string path = "/api/periods/1/packages";
    const auto put = office.post(path, R"({"name":"Torstaipaketti","parts":[{"series":1,"way":"room","instead":false},)"
                                       R"({"series":2,"way":"room","instead":true}]})");
    CHECK(put.body == R"({"packages":[{"id":1,"name":"Torstaipaketti","parts":[)"
                      R"({"series":1,"way":"room","instead":false},{"series":2,"way":"room","instead":true}],)"
                      R"("people":0}]})");
    const auto wrong = office.post(path, R"({"name":"torstaipaketti","parts":[]})");
    CHECK(wrong.status == 400);
    CHECK(has(wrong, R"({"reason":"name_taken","value":"torstaipaketti"})"));
    CHECK(has(wrong, R"({"reason":"series_missing"})"));
    // A season that is over needs nobody any more; one that is on needs its people.
    CHECK_FALSE(has(office.get("/api/periods/1"), R"("kind":"no_people")"));
    REQUIRE(office.post("/api/periods", Office::now).status == 200);
    REQUIRE(office
                .post("/api/periods/2/packages",
                    R"({"name":"Torstaipaketti","parts":[{"series":1,"way":"room","instead":false}]})")
                .status == 200);
    CHECK(has(office.get("/api/periods/2"), R"("kind":"no_people")"));
    CHECK(office.post(path + "/remove", R"({"id":1})").body == R"({"packages":[]})");
    CHECK(office.post(path + "/remove", R"({"id":1})").status == 404);
}

TEST_CASE("A day whose start has passed without its staff is told first, until they are there") {
    Office office;
    office.add_series("Syksy");
    REQUIRE(office.post("/api/periods", Office::now).status == 200);
    office.house.add_account("Olli", {{.role = StaffRole::facilitator, .series = {}}});
    REQUIRE(has(office.post("/api/periods/1/make", "{}"), R"("created":[1,2])"));
    const auto first = R"("todo":[{"kind":"nobody_of_staff","session":1,"count":1,"names":[]},)"
                       R"({"kind":"staff_missing","session":1,"count":2,"names":[]})";
    CHECK(has(office.get("/api/periods/1"), first));
    const auto fields = sign_in(office.house, "Olli").fields(office.house);
    const auto entered = ask(office.house, "POST", "/api/sessions/1/enter", "{}", fields);
    REQUIRE(entered.status == 200);
    RoomClient room{office.house};
    room.come_in(entered.body.substr(11, entered.body.size() - 13));
    CHECK(has(office.get("/api/periods/1"), R"("todo":[{"kind":"staff_missing","session":1)"));
}

TEST_CASE("A substitute takes the place of somebody, whose line to the day is closed") {
    Office office;
    office.add_series("Syksy");
    REQUIRE(office.post("/api/periods", Office::now).status == 200);
    office.house.add_account("Olli", {{.role = StaffRole::facilitator, .series = {}}});
    office.house.add_account("Liisa", {{.role = StaffRole::facilitator, .series = {}}});
    office.post("/api/periods/1/make", "{}");
    const auto page = office.get("/api/periods/1");
    const auto person_of = [&](const std::string& name) {
        const auto end = page.body.find(R"(,"role":"facilitator","name":")" + name);
        const auto begin = page.body.rfind(':', end - 1) + 1;
        return page.body.substr(begin, end - begin);
    };
    const auto olli = person_of("Olli");
    const auto liisa = person_of("Liisa");
    const std::string path = "/api/periods/1/staff";
    CHECK(has(office.post(path, R"({"person":)" + olli + R"(,"role":"facilitator"})"),
        R"("absences":0,"facilitators":1,"moderators":0},{"day":"2026-12-10")"));
    const auto fields = sign_in(office.house, "Olli").fields(office.house);
    const auto entered = ask(office.house, "POST", "/api/sessions/1/enter", "{}", fields);
    RoomClient room{office.house};
    room.come_in(entered.body.substr(11, entered.body.size() - 13));
    CHECK(
        office.post(path, R"({"person":)" + liisa + R"(,"role":"facilitator","session":1,"in_place_of":)" + olli + "}")
            .status == 200);
    CHECK(room.close_code() == 4501);
    CHECK(has(office.get("/api/sessions/1"), "Liisa"));
    CHECK_FALSE(has(office.get("/api/sessions/1"), "Olli"));
    CHECK(has(office.get("/api/sessions/2"), "Olli"));
    CHECK(office.post(path, R"({"person":)" + liisa + R"(,"role":"moderator"})").status == 403);
    CHECK(office.post(path, R"({"person":)" + liisa + R"(,"role":"participant"})").status == 400);
    CHECK(office.post(path, R"({"person":987,"role":"facilitator"})").status == 404);
}
