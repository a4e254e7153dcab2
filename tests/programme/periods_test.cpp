#include "programme/periods.hpp"

#include "programme/helpers.hpp"
#include "programme/packages.hpp"

using namespace etakahvila;
using namespace etakahvila::programme;

namespace {

std::vector<std::string> faults_of(const Season& season, const protocol::PeriodBody& form) {
    const auto read = period_of(season.database, form);
    const auto* faults = std::get_if<std::vector<Fault>>(&read);
    return faults == nullptr ? TextLines{} : told(*faults);
}

protocol::PeriodPreview preview(const Season& season, const protocol::PeriodBody& form) {
    return std::get<protocol::PeriodPreview>(preview_period(season.database, form, {}));
}

}  // namespace

TEST_CASE("A draft is stored as people wrote it, is changed, and is removed with its packages") {
    Season season;
    const auto id = season.put(season.autumn());
    const auto stored = form_of(period(season.database, id).value());
    CHECK(stored.first_day == "2020-08-06");
    CHECK(stored.last_day == "2020-12-17");
    CHECK(stored.start == "09:00");
    CHECK(stored.end == "13:00");
    CHECK(stored.series == season.series);
    CHECK(stored.skipped == std::vector<SkippedDay>{{.day = "2020-08-13", .why = "Väliviikko"}});
    auto changed = season.autumn();
    changed.name = "Syyskausi";
    changed.skipped->clear();
    CHECK(std::get<PeriodId>(put_period(season.database, changed, id)) == id);
    CHECK(period(season.database, id)->name == "Syyskausi");
    CHECK(period(season.database, id)->rotation.skips.empty());
    put_package(season.database, id, {.id = {}, .name = "Kaikki", .parts = {{.series = season.series[0]}}});
    REQUIRE(periods(season.database).size() == 1);
    CHECK(periods(season.database)[0].sessions == 0);
    CHECK_FALSE(remove_period(season.database, id));
    CHECK(remove_period(season.database, id) == RefusalWord::not_found);
    CHECK(season.count("packages") + season.count("package_parts") + season.count("period_series") == 0);
    CHECK(std::get<RefusalWord>(put_period(season.database, changed, id)) == RefusalWord::not_found);
}

TEST_CASE("All that is wrong with a form is told at once, each by its name") {
    Season season;
    const protocol::PeriodBody form{.name = " ",
        .first_day = "joskus",
        .last_day = "31.2.2021",
        .weekday = 8,
        .start = "aamulla",
        .end = "illalla",
        .doors_minutes = -1,
        .series = {},
        .skipped = std::vector<SkippedDay>{{.day = "3/12/2020", .why = ""}},
        .skip_moves_turn = false};
    CHECK(
        faults_of(season, form) == TextLines{"name_missing", "date_unclear joskus", "date_unclear 31.2.2021",
                                       "not_allowed weekday", "start_unclear aamulla", "end_unclear illalla",
                                       "not_allowed doors_minutes", "series_missing", "date_order_unclear 3/12/2020"});
    CHECK(std::holds_alternative<std::vector<Fault>>(preview_period(season.database, form, {})));
    CHECK(std::holds_alternative<std::vector<Fault>>(put_period(season.database, form, {})));
    CHECK(season.count("periods") == 0);
}

TEST_CASE("A period has its limits") {
    Season season;
    auto form = season.autumn();
    form.last_day = "5.8.2020";
    CHECK(faults_of(season, form) == TextLines{"last_day_before_first 5.8.2020"});
    form.last_day = "9.9.2021";
    CHECK(faults_of(season, form).empty());
    form.last_day = "10.9.2021";
    CHECK(faults_of(season, form) == TextLines{"period_too_long 10.9.2021"});
    form = season.autumn();
    form.series.assign(21, season.series[0]);
    CHECK(faults_of(season, form) == TextLines{"too_long series"});
    form.series = {season.series[0], SeriesId{99}};
    CHECK(faults_of(season, form) == TextLines{"not_allowed series"});
    form = season.autumn();
    form.last_day = "11.8.2020";
    form.weekday = 3;
    form.first_day = "6.8.2020";
    CHECK(faults_of(season, form) == TextLines{"weekday_differs 6.8.2020"});
    form = season.autumn();
    form.doors_minutes = 241;
    form.end = "8";
    CHECK(faults_of(season, form) == TextLines{"end_before_start 8", "not_allowed doors_minutes"});
}

TEST_CASE("Names of periods are the same by their key") {
    Season season;
    const auto id = season.put(season.autumn());
    auto form = season.autumn();
    form.name = "SYKSY  2020";
    CHECK(told(std::get<std::vector<Fault>>(put_period(season.database, form, {}))) ==
          TextLines{"name_taken SYKSY 2020"});
    CHECK(std::holds_alternative<PeriodId>(put_period(season.database, form, id)));
}

TEST_CASE("A preview stores nothing, and proposes the holidays where no skipped days are told") {
    Season season;
    auto form = season.autumn();
    form.name = "Kevät 2021";
    form.first_day = "14.1.2021";
    form.last_day = "10.6.2021";
    form.series = {season.series[2], season.series[0], season.series[1]};
    form.skipped.reset();
    form.skip_moves_turn = true;
    const auto shown = preview(season, form);
    CHECK(shown.days.size() == 22);
    CHECK(shown.new_days == 21);
    CHECK(shown.made_days == 0);
    CHECK(shown.exceptions ==
          std::vector<protocol::ExceptionDay>{{.day = "2021-02-25", .name = "Talviloma", .is_holiday = false},
              {.day = "2021-04-01", .name = "Kiirastorstai", .is_holiday = false},
              {.day = "2021-05-13", .name = "Helatorstai", .is_holiday = true}});
    CHECK(shown.days[17].day == "2021-05-13");
    CHECK(shown.days[17].why == "Helatorstai");
    CHECK_FALSE(shown.days[17].series);
    // The next has the turn that it left.
    CHECK(shown.days[16].series == season.series[0]);
    CHECK(shown.days[18].series == season.series[1]);
    CHECK(season.count("periods") + season.count("sessions") == 0);
    // As drawn: the week of the winter holiday is skipped too.
    form.skipped = std::vector<SkippedDay>{
        {.day = "25.2.2021", .why = "Talviloma"}, {.day = "to 13.5.2021", .why = "Helatorstai"}};
    CHECK(preview(season, form).new_days == 20);
    form.skipped->clear();
    CHECK(preview(season, form).new_days == 22);
}

TEST_CASE("Making makes a session for each day, and again it makes none") {
    Season season;
    const auto id = season.put(season.autumn());
    const auto made = season.make(id);
    CHECK(made.created.size() == 19);
    CHECK(made.made_before == 0);
    const auto first = people::session_record(season.database, made.created[0]).value();
    CHECK(first.series == "Osallisuus ja liikunta");
    CHECK(first.theme == "Osallisuus ja liikunta");
    CHECK(people::local_date_text(first.starts_at) == "2020-08-06");
    CHECK(people::local_clock_text(first.starts_at) == "09:00");
    // After the change of clocks it is nine still.
    const auto last = people::session_record(season.database, made.created[18]).value();
    CHECK(people::local_clock_text(last.starts_at) == "09:00");
    CHECK(people::local_clock_text(last.ends_at) == "13:00");
    CHECK(season.database.one<std::int64_t>(
              "SELECT count(*) FROM sessions WHERE period = ? AND doors_minutes = 30", id) == 19);
    const auto again = season.make(id);
    CHECK(again.created.empty());
    CHECK(again.made_before == 19);
    CHECK(remove_period(season.database, id) == RefusalWord::not_now);
    CHECK(std::get<RefusalWord>(make_period(season.database, PeriodId{99})) == RefusalWord::not_found);
    const auto shown = preview(season, season.autumn());
    CHECK(shown.new_days == 0);
    CHECK(shown.made_days == 19);
    CHECK(shown.days[0].session == made.created[0]);
}

TEST_CASE("A change of the form touches no day that is made, and making adds what is missing") {
    Season season;
    const auto id = season.put(season.autumn());
    const auto made = season.make(id).created;
    auto form = season.autumn();
    form.series = {season.series[2], season.series[0]};
    form.last_day = "7.1.2021";
    form.start = "10";
    form.end = "14";
    // A day that is made stands, also where it would be skipped.
    form.skipped = std::vector<SkippedDay>{{.day = "20.8.2020", .why = "Loma"}, {.day = "24.12.2020", .why = "Joulu"}};
    REQUIRE(std::holds_alternative<PeriodId>(put_period(season.database, form, id)));
    const auto more = season.make(id);
    CHECK(more.made_before == 19);
    // The 13th of August, New Year's Eve, the 7th of January.
    REQUIRE(more.created.size() == 3);
    const auto added = people::session_record(season.database, more.created[0]).value();
    CHECK(people::local_date_text(added.starts_at) == "2020-08-13");
    CHECK(people::local_clock_text(added.starts_at) == "10:00");
    const auto second = people::session_record(season.database, made[1]).value();
    CHECK(second.series == "Etäkahvila");
    CHECK(people::local_clock_text(second.starts_at) == "09:00");
    // A rule that has none of the days any more leaves them all.
    form.weekday = 1;
    REQUIRE(std::holds_alternative<PeriodId>(put_period(season.database, form, id)));
    std::int64_t made_days = 0;
    for (const auto& day : days_of(season.database, period(season.database, id).value(), id))
        made_days += day.session ? 1 : 0;
    CHECK(made_days == 22);
}

TEST_CASE("Two periods that share days have a session each") {
    Season season;
    const auto first = season.put(season.autumn());
    auto form = season.autumn();
    form.name = "Toinen ryhmä";
    const auto second = season.put(form);
    CHECK(season.make(first).created.size() == 19);
    CHECK(season.make(second).created.size() == 19);
    CHECK(season.count("sessions") == 38);
}

TEST_CASE("A time of day that the change of clocks takes is refused by its day") {
    Season season;
    auto form = season.autumn();
    form.first_day = "1.3.2026";
    form.last_day = "30.11.2026";
    form.weekday = 7;
    form.start = "3.30";
    form.end = "5";
    form.skipped.emplace();
    CHECK(told(std::get<std::vector<Fault>>(put_period(season.database, form, {}))) ==
          TextLines{"time_does_not_exist 2026-03-29 03:30", "time_comes_twice 2026-10-25 03:30"});
    form.skipped = std::vector<SkippedDay>{
        {.day = "29.3.2026", .why = "kesäaika"}, {.day = "25.10.2026", .why = "talviaika"}};
    CHECK(std::holds_alternative<PeriodId>(put_period(season.database, form, {})));
}

TEST_CASE("The usual staff is on days where nobody with an account can take a place") {
    Season season;
    season.add_staff("Olli Ohjaaja", protocol::StaffRole::facilitator, "Etäkahvila");
    season.add_staff("Kaisa Koordinaattori", protocol::StaffRole::coordinator);
    const auto made = season.make(season.put(season.autumn())).created;
    const auto staff_on = [&](protocol::SessionId session) {
        return people::session_record(season.database, session)->roster.size();
    };
    CHECK(staff_on(made[0]) == 4);
    CHECK(staff_on(made[1]) == 0);
    CHECK(staff_on(made[3]) == 4);
}
