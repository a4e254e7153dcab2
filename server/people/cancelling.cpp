#include "people/cancelling.hpp"

#include <set>

#include "base/json.hpp"
#include "people/mail_address.hpp"
#include "people/mail_queue.hpp"
#include "people/names.hpp"
#include "people/outside_days.hpp"
#include "people/work.hpp"

namespace etakahvila::people {
namespace {

constexpr ClockTime texts_from{.hour = 8, .minute = 0};
constexpr ClockTime texts_until{.hour = 20, .minute = 0};

/// A day as the draft says, with all who were to come: those of an enrolment, and those who were registered by hand;
/// who was taken out of the day stays out. With its assignments and the polls that were planned. Absences are of their
/// day, and not taken along.
std::optional<SessionId> copy_as_planned(records::Database& database, SessionId session, const SessionDraft& draft,
    const std::vector<protocol::MakePoll>& polls) {
    const auto made = copy_session(database, session, draft);
    if (!made) return std::nullopt;
    database.write(
        "UPDATE sessions SET period = (SELECT period FROM sessions WHERE id = ?) WHERE id = ?", session, *made);
    database.write(
        "INSERT INTO registrations (session, person, role, enrolment) SELECT ?, person, role, enrolment FROM "
        "registrations WHERE session = ? AND role IN ('participant', 'guest')",
        *made, session);
    database.write("INSERT INTO taken_out (session, person, at) SELECT ?, person, at FROM taken_out WHERE session = ?",
        *made, session);
    copy_assignments(database, session, *made);
    std::int64_t place = 0;
    for (const auto& poll : polls)
        database.write("INSERT INTO moved_polls (session, place, poll) VALUES (?, ?, ?)", *made, ++place,
            base::json::to_text(poll));
    return made;
}

Way way_of(const std::optional<std::string>& email, const std::optional<std::string>& phone, bool has_mail,
    bool is_mail_failed, bool allows_texts) {
    if (has_mail && !is_mail_failed && email && ascii_email(*email)) return Way::mail;
    return allows_texts && !email && phone ? Way::text : Way::call;
}

std::optional<UtcTime> first_start(const records::Database& database, std::string_view of, SessionId session) {
    return database.one<UtcTime>("SELECT min(s.starts_at) FROM sessions s JOIN sessions this ON s." + std::string{of} +
                                     " = this." + std::string{of} +
                                     " WHERE this.id = ? AND s.starts_at > this.starts_at AND s.id NOT IN (SELECT "
                                     "session FROM cancelled_sessions) AND coalesce((SELECT g.id FROM periods g WHERE "
                                     "g.id = s.period AND g.is_closed = 1), 0) = coalesce((SELECT g.id FROM periods g "
                                     "WHERE g.id = this.period AND g.is_closed = 1), 0)",
        session);
}

}  // namespace

void cancel_session(records::Database& database, SessionId session, const Cancelling& cancelling, UtcTime now) {
    records::Unit unit{database};
    std::optional<SessionId> moved_to;
    if (cancelling.moves_to) moved_to = copy_as_planned(database, session, *cancelling.moves_to, cancelling.polls);
    // Where a journal was served up to its damage, the row may be there and the step is not.
    database.write(
        "INSERT INTO cancelled_sessions (session, why, words, by_name, at, moved_to) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (session) DO UPDATE SET why = excluded.why, words = excluded.words, by_name = excluded.by_name,"
        " at = excluded.at, moved_to = excluded.moved_to",
        session, cancelling.why, cancelling.words, cancelling.by_name, now, moved_to);
    // Its entry in calendars is taken back by the next number.
    database.write("UPDATE sessions SET revision = revision + 1 WHERE id = ?", session);
    // Whoever was to be invited to it is not.
    database.write("DELETE FROM mails WHERE session = ? AND state = 'waiting'", session);
    for (const auto& one : to_be_told(database, session, cancelling.has_mail)) {
        if (one.way == Way::mail) queue_cancelled_mail(database, session, one.person, now);
    }
    unit.keep();
}

std::vector<protocol::MakePoll> moved_polls(const records::Database& database, SessionId session) {
    std::vector<protocol::MakePoll> polls;
    simdjson::dom::parser parser;
    auto rows = database.read("SELECT poll FROM moved_polls WHERE session = ? ORDER BY place", session);
    while (rows.next()) {
        auto poll = base::json::from_text<protocol::MakePoll>(parser, rows.view(0));
        if (auto* read = std::get_if<protocol::MakePoll>(&poll)) polls.push_back(std::move(*read));
    }
    return polls;
}

std::optional<CancelledSession> cancelled_session(const records::Database& database, SessionId session) {
    auto row = database.read(
        "SELECT why, words, by_name, at, moved_to FROM cancelled_sessions WHERE session = ?", session);
    if (!row.next()) return std::nullopt;
    return CancelledSession{.why = row.get<std::optional<CancelReason>>(0).value_or(CancelReason::other),
        .words = row.text(1),
        .by_name = row.text(2),
        .at = row.get<UtcTime>(3),
        .moved_to = row.get<std::optional<SessionId>>(4)};
}

std::optional<std::string> words_of_cancelled(const records::Database& database, SessionId session) {
    return database.one<std::string>("SELECT words FROM cancelled_sessions WHERE session = ?", session);
}

std::optional<UtcTime> next_day(const records::Database& database, SessionId session) {
    const auto in_its_place = database.one<UtcTime>(
        "SELECT s.starts_at FROM cancelled_sessions c JOIN sessions s ON s.id = c.moved_to WHERE c.session = ? AND "
        "s.id NOT IN (SELECT session FROM cancelled_sessions)",
        session);
    if (in_its_place) return in_its_place;
    if (const auto period = period_of_outside_day(database, session))
        return database.one<UtcTime>(
            "SELECT min(s.starts_at) FROM outside_days o JOIN sessions s ON s.id = o.session JOIN sessions this ON "
            "this.id = ? WHERE o.period = ? AND s.starts_at > this.starts_at AND s.id NOT IN (SELECT session FROM "
            "cancelled_sessions)",
            session, *period);
    if (const auto of_period = first_start(database, "period", session)) return of_period;
    return first_start(database, "series", session);
}

std::vector<ToBeTold> to_be_told(const records::Database& database, SessionId session, bool has_mail) {
    std::vector<ToBeTold> people;
    auto rows = database.read(
        "SELECT p.id, p.name, p.phone, p.supervisor, p.email, p.sms_allowed, c.told_at, c.told_by, c.tries, "
        "c.tried_at, c.seen_at, EXISTS (SELECT 1 FROM mails m WHERE m.session = r.session AND m.person = p.id AND "
        "m.what = 'cancelled' AND m.state = 'failed')"
        " FROM registrations r JOIN people p ON p.id = r.person LEFT JOIN cancel_calls c ON c.session = r.session AND "
        "c.person = r.person WHERE r.session = ? AND r.role = 'participant' ORDER BY p.id",
        session);
    while (rows.next()) {
        ToBeTold one{.person = rows.get<PersonId>(0),
            .name = rows.text(1),
            .phone = rows.text_or_none(2),
            .supervisor = rows.text_or_none(3),
            .told_at = rows.get<std::optional<UtcTime>>(6),
            .told_by = rows.text_or_none(7),
            .tries = rows.get<std::optional<std::int64_t>>(8).value_or(0),
            .tried_at = rows.get<std::optional<UtcTime>>(9),
            .seen_at = rows.get<std::optional<UtcTime>>(10)};
        one.way = way_of(rows.text_or_none(4), one.phone, has_mail, rows.get<bool>(11), rows.get<bool>(5));
        people.push_back(std::move(one));
    }
    sort_in_finnish_order(people, [](const ToBeTold& one) -> const std::string& { return one.name; });
    return people;
}

std::int64_t supervisors_of(const std::vector<ToBeTold>& people) {
    std::set<std::string> names;
    for (const auto& one : people) {
        if (one.supervisor) names.insert(person_key(*one.supervisor));
    }
    return static_cast<std::int64_t>(names.size());
}

std::optional<RefusalWord> note_call(records::Database& database, SessionId session, PersonId person, bool answered,
    std::string_view by_name, UtcTime now) {
    if (!words_of_cancelled(database, session)) return RefusalWord::not_now;
    if (!database.has(
            "SELECT 1 FROM registrations WHERE session = ? AND person = ? AND role = 'participant'", session, person))
        return RefusalWord::not_found;
    records::Unit unit{database};
    database.write("INSERT INTO cancel_calls (session, person) VALUES (?, ?) ON CONFLICT (session, person) DO NOTHING",
        session, person);
    if (answered)
        database.write(
            "UPDATE cancel_calls SET told_at = ?, told_by = ? WHERE session = ? AND person = ? AND told_at IS NULL",
            now, by_name, session, person);
    else
        database.write(
            "UPDATE cancel_calls SET tries = tries + 1, tried_at = ? WHERE session = ? AND person = ? AND told_at IS "
            "NULL AND tries < ?",
            now, session, person, call_tries_max);
    unit.keep();
    return std::nullopt;
}

bool is_cancelling_unseen(const records::Database& database, SessionId session, PersonId person) {
    return database.has(
        "SELECT 1 FROM cancelled_sessions s JOIN registrations r ON r.session = s.session WHERE s.session = ? AND "
        "r.person = ? AND r.role = 'participant' AND NOT EXISTS (SELECT 1 FROM cancel_calls c WHERE c.session = "
        "s.session AND c.person = r.person AND c.seen_at IS NOT NULL)",
        session, person);
}

void note_cancelling_seen(records::Database& database, SessionId session, PersonId person, UtcTime now) {
    if (!is_cancelling_unseen(database, session, person)) return;
    database.write(
        "INSERT INTO cancel_calls (session, person, seen_at) VALUES (?, ?, ?) ON CONFLICT (session, person) DO UPDATE "
        "SET seen_at = excluded.seen_at",
        session, person, now);
}

std::optional<UtcTime> texts_wait_until(UtcTime now) {
    const auto clock = clock_in(local_clock_text(now)).value();
    if (clock >= texts_from && clock < texts_until) return std::nullopt;
    const auto morning = clock < texts_from ? now : end_of_day(now);
    // Clocks change at night, and never at eight.
    return std::get<UtcTime>(utc_of(date_in(local_date_text(morning)).value(), texts_from));
}

}  // namespace etakahvila::people
