#include "people/groups.hpp"

#include <algorithm>

#include "people/local_time.hpp"
#include "people/matching.hpp"
#include "people/season_days.hpp"
#include "people/words.hpp"

namespace etakahvila::people {

bool is_group(const records::Database& database, PeriodId period) {
    return database.has("SELECT 1 FROM periods WHERE id = ? AND is_closed = 1", period);
}

std::optional<PeriodId> group_named(const records::Database& database, std::string_view name) {
    return database.one<PeriodId>("SELECT id FROM periods WHERE name_key = ? AND is_closed = 1", name_key(name));
}

std::optional<PeriodId> group_of(const records::Database& database, SessionId session) {
    return database.one<PeriodId>(
        "SELECT p.id FROM sessions s JOIN periods p ON p.id = s.period WHERE s.id = ? AND p.is_closed = 1", session);
}

bool is_closed_to(const records::Database& database, SessionId session, std::optional<PersonId> person) {
    const auto group = group_of(database, session);
    if (!group) return false;
    if (!person) return true;
    const auto starts_at = database.one<UtcTime>("SELECT starts_at FROM sessions WHERE id = ?", session);
    const auto day = local_date_text(starts_at.value());
    return !database.has(
        std::string{they_sql} +
            "SELECT 1 FROM enrolments WHERE person IN (SELECT id FROM they) AND period = ? AND state IN ('accepted', "
            "'ended') AND first_day <= ? AND last_day >= ? LIMIT 1",
        as_known_now(database, *person), *group, day, day);
}

std::optional<GroupDays> days_of_group(const records::Database& database, PeriodId group) {
    const auto facts = is_group(database, group) ? period_facts(database, group) : std::nullopt;
    if (!facts) return std::nullopt;
    GroupDays days{.end = UtcTime{facts->links_end.ms - door_after_end_ms}, .sessions = {}};
    auto rows = database.read(
        "SELECT id, ends_at FROM sessions WHERE period = ? AND id NOT IN (SELECT session FROM cancelled_sessions) "
        "ORDER BY starts_at, id",
        group);
    while (rows.next()) {
        days.sessions.push_back(rows.get<SessionId>(0));
        days.end = std::max(days.end, end_of_day(rows.get<UtcTime>(1)));
    }
    return days;
}

}  // namespace etakahvila::people
