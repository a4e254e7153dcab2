// A worker's meetings with one person, asked of the whole server: planned, held, taken off, sealed, corrected,
// reported.

#include <algorithm>
#include <future>

#include "base/secret.hpp"
#include "house/house.hpp"
#include "people/access_log.hpp"
#include "people/calendar_feed.hpp"
#include "people/registrations.hpp"
#include "support/catch.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace std::chrono_literals;
using people::StaffRole;
using protocol::PersonId;

namespace {

constexpr const char* own = "/api/appointments";

/// Thursday 3.12.2026 at nine; Kanerva and Vanamo are Tiina's people, Saukko is Olli's.
struct Office {
    Office() {
        house.store().write_and_wait([&](records::Database& database) {
            kanerva = client(database, "Kanerva Mustikka", "Tiina Työ", "work_activity");
            vanamo = client(database, "Vanamo Lakka", "Tiina Työ", "social_rehabilitation");
            saukko = client(database, "Saukko Puolukka", "Olli Oma", "work_activity");
        });
        tiina = account("Tiina Työ", StaffRole::supervisor);
        olli = account("Olli Oma", StaffRole::supervisor);
        kaisa = account("Kaisa", StaffRole::coordinator);
        mari = account("Mari", StaffRole::moderator);
    }
    static PersonId client(records::Database& database, const char* name, const char* supervisor, const char* kind) {
        people::PersonDetails details;
        details.name = name;
        details.decision_type = kind;
        details.supervisor = supervisor;
        return std::get<PersonId>(people::add_person(database, details));
    }
    SignedIn account(const std::string& name, StaffRole role) {
        house.add_account(name, {{.role = role, .series = {}}},
            role == StaffRole::supervisor ? std::vector<std::string>{name} : std::vector<std::string>{});
        return sign_in(house, name);
    }
    /// Nobody stays signed in for so long.
    void pass(base::Milliseconds time) {
        house.clock.pass(time);
        tiina = sign_in(house, "Tiina Työ");
        olli = sign_in(house, "Olli Oma");
        kaisa = sign_in(house, "Kaisa");
        mari = sign_in(house, "Mari");
    }
    Reply get(const std::string& path, const SignedIn& who) { return ask(house, "GET", path, {}, who.fields(house)); }
    Reply post(const std::string& path, const std::string& body, const SignedIn& who) {
        return ask(house, "POST", path, body, who.fields(house));
    }
    Reply plan(PersonId person, const std::string& start, const SignedIn& who) {
        return post(own,
            R"({"person":)" + number(person) + R"(,"kind":"face_to_face","date":"to 3.12.2026","start":")" + start +
                R"(","minutes":60,"place":"Asema 2"})",
            who);
    }
    Reply hold(PersonId person, const std::string& more, const SignedIn& who) {
        return post("/api/appointments/held", R"({"person":)" + number(person) + "," + more + "}", who);
    }
    static std::string number(auto id) { return std::to_string(id.value); }
    /// The last one that is told of.
    static protocol::SessionId session_in(const Reply& reply) {
        const auto at = reply.body.rfind(R"("session":)");
        REQUIRE(at != std::string::npos);
        return protocol::SessionId{std::stoll(reply.body.substr(at + 10))};
    }
    std::string of_day(protocol::SessionId session, const std::string& what) {
        return "/api/sessions/" + number(session) + what;
    }
    std::int64_t version_of(protocol::SessionId session, PersonId person) {
        std::promise<std::int64_t> seen;
        house.house->directory().room(session)->look(
            [&](const domain::Room& room) { seen.set_value(room.attendance.rows.at(person).version); });
        return seen.get_future().get();
    }

    TestHouse house;
    PersonId kanerva;
    PersonId vanamo;
    PersonId saukko;
    SignedIn tiina;
    SignedIn olli;
    SignedIn kaisa;
    SignedIn mari;
};

const std::string present = R"("kind":"face_to_face","minutes":60,"mark":"present")";

}  // namespace

TEST_CASE("a meeting goes from the plan to the seal, the correction, the files and the supervisor's page") {
    Office office;
    const auto planned = office.plan(office.kanerva, "klo 10", office.tiina);
    REQUIRE(planned.status == 200);
    CHECK(has(planned, R"("name":"Kanerva Mustikka","kind":"face_to_face","starts_at":1796284800000,"minutes":60,)"
                       R"("place":"Asema 2","phase":"planned"}],"held":[],"unsealed":[]})"));
    const auto session = Office::session_in(planned);
    const auto of_it = R"("session":)" + Office::number(session) + ",";
    office.pass(2h);
    const auto held = office.hold(office.kanerva, of_it + present + R"(,"note":"Avaimet palautettu")", office.tiina);
    REQUIRE(held.status == 200);
    CHECK(has(held, R"({"planned":[],"held":[{)" + of_it));
    CHECK(has(held, R"("phase":"closed","mark":"present","note":"Avaimet palautettu"})"));
    // Saved twice, it is once.
    CHECK(office.hold(office.kanerva, of_it + present, office.tiina).body == held.body);

    const auto sealed = office.post(
        "/api/appointments/seal", R"({"sessions":[)" + Office::number(session) + "]}", office.tiina);
    REQUIRE(sealed.status == 200);
    CHECK(has(sealed, R"("phase":"sealed","mark":"present")"));
    CHECK(has(sealed, R"("unsealed":[])"));
    CHECK(office.post("/api/appointments/seal", R"({"sessions":[)" + Office::number(session) + "]}", office.tiina)
              .status == 200);
    const auto body_of_it = R"({"session":)" + Office::number(session) + "}";
    CHECK(has(office.post("/api/appointments/drop", body_of_it, office.tiina), "not_now"));

    // Whoever held it is the moderator of its room, and corrects there.
    const auto entered = office.post(office.of_day(session, "/enter"), "{}", office.tiina);
    REQUIRE(entered.status == 200);
    const auto begin = entered.body.find("\":\"") + 3;
    RoomClient client{office.house};
    client.come_in(entered.body.substr(begin, entered.body.find('"', begin) - begin));
    const auto corrected = client.outcome_of("c1", protocol::CorrectAttendance{.person = office.kanerva,
                                                       .version = office.version_of(session, office.kanerva),
                                                       .mark = protocol::Mark::partial,
                                                       .minutes = 40,
                                                       .reason = "Lähti aiemmin",
                                                       .source = {}});
    INFO((corrected.refusal ? base::json::to_text(*corrected.refusal) : std::string{}));
    REQUIRE_FALSE(corrected.refusal);
    wait_until([&] { return has(office.get(own, office.tiina), R"("mark":"partial","mark_minutes":40)"); });

    const auto csv = office.get(office.of_day(session, "/attendance.csv"), office.kaisa);
    CHECK(has(csv, "Tapaaminen kasvokkain;2026-12-03;Kanerva Mustikka;"));
    CHECK(has(csv, ";Tiina Työ;;;60;;"));
    CHECK(has(csv, "Osan aikaa;40;Kasvokkain;Tiina Työ;\"Korjattu, oli: Läsnä. Lähti aiemmin\";2026-12-03"));
    CHECK_FALSE(has(csv, "Avaimet"));
    CHECK_FALSE(has(csv, "Asema"));
    CHECK(office.get(office.of_day(session, "/attendance.xlsx"), office.kaisa).body.starts_with("PK"));

    wait_until([&] { return has(office.get("/api/reports", office.tiina), R"("mark":"partial")"); });
    const auto reports = office.get("/api/reports", office.tiina);
    CHECK(has(reports, R"("series":"Tapaamiset")"));
    CHECK(has(reports, R"("way":"appointment","appointment":"face_to_face")"));
    CHECK(has(reports, R"("contact_seconds":3600,"contact_source":"in_person")"));
    CHECK_FALSE(has(reports, "Avaimet"));
    CHECK_FALSE(has(office.get("/api/reports", office.olli), "Kanerva"));
    CHECK(has(office.get("/api/reports.csv", office.kaisa), "Kanerva Mustikka"));

    // Nothing of its note or place is in the journal or the log, and all of it is there after a restart.
    const auto reader = office.house.store().open_reader();
    for (const std::string word : {"Avaimet", "Asema"}) {
        CHECK_FALSE(reader->has("SELECT 1 FROM steps WHERE instr(CAST(record AS TEXT), ?) > 0", word));
        CHECK(office.house.log().find(word) == std::string::npos);
    }
    CHECK(office.house.log().find("Kanerva") == std::string::npos);
    office.house.open_anew();
    office.tiina = sign_in(office.house, "Tiina Työ");
    CHECK(has(office.get(own, office.tiina), R"("phase":"sealed","mark":"partial","mark_minutes":40)"));
}

TEST_CASE("a worker meets their own people, a coordinator everybody, and others nobody") {
    Office office;
    CHECK(office.get("/api/appointments/people", office.tiina).body ==
          R"({"people":[{"person":)" + Office::number(office.kanerva) + R"(,"name":"Kanerva Mustikka"},{"person":)" +
              Office::number(office.vanamo) + R"(,"name":"Vanamo Lakka"}]})");
    CHECK(has(office.get("/api/appointments/people", office.kaisa), "Saukko Puolukka"));
    CHECK(office.get("/api/appointments/people", office.mari).status == 403);
    CHECK(office.hold(office.kanerva, present, office.mari).status == 403);
    // Others' people are as people who are not there.
    const auto others = office.hold(office.saukko, present, office.tiina);
    CHECK(others.status == 404);
    CHECK(others.body == office.hold(PersonId{987}, present, office.tiina).body);
    CHECK(office.plan(office.saukko, "10", office.tiina).status == 404);

    const auto planned = office.plan(office.kanerva, "10", office.tiina);
    const auto session = Office::session_in(planned);
    const auto of_it = R"({"session":)" + Office::number(session) + "}";
    for (const auto* who : {&office.olli, &office.kaisa}) {
        CHECK(office.get(own, *who).body == R"({"planned":[],"held":[],"unsealed":[]})");
        CHECK(office.post("/api/appointments/drop", of_it, *who).status == 404);
        CHECK(office.post("/api/appointments/seal", R"({"sessions":[)" + Office::number(session) + "]}", *who).status ==
              404);
    }
    CHECK(office.post("/api/appointments/drop", R"({"session":987})", office.tiina).status == 404);
    // Moderators of the house have no part in it.
    CHECK(office.get(office.of_day(session, "/attendance"), office.mari).status == 404);
    CHECK(office.post(office.of_day(session, "/enter"), "{}", office.mari).status == 404);
    CHECK(office.get(office.of_day(session, "/attendance"), office.olli).status == 404);
    CHECK_FALSE(has(office.get("/api/sessions", office.mari), "Tapaaminen"));
    CHECK_FALSE(has(office.get("/api/sessions", office.tiina), "Tapaaminen"));
    // A coordinator's key is nobody's account.
    const auto key = bearer(office.house.coordinator_key());
    CHECK(has(ask(office.house, "POST", "/api/appointments/held",
                  R"({"person":)" + Office::number(office.kanerva) + "," + present + "}", {key}),
        "not_permitted"));
    CHECK(ask(office.house, "GET", own, {}, {key}).body == R"({"planned":[],"held":[],"unsealed":[]})");

    // Who is no longer the person's worker sees it no more.
    office.house.store().write_and_wait([&](records::Database& database) {
        database.write("UPDATE people SET supervisor = 'Olli Oma' WHERE id = ?", office.kanerva);
    });
    CHECK_FALSE(has(office.get(own, office.tiina), "Kanerva"));
    CHECK(office.post("/api/appointments/drop", of_it, office.tiina).status == 404);
    CHECK(office.post(office.of_day(session, "/enter"), "{}", office.tiina).status == 404);
}

TEST_CASE("a meeting that nobody planned is saved in one act, once, and taken off until its seal") {
    Office office;
    const auto form = R"("kind":"phone","minutes":30,"mark":"present","once":"lomake-1")";
    const auto held = office.hold(office.kanerva, form, office.tiina);
    REQUIRE(held.status == 200);
    CHECK(has(held, R"("starts_at":1796279400000,"minutes":30,"phase":"closed","mark":"present")"));
    office.pass(2h);
    CHECK(office.hold(office.kanerva, form, office.tiina).body == held.body);
    const auto another = office.hold(
        office.kanerva, R"("kind":"phone","minutes":45,"mark":"present","start":"8.15")", office.tiina);
    CHECK(another.status == 400);
    CHECK(has(another, R"({"reason":"another_session_then","value":"08:30"})"));

    const auto of_it = R"({"session":)" + Office::number(Office::session_in(held)) + "}";
    const auto dropped = office.post("/api/appointments/drop", of_it, office.tiina);
    CHECK(dropped.body == R"({"planned":[],"held":[],"unsealed":[]})");
    CHECK(office.post("/api/appointments/drop", of_it, office.tiina).body == dropped.body);
    CHECK(office
              .post("/api/appointments/seal", R"({"sessions":[)" + Office::number(Office::session_in(held)) + "]}",
                  office.tiina)
              .status == 404);
    CHECK_FALSE(has(office.get("/api/reports", office.kaisa), "Tapaaminen"));
    CHECK(office.hold(office.kanerva, R"("kind":"phone","minutes":45,"mark":"present","start":"8.15")", office.tiina)
              .status == 200);
}

TEST_CASE("marks of a meeting are those of any day, and who comes of their own will is never absent") {
    Office office;
    const auto never = office.hold(office.vanamo, R"("kind":"home","minutes":60,"mark":"absent")", office.tiina);
    CHECK(has(never, "never_absent"));
    // Nothing of it is left.
    CHECK(office.get(own, office.tiina).body == R"({"planned":[],"held":[],"unsealed":[]})");
    CHECK(
        office.hold(office.vanamo, R"("kind":"individual","minutes":60,"mark":"present")", office.tiina).status == 200);
    const auto missed = office.hold(
        office.kanerva, R"("kind":"home","minutes":60,"mark":"excused","reason":"Sairaana")", office.tiina);
    REQUIRE(missed.status == 200);
    CHECK(has(missed, R"("kind":"home","starts_at":1796277600000,"minutes":60,"phase":"closed","mark":"excused")"));
    const auto session = Office::session_in(missed);
    const auto day = office.get(office.of_day(session, "/attendance"), office.kaisa);
    CHECK_FALSE(has(day, "contact_seconds"));

    CHECK(office.hold(office.kanerva, R"("kind":"home","minutes":60,"mark":"partial")", office.tiina).status == 400);
    CHECK(has(office.hold(office.kanerva, R"("kind":"home","minutes":4,"mark":"present")", office.tiina),
        R"("errors":[{"reason":"minutes_unclear","value":"4"}])"));
    CHECK(has(office.hold(office.kanerva, present + R"(,"note":")" + std::string(201, 'a') + "\"", office.tiina),
        R"("errors":[{"reason":"too_long","value":"note"}])"));
    CHECK(has(office.hold(office.kanerva, present + R"(,"start":"23.30")", office.tiina), "too_early"));
}

TEST_CASE("the person reads of an agreed meeting on the own page and in the calendar, and who looked is noted") {
    Office office;
    office.house.store().write_and_wait([&](records::Database& database) {
        database.write(
            "INSERT INTO periods (id, name, name_key, first_day, last_day, weekday, starts, ends, doors_minutes, "
            "skip_moves_turn) VALUES (1, 'Syksy', 'syksy', '2026-11-26', '2026-12-17', 4, '09:00', '13:00', 30, 1)");
        database.write("INSERT INTO packages (id, period, name, name_key) VALUES (1, 1, 'Kaikki', 'kaikki')");
        database.write(
            "INSERT INTO enrolments (person, period, package, first_day, last_day, state, made_at) VALUES (?, 1, 1, "
            "'2026-11-26', '2026-12-17', 'accepted', 0)",
            office.kanerva);
    });
    const auto made = office.post(
        "/api/periods/1/links", R"({"people":[)" + Office::number(office.kanerva) + R"(],"renew":true})", office.kaisa);
    REQUIRE(made.status == 200);
    const auto begin = made.body.find("/#") + 2;
    const auto secret = made.body.substr(begin, made.body.find('"', begin) - begin);
    std::string calendar;
    office.house.store().write_and_wait([&](records::Database& database) {
        calendar = "/calendar/" + people::make_calendar_feed(database, protocol::PeriodId{1}, office.kanerva,
                                      office.house.clock.utc(), base::fill_random)
                                      .to_link();
    });
    const auto session = Office::session_in(office.plan(office.kanerva, "10", office.tiina));
    const auto page = [&] { return ask(office.house, "GET", "/api/own", {}, {bearer(secret)}); };
    CHECK(has(page(), R"("is_door_open":false,"cannot_come":false,"way":"appointment","appointment":"face_to_face",)"
                      R"("place":"Asema 2")"));
    const auto feed = [&] { return ask(office.house, "GET", calendar); };
    CHECK(has(feed(), "SUMMARY:Tapaaminen\r\n"));
    CHECK_FALSE(has(feed(), "Asema"));
    const auto season = office.get("/api/periods/1/people/" + Office::number(office.kanerva), office.tiina);
    CHECK(has(season, R"("theme":"Tapaaminen kasvokkain")"));
    CHECK(has(season, R"("appointment":"face_to_face")"));
    CHECK_FALSE(has(season, "Asema"));

    // They tell that they cannot come: it is proposed so, and the worker decides.
    CHECK(ask(office.house, "POST", "/api/own/absence",
              R"({"session":)" + Office::number(session) + R"(,"cannot_come":true,"reason":"own_illness"})",
              {bearer(secret), "Origin: " + office.house.origin()})
              .status == 200);
    CHECK(
        office.post("/api/appointments/drop", R"({"session":)" + Office::number(session) + "}", office.tiina).status ==
        200);
    CHECK(has(page(), R"("cancelled":"Tapaaminen on peruttu.")"));
    CHECK(has(feed(), "STATUS:CANCELLED"));

    const auto reader = office.house.store().open_reader();
    const auto notes = people::accesses_to(*reader, office.kanerva);
    const auto acts = std::count_if(notes.begin(), notes.end(), [&](const people::AccessNote& note) {
        return note.act == people::AccessAct::appointment_noted && note.session == session;
    });
    CHECK(acts == 2);
    const auto seen = notes.size();
    CHECK(office.get(own, office.tiina).status == 200);
    CHECK(office.get("/api/appointments/people", office.tiina).status == 200);
    CHECK(people::accesses_to(*reader, office.kanerva).size() == seen + 1);
}
