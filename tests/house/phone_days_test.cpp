// A day by phone, asked of the whole server: from the enrolment to the sealed day and its files, by each who may, and
// by those who may not.

#include <future>

#include "house/house.hpp"
#include "journal/sqlite_store.hpp"
#include "people/outside_days.hpp"
#include "people/registrations.hpp"
#include "support/catch.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using people::StaffRole;
using protocol::Mark;
using protocol::PersonId;
using protocol::SessionId;

namespace {

/// A period of one series, today and a week from now, which a package takes to days by phone. Maija is Päivi's,
/// Eino is Veikko's. Olli is placed in the days by phone; Mari has his role too, and is not.
struct PhoneWeek {
    PhoneWeek() {
        house.plan_session();
        house.store().write_and_wait([&](records::Database& database) {
            const auto draft = people::draft_of({.series = "Syksy",
                .theme = "Ruoka",
                .date = "2026-12-10",
                .start = "09:00",
                .end = "13:00",
                .question = {},
                .help_phone = {},
                .settings = {}});
            people::plan_session(database, std::get<people::SessionDraft>(draft));
            database.script(R"(
                INSERT INTO periods (name, name_key, first_day, last_day, weekday, starts, ends, doors_minutes,
                  skip_moves_turn) VALUES ('Syksy 2026', 'syksy 2026', '2026-12-01', '2026-12-31', 4, '09:00', '13:00',
                  30, 0);
                INSERT INTO period_series (period, place, series) VALUES (1, 0, 1);
                UPDATE sessions SET period = 1;
                INSERT INTO packages (period, name, name_key) VALUES (1, 'Etäpaja', 'etäpaja');
                INSERT INTO package_parts (package, series, way, instead) VALUES (1, 1, 'phone_day', 0);)");
        });
        kaisa = sign_in_as("Kaisa Koordinaattori 2", {{.role = StaffRole::coordinator, .series = {}}});
        maija = enrol("Maija Mäki", "Päivi Virtanen");
        eino = enrol("Eino Öhman", "Veikko Vieras");
        today = database_one("SELECT session FROM outside_days WHERE day = '2026-12-03'");
        next = database_one("SELECT session FROM outside_days WHERE day = '2026-12-10'");
        olli = sign_in_as("Olli Ohjaaja", {{.role = StaffRole::facilitator, .series = "Syksy"}});
        mari = sign_in_as("Mari Ohjaaja", {{.role = StaffRole::facilitator, .series = "Syksy"}});
        paivi = sign_in_as("Päivi Virtanen", {{.role = StaffRole::supervisor, .series = {}}}, {"Päivi Virtanen"});
        const auto placed = post("/api/periods/1/staff",
            R"({"person":)" + std::to_string(person_named("Olli Ohjaaja").value) +
                R"(,"role":"facilitator","way":"phone_day"})",
            kaisa);
        REQUIRE(placed.status == 200);
    }

    using Fields = std::vector<std::string>;
    Fields sign_in_as(
        const std::string& name, std::vector<people::GivenRole> roles, std::vector<std::string> supervises = {}) {
        house.add_account(name, std::move(roles), std::move(supervises));
        return testing::sign_in(house, name).fields(house);
    }
    Reply get(const std::string& path, const Fields& who) { return ask(house, "GET", path, {}, who); }
    Reply post(const std::string& path, const std::string& body, const Fields& who) {
        return ask(house, "POST", path, body, who);
    }
    PersonId enrol(const std::string& name, const std::string& supervisor) {
        const auto done = post("/api/periods/1/people",
            R"({"name":")" + name + R"(","package":1,"choices":[],"decision_type":"work_activity","supervisor":")" +
                supervisor + R"(","phone":"040 123 4567"})",
            kaisa);
        INFO(done.body);
        REQUIRE(has(done, R"({"person":)"));
        return person_named(name);
    }
    PersonId person_named(const std::string& name) {
        return house.store().open_reader()->one<PersonId>("SELECT id FROM people WHERE name = ?", name).value();
    }
    SessionId database_one(const char* sql) { return house.store().open_reader()->one<SessionId>(sql).value(); }

    std::string day_path(const std::string& what = {}) {
        return "/api/phone-days/" + std::to_string(today.value) + (what.empty() ? "" : "/" + what);
    }
    Reply act(
        const std::string& what, PersonId whose, std::int64_t version, const std::string& more, const Fields& who) {
        return post(day_path(what),
            R"({"person":)" + std::to_string(whose.value) + R"(,"version":)" + std::to_string(version) + more + "}",
            who);
    }

    TestHouse house;
    Fields kaisa, olli, mari, paivi;
    PersonId maija, eino;
    SessionId today, next;
};

const std::string answered = R"(,"answered":true)";
const std::string unanswered = R"(,"answered":false)";
const std::string walk = R"(,"title":" Kierrätyskävely ","minutes":90,"check_at":"10.30")";
const std::string done = R"(,"is_done":true,"minutes":90,"note":"Löysi hyvän reitin","agreed":"Kädentaitoja")";

}  // namespace

TEST_CASE("a day by phone goes from the enrolment to the sealed day, its files and the supervisor's page") {
    PhoneWeek week;
    const auto listed = week.get("/api/phone-days", week.olli);
    REQUIRE(listed.status == 200);
    CHECK(has(listed, R"("period":"Syksy 2026","people":2,"to_call":2,"doing":0,"checked":0)"));
    const auto before = week.get(week.day_path(), week.olli);
    CHECK(has(before, R"("sees_all":true,"can_end":true)"));
    CHECK(has(before, R"("name":"Maija Mäki")"));
    CHECK(has(before, R"("phone":"040 123 4567")"));

    CHECK(has(week.act("calls", week.maija, 0, answered, week.olli), R"("state":"called","version":1)"));
    const auto given = week.act("tasks", week.maija, 1, walk, week.olli);
    CHECK(has(given, R"("state":"doing","version":2)"));
    CHECK(has(given, R"("task":{"title":"Kierrätyskävely","minutes":90},"check_at":1796286600000)"));
    CHECK(has(given, R"("tasks":[{"title":"Kierrätyskävely","minutes":90}])"));
    const auto checked = week.act("checks", week.maija, 2, done, week.olli);
    CHECK(has(checked, R"("state":"checked","version":3)"));
    CHECK(has(checked, R"("minutes":90)"));
    CHECK(has(checked, R"("note":"Löysi hyvän reitin","agreed":"Kädentaitoja")"));
    CHECK(has(week.act("calls", week.eino, 0, unanswered, week.olli), R"("state":"to_call","version":1)"));

    const auto ended = week.post(week.day_path("end"), "{}", week.olli);
    CHECK(has(ended, R"("phase":"closed")"));
    CHECK(has(ended, R"("can_end":false)"));
    CHECK(has(week.post(week.day_path("end"), "{}", week.olli), "not_now"));

    // The workbench is the room's own line, to a facilitator too.
    const auto session = std::to_string(week.today.value);
    const auto entered = week.post("/api/sessions/" + session + "/enter", "{}", week.olli);
    REQUIRE(entered.status == 200);
    RoomClient bench{week.house};
    bench.come_in(entered.body.substr(11, entered.body.size() - 13));
    REQUIRE_FALSE(bench.outcome_of("1", protocol::MarkAllClear{}).refusal);
    CHECK(bench.outcome_of("2", protocol::OpenDoors{}).refusal->word == protocol::RefusalWord::not_now);
    REQUIRE_FALSE(bench
            .outcome_of("3", protocol::MarkAttendance{.person = week.eino,
                                 .version = 1,
                                 .mark = Mark::absent,
                                 .minutes = {},
                                 .reason = "Ei vastannut",
                                 .source = {}})
            .refusal);
    std::int64_t version{};
    std::promise<void> looked;
    week.house.house->directory().room(week.today)->look([&](const domain::Room& room) {
        version = room.attendance.version;
        looked.set_value();
    });
    looked.get_future().wait();
    REQUIRE_FALSE(bench.outcome_of("4", protocol::SealAttendance{.version = version}).refusal);

    const auto csv = week.get("/api/sessions/" + session + "/attendance.csv", week.kaisa);
    REQUIRE(csv.status == 200);
    CHECK(has(csv, "Maija Mäki"));
    CHECK(has(csv, "90"));
    CHECK_FALSE(has(csv, "Löysi"));
    CHECK_FALSE(has(csv, "Kierrätyskävely"));
    CHECK(week.get("/api/sessions/" + session + "/attendance.xlsx", week.kaisa).status == 200);
    const auto of_paivi = week.get("/api/sessions/" + session + "/attendance", week.paivi);
    REQUIRE(of_paivi.status == 200);
    CHECK(has(of_paivi, "Maija Mäki"));
    CHECK_FALSE(has(of_paivi, "Eino"));
    CHECK(has(of_paivi, R"("contact_seconds":5400,"contact_source":"phone")"));
    CHECK(has(week.act("checks", week.maija, 3, done, week.olli), "not_now"));
    CHECK_FALSE(has(week.get("/api/phone-days", week.olli), R"("session":)" + session + ","));

    // The next day knows what was done, and what was agreed.
    const auto after = week.get("/api/phone-days/" + std::to_string(week.next.value), week.olli);
    CHECK(has(after, R"("agreed_before":"Kädentaitoja")"));
    CHECK(has(after, R"("last":{"day":"2026-12-03","title":"Kierrätyskävely","minutes":90})"));
    for (const auto* words : {"Löysi", "Kierrätyskävely", "Kädentaitoja", "Maija"})
        CHECK(week.house.log().find(words) == std::string::npos);
}

TEST_CASE("of a day by phone everybody sees whom they may, and calls nobody else") {
    PhoneWeek week;
    // The role alone is not enough.
    CHECK(week.get(week.day_path(), week.mari).status == 404);
    CHECK(has(week.get("/api/phone-days", week.mari), R"({"days":[]})"));
    CHECK(week.act("calls", week.maija, 0, answered, week.mari).status == 404);
    CHECK_FALSE(has(week.get("/api/sessions", week.mari), "Etäpajapäivä"));
    CHECK(has(week.get("/api/sessions", week.olli), R"("way":"phone_day")"));

    const auto own = week.get(week.day_path(), week.paivi);
    REQUIRE(own.status == 200);
    CHECK(has(own, R"("sees_all":false,"can_end":false)"));
    CHECK(has(own, "Maija Mäki"));
    CHECK_FALSE(has(own, "Eino"));
    CHECK(has(own, R"("is_own":true)"));
    CHECK(has(week.get("/api/phone-days", week.paivi), R"("people":1,"to_call":1)"));
    CHECK(has(week.act("calls", week.maija, 0, answered, week.paivi), R"("state":"called")"));
    CHECK(has(week.act("calls", week.eino, 0, answered, week.paivi), "not_found"));
    CHECK(week.post(week.day_path("end"), "{}", week.paivi).status == 403);

    CHECK(has(week.get(week.day_path(), week.kaisa), "Eino"));
    const auto key = bearer(week.house.coordinator_key());
    CHECK(week.get(week.day_path(), {key}).status == 200);
    // By the key it would be nobody who called.
    CHECK(has(week.act("calls", week.eino, 0, answered, {key}), "not_permitted"));
    CHECK(has(
        week.post("/api/phone-days/1/calls", R"({"person":1,"version":0,"answered":true})", week.kaisa), "invalid"));
}

TEST_CASE("what was done last is taken back by who did it or a placed worker, and a row that has moved on is refused") {
    PhoneWeek week;
    REQUIRE(week.act("calls", week.maija, 0, answered, week.paivi).status == 200);
    CHECK(has(week.act("tasks", week.maija, 0, walk, week.olli), "version_conflict"));
    const auto given = week.act("tasks", week.maija, 1, walk, week.olli);
    CHECK(has(given, R"("by":"Olli Ohjaaja")"));
    CHECK(has(given, R"("can_undo":true)"));
    CHECK(has(week.get(week.day_path(), week.paivi), R"("can_undo":false)"));
    CHECK(has(week.act("undo", week.maija, 2, "", week.paivi), "not_permitted"));
    CHECK(has(week.act("undo", week.maija, 1, "", week.olli), "version_conflict"));
    const auto undone = week.act("undo", week.maija, 2, "", week.olli);
    CHECK(has(undone, R"("state":"called","version":3)"));
    CHECK_FALSE(has(undone, "Kierrätyskävely"));
    CHECK(has(week.act("undo", week.maija, 3, "", week.kaisa), R"("state":"to_call","version":4)"));
    CHECK(has(week.act("undo", week.maija, 4, "", week.olli), "not_now"));
    // After a restart it stands as it stood.
    week.house.open_anew();
    week.olli = testing::sign_in(week.house, "Olli Ohjaaja").fields(week.house);
    CHECK(has(week.act("calls", week.maija, 4, answered, week.olli), R"("state":"called","version":5)"));
}

TEST_CASE("what cannot be read in a form of a day by phone is said, and nothing is lost") {
    PhoneWeek week;
    const auto tasks = [&](const std::string& more) { return week.act("tasks", week.maija, 0, more, week.olli); };
    CHECK(has(tasks(R"(,"title":"  ","minutes":60)"), "text_empty"));
    CHECK(has(tasks(R"(,"title":"Kävely","minutes":0)"), "minutes_unclear"));
    CHECK(has(tasks(R"(,"title":"Kävely","minutes":60,"check_at":"iltapäivällä")"), "start_unclear"));
    CHECK(has(week.act("checks", week.maija, 0, R"(,"is_done":true)", week.olli), "minutes_unclear"));
    CHECK(has(week.act("checks", week.maija, 0,
                  R"(,"is_done":true,"minutes":60,"note":")" + std::string(201, 'a') + "\"", week.olli),
        "text_too_long"));
    CHECK(has(week.act("checks", week.maija, 0, R"(,"is_done":false)", week.olli), "not_now"));
    CHECK(has(week.get(week.day_path(), week.olli), R"("state":"to_call","version":0)"));
    // A clock as people write it, and no words at all.
    CHECK(has(tasks(R"(,"title":"Kävely","minutes":60,"check_at":"klo 14")"), R"("check_at":1796299200000)"));
    CHECK(has(week.act("checks", week.maija, 1, R"(,"is_done":true,"minutes":60,"note":"","agreed":" ")", week.olli),
        R"("state":"checked","version":2)"));
    // Nobody is called before the day.
    CHECK(has(week.post("/api/phone-days/" + std::to_string(week.next.value) + "/calls",
                  R"({"person":)" + std::to_string(week.maija.value) + R"(,"version":0,"answered":true})", week.olli),
        "not_now"));
}

TEST_CASE("a day by phone is cancelled as others are, and is not moved, copied or changed") {
    PhoneWeek week;
    const auto path = "/api/sessions/" + std::to_string(week.today.value);
    const std::string words = R"("why":"staff_ill","words":"Työnjohtaja on sairas.")";
    CHECK(has(week.post(path + "/cancel", "{" + words + R"(,"moves_to":{"date":"10.12.2026","start":"9","end":"13"}})",
                  week.kaisa),
        "not_now"));
    CHECK(has(week.post(path + "/cancel", "{" + words + "}", week.kaisa), R"("why":"staff_ill")"));
    CHECK(has(week.act("calls", week.maija, 0, answered, week.olli), "not_now"));
    CHECK_FALSE(has(week.get("/api/phone-days", week.olli), R"("session":)" + std::to_string(week.today.value) + ","));
}

TEST_CASE("a day by phone goes with the period's day when that is moved, or held at another time") {
    PhoneWeek week;
    const auto room = week.database_one("SELECT id FROM sessions WHERE period = 1 AND starts_at > 1796800000000");
    const auto moved = week.post("/api/sessions/" + std::to_string(room.value) + "/cancel",
        R"({"why":"staff_ill","words":"Siirtyy.","moves_to":{"date":"11.12.2026","start":"10","end":"14"}})",
        week.kaisa);
    REQUIRE(moved.status == 200);
    const auto days = [&] {
        std::vector<std::string> found;
        const auto reader = week.house.store().open_reader();
        auto rows = reader->read(
            "SELECT o.day FROM outside_days o JOIN registrations r ON r.session = o.session WHERE r.person = ? AND "
            "r.role = 'participant' ORDER BY o.day",
            week.maija);
        while (rows.next()) found.push_back(rows.text(0));
        return found;
    };
    CHECK(days() == std::vector<std::string>{"2026-12-03", "2026-12-11"});
}

TEST_CASE("who has been called stays on the list of the day") {
    PhoneWeek week;
    REQUIRE(week.act("calls", week.maija, 0, answered, week.olli).status == 200);
    const auto path = "/api/sessions/" + std::to_string(week.today.value) + "/people/";
    CHECK(has(week.post(path + std::to_string(week.maija.value) + "/remove", "{}", week.kaisa), "not_now"));
    CHECK(week.post(path + std::to_string(week.eino.value) + "/remove", "{}", week.kaisa).status == 200);
    const auto shown = week.get(week.day_path(), week.olli);
    CHECK(has(shown, "Maija Mäki"));
    CHECK_FALSE(has(shown, "Eino Öhman"));
}

TEST_CASE("the own page tells that somebody calls, and an absence that is told there is seen on the list") {
    PhoneWeek week;
    std::string secret;
    week.house.store().write_and_wait([&](records::Database& database) {
        database.write("UPDATE sessions SET help_phone = '040 123' WHERE id = ?", week.today);
    });
    const auto linked = week.post(
        "/api/periods/1/links", R"({"people":[)" + std::to_string(week.maija.value) + R"(],"renew":true})", week.kaisa);
    INFO(linked.body);
    const auto at = linked.body.find('#');
    REQUIRE(at != std::string::npos);
    secret = linked.body.substr(at + 1, 22);
    const auto page = week.get("/api/own", {bearer(secret)});
    CHECK(has(page, R"("way":"phone_day")"));
    CHECK(has(page, R"("help_phone":"040 123")"));
    CHECK(has(page, R"("is_door_open":false)"));
    for (const auto* words : {"note", "agreed", "task"}) CHECK_FALSE(has(page, words));
    // Their calendar and their letter have it as well: the calendar without what it is.
    const std::vector<std::string> own{bearer(secret), "Origin: " + week.house.origin()};
    const auto made = ask(week.house, "POST", "/api/own/calendar", "{}", own);
    const auto calendar_at = made.body.find("/calendar/");
    REQUIRE(calendar_at != std::string::npos);
    const auto calendar = week.get(made.body.substr(calendar_at, made.body.find('"', calendar_at) - calendar_at), {});
    CHECK(has(
        calendar, "UID:etakahvila-" + std::to_string(week.today.value) + "-" + std::to_string(week.maija.value) + "@"));
    CHECK(has(calendar, "SUMMARY:Tapaaminen\r\n"));
    CHECK(has(calendar, "DESCRIPTION:\r\n"));
    for (const auto* words : {"soitetaan", "phone"}) CHECK_FALSE(has(calendar, words));
    CHECK(ask(week.house, "POST", "/api/own/absence",
              R"({"session":)" + std::to_string(week.today.value) + R"(,"cannot_come":true,"reason":"job_interview"})",
              {bearer(secret), "Origin: " + week.house.origin()})
              .status == 200);
    CHECK(has(week.get(week.day_path(), week.olli), R"("state":"excused")"));
    CHECK_FALSE(has(week.get(week.day_path(), week.olli), "job_interview"));
}
