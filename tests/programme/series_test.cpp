#include "programme/series.hpp"

#include "programme/helpers.hpp"

using namespace etakahvila;
using namespace etakahvila::programme;

TEST_CASE("A series is as its form says, its clocks however they are written") {
    Season season;
    auto form = Season::series_form("  Kevään   kahvila ");
    form.short_name = "Kahvila";
    form.is_for_all = false;
    form.kinds = {"work_activity", "social_rehabilitation", "work_activity"};
    form.start = "klo 9.30–12";
    form.end = "";
    form.letter = "Tervetuloa!\nNähdään.";
    form.agenda = {{.id = {}, .kind = protocol::AgendaKind::discussion, .title = "Jutellaan", .minutes = 150}};
    const auto id = std::get<SeriesId>(put_series(season.database, form, {}, season.now));
    const auto all = all_series(season.database);
    REQUIRE(all.size() == 4);
    CHECK(all[0].name == "Etäkahvila");
    const auto& shown = all[2];
    CHECK(shown.id == id);
    CHECK(shown.name == "Kevään kahvila");
    CHECK(shown.short_name == "Kahvila");
    CHECK(shown.kinds == std::vector<std::string>{"social_rehabilitation", "work_activity"});
    CHECK(shown.start == "09:30");
    CHECK(shown.end == "12:00");
    CHECK(shown.letter == "Tervetuloa!\nNähdään.");
    REQUIRE(shown.agenda.size() == 1);
    CHECK(shown.agenda[0].title == "Jutellaan");
    CHECK(shown.sessions == 0);

    // Without an agenda in the form the one that stands stays; an empty one takes it away.
    form.agenda.reset();
    put_series(season.database, form, id, season.now);
    CHECK(all_series(season.database)[2].agenda.size() == 1);
    form.agenda.emplace();
    put_series(season.database, form, id, season.now);
    CHECK(all_series(season.database)[2].agenda.empty());
}

TEST_CASE("All that is wrong with a series is told at once") {
    Season season;
    auto form = Season::series_form("");
    form.start = "aamulla";
    form.end = "25:00";
    form.short_name = std::string(41, 'x');
    form.kinds = {"unheard_of"};
    form.letter = std::string(4001, 'x');
    form.agenda = {{.id = {}, .kind = protocol::AgendaKind::talk, .title = "", .minutes = 0}};
    const auto put = put_series(season.database, form, {}, season.now);
    CHECK(told(std::get<std::vector<Fault>>(put)) ==
          TextLines{"series_missing", "title_missing", "minutes_unclear ", "start_unclear aamulla", "end_unclear 25:00",
              "too_long short_name", "too_long letter", "not_allowed kinds"});
    CHECK(season.count("series") == 3);
}

TEST_CASE("Names of series are the same by their key, and one that nobody may attend is refused") {
    Season season;
    const auto taken = put_series(season.database, Season::series_form("ETÄKAHVILA"), {}, season.now);
    CHECK(told(std::get<std::vector<Fault>>(taken)) == TextLines{"name_taken ETÄKAHVILA"});
    // Its own name is not another's.
    CHECK(std::holds_alternative<SeriesId>(
        put_series(season.database, Season::series_form("etäkahvila"), season.series[2], season.now)));
    auto nobody = Season::series_form("Ei kellekään");
    nobody.is_for_all = false;
    CHECK(told(std::get<std::vector<Fault>>(put_series(season.database, nobody, {}, season.now))) ==
          TextLines{"not_allowed kinds"});
    const auto none = put_series(season.database, Season::series_form("X"), SeriesId{99}, season.now);
    CHECK(std::get<RefusalWord>(none) == RefusalWord::not_found);
}

TEST_CASE("New sessions of a series take its agenda, with the day's question in its discussion") {
    Season season;
    auto form = Season::series_form("Etäkahvila");
    form.agenda = {{.id = {}, .kind = protocol::AgendaKind::talk, .title = "Alku", .minutes = 30},
        {.id = {}, .kind = protocol::AgendaKind::discussion, .title = "Jutellaan", .minutes = 210}};
    put_series(season.database, form, season.series[2], season.now);
    const auto session = season.plan();
    auto record = people::session_record(season.database, session).value();
    REQUIRE(record.agenda.size() == 2);
    CHECK(record.agenda[0].title == "Alku");
    CHECK(record.agenda[1].question == "Miten nukuit?");
    // As nobody has touched it, it follows the question; once the series has another, it stays what it is.
    people::SessionDraft draft{.series = record.series,
        .theme = record.theme,
        .question = "Mitä unessa tapahtui?",
        .starts_at = record.starts_at,
        .ends_at = record.ends_at,
        .help_phone = {},
        .settings = record.settings};
    people::change_session(season.database, session, draft);
    CHECK(people::session_record(season.database, session)->agenda[1].question == "Mitä unessa tapahtui?");
    form.agenda->front().title = "Aloitus";
    put_series(season.database, form, season.series[2], season.now);
    draft.question = "Entä nyt?";
    people::change_session(season.database, session, draft);
    record = people::session_record(season.database, session).value();
    CHECK(record.agenda[0].title == "Alku");
    CHECK(record.agenda[1].question == "Mitä unessa tapahtui?");
}

TEST_CASE("A new name is the theme of days that have none yet, and of no day that has begun") {
    Season season;
    const auto made = season.make(season.put(season.autumn())).created;
    season.database.write("UPDATE sessions SET theme = 'Lomakuvat' WHERE id = ?", made[2]);
    // On the 12th of August the first day is over.
    season.now = {1'597'212'000'000};
    put_series(season.database, Season::series_form("Liikunta"), season.series[0], season.now);
    const auto theme = [&](protocol::SessionId session) {
        return people::session_record(season.database, session)->theme;
    };
    CHECK(theme(made[0]) == "Osallisuus ja liikunta");
    CHECK(theme(made[1]) == "Etäkahvila");
    CHECK(theme(made[2]) == "Lomakuvat");
    CHECK(theme(made[5]) == "Liikunta");
    const auto days = days_to_come(season.database, season.series[0], season.now);
    CHECK(days.size() == 6);
    CHECK(periods_to_come(season.database, season.series[0], season.now).size() == 1);
}
