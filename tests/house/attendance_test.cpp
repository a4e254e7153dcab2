// The day of attendance from outside: decided over the room's socket, kept by itself, read over HTTP
// by those whose it is, and nobody's removal told.

#include <future>

#include "base/secret.hpp"
#include "people/registrations.hpp"
#include "people/words.hpp"
#include "reports/day_store.hpp"
#include "support/catch.hpp"
#include "house/house.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace std::chrono_literals;
using people::StaffRole;
using protocol::Mark;
using protocol::PersonId;
using protocol::Role;

namespace {

std::vector<std::string> with_key(const std::string& secret) { return {bearer(secret)}; }
std::size_t count(std::string_view text, std::string_view word) {
    std::size_t found = 0;
    for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) ++found;
    return found;
}

/// A session whose day has closed: Maija (of Päivi Virtanen) was there, Vesa (of Päivi Virtanen) was
/// removed with a reason, Eino (of Veikko Vieras) never came.
struct Evening {
    TestHouse house;
    protocol::SessionId session = house.plan_session();
    Invited maija = register_participant("Maija Mäki", "Päivi Virtanen", "work_activity");
    Invited vesa = register_participant("=Vesa; \"V\"", "Päivi Virtanen", "work_activity");
    Invited eino = register_participant("Eino Öhman", "Veikko Vieras", "disability_work_activity");
    Invited facilitator = house.invite(session, Role::facilitator, "Olli");
    Invited moderator = house.invite(session, Role::moderator, "Mari");
    RoomClient olli{house};
    RoomClient mari{house};
    std::int64_t commands = 0;

    Evening() {
        olli.come_in(enter(house, facilitator));
        done(olli, protocol::OpenDoors{});
        RoomClient maijas{house};
        maijas.come_in(enter(house, maija, "Mustikka"));
        RoomClient vesas{house};
        vesas.come_in(enter(house, vesa, "Vadelma"));
        done(olli, protocol::GoLive{});
        house.pass(4s);
        done(olli, protocol::RemovePerson{.person = vesa.person, .reason = "Uhkaili muita", .ban = false});
        house.pass(4s);
        done(olli, protocol::CloseSession{});
        mari.come_in(enter(house, moderator));
    }

    void done(RoomClient& client, protocol::Command command) {
        const auto outcome = client.outcome_of("k" + std::to_string(++commands), std::move(command));
        INFO((outcome.refusal ? base::name_of(outcome.refusal->word) : ""));
        REQUIRE_FALSE(outcome.refusal);
    }

    Invited register_participant(const std::string& name, const std::string& supervisor, std::string kind) {
        Invited invited;
        house.store().write_and_wait([&](records::Database& database) {
            people::PersonDetails details;
            details.name = name;
            details.supervisor = supervisor;
            details.decision_type = kind;
            invited.person = std::get<PersonId>(people::add_person(database, details));
            people::register_person(database, session, invited.person);
            const auto record = people::session_record(database, session);
            const auto made = people::invite(database, session, invited.person,
                people::usual_times(record->starts_at, record->ends_at), house.clock.utc(), base::fill_random);
            invited.secret = std::get<people::NewInvitation>(made).secret.to_link();
        });
        house.house->directory().plan_changed(session);
        return invited;
    }

    Reply get(std::string_view path, const std::vector<std::string>& fields) {
        return ask(house, "GET", path, {}, fields);
    }

    std::optional<reports::DayRecord> kept() { return reports::day_of(*house.store().open_reader(), session); }

    void decide_and_seal() {
        done(mari, protocol::MarkAllClear{});
        done(mari,
            protocol::MarkAttendance{
                .person = vesa.person, .version = 1, .mark = Mark::partial, .minutes = 1, .reason = {}, .source = {}});
        done(mari, protocol::MarkAttendance{.person = eino.person,
                       .version = 1,
                       .mark = Mark::absent,
                       .minutes = {},
                       .reason = "Ei vastannut",
                       .source = {}});
        done(mari, protocol::SealAttendance{.version = version_of_the_day()});
    }

    std::int64_t version_of_the_day() {
        std::int64_t version{};
        std::promise<void> looked;
        house.house->directory().room(session)->look([&](const domain::Room& room) {
            version = room.attendance.version;
            looked.set_value();
        });
        looked.get_future().wait();
        return version;
    }
};

}  // namespace

TEST_CASE(
    "The day is kept when the session closes, when it is sealed and when it is corrected, and nobody has to ask") {
    Evening evening;
    wait_until([&] { return evening.kept().has_value(); });
    const auto closed = *evening.kept();
    CHECK(closed.phase == protocol::Phase::closed);
    REQUIRE(closed.lines.size() == 3);
    CHECK(closed.statistics.registered == 3);
    CHECK(closed.statistics.attended == 2);
    CHECK(closed.statistics.peak == 2);
    evening.decide_and_seal();
    wait_until([&] { return evening.kept()->sealed_at.has_value(); });
    evening.done(evening.mari, protocol::CorrectAttendance{.person = evening.eino.person,
                                   .version = 2,
                                   .mark = Mark::excused,
                                   .minutes = {},
                                   .reason = "Ilmoitti ajoissa",
                                   .source = {}});
    wait_until(
        [&] { return evening.kept()->version > closed.version && evening.kept()->lines.back().mark == Mark::excused; });
    const auto corrected = *evening.kept();
    REQUIRE(corrected.lines.back().corrections.size() == 1);
    CHECK(corrected.lines.back().corrections.front().was == Mark::absent);
    CHECK(corrected.sealed_by == evening.moderator.person);
}

TEST_CASE("A day that is over calls its kinds of decision what they were called, and asks of them what it asked") {
    Evening evening;
    evening.decide_and_seal();
    wait_until([&] { return evening.kept() && evening.kept()->sealed_at.has_value(); });
    const auto key = with_key(evening.house.coordinator_key());
    const std::string renamed =
        R"({"key":"work_activity","fi":"Työllistymistuki","en":"Support to work","duty":"own_will","reasons":[]})";
    REQUIRE(ask(evening.house, "POST", "/api/kinds", renamed, key).status == 200);
    const std::string csv = "/api/sessions/1/attendance.csv";
    for (const auto& path : {csv, std::string{"/api/reports.csv"}}) {
        INFO(path);
        CHECK(count(evening.get(path, key).body, ";Kuntouttava työtoiminta;") == 2);
        CHECK(count(evening.get(path, key).body, "Työllistymistuki") == 0);
    }
    CHECK(count(evening.get(csv + "?language=en", key).body, ";Support to work;") == 2);
    CHECK(count(evening.get("/api/sessions/1/attendance", key).body,
              R"("decision_type":"work_activity","decision_name":"Kuntouttava työtoiminta")") == 2);
    CHECK(has(evening.get("/api/reports", key),
        R"("decision_type":"work_activity","decision_name":"Kuntouttava työtoiminta","supervisor":)"));
    // Still an obligation: that day it was one.
    evening.done(evening.mari, protocol::CorrectAttendance{.person = evening.vesa.person,
                                   .version = 2,
                                   .mark = Mark::absent,
                                   .minutes = {},
                                   .reason = "Ei ollut",
                                   .source = {}});
    wait_until([&] { return evening.kept()->lines.at(1).corrections.size() == 1; });
    CHECK(evening.kept()->lines.at(1).decision_name == "Kuntouttava työtoiminta");
}

TEST_CASE("The workbench reads names, times and notices over HTTP, and that it did is noted") {
    Evening evening;
    const auto day = evening.get("/api/sessions/1/attendance", with_key(evening.moderator.secret));
    REQUIRE(day.status == 200);
    CHECK(has(day, R"("name":"Maija Mäki","supervisor":"Päivi Virtanen","decision_type":"work_activity")"));
    CHECK(has(day, R"("intervals":[{"from":)"));
    CHECK(has(day, R"("proposal":"not_seen","why":["never_connected"])"));
    CHECK(has(day, R"("statistics":{"registered":3,"attended":2,"returners":0,"first_timers":2)"));
    CHECK_FALSE(has(day, "Uhkaili"));
    const auto key = with_key(evening.house.coordinator_key());
    wait_until([&] {
        return has(evening.get("/api/people/" + std::to_string(evening.maija.person.value) + "/accesses", key),
            R"("act":"attendance_viewed","by":"Mari","session":1,"theme":"Uni")");
    });
}

TEST_CASE(
    "By which decision somebody comes is read by who marks, coordinates or supervises them, and by no facilitator") {
    Evening evening;
    const auto key = with_key(evening.house.coordinator_key());
    const auto facilitator = with_key(evening.facilitator.secret);
    const std::string path = "/api/sessions/1/attendance";
    for (const auto& fields : {key, with_key(evening.moderator.secret)}) {
        CHECK(count(evening.get(path, fields).body, R"("decision_type":"work_activity")") == 2);
        CHECK(count(evening.get(path + ".csv", fields).body, "Kuntouttava työtoiminta") == 2);
        CHECK(count(evening.get(path + "?decision_type=work_activity", fields).body, "\"person\":") == 2);
    }
    const auto day = evening.get(path, facilitator);
    CHECK(has(day, "Maija Mäki"));
    CHECK(has(day, R"("proposal":"not_seen","why":["never_connected"])"));
    const auto csv = evening.get(path + ".csv", facilitator);
    CHECK(has(csv, "Maija Mäki"));
    for (const auto& answer : {day, csv}) {
        CHECK_FALSE(has(answer, "decision"));
        CHECK_FALSE(has(answer, "work_activity"));
        CHECK_FALSE(has(answer, "yötoiminta"));
    }
    // Nor by asking for a kind, and seeing who is left.
    CHECK(has(evening.get(path + "?decision_type=work_activity", facilitator), R"("lines":[])"));

    // A facilitator who is somebody's supervisor as well reads it of them.
    evening.house.add_account("Päivi",
        {{.role = StaffRole::facilitator, .series = {}}, {.role = StaffRole::supervisor, .series = {}}},
        {"päivi virtanen"});
    const auto paivi = sign_in(evening.house, "Päivi").fields(evening.house);
    CHECK(count(evening.get(path, paivi).body, R"("decision_type":"work_activity")") == 2);
    CHECK_FALSE(has(evening.get(path, paivi), "disability_work_activity"));
    CHECK(has(evening.get(path, paivi), "Öhman"));
}

TEST_CASE("A supervisor reads of their own people only, only what is sealed, and no reason of a removal") {
    Evening evening;
    evening.house.store().write_and_wait([](records::Database& database) {
        const auto draft = people::draft_of({.series = "Talvi",
            .theme = "Raha",
            .date = "2026-12-10",
            .start = "09:00",
            .end = "13:00",
            .question = {},
            .help_phone = {},
            .settings = {}});
        people::plan_session(database, std::get<people::SessionDraft>(draft));
    });
    evening.house.add_account("Päivi", {{.role = StaffRole::supervisor, .series = {}}}, {"päivi virtanen"});
    evening.house.add_account("Toinen", {{.role = StaffRole::supervisor, .series = {}}}, {"Joku Muu"});
    evening.house.add_account("Talven",
        {{.role = StaffRole::coordinator, .series = "Talvi"}, {.role = StaffRole::moderator, .series = "Talvi"}});
    const auto paivi = sign_in(evening.house, "Päivi").fields(evening.house);
    CHECK(has(evening.get("/api/sessions/1/attendance", paivi), R"("lines":[])"));
    CHECK(has(evening.get("/api/reports", paivi), R"({"days":[],"totals":[],"series":[],"supervisors":[]})"));

    evening.decide_and_seal();
    wait_until([&] { return evening.kept()->sealed_at.has_value(); });
    const auto own = evening.get("/api/sessions/1/attendance", paivi);
    CHECK(has(own, "Maija Mäki"));
    CHECK(has(own, R"("mark":"present")"));
    CHECK(count(own.body, "\"person\":") == 2);
    CHECK_FALSE(has(own, "Öhman"));
    CHECK_FALSE(has(own, "statistics"));
    const auto csv = evening.get("/api/sessions/1/attendance.csv", paivi);
    CHECK(csv.field("Content-Type") == "text/csv; charset=utf-8");
    CHECK(csv.body.starts_with("\xef\xbb\xbf"));
    CHECK(count(csv.body, "\r\n") == 3);
    CHECK(has(csv, "\"'=Vesa; \"\"V\"\"\""));
    CHECK(evening.get("/api/sessions/1/attendance.xlsx", paivi).body.starts_with("PK"));
    const auto report = evening.get("/api/reports", paivi);
    // Each once in the day, and once in the totals.
    CHECK(count(report.body, "\"person\":") == 4);
    CHECK(has(report,
        R"("supervisor":"Päivi Virtanen","days":1,"present":1,"partial":0,"excused":0,"absent":0,"unmarked":0,)"
        R"("minutes":)"));
    CHECK(count(evening.get("/api/reports.csv?from=2026-12-03&to=2026-12-03", paivi).body, "\r\n") == 3);
    CHECK(count(evening.get("/api/reports.csv?from=2026-12-04", paivi).body, "\r\n") == 1);
    CHECK(evening.get("/api/reports.xlsx", paivi).body.starts_with("PK"));

    const auto key = with_key(evening.house.coordinator_key());
    for (const std::string path :
        {"/api/sessions/1/attendance", "/api/sessions/1/attendance.csv", "/api/reports", "/api/reports.csv"}) {
        INFO(path);
        CHECK_FALSE(has(evening.get(path, paivi), "Uhkaili"));
        CHECK_FALSE(has(evening.get(path, key), "Uhkaili"));
        CHECK(has(evening.get(path, key), "Öhman"));
    }
    CHECK(count(evening.get("/api/sessions/1/attendance.csv?decision_type=disability_work_activity", key).body,
              "\r\n") == 2);

    const auto toinen = sign_in(evening.house, "Toinen").fields(evening.house);
    const auto talven = sign_in(evening.house, "Talven").fields(evening.house);
    const std::vector<std::vector<std::string>> strangers{toinen, talven, with_key(evening.maija.secret)};
    for (const auto& fields : strangers) {
        for (const std::string path :
            {"/api/sessions/1/attendance", "/api/sessions/1/attendance.csv", "/api/sessions/1/attendance.xlsx"})
            CHECK(evening.get(path, fields).status == 404);
    }
    CHECK(evening.get("/api/people/" + std::to_string(evening.maija.person.value) + "/accesses", talven).status == 404);
    CHECK(evening.get("/api/people/" + std::to_string(evening.maija.person.value) + "/accesses", paivi).status == 403);
    CHECK(has(evening.get("/api/reports", talven), R"({"days":[],)"));
    CHECK(has(evening.get("/api/reports", toinen), R"({"days":[],"totals":[],"series":[],"supervisors":[]})"));
}

TEST_CASE(
    "A report of many days is narrowed to a series and to one supervisor's people, and names nobody in the address") {
    Evening evening;
    evening.decide_and_seal();
    wait_until([&] { return evening.kept()->sealed_at.has_value(); });
    const auto key = with_key(evening.house.coordinator_key());
    const auto paivi = people::name_mark("päivi virtanen");
    const auto all = evening.get("/api/reports", key);
    CHECK(has(all, R"("series":[{"mark":")" + people::name_mark("Syksy") + R"(","name":"Syksy"}])"));
    CHECK(has(all, R"({"mark":")" + paivi + R"(","name":"Päivi Virtanen"})"));
    CHECK(has(all, "Öhman"));
    const auto narrowed = evening.get("/api/reports?supervisor=" + paivi, key);
    CHECK_FALSE(has(narrowed, "Öhman"));
    CHECK(count(narrowed.body, "\"person\":") == 4);
    // What else could be chosen is still there.
    CHECK(has(narrowed, R"({"mark":")" + paivi + R"(","name":"Päivi Virtanen"})"));
    CHECK(count(evening.get("/api/reports.csv?supervisor=" + paivi, key).body, "\r\n") == 3);
    CHECK(count(evening.get("/api/reports.csv?series=" + people::name_mark("syksy"), key).body, "\r\n") == 4);
    CHECK(count(evening.get("/api/reports.csv?series=" + people::name_mark("Talvi"), key).body, "\r\n") == 1);
    CHECK(count(evening.get("/api/reports.csv?supervisor=" + people::name_mark("Joku Muu"), key).body, "\r\n") == 1);
}

TEST_CASE("Who has seen my data: every look of the staff, and every decision, with who and when") {
    Evening evening;
    evening.decide_and_seal();
    wait_until([&] { return evening.kept()->sealed_at.has_value(); });
    const auto key = with_key(evening.house.coordinator_key());
    CHECK(evening.get("/api/sessions/1/attendance.csv", with_key(evening.facilitator.secret)).status == 200);
    const auto path = "/api/people/" + std::to_string(evening.eino.person.value) + "/accesses";
    wait_until([&] { return has(evening.get(path, key), R"("act":"attendance_downloaded","by":"Olli")"); });
    // A look is noted as it is answered: the one before this is in it.
    wait_until([&] { return has(evening.get(path, key), R"("act":"accesses_viewed")"); });
    const auto audit = evening.get(path, key);
    CHECK(has(audit, R"("name":"Eino Öhman")"));
    CHECK(has(audit, R"("what":"marked","by":"Mari","session":1,"theme":"Uni","mark":"absent")"));
    CHECK(evening.get("/api/people/999/accesses", key).status == 404);
    // Staff are nobody's clients.
    CHECK(
        evening.get("/api/people/" + std::to_string(evening.moderator.person.value) + "/accesses", key).status == 404);
}
