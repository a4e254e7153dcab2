#pragma once

// Series: groups that come again and again, who may attend them, and what is usual in them.

#include <optional>

#include "programme/put.hpp"
#include "protocol/api/periods.hpp"
#include "records/database.hpp"

namespace etakahvila::programme {

using base::UtcTime;
using protocol::SeriesId;

inline constexpr std::size_t short_name_code_points_max = 40;
inline constexpr std::size_t letter_code_points_max = 4000;

/// By name, in Finnish order.
std::vector<protocol::SeriesShown> all_series(const records::Database& database);

/// A new series, or `known` as the form says. Names are the same when their name_key is. A day that has not begun and
/// has no theme yet goes by the new name; its times and agenda stay. Refused: not_found.
Put<SeriesId> put_series(
    records::Database& database, const protocol::SeriesBody& form, std::optional<SeriesId> known, UtcTime now);

/// Its days that have not ended: their rooms know its name.
std::vector<protocol::SessionId> days_to_come(const records::Database& database, SeriesId series, UtcTime now);

/// The periods that have such a day: whoever is enrolled there gets and loses days when others may attend the series.
std::vector<protocol::PeriodId> periods_to_come(const records::Database& database, SeriesId series, UtcTime now);

}  // namespace etakahvila::programme
