#pragma once

// The places of the staff on the days of a period: who has one, and who takes another's.

#include "programme/periods.hpp"

namespace etakahvila::programme {

using protocol::PersonId;

/// Of facilitators, and of moderators, on a day.
inline constexpr std::int64_t places_of_role = 2;

/// All who could take a place on the period's days, by their accounts, by name.
std::vector<protocol::StaffChosen> staff_of(const records::Database& database, PeriodId period);

struct PlacesChanged {
    /// Their open rooms are to be told.
    std::vector<SessionId> sessions;
    /// Who has left which: what they hold of it is void.
    std::vector<std::pair<PersonId, SessionId>> left;
};

/// Somebody takes a place, or leaves theirs, on one day or on all of the period that have not ended and are not
/// cancelled. In place of somebody: on the days that those have. Refused: not_found (no such day, person or account;
/// nobody had the place), invalid (neither facilitator nor moderator; in their own place), not_permitted (no such role
/// in the series), not_now (the day has ended, or is cancelled).
std::variant<PlacesChanged, RefusalWord> put_substitute(
    records::Database& database, PeriodId period, const protocol::SubstituteBody& form, UtcTime now);

}  // namespace etakahvila::programme
