#include "people/account_acts.hpp"

#include <array>

#include "people/audit_chain.hpp"

namespace etakahvila::people {
namespace {

/// One step for each version; a step that has been released is never changed.
constexpr std::array steps{
    R"(
CREATE TABLE account_acts (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, act TEXT NOT NULL, account INTEGER, by_account INTEGER,
  by_invitation INTEGER, by_uid INTEGER, digest BLOB NOT NULL) STRICT;
)"};

}  // namespace

void migrate_account_acts(records::Database& database) { bring_forward(database, "account_acts", steps); }

void note_account_act(records::Database& database, const AccountAct& act) {
    records::Unit unit{database};
    const auto before = database.one<Hash>("SELECT digest FROM account_acts ORDER BY id DESC LIMIT 1");
    const auto digest = chained(before,
        chain_text("account_acts", base::name_of(act.act),
            {act.at.ms, number_of(act.account), number_of(act.by_account), number_of(act.by_invitation), act.by_uid}));
    database.write(
        "INSERT INTO account_acts (at, act, account, by_account, by_invitation, by_uid, digest) VALUES (?, ?, ?, ?, ?, "
        "?, ?)",
        act.at, act.act, act.account, act.by_account, act.by_invitation, act.by_uid, digest);
    unit.keep();
}

std::vector<AccountAct> account_acts(const records::Database& database) {
    std::vector<AccountAct> acts;
    auto rows = database.read(
        "SELECT at, act, account, by_account, by_invitation, by_uid FROM account_acts ORDER BY id DESC LIMIT ?",
        account_acts_shown);
    while (rows.next()) {
        const auto act = rows.get<std::optional<AccountActKind>>(1);
        // Of a later version's word nothing can be said.
        if (!act) continue;
        acts.push_back({.at = rows.get<UtcTime>(0),
            .act = *act,
            .account = rows.get<std::optional<AccountId>>(2),
            .by_account = rows.get<std::optional<AccountId>>(3),
            .by_invitation = rows.get<std::optional<InvitationId>>(4),
            .by_uid = rows.get<std::optional<std::int64_t>>(5)});
    }
    return acts;
}

}  // namespace etakahvila::people
