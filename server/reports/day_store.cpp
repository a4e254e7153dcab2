#include "reports/day_store.hpp"

#include <algorithm>
#include <array>

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

std::optional<DayRecord> record_of(SQLite::Statement& row) {
    if (!row.executeStep()) return std::nullopt;
    const auto column = row.getColumn(0);
    return day_record_in({column.getText(), static_cast<std::size_t>(column.getBytes())});
}

}  // namespace

void migrate(SQLite::Database& database) {
    database.exec("CREATE TABLE IF NOT EXISTS schema_version (part TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT");
    SQLite::Statement stored{database, "SELECT version FROM schema_version WHERE part = 'reports'"};
    std::size_t version = stored.executeStep() ? static_cast<std::size_t>(stored.getColumn(0).getInt64()) : 0;
    stored.reset();
    if (version > steps.size()) throw SQLite::Exception{"the tables of reports were made by a newer program", -1};
    if (version == steps.size()) return;
    for (; version < steps.size(); ++version) database.exec(steps[version]);
    SQLite::Statement store{database,
        "INSERT INTO schema_version (part, version) VALUES ('reports', ?) ON CONFLICT (part) DO UPDATE SET version = "
        "excluded.version"};
    store.bind(1, static_cast<std::int64_t>(version));
    store.exec();
}

void keep_day(SQLite::Database& database, const DayRecord& record, UtcTime now) {
    SQLite::Statement add{
        database, "INSERT INTO days (session, version, kept_at, record) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"};
    add.bind(1, record.session.value);
    add.bind(2, record.version);
    add.bind(3, now.ms);
    add.bind(4, to_text(record));
    if (add.exec() == 0) return;
    SQLite::Statement clear{database, "DELETE FROM day_people WHERE session = ?"};
    clear.bind(1, record.session.value);
    clear.exec();
    SQLite::Statement person{
        database, "INSERT INTO day_people (person, session, begins_at, has_attended) VALUES (?, ?, ?, ?)"};
    for (const auto& line : record.lines) {
        person.bind(1, line.person.value);
        person.bind(2, record.session.value);
        person.bind(3, record.windows.empty() ? 0 : record.windows.front().from.ms);
        person.bind(4, line.has_attended() ? 1 : 0);
        person.exec();
        person.reset();
    }
}

std::optional<DayRecord> day_of(const SQLite::Database& database, SessionId session) {
    SQLite::Statement row{database, "SELECT record FROM days WHERE session = ? ORDER BY version DESC LIMIT 1"};
    row.bind(1, session.value);
    return record_of(row);
}

std::int64_t returners_of(const SQLite::Database& database, SessionId session) {
    SQLite::Statement row{database,
        "SELECT count(*) FROM day_people now WHERE now.session = ? AND now.has_attended AND EXISTS"
        " (SELECT 1 FROM day_people before WHERE before.person = now.person AND before.has_attended AND "
        "before.begins_at < now.begins_at)"};
    row.bind(1, session.value);
    row.executeStep();
    return row.getColumn(0).getInt64();
}

std::vector<ActOfSession> acts_about(const SQLite::Database& database, PersonId person) {
    std::vector<ActOfSession> about;
    SQLite::Statement sessions{database, "SELECT session FROM day_people WHERE person = ?"};
    sessions.bind(1, person.value);
    while (sessions.executeStep()) {
        const SessionId session{sessions.getColumn(0).getInt64()};
        const auto record = day_of(database, session);
        if (!record) continue;
        for (const auto& act : record->acts) {
            if (act.person == person) about.push_back({session, act});
        }
    }
    std::stable_sort(
        about.begin(), about.end(), [](const auto& one, const auto& other) { return one.act.at.ms > other.act.at.ms; });
    return about;
}

}  // namespace etakahvila::reports
