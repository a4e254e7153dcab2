#pragma once

// What a participant's own page tells of the days to come, which days that were have work to look at, and their word
// that they do not come. A link of one session tells of that session alone, one of a season of all days of its period.

#include "people/invitations.hpp"
#include "people/season_days.hpp"
#include "protocol/api/own_page.hpp"

namespace etakahvila::people {

/// Without the site's own number. For the person alone: a reason is one that they have told themselves.
protocol::OwnPageAnswer own_page(const records::Database& database, const Invitation& invitation, UtcTime now);

/// The cancelled days that the page shows and the person is not known to have read of (people/cancelling.hpp).
std::vector<PersonDay> cancelled_unseen(const records::Database& database, const Invitation& invitation, UtcTime now);

/// Notes that the person does not come, or takes it back with all that was noted. Refused: not_found (no day of this
/// link), not_now (it has ended, or is cancelled), invalid (a reason that is not asked, or none where one is).
std::optional<RefusalWord> tell_absence(
    records::Database& database, const Invitation& invitation, const protocol::OwnAbsenceBody& told, UtcTime now);

}  // namespace etakahvila::people
