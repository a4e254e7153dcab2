// What is proposed for each person's day, and why. The software never says absent.

#include <algorithm>

#include "domain/attendance/parts.hpp"
#include "domain/contact/contact.hpp"
#include "domain/work/work.hpp"

namespace etakahvila::domain {
namespace {

/// No session is counted for longer.
constexpr Milliseconds window_max{48 * 3'600'000};

/// Connected, or at the assignment that was returned.
bool is_long_enough(const SessionPlan& plan, const AttendanceFacts& facts) {
    const auto covered = facts.connected + facts.work;
    if (plan.present_minutes) return covered >= std::chrono::minutes{*plan.present_minutes};
    return covered.count() * 100 >= facts.window.count() * plan.present_percent;
}

bool is_without_answer(const AttendanceFacts& facts) {
    return !facts.took_part && std::find(facts.checkpoints.begin(), facts.checkpoints.end(),
                                   CheckpointReply::no_answer) != facts.checkpoints.end();
}

/// Something that a person should look at though the time is enough: two people may have come by
/// one link, and nobody has said which name is right; or nobody may be behind the screen.
bool is_odd(const AttendanceFacts& facts, const Member* member) {
    return (member != nullptr && member->is_of_two_names()) || is_without_answer(facts);
}

/// A worker has neither spoken to them, nor been told that they are away.
bool is_unheard(const AttendanceFacts& facts) {
    return facts.contact == ContactState::to_call || facts.contact == ContactState::not_reached;
}

/// Of a day without a room.
std::optional<Proposal> proposal_of_contact(const AttendanceFacts& facts) {
    switch (*facts.contact) {
        case ContactState::checked: return Proposal::present;
        case ContactState::called:
        case ContactState::doing: return Proposal::check;
        case ContactState::excused:
            if (is_of_own_will(facts)) return std::nullopt;
            return Proposal::excused;
        case ContactState::to_call:
        case ContactState::not_reached: break;
    }
    if (is_of_own_will(facts)) return std::nullopt;
    return Proposal::not_seen;
}

void add_reasons_of_contact(const AttendanceFacts& facts, std::vector<ProposalReason>& why) {
    using enum ProposalReason;
    if (is_unheard(facts) && is_of_own_will(facts)) why.push_back(own_will);
    if (facts.contact == ContactState::checked)
        why.push_back(checked_by_worker);
    else if (facts.contact == ContactState::not_reached)
        why.push_back(not_reached);
    else if (facts.contact != ContactState::excused)
        why.push_back(not_checked);
}

std::vector<ProposalReason> reasons_of(const Room& room, const AttendanceFacts& facts) {
    using enum ProposalReason;
    std::vector<ProposalReason> why;
    if (facts.contact) {
        add_reasons_of_contact(facts, why);
    } else if (facts.connected == Milliseconds{} && facts.work == Milliseconds{}) {
        if (is_of_own_will(facts))
            why.push_back(own_will);
        else if (!facts.absence_told)
            why.push_back(never_connected);
    } else {
        why.push_back(is_long_enough(room.session.plan, facts) ? time_enough : time_short);
        if (facts.work > Milliseconds{}) why.push_back(work_counted);
        if (facts.over_outages > Milliseconds{}) why.push_back(outage_not_held);
        const auto* member = room.member(facts.person);
        if (member != nullptr && member->is_of_two_names()) why.push_back(two_names);
        if (is_without_answer(facts)) why.push_back(no_sign);
    }
    if (facts.absence_told) why.push_back(ProposalReason::absence_told);
    return why;
}

ProposedRow proposed_row(const Room& room, const AttendanceFacts& facts, RoomTime until) {
    auto row = static_cast<const ProposedRow&>(facts);
    if (row.arrived && !row.left) row.left = until;
    row.why = reasons_of(room, facts);
    return row;
}

/// A row for each participant: of the roster, and of those who came without being on it.
std::vector<ProposedRow> proposed_rows(const Room& room, const std::vector<RosterPerson>& roster,
    const std::optional<CountedSpan>& corrected, RoomTime until) {
    std::vector<ProposedRow> rows;
    for (const auto& facts : attendance_of(room, roster, counted_windows(room, corrected, until), until)) {
        if (facts.role == Role::participant) rows.push_back(proposed_row(room, facts, until));
    }
    return rows;
}

/// A decision stands as long as what it was made on; an absence not of those who come of their own will.
bool still_stands(const Marking& marking, const ProposedRow& before, const ProposedRow& now) {
    if (is_an_absence(marking.marked.mark) && is_of_own_will(now)) return false;
    return before.proposal == now.proposal &&
           (marking.marked.mark != Mark::partial ||
               (before.connected_seconds == now.connected_seconds && before.work_seconds == now.work_seconds &&
                   before.contact_seconds == now.contact_seconds));
}

}  // namespace

std::optional<Proposal> proposal_of(const Room& room, const AttendanceFacts& facts) {
    if (facts.role != Role::participant) return std::nullopt;
    if (facts.contact) return proposal_of_contact(facts);
    // Who took part without having been connected was on the phone, or returned the assignment by the own page: a
    // person looks at it.
    if (facts.connected == Milliseconds{} && !facts.took_part && !facts.returned_at) {
        if (is_of_own_will(facts)) return std::nullopt;
        return facts.absence_told ? Proposal::excused : Proposal::not_seen;
    }
    if (!is_long_enough(room.session.plan, facts) || is_odd(facts, room.member(facts.person))) return Proposal::check;
    return Proposal::present;
}

void AttendanceRule::add_phase_begins(
    const Room& room, const Context& context, Phase phase, std::vector<Event>& out) const {
    if (phase != Phase::closed) return;
    out.emplace_back(AttendanceProposed{
        proposed_rows(room, room.session.plan.roster, room.attendance.corrected_window, context.stamp.at)});
}

void AttendanceRule::add_follows(const Room& room, const Context& context, std::vector<Event>& events) const {
    const auto phase = room.session.phase;
    if (phase != Phase::closed && phase != Phase::sealed) return;
    std::vector<Event> follow;
    for (const auto& event : events) {
        const NotedInstead instead{
            .work = std::get_if<WorkNoted>(&event.any()), .contact = std::get_if<ContactNoted>(&event.any())};
        if (instead.work == nullptr && instead.contact == nullptr) continue;
        const auto person = instead.work != nullptr ? instead.work->person : instead.contact->person;
        const auto* row = row_of(room, person);
        if (row == nullptr) continue;
        const auto windows = counted_windows(room, context.stamp.at);
        for (const auto& facts : attendance_of(room, room.session.plan.roster, windows, context.stamp.at, instead)) {
            if (facts.person != person) continue;
            const auto now = proposed_row(room, facts, context.stamp.at);
            if (phase == Phase::closed && now != row->proposed) follow.emplace_back(AttendanceProposed{{now}});
            const bool is_new = instead.work != nullptr && is_returned_in_time(*instead.work) && now.work_seconds &&
                                now.work_seconds != row->proposed.work_seconds && !row->work_after_seal;
            if (phase == Phase::sealed && is_new)
                follow.emplace_back(WorkAfterSeal{.person = person,
                    .work_seconds = *now.work_seconds,
                    .returned_at = *now.returned_at,
                    .work_source = *now.work_source});
        }
    }
    std::move(follow.begin(), follow.end(), std::back_inserter(events));
}

void AttendanceRule::add_planned(
    const Room& room, const Context& context, const SessionPlan& plan, std::vector<Event>& out) const {
    const auto& rows = room.attendance.rows;
    const bool is_sealed = room.session.phase == Phase::sealed;
    if (room.session.phase != Phase::closed && !is_sealed) return;
    AttendanceProposed proposed{proposed_rows(room, plan.roster, room.attendance.corrected_window, context.stamp.at)};
    AttendanceLinesDropped dropped;
    for (const auto& [person, row] : rows) {
        const bool is_kept = std::any_of(proposed.lines.begin(), proposed.lines.end(),
            [&](const ProposedRow& each) { return each.person == person; });
        if (!is_kept && !is_sealed) dropped.people.push_back(person);
    }
    std::erase_if(proposed.lines, [&](const ProposedRow& each) {
        const auto known = rows.find(each.person);
        return known != rows.end() && (is_sealed || known->second.proposed == each);
    });
    if (!dropped.people.empty()) out.emplace_back(std::move(dropped));
    if (!proposed.lines.empty()) out.emplace_back(std::move(proposed));
}

Decision decide(const Room& room, const Context& context, const CorrectWindow& command) {
    if (command.to <= command.from || command.to > context.stamp.at || command.to - command.from > window_max)
        return RefusalWord::invalid;
    const CountedSpan corrected{command.from, command.to};
    if (counted_windows(room, corrected, context.stamp.at).empty()) return RefusalWord::invalid;
    return done(WindowCorrected{.from = command.from, .to = command.to, .by = context.actor.person},
        AttendanceProposed{proposed_rows(room, room.session.plan.roster, corrected, context.stamp.at)});
}

void apply(Room& room, const Context& context, const AttendanceProposed& event) {
    for (const auto& proposed : event.lines) {
        auto& row = room.attendance.rows[proposed.person];
        if (const auto* marking = row.marking();
            marking != nullptr && !still_stands(*marking, row.proposed, proposed)) {
            room.attendance.acts.push_back({.kind = AttendanceActKind::set_aside,
                .person = proposed.person,
                .by = {},
                .at = context.stamp.utc,
                .mark = marking->marked.mark,
                .minutes = marking->marked.minutes,
                .reason = {}});
            row.markings.clear();
        }
        // Nor does one that taking back a later decision would uncover.
        if (is_of_own_will(proposed))
            std::erase_if(row.markings, [](const Marking& each) { return is_an_absence(each.marked.mark); });
        row.proposed = proposed;
        note_row_changed(room, context, row, {});
    }
    note_day_changed(room, context, {});
}

void apply(Room& room, const Context& context, const AttendanceLinesDropped& event) {
    for (const auto person : event.people) {
        room.attendance.rows.erase(person);
        room.touch(context, ChangeKind::attendance_line, person);
    }
    note_day_changed(room, context, {});
}

void apply(Room& room, const Context& context, const WindowCorrected& event) {
    room.attendance.corrected_window = {event.from, event.to};
    room.attendance.window_corrected_by = event.by;
    room.attendance.acts.push_back({.kind = AttendanceActKind::window_corrected,
        .person = {},
        .by = event.by,
        .at = context.stamp.utc,
        .mark = {},
        .minutes = {},
        .reason = {}});
    note_day_changed(room, context, event.by);
}

void AttendanceRule::note_phase_ends(Room& room, const Context& context, Phase next) const {
    auto& attendance = room.attendance;
    if (room.session.phase == Phase::closed && is_live(next) && attendance.corrected_window) {
        attendance.corrected_window.reset();
        attendance.window_corrected_by.reset();
        note_day_changed(room, context, {});
    }
    if (attendance.version != 0) room.touch(context, ChangeKind::attendance_day);
}

}  // namespace etakahvila::domain
