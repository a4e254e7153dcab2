#include "keeping/due.hpp"

#include <algorithm>

#include "people/cancelling.hpp"
#include "people/matching.hpp"
#include "reports/day_store.hpp"

namespace etakahvila::keeping {
namespace {

using enum KeepingRule;

/// Of a session s that it, and the period that it is of, were over before a moment and a day: its two parameters.
constexpr const char* season_over =
    "s.ends_at < ? AND coalesce((SELECT e.last_day FROM periods e WHERE e.id = s.period), (SELECT e.last_day FROM "
    "outside_days o JOIN periods e ON e.id = o.period WHERE o.session = s.id), '') < ?";

/// A row of what a rule's query gives: the subject, with the session and the person that a hold may name.
void add(std::vector<Subject>& found, records::Rows rows, const Held& held) {
    while (rows.next()) {
        if (held.has(rows.get<std::optional<SessionId>>(2), rows.get<std::optional<PersonId>>(3))) continue;
        found.push_back({rows.number(0), rows.number(1)});
    }
}

std::vector<Subject> rooms_due(const records::Database& database, const Moment& moment, const Cutoff& cutoff) {
    std::vector<std::pair<SessionId, bool>> rooms;
    {
        auto rows = database.read(
            "SELECT r.session, w.session IS NOT NULL FROM rooms r LEFT JOIN rooms_to_compact w ON w.session = "
            "r.session WHERE r.session NOT IN (SELECT session FROM compacted_rooms) AND EXISTS (SELECT 1 FROM steps t "
            "WHERE t.session = r.session) ORDER BY r.session");
        while (rows.next()) rooms.emplace_back(rows.get<SessionId>(0), rows.get<bool>(1));
    }
    std::vector<Subject> found;
    for (const auto& [session, is_owed] : rooms) {
        if (moment.held.sessions.contains(session)) continue;
        const auto ended = ended_at(database, session);
        if (ended && (is_owed || ended->ms < cutoff.at.ms)) found.push_back({session.value, 0});
    }
    return found;
}

std::vector<Subject> contacts_due(const records::Database& database, const Moment& moment, const Cutoff& cutoff) {
    const auto days = last_days(database);
    std::vector<Subject> found;
    auto rows = database.read(
        "SELECT id FROM people WHERE is_client = 1 AND (phone IS NOT NULL OR email IS NOT NULL OR needs IS NOT NULL OR "
        "best_time IS NOT NULL OR sms_allowed = 1 OR needs_shown = 1) ORDER BY id");
    while (rows.next()) {
        const auto person = rows.get<PersonId>(0);
        const auto last = days.find(person);
        const bool is_over = last == days.end() || last->second < cutoff.day;
        if (is_over && !moment.held.people.contains(person)) found.push_back({person.value, 0});
    }
    return found;
}

/// Each person once, as they are known now.
std::vector<Subject> day_records_due(const records::Database& database, const Moment& moment) {
    const auto days = last_days(database);
    std::map<std::string, Cutoff> cutoffs;
    const auto cutoff_of_kind = [&](const std::string& kind) -> const Cutoff& {
        const auto [found, is_new] = cutoffs.try_emplace(kind);
        if (is_new)
            found->second = cutoff_of(moment.today, time_of(database, day_records, kind), rule_of(day_records).unit);
        return found->second;
    };
    std::vector<Subject> found;
    auto rows = database.read(
        "SELECT p.id, p.decision_type FROM people p WHERE p.is_client = 1 AND p.same_as IS NULL ORDER BY p.id");
    while (rows.next()) {
        const auto person = rows.get<PersonId>(0);
        const auto last = days.find(person);
        if (last == days.end() || moment.held.people.contains(person)) continue;
        if (last->second >= cutoff_of_kind(rows.text_or_none(1).value_or("")).day) continue;
        const bool has_any = database.has(std::string{people::they_sql} +
                                              "SELECT 1 FROM they WHERE id IN (SELECT person FROM day_people) OR id IN "
                                              "(SELECT person FROM registrations) OR id IN (SELECT person FROM "
                                              "enrolments)",
            person);
        if (has_any) found.push_back({person.value, 0});
    }
    return found;
}

std::vector<Subject> links_due(const records::Database& database, const Moment& moment, const Cutoff& cutoff) {
    std::vector<Subject> found;
    add(found,
        database.read(std::string{"SELECT s.id, 0, s.id, NULL FROM sessions s WHERE "} + season_over +
                          " AND (EXISTS (SELECT 1 FROM invitations x WHERE x.session = s.id) OR EXISTS (SELECT 1 FROM "
                          "mails x WHERE x.session = s.id) OR EXISTS (SELECT 1 FROM cancel_calls x WHERE x.session = "
                          "s.id) OR EXISTS (SELECT 1 FROM season_bans x WHERE x.session = s.id)) ORDER BY s.id",
            cutoff.at, cutoff.day),
        moment.held);
    // A period is the second of the two numbers.
    auto rows = database.read(
        "SELECT p.id FROM periods p WHERE p.last_day < ? AND (EXISTS (SELECT 1 FROM invitations x WHERE x.period = "
        "p.id) OR EXISTS (SELECT 1 FROM mails x WHERE x.period = p.id) OR EXISTS (SELECT 1 FROM calendar_feeds x WHERE "
        "x.period = p.id)) ORDER BY p.id",
        cutoff.day);
    while (rows.next()) {
        if (!moment.held.periods.contains(rows.get<PeriodId>(0))) found.push_back({0, rows.number(0)});
    }
    return found;
}

/// As long as what it tells of is kept, and the rule's time at least. Notes are a chain, each of which vouches for the
/// one before it: they go from the oldest on, up to the first that is kept.
std::vector<Subject> notes_due(const records::Database& database, const Moment& moment, const Cutoff& cutoff) {
    std::set<std::int64_t> kept;
    for (const auto person : moment.held.people) {
        auto rows = database.read("SELECT note FROM access_subjects WHERE person = ?", person);
        while (rows.next()) kept.insert(rows.number(0));
    }
    std::vector<Subject> found;
    add(found,
        database.read("SELECT n.id, 0, n.session, NULL FROM access_notes n WHERE n.at < ? AND NOT EXISTS (SELECT 1 "
                      "FROM access_subjects x JOIN day_people d ON d.person = x.person WHERE x.note = n.id) ORDER BY "
                      "n.id",
            cutoff.at),
        moment.held);
    std::erase_if(found, [&](const Subject& note) { return kept.contains(note.id); });
    auto rows = database.read("SELECT id FROM access_notes ORDER BY id");
    std::size_t oldest = 0;
    while (oldest < found.size() && rows.next() && rows.number(0) == found[oldest].id) ++oldest;
    found.resize(oldest);
    return found;
}

}  // namespace

Moment::Moment(const records::Database& database, UtcTime at)
    : now{at}, today{people::local_day(at)}, held{held_on(database, today)} {}

std::optional<UtcTime> ended_at(const records::Database& database, SessionId session) {
    if (const auto cancelled = people::cancelled_session(database, session)) return cancelled->at;
    const auto day = reports::day_of(database, session);
    return day && day->phase == protocol::Phase::sealed ? day->sealed_at : std::nullopt;
}

std::vector<protocol::UnsealedDay> unsealed_days(const records::Database& database, const Moment& moment) {
    const auto cutoff = cutoff_of(moment.today, time_of(database, room_words), rule_of(room_words).unit);
    std::vector<protocol::UnsealedDay> found;
    auto rows = database.read(
        "SELECT s.id, s.theme, s.starts_at FROM sessions s WHERE s.ends_at < ? AND EXISTS (SELECT 1 FROM steps t WHERE "
        "t.session = s.id) AND s.id NOT IN (SELECT session FROM compacted_rooms) ORDER BY s.starts_at, s.id",
        cutoff.at);
    while (rows.next()) {
        const auto session = rows.get<SessionId>(0);
        if (ended_at(database, session)) continue;
        found.push_back({.session = session, .theme = rows.text(1), .starts_at = rows.get<UtcTime>(2)});
    }
    return found;
}

std::map<PersonId, std::string> last_days(const records::Database& database) {
    std::map<PersonId, PersonId> known_as;
    {
        auto rows = database.read("SELECT id, same_as FROM people WHERE same_as IS NOT NULL");
        while (rows.next()) known_as.emplace(rows.get<PersonId>(0), rows.get<PersonId>(1));
    }
    const auto root = [&](PersonId person) {
        for (auto next = known_as.find(person); next != known_as.end(); next = known_as.find(person))
            person = next->second;
        return person;
    };
    std::map<PersonId, std::string> days;
    const auto note = [&](PersonId person, std::string day) {
        auto& last = days[root(person)];
        last = std::max(last, std::move(day));
    };
    {
        auto rows = database.read(
            "SELECT e.person, max(p.last_day) FROM enrolments e JOIN periods p ON p.id = e.period WHERE e.state <> "
            "'withdrawn' GROUP BY e.person");
        while (rows.next()) note(rows.get<PersonId>(0), rows.text(1));
    }
    {
        auto rows = database.read(
            "SELECT r.person, max(s.ends_at), max(coalesce(p.last_day, '')) FROM registrations r JOIN sessions s ON "
            "s.id = r.session LEFT JOIN outside_days o ON o.session = s.id LEFT JOIN periods p ON p.id = "
            "coalesce(s.period, o.period) GROUP BY r.person");
        while (rows.next())
            note(rows.get<PersonId>(0), std::max(people::local_date_text(rows.get<UtcTime>(1)), rows.text(2)));
    }
    auto all = database.read("SELECT id FROM people WHERE same_as IS NULL");
    while (all.next()) {
        const auto person = all.get<PersonId>(0);
        if (days.contains(person)) continue;
        const auto noted = database.one<UtcTime>(
            "SELECT max(n.at) FROM access_subjects x JOIN access_notes n ON n.id = x.note WHERE x.person = ?", person);
        if (noted) days.emplace(person, people::local_date_text(*noted));
    }
    // Whoever was found to be another has what they have.
    for (const auto& [person, other] : known_as) {
        if (const auto last = days.find(root(person)); last != days.end()) days.emplace(person, last->second);
    }
    return days;
}

std::vector<Subject> due(const records::Database& database, KeepingRule rule, const Moment& moment) {
    const auto cutoff = cutoff_of(moment.today, time_of(database, rule), rule_of(rule).unit);
    std::vector<Subject> found;
    const std::string over{season_over};
    switch (rule) {
        case room_words: return rooms_due(database, moment, cutoff);
        case carried_words:
            // What has come up in a day goes with the words of that day's room.
            add(found,
                database.read("SELECT q.id, 0, q.session, NULL FROM carried_questions q JOIN sessions s ON s.id = "
                              "q.session WHERE q.text <> '' AND (q.brought_up_in IN (SELECT session FROM "
                              "compacted_rooms) OR (q.brought_up_in IS NULL AND " +
                                  over + ")) ORDER BY q.id",
                    cutoff.at, cutoff.day),
                moment.held);
            return found;
        case work_words:
            add(found,
                database.read("SELECT w.id, 0, a.session, w.person FROM submissions w JOIN assignments a ON a.id = "
                              "w.assignment JOIN sessions s ON s.id = a.session WHERE (w.words <> '' OR w.answer <> '' "
                              "OR w.call_back IS NOT NULL OR w.thanks IS NOT NULL OR w.worry_done IS NOT NULL OR "
                              "EXISTS (SELECT 1 FROM other_words x WHERE x.submission = w.id) OR EXISTS (SELECT 1 FROM "
                              "sent_answers x WHERE x.submission = w.id)) AND (w.read_at < ? OR (" +
                                  over + ")) ORDER BY w.id",
                    cutoff.at, cutoff.at, cutoff.day),
                moment.held);
            return found;
        case call_words:
            add(found,
                database.read("SELECT s.id, 0, s.id, NULL FROM sessions s WHERE " + over +
                                  " AND (EXISTS (SELECT 1 FROM phone_contacts c WHERE c.session = s.id AND (c.task IS "
                                  "NOT NULL OR c.note IS NOT NULL OR c.agreed IS NOT NULL)) OR EXISTS (SELECT 1 FROM "
                                  "appointments m WHERE m.session = s.id AND (m.note IS NOT NULL OR m.place IS NOT "
                                  "NULL))) ORDER BY s.id",
                    cutoff.at, cutoff.day),
                moment.held);
            return found;
        case absence_words:
            add(found,
                database.read("SELECT r.session, r.person, r.session, r.person FROM registrations r JOIN sessions s ON "
                              "s.id = r.session WHERE (r.absence_note IS NOT NULL OR r.absence_reason IS NOT NULL) AND "
                              "" + over +
                                  " ORDER BY r.session, r.person",
                    cutoff.at, cutoff.day),
                moment.held);
            return found;
        case day_records: return day_records_due(database, moment);
        case feedback_words:
            add(found,
                database.read("SELECT f.session, 0, f.session, NULL FROM feedbacks f WHERE f.is_closed = 1 AND "
                              "f.closes_at < ? AND EXISTS (SELECT 1 FROM feedback_words w WHERE w.session = f.session) "
                              "ORDER BY f.session",
                    cutoff.at),
                moment.held);
            return found;
        case pictures:
            add(found,
                database.read("SELECT p.id, 0, a.session, w.person FROM photos p JOIN submissions w ON w.id = "
                              "p.submission JOIN assignments a ON a.id = w.assignment JOIN sessions s ON s.id = "
                              "a.session WHERE " +
                                  over + " ORDER BY p.id",
                    cutoff.at, cutoff.day),
                moment.held);
            return found;
        case contacts: return contacts_due(database, moment, cutoff);
        case links: return links_due(database, moment, cutoff);
        case access_log: return notes_due(database, moment, cutoff);
        case holds:
            add(found,
                database.read("SELECT h.id, 0, NULL, NULL FROM keeping_holds h WHERE h.ended_at < ? OR h.last_day < ? "
                              "ORDER BY h.id",
                    cutoff.at, cutoff.day),
                moment.held);
            return found;
    }
    return found;
}

}  // namespace etakahvila::keeping
