// What the staff see of the day.

#include <algorithm>

#include "domain/attendance/parts.hpp"
#include "domain/room/permission.hpp"

namespace etakahvila::domain {

namespace {

bool may_mark(Role role) { return !why_not(role, MarkAttendance{}, Phase::closed); }

/// Who may mark sees by which decision somebody comes: the mark hangs on it. Nobody else of the staff does.
bool sees_decisions(const Room& room, const Viewer& viewer) {
    const auto* member = viewer.person ? room.member(*viewer.person) : nullptr;
    return member != nullptr && may_mark(member->role);
}

std::optional<Change> see_row(const Room& room, PersonId person, const Viewer& viewer) {
    if (!viewer.is_staff()) return std::nullopt;
    const auto* row = row_of(room, person);
    if (row == nullptr) return Dropped{.kind = ChangeKind::attendance_line, .id = person.value};
    const auto& proposed = row->proposed;
    AttendanceRow seen{
        .person = person, .connected_seconds = proposed.connected_seconds, .window_seconds = proposed.window_seconds};
    seen.arrived = proposed.arrived;
    seen.left = proposed.left;
    seen.gaps = proposed.gaps;
    seen.took_part = proposed.took_part;
    seen.proposal = proposed.proposal;
    seen.version = row->version;
    seen.absence_told = proposed.absence_told;
    seen.why = proposed.why;
    if (sees_decisions(room, viewer)) {
        seen.decision_type = proposed.decision_type;
        seen.duty = duty_of(proposed.decision_type, proposed.duty);
    } else if (seen.why) {
        seen.why = without_decision(*std::move(seen.why));
    }
    if (const auto* marking = row->marking()) {
        const auto& marked = marking->marked;
        seen.mark = marked.mark;
        seen.minutes = marked.minutes;
        if (!marked.reason.empty()) seen.reason = marked.reason;
        seen.source = marked.source;
        seen.marked_by = marking->by;
        seen.marked_at = marking->at;
        seen.marked_in = marking->step;
    }
    seen.came_late_at = row->came_late_at;
    if (row->is_correction_proposed) seen.correction_proposed = true;
    if (!row->corrections.empty()) seen.corrections = row->corrections;
    seen.work_seconds = proposed.work_seconds;
    seen.returned_at = proposed.returned_at;
    seen.returned_late = proposed.returned_late;
    seen.work_source = proposed.work_source;
    seen.contact_seconds = proposed.contact_seconds;
    seen.contact_source = proposed.contact_source;
    if (const auto& after = row->work_after_seal) {
        seen.work_seconds = after->work_seconds;
        seen.returned_at = after->returned_at;
        seen.work_source = after->work_source;
        seen.work_after_seal = true;
    }
    return seen;
}

std::optional<Change> see_day(const Room& room, const Viewer& viewer) {
    if (!viewer.is_staff()) return std::nullopt;
    const auto& attendance = room.attendance;
    if (attendance.version == 0) return Dropped{.kind = ChangeKind::attendance_day, .id = 0};
    // While it is live anew, the window is what it was at the last close: time by itself changes nothing that is shown.
    const auto& last = room.session.live.empty() ? Span{} : room.session.live.back();
    AttendanceDay day{.version = attendance.version,
        .windows = counted_windows(room, last.to ? room.now.at : last.from),
        .window_corrected_by = attendance.window_corrected_by};
    for (const auto& [person, row] : attendance.rows) {
        if (!row.needs_decision()) continue;
        ++day.to_decide;
        if (row.is_clear()) ++day.clear;
    }
    if (attendance.sealed) {
        day.sealed_at = attendance.sealed->at;
        day.sealed_by = attendance.sealed->by;
    }
    return day;
}

}  // namespace

std::optional<Change> AttendanceRule::see(const Room& room, ThingRef thing, const Viewer& viewer) const {
    switch (thing.kind) {
        case ChangeKind::attendance_line: return see_row(room, PersonId{thing.id}, viewer);
        case ChangeKind::checkpoint: return see_checkpoint(room, viewer);
        case ChangeKind::attendance_day: return see_day(room, viewer);
        default: return std::nullopt;
    }
}

void AttendanceRule::add_personal_viewers(const Room& room, ThingRef thing, std::vector<PersonId>& out) const {
    if (thing.kind == ChangeKind::checkpoint) return add_checkpoint_viewers(room, out);
    if (thing.kind != ChangeKind::attendance_line) return;
    for (const auto& [person, member] : room.presence.members) {
        if (may_mark(member.role)) out.push_back(person);
    }
}

void AttendanceRule::clear(Room& room, const Context& context) const { clear_all(room, context, *this); }

void AttendanceRule::add_things(const Room& room, const Viewer&, std::vector<ThingRef>& out) const {
    if (open_checkpoint(room) != nullptr) out.push_back({ChangeKind::checkpoint, 0});
    if (room.attendance.version != 0) out.push_back({ChangeKind::attendance_day, 0});
    for (const auto& [person, row] : room.attendance.rows) out.push_back({ChangeKind::attendance_line, person.value});
}

}  // namespace etakahvila::domain
