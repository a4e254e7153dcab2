#pragma once

// Periods: their form, the days that it makes, and the making (decisions/052-days-of-a-period.md).

#include <optional>

#include "people/sessions.hpp"
#include "programme/put.hpp"
#include "programme/rotation.hpp"
#include "protocol/api/periods.hpp"
#include "records/database.hpp"

namespace etakahvila::programme {

using base::UtcTime;
using protocol::PeriodId;
using protocol::SessionId;

inline constexpr int period_days_max = 400;
inline constexpr std::size_t period_series_max = 20;
inline constexpr std::size_t period_name_code_points_max = 80;
inline constexpr std::size_t why_code_points_max = 80;

/// A period as it is stored.
struct Period {
    std::string name;
    Rotation rotation;
    /// Helsinki's, as 09:00.
    std::string start;
    std::string end;
    /// So long before the start the doors open by themselves; 0: by hand.
    std::int64_t doors_minutes{};
};

/// A period by its form, or all that is wrong with it. Without skipped days it skips the holidays of its weekday.
std::variant<Period, std::vector<Fault>> period_of(const records::Database& database, const protocol::PeriodBody& form);

std::optional<Period> period(const records::Database& database, PeriodId id);
protocol::PeriodBody form_of(const Period& period);

/// Of a season all may be told; a group is closed (programme/groups.hpp).
enum class PeriodKind : std::uint8_t { season, group };

/// The newest first.
std::vector<protocol::PeriodListed> periods(const records::Database& database, PeriodKind kind = PeriodKind::season);

/// A new draft, or `known` as the form says; days that are made stay as they are. Names are the same when their
/// name_key is. Refused: not_found, also of one of the other kind.
Put<PeriodId> put_period(records::Database& database, const protocol::PeriodBody& form, std::optional<PeriodId> known,
    PeriodKind kind = PeriodKind::season);

/// With its packages and the roles of its leaders. Refused: not_found, not_now (it has days or people).
std::optional<RefusalWord> remove_period(records::Database& database, PeriodId id);

/// A day of the period's rule, or one that is made: it is what it is, whatever the rule says by now.
struct DayOfPeriod {
    LocalDate day;
    /// None: it is skipped, and why.
    std::optional<SeriesId> series;
    std::string why_skipped;
    std::optional<SessionId> session;

    bool is_missing() const { return series && !session; }
};

/// In their order. `id`: whose days are made already.
std::vector<DayOfPeriod> days_of(const records::Database& database, const Period& period, std::optional<PeriodId> id);

/// What the form would make. `id`: whose days are made already; without one, of the period that has this name.
std::variant<protocol::PeriodPreview, std::vector<Fault>> preview_period(
    const records::Database& database, const protocol::PeriodBody& form, std::optional<PeriodId> id);

/// Makes the days that are missing, or none. The theme is the series' name until one is given. Where nobody with an
/// account can take a place in the series, the usual staff is there; leaders of a group have theirs. Refused:
/// not_found.
Put<protocol::PeriodMade> make_period(records::Database& database, PeriodId id);

/// Who has an account that works, and a role of the room in the series, in all of them, or in this period alone.
struct RoomStaff {
    protocol::PersonId person;
    protocol::Role role{};
    std::string name;
};
std::vector<RoomStaff> room_staff_of(const records::Database& database, SeriesId series, PeriodId period);

}  // namespace etakahvila::programme
