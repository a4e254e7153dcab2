#pragma once

// Who looked at whose data, and when (GUARANTEES.md).

#include "people/invitations.hpp"
#include "people/staff.hpp"
#include "protocol/api/audit.hpp"

namespace etakahvila::people {

using protocol::AccessAct;

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

/// Stores one note about the data of all of these people. Its digest in the chain of notes.
Hash note_access(records::Database& database, const AccessNote& note, std::span<const PersonId> whose);

/// "Who has seen my data": all notes about one person, under whichever id they were known, the newest first.
std::vector<AccessNote> accesses_to(const records::Database& database, PersonId person);

}  // namespace etakahvila::people
