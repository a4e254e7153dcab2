#include "people/carried_questions.hpp"

namespace etakahvila::people {
namespace {

/// What comes up in a session: its parameters are the session, and the time. What a group says stays in the group, and
/// what is said elsewhere does not come into it.
constexpr const char* comes_up_sql =
    "(q.brought_up_in = s.id OR (q.brought_up_in IS NULL AND s.id = (SELECT n.id FROM sessions n, sessions asked"
    " WHERE asked.id = q.session AND n.series = asked.series AND n.starts_at > asked.starts_at AND n.ends_at > ?"
    " AND coalesce((SELECT g.id FROM periods g WHERE g.id = n.period AND g.is_closed = 1), 0) ="
    " coalesce((SELECT g.id FROM periods g WHERE g.id = asked.period AND g.is_closed = 1), 0)"
    " AND n.id NOT IN (SELECT session FROM cancelled_sessions) ORDER BY n.starts_at, n.id LIMIT 1)))";

/// The row of a session's question, and those as which it was carried on in the same words.
constexpr const char* chain_sql =
    "WITH RECURSIVE chain (id) AS (SELECT id FROM carried_questions WHERE session = ? AND parked = ?"
    " UNION SELECT q.id FROM carried_questions q JOIN chain c ON q.earlier = c.id) ";

}  // namespace

void carry_question(records::Database& database, SessionId session, ParkedId parked, const CarriedWords& words) {
    if (words.earlier && !database.has("SELECT 1 FROM carried_questions WHERE id = ?", *words.earlier)) return;
    const auto starts_at = database.one<UtcTime>("SELECT starts_at FROM sessions WHERE id = ?", session);
    if (!starts_at) return;
    database.write(
        "INSERT INTO carried_questions (session, parked, earlier, text, seen_by, asked_at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (session, parked) DO UPDATE SET earlier = excluded.earlier, text = excluded.text,"
        " seen_by = excluded.seen_by",
        session, parked, words.earlier, words.text, words.seen_by, words.asked_at.value_or(*starts_at));
}

void show_carried(records::Database& database, SessionId session, ParkedId parked, const std::string& text) {
    database.write(
        "UPDATE carried_questions SET text = ?, seen_by = ?, earlier = NULL WHERE session = ? AND parked = ?", text,
        SeenBy::all, session, parked);
}

void end_carrying(records::Database& database, SessionId session, ParkedId parked) {
    database.write(
        "DELETE FROM carried_questions WHERE session = ? AND parked = ? AND brought_up_in IS NULL", session, parked);
}

void withdraw_carried(records::Database& database, SessionId session, ParkedId parked, bool for_staff) {
    if (for_staff) {
        database.write(
            std::string{chain_sql} + "UPDATE carried_questions SET seen_by = ? WHERE id IN (SELECT id FROM chain)",
            session, parked, SeenBy::staff);
    } else {
        database.write(std::string{chain_sql} + "DELETE FROM carried_questions WHERE id IN (SELECT id FROM chain)",
            session, parked);
    }
}

void keep_carried(records::Database& database, SessionId session, UtcTime now) {
    database.write(std::string{"UPDATE carried_questions SET brought_up_in = ? WHERE id IN (SELECT q.id FROM "
                               "carried_questions q JOIN sessions s ON s.id = ? WHERE "} +
                       comes_up_sql + ")",
        session, session, now);
}

void keep_carried(records::Database& database, SessionId session, CarriedId carried) {
    database.write(
        "UPDATE carried_questions SET brought_up_in = ? WHERE id = ? AND brought_up_in IS NULL", session, carried);
}

std::vector<CarriedQuestion> carried_to(const records::Database& database, SessionId session, UtcTime now) {
    std::vector<CarriedQuestion> questions;
    auto rows = database.read(std::string{"SELECT q.id, q.text, q.seen_by, q.asked_at FROM carried_questions q"
                                          " JOIN sessions s ON s.id = ? WHERE "} +
                                  comes_up_sql + " ORDER BY q.id",
        session, now);
    while (rows.next()) {
        questions.push_back({.id = rows.get<CarriedId>(0),
            .text = rows.text(1),
            .seen_by = rows.get<std::optional<SeenBy>>(2).value_or(SeenBy::staff),
            .asked_at = rows.get<UtcTime>(3)});
    }
    return questions;
}

}  // namespace etakahvila::people
