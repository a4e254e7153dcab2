#pragma once

// What was done by the command line of this machine, and by whom. Beside the notes of who came by an account or a link
// (access_log.hpp): an operator has neither.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "people/sessions.hpp"
#include "protocol/api/audit.hpp"

namespace etakahvila::people {

using OperatorActId = base::Id<struct OperatorActIdTag>;

struct OperatorAct {
    UtcTime at;
    std::uint32_t uid{};
    /// The login name.
    std::string name;
    /// The subcommand's own words: "staff reset". Nothing of what stood behind them.
    std::string act;
    /// Nothing: it is under way, or the program ended within it.
    std::optional<int> exit_code{};

    bool operator==(const OperatorAct&) const = default;
};

void migrate_operator_acts(records::Database& database);

/// Before it is done.
OperatorActId note_operator_act(records::Database& database, const OperatorAct& act);
void note_operator_act_ended(records::Database& database, OperatorActId act, int exit_code);

/// That the act looked at, or changed, what is known of these people.
void note_operator_access(records::Database& database, OperatorActId act, protocol::AccessAct access,
    std::optional<SessionId> session, std::span<const PersonId> whose);

/// The newest first, so many at most.
std::vector<OperatorAct> operator_acts(const records::Database& database, std::size_t at_most);

struct OperatorAccess {
    UtcTime at;
    protocol::AccessAct access = protocol::AccessAct::people_listed;
    /// The operator's login name.
    std::string by;
    std::optional<SessionId> session;
};

/// About one person, under whichever id they were known, the newest first.
std::vector<OperatorAccess> operator_accesses_to(const records::Database& database, PersonId person);

}  // namespace etakahvila::people
