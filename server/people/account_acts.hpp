#pragma once

// What was done with accounts of the staff, and by whom: for whoever coordinates all.

#include "people/invitations.hpp"
#include "people/staff.hpp"

namespace etakahvila::people {

using protocol::AccountActKind;

struct AccountAct {
    UtcTime at;
    AccountActKind act{};
    /// Whose; nobody's, where it is the site's.
    std::optional<AccountId> account;
    /// By one of these: an account (also one's own), a coordinator's key, or a user of the machine.
    std::optional<AccountId> by_account;
    std::optional<InvitationId> by_invitation;
    std::optional<std::int64_t> by_uid;
    bool operator==(const AccountAct&) const = default;
};

inline constexpr std::int64_t account_acts_shown = 200;

/// Makes the table. Called by migrate.
void migrate_account_acts(records::Database& database);

/// In the write of what was done.
void note_account_act(records::Database& database, const AccountAct& act);

/// The last account_acts_shown, the newest first.
std::vector<AccountAct> account_acts(const records::Database& database);

}  // namespace etakahvila::people
