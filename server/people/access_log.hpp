#pragma once

// Who looked at whose data, and when (GUARANTEES.md).

#include "people/invitations.hpp"
#include "people/staff.hpp"

namespace etakahvila::people {

/// Names are never given another meaning.
enum class AccessAct : std::uint8_t {
    people_listed,
    registrations_imported,
    invitations_made,
    invitation_revoked,
    absence_noted,
    attendance_viewed,
    attendance_downloaded,
    person_added,
    person_changed,
    person_removed,
    mail_queued,
    mail_viewed,
    invitation_sheet_made,
    calendar_made,
    reports_viewed,
    reports_downloaded,
    accesses_viewed
};
constexpr std::array<std::string_view, 17> names_of(AccessAct) {
    return {"people_listed", "registrations_imported", "invitations_made", "invitation_revoked", "absence_noted",
        "attendance_viewed", "attendance_downloaded", "person_added", "person_changed", "person_removed", "mail_queued",
        "mail_viewed", "invitation_sheet_made", "calendar_made", "reports_viewed", "reports_downloaded",
        "accesses_viewed"};
}

struct AccessNote {
    UtcTime at;
    AccessAct act = AccessAct::people_listed;
    /// By which account or invitation they came, and who they are; the coordinator's key names no person.
    std::optional<InvitationId> by_invitation;
    std::optional<PersonId> by_person;
    std::optional<AccountId> by_account;
    std::optional<SessionId> session;
    bool operator==(const AccessNote&) const = default;
};

/// Stores one note about the data of all of these people.
void note_access(SQLite::Database& database, const AccessNote& note, std::span<const PersonId> whose);

/// "Who has seen my data": all notes about one person, the newest first.
std::vector<AccessNote> accesses_to(const SQLite::Database& database, PersonId person);

}  // namespace etakahvila::people
