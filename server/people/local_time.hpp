#pragma once

// Helsinki's clock and calendar: what people write and read, beside the UTC that is stored.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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

/// A date as written: 2026-12-03, 3.12.2026, 03/12/2026 (the day first). Nothing when it is none.
std::optional<LocalDate> date_in(std::string_view text);

/// A time of day as written: 09:00, 9.00, 9, "klo 9", "kello 9.30".
std::optional<ClockTime> clock_in(std::string_view text);

/// The two times of a year that cannot be told from the wall's clock alone.
enum class ClockGap : std::uint8_t { time_does_not_exist, time_comes_twice };

/// The moment at which Helsinki's clock shows this.
std::variant<UtcTime, ClockGap> utc_of(LocalDate date, ClockTime clock);

/// What Helsinki's calendar and clock show at a moment, in the shapes that every spreadsheet
/// takes for a date and a time: 2026-12-03 and 09:02.
std::string local_date_text(UtcTime at);
std::string local_clock_text(UtcTime at);

}  // namespace etakahvila::people
