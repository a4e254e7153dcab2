#include "programme/holidays.hpp"

#include <algorithm>

namespace etakahvila::programme {
namespace {

constexpr unsigned monday = 1;
constexpr unsigned saturday = 6;

/// The first day with this weekday from a day on.
LocalDate first_weekday_from(LocalDate day, unsigned weekday) {
    const auto ahead = (weekday + 7 - people::iso_weekday(day)) % 7;
    return people::days_after(day, static_cast<int>(ahead));
}

/// The fourth of January is always in week 1.
LocalDate monday_of_week(int year, int week) {
    const LocalDate in_week_1{.year = year, .month = 1, .day = 4};
    const auto since_monday = static_cast<int>(people::iso_weekday(in_week_1) - monday);
    return people::days_after(in_week_1, (week - 1) * 7 - since_monday);
}

}  // namespace

LocalDate easter_sunday(int year) {
    const int golden = year % 19;
    const int century = year / 100;
    const int moon = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    const int weekday = (32 + 2 * (century % 4) + 2 * (year % 100 / 4) - moon - year % 100 % 4) % 7;
    const int late = (golden + 11 * moon + 22 * weekday) / 451;
    const int day = moon + weekday - 7 * late + 114;
    return {.year = year, .month = static_cast<unsigned>(day / 31), .day = static_cast<unsigned>(day % 31 + 1)};
}

std::vector<ExceptionalDay> exceptional_days(int year) {
    const auto on = [&](unsigned month, unsigned day) { return LocalDate{.year = year, .month = month, .day = day}; };
    const auto easter = easter_sunday(year);
    const auto from_easter = [&](int days) { return people::days_after(easter, days); };
    const auto midsummer = first_weekday_from(on(6, 20), saturday);
    std::vector<ExceptionalDay> days{{on(1, 1), "Uudenvuodenpäivä", true}, {on(1, 6), "Loppiainen", true},
        {from_easter(-3), "Kiirastorstai", false}, {from_easter(-2), "Pitkäperjantai", true},
        {easter, "Pääsiäispäivä", true}, {from_easter(1), "Toinen pääsiäispäivä", true},
        {on(4, 30), "Vapunaatto", false}, {on(5, 1), "Vapunpäivä", true}, {from_easter(39), "Helatorstai", true},
        {from_easter(49), "Helluntaipäivä", true}, {people::days_after(midsummer, -1), "Juhannusaatto", true},
        {midsummer, "Juhannuspäivä", true}, {first_weekday_from(on(10, 31), saturday), "Pyhäinpäivä", true},
        {on(12, 6), "Itsenäisyyspäivä", true}, {on(12, 24), "Jouluaatto", true}, {on(12, 25), "Joulupäivä", true},
        {on(12, 26), "Tapaninpäivä", true}, {on(12, 31), "Uudenvuodenaatto", false}};
    constexpr int winter_week = 8;
    constexpr int working_days = 5;
    for (int day = 0; day < working_days; ++day)
        days.push_back({people::days_after(monday_of_week(year, winter_week), day), "Talviloma", false});
    std::stable_sort(days.begin(), days.end(), [](const auto& one, const auto& other) { return one.day < other.day; });
    return days;
}

}  // namespace etakahvila::programme
