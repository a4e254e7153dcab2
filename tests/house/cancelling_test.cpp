// A day that is cancelled, and doors that open by themselves, asked of the whole server.

#include <future>

#include "house/house.hpp"
#include "people/cancelling.hpp"
#include "people/work.hpp"
#include "support/catch.hpp"
#include "support/smtp_sink.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace std::chrono_literals;
using protocol::Phase;
using protocol::Role;

namespace {

constexpr const char* cancel_path = "/api/sessions/1/cancel";
constexpr const char* ill = R"({"why":"staff_ill","words":" Ohjaaja on sairas. "})";

struct Desk {
    explicit Desk(HouseOptions options = {}, const people::SessionSettings& settings = {})
        : house{std::move(options)}, key{"Authorization: Bearer " + house.coordinator_key()} {
        session = house.plan_session(settings);
        house.store().write_and_wait([&](records::Database& database) {
            const auto draft = people::draft_of({.series = "Syksy",
                .theme = "Ruoka",
                .date = "2026-12-10",
                .start = "09:00",
                .end = "13:00",
                .question = {},
                .help_phone = {},
                .settings = {}});
            next = people::plan_session(database, std::get<people::SessionDraft>(draft));
        });
        next_starts_at = std::to_string(house.clock.utc().ms + 7 * 24 * 60 * 60'000);
    }
    Reply get(const std::string& path) { return ask(house, "GET", path, {}, {key}); }
    Reply post(const std::string& path, std::string_view body) { return ask(house, "POST", path, body, {key}); }
    Invited person(const std::string& name, const std::string& columns = {}) {
        auto invited = house.invite(session, Role::participant, name);
        if (!columns.empty())
            house.store().write_and_wait([&](records::Database& database) {
                database.write("UPDATE people SET " + columns + " WHERE id = ?", invited.person);
            });
        return invited;
    }
    Phase phase() {
        std::promise<Phase> seen;
        house.house->directory().room(session)->look(
            [&](const domain::Room& room) { seen.set_value(room.session.phase); });
        return seen.get_future().get();
    }

    TestHouse house;
    std::string key;
    protocol::SessionId session;
    protocol::SessionId next;
    std::string next_starts_at;
};

std::string field(const std::string& name, const std::string& value) { return "\"" + name + "\":" + value; }

}  // namespace

TEST_CASE("a day is cancelled with its words, its letters and its calls, or not at all") {
    const SmtpSink sink;
    Desk desk{{.mail_server = sink.address()}};
    const auto aino = desk.person("Aino Aalto", "email = 'aino@esimerkki.fi'");
    const auto bertta = desk.person("Bertta Berg", "phone = '040 123 4502', sms_allowed = 1");
    const auto cecilia = desk.person("Cecilia Cederberg", "phone = '040 123 4503', supervisor = 'Tiina Työ'");
    const auto before = desk.get("/api/sessions/1/cancelling");
    CHECK(has(before, R"({"people":3,"by_mail":1,"by_text":1,"by_call":1,"supervisors":1,"opened":0,)"));
    CHECK(has(before, R"("calls":[],"texts":[])"));
    CHECK_FALSE(has(before, "Cecilia"));

    CHECK(has(desk.post(cancel_path, R"({"why":"other","words":"  "})"), "text_empty"));
    CHECK(has(desk.post(cancel_path, R"({"why":"other","words":")" + std::string(501, 'a') + "\"}"), "text_too_long"));
    CHECK(has(desk.post(cancel_path,
                  R"({"why":"other","words":"Siirtyy","moves_to":{"date":"joskus","start":"9","end":"13"}})"),
        "date_unclear"));
    CHECK(desk.phase() == Phase::planned);

    const auto done = desk.post(cancel_path, ill);
    REQUIRE(done.status == 200);
    CHECK(has(done, R"("why":"staff_ill","words":"Ohjaaja on sairas.","by":"Kaisa Koordinaattori")"));
    CHECK(has(done, field("next_starts_at", desk.next_starts_at)));
    CHECK(has(done, R"("name":"Cecilia Cederberg","phone":"040 123 4503","supervisor":"Tiina Työ","tries":0)"));
    CHECK(has(done,
        R"("name":"Bertta Berg","phone":"0401234502","text":"Tapaaminen verkossa 3.12.2026 kello 9.00 on peruttu. )"
        R"(Ohjaaja on sairas. Seuraava tapaaminen on 10.12.2026 kello 9.00. Träffen är inställd.")"));
    CHECK_FALSE(has(done, "Aino"));
    CHECK_FALSE(has(done, "texts_wait_until"));
    CHECK(desk.phase() == Phase::cancelled);
    CHECK(desk.post(cancel_path, ill).status == protocol::status_of(protocol::RefusalWord::not_now));

    // The letter has the words, the next day, and takes the entry of the calendar back.
    wait_until([&] { return sink.letters().size() == 1; });
    const auto letter = sink.letters().front();
    CHECK(letter.find("To: <aino@esimerkki.fi>") != letter.npos);
    CHECK(letter.find("Ohjaaja on sairas.") != letter.npos);
    CHECK(letter.find("10.12.2026") != letter.npos);
    CHECK(letter.find("text/calendar; charset=utf-8; method=CANCEL") != letter.npos);
    CHECK(letter.find("/#") == letter.npos);

    // Neither the journal nor the log has the words, or a name.
    const auto reader = desk.house.store().open_reader();
    CHECK_FALSE(reader->has("SELECT 1 FROM steps WHERE instr(CAST(record AS TEXT), 'sairas') > 0"));
    CHECK(desk.house.log().find("sairas") == std::string::npos);
    CHECK(desk.house.log().find("Cecilia") == std::string::npos);

    // Links tell it, and open nothing.
    const auto looked = ask(desk.house, "POST", "/api/look", secret_body(aino.secret));
    CHECK(has(looked, R"("phase":"cancelled")"));
    CHECK(has(looked, R"("cancelled":"Ohjaaja on sairas.")"));
    CHECK(has(looked, field("next_starts_at", desk.next_starts_at)));
    const auto entered = ask(
        desk.house, "POST", "/api/enter", R"({"secret":")" + aino.secret + R"(","name":"Aino","netiquette":true})");
    CHECK(has(entered, R"("word":"over")"));
    wait_until([&] { return has(desk.get("/api/sessions/1/cancelling"), R"("opened":1)"); });

    // Calls are ticked.
    const auto person = std::to_string(cecilia.person.value);
    CHECK(has(desk.post("/api/sessions/1/calls", R"({"person":)" + person + R"(,"answered":false})"), R"("tries":1)"));
    CHECK(has(desk.post("/api/sessions/1/calls", R"({"person":)" + person + R"(,"answered":true})"),
        R"("told_by":"Kaisa Koordinaattori")"));
    CHECK(desk.post("/api/sessions/1/calls", R"({"person":987,"answered":true})").status == 404);

    // All of it is there after a restart.
    desk.house.open_anew();
    CHECK(desk.phase() == Phase::cancelled);
    CHECK(has(desk.get("/api/sessions"), R"("phase":"cancelled")"));
    CHECK(has(desk.get("/api/sessions/1"), R"("phase":"cancelled")"));
}

TEST_CASE("a day that is cancelled has nobody's row in any file") {
    Desk desk;
    desk.person("Aino Aalto");
    REQUIRE(desk.post(cancel_path, ill).status == 200);
    const auto day = desk.get("/api/sessions/1/attendance");
    CHECK(has(day, R"("phase":"cancelled")"));
    CHECK(has(day, R"("lines":[])"));
    CHECK_FALSE(has(day, "Aino"));
    const auto csv = desk.get("/api/sessions/1/attendance.csv");
    CHECK(has(csv, "Peruttu"));
    CHECK_FALSE(has(csv, "Aino"));
    wait_until([&] { return has(desk.get("/api/reports"), R"("phase":"cancelled")"); });
    CHECK(has(desk.get("/api/reports"), R"("totals":[])"));
    const auto reports = desk.get("/api/reports.csv");
    CHECK(has(reports, "Peruttu"));
    CHECK_FALSE(has(reports, "Aino"));
    // What is over is changed no more.
    CHECK(has(
        desk.post("/api/sessions/1", R"({"theme":"Uni","series":"Syksy","date":"2026-12-04","start":"9","end":"13"})"),
        "not_now"));
}

TEST_CASE("a session that is live is not cancelled, and nothing is written about it") {
    Desk desk;
    const auto chair = desk.house.invite(desk.session, Role::facilitator, "Ohjaaja");
    RoomClient client{desk.house};
    client.come_in(enter(desk.house, chair));
    REQUIRE_FALSE(client.outcome_of("c1", protocol::OpenDoors{}).refusal);
    REQUIRE_FALSE(client.outcome_of("c2", protocol::GoLive{}).refusal);
    CHECK(has(desk.post(cancel_path, ill), "not_now"));
    const auto reader = desk.house.store().open_reader();
    CHECK_FALSE(reader->has("SELECT 1 FROM cancelled_sessions"));
    CHECK(has(desk.post("/api/sessions/1/calls", R"({"person":1,"answered":true})"), "not_now"));
    CHECK(desk.phase() == Phase::live);
}

TEST_CASE("whoever is in the room is told that the day is cancelled, and may do nothing there") {
    Desk desk;
    const auto aino = desk.person("Aino");
    RoomClient client{desk.house};
    client.come_in(enter(desk.house, aino, "Aino"));
    REQUIRE(desk.post(cancel_path, ill).status == 200);
    const auto refusal = client.outcome_of("c1", protocol::AskForHelp{}).refusal;
    REQUIRE(refusal);
    CHECK(refusal->word == protocol::RefusalWord::not_now);
}

TEST_CASE("a day is moved with its people, and is told as the next one") {
    Desk desk;
    desk.person("Aino Aalto");
    const auto moved = desk.post(cancel_path,
        R"({"why":"technical","words":"Siirtyy.","moves_to":{"date":"4.12.2026","start":"10","end":"12"}})");
    REQUIRE(moved.status == 200);
    CHECK(has(moved, R"("moved_to":3)"));
    CHECK(has(moved, field("next_starts_at", std::to_string(desk.house.clock.utc().ms + 25 * 60 * 60'000))));
    const auto shown = desk.get("/api/sessions/3");
    CHECK(has(shown, R"("phase":"planned")"));
    CHECK(has(shown, "Aino Aalto"));
}

TEST_CASE("a day that is moved has its assignments, and the polls that were planned in its room") {
    Desk desk;
    const auto chair = desk.house.invite(desk.session, Role::facilitator, "Ohjaaja");
    RoomClient client{desk.house};
    client.come_in(enter(desk.house, chair));
    REQUIRE_FALSE(
        client.outcome_of("c1", protocol::MakePoll{.question = "Tauko?", .options = {"Kyllä", "Ei"}}).refusal);
    REQUIRE(ask(desk.house, "POST", "/api/sessions/1/assignments",
                R"({"title":"Unipäiväkirja","text":"Kirjoita.","questions":[],"minutes":30})",
                {"Authorization: Bearer " + chair.secret})
                .status == 200);
    REQUIRE(desk.post(cancel_path,
                    R"({"why":"technical","words":"Siirtyy.","moves_to":{"date":"4.12.2026","start":"10","end":"12"}})")
                .status == 200);
    const auto planned = [&] {
        std::promise<std::vector<protocol::MakePoll>> seen;
        desk.house.house->directory().room(protocol::SessionId{3})->look([&](const domain::Room& room) {
            seen.set_value(domain::planned_polls(room));
        });
        return seen.get_future().get();
    };
    const auto is_there = [&] { return planned().size() == 1 && planned().front().question == "Tauko?"; };
    wait_until(is_there);
    CHECK(people::assignments_of(*desk.house.store().open_reader(), protocol::SessionId{3}).size() == 1);
    // Once, also where the room is opened again.
    desk.house.open_anew();
    wait_until(is_there);
}

TEST_CASE("text messages wait for the morning, and it is said until when") {
    Desk desk;
    desk.session = desk.next;
    desk.person("Bertta Berg", "phone = '040 123 4502', sms_allowed = 1");
    // 22.00: the day after is cancelled.
    desk.house.clock.pass(13h);
    const auto done = desk.post("/api/sessions/" + std::to_string(desk.next.value) + "/cancel", ill);
    REQUIRE(done.status == 200);
    CHECK(has(done, R"("by_text":1)"));
    CHECK(has(done, R"("texts":[])"));
    CHECK(has(done, field("texts_wait_until", "1796364000000")));
}

TEST_CASE("the house opens doors in a room that nobody has asked for, also after a restart") {
    Desk desk{{}, {.doors_minutes = 30}};
    // It is the start: they are due as soon as the house looks.
    wait_until([&] {
        desk.house.house->timekeeper().wake();
        return desk.house.store().open_reader()->has(
            "SELECT 1 FROM steps WHERE session = 1 AND instr(CAST(record AS TEXT), 'doors_open') > 0");
    });
    CHECK(desk.phase() == Phase::doors_open);
    desk.house.open_anew();
    CHECK(desk.phase() == Phase::doors_open);
}

TEST_CASE("a link that opens before the doors do says when they open by themselves") {
    Desk desk;
    const auto plan = [&](const std::string& start, const people::SessionSettings& settings) {
        const auto draft = people::draft_of({.series = "Syksy",
            .theme = "Uni",
            .date = "2026-12-03",
            .start = start,
            .end = "13:00",
            .question = {},
            .help_phone = {},
            .settings = settings});
        desk.house.store().write_and_wait([&](records::Database& database) {
            desk.session = people::plan_session(database, std::get<people::SessionDraft>(draft));
        });
        const auto invited = desk.house.invite(desk.session, Role::participant, "Aino Aalto");
        return ask(desk.house, "POST", "/api/look", "{\"secret\":\"" + invited.secret + "\"}");
    };
    const auto by_itself = plan("11:00", {.doors_minutes = 30});
    CHECK(has(by_itself, R"("standing":"open")"));
    CHECK(has(by_itself, R"("phase":"planned")"));
    CHECK(has(by_itself, field("opens_at", "1796286600000")));
    const auto by_hand = plan("12:00", {});
    CHECK(has(by_hand, R"("phase":"planned")"));
    CHECK_FALSE(has(by_hand, "opens_at"));
}
