#pragma once

// Helsinki's clock and calendar: what people write and read, beside the UTC that is stored.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "base/time.hpp"

namespace etakahvila::people {

using base::UtcTime;

struct LocalDate {
    int year{};
    unsigned month{};
    unsigned day{};
    auto operator<=>(const LocalDate&) const = default;
};

struct ClockTime {
    int hour{};
    int minute{};
    auto operator<=>(const ClockTime&) const = default;
};

/// Why a date cannot be told from what is written.
enum class DateTrouble : std::uint8_t {
    unclear,
    /// 12/3/2026 is 12 March to one and 3 December to another.
    order_unclear,
    /// Another day of the week than the one that is written beside it.
    weekday_differs
};

/// A date as written, with its weekday or without: 2026-12-03, 20261203, 3.12.2026, 3. 12. 26, to 3.12.2026,
/// torstaina 3. joulukuuta 2026, 3 Dec 2026; of 2026-12-03T09:00 the day, of one with an offset
/// Helsinki's. With slashes or dashes between day and month it is taken only where one reading is left.
std::variant<LocalDate, DateTrouble> read_date(std::string_view text);
std::optional<LocalDate> date_in(std::string_view text);

/// A time of day as written: 09:00, 9.00, 9, "klo 9", "kello 9.30".
std::optional<ClockTime> clock_in(std::string_view text);

/// Two times in one cell: 9-13, klo 9.00–13.00.
std::optional<std::pair<ClockTime, ClockTime>> clock_span_in(std::string_view text);

/// The two times of a year that cannot be told from the wall's clock alone.
enum class ClockGap : std::uint8_t { time_does_not_exist, time_comes_twice };

/// The moment at which Helsinki's clock shows this.
std::variant<UtcTime, ClockGap> utc_of(LocalDate date, ClockTime clock);

/// When Helsinki's day is over in which this moment is: the first moment of the next.
UtcTime end_of_day(UtcTime at);

/// Noon of the day after the one in which this moment is, in Helsinki.
UtcTime noon_of_next_day(UtcTime at);

/// What Helsinki's calendar and clock show at a moment, in the shapes that every spreadsheet
/// takes for a date and a time: 2026-12-03 and 09:02.
std::string local_date_text(UtcTime at);
std::string local_clock_text(UtcTime at);

/// Helsinki's day in which a moment is.
LocalDate local_day(UtcTime at);
/// As local_date_text.
std::string day_text(LocalDate day);
/// 1 is Monday, as in ISO 8601.
unsigned iso_weekday(LocalDate day);
/// So many days after it; before it, when they are fewer than none.
LocalDate days_after(LocalDate day, int days);
int days_between(LocalDate from, LocalDate to);

}  // namespace etakahvila::people
