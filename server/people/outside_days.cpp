#include "people/outside_days.hpp"

#include "people/words.hpp"

namespace etakahvila::people {
namespace {

/// What the series of each way is called: in lists of attendance, in files, on the own page.
std::string series_name(SessionWay way) { return way == SessionWay::appointment ? "Tapaamiset" : "Etäpajapäivä"; }

/// Found by its way: somebody may have given its name to a series of rooms, or given this one another.
std::int64_t series_of_way(records::Database& database, SessionWay way) {
    if (const auto known = database.one<std::int64_t>("SELECT id FROM series WHERE way = ? ORDER BY id LIMIT 1", way))
        return *known;
    const auto usual = series_name(way);
    auto name = usual;
    for (int number = 2; database.has("SELECT 1 FROM series WHERE name_key = ?", name_key(name)); ++number)
        name = usual + " " + std::to_string(number);
    return database.add<std::int64_t>(
        "INSERT INTO series (name, name_key, way) VALUES (?, ?, ?) RETURNING id", name, name_key(name), way);
}

}  // namespace

SessionId make_outside_day(records::Database& database, const OutsideDraft& draft) {
    records::Unit unit{database};
    const SessionSettings usual;
    const auto session = database.add<SessionId>(
        "INSERT INTO sessions (series, theme, starts_at, ends_at, help_phone, present_percent, grace_seconds, voice)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, 0) RETURNING id",
        series_of_way(database, draft.way), series_name(draft.way), draft.starts_at, draft.ends_at, draft.help_phone,
        usual.present_percent, usual.grace_seconds);
    database.write("INSERT INTO outside_days (session, way, period, day) VALUES (?, ?, ?, ?)", session, draft.way,
        draft.period, local_date_text(draft.starts_at));
    unit.keep();
    return session;
}

void move_outside_day(records::Database& database, SessionId session, UtcTime starts_at, UtcTime ends_at) {
    database.write("UPDATE sessions SET starts_at = ?, ends_at = ?, revision = revision + 1 WHERE id = ?", starts_at,
        ends_at, session);
    database.write("UPDATE outside_days SET day = ? WHERE session = ?", local_date_text(starts_at), session);
}

SessionWay way_of(const records::Database& database, SessionId session) {
    auto row = database.read("SELECT way FROM outside_days WHERE session = ?", session);
    if (!row.next()) return SessionWay::room;
    return row.get<std::optional<SessionWay>>(0).value_or(SessionWay::room);
}

std::optional<PeriodId> period_of_outside_day(const records::Database& database, SessionId session) {
    return database.one<std::optional<PeriodId>>("SELECT period FROM outside_days WHERE session = ?", session)
        .value_or(std::nullopt);
}

}  // namespace etakahvila::people
