#pragma once

// How series take turns on the days of a period: the same days for the same rule, and nothing but days.

#include <optional>
#include <string>
#include <vector>

#include "people/local_time.hpp"
#include "protocol/api/series.hpp"

namespace etakahvila::programme {

using people::LocalDate;
using protocol::SeriesId;

struct Skip {
    LocalDate day;
    std::string why;
    bool operator==(const Skip&) const = default;
};

struct Rotation {
    LocalDate first_day;
    LocalDate last_day;
    /// 1 is Monday.
    unsigned weekday = 1;
    /// In this order; one may have several turns. Not empty.
    std::vector<SeriesId> series;
    /// One that is no day of the rotation takes nothing away.
    std::vector<Skip> skips;
    /// A day that is skipped leaves its turn to the next; else it takes its turn with it.
    bool skip_moves_turn{};
    bool operator==(const Rotation&) const = default;
};

struct TurnDay {
    LocalDate day;
    /// None: it is skipped, and why.
    std::optional<SeriesId> series;
    std::string why_skipped;
    bool operator==(const TurnDay&) const = default;
};

/// Each day of the weekday from the first day to the last, both of them too.
std::vector<TurnDay> turn_days(const Rotation& rotation);

}  // namespace etakahvila::programme
