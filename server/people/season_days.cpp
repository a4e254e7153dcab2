#include "people/season_days.hpp"

#include <algorithm>

#include "people/local_time.hpp"
#include "people/matching.hpp"
#include "people/words.hpp"

namespace etakahvila::people {
namespace {

/// No change of clocks is at midnight in Helsinki.
UtcTime midnight_of(std::string_view day) { return std::get<UtcTime>(utc_of(date_in(day).value(), ClockTime{})); }

/// Its first parameter is the person. The ban is theirs under whichever id.
constexpr const char* day_sql =
    "SELECT s.id, r.person, s.theme, g.name, s.starts_at, s.ends_at, s.help_phone, s.revision, c.words,"
    " EXISTS (SELECT 1 FROM season_bans b WHERE b.session = s.id AND b.person IN (SELECT id FROM they)),"
    " r.absence_told_at IS NOT NULL, CASE WHEN r.absence_told_by IS NULL THEN r.absence_reason END, "
    "o.way, a.kind, a.place"
    " FROM registrations r JOIN sessions s ON s.id = r.session JOIN series g ON g.id = s.series"
    " LEFT JOIN cancelled_sessions c ON c.session = s.id LEFT JOIN outside_days o ON o.session = s.id"
    " LEFT JOIN appointments a ON a.session = s.id"
    " WHERE r.role = 'participant' AND r.person IN (SELECT id FROM they) ";

PersonDay day_in(const records::Rows& row) {
    return {.session = row.get<SessionId>(0),
        .person = row.get<PersonId>(1),
        .theme = row.text(2),
        .series = row.text(3),
        .starts_at = row.get<UtcTime>(4),
        .ends_at = row.get<UtcTime>(5),
        .help_phone = row.text_or_none(6),
        .revision = row.number(7),
        .cancelled = row.text_or_none(8),
        .is_banned = row.get<bool>(9),
        .cannot_come = row.get<bool>(10),
        .own_reason = row.get<std::optional<protocol::AbsenceReason>>(11),
        .way = row.get<std::optional<protocol::SessionWay>>(12).value_or(protocol::SessionWay::room),
        .appointment = row.get<std::optional<protocol::AppointmentKind>>(13),
        .place = row.text_or_none(14)};
}

/// Registered under two ids, it is one day.
std::vector<PersonDay> days_in(records::Rows rows) {
    std::vector<PersonDay> days;
    while (rows.next()) {
        if (days.empty() || days.back().session != rows.get<SessionId>(0)) days.push_back(day_in(rows));
    }
    return days;
}

}  // namespace

UtcTime day_opens_at(UtcTime starts_at) { return midnight_of(local_date_text(starts_at)); }

std::optional<PeriodFacts> period_facts(const records::Database& database, PeriodId period) {
    auto row = database.read("SELECT name, last_day FROM periods WHERE id = ?", period);
    if (!row.next()) return std::nullopt;
    return PeriodFacts{.name = row.text(0), .links_end = door_closes_at(end_of_day(midnight_of(row.view(1))))};
}

std::vector<PersonDay> days_of(const records::Database& database, PeriodId period, PersonId person) {
    return days_in(
        database.read(std::string{they_sql} + day_sql + "AND s.period = ? ORDER BY s.starts_at, s.id, r.person",
            as_known_now(database, person), period));
}

std::vector<PersonDay> all_days_of(const records::Database& database, PeriodId period, PersonId person) {
    return days_in(database.read(
        std::string{they_sql} + day_sql + "AND (s.period = ? OR o.period = ?) ORDER BY s.starts_at, s.id, r.person",
        as_known_now(database, person), period, period));
}

std::vector<PersonDay> agreed_appointments(
    const records::Database& database, PersonId person, std::string_view first_day) {
    return days_in(database.read(std::string{they_sql} + day_sql +
                                     "AND a.agreed_starts_at IS NOT NULL AND s.starts_at >= ? ORDER BY s.starts_at, "
                                     "s.id, r.person",
        as_known_now(database, person), midnight_of(first_day)));
}

std::optional<PersonDay> day_of(const records::Database& database, SessionId session, PersonId person) {
    auto row = database.read(std::string{they_sql} + day_sql + "AND s.id = ? ORDER BY r.person LIMIT 1",
        as_known_now(database, person), session);
    if (!row.next()) return std::nullopt;
    return day_in(row);
}

bool is_banned_as_another(const records::Database& database, SessionId session, PersonId person) {
    return database.has(
        std::string{they_sql} +
            "SELECT 1 FROM season_bans WHERE session = ? AND person <> ? AND person IN (SELECT id FROM they)",
        as_known_now(database, person), session, person);
}

std::vector<PersonId> enrolled_in(const records::Database& database, PeriodId period) {
    std::vector<PersonId> people;
    auto rows = database.read(
        "SELECT DISTINCT person FROM enrolments WHERE period = ? AND state = 'accepted' ORDER BY person", period);
    while (rows.next()) {
        const auto person = as_known_now(database, rows.get<PersonId>(0));
        if (std::find(people.begin(), people.end(), person) == people.end()) people.push_back(person);
    }
    return people;
}

std::vector<SeriesWords> words_of_series(const records::Database& database, const std::vector<std::string>& series) {
    std::vector<SeriesWords> all;
    for (const auto& name : series) {
        const auto is_it = [&](const SeriesWords& words) { return words.series == name; };
        if (std::any_of(all.begin(), all.end(), is_it)) continue;
        auto row = database.read("SELECT letter, instructions FROM series WHERE name_key = ?", name_key(name));
        if (!row.next() || (row.is_null(0) && row.is_null(1))) continue;
        all.push_back({.series = name, .letter = row.text_or_none(0), .instructions = row.text_or_none(1)});
    }
    return all;
}

}  // namespace etakahvila::people
