#include "programme/holidays.hpp"

#include <sstream>

#include "support/catch.hpp"

using namespace etakahvila;
using namespace etakahvila::programme;

namespace {

/// The days of a year, one a line.
std::string printed(int year, bool are_holidays) {
    std::string text;
    for (const auto& each : exceptional_days(year)) {
        if (each.is_holiday == are_holidays) text += people::day_text(each.day) + " " + std::string{each.name} + "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("Easter is when the almanac says") {
    for (const auto& [year, month, day] : {std::tuple{2008, 3U, 23U}, {2011, 4U, 24U}, {2020, 4U, 12U}, {2021, 4U, 4U},
             {2024, 3U, 31U}, {2026, 4U, 5U}, {2027, 3U, 28U}, {2038, 4U, 25U}, {2049, 4U, 18U}, {2076, 4U, 19U}})
        CHECK(easter_sunday(year) == LocalDate{.year = year, .month = month, .day = day});
}

TEST_CASE("The holidays of 2021 and of 2026 are those of the almanac") {
    CHECK(printed(2021, true) == R"(2021-01-01 Uudenvuodenpäivä
2021-01-06 Loppiainen
2021-04-02 Pitkäperjantai
2021-04-04 Pääsiäispäivä
2021-04-05 Toinen pääsiäispäivä
2021-05-01 Vapunpäivä
2021-05-13 Helatorstai
2021-05-23 Helluntaipäivä
2021-06-25 Juhannusaatto
2021-06-26 Juhannuspäivä
2021-11-06 Pyhäinpäivä
2021-12-06 Itsenäisyyspäivä
2021-12-24 Jouluaatto
2021-12-25 Joulupäivä
2021-12-26 Tapaninpäivä
)");
    CHECK(printed(2026, true) == R"(2026-01-01 Uudenvuodenpäivä
2026-01-06 Loppiainen
2026-04-03 Pitkäperjantai
2026-04-05 Pääsiäispäivä
2026-04-06 Toinen pääsiäispäivä
2026-05-01 Vapunpäivä
2026-05-14 Helatorstai
2026-05-24 Helluntaipäivä
2026-06-19 Juhannusaatto
2026-06-20 Juhannuspäivä
2026-10-31 Pyhäinpäivä
2026-12-06 Itsenäisyyspäivä
2026-12-24 Jouluaatto
2026-12-25 Joulupäivä
2026-12-26 Tapaninpäivä
)");
}

TEST_CASE("Working days to think of: Maundy Thursday, the eves, and the winter holiday of Helsinki's schools") {
    CHECK(printed(2021, false) == R"(2021-02-22 Talviloma
2021-02-23 Talviloma
2021-02-24 Talviloma
2021-02-25 Talviloma
2021-02-26 Talviloma
2021-04-01 Kiirastorstai
2021-04-30 Vapunaatto
2021-12-31 Uudenvuodenaatto
)");
    // Week 8 of a year that begins in week 53 of the last.
    CHECK(printed(2027, false).starts_with("2027-02-22 Talviloma\n"));
    CHECK(printed(2026, false).starts_with("2026-02-16 Talviloma\n"));
}

TEST_CASE("May Day may be Ascension Day: both names are told") {
    CHECK(printed(2008, true).find("2008-05-01 Vapunpäivä\n2008-05-01 Helatorstai\n") != std::string::npos);
}
