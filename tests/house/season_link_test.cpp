// One link and one code for a season, over HTTP: at the door, on the own page, on paper and by mail.

#include "base/secret.hpp"
#include "house/house.hpp"
#include "people/local_time.hpp"
#include "people/matching.hpp"
#include "people/work.hpp"
#include "support/catch.hpp"
#include "support/smtp_sink.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace std::chrono_literals;
using protocol::PersonId;
using protocol::SessionId;

namespace {

std::string value_of(const std::string& body, const std::string& field) {
    const auto begin = body.find("\"" + field + "\":\"") + field.size() + 4;
    return body.substr(begin, body.find('"', begin) - begin);
}

/// Today's session, one of the evening, and one a week later; Maija is enrolled and in all of them.
struct Autumn {
    explicit Autumn(HouseOptions options = {}) : house{std::move(options)}, key{bearer(house.coordinator_key())} {
        house.store().write_and_wait([&](records::Database& database) {
            database.write(
                "INSERT INTO periods (id, name, name_key, first_day, last_day, weekday, starts, ends, doors_minutes, "
                "skip_moves_turn) VALUES (1, 'Syksy 2026', 'syksy 2026', '2026-11-26', '2026-12-17', 4, '09:00', "
                "'13:00', 30, 1)");
            database.write("INSERT INTO packages (id, period, name, name_key) VALUES (1, 1, 'Kaikki', 'kaikki')");
            maija = person(database, "Maija Mustikka", "maija@esimerkki.fi");
            pentti = person(database, "Pentti Puolukka", {});
        });
        today = day("2026-12-03", "09:00", "13:00");
        next = day("2026-12-10", "09:00", "13:00");
    }

    PersonId person(records::Database& database, const char* name, const std::optional<std::string>& email) {
        people::PersonDetails details;
        details.name = name;
        details.decision_type = "work_activity";
        details.supervisor = "Päivi Virtanen";
        details.email = email;
        const auto made = std::get<PersonId>(people::add_person(database, details));
        database.write(
            "INSERT INTO enrolments (person, period, package, first_day, last_day, state, made_at) VALUES (?, 1, 1, "
            "'2026-11-26', '2026-12-17', 'accepted', 0)",
            made);
        return made;
    }
    SessionId day(const std::string& date, const std::string& from, const std::string& to) {
        const auto draft = people::draft_of({.series = "Keskustelukahvila",
            .theme = "Uni",
            .date = date,
            .start = from,
            .end = to,
            .question = {},
            .help_phone = "040 123",
            .settings = {}});
        SessionId session;
        house.store().write_and_wait([&](records::Database& database) {
            session = people::plan_session(database, std::get<people::SessionDraft>(draft));
            database.write("UPDATE sessions SET period = 1 WHERE id = ?", session);
            for (const auto who : {maija, pentti}) people::register_person(database, session, who);
        });
        return session;
    }

    Reply get(const std::string& path) { return ask(house, "GET", path, {}, {key}); }
    Reply post(const std::string& path, std::string_view body) { return ask(house, "POST", path, body, {key}); }
    /// Maija's link and code, made now.
    Invited link() {
        const auto made = post(
            "/api/periods/1/links", R"({"people":[)" + std::to_string(maija.value) + R"(],"renew":true})");
        REQUIRE(made.status == 200);
        const auto address = value_of(made.body, "link");
        REQUIRE(address.starts_with(house.origin() + "/#"));
        return {.person = maija, .secret = address.substr(address.find('#') + 1), .code = value_of(made.body, "code")};
    }
    Reply look(const std::string& secret) { return ask(house, "POST", "/api/look", secret_body(secret)); }
    Reply own(const std::string& secret) { return ask(house, "GET", "/api/own", {}, {bearer(secret)}); }
    Reply absence(const std::string& secret, SessionId session, const std::string& rest) {
        return ask(house, "POST", "/api/own/absence", "{\"session\":" + std::to_string(session.value) + rest + "}",
            {bearer(secret), "Origin: " + house.origin()});
    }
    Reply make_calendar(const std::string& secret) {
        return ask(house, "POST", "/api/own/calendar", "{}", {bearer(secret), "Origin: " + house.origin()});
    }
    /// Of the address that is made now.
    std::string calendar_path(const std::string& secret) {
        const auto made = make_calendar(secret);
        REQUIRE(made.status == 200);
        const auto address = value_of(made.body, "address");
        REQUIRE(address.starts_with(house.origin() + "/calendar/"));
        return address.substr(house.origin().size());
    }
    std::string named(const std::string& key_shown, SessionId session) {
        return key_shown + "." + std::to_string(session.value);
    }

    TestHouse house;
    std::string key;
    PersonId maija;
    PersonId pentti;
    SessionId today;
    SessionId next;
};

std::string entry_of(SessionId session, PersonId person) {
    return "UID:etakahvila-" + std::to_string(session.value) + "-" + std::to_string(person.value) + "@";
}

std::string session_part(SessionId session) { return "\"session\":{\"id\":" + std::to_string(session.value) + ","; }

}  // namespace

TEST_CASE("A season's link opens today's room by secret and code, and on other days the own page") {
    Autumn autumn;
    const auto link = autumn.link();
    auto looked = autumn.look(link.secret);
    CHECK(standing_of(looked) == "open");
    CHECK(has(looked, session_part(autumn.today)));
    CHECK(has(looked, "\"season\":true"));
    CHECK(has(looked, "\"is_staff_here\":false"));
    CHECK_FALSE(has(looked, "\"next\""));
    CHECK(standing_of(ask(autumn.house, "POST", "/api/look", "{\"code\":\"" + link.code + "\"}")) == "open");
    const auto olli = autumn.house.invite(autumn.today, protocol::Role::facilitator, "Olli");
    RoomClient staff{autumn.house};
    staff.come_in(enter(autumn.house, olli));
    CHECK(has(autumn.look(link.secret), "\"is_staff_here\":true"));
    {
        RoomClient maija{autumn.house};
        maija.come_in(enter(autumn.house, link, "Mustikka"));
        CHECK(has(autumn.look(link.secret), "\"entered\":true"));
    }
    CHECK(ask(autumn.house, "GET", "/api/work", {}, {bearer(link.secret)}).status == 200);

    // The day is over by its clock: the next one is what the link is for, and nothing opens.
    autumn.house.clock.pass(9h);
    looked = autumn.look(link.secret);
    CHECK(standing_of(looked) == "early");
    CHECK(has(looked, session_part(autumn.next)));
    CHECK(has(ask(autumn.house, "POST", "/api/enter", "{\"secret\":\"" + link.secret + "\",\"netiquette\":true}"),
        "too_early"));
    CHECK(has(autumn.own(link.secret), "\"days\":[{\"session\":" + std::to_string(autumn.next.value)));
    CHECK(ask(autumn.house, "GET", "/api/own", {}, {bearer(link.code)}).status == 403);
    // What was written on the day that was is named by its number.
    CHECK(ask(autumn.house, "GET", "/api/work", {}, {bearer(autumn.named(link.secret, autumn.today))}).status == 200);
    CHECK(standing_of(autumn.look(autumn.named(link.secret, autumn.today))) == "over");
    CHECK(autumn.look(autumn.named(link.secret, SessionId{99})).status == 404);
    // The link is in no log.
    CHECK(autumn.house.log().find(link.secret) == std::string::npos);
    CHECK(autumn.house.log().find("Mustikka") == std::string::npos);
}

TEST_CASE("Two sessions on one day: the look names both, and the one that is named is come into") {
    Autumn autumn;
    const auto evening = autumn.day("2026-12-03", "17:00", "19:00");
    const auto link = autumn.link();
    const auto looked = autumn.look(link.secret);
    CHECK(has(looked, session_part(autumn.today)));
    CHECK(has(looked, "\"next\":[{\"id\":" + std::to_string(autumn.today.value) + ","));
    CHECK(has(looked, "{\"id\":" + std::to_string(evening.value) + ","));
    const auto of_evening = autumn.look(autumn.named(link.secret, evening));
    CHECK(has(of_evening, session_part(evening)));
    CHECK_FALSE(has(of_evening, "\"next\""));
    Invited named = link;
    named.secret = autumn.named(link.secret, evening);
    RoomClient maija{autumn.house};
    maija.come_in(enter(autumn.house, named, "Mustikka"));
    CHECK(has(autumn.look(named.secret), "\"entered\":true"));
    CHECK(has(autumn.look(autumn.named(link.secret, autumn.today)), "\"entered\":false"));
    CHECK(has(ask(autumn.house, "POST", "/api/look", "{\"code\":\"" + autumn.named(link.code, evening) + "\"}"),
        session_part(evening)));
}

TEST_CASE("A ban closes the day by a season's link and no other, and only a coordinator ends the link") {
    Autumn autumn;
    const auto link = autumn.link();
    const auto mari = autumn.house.invite(autumn.today, protocol::Role::moderator, "Mari");
    RoomClient moderator{autumn.house};
    moderator.come_in(enter(autumn.house, mari));
    REQUIRE_FALSE(moderator.outcome_of("doors-1", protocol::OpenDoors{}).refusal);
    RoomClient maija{autumn.house};
    maija.come_in(enter(autumn.house, link, "Mustikka"));
    CHECK_FALSE(moderator
            .outcome_of(
                "ban-maija-1", protocol::RemovePerson{.person = autumn.maija, .reason = "Uhkaili muita.", .ban = true})
            .refusal);
    CHECK(maija.close_code() == 4503);
    CHECK(standing_of(autumn.look(link.secret)) == "revoked");
    CHECK(has(autumn.look(link.secret), "\"season\":true"));
    CHECK(has(ask(autumn.house, "POST", "/api/enter", "{\"secret\":\"" + link.secret + "\",\"netiquette\":true}"),
        "revoked"));
    CHECK(autumn.own(link.secret).status == 200);
    CHECK(has(autumn.own(link.secret), "\"is_door_open\":false"));
    autumn.house.clock.pass(24h * 7);
    CHECK(standing_of(autumn.look(link.secret)) == "open");

    RoomClient next{autumn.house};
    next.come_in(enter(autumn.house, link, "Mustikka"));
    const auto revoke = "/api/periods/1/people/" + std::to_string(autumn.maija.value) + "/revoke";
    CHECK(autumn.post(revoke, "{}").status == 200);
    CHECK(next.close_code() == 4501);
    CHECK(standing_of(autumn.look(link.secret)) == "revoked");
    CHECK_FALSE(has(autumn.look(link.secret), "\"season\""));
    CHECK(autumn.own(link.secret).status == 409);
    CHECK(autumn.post(revoke, "{}").status == 404);
}

TEST_CASE("Who cannot come says so on the own page: the room learns that, and nothing of the reason") {
    Autumn autumn;
    const auto link = autumn.link();
    const auto page = autumn.own(link.secret);
    CHECK(has(page, "\"name\":\"Maija Mustikka\""));
    CHECK(has(page, R"("asks":["own_illness","child_ill","job_interview","public_duty","other"])"));
    CHECK(has(page, "\"supervisor\":\"Päivi Virtanen\""));
    CHECK(has(page, "\"help_phone\":\"040 123\""));

    CHECK(autumn.absence(link.secret, autumn.next, R"(,"cannot_come":true)").status == 400);
    CHECK(has(autumn.absence(link.secret, SessionId{99}, R"(,"cannot_come":true,"reason":"other")"), "not_found"));
    const auto told = autumn.absence(link.secret, autumn.today, R"(,"cannot_come":true,"reason":"own_illness")");
    CHECK(has(told, R"("cannot_come":true,"reason":"own_illness")"));
    // Whoever decides of it sees the reason; those who work in the room see that they do not come.
    const auto session = "/api/sessions/" + std::to_string(autumn.today.value);
    CHECK(has(autumn.get(session), "\"reason\":\"own_illness\""));
    const auto mari = autumn.house.invite(autumn.today, protocol::Role::moderator, "Mari");
    const auto expected = ask(autumn.house, "GET", session + "/expected", {}, {bearer(mari.secret)});
    CHECK(has(expected, "\"absence_told\":true"));
    CHECK_FALSE(has(expected, "own_illness"));
    CHECK_FALSE(has(ask(autumn.house, "GET", session + "/attendance", {}, {bearer(mari.secret)}), "own_illness"));
    CHECK_FALSE(autumn.house.store().open_reader()->has("SELECT 1 FROM steps WHERE instr(record, 'own_illness') > 0"));
    CHECK(autumn.house.log().find("own_illness") == std::string::npos);

    CHECK_FALSE(has(autumn.absence(link.secret, autumn.today, R"(,"cannot_come":false)"), "\"reason\""));
    CHECK_FALSE(has(autumn.get(session), "own_illness"));
    // A link of one session has the same page, of that session.
    const auto of_one = autumn.post(
        session + "/invitations", R"({"people":[)" + std::to_string(autumn.maija.value) + R"(],"renew":true})");
    const auto address = value_of(of_one.body, "link");
    const auto secret = address.substr(address.find('#') + 1);
    CHECK(has(autumn.own(secret), "\"days\":[{\"session\":" + std::to_string(autumn.today.value)));
    CHECK_FALSE(has(autumn.own(secret), "{\"session\":" + std::to_string(autumn.next.value)));
    CHECK(has(autumn.absence(secret, autumn.today, R"(,"cannot_come":true,"reason":"other")"), "\"other\""));
    // Staff have no such page.
    CHECK(ask(autumn.house, "GET", "/api/own", {}, {bearer(mari.secret)}).status == 403);
    autumn.house.clock.pass(4h);
    CHECK(has(autumn.absence(secret, autumn.today, R"(,"cannot_come":false)"), "not_now"));
}

TEST_CASE("A calendar's address tells days and times, opens nothing, and ends when another is made") {
    Autumn autumn;
    const auto secret = autumn.link().secret;
    const auto path = autumn.calendar_path(secret);
    const auto token = path.substr(10, path.size() - 14);
    REQUIRE(path == "/calendar/" + token + ".ics");

    const auto calendar = ask(autumn.house, "GET", path, {}, {});
    CHECK(calendar.field("Content-Type") == "text/calendar; charset=utf-8");
    CHECK(has(calendar, "DTSTART;TZID=Europe/Helsinki:20261203T090000\r\n"));
    CHECK(has(calendar, "DTSTART;TZID=Europe/Helsinki:20261210T090000\r\n"));
    CHECK(has(calendar, "SUMMARY:Tapaaminen verkossa\r\n"));
    for (const auto& word : {secret, token, std::string{"Uni"}, std::string{"Maija"}, std::string{"Keskustelukahvila"}})
        CHECK_FALSE(has(calendar, word));
    CHECK(has(calendar, "METHOD:PUBLISH\r\n"));
    CHECK_FALSE(has(calendar, "STATUS:CANCELLED"));
    for (const auto session : {autumn.today, autumn.next}) CHECK(has(calendar, entry_of(session, autumn.maija)));
    CHECK(ask(autumn.house, "GET", "/calendar/" + token, {}, {}).body == calendar.body);
    for (const auto* unknown :
        {"/calendar/AAAAAAAAAAAAAAAAAAAAAA.ics", "/calendar/AAAAAAAAAAAAAAAAAAAAAA", "/calendar/x"})
        CHECK(ask(autumn.house, "GET", unknown, {}, {}).status == 404);

    CHECK(autumn.look(token).status == 404);
    CHECK(autumn.own(token).status == autumn.own("AAAAAAAAAAAAAAAAAAAAAA").status);
    CHECK(autumn.own(token).status >= 400);
    CHECK(autumn.house.log().find(token) == std::string::npos);

    const auto other = autumn.calendar_path(secret);
    CHECK(other != path);
    CHECK(ask(autumn.house, "GET", path, {}, {}).status == 404);
    CHECK(ask(autumn.house, "GET", other, {}, {}).body == calendar.body);
}

TEST_CASE("A cancelled day is cancelled in the calendar too, and that it was read on the own page is known") {
    Autumn autumn;
    const auto secret = autumn.link().secret;
    const auto path = autumn.calendar_path(secret);
    const auto session = "/api/sessions/" + std::to_string(autumn.next.value);
    REQUIRE(autumn.post(session + "/cancel", R"({"why":"staff_ill","words":"Ohjaaja on sairas."})").status == 200);

    const auto calendar = ask(autumn.house, "GET", path, {}, {});
    REQUIRE(calendar.status == 200);
    const auto cancelled_at = calendar.body.find("STATUS:CANCELLED\r\n");
    CHECK(cancelled_at != calendar.body.npos);
    CHECK(calendar.body.find(entry_of(autumn.today, autumn.maija)) < cancelled_at);
    CHECK(calendar.body.find(entry_of(autumn.next, autumn.maija)) < cancelled_at);
    CHECK(calendar.body.find("STATUS:CANCELLED") == calendar.body.rfind("STATUS:CANCELLED"));
    CHECK(calendar.body.find("END:VEVENT") < calendar.body.find(entry_of(autumn.next, autumn.maija)));
    CHECK_FALSE(has(calendar, "sairas"));
    // What a telephone asks for again by itself has been read by nobody.
    CHECK(has(autumn.get(session + "/cancelling"), R"("opened":0)"));

    CHECK(has(autumn.own(secret), R"("cancelled":"Ohjaaja on sairas.")"));
    wait_until([&] { return autumn.get(session + "/cancelling").body.find(R"("opened":1)") != std::string::npos; });
}

TEST_CASE("A link of one session has one day, and no calendar of its own") {
    Autumn autumn;
    const auto made = autumn.post("/api/sessions/" + std::to_string(autumn.today.value) + "/invitations",
        R"({"people":[)" + std::to_string(autumn.maija.value) + R"(],"renew":true})");
    const auto address = value_of(made.body, "link");
    const auto refused = autumn.make_calendar(address.substr(address.find('#') + 1));
    CHECK(refused.status == 400);
    CHECK(has(refused, "\"invalid\""));
    CHECK_FALSE(autumn.house.store().open_reader()->has("SELECT 1 FROM calendar_feeds"));
}

TEST_CASE("Links of a season are made for those who have none, and go onto paper with the days") {
    Autumn autumn;
    const auto made = autumn.post("/api/periods/1/links", "{}");
    CHECK(has(made, "\"name\":\"Maija Mustikka\",\"role\":\"participant\""));
    CHECK(has(made, "\"name\":\"Pentti Puolukka\""));
    CHECK(autumn.post("/api/periods/1/links", "{}").body == R"({"invitations":[]})");
    // Who has the season's link needs none for its sessions.
    const auto session = "/api/sessions/" + std::to_string(autumn.today.value);
    CHECK(autumn.post(session + "/invitations", "{}").body == R"({"invitations":[]})");
    CHECK(autumn.post("/api/periods/2/links", "{}").status == 404);
    CHECK(autumn.post("/api/periods/1/links", R"({"people":[99]})").status == 404);

    const auto link = value_of(made.body, "link");
    const auto given = [&](const std::string& format, const std::string& address) {
        return autumn.post("/api/periods/1/links/sheet",
            R"({"format":")" + format + R"(","invitations":[{"person":)" + std::to_string(autumn.maija.value) +
                R"(,"link":")" + address + R"(","code":")" + value_of(made.body, "code") + "\"}]}");
    };
    const auto csv = given("csv", link);
    CHECK(csv.field("Content-Disposition") == "attachment; filename=\"kausikutsut-1.csv\"");
    CHECK(has(csv, "Kausi;Ensimmäinen päivä;Alkaa;Päättyy;Päivät;Linkki;"));
    CHECK(has(csv, "Syksy 2026;2026-12-03;09:00;13:00;"));
    CHECK(has(csv, "10.12.2026 kello 9.00–13.00, Keskustelukahvila: Uni"));
    CHECK(has(csv, link));
    CHECK(given("xlsx", link).body.starts_with("PK"));
    CHECK(given("ics", link).status == 400);
    CHECK(given("csv", link + "." + std::to_string(autumn.today.value)).status == 404);
    CHECK(given("csv", autumn.house.origin() + "/#AAAAAAAAAAAAAAAAAAAAAA").status == 404);
    // A season's link is no session's, and the other way round.
    CHECK(autumn
              .post(session + "/invitations/sheet", R"({"format":"csv","invitations":[{"person":)" +
                                                        std::to_string(autumn.maija.value) + R"(,"link":")" + link +
                                                        R"(","code":""}]})")
              .status == 404);
    const auto told = "/api/periods/1/people/" + std::to_string(autumn.maija.value) + "/told";
    CHECK(autumn.post(told, "{}").status == 200);
    CHECK(autumn.post("/api/periods/1/people/99/told", "{}").status == 404);
    // Who has told it is noted, as whatever is done with somebody's link.
    wait_until([&] {
        return has(autumn.get("/api/people/" + std::to_string(autumn.maija.value) + "/accesses"),
            R"("act":"invitation_told","by":"Kaisa Koordinaattori")");
    });

    // The calendar of the day, with no word of what it is, nor by which link.
    const auto secret = link.substr(link.find('#') + 1);
    const auto calendar = ask(autumn.house, "GET", "/api/invitation.ics", {}, {bearer(secret)});
    CHECK(has(calendar, "SUMMARY:Tapaaminen verkossa\r\n"));
    CHECK(has(calendar, "DTSTART;TZID=Europe/Helsinki:20261203T090000\r\n"));
    CHECK_FALSE(has(calendar, secret));
    CHECK_FALSE(has(calendar, "Uni"));

    autumn.house.clock.pass(24h * 15);
    CHECK(autumn.post("/api/periods/1/links", R"({"renew":true})").status == 409);
}

TEST_CASE("The letter of a season is one letter to each, with all days and one link") {
    const SmtpSink sink;
    Autumn autumn{{.mail_server = sink.address()}};
    autumn.house.store().write_and_wait([](records::Database& database) {
        database.write("UPDATE series SET instructions = 'Avaa linkki puhelimella.' WHERE name = 'Keskustelukahvila'");
    });
    CHECK(autumn.post("/api/periods/1/links/mail", "{}").body ==
          R"({"queued":1,"without_address":[)" + std::to_string(autumn.pentti.value) + "]}");
    const auto mail_says = [&](std::string_view part) {
        return autumn.get("/api/periods/1/links/mail").body.find(part) != std::string::npos;
    };
    wait_until([&] { return mail_says("\"state\":\"sent\",\"tries\":1,"); });
    REQUIRE(sink.letters().size() == 1);
    const auto letter = text_of_letter(sink.letters().front());
    INFO(letter);
    for (const auto* part : {"Tervetuloa mukaan: Syksy 2026.", "3.12.2026 kello 9.00–13.00, Keskustelukahvila: Uni",
             "10.12.2026 klockan 9.00–13.00", "The same link works on each day", "Avaa linkki puhelimella."}) {
        INFO(part);
        CHECK(letter.find(part) != letter.npos);
    }
    const auto link_at = letter.find(autumn.house.origin() + "/#");
    REQUIRE(link_at != letter.npos);
    const auto secret = letter.substr(link_at + autumn.house.origin().size() + 2, 22);
    CHECK(standing_of(autumn.look(secret)) == "open");
    CHECK(has(autumn.look(secret), "\"season\":true"));
    CHECK(sink.letters().front().find("Content-Type: text/calendar") != letter.npos);
    CHECK(autumn.house.log().find(secret) == std::string::npos);
    // All have theirs, or no address.
    CHECK(has(autumn.post("/api/periods/1/links/mail", "{}"), R"("queued":0)"));
    // A season's letters are not in the list of a session.
    CHECK(has(autumn.get("/api/sessions/" + std::to_string(autumn.today.value) + "/mail"), "\"mails\":[]"));
}

TEST_CASE("Without a mail server no letter of a season is queued, and the page knows") {
    Autumn autumn;
    CHECK(autumn.get("/api/periods/1/links/mail").body == R"({"configured":false,"mails":[]})");
    CHECK(autumn.post("/api/periods/1/links/mail", "{}").status == 409);
    CHECK(autumn.get("/api/periods/9/links/mail").status == 404);
}

TEST_CASE("A past day of the season shows its assignment on the own page, by the link of that day") {
    Autumn autumn;
    const auto past = autumn.day("2026-11-26", "09:00", "13:00");
    autumn.house.store().write_and_wait([&](records::Database& database) {
        const auto assignment = std::get<protocol::AssignmentId>(people::put_assignment(database, past,
            {.id = {},
                .version = {},
                .title = "Millainen on sinun yösi?",
                .text = "",
                .questions = {},
                .hint = {},
                .item = {},
                .minutes = 60,
                .ways = {},
                .is_choice = {},
                .second_look = {}}));
        const base::UtcTime opened_at{autumn.house.clock.utc().ms - (7 * 24 - 1) * 60 * 60'000};
        people::note_assignment_opened(database, assignment, opened_at, people::end_of_day(opened_at));
    });
    const auto link = autumn.link();
    CHECK(has(autumn.own(link.secret), "\"past\":[{\"session\":" + std::to_string(past.value) + ",\"theme\":\"Uni\","));
    const auto work = [&](const std::string& secret) {
        return ask(autumn.house, "GET", "/api/work", {}, {bearer(secret)});
    };
    CHECK(has(work(autumn.named(link.secret, past)), "Millainen on sinun yösi?"));
    CHECK_FALSE(has(work(link.secret), "Millainen on sinun yösi?"));
    // A day that is not theirs opens nothing.
    CHECK(work(autumn.named(link.secret, SessionId{99})).status == 401);
}
