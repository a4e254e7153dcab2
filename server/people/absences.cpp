#include "people/absences.hpp"

#include <algorithm>
#include <map>

#include "people/names.hpp"

namespace etakahvila::people {
namespace {

using protocol::AbsenceReason;

protocol::AbsentDay day_in(records::Rows& row) {
    protocol::AbsentDay day{.session = row.get<SessionId>(5),
        .theme = row.text(6),
        .series = row.text(7),
        .starts_at = row.get<UtcTime>(8),
        .ends_at = row.get<UtcTime>(9),
        .absence = {},
        .mark = {}};
    const auto told_at = row.get<std::optional<UtcTime>>(10);
    if (told_at)
        day.absence = protocol::AbsenceShown{.reason = row.get<std::optional<AbsenceReason>>(11),
            .note = row.text_or_none(12),
            .told_by = row.text_or_none(13).value_or(std::string{}),
            .told_at = *told_at};
    return day;
}

}  // namespace

std::vector<AbsenceReason> reasons_asked(const records::Database& database, const std::optional<std::string>& kind) {
    std::vector<AbsenceReason> asked;
    if (!kind) return asked;
    auto rows = database.read(
        "SELECT r.reason FROM absence_reasons r JOIN decision_kinds k ON k.key = r.kind WHERE k.key = ? AND k.duty <> "
        "'own_will'",
        *kind);
    while (rows.next()) {
        if (const auto reason = rows.get<std::optional<AbsenceReason>>(0)) asked.push_back(*reason);
    }
    // In the order of the words, not of the alphabet: "other" is the last.
    std::sort(asked.begin(), asked.end());
    return asked;
}

std::vector<protocol::AbsentPerson> people_with_days(
    const records::Database& database, UtcTime since, const std::function<bool(const PersonDetails&)>& sees) {
    std::vector<protocol::AbsentPerson> people;
    auto rows = database.read(
        "SELECT p.id, p.name, p.decision_type, p.supervisor, p.phone, s.id, s.theme, g.name, s.starts_at, s.ends_at, "
        "r.absence_told_at, r.absence_reason, r.absence_note, r.absence_told_by"
        " FROM registrations r JOIN people p ON p.id = r.person JOIN sessions s ON s.id = r.session"
        " JOIN series g ON g.id = s.series"
        " WHERE p.is_client = 1 AND r.role = 'participant' AND s.ends_at > ?"
        " AND NOT EXISTS (SELECT 1 FROM cancelled_sessions c WHERE c.session = s.id)"
        " ORDER BY p.id, s.starts_at, s.id",
        since);
    // A supervisor's other people are passed over row by row: nothing of them is kept.
    std::optional<PersonId> passed_over;
    while (rows.next()) {
        const auto person = rows.get<PersonId>(0);
        if (person == passed_over) continue;
        if (people.empty() || people.back().person != person) {
            PersonDetails details{.name = rows.text(1),
                .decision_type = rows.text_or_none(2),
                .supervisor = rows.text_or_none(3),
                .phone = rows.text_or_none(4),
                .email = {},
                .needs = {}};
            if (!sees(details)) {
                passed_over = person;
                continue;
            }
            people.push_back({.person = person,
                .name = std::move(details.name),
                .kind = std::move(details.decision_type),
                .phone = std::move(details.phone),
                .asks = {},
                .days = {}});
        }
        people.back().days.push_back(day_in(rows));
    }
    std::map<std::optional<std::string>, std::vector<AbsenceReason>> asked;
    for (auto& each : people) {
        const auto [found, is_new] = asked.try_emplace(each.kind);
        if (is_new) found->second = reasons_asked(database, each.kind);
        each.asks = found->second;
    }
    sort_in_finnish_order(people, [](const protocol::AbsentPerson& each) { return each.name; });
    return people;
}

}  // namespace etakahvila::people
