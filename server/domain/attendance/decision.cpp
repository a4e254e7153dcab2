// A person decides: one by one, for all whose proposal is clear, and back again, until the seal.

#include <algorithm>

#include "domain/attendance/parts.hpp"
#include "text/text.hpp"

namespace etakahvila::domain {
namespace {

constexpr std::size_t mark_reason_code_points_max = 200;

/// Whole minutes, the begun one too.
std::int64_t minutes_up(std::int64_t seconds) { return (seconds + 59) / 60; }

/// Of the day: nobody took part in more of it.
std::int64_t seconds_max(const Room& room, const ProposedRow& proposed) {
    const auto& plan = room.session.plan;
    if (!has_no_room(plan)) return proposed.window_seconds;
    return std::max((plan.ends_at.ms - plan.starts_at.ms) / 1000, proposed.contact_seconds.value_or(0));
}

MarkSource usual_source(const Room& room, const ProposedRow& proposed) {
    if (!has_no_room(room.session.plan)) return MarkSource::connection;
    return proposed.contact_source.value_or(MarkSource::phone);
}

}  // namespace

bool is_an_absence(Mark mark) { return mark == Mark::excused || mark == Mark::absent; }

const Attendance::Row* row_of(const Room& room, PersonId person) {
    const auto found = room.attendance.rows.find(person);
    return found == room.attendance.rows.end() ? nullptr : &found->second;
}

std::optional<Refusal> version_conflict(const Attendance::Row& row, std::int64_t version) {
    if (row.version == version) return std::nullopt;
    return refused(RefusalWord::version_conflict, row.version, row.changed_by);
}

CheckedMark checked_mark(const Room& room, const Attendance::Row& row, PersonId person, Mark mark,
    std::optional<std::int64_t> minutes, const std::string& reason, std::optional<MarkSource> source) {
    const auto fault = [](RefusalWord word) { return CheckedMark{.marked = {}, .fault = word}; };
    const auto& proposed = row.proposed;
    const bool is_without_room = has_no_room(room.session.plan);
    if (is_an_absence(mark) && is_of_own_will(proposed)) return fault(RefusalWord::never_absent);
    if (minutes.has_value() != (mark == Mark::partial)) return fault(RefusalWord::invalid);
    if (minutes && *minutes > minutes_up(seconds_max(room, proposed))) return fault(RefusalWord::invalid);
    CheckedMark checked{.marked = {.person = person,
                            .mark = mark,
                            .minutes = minutes,
                            .reason = {},
                            .source = source.value_or(usual_source(room, proposed))},
        .fault = {}};
    if (is_an_absence(mark))
        checked.marked.source = MarkSource::connection;
    else if (!is_without_room && proposed.connected_seconds == 0 && checked.marked.source == MarkSource::connection)
        return fault(RefusalWord::invalid);
    if (!reason.empty()) {
        auto clean = text::clean_text(reason, mark_reason_code_points_max);
        if (clean.fault) return fault(*clean.fault);
        checked.marked.reason = std::move(clean.value);
    }
    return checked;
}

void note_day_changed(Room& room, const Context& context, std::optional<PersonId> by) {
    room.attendance.version = room.attendance.version_before + context.seq;
    room.attendance.changed_by = by;
    room.touch(context, ChangeKind::attendance_day);
}

void note_row_changed(Room& room, const Context& context, Attendance::Row& row, std::optional<PersonId> by) {
    ++row.version;
    row.changed_by = by;
    room.touch(context, ChangeKind::attendance_line, row.proposed.person);
}

Decision decide(const Room& room, const Context& context, const MarkAttendance& command) {
    const auto* row = row_of(room, command.person);
    if (row == nullptr) return RefusalWord::not_found;
    if (auto conflict = version_conflict(*row, command.version)) return *conflict;
    auto checked = checked_mark(room, *row, command.person, command.mark, command.minutes,
        command.reason.value_or(std::string{}), command.source);
    if (checked.fault) return *checked.fault;
    return done(AttendanceMarked{.marks = {std::move(checked.marked)}, .by = context.actor.person});
}

Decision decide(const Room& room, const Context& context, const MarkAllClear&) {
    AttendanceMarked marked{.marks = {}, .by = context.actor.person};
    for (const auto& [person, row] : room.attendance.rows) {
        if (!row.needs_decision() || !row.is_clear()) continue;
        const auto mark = row.proposed.proposal == Proposal::present ? Mark::present : Mark::excused;
        const auto source = mark == Mark::present ? usual_source(room, row.proposed) : MarkSource::connection;
        marked.marks.push_back({.person = person, .mark = mark, .minutes = {}, .reason = {}, .source = source});
    }
    if (marked.marks.empty()) return refused(RefusalWord::already_handled, {}, room.attendance.changed_by);
    return done(std::move(marked));
}

Decision decide(const Room& room, const Context& context, const TakeBackMarks& command) {
    MarksTakenBack taken_back{.step = command.step, .people = {}, .by = context.actor.person};
    for (const auto& [person, row] : room.attendance.rows) {
        if (const auto* marking = row.marking(); marking != nullptr && marking->step == command.step)
            taken_back.people.push_back(person);
    }
    if (taken_back.people.empty()) return refused(RefusalWord::already_handled, {}, room.attendance.changed_by);
    return done(std::move(taken_back));
}

void apply(Room& room, const Context& context, const AttendanceMarked& event) {
    auto& attendance = room.attendance;
    for (const auto& marked : event.marks) {
        const auto found = attendance.rows.find(marked.person);
        if (found == attendance.rows.end()) continue;
        found->second.markings.push_back(
            {.marked = marked, .by = event.by, .at = context.stamp.at, .step = context.seq});
        attendance.acts.push_back({.kind = AttendanceActKind::marked,
            .person = marked.person,
            .by = event.by,
            .at = context.stamp.utc,
            .mark = marked.mark,
            .minutes = marked.minutes,
            .reason = marked.reason});
        note_row_changed(room, context, found->second, event.by);
    }
    note_day_changed(room, context, event.by);
}

void apply(Room& room, const Context& context, const MarksTakenBack& event) {
    auto& attendance = room.attendance;
    for (const auto person : event.people) {
        const auto found = attendance.rows.find(person);
        if (found == attendance.rows.end() || found->second.markings.empty()) continue;
        const auto& marked = found->second.markings.back().marked;
        attendance.acts.push_back({.kind = AttendanceActKind::taken_back,
            .person = person,
            .by = event.by,
            .at = context.stamp.utc,
            .mark = marked.mark,
            .minutes = marked.minutes,
            .reason = {}});
        found->second.markings.pop_back();
        note_row_changed(room, context, found->second, event.by);
    }
    note_day_changed(room, context, event.by);
}

}  // namespace etakahvila::domain
