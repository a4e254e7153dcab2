// The day is signed as it was read. What changes after it is a record of its own.

#include <algorithm>

#include "domain/attendance/parts.hpp"

namespace etakahvila::domain {

Decision decide(const Room& room, const Context& context, const SealAttendance& command) {
    const auto& attendance = room.attendance;
    if (attendance.version != command.version)
        return refused(RefusalWord::version_conflict, attendance.version, attendance.changed_by);
    const auto missing = std::find_if(
        attendance.rows.begin(), attendance.rows.end(), [](const auto& each) { return each.second.needs_decision(); });
    if (missing != attendance.rows.end()) return refused(RefusalWord::marks_missing, missing->first.value);
    std::vector<Event> events;
    events.emplace_back(AttendanceSealed{context.actor.person});
    add_phase_change(room, context, PhaseChanged{.phase = Phase::sealed, .break_ends_at = {}}, events);
    return events;
}

Decision decide(const Room& room, const Context& context, const CorrectAttendance& command) {
    const auto* row = row_of(room, command.person);
    if (row == nullptr) return RefusalWord::not_found;
    if (auto conflict = version_conflict(*row, command.version)) return *conflict;
    if (command.reason.empty()) return RefusalWord::text_empty;
    auto checked = checked_mark(
        room, *row, command.person, command.mark, command.minutes, command.reason, command.source);
    if (checked.fault) return *checked.fault;
    AttendanceCorrected corrected{
        .was = {}, .was_minutes = {}, .now = std::move(checked.marked), .by = context.actor.person};
    if (const auto* marking = row->marking()) {
        corrected.was = marking->marked.mark;
        corrected.was_minutes = marking->marked.minutes;
        if (corrected.was == corrected.now.mark && corrected.was_minutes == corrected.now.minutes)
            return refused(RefusalWord::already_handled, {}, row->changed_by);
    }
    return done(std::move(corrected));
}

Decision decide(const Room& room, const Context& context, const DismissLateJoin& command) {
    const auto* row = row_of(room, command.person);
    if (row == nullptr) return RefusalWord::not_found;
    if (auto conflict = version_conflict(*row, command.version)) return *conflict;
    if (!row->is_correction_proposed) return refused(RefusalWord::already_handled, {}, row->changed_by);
    return done(LateJoinDismissed{.person = command.person, .by = context.actor.person});
}

void AttendanceRule::add_line_back(
    const Room& room, const Context&, PersonId person, bool, std::vector<Event>& out) const {
    if (room.session.phase != Phase::closed && room.session.phase != Phase::sealed) return;
    const auto* row = row_of(room, person);
    if (row == nullptr || row->proposed.connected_seconds > 0 || row->proposed.arrived || row->came_late_at) return;
    out.emplace_back(CameLate{person});
}

void apply(Room& room, const Context& context, const AttendanceSealed& event) {
    room.attendance.sealed = {.at = context.stamp.at, .by = event.by};
    room.attendance.acts.push_back({.kind = AttendanceActKind::sealed,
        .person = {},
        .by = event.by,
        .at = context.stamp.utc,
        .mark = {},
        .minutes = {},
        .reason = {}});
    note_day_changed(room, context, event.by);
}

void apply(Room& room, const Context& context, const AttendanceCorrected& event) {
    const auto found = room.attendance.rows.find(event.now.person);
    if (found == room.attendance.rows.end()) return;
    auto& row = found->second;
    row.corrections.push_back({.was = event.was,
        .was_minutes = event.was_minutes,
        .mark = event.now.mark,
        .minutes = event.now.minutes,
        .reason = event.now.reason,
        .by = event.by,
        .at = context.stamp.at});
    row.markings.push_back({.marked = event.now, .by = event.by, .at = context.stamp.at, .step = context.seq});
    row.is_correction_proposed = false;
    room.attendance.acts.push_back({.kind = AttendanceActKind::corrected,
        .person = event.now.person,
        .by = event.by,
        .at = context.stamp.utc,
        .mark = event.now.mark,
        .minutes = event.now.minutes,
        .reason = event.now.reason});
    note_row_changed(room, context, row, event.by);
    note_day_changed(room, context, event.by);
}

void apply(Room& room, const Context& context, const CameLate& event) {
    const auto found = room.attendance.rows.find(event.person);
    if (found == room.attendance.rows.end()) return;
    found->second.came_late_at = context.stamp.at;
    found->second.is_correction_proposed = room.session.phase == Phase::sealed;
    note_row_changed(room, context, found->second, event.person);
    note_day_changed(room, context, event.person);
}

void apply(Room& room, const Context& context, const WorkAfterSeal& event) {
    const auto found = room.attendance.rows.find(event.person);
    if (found == room.attendance.rows.end()) return;
    found->second.work_after_seal = event;
    found->second.is_correction_proposed = true;
    note_row_changed(room, context, found->second, event.person);
    note_day_changed(room, context, event.person);
}

void apply(Room& room, const Context& context, const LateJoinDismissed& event) {
    const auto found = room.attendance.rows.find(event.person);
    if (found == room.attendance.rows.end()) return;
    found->second.is_correction_proposed = false;
    room.attendance.acts.push_back({.kind = AttendanceActKind::late_join_dismissed,
        .person = event.person,
        .by = event.by,
        .at = context.stamp.utc,
        .mark = {},
        .minutes = {},
        .reason = {}});
    note_row_changed(room, context, found->second, event.by);
    note_day_changed(room, context, event.by);
}

}  // namespace etakahvila::domain
