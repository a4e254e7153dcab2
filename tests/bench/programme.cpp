// How long the page of a season takes from the records to its JSON: 19 days of 300 people, and 200 days of them. Median
// and worst of twenty. What the rooms add is the list of sessions' (tests/bench/run.sh).

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <vector>

#include "base/json.hpp"
#include "people/registrations.hpp"
#include "programme/period_page.hpp"
#include "programme/series.hpp"
#include "records/sqlite_database.hpp"

using namespace etakahvila;

namespace {

constexpr int people_count = 300;
constexpr int rounds = 20;
constexpr base::UtcTime now{1'796'281'200'000};

protocol::PeriodId plan(records::Database& database, const std::string& name, unsigned weekday,
    const std::string& first_day, const std::string& last_day, const std::vector<protocol::SeriesId>& series) {
    const protocol::PeriodBody form{.name = name,
        .first_day = first_day,
        .last_day = last_day,
        .weekday = weekday,
        .start = "9",
        .end = "13",
        .doors_minutes = 30,
        .series = series,
        .skipped = std::vector<protocol::SkippedDay>{},
        .skip_moves_turn = false};
    const auto period = std::get<protocol::PeriodId>(programme::put_period(database, form, {}));
    programme::make_period(database, period);
    return period;
}

void fill(records::Database& database, protocol::PeriodId period, const std::vector<protocol::PersonId>& people) {
    const auto package = database.add<std::int64_t>(
        "INSERT INTO packages (period, name, name_key) VALUES (?, 'Kaikki', 'kaikki') RETURNING id", period);
    for (const auto person : people) {
        database.write(
            "INSERT INTO enrolments (person, period, package, first_day, last_day, state, made_at) VALUES (?, ?, ?, "
            "'2026-01-01', '2030-12-31', 'accepted', 0)",
            person, period, package);
        database.write(
            "INSERT INTO registrations (session, person, role) SELECT id, ?, 'participant' FROM sessions WHERE period "
            "= ?",
            person, period);
    }
}

void measure(records::Database& database, const char* what, protocol::PeriodId period, std::size_t days) {
    std::vector<double> times;
    for (int round = 0; round < rounds; ++round) {
        const auto begin = std::chrono::steady_clock::now();
        const auto page = programme::period_page(database, period, now);
        const auto text = base::json::to_text(page->shown);
        const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
        if (page->shown.days.size() != days || text.empty()) std::exit(1);
        times.push_back(took.count());
    }
    std::sort(times.begin(), times.end());
    std::cout << what << ", " << people_count << " people: median " << times[rounds / 2] << " ms, worst "
              << times.back() << " ms\n";
}

}  // namespace

int main() {
    records::SqliteDatabase database{":memory:"};
    people::migrate(database);
    std::vector<protocol::SeriesId> series;
    for (const auto* name : {"Osallisuus ja liikunta", "Etätyövalmennus", "Etäkahvila"})
        series.push_back(std::get<protocol::SeriesId>(programme::put_series(
            database, {.name = name, .is_for_all = true, .kinds = {}, .start = "9", .end = "13"}, {}, now)));
    std::vector<protocol::PersonId> people;
    for (int one = 0; one < people_count; ++one) {
        people::PersonDetails details;
        details.name = "Osallistuja " + std::to_string(one);
        people.push_back(std::get<protocol::PersonId>(people::add_person(database, details)));
    }
    const auto autumn = plan(database, "Syksy", 4, "6.8.2026", "10.12.2026", series);
    fill(database, autumn, people);
    measure(database, "19 days", autumn, 19);
    // A rule of one weekday has 58 days at most: it is made for each weekday in turn.
    auto form = programme::form_of(programme::period(database, autumn).value());
    form.name = "Kaikki päivät";
    form.first_day = "4.1.2027";
    form.last_day = "17.10.2027";
    const auto all = std::get<protocol::PeriodId>(programme::put_period(database, form, {}));
    for (std::int64_t weekday = 1; weekday <= 5; ++weekday) {
        form.weekday = weekday;
        programme::put_period(database, form, all);
        programme::make_period(database, all);
    }
    fill(database, all, people);
    measure(database, "more than 200 days", all, 205);
}
