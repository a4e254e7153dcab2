#pragma once

// Finland's public holidays, and working days on which a group's day is worth a thought.

#include <string_view>
#include <vector>

#include "people/local_time.hpp"

namespace etakahvila::programme {

using people::LocalDate;

struct ExceptionalDay {
    LocalDate day;
    /// In Finnish.
    std::string_view name;
    /// Nobody works. On the eves of Christmas and midsummer nobody does either, though the law does not say so.
    bool is_holiday{};
    auto operator<=>(const ExceptionalDay&) const = default;
};

/// By Gauss' rule for the Gregorian calendar.
LocalDate easter_sunday(int year);

/// In order of days: holidays (laki 388/1937 and the sixth of December), the other eves, Maundy Thursday, and the
/// working days of Helsinki's winter holiday at school, which is in week 8.
std::vector<ExceptionalDay> exceptional_days(int year);

}  // namespace etakahvila::programme
