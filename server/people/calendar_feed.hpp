#pragma once

// One's own calendar of a period, under an address that nobody can guess: what a telephone asks for again and again.

#include "people/season_days.hpp"
#include "people/secret.hpp"

namespace etakahvila::people {

/// A new address of the person's calendar; the one before stops working.
Secret make_calendar_feed(
    records::Database& database, PeriodId period, PersonId person, UtcTime now, const RandomBytes& random);

struct CalendarFeed {
    PersonId person;
    /// Those of the period, in rooms and by phone, by their start; then meetings with their worker; those that have
    /// been too: what is taken out of a feed is taken out of the telephone.
    std::vector<PersonDay> days;
};

/// What is at this address; nothing when it was made anew, is unknown, or its period ended thirty days ago.
std::optional<CalendarFeed> calendar_feed(const records::Database& database, std::string_view token, UtcTime now);

}  // namespace etakahvila::people
