#include "people/operator_acts.hpp"

#include <array>

#include "people/matching.hpp"
#include "people/storage.hpp"

namespace etakahvila::people {
namespace {

constexpr std::array steps{
    R"(
-- Of the command line. exit_code: null while it is under way.
CREATE TABLE operator_acts (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, uid INTEGER NOT NULL, name TEXT NOT NULL,
  act TEXT NOT NULL, exit_code INTEGER) STRICT;
-- Whose data it was about.
CREATE TABLE operator_accesses (
  act INTEGER NOT NULL REFERENCES operator_acts, access TEXT NOT NULL, session INTEGER, person INTEGER NOT NULL,
  PRIMARY KEY (person, act, access)) STRICT, WITHOUT ROWID;
CREATE INDEX operator_accesses_by_act ON operator_accesses (act);
)"};

}  // namespace

void migrate_operator_acts(records::Database& database) { bring_forward(database, "operator_acts", steps); }

OperatorActId note_operator_act(records::Database& database, const OperatorAct& act) {
    return OperatorActId{database.add<std::int64_t>(
        "INSERT INTO operator_acts (at, uid, name, act, exit_code) VALUES (?, ?, ?, ?, ?) RETURNING id", act.at,
        std::int64_t{act.uid}, act.name, act.act, act.exit_code)};
}

void note_operator_act_ended(records::Database& database, OperatorActId act, int exit_code) {
    database.write("UPDATE operator_acts SET exit_code = ? WHERE id = ?", exit_code, act);
}

void note_operator_access(records::Database& database, OperatorActId act, protocol::AccessAct access,
    std::optional<SessionId> session, std::span<const PersonId> whose) {
    records::Unit unit{database};
    for (const auto person : whose)
        database.write(
            "INSERT INTO operator_accesses (act, access, session, person) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            act, access, session, person);
    unit.keep();
}

std::vector<OperatorAct> operator_acts(const records::Database& database, std::size_t at_most) {
    std::vector<OperatorAct> acts;
    auto rows = database.read("SELECT at, uid, name, act, exit_code FROM operator_acts ORDER BY id DESC LIMIT ?",
        static_cast<std::int64_t>(at_most));
    while (rows.next()) {
        acts.push_back({.at = rows.get<UtcTime>(0),
            .uid = static_cast<std::uint32_t>(rows.number(1)),
            .name = rows.text(2),
            .act = rows.text(3),
            .exit_code = rows.is_null(4) ? std::nullopt : std::optional{static_cast<int>(rows.number(4))}});
    }
    return acts;
}

std::vector<OperatorAccess> operator_accesses_to(const records::Database& database, PersonId person) {
    std::vector<OperatorAccess> accesses;
    auto rows = database.read(
        std::string{they_sql} +
            "SELECT a.at, o.access, a.name, o.session FROM operator_accesses o JOIN operator_acts a ON a.id = o.act "
            "WHERE o.person IN (SELECT id FROM they) ORDER BY a.id DESC",
        person);
    while (rows.next()) {
        accesses.push_back({.at = rows.get<UtcTime>(0),
            .access = rows.get<std::optional<protocol::AccessAct>>(1).value_or(protocol::AccessAct::people_listed),
            .by = rows.text(2),
            .session = rows.get<std::optional<SessionId>>(3)});
    }
    return accesses;
}

}  // namespace etakahvila::people
