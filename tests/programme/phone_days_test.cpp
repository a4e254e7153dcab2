// Days by phone of a period: made by enrolments, filled and emptied by them, and never in the way of rooms.

#include "people/contacts.hpp"
#include "people/season_days.hpp"
#include "people/staff.hpp"
#include "programme/enrolments.hpp"
#include "programme/places.hpp"
#include "programme/season_records.hpp"
#include "programme/series.hpp"

using namespace etakahvila;
using namespace etakahvila::programme;
using protocol::EligibilityChoice;
using protocol::EnrolmentState;
using protocol::Role;
using protocol::SessionWay;

namespace {

/// The café in the room; training in place of which there is a day by phone for those who may not attend it.
struct PhoneAutumn : Autumn {
    PackageId with_phone = package(autumn, "Kahvila ja etäpaja",
        {{cafe}, {.series = sports, .way = PackageWay::phone_day}, {.series = training, .instead = true}});

    PersonId enrolled(const std::string& name, std::optional<std::string> kind, Enrolment enrolment = {}) {
        const auto someone = person(name, kind);
        enrol(someone, std::move(enrolment));
        return someone;
    }
    void enrol(PersonId someone, Enrolment enrolment = {}) {
        enrolment.person = someone;
        if (enrolment.package == PackageId{}) enrolment.package = with_phone;
        enrolment.first_day = "2026-11-19";
        enrolment.last_day = "2026-12-31";
        enrolment.kind = people::person_details(database, someone)->decision_type;
        add_enrolment(database, autumn, enrolment, start);
        in_line();
    }
    std::vector<SessionId> in_line() { return bring_registrations_in_line(database, autumn, start); }

    std::vector<std::string> phone_days() {
        return days_in(database.read(
            "SELECT s.starts_at FROM outside_days o JOIN sessions s ON s.id = o.session ORDER BY s.starts_at"));
    }
    SessionId phone_day(const std::string& day) {
        return database.one<SessionId>("SELECT session FROM outside_days WHERE day = ?", day).value();
    }
    void cancel(SessionId session, std::optional<SessionId> moved_to = {}) {
        database.write(
            "INSERT INTO cancelled_sessions (session, why, words, by_name, at, moved_to) VALUES (?, 'other', "
            "'Peruttu', "
            "'K', ?, ?)",
            session, start, moved_to);
    }
};

}  // namespace

TEST_CASE("a day by phone is made when the first person is taken there, by the clock of the period's day") {
    PhoneAutumn season;
    CHECK(season.in_line().empty());
    CHECK(season.phone_days().empty());
    const auto lumme = season.enrolled("Lumme Lakka", "social_rehabilitation");
    CHECK(season.days_of(lumme) == Days{"2026-11-19", "2026-12-10"});
    CHECK(season.phone_days_of(lumme) == Days{"2026-11-26", "2026-12-03", "2026-12-17", "2026-12-31"});
    const auto kanerva = season.enrolled("Kanerva Kuusi", "work_activity");
    CHECK(season.days_of(kanerva) == Days{"2026-11-19", "2026-12-03", "2026-12-10", "2026-12-31"});
    CHECK(season.phone_days_of(kanerva) == Days{"2026-11-26", "2026-12-17"});
    CHECK(season.phone_days().size() == 4);
    // Once more changes nothing.
    CHECK(season.in_line().empty());
    CHECK(season.phone_days().size() == 4);

    const auto record = people::session_record(season.database, season.phone_day("2026-12-17"));
    REQUIRE(record);
    CHECK(record->way == SessionWay::phone_day);
    CHECK(record->starts_at == nine_on("2026-12-17"));
    CHECK(record->ends_at.ms - record->starts_at.ms == 4 * 60 * 60'000);
    CHECK(record->series == "Etäpajapäivä");
    CHECK(record->settings.doors_minutes == 0);
    CHECK(record->roster.size() == 2);
}

TEST_CASE("of two enrolments on one day somebody is called once, and not at all who is in the room") {
    PhoneAutumn season;
    const auto lumme = season.enrolled("Lumme Lakka", "social_rehabilitation");
    season.enrol(lumme);
    CHECK(season.phone_days_of(lumme) == Days{"2026-11-26", "2026-12-03", "2026-12-17", "2026-12-31"});
    season.enrol(lumme, {.package = season.thursdays});
    CHECK(season.days_of(lumme) == Days{"2026-11-19", "2026-11-26", "2026-12-10", "2026-12-17"});
    CHECK(season.phone_days_of(lumme) == Days{"2026-12-03", "2026-12-31"});
}

TEST_CASE("what a coordinator chooses for one person takes them to a day by phone, or out of it") {
    PhoneAutumn season;
    const auto lumme = season.enrolled("Lumme Lakka", "social_rehabilitation", {.package = season.thursdays});
    CHECK(season.phone_days_of(lumme).empty());
    keep_choice(season.database, season.autumn, lumme, season.training, "2026-11-19",
        {.choice = EligibilityChoice::instead, .reason = {}, .by = "Koordinaattori", .at = season.start});
    const auto changed = season.in_line();
    CHECK(season.phone_days_of(lumme) == Days{"2026-12-03", "2026-12-31"});
    CHECK(changed == std::vector{season.phone_day("2026-12-03"), season.phone_day("2026-12-31")});
    withdraw_enrolments(season.database, season.autumn, lumme, "2026-11-16");
    season.in_line();
    CHECK(season.phone_days_of(lumme).empty());
    CHECK(season.days_of(lumme).empty());
}

TEST_CASE("a room day that is cancelled alone leaves the day by phone; one that is moved takes it along") {
    PhoneAutumn season;
    const auto lumme = season.enrolled("Lumme Lakka", "social_rehabilitation");
    season.cancel(season.training_1);
    season.in_line();
    CHECK(season.phone_days_of(lumme) == Days{"2026-11-26", "2026-12-03", "2026-12-17", "2026-12-31"});
    season.cancel(season.sports_2, season.day(season.autumn, season.sports, "2026-12-18"));
    season.in_line();
    CHECK(season.phone_days_of(lumme) == Days{"2026-11-26", "2026-12-03", "2026-12-18", "2026-12-31"});
}

TEST_CASE("a day by phone follows the clock of the period's day, and is emptied where that one is no more") {
    PhoneAutumn season;
    const auto lumme = season.enrolled("Lumme Lakka", "social_rehabilitation");
    const auto hour = std::int64_t{60} * 60'000;
    season.database.write("UPDATE sessions SET starts_at = starts_at + ?, ends_at = ends_at + ? WHERE id = ?", hour,
        hour, season.sports_1);
    const auto day = season.phone_day("2026-11-26");
    CHECK(season.in_line() == std::vector{day});
    CHECK(people::session_record(season.database, day)->starts_at.ms == nine_on("2026-11-26").ms + hour);
    season.database.write("UPDATE sessions SET period = NULL WHERE id = ?", season.sports_1);
    CHECK(season.in_line() == std::vector{day});
    CHECK(season.phone_days_of(lumme) == Days{"2026-12-03", "2026-12-17", "2026-12-31"});
}

TEST_CASE("a day by phone that is cancelled stays so, and nobody is taken there") {
    PhoneAutumn season;
    season.enrolled("Lumme Lakka", "social_rehabilitation");
    season.cancel(season.phone_day("2026-12-03"));
    const auto hilla = season.enrolled("Hilla Honka", "social_rehabilitation");
    CHECK(season.phone_days_of(hilla) == Days{"2026-11-26", "2026-12-17", "2026-12-31"});
    CHECK(season.phone_days().size() == 4);
}

TEST_CASE("what was registered by hand stays, and so does a day by phone that has begun") {
    PhoneAutumn season;
    const auto lumme = season.enrolled("Lumme Lakka", "social_rehabilitation");
    const auto guest = season.person("Omin Käsin");
    season.database.write("INSERT INTO registrations (session, person, role) VALUES (?, ?, 'participant')",
        season.phone_day("2026-12-03"), guest);
    withdraw_enrolments(season.database, season.autumn, lumme, "2026-11-16");
    season.start = nine_on("2026-12-17");
    season.in_line();
    CHECK(season.phone_days_of(guest) == Days{"2026-12-03"});
    CHECK(season.phone_days_of(lumme) == Days{"2026-11-26", "2026-12-03", "2026-12-17"});
}

TEST_CASE("a day by phone that has ended is not made anew for a room of the same date") {
    PhoneAutumn season;
    const auto lumme = season.enrolled("Lumme Lakka", "social_rehabilitation");
    const auto day = season.phone_day("2026-11-26");
    season.day(season.autumn, season.sports, "2026-11-26");
    season.database.write("UPDATE sessions SET ends_at = starts_at + 60000 WHERE id = ?", day);
    season.start = UtcTime{nine_on("2026-11-26").ms + 120'000};
    season.in_line();
    CHECK(season.phone_day("2026-11-26") == day);
    CHECK(season.phone_days_of(lumme).front() == "2026-11-26");
}

TEST_CASE("who is taken out of a day by phone by hand stays out") {
    PhoneAutumn season;
    const auto lumme = season.enrolled("Lumme Lakka", "social_rehabilitation");
    REQUIRE_FALSE(people::take_out(season.database, season.phone_day("2026-12-03"), lumme, season.start));
    season.in_line();
    CHECK(season.phone_days_of(lumme) == Days{"2026-11-26", "2026-12-17", "2026-12-31"});
}

TEST_CASE("rooms pass a day by phone over: lists of series, doors, next day, and the link of the season") {
    PhoneAutumn season;
    const auto lumme = season.enrolled("Lumme Lakka", "social_rehabilitation");
    for (const auto& name : people::series_names(season.database)) CHECK(name != "Etäpajapäivä");
    for (const auto& one : all_series(season.database)) CHECK(one.name != "Etäpajapäivä");
    season.database.write("UPDATE sessions SET doors_minutes = 30");
    for (const auto session :
        people::doors_due(season.database, nine_on("2026-12-17"), UtcTime{nine_on("2026-12-17").ms + 1}))
        CHECK(people::way_of(season.database, session) == SessionWay::room);
    for (const auto& day : people::days_of(season.database, season.autumn, lumme)) CHECK(day.way == SessionWay::room);
    const auto all = people::all_days_of(season.database, season.autumn, lumme);
    CHECK(std::count_if(all.begin(), all.end(), [](const auto& day) { return day.way == SessionWay::phone_day; }) == 4);
}

TEST_CASE("the series of days by phone is found by its way, whatever it is called") {
    PhoneAutumn season;
    season.series("Etäpajapäivä");
    season.enrolled("Lumme Lakka", "social_rehabilitation");
    const auto name = people::session_record(season.database, season.phone_day("2026-12-17"))->series;
    CHECK(name == "Etäpajapäivä 2");
    CHECK(season.database.one<std::int64_t>("SELECT count(*) FROM series WHERE way = 'phone_day'") == 1);
}

TEST_CASE("somebody is placed in one day by phone or in all of them, by a role that they have anywhere") {
    PhoneAutumn season;
    season.enrolled("Lumme Lakka", "social_rehabilitation");
    const auto given = people::add_account(season.database,
        {.name = "Olli Ohjaaja",
            .roles = {{.role = protocol::StaffRole::facilitator, .series = "Etäkahvila"}},
            .supervises = {}},
        season.start);
    const auto worker = people::account(season.database, std::get<people::AccountId>(given))->person;
    const auto put = [&](const protocol::SubstituteBody& body) {
        return put_substitute(season.database, season.autumn, body, season.start);
    };
    protocol::SubstituteBody body;
    body.person = worker;
    body.role = Role::facilitator;
    body.session = season.phone_day("2026-12-03");
    REQUIRE(std::holds_alternative<PlacesChanged>(put(body)));
    CHECK(season.phone_days_of(worker) == Days{"2026-12-03"});
    body.session.reset();
    body.way = SessionWay::phone_day;
    REQUIRE(std::holds_alternative<PlacesChanged>(put(body)));
    CHECK(season.phone_days_of(worker) == Days{"2026-11-26", "2026-12-03", "2026-12-17", "2026-12-31"});
    CHECK(season.days_of(worker).empty());
    body.role = Role::moderator;
    CHECK(std::get<people::RefusalWord>(put(body)) == people::RefusalWord::not_permitted);
}

TEST_CASE("words of a contact come with its row, and go back with it") {
    PhoneAutumn season;
    const auto lumme = season.enrolled("Lumme Lakka", "social_rehabilitation");
    const auto worker = season.person("Työntekijä");
    const auto first = season.phone_day("2026-11-26"), second = season.phone_day("2026-12-03");
    const auto note = [&](SessionId day, std::int64_t version, people::ContactState state, people::ContactWords words,
                          std::optional<std::int64_t> seconds = {}, std::optional<std::int64_t> takes_back = {}) {
        people::put_contact(season.database, day,
            {.person = lumme,
                .version = version,
                .state = state,
                .tries = {UtcTime{1}, UtcTime{2}},
                .seconds = seconds,
                .by = worker,
                .takes_back = takes_back},
            season.start);
        people::put_contact_words(season.database, day, lumme, version, words);
    };
    using enum people::ContactState;
    note(first, 1, doing, {.task = "Kierrätyskävely", .task_minutes = 90});
    note(first, 2, checked, {.note = "Meni hyvin", .agreed = "Kädentaitoja"}, 5400);
    auto standing = people::contacts_of(season.database, first).at(lumme);
    CHECK(standing.words.task == "Kierrätyskävely");
    CHECK(standing.words.agreed == "Kädentaitoja");
    CHECK(standing.tries == std::vector{UtcTime{1}, UtcTime{2}});
    const auto last = people::last_contact(season.database, lumme, second);
    REQUIRE(last);
    CHECK(last->task == "Kierrätyskävely");
    CHECK(last->seconds == 5400);
    CHECK(last->agreed == "Kädentaitoja");
    CHECK_FALSE(people::last_contact(season.database, lumme, first));

    note(first, 3, doing, {}, {}, 2);
    standing = people::contacts_of(season.database, first).at(lumme);
    CHECK(standing.version == 3);
    CHECK(standing.words.task == "Kierrätyskävely");
    CHECK_FALSE(standing.words.agreed);
    CHECK(standing.can_be_taken_back);
    note(first, 4, to_call, {}, {}, 3);
    standing = people::contacts_of(season.database, first).at(lumme);
    CHECK_FALSE(standing.words.task);
    CHECK_FALSE(standing.can_be_taken_back);
    CHECK(people::usual_tasks(season.database, season.start).empty());
    // The same row once more changes nothing.
    note(first, 4, checked, {});
    CHECK(people::contacts_of(season.database, first).at(lumme).state == to_call);
}
