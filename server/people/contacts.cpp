#include "people/contacts.hpp"

#include <algorithm>
#include <charconv>

#include "people/matching.hpp"
#include "people/names.hpp"

namespace etakahvila::people {
namespace {

/// What was given longer ago is nobody's usual task.
constexpr std::int64_t usual_tasks_from_ms = 180LL * 24 * 60 * 60 * 1000;

/// Milliseconds with blanks between them: 1606370400000 1606372200000.
std::string tries_text(const std::vector<UtcTime>& tries) {
    std::string text;
    for (const auto at : tries) text += (text.empty() ? "" : " ") + std::to_string(at.ms);
    return text;
}

std::vector<UtcTime> tries_in(std::string_view text) {
    std::vector<UtcTime> tries;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        std::int64_t ms{};
        std::from_chars(text.data(), text.data() + end, ms);
        tries.push_back(UtcTime{ms});
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return tries;
}

/// Nothing where there are none.
std::optional<std::string> kept(const std::optional<std::string>& words) {
    return words && !words->empty() ? words : std::nullopt;
}

constexpr const char* words_sql = "answered_at, task, task_minutes, check_at, checked_at, note, agreed";

ContactWords words_in(const records::Rows& row, int first) {
    return {.answered_at = row.get<std::optional<UtcTime>>(first),
        .task = row.text_or_none(first + 1),
        .task_minutes = row.get<std::optional<std::int64_t>>(first + 2),
        .check_at = row.get<std::optional<UtcTime>>(first + 3),
        .checked_at = row.get<std::optional<UtcTime>>(first + 4),
        .note = row.text_or_none(first + 5),
        .agreed = row.text_or_none(first + 6)};
}

ContactWords words_of_version(
    const records::Database& database, SessionId session, PersonId person, std::int64_t version) {
    auto row = database.read(
        std::string{"SELECT "} + words_sql + " FROM phone_contacts WHERE session = ? AND person = ? AND version = ?",
        session, person, version);
    return row.next() ? words_in(row, 0) : ContactWords{};
}

std::int64_t version_before(
    const records::Database& database, SessionId session, PersonId person, std::int64_t version) {
    return database
        .one<std::int64_t>("SELECT before FROM phone_contacts WHERE session = ? AND person = ? AND version = ?",
            session, person, version)
        .value_or(0);
}

/// Of a row with which all has been taken back: nothing stood before.
constexpr std::int64_t nothing_before = -1;

constexpr const char* phone_day_sql =
    "SELECT s.id, s.starts_at, s.ends_at, p.name, p.id, c.session IS NOT NULL FROM outside_days o JOIN sessions s ON "
    "s.id = o.session LEFT JOIN periods p ON p.id = o.period LEFT JOIN cancelled_sessions c ON c.session = s.id WHERE "
    "o.way = "
    "'phone_day' ";

PhoneDay phone_day_in(const records::Rows& row) {
    return {.session = row.get<SessionId>(0),
        .starts_at = row.get<UtcTime>(1),
        .ends_at = row.get<UtcTime>(2),
        .period = row.text_or_none(3),
        .period_id = row.get<std::optional<protocol::PeriodId>>(4),
        .is_cancelled = row.get<bool>(5)};
}

}  // namespace

void put_contact(records::Database& database, SessionId session, const NotedContact& noted, UtcTime now) {
    records::Unit unit{database};
    // What stands again when this one is taken back, and whose words this one begins with.
    auto before = noted.version - 1;
    auto words_of = before;
    if (noted.takes_back) {
        words_of = version_before(database, session, noted.person, *noted.takes_back);
        before = words_of == 0 ? nothing_before : version_before(database, session, noted.person, words_of);
    }
    const auto words = words_of_version(database, session, noted.person, words_of);
    database.write(
        "INSERT INTO phone_contacts (session, person, version, before, state, tries, seconds, answered_at, task, "
        "task_minutes, check_at, checked_at, note, agreed, by_person, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?, ?, ?, ?) ON CONFLICT (session, person, version) DO NOTHING",
        session, noted.person, noted.version, before, noted.state, tries_text(noted.tries), noted.seconds,
        words.answered_at, words.task, words.task_minutes, words.check_at, words.checked_at, words.note, words.agreed,
        noted.by, now);
    unit.keep();
}

void put_contact_words(
    records::Database& database, SessionId session, PersonId person, std::int64_t version, const ContactWords& words) {
    const auto before = words_of_version(database, session, person, version);
    const auto either = [](const auto& now, const auto& then) { return now ? now : then; };
    database.write(
        "UPDATE phone_contacts SET answered_at = ?, task = ?, task_minutes = ?, check_at = ?, checked_at = ?, note = "
        "?, agreed = ? WHERE session = ? AND person = ? AND version = ?",
        either(words.answered_at, before.answered_at), either(words.task, before.task),
        either(words.task_minutes, before.task_minutes), either(words.check_at, before.check_at),
        either(words.checked_at, before.checked_at), kept(either(words.note, before.note)),
        kept(either(words.agreed, before.agreed)), session, person, version);
}

std::map<PersonId, Contact> contacts_of(const records::Database& database, SessionId session) {
    std::map<PersonId, Contact> contacts;
    auto rows = database.read(std::string{"SELECT person, version, state, tries, seconds, by_person, at, before, "} +
                                  words_sql + " FROM phone_contacts WHERE session = ? ORDER BY person, version",
        session);
    while (rows.next()) {
        // The last of a person is how it stands.
        auto& contact = contacts[rows.get<PersonId>(0)];
        contact = {.version = rows.number(1),
            .state = rows.get<std::optional<ContactState>>(2).value_or(ContactState::to_call),
            .tries = tries_in(rows.view(3)),
            .seconds = rows.get<std::optional<std::int64_t>>(4),
            .words = words_in(rows, 8),
            .by = rows.get<PersonId>(5),
            .at = rows.get<UtcTime>(6),
            .can_be_taken_back = rows.number(7) != nothing_before};
    }
    return contacts;
}

std::vector<PersonToCall> people_to_call(const records::Database& database, SessionId session) {
    std::vector<PersonToCall> people;
    auto rows = database.read(
        "SELECT p.id, p.name, p.supervisor, p.phone, p.best_time, r.absence_told_at FROM registrations r JOIN people p "
        "ON p.id = r.person WHERE r.session = ? AND r.role = 'participant' ORDER BY p.id",
        session);
    while (rows.next())
        people.push_back({.person = rows.get<PersonId>(0),
            .name = rows.text(1),
            .supervisor = rows.text_or_none(2),
            .phone = rows.text_or_none(3),
            .best_time = rows.text_or_none(4),
            .absence_told_at = rows.get<std::optional<UtcTime>>(5)});
    sort_in_finnish_order(people, [](const PersonToCall& one) -> const std::string& { return one.name; });
    return people;
}

std::optional<LastContact> last_contact(const records::Database& database, PersonId person, SessionId before_session) {
    auto row = database.read(
        std::string{they_sql} +
            "SELECT s.starts_at, c.task, c.seconds, c.agreed FROM phone_contacts c JOIN they t ON t.id = c.person JOIN "
            "sessions s ON s.id = c.session JOIN outside_days o ON o.session = c.session JOIN sessions this ON this.id "
            "= ? WHERE o.way = 'phone_day' AND s.starts_at < this.starts_at AND (c.task IS NOT NULL OR c.agreed IS NOT "
            "NULL) AND c.version = (SELECT max(l.version) FROM phone_contacts l WHERE l.session = c.session AND "
            "l.person = c.person) ORDER BY s.starts_at DESC, c.person LIMIT 1",
        as_known_now(database, person), before_session);
    if (!row.next()) return std::nullopt;
    return LastContact{.starts_at = row.get<UtcTime>(0),
        .task = row.text_or_none(1),
        .seconds = row.get<std::optional<std::int64_t>>(2),
        .agreed = row.text_or_none(3)};
}

std::vector<GivenTask> usual_tasks(const records::Database& database, UtcTime now) {
    std::vector<GivenTask> tasks;
    const auto most = static_cast<std::int64_t>(usual_tasks_max);
    auto rows = database.read(
        "SELECT c.task, c.task_minutes, count(*) AS times FROM phone_contacts c WHERE c.task IS NOT NULL AND "
        "c.task_minutes IS NOT NULL AND c.at > ? AND c.version = (SELECT max(l.version) FROM phone_contacts l WHERE "
        "l.session = c.session AND l.person = c.person) GROUP BY c.task, c.task_minutes ORDER BY times DESC, c.task, "
        "c.task_minutes LIMIT ?",
        now.ms - usual_tasks_from_ms, most);
    while (rows.next()) tasks.push_back({.title = rows.text(0), .minutes = rows.number(1)});
    return tasks;
}

std::vector<PhoneDay> phone_days(const records::Database& database) {
    std::vector<PhoneDay> days;
    auto rows = database.read(std::string{phone_day_sql} + "ORDER BY s.starts_at, s.id");
    while (rows.next()) days.push_back(phone_day_in(rows));
    return days;
}

std::optional<PhoneDay> phone_day(const records::Database& database, SessionId session) {
    auto row = database.read(std::string{phone_day_sql} + "AND s.id = ?", session);
    if (!row.next()) return std::nullopt;
    return phone_day_in(row);
}

namespace {

std::vector<PhoneWorker> workers_in(records::Rows rows) {
    std::vector<PhoneWorker> workers;
    while (rows.next()) workers.push_back({.person = rows.get<PersonId>(0), .name = rows.text(1)});
    return workers;
}

}  // namespace

std::vector<PhoneWorker> phone_workers(const records::Database& database, SessionId session) {
    return workers_in(database.read(
        "SELECT DISTINCT p.id, p.name FROM registrations r JOIN people p ON p.id = r.person WHERE r.session = ? AND "
        "r.role IN ('facilitator', 'moderator') ORDER BY p.name, p.id",
        session));
}

std::vector<PhoneWorker> free_phone_workers(const records::Database& database, SessionId session) {
    return workers_in(database.read(
        "SELECT DISTINCT p.id, p.name FROM staff_roles r JOIN staff_accounts a ON a.id = r.account JOIN people p ON "
        "p.id = a.person WHERE r.role = 'moderator' AND r.period IS NULL AND a.locked_at IS NULL AND NOT EXISTS "
        "(SELECT 1 FROM registrations g WHERE g.session = ? AND g.person = p.id) ORDER BY p.name, p.id",
        session));
}

}  // namespace etakahvila::people
