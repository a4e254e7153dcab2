// "Are you with us?": any sign is an answer, and without a line nobody was asked.

#include <algorithm>

#include "domain/attendance/parts.hpp"

namespace etakahvila::domain {
namespace {

SentCheckpoint* find_checkpoint(Attendance& attendance, CheckpointId id) {
    const auto found = std::find_if(
        attendance.checkpoints.begin(), attendance.checkpoints.end(), [&](const auto& each) { return each.id == id; });
    return found == attendance.checkpoints.end() ? nullptr : &*found;
}

}  // namespace

const SentCheckpoint* open_checkpoint(const Room& room) {
    const auto& sent = room.attendance.checkpoints;
    return sent.empty() || sent.back().ended ? nullptr : &sent.back();
}

Decision decide(const Room& room, const Context& context, const SendCheckpoint&) {
    std::vector<Event> events;
    add_checkpoint_over(room, events);
    events.emplace_back(CheckpointSent{.checkpoint = context.new_id<CheckpointId>(), .by = context.actor.person});
    return events;
}

Decision decide(const Room& room, const Context& context, const AnswerCheckpoint& command) {
    const auto& sent = room.attendance.checkpoints;
    const bool is_known = std::any_of(
        sent.begin(), sent.end(), [&](const auto& each) { return each.id == command.checkpoint; });
    if (!is_known) return RefusalWord::not_found;
    return done(CheckpointAnswered{.checkpoint = command.checkpoint, .person = context.actor.person});
}

void apply(Room& room, const Context& context, const CheckpointSent& event) {
    room.attendance.checkpoints.push_back(
        {.id = event.checkpoint, .at = context.stamp.at, .ended = {}, .answered = {}});
    room.touch(context, ChangeKind::checkpoint);
}

void apply(Room& room, const Context& context, const CheckpointAnswered& event) {
    // A press that comes late is an answer too.
    if (auto* checkpoint = find_checkpoint(room.attendance, event.checkpoint))
        checkpoint->answered.try_emplace(event.person, context.stamp.at);
    room.touch(context, ChangeKind::checkpoint);
    note_sign(room, context, event.person);
}

void apply(Room& room, const Context& context, const CheckpointEnded& event) {
    if (auto* checkpoint = find_checkpoint(room.attendance, event.checkpoint)) checkpoint->ended = context.stamp.at;
    room.touch(context, ChangeKind::checkpoint);
}

void add_checkpoint_over(const Room& room, std::vector<Event>& out) {
    if (const auto* checkpoint = open_checkpoint(room)) out.emplace_back(CheckpointEnded{checkpoint->id});
}

void AttendanceRule::add_phase_ends(const Room& room, const Context&, Phase next, std::vector<Event>& out) const {
    if (!is_running(next)) add_checkpoint_over(room, out);
}

void AttendanceRule::add_due(const Room& room, const Stamp& now, std::vector<Event>& out) const {
    if (const auto* checkpoint = open_checkpoint(room);
        checkpoint != nullptr && now.at >= checkpoint->at + checkpoint_open_for)
        out.emplace_back(CheckpointEnded{checkpoint->id});
}

std::optional<RoomTime> AttendanceRule::next_due(const Room& room) const {
    if (const auto* checkpoint = open_checkpoint(room)) return checkpoint->at + checkpoint_open_for;
    return std::nullopt;
}

void AttendanceRule::note_sign(Room& room, const Context& context, PersonId person) const {
    if (room.session.live.empty() || room.session.live.back().to) return;
    auto& attendance = room.attendance;
    attendance.signs[person].push_back(context.stamp.at);
    if (open_checkpoint(room) == nullptr) return;
    if (attendance.checkpoints.back().answered.try_emplace(person, context.stamp.at).second)
        room.touch(context, ChangeKind::checkpoint);
}

std::optional<Change> see_checkpoint(const Room& room, const Viewer& viewer) {
    const auto* checkpoint = open_checkpoint(room);
    if (checkpoint == nullptr) return Dropped{.kind = ChangeKind::checkpoint, .id = 0};
    return Checkpoint{.id = checkpoint->id,
        .at = checkpoint->at,
        .answered = viewer.person && checkpoint->answered.contains(*viewer.person)};
}

void add_checkpoint_viewers(const Room& room, std::vector<PersonId>& out) {
    const auto* checkpoint = open_checkpoint(room);
    if (checkpoint == nullptr) return;
    for (const auto& [person, at] : checkpoint->answered) out.push_back(person);
}

}  // namespace etakahvila::domain
