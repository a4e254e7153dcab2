#include "people/decision_kinds.hpp"
#include "people/helpers.hpp"

using namespace etakahvila::people;
using etakahvila::protocol::AbsenceReason;
using etakahvila::protocol::Duty;
using etakahvila::protocol::Kind;
using etakahvila::protocol::KindBody;

namespace {

KindBody form(std::string fi, Duty duty = Duty::agreed) {
    KindBody body;
    body.fi = std::move(fi);
    body.duty = duty;
    return body;
}

TextLines faults_of(Records& records, const KindBody& body) {
    return told(std::get<std::vector<Fault>>(put_kind(records.database, body)));
}

void put(Records& records, const KindBody& body) { CHECK(faults_of(records, body) == TextLines{}); }

Kind kind(Records& records, const std::string& key) {
    const auto kinds = decision_kinds(records.database);
    const auto* found = kind_of(kinds, key);
    REQUIRE(found != nullptr);
    return *found;
}

TextLines keys(Records& records) {
    TextLines all;
    for (const auto& each : decision_kinds(records.database)) all.push_back(each.key);
    return all;
}

}  // namespace

TEST_CASE("Kinds: a site begins with three") {
    Records records;
    CHECK(keys(records) == TextLines{"social_rehabilitation", "work_activity", "disability_work_activity"});
    const auto work = kind(records, "work_activity");
    CHECK(work.fi == "Kuntouttava työtoiminta");
    CHECK(work.sv == "Arbetsverksamhet i rehabiliteringssyfte");
    CHECK(work.en == "Rehabilitative work activity");
    CHECK(work.duty == Duty::obligatory);
    CHECK(work.reasons == std::vector{AbsenceReason::own_illness, AbsenceReason::child_ill,
                              AbsenceReason::job_interview, AbsenceReason::public_duty, AbsenceReason::other});
    CHECK(kind(records, "social_rehabilitation").duty == Duty::own_will);
    CHECK(kind(records, "social_rehabilitation").reasons.empty());
    CHECK(kind(records, "disability_work_activity").duty == Duty::agreed);
    CHECK_FALSE(work.is_used);
    CHECK_FALSE(work.last_day);
}

TEST_CASE("Kinds: a new one has a key of its Finnish name, and comes last") {
    Records records;
    auto body = form("  Työpaja-toiminta  (Åsa & Öst)", Duty::own_will);
    body.sv = " ";
    body.en = "Workshops";
    body.reasons = {AbsenceReason::other, AbsenceReason::own_illness, AbsenceReason::other};
    body.first_day = "to 3.12.2026";
    body.last_day = "";
    put(records, body);
    CHECK(keys(records).back() == "tyopaja_toiminta_asa_ost");
    const auto made = kind(records, "tyopaja_toiminta_asa_ost");
    CHECK(made.fi == "Työpaja-toiminta (Åsa & Öst)");
    CHECK(made.sv == made.fi);
    CHECK(made.en == "Workshops");
    CHECK(made.duty == Duty::own_will);
    CHECK(made.reasons == std::vector{AbsenceReason::own_illness, AbsenceReason::other});
    CHECK(made.first_day == "2026-12-03");
    CHECK_FALSE(made.last_day);
    put(records, form("Työpaja toiminta: Åsa, Öst ja muut"));
    put(records, form("Реабилитация"));
    put(records, form("Поддержка"));
    put(records, form("Erittäin pitkä nimi jolla on monta sanaa ja kirjainta"));
    CHECK(keys(records).size() == 8);
    CHECK(keys(records)[4] == "tyopaja_toiminta_asa_ost_ja_muut");
    CHECK(keys(records)[5] == "kind");
    CHECK(keys(records)[6] == "kind_2");
    CHECK(keys(records)[7].size() <= 32);
}

TEST_CASE("Kinds: another's words and days change, and it stays the same kind in its place") {
    Records records;
    auto body = form("Kuntouttava työtoiminta 2026", Duty::agreed);
    body.key = "work_activity";
    body.last_day = "31.12.2027";
    put(records, body);
    CHECK(keys(records) == TextLines{"social_rehabilitation", "work_activity", "disability_work_activity"});
    const auto changed = kind(records, "work_activity");
    CHECK(changed.fi == "Kuntouttava työtoiminta 2026");
    CHECK(changed.sv == changed.fi);
    CHECK(changed.duty == Duty::agreed);
    CHECK(changed.reasons.empty());
    CHECK(changed.last_day == "2027-12-31");
    body.key = "unheard_of";
    CHECK(std::get<RefusalWord>(put_kind(records.database, body)) == RefusalWord::not_found);
}

TEST_CASE("Kinds: what is wrong with a form is told, and nothing of it is kept") {
    Records records;
    CHECK(faults_of(records, form("  ")) == TextLines{"name_missing"});
    CHECK(faults_of(records, form(std::string(81, 'a'))) == TextLines{"too_long fi"});
    CHECK(faults_of(records, form("Ni\xe2\x80\xaemi")) == TextLines{"not_allowed fi"});
    // By any name, however it is written: a file could not say which is meant.
    CHECK(faults_of(records, form("SOSIAALINEN kuntoutus")) == TextLines{"name_taken SOSIAALINEN kuntoutus"});
    auto body = form("Uusi");
    body.sv = "Social rehabilitering";
    CHECK(faults_of(records, body) == TextLines{"name_taken Social rehabilitering"});
    body.sv = {};
    for (const auto& [first, last, faults] : std::vector<std::tuple<std::string, std::string, TextLines>>{
             {"joskus", "", {"date_unclear joskus"}},
             {"12/3/2026", "", {"date_order_unclear 12/3/2026"}},
             {"", "ma 3.12.2026", {"weekday_differs ma 3.12.2026"}},
             {"3.12.2026", "2.12.2026", {"end_before_start 2.12.2026"}},
         }) {
        body.first_day = first;
        body.last_day = last;
        CHECK(faults_of(records, body) == faults);
    }
    CHECK(keys(records).size() == 3);
    // Its own name is free for it, and one day is enough.
    body.first_day = body.last_day = "3.12.2026";
    put(records, body);
    body.key = "uusi";
    put(records, body);
    CHECK(keys(records).size() == 4);
}

TEST_CASE("Kinds: one that is in use is not removed") {
    Records records;
    const auto session = records.plan();
    const auto aino = records.add("Aino", session);
    CHECK(kind(records, "work_activity").is_used);
    CHECK(remove_kind(records.database, "work_activity") == RefusalWord::not_now);
    CHECK(remove_kind(records.database, "unheard_of") == RefusalWord::not_found);

    auto& database = records.database;
    const auto series = database.one<std::int64_t>("SELECT id FROM series").value();
    database.write("INSERT INTO series_kinds (series, kind) VALUES (?, 'social_rehabilitation')", series);
    CHECK(remove_kind(database, "social_rehabilitation") == RefusalWord::not_now);
    database.script(
        "INSERT INTO periods (name, name_key, first_day, last_day, weekday, starts, ends, doors_minutes, "
        "skip_moves_turn) VALUES ('Syksy', 'syksy', '2026-08-01', '2026-12-31', 4, '09:00', '13:00', 30, 1);"
        "INSERT INTO packages (period, name, name_key) VALUES (1, 'Kaikki', 'kaikki')");
    database.write(
        "INSERT INTO enrolments (person, period, package, first_day, last_day, kind, state, made_at)"
        " VALUES (?, 1, 1, '2026-08-01', '2026-12-31', 'disability_work_activity', 'accepted', 0)",
        aino);
    CHECK(remove_kind(database, "disability_work_activity") == RefusalWord::not_now);
    CHECK(keys(records).size() == 3);

    database.script("DELETE FROM series_kinds");
    CHECK_FALSE(remove_kind(database, "social_rehabilitation"));
    CHECK(keys(records) == TextLines{"work_activity", "disability_work_activity"});
}

TEST_CASE("Kinds: a form for a person names one that there is") {
    Records records;
    const auto session = records.plan();
    PersonDetails details{
        .name = "Aino", .decision_type = "unheard_of", .supervisor = {}, .phone = {}, .email = {}, .needs = {}};
    CHECK(told(std::get<std::vector<Fault>>(add_person(records.database, details))) ==
          TextLines{"decision_type_unclear unheard_of"});
    CHECK(told(std::get<HandRegistration>(register_by_hand(records.database, session, details)).faults) ==
          TextLines{"decision_type_unclear unheard_of"});
    CHECK(records.count("people") == 0);
    put(records, form("Työpajatoiminta"));
    details.decision_type = "tyopajatoiminta";
    const auto person = std::get<HandRegistration>(register_by_hand(records.database, session, details)).person;
    CHECK(kind(records, "tyopajatoiminta").is_used);
    details.decision_type = "unheard_of";
    CHECK(told(std::get<std::vector<Fault>>(change_person(records.database, session, person, details))) ==
          TextLines{"decision_type_unclear unheard_of"});
}

TEST_CASE("Kinds: in a session somebody has the kind of the enrolment that brings them, and else their own") {
    Records records;
    const auto session = records.plan();
    const auto aino = records.add("Aino", session);
    records.add("Eino", session);
    auto& database = records.database;
    database.script(
        "INSERT INTO periods (name, name_key, first_day, last_day, weekday, starts, ends, doors_minutes, "
        "skip_moves_turn) VALUES ('Syksy', 'syksy', '2026-08-01', '2026-12-31', 4, '09:00', '13:00', 30, 1);"
        "INSERT INTO packages (period, name, name_key) VALUES (1, 'Kaikki', 'kaikki')");
    const auto enrol = [&](const std::optional<std::string>& own_kind) {
        const auto enrolment = database.add<std::int64_t>(
            "INSERT INTO enrolments (person, period, package, first_day, last_day, kind, state, made_at)"
            " VALUES (?, 1, 1, '2026-08-01', '2026-12-31', ?, 'accepted', 0) RETURNING id",
            aino, own_kind);
        database.write(
            "UPDATE registrations SET enrolment = ? WHERE session = ? AND person = ?", enrolment, session, aino);
        return session_record(database, session)->roster;
    };
    auto roster = enrol("social_rehabilitation");
    CHECK(roster[0].decision_type == "social_rehabilitation");
    CHECK(roster[0].duty == Duty::own_will);
    CHECK(roster[1].decision_type == "work_activity");
    CHECK(roster[1].duty == Duty::obligatory);
    roster = enrol({});
    CHECK(roster[0].decision_type == "work_activity");
    CHECK(roster[0].duty == Duty::obligatory);
}
