#include "reports/day_store.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "people/decision_kinds.hpp"
#include "people/matching.hpp"

namespace etakahvila::reports {
namespace {

/// One step for each version; a step that has been released is never changed.
constexpr std::array steps{
    R"(
CREATE TABLE days (
  session INTEGER NOT NULL, version INTEGER NOT NULL, kept_at INTEGER NOT NULL, record TEXT NOT NULL,
  PRIMARY KEY (session, version)) STRICT;
-- Of the newest record. begins_at: of the counted window, for who came first to which.
CREATE TABLE day_people (
  person INTEGER NOT NULL, session INTEGER NOT NULL, begins_at INTEGER NOT NULL, has_attended INTEGER NOT NULL,
  PRIMARY KEY (person, session)) STRICT, WITHOUT ROWID;
CREATE INDEX day_people_by_session ON day_people (session);
)"};

}  // namespace

void migrate(records::Database& database) {
    records::Unit unit{database};
    database.script(
        "CREATE TABLE IF NOT EXISTS schema_version (part TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT");
    auto version = static_cast<std::size_t>(
        database.one<std::int64_t>("SELECT version FROM schema_version WHERE part = 'reports'").value_or(0));
    if (version > steps.size())
        throw records::Error{records::Fault::other, "the tables of reports were made by a newer program"};
    if (version == steps.size()) return;
    for (; version < steps.size(); ++version) database.script(steps[version]);
    database.write(
        "INSERT INTO schema_version (part, version) VALUES ('reports', ?) ON CONFLICT (part) DO UPDATE SET version = "
        "excluded.version",
        version);
    unit.keep();
}

void name_kinds(const records::Database& database, DayRecord& record) {
    const auto kinds = people::decision_kinds(database);
    const auto kept = day_of(database, record.session);
    const auto kept_name = [&](const RecordedRow& row) -> std::optional<std::string> {
        if (!kept) return std::nullopt;
        const auto before = std::find_if(
            kept->lines.begin(), kept->lines.end(), [&](const auto& each) { return each.person == row.person; });
        if (before == kept->lines.end() || before->decision_type != row.decision_type) return std::nullopt;
        return before->decision_name;
    };
    for (auto& row : record.lines) {
        if (!row.decision_type) continue;
        row.decision_name = kept_name(row);
        if (row.decision_name) continue;
        if (const auto* kind = people::kind_of(kinds, *row.decision_type)) row.decision_name = kind->fi;
    }
}

void keep_day(records::Database& database, DayRecord record, UtcTime now) {
    name_kinds(database, record);
    const bool is_new = database.changes(
        "INSERT INTO days (session, version, kept_at, record) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING 1",
        record.session, record.version, now, to_text(record));
    if (!is_new) return;
    database.write("DELETE FROM day_people WHERE session = ?", record.session);
    const auto begins_at = record.windows.empty() ? UtcTime{} : record.windows.front().from;
    for (const auto& row : record.lines)
        database.write("INSERT INTO day_people (person, session, begins_at, has_attended) VALUES (?, ?, ?, ?)",
            row.person, record.session, begins_at, row.has_attended());
}

std::optional<DayRecord> day_of(const records::Database& database, SessionId session) {
    auto row = database.read("SELECT record FROM days WHERE session = ? ORDER BY version DESC LIMIT 1", session);
    if (!row.next()) return std::nullopt;
    return day_record_in(row.view(0));
}

std::int64_t returners_of(const records::Database& database, SessionId session) {
    return database
        .one<std::int64_t>(
            "SELECT count(*) FROM day_people now WHERE now.session = ? AND now.has_attended AND EXISTS"
            " (SELECT 1 FROM day_people before WHERE before.person = now.person AND before.has_attended AND "
            "before.begins_at < now.begins_at)",
            session)
        .value_or(0);
}

std::vector<ActOfSession> acts_about(const records::Database& database, PersonId person) {
    std::vector<ActOfSession> about;
    for (const auto id : people::ids_of(database, person)) {
        auto sessions = database.read("SELECT session FROM day_people WHERE person = ?", id);
        while (sessions.next()) {
            const auto session = sessions.get<SessionId>(0);
            const auto record = day_of(database, session);
            if (!record) continue;
            for (const auto& act : record->acts) {
                if (act.person == id) about.push_back({session, act});
            }
        }
    }
    std::stable_sort(
        about.begin(), about.end(), [](const auto& one, const auto& other) { return one.act.at.ms > other.act.at.ms; });
    return about;
}

void forget_in_days(records::Database& database, std::span<const PersonId> people) {
    const auto is_theirs = [&](const std::optional<PersonId>& person) {
        return person && std::find(people.begin(), people.end(), *person) != people.end();
    };
    records::Unit unit{database};
    std::set<SessionId> sessions;
    for (const auto person : people) {
        // Of an older version of a day too, in which they were and in the newest are not.
        auto rows = database.read(
            "SELECT session FROM day_people WHERE person = ? UNION SELECT session FROM registrations WHERE person = ?",
            person, person);
        while (rows.next()) sessions.insert(rows.get<SessionId>(0));
    }
    for (const auto session : sessions) {
        std::vector<std::pair<std::int64_t, DayRecord>> versions;
        {
            auto rows = database.read("SELECT version, record FROM days WHERE session = ?", session);
            while (rows.next()) {
                if (auto record = day_record_in(rows.view(1)))
                    versions.emplace_back(rows.number(0), std::move(*record));
            }
        }
        for (auto& [version, record] : versions) {
            std::erase_if(record.lines, [&](const RecordedRow& row) { return is_theirs(row.person); });
            std::erase_if(record.acts, [&](const RecordedAct& act) { return is_theirs(act.person); });
            database.write(
                "UPDATE days SET record = ? WHERE session = ? AND version = ?", to_text(record), session, version);
        }
    }
    for (const auto person : people) database.write("DELETE FROM day_people WHERE person = ?", person);
    unit.keep();
}

}  // namespace etakahvila::reports
