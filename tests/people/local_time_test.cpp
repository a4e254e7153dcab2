#include "people/helpers.hpp"
#include "people/local_time.hpp"

using namespace etakahvila::people;

namespace {

constexpr std::int64_t hour = 3'600'000;

UtcTime at(LocalDate date, int hours, int minutes = 0) {
    return std::get<UtcTime>(utc_of(date, {.hour = hours, .minute = minutes}));
}

}  // namespace

TEST_CASE("Helsinki is two hours ahead in winter and three in summer") {
    CHECK(at({2026, 12, 3}, 9).ms == 1'796'281'200'000);  // 07:00 UTC
    CHECK(at({2026, 8, 6}, 9).ms == 1'785'996'000'000);   // 06:00 UTC
    CHECK(local_date_text(UtcTime{1'785'996'000'000}) == "2026-08-06");
    CHECK(local_clock_text(UtcTime{1'785'996'000'000}) == "09:00");
}

TEST_CASE("In the night that loses an hour, four hours on the clock are three") {
    const LocalDate night{2026, 3, 29};
    CHECK(at(night, 5).ms - at(night, 1).ms == 3 * hour);
    CHECK(std::get<ClockGap>(utc_of(night, {3, 0})) == ClockGap::time_does_not_exist);
    CHECK(std::get<ClockGap>(utc_of(night, {3, 59})) == ClockGap::time_does_not_exist);
    CHECK(at(night, 4).ms - at(night, 2, 59).ms == 60'000);
}

TEST_CASE("In the night that has an hour twice, four hours on the clock are five") {
    const LocalDate night{2026, 10, 25};
    CHECK(at(night, 5).ms - at(night, 1).ms == 5 * hour);
    CHECK(std::get<ClockGap>(utc_of(night, {3, 0})) == ClockGap::time_comes_twice);
    CHECK(std::get<ClockGap>(utc_of(night, {3, 59})) == ClockGap::time_comes_twice);
    CHECK(at(night, 4).ms - at(night, 2, 59).ms == 2 * hour + 60'000);
    CHECK(local_clock_text(UtcTime{at(night, 2, 30).ms + hour}) == "03:30");
    CHECK(local_clock_text(UtcTime{at(night, 2, 30).ms + 2 * hour}) == "03:30");
}

TEST_CASE("A year's end is a day like others") {
    CHECK(at({2027, 1, 1}, 0).ms - at({2026, 12, 31}, 23).ms == hour);
    CHECK(local_date_text(UtcTime{at({2027, 1, 1}, 0).ms - 1}) == "2026-12-31");
}

TEST_CASE("Dates and times are read as people write them") {
    CHECK(date_in("2026-12-03") == LocalDate{2026, 12, 3});
    CHECK(date_in(" 3.12.2026 ") == LocalDate{2026, 12, 3});
    CHECK(read_date("03/12/2026") == std::variant<LocalDate, DateTrouble>{DateTrouble::order_unclear});
    for (const auto* none :
        {"", "3.12.", "2026-02-29", "2026-13-01", "31.4.2026", "12-03-2026", "2026-12-03T09", "-1.1.2026", "tomorrow"})
        CHECK_FALSE(date_in(none));
    CHECK(clock_in("09:00") == ClockTime{9, 0});
    CHECK(clock_in("9.30") == ClockTime{9, 30});
    CHECK(clock_in("klo 9") == ClockTime{9, 0});
    CHECK(clock_in("13:00:00") == ClockTime{13, 0});
    for (const auto* none : {"", "24:00", "9:60", "9-13", "09:00:01", "nine", "9:"}) CHECK_FALSE(clock_in(none));
}
