#include "api/seen_days.hpp"

#include <algorithm>

#include "people/names.hpp"
#include "people/words.hpp"
#include "reports/day_store.hpp"

namespace etakahvila::api {

using protocol::NamedMark;
using protocol::PersonId;
using reports::RecordedRow;

namespace {

/// The mark of a name, made once for each.
const std::string& mark_in(std::map<std::string, std::string>& marks, const std::string& name) {
    auto& mark = marks[name];
    if (mark.empty()) mark = people::name_mark(name);
    return mark;
}

/// As mark_in, for a person's name: whichever way it is written.
const std::string& person_mark_in(std::map<std::string, std::string>& marks, const std::string& name) {
    auto& mark = marks[name];
    if (mark.empty()) mark = people::person_mark(name);
    return mark;
}

/// Whether Helsinki's date of the session is one of those that are asked for.
bool is_in_time(const protocol::ReportsQuery& query, base::UtcTime starts_at) {
    const auto date = people::local_date_text(starts_at);
    const auto from = query.from.value_or(""), to = query.to.value_or("");
    return (from.empty() || date >= from) && (to.empty() || date <= to);
}

}  // namespace

std::vector<PersonId> SeenDays::whose() const {
    std::vector<PersonId> people;
    for (const auto& day : days) {
        for (const auto& row : day.record.lines) people.push_back(row.person);
    }
    return people;
}

std::vector<reports::ReportedDay> SeenDays::reported() const {
    std::vector<reports::ReportedDay> reported;
    reported.reserve(days.size());
    for (const auto& day : days)
        reported.push_back({.theme = day.session.theme,
            .starts_at = day.session.starts_at,
            .record = day.record,
            .has_counts_only = day.session.settings.anonymous_among_participants});
    return reported;
}

reports::ReportedPeople SeenDays::people() const {
    reports::ReportedPeople people;
    for (const auto& day : days) day.roster.add_to(people);
    return people;
}

SeenDays days_seen_by(const AnyCall& call, const protocol::ReportsQuery& query, base::UtcTime now) {
    SeenDays seen;
    const auto keys = call.caller.supervisor_keys();
    const auto chosen_series = query.series.value_or("");
    const auto chosen_supervisor = query.supervisor.value_or("");
    for (const auto& each : people::sessions(call.reader)) {
        if (!is_in_time(query, each.starts_at)) continue;
        auto roles = call.caller.roles_in(each.series);
        // A day without a room is of no series: a supervisor of one has their own people in it too.
        const bool is_outside = each.way != protocol::SessionWay::room;
        if (is_outside && call.caller.roles_anywhere().has(CallerRole::supervisor)) roles.add(CallerRole::supervisor);
        if (!roles.has(CallerRole::coordinator) && !roles.has(CallerRole::supervisor)) continue;
        auto record = reports::day_of(call.reader, each.id);
        const auto session = record ? people::session_record(call.reader, each.id) : std::nullopt;
        if (!session) continue;
        SeenDays::Day day{.session = *session,
            .roster = Roster{call.reader, each.id, now, call.caller},
            .record = std::move(*record)};
        // A facilitator or moderator reads the days of others in their rooms, not here.
        auto roles_here = roles;
        if (!roles.has(CallerRole::coordinator)) roles_here = CallerRoles{CallerRole::supervisor};
        day.roster.keep_own(day.record, roles_here, keys);
        // A day that is cancelled has nobody's row, and is told to who coordinates it; a meeting that was not is
        // nobody's.
        const bool is_cancelled = day.record.phase == protocol::Phase::cancelled &&
                                  roles.has(CallerRole::coordinator) && each.way != protocol::SessionWay::appointment;
        if (day.record.lines.empty() && !is_cancelled) continue;
        const auto& series = mark_in(seen.series, each.series);
        for (const auto& row : day.record.lines) {
            if (const auto& supervisor = day.roster.supervisor(row.person))
                person_mark_in(seen.supervisors, *supervisor);
        }
        if (!chosen_series.empty() && series != chosen_series) continue;
        keep_kind(day.record, query.decision_type);
        if (!chosen_supervisor.empty()) {
            reports::keep_rows(day.record, [&](const RecordedRow& row) {
                const auto& supervisor = day.roster.supervisor(row.person);
                return supervisor && person_mark_in(seen.supervisors, *supervisor) == chosen_supervisor;
            });
        }
        const bool is_of_some = query.decision_type || !chosen_supervisor.empty();
        if (!day.record.lines.empty() || (is_cancelled && !is_of_some)) seen.days.push_back(std::move(day));
    }
    return seen;
}

void keep_kind(reports::DayRecord& record, std::optional<std::string> kind) {
    if (kind) reports::keep_rows(record, [&](const RecordedRow& row) { return row.decision_type == kind; });
}

/// One choice for each mark: two ways to write a name are one name.
std::vector<NamedMark> choices_of(const SeenDays::Marks& marks) {
    std::vector<NamedMark> choices;
    for (const auto& [name, mark] : marks) {
        const bool is_known = std::any_of(
            choices.begin(), choices.end(), [&](const auto& choice) { return choice.mark == mark; });
        if (!is_known) choices.push_back({.mark = mark, .name = name});
    }
    people::sort_in_finnish_order(choices, [](const NamedMark& choice) -> const std::string& { return choice.name; });
    return choices;
}

}  // namespace etakahvila::api
