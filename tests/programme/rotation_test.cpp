#include "programme/rotation.hpp"

#include <map>
#include <set>
#include <sstream>

#include "people/local_time.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

using namespace etakahvila;
using namespace etakahvila::programme;
using people::ClockTime;
using testing::test_file;

namespace {

const SeriesId sport{1};
const SeriesId work{2};
const SeriesId cafe{3};

LocalDate on(int year, unsigned month, unsigned day) { return {.year = year, .month = month, .day = day}; }

Rotation weekly(LocalDate first, LocalDate last, unsigned weekday, std::vector<SeriesId> series) {
    return {.first_day = first,
        .last_day = last,
        .weekday = weekday,
        .series = std::move(series),
        .skips = {},
        .skip_moves_turn = false};
}

Rotation autumn() {
    auto rotation = weekly(on(2020, 8, 6), on(2020, 12, 17), 4, {sport, work, cafe});
    rotation.skips = {{.day = on(2020, 8, 13), .why = "Väliviikko"}};
    return rotation;
}

std::string printed(const std::vector<TurnDay>& days) {
    std::string text;
    for (const auto& day : days)
        text += people::day_text(day.day) + " " + (day.series ? std::to_string(day.series->value) : "-") + "\n";
    return text;
}

/// date and number of the series, of each row of the programme as it was.
std::string real_programme() {
    const std::map<std::string, std::string> numbers{
        {"Osallisuus ja liikunta", "1"}, {"Etätyövalmennus", "2"}, {"Etäkahvila", "3"}};
    std::istringstream lines{test_file("data/programme-autumn-2020.csv")};
    std::string line;
    std::getline(lines, line);
    std::string text;
    while (std::getline(lines, line)) {
        std::istringstream cells{line};
        std::vector<std::string> row(4);
        for (auto& cell : row) std::getline(cells, cell, ';');
        text += row[0] + " " + numbers.at(row[3]) + "\n";
    }
    return text;
}

std::string without_skipped(const std::vector<TurnDay>& days) {
    std::vector<TurnDay> held;
    for (const auto& day : days) {
        if (day.series) held.push_back(day);
    }
    return printed(held);
}

}  // namespace

TEST_CASE("The days of autumn 2020 are those of the programme: the 13th of August took its turn with it") {
    const auto days = turn_days(autumn());
    CHECK(days.size() == 20);
    CHECK(days[1] == TurnDay{.day = on(2020, 8, 13), .series = {}, .why_skipped = "Väliviikko"});
    CHECK(without_skipped(days) == real_programme());
}

TEST_CASE("A skipped day that leaves its turn to the next moves all that come after it") {
    auto rotation = autumn();
    rotation.skip_moves_turn = true;
    const auto days = turn_days(rotation);
    CHECK(days.size() == 20);
    CHECK(printed({days.begin(), days.begin() + 5}) ==
          "2020-08-06 1\n2020-08-13 -\n2020-08-20 2\n2020-08-27 3\n2020-09-03 1\n");
    CHECK(without_skipped(days) != real_programme());
}

TEST_CASE("A skip of another weekday, or outside of the period, takes nothing away and moves no turn") {
    auto rotation = autumn();
    for (const bool moves : {false, true}) {
        rotation.skip_moves_turn = moves;
        rotation.skips = {};
        const auto without = turn_days(rotation);
        rotation.skips = {{.day = on(2020, 8, 14), .why = "perjantai"}, {.day = on(2020, 7, 30), .why = "ennen"},
            {.day = on(2020, 12, 24), .why = "jälkeen"}};
        CHECK(turn_days(rotation) == without);
    }
}

TEST_CASE("Years of 53 weeks and the new year have each of their days, a week apart") {
    for (const auto& [year, last] : {std::pair{2020, on(2020, 12, 31)}, {2026, on(2026, 12, 31)}}) {
        const auto days = turn_days(weekly(on(year, 1, 1), last, 4, {sport, work, cafe}));
        CHECK(days.size() == 53);
        CHECK(days.back().day == last);
        CHECK(days.back().series == work);
    }
    const auto days = turn_days(weekly(on(2020, 12, 17), on(2021, 1, 14), 4, {sport, work, cafe}));
    CHECK(printed(days) == "2020-12-17 1\n2020-12-24 2\n2020-12-31 3\n2021-01-07 1\n2021-01-14 2\n");
}

TEST_CASE("Turns go on over changes of clocks, and the clock stays what it is") {
    for (const auto& [first, last] :
        {std::pair{on(2026, 3, 26), on(2026, 4, 2)}, {on(2026, 10, 22), on(2026, 10, 29)}}) {
        const auto days = turn_days(weekly(first, last, 4, {sport, work}));
        REQUIRE(days.size() == 2);
        CHECK(days[0].day == first);
        CHECK(days[1].day == last);
        for (const auto& day : days) {
            const auto nine = std::get<base::UtcTime>(people::utc_of(day.day, ClockTime{.hour = 9, .minute = 0}));
            CHECK(people::local_clock_text(nine) == "09:00");
            CHECK(people::local_date_text(nine) == people::day_text(day.day));
        }
    }
}

TEST_CASE("One series has every turn; of more series than days the last have none; one may have several") {
    const auto alone = turn_days(weekly(on(2026, 9, 3), on(2026, 9, 24), 4, {cafe}));
    CHECK(printed(alone) == "2026-09-03 3\n2026-09-10 3\n2026-09-17 3\n2026-09-24 3\n");
    CHECK(printed(turn_days(weekly(on(2026, 9, 3), on(2026, 9, 10), 4, {sport, work, cafe}))) ==
          "2026-09-03 1\n2026-09-10 2\n");
    CHECK(printed(turn_days(weekly(on(2026, 9, 3), on(2026, 9, 24), 4, {cafe, sport, cafe, work}))) ==
          "2026-09-03 3\n2026-09-10 1\n2026-09-17 3\n2026-09-24 2\n");
}

TEST_CASE("Each weekday has its own days, and together they are all of the period") {
    std::set<std::string> all;
    for (unsigned weekday = 1; weekday <= 7; ++weekday) {
        for (const auto& day : turn_days(weekly(on(2028, 2, 21), on(2028, 3, 5), weekday, {sport}))) {
            CHECK(people::iso_weekday(day.day) == weekday);
            CHECK(all.insert(people::day_text(day.day)).second);
        }
    }
    CHECK(all.size() == 14);
    CHECK(all.contains("2028-02-29"));
}

TEST_CASE("A period of one day has it on its weekday only") {
    CHECK(printed(turn_days(weekly(on(2026, 12, 3), on(2026, 12, 3), 4, {sport, work}))) == "2026-12-03 1\n");
    CHECK(turn_days(weekly(on(2026, 12, 3), on(2026, 12, 3), 3, {sport, work})).empty());
    CHECK(printed(turn_days(weekly(on(2028, 2, 29), on(2028, 2, 29), 2, {cafe}))) == "2028-02-29 3\n");
}
