#include "api/day_answers.hpp"

#include <algorithm>

#include "people/names.hpp"

namespace etakahvila::api {

using protocol::DayAnswer;
using protocol::PersonDay;

namespace {

PersonDay person_day(const reports::RecordedRow& line, const Roster& roster) {
    PersonDay shown{.person = line.person,
        .name = roster.name(line.person),
        .decision_type = line.decision_type,
        .absence_told = line.absence_told};
    if (const auto* known = roster.find(line.person)) {
        shown.supervisor = known->details.supervisor;
        if (known->absence) shown.absence_note = known->absence->note;
    }
    shown.connected_seconds = line.connected_seconds;
    shown.window_seconds = line.window_seconds;
    shown.arrived = line.arrived;
    shown.left = line.left;
    shown.gaps = line.gaps;
    shown.intervals = line.intervals;
    shown.took_part = line.took_part;
    shown.turns = line.turns;
    shown.written_turns = line.written_turns;
    shown.messages = line.messages;
    shown.proposal = line.proposal;
    shown.why = line.why;
    shown.mark = line.mark;
    shown.minutes = line.minutes;
    shown.reason = line.reason;
    shown.source = line.source;
    if (line.marked_by) shown.marked_by = roster.name(*line.marked_by);
    shown.marked_at = line.marked_at;
    shown.came_late_at = line.came_late_at;
    for (const auto& each : line.corrections) {
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
    answer.windows = record.windows;
    answer.breaks = record.breaks;
    answer.outages = record.outages;
    answer.sealed_at = record.sealed_at;
    if (record.sealed_by) answer.sealed_by = roster.name(*record.sealed_by);
    for (const auto& line : record.lines) answer.lines.push_back(person_day(line, roster));
    people::sort_in_finnish_order(answer.lines, [](const PersonDay& line) -> const std::string& { return line.name; });
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
