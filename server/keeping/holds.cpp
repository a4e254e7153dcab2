#include "keeping/holds.hpp"

#include "people/matching.hpp"
#include "text/text.hpp"

namespace etakahvila::keeping {

Held held_on(const records::Database& database, LocalDate today) {
    Held held;
    std::vector<PersonId> named;
    {
        auto rows = database.read("SELECT person, session FROM keeping_holds WHERE ended_at IS NULL AND last_day >= ?",
            people::day_text(today));
        while (rows.next()) {
            if (const auto person = rows.get<std::optional<PersonId>>(0)) named.push_back(*person);
            if (const auto session = rows.get<std::optional<SessionId>>(1)) held.sessions.insert(*session);
        }
    }
    for (const auto session : std::set{held.sessions}) {
        auto rows = database.read("SELECT person FROM registrations WHERE session = ?", session);
        while (rows.next()) held.people.insert(rows.get<PersonId>(0));
    }
    for (const auto person : named) {
        for (const auto id : people::ids_of(database, people::as_known_now(database, person))) {
            held.people.insert(id);
            auto sessions = database.read("SELECT session FROM registrations WHERE person = ?", id);
            while (sessions.next()) held.sessions.insert(sessions.get<SessionId>(0));
            auto periods = database.read("SELECT period FROM enrolments WHERE person = ?", id);
            while (periods.next()) held.periods.insert(periods.get<PeriodId>(0));
        }
    }
    return held;
}

bool is_kept_since(const records::Database& database, PersonId person, UtcTime since, LocalDate today) {
    return database.has(
        std::string{people::they_sql} +
            "SELECT 1 FROM they WHERE id IN (SELECT person FROM staff_accounts WHERE made_at > ?) OR EXISTS (SELECT 1 "
            "FROM keeping_holds h WHERE h.made_at > ? AND h.ended_at IS NULL AND h.last_day >= ? AND (h.person = "
            "they.id OR h.session IN (SELECT r.session FROM registrations r WHERE r.person = they.id)))",
        person, since, since, people::day_text(today));
}

HoldsSeen holds_seen(const records::Database& database) {
    auto row = database.read("SELECT coalesce(max(id), 0), count(ended_at) FROM keeping_holds");
    return row.next() ? HoldsSeen{.last = row.number(0), .ended = row.number(1)} : HoldsSeen{};
}

std::variant<HoldId, RefusalWord> make_hold(
    records::Database& database, const protocol::HoldBody& body, std::string_view by, UtcTime now) {
    if (body.person.has_value() == body.session.has_value()) return RefusalWord::invalid;
    const auto last_day = people::date_in(body.last_day);
    if (!last_day || *last_day < people::local_day(now)) return RefusalWord::invalid;
    auto reason = text::clean_one_line(body.reason, hold_reason_code_points_max);
    if (reason.fault) return *reason.fault;
    if (body.person && !database.has("SELECT 1 FROM people WHERE id = ?", *body.person)) return RefusalWord::not_found;
    if (body.session && !database.has("SELECT 1 FROM sessions WHERE id = ?", *body.session))
        return RefusalWord::not_found;
    return database.add<HoldId>(
        "INSERT INTO keeping_holds (person, session, reason, last_day, by_name, made_at) VALUES (?, ?, ?, ?, ?, ?) "
        "RETURNING id",
        body.person, body.session, reason.value, people::day_text(*last_day), by, now);
}

std::optional<RefusalWord> end_hold(records::Database& database, HoldId hold, UtcTime now) {
    const bool has_ended = database.changes(
        "UPDATE keeping_holds SET ended_at = ? WHERE id = ? AND ended_at IS NULL RETURNING 1", now, hold);
    return has_ended ? std::nullopt : std::optional{RefusalWord::not_found};
}

std::vector<protocol::HoldShown> holds_shown(const records::Database& database, LocalDate today) {
    std::vector<protocol::HoldShown> shown;
    auto rows = database.read(
        "SELECT h.id, h.person, p.name, h.session, s.theme, s.starts_at, h.reason, h.last_day, h.by_name FROM "
        "keeping_holds h LEFT JOIN people p ON p.id = h.person LEFT JOIN sessions s ON s.id = h.session WHERE "
        "h.ended_at IS NULL AND h.last_day >= ? ORDER BY h.id DESC",
        people::day_text(today));
    while (rows.next())
        shown.push_back({.id = rows.get<HoldId>(0),
            .person = rows.get<std::optional<PersonId>>(1),
            .name = rows.text_or_none(2),
            .session = rows.get<std::optional<SessionId>>(3),
            .theme = rows.text_or_none(4),
            .starts_at = rows.get<std::optional<UtcTime>>(5),
            .reason = rows.text(6),
            .last_day = rows.text(7),
            .by = rows.text(8)});
    return shown;
}

std::optional<PersonId> held_person(const records::Database& database, HoldId hold) {
    return database.one<PersonId>("SELECT person FROM keeping_holds WHERE id = ?", hold);
}

}  // namespace etakahvila::keeping
