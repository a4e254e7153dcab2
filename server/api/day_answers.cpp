#include "api/day_answers.hpp"

#include <algorithm>

#include "people/names.hpp"

namespace etakahvila::api {

using protocol::DayAnswer;
using protocol::PersonDay;

namespace {

PersonDay person_day(const reports::RecordedRow& row, const Roster& roster) {
    PersonDay shown{.person = row.person,
        .name = roster.name(row.person),
        .decision_type = row.decision_type,
        .decision_name = row.decision_name,
        .absence_told = row.absence_told};
    if (const auto* known = roster.find(row.person)) {
        shown.supervisor = known->details.supervisor;
        if (known->absence) shown.absence_note = known->absence->note;
    }
    shown.connected_seconds = row.connected_seconds;
    shown.window_seconds = row.window_seconds;
    shown.arrived = row.arrived;
    shown.left = row.left;
    shown.gaps = row.gaps;
    shown.intervals = row.intervals;
    shown.took_part = row.took_part;
    shown.work_seconds = row.work_seconds;
    shown.returned_at = row.returned_at;
    shown.returned_late = row.returned_late;
    shown.work_source = row.work_source;
    shown.contact_seconds = row.contact_seconds;
    shown.contact_source = row.contact_source;
    shown.turns = row.turns;
    shown.written_turns = row.written_turns;
    shown.messages = row.messages;
    shown.proposal = row.proposal;
    shown.why = row.why;
    shown.mark = row.mark;
    shown.minutes = row.minutes;
    shown.reason = row.reason;
    shown.source = row.source;
    if (row.marked_by) shown.marked_by = roster.name(*row.marked_by);
    shown.marked_at = row.marked_at;
    shown.came_late_at = row.came_late_at;
    for (const auto& each : row.corrections) {
        shown.corrections.push_back({.was = each.was,
            .was_minutes = each.was_minutes,
            .mark = each.mark,
            .minutes = each.minutes,
            .reason = each.reason,
            .by = roster.name(each.by),
            .at = each.at});
    }
    return shown;
}

}  // namespace

DayAnswer day_answer(const people::SessionRecord& session, const reports::DayRecord& record, const Roster& roster) {
    DayAnswer answer{.session = session.id,
        .theme = session.theme,
        .series = session.series,
        .starts_at = session.starts_at,
        .phase = record.phase};
    if (session.way != protocol::SessionWay::room) answer.way = session.way;
    answer.appointment = session.appointment;
    if (session.settings.anonymous_among_participants) answer.anonymous_among_participants = true;
    answer.windows = record.windows;
    answer.breaks = record.breaks;
    answer.outages = record.outages;
    answer.sealed_at = record.sealed_at;
    if (record.sealed_by) answer.sealed_by = roster.name(*record.sealed_by);
    for (const auto& row : record.lines) answer.lines.push_back(person_day(row, roster));
    people::sort_in_finnish_order(answer.lines, [](const PersonDay& row) -> const std::string& { return row.name; });
    return answer;
}

protocol::DayFigures day_figures(const reports::DayStatistics& figures, std::int64_t returners) {
    return {.registered = figures.registered,
        .attended = figures.attended,
        .returners = returners,
        .first_timers = std::max<std::int64_t>(0, figures.attended - returners),
        .peak = figures.peak,
        .average_tenths = figures.average_tenths,
        .voices_heard = figures.voices_heard,
        .turns = figures.turns,
        .written_turns = figures.written_turns,
        .messages = figures.messages,
        .help = figures.help};
}

protocol::PersonTotal person_total(const reports::PersonTotal& total, const reports::ReportedPeople& people) {
    const auto count = [&](protocol::Mark mark) { return total.marks[static_cast<std::size_t>(mark)]; };
    protocol::PersonTotal shown{.person = total.person,
        .name = {},
        .decision_type = total.decision_type,
        .decision_name = total.decision_name,
        .supervisor = {},
        .days = total.days,
        .present = count(protocol::Mark::present),
        .partial = count(protocol::Mark::partial),
        .excused = count(protocol::Mark::excused),
        .absent = count(protocol::Mark::absent),
        .unmarked = total.unmarked,
        .minutes = total.minutes};
    if (const auto known = people.find(total.person); known != people.end()) {
        shown.name = known->second.name;
        shown.supervisor = known->second.supervisor;
    }
    return shown;
}

}  // namespace etakahvila::api
