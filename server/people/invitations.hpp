#pragma once

// Invitations: a link and a code for one person, and for one session or for a period; or a link for the coordinator.
//
// A link of a period (a season) is at each moment the link of one session: of the person's day that is on, else of the
// next one, else of the last one that was. So whoever asks what a link is for asks with the time, and a session that is
// moved or added is found by the link that is out.

#include "people/registrations.hpp"
#include "people/season_days.hpp"
#include "people/secret.hpp"
#include "protocol/api/entry.hpp"

namespace etakahvila::people {

using InvitationId = base::Id<struct InvitationIdTag>;

enum class InvitationKind : std::uint8_t { personal, staff, coordinator };
constexpr std::array<std::string_view, 3> names_of(InvitationKind) { return {"personal", "staff", "coordinator"}; }

/// It works from not_before until just before expires.
struct InvitationTimes {
    UtcTime not_before;
    UtcTime expires;
    bool operator==(const InvitationTimes&) const = default;
};

/// From a day before the start until five hours after the end.
InvitationTimes usual_times(UtcTime starts_at, UtcTime ends_at);

struct Invitation {
    InvitationId id;
    InvitationKind kind = InvitationKind::personal;
    /// None for the coordinator. Of a season's link the day that it is of now; none while it has no day.
    std::optional<SessionId> session;
    /// None for the coordinator, and for them alone.
    std::optional<PersonId> person;
    /// As the records have it now, not as it was when the invitation was made.
    Role role = Role::participant;
    /// Of a season's link: those of its day.
    InvitationTimes times;
    /// Of a season's link.
    std::optional<PeriodId> period{};
    bool operator==(const Invitation&) const = default;
};

/// The only moment at which secret and code can be shown.
struct NewInvitation {
    Invitation invitation;
    Secret secret;
    /// None for the coordinator: a code can be guessed, and the coordinator sees everyone.
    std::optional<SpokenCode> code;
};

/// Invites a person of the session's roster, of any role; an earlier invitation of theirs to it is
/// revoked. Refused: not_found, invalid (times that never come).
std::variant<NewInvitation, RefusalWord> invite(records::Database& database, SessionId session, PersonId person,
    InvitationTimes times, UtcTime now, const RandomBytes& random);

/// The link of a season for a person with an enrolment that stands; an earlier one of theirs for the period is revoked.
/// Refused: not_found (no such period, or no such enrolment), not_now (the period is over).
std::variant<NewInvitation, RefusalWord> invite_for_period(
    records::Database& database, PeriodId period, PersonId person, UtcTime now, const RandomBytes& random);

/// Whether somebody has a link of this season that has not been revoked.
bool has_season_link(const records::Database& database, PeriodId period, PersonId person);

/// A new key for the coordinator, who is called `holder` wherever it is told who looked at what; the
/// earlier one is revoked. Refused: invalid (times that never come), or the word of the name's fault.
std::variant<NewInvitation, RefusalWord> make_coordinator_key(records::Database& database, std::string_view holder,
    InvitationTimes times, UtcTime now, const RandomBytes& random);

/// Who holds or held the coordinator's key; nothing of one that was made before keys had names.
std::optional<std::string> holder_of_key(const records::Database& database, InvitationId invitation);

/// Refused: not_found, also when it is revoked already.
std::optional<RefusalWord> revoke(records::Database& database, InvitationId invitation, UtcTime now);

/// The person's invitation to the session stops working. Refused: not_found, also when there is none.
std::optional<RefusalWord> revoke(records::Database& database, SessionId session, PersonId person, UtcTime now);

/// The person's link of the season stops working. Refused: not_found, also when there is none.
std::optional<RefusalWord> revoke(records::Database& database, PeriodId period, PersonId person, UtcTime now);

/// That the season's link has reached its person: its code was read aloud, or the paper given. Refused: not_found, also
/// when there is none.
std::optional<RefusalWord> note_told(records::Database& database, PeriodId period, PersonId person, UtcTime now);

/// The same by a ban: the link opens no room any more, and still its own page. A link of a season does not open this
/// session any more, and its other days as before.
void revoke_by_ban(records::Database& database, SessionId session, PersonId person, UtcTime now);

/// A ban is undone: what was revoked at its moment works again, unless another invitation has been
/// made since.
void restore_after_ban(records::Database& database, SessionId session, PersonId person, UtcTime banned_at);

/// How an invitation stands at a moment. Only an open one opens anything.
using protocol::Standing;

/// Why an invitation that is known opens nothing; nothing when it does.
std::optional<RefusalWord> why_closed(Standing standing);

/// What a secret or a code is right for. Whoever has it is told how it stands, and not that it is unknown.
struct KnownInvitation {
    Invitation invitation;
    Standing standing{};
    /// Revoked by a ban.
    bool is_banned{};
    /// The own page shows until just before it.
    UtcTime own_page_ends{};
    /// Of a season's link: today's that have not ended, where there are several and none of them was named.
    std::vector<SessionId> today{};
};

/// Whether it shows its person what is their own: before its day, after it for so long, and after a ban.
bool opens_own_page(const KnownInvitation& known, UtcTime now);

/// The invitation of this link or this code, however it stands. Behind a dot a session may be named ("SECRET.123"):
/// then a season's link is the link of that day, and one that is not theirs is nothing. What is unknown, or no secret
/// or code at all, is nothing, after the same work: one look-up by the hash and one comparison in constant time.
std::optional<KnownInvitation> known_by_secret(
    const records::Database& database, std::string_view fragment, UtcTime now);
std::optional<KnownInvitation> known_by_code(const records::Database& database, std::string_view typed, UtcTime now);

/// The invitation that this opens now; nothing when it does not stand open.
std::optional<Invitation> find_by_secret(const records::Database& database, std::string_view fragment, UtcTime now);
std::optional<Invitation> find_by_code(const records::Database& database, std::string_view typed, UtcTime now);

/// The invitation of this link, also when its time has not come yet; nothing when it is revoked or over.
std::optional<Invitation> invitation_of_secret(
    const records::Database& database, std::string_view fragment, UtcTime now);

/// Whether this invitation opens this session now.
bool still_opens(const records::Database& database, InvitationId invitation, SessionId session, UtcTime now);

}  // namespace etakahvila::people
