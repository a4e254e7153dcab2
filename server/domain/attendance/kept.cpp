// What stays of attendance when a day is compacted: all that was decided, and what the facts came to.

#include "domain/attendance/parts.hpp"

namespace etakahvila::domain {
namespace {

KeptRow kept(const Attendance::Row& row) {
    KeptRow kept{.proposed = row.proposed,
        .version = row.version,
        .changed_by = row.changed_by,
        .markings = {},
        .came_late_at = row.came_late_at,
        .is_correction_proposed = row.is_correction_proposed ? std::optional{true} : std::nullopt,
        .work_after_seal = row.work_after_seal,
        .corrections = row.corrections};
    for (const auto& marking : row.markings)
        kept.markings.push_back({.mark = marking.marked.mark,
            .minutes = marking.marked.minutes,
            .reason = marking.marked.reason,
            .source = marking.marked.source,
            .by = marking.by,
            .at = marking.at,
            .step = marking.step});
    return kept;
}

Attendance::Row row_of(const KeptRow& kept) {
    Attendance::Row row{.proposed = kept.proposed,
        .version = kept.version,
        .changed_by = kept.changed_by,
        .markings = {},
        .came_late_at = kept.came_late_at,
        .is_correction_proposed = kept.is_correction_proposed.value_or(false),
        .work_after_seal = kept.work_after_seal,
        .corrections = kept.corrections};
    for (const auto& marking : kept.markings)
        row.markings.push_back({.marked = {.person = kept.proposed.person,
                                    .mark = marking.mark,
                                    .minutes = marking.minutes,
                                    .reason = marking.reason,
                                    .source = marking.source},
            .by = marking.by,
            .at = marking.at,
            .step = marking.step});
    return row;
}

}  // namespace

void AttendanceRule::add_kept(const Room& room, RoomCompacted& out) const {
    const auto& attendance = room.attendance;
    auto& all = out.attendance;
    for (const auto& sent : attendance.checkpoints)
        all.checkpoints.push_back({.checkpoint = sent.id, .at = sent.at, .ended = sent.ended});
    for (const auto& facts : attendance_of(room, room.now.at)) {
        if (room.member(facts.person) != nullptr)
            all.facts.push_back({.person = facts.person,
                .took_part = facts.took_part,
                .over_outages_ms = facts.over_outages.count(),
                .checkpoints = facts.checkpoints});
    }
    all.corrected_window = attendance.corrected_window;
    all.window_corrected_by = attendance.window_corrected_by;
    for (const auto& [person, row] : attendance.rows) all.rows.push_back(kept(row));
    if (attendance.sealed) {
        all.sealed_at = attendance.sealed->at;
        all.sealed_by = attendance.sealed->by;
    }
    all.version = attendance.version;
    all.changed_by = attendance.changed_by;
    all.acts = attendance.acts;
}

void AttendanceRule::note_kept(Room& room, const Context&, const RoomCompacted& event) const {
    const auto& all = event.attendance;
    auto& attendance = room.attendance;
    for (const auto& sent : all.checkpoints)
        attendance.checkpoints.push_back({.id = sent.checkpoint, .at = sent.at, .ended = sent.ended, .answered = {}});
    for (const auto& facts : all.facts)
        attendance.settled.emplace(facts.person, Attendance::Settled{.took_part = facts.took_part,
                                                     .over_outages = Milliseconds{facts.over_outages_ms},
                                                     .checkpoints = facts.checkpoints});
    attendance.corrected_window = all.corrected_window;
    attendance.window_corrected_by = all.window_corrected_by;
    for (const auto& kept : all.rows) attendance.rows.emplace(kept.proposed.person, row_of(kept));
    if (all.sealed_at) attendance.sealed = {.at = *all.sealed_at, .by = all.sealed_by.value_or(PersonId{})};
    attendance.version = all.version;
    attendance.version_before = all.version;
    attendance.changed_by = all.changed_by;
    attendance.acts = all.acts;
}

}  // namespace etakahvila::domain
