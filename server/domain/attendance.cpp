#include "domain/attendance.hpp"

#include <algorithm>
#include <set>

#include "domain/room.hpp"

namespace etakahvila::domain {
namespace {

struct Window {
    RoomTime from;
    RoomTime to;
};

/// A time that counts, of one connection or over one outage.
struct Piece {
    RoomTime from;
    RoomTime to;
    bool is_end_inferred{};
};

std::vector<Window> counted_windows(const Room& room, RoomTime until) {
    std::vector<Window> windows;
    for (const auto& span : room.session.live) {
        const auto to = std::min(span.to.value_or(until), until);
        if (span.from < to) windows.push_back({span.from, to});
    }
    return windows;
}

Milliseconds length_of(const std::vector<Window>& windows) {
    Milliseconds length{};
    for (const auto& window : windows) length += window.to - window.from;
    return length;
}

/// Until when a person may come back from an outage of which it is not a gap of theirs. A server
/// that goes down again in that time gives them the time anew.
RoomTime back_by(const std::vector<Span>& outages, std::size_t outage) {
    auto by = *outages[outage].to + back_after_outage;
    for (auto next = outage + 1; next < outages.size() && outages[next].from <= by; ++next) by = *outages[next].to + back_after_outage;
    return by;
}

/// The time from an outage to the person's return, when it is not held against them.
std::optional<Piece> bridge(const Room& room, const Member& member, std::size_t outage, const std::vector<Window>& windows) {
    const auto& outages = room.session.outages;
    const auto down = outages[outage].from;
    const auto window = std::find_if(windows.begin(), windows.end(), [&](const Window& each) { return each.from <= down && down < each.to; });
    if (window == windows.end()) return std::nullopt;
    const auto by = back_by(outages, outage);
    const auto back = std::find_if(member.stays.begin(), member.stays.end(), [&](const Stay& stay) { return stay.from >= *outages[outage].to; });
    if (back != member.stays.end() && back->from <= by) return Piece{down, back->from};
    if (window->to <= by) return Piece{down, window->to};
    return std::nullopt;
}

std::vector<Piece> bridges(const Room& room, const Member& member, const std::vector<Window>& windows) {
    std::vector<Piece> found;
    const auto& outages = room.session.outages;
    for (std::size_t outage = 0; outage < outages.size(); ++outage) {
        const bool was_there = std::any_of(member.stays.begin(), member.stays.end(), [&](const Stay& stay) { return stay.by_outage && stay.to == outages[outage].from; });
        if (!was_there) continue;
        if (const auto over = bridge(room, member, outage, windows)) found.push_back(*over);
    }
    return found;
}

std::vector<Piece> united(std::vector<Piece> pieces) {
    std::sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) { return a.from < b.from; });
    std::vector<Piece> united;
    for (const auto& piece : pieces) {
        if (piece.to <= piece.from) continue;
        if (united.empty() || piece.from > united.back().to) {
            united.push_back(piece);
        } else if (piece.to > united.back().to) {
            united.back().to = piece.to;
            united.back().is_end_inferred = piece.is_end_inferred;
        } else if (piece.to == united.back().to) {
            united.back().is_end_inferred = united.back().is_end_inferred && piece.is_end_inferred;
        }
    }
    return united;
}

std::vector<Piece> stays_until(const Member& member, RoomTime until) {
    std::vector<Piece> pieces;
    for (const auto& stay : member.stays) pieces.push_back({stay.from, std::min(stay.to.value_or(until), until), stay.to && stay.is_inferred && *stay.to <= until});
    return pieces;
}

std::vector<AttendanceInterval> clipped(const std::vector<Piece>& pieces, const std::vector<Window>& windows) {
    std::vector<AttendanceInterval> intervals;
    for (const auto& window : windows) {
        for (const auto& piece : pieces) {
            const auto from = std::max(piece.from, window.from);
            const auto to = std::min(piece.to, window.to);
            if (from < to) intervals.push_back({from, to, piece.is_end_inferred && piece.to <= window.to});
        }
    }
    return intervals;
}

Milliseconds length_of(const std::vector<AttendanceInterval>& intervals) {
    Milliseconds length{};
    for (const auto& interval : intervals) length += interval.to - interval.from;
    return length;
}

std::int64_t gaps_between(const std::vector<AttendanceInterval>& intervals, const std::vector<Window>& windows) {
    std::int64_t gaps = 0;
    for (std::size_t next = 1; next < intervals.size(); ++next) {
        const bool only_closed = std::adjacent_find(windows.begin(), windows.end(), [&](const Window& a, const Window& b) {
            return intervals[next - 1].to == a.to && intervals[next].from == b.from;
        }) != windows.end();
        if (!only_closed) ++gaps;
    }
    return gaps;
}

bool gave_sign_within(const Room& room, PersonId person, const std::vector<Window>& windows) {
    const auto signs = room.attendance.signs.find(person);
    if (signs == room.attendance.signs.end()) return false;
    return std::any_of(windows.begin(), windows.end(), [&](const Window& window) {
        const auto first = std::lower_bound(signs->second.begin(), signs->second.end(), window.from);
        return first != signs->second.end() && *first <= window.to;
    });
}

CheckpointReply reply_of(const SentCheckpoint& checkpoint, PersonId person, const std::vector<Piece>& connected, RoomTime until) {
    if (checkpoint.answered.contains(person)) return CheckpointReply::answered;
    const auto end = std::min(checkpoint.ended.value_or(until), until);
    const bool was_asked = std::any_of(connected.begin(), connected.end(), [&](const Piece& piece) { return piece.from <= checkpoint.at && end <= piece.to; });
    return was_asked ? CheckpointReply::no_answer : CheckpointReply::not_asked;
}

bool is_long_enough(const SessionPlan& plan, Milliseconds connected, Milliseconds window) {
    if (plan.present_minutes) return connected >= std::chrono::minutes{*plan.present_minutes};
    return connected.count() * 100 >= window.count() * plan.present_percent;
}

/// Something that a person should look at though the time is enough: two people may have come by
/// one link, or nobody may be behind the screen.
bool is_odd(const AttendanceRow& row, const Member& member) {
    if (member.second_name) return true;
    return !row.took_part && std::find(row.checkpoints.begin(), row.checkpoints.end(), CheckpointReply::no_answer) != row.checkpoints.end();
}

std::optional<Proposal> proposal_of(const Room& room, const AttendanceRow& row) {
    if (row.role != Role::participant) return std::nullopt;
    // Who took part without having been connected was on the phone: a person looks at it.
    if (row.connected == Milliseconds{} && !row.took_part) {
        if (row.decision_type == DecisionType::social_rehabilitation) return std::nullopt;
        return row.excused ? Proposal::excused : Proposal::not_seen;
    }
    if (!is_long_enough(room.session.plan, row.connected, row.window) || is_odd(row, *room.member(row.person))) return Proposal::check;
    return Proposal::present;
}

void add_facts(const Room& room, const Member& member, RoomTime until, const std::vector<Window>& windows, AttendanceRow& row) {
    const auto stays = stays_until(member, until);
    const auto connected = united(stays);
    auto pieces = stays;
    const auto over_outages = bridges(room, member, windows);
    pieces.insert(pieces.end(), over_outages.begin(), over_outages.end());
    row.intervals = clipped(united(std::move(pieces)), windows);
    row.connected = length_of(row.intervals);
    row.over_outages = row.connected - length_of(clipped(connected, windows));
    row.gaps = gaps_between(row.intervals, windows);
    if (!row.intervals.empty()) {
        row.arrived = row.intervals.front().from;
        const bool is_still_there = !room.session.live.back().to && row.intervals.back().to == until;
        if (!is_still_there) row.left = row.intervals.back().to;
    }
    row.took_part = gave_sign_within(room, member.id, windows);
    for (const auto& checkpoint : room.attendance.checkpoints) row.checkpoints.push_back(reply_of(checkpoint, member.id, connected, until));
}

/// The roster and those who came without being on it, by person.
std::map<PersonId, AttendanceRow> rows_of(const Room& room) {
    std::map<PersonId, AttendanceRow> rows;
    for (const auto& expected : room.session.plan.roster) {
        auto& row = rows[expected.person];
        row.person = expected.person;
        row.role = expected.role;
        row.decision_type = expected.decision_type;
        row.excused = expected.excused;
    }
    for (const auto& [person, member] : room.presence.members) {
        auto& row = rows[person];
        row.person = person;
        row.role = member.role;
        if (member.decision_type) row.decision_type = member.decision_type;
    }
    return rows;
}

const SentCheckpoint* open_checkpoint(const Room& room) {
    const auto& sent = room.attendance.checkpoints;
    return sent.empty() || sent.back().ended ? nullptr : &sent.back();
}

SentCheckpoint* find_checkpoint(Attendance& attendance, CheckpointId id) {
    const auto found = std::find_if(attendance.checkpoints.begin(), attendance.checkpoints.end(), [&](const auto& each) { return each.id == id; });
    return found == attendance.checkpoints.end() ? nullptr : &*found;
}

}  // namespace

std::vector<AttendanceRow> attendance_of(const Room& room, RoomTime until) {
    const auto windows = counted_windows(room, until);
    const auto window = length_of(windows);
    std::vector<AttendanceRow> all;
    for (auto& [person, row] : rows_of(room)) {
        row.window = window;
        if (const auto* member = room.member(person)) add_facts(room, *member, until, windows, row);
        else row.checkpoints.assign(room.attendance.checkpoints.size(), CheckpointReply::not_asked);
        row.proposal = proposal_of(room, row);
        all.push_back(std::move(row));
    }
    return all;
}

Decision decide(const Room& room, const Asked& asked, const SendCheckpoint&) {
    std::vector<Event> events;
    add_checkpoint_over(room, events);
    events.emplace_back(CheckpointSent{.checkpoint = asked.new_id<CheckpointId>(), .by = asked.actor.person});
    return events;
}

Decision decide(const Room& room, const Asked& asked, const AnswerCheckpoint& asks) {
    const auto& sent = room.attendance.checkpoints;
    const bool is_known = std::any_of(sent.begin(), sent.end(), [&](const auto& each) { return each.id == asks.checkpoint; });
    if (!is_known) return RefusalWord::not_found;
    return done(CheckpointAnswered{.checkpoint = asks.checkpoint, .person = asked.actor.person});
}

void apply(Room& room, const Asked& asked, const CheckpointSent& event) {
    room.attendance.checkpoints.push_back({.id = event.checkpoint, .at = asked.stamp.at, .ended = {}, .answered = {}});
    room.touch(asked, ChangeKind::checkpoint);
}

void apply(Room& room, const Asked& asked, const CheckpointAnswered& event) {
    // A press that comes late is an answer too.
    if (auto* checkpoint = find_checkpoint(room.attendance, event.checkpoint)) checkpoint->answered.try_emplace(event.person, asked.stamp.at);
    room.touch(asked, ChangeKind::checkpoint);
    note_sign(room, asked, event.person);
}

void apply(Room& room, const Asked& asked, const CheckpointEnded& event) {
    if (auto* checkpoint = find_checkpoint(room.attendance, event.checkpoint)) checkpoint->ended = asked.stamp.at;
    room.touch(asked, ChangeKind::checkpoint);
}

void apply(Room& room, const Asked& asked, const AttendanceProposed& event) {
    for (const auto& proposed : event.lines) {
        auto& line = room.attendance.lines[proposed.person];
        line.proposed = proposed;
        ++line.version;
        room.touch(asked, ChangeKind::attendance_line, proposed.person);
    }
}

void add_attendance_proposals(const Room& room, const Asked& asked, std::vector<Event>& out) {
    AttendanceProposed proposed;
    for (const auto& row : attendance_of(room, asked.stamp.at)) {
        if (row.role != Role::participant) continue;
        const auto left = row.left || !row.arrived ? row.left : std::optional{asked.stamp.at};
        proposed.lines.push_back({.person = row.person,
                                  .connected_seconds = std::chrono::floor<std::chrono::seconds>(row.connected).count(),
                                  .window_seconds = std::chrono::floor<std::chrono::seconds>(row.window).count(),
                                  .arrived = row.arrived,
                                  .left = left,
                                  .gaps = row.gaps,
                                  .took_part = row.took_part,
                                  .proposal = row.proposal});
    }
    out.emplace_back(std::move(proposed));
}

void add_checkpoint_over(const Room& room, std::vector<Event>& out) {
    if (const auto* checkpoint = open_checkpoint(room)) out.emplace_back(CheckpointEnded{checkpoint->id});
}

void add_attendance_due(const Room& room, const Stamp& now, std::vector<Event>& out) {
    if (const auto* checkpoint = open_checkpoint(room); checkpoint != nullptr && now.at >= checkpoint->at + checkpoint_open_for) out.emplace_back(CheckpointEnded{checkpoint->id});
}

std::optional<RoomTime> attendance_next_due(const Room& room) {
    if (const auto* checkpoint = open_checkpoint(room)) return checkpoint->at + checkpoint_open_for;
    return std::nullopt;
}

void note_sign_for_attendance(Room& room, const Asked& asked, PersonId person) {
    if (room.session.live.empty() || room.session.live.back().to) return;
    auto& attendance = room.attendance;
    attendance.signs[person].push_back(asked.stamp.at);
    if (open_checkpoint(room) == nullptr) return;
    if (attendance.checkpoints.back().answered.try_emplace(person, asked.stamp.at).second) room.touch(asked, ChangeKind::checkpoint);
}

std::optional<Change> see_attendance_line(const Room& room, PersonId person, const Viewer& viewer) {
    if (!viewer.is_staff()) return std::nullopt;
    const auto found = room.attendance.lines.find(person);
    if (found == room.attendance.lines.end()) return Dropped{.kind = ChangeKind::attendance_line, .id = person.value};
    const auto& [proposed, version] = found->second;
    return AttendanceLine{.person = person,
                          .connected_seconds = proposed.connected_seconds,
                          .window_seconds = proposed.window_seconds,
                          .arrived = proposed.arrived,
                          .left = proposed.left,
                          .gaps = proposed.gaps,
                          .took_part = proposed.took_part,
                          .proposal = proposed.proposal,
                          .mark = {},
                          .marked_by = {},
                          .version = version};
}

std::optional<Change> see_checkpoint(const Room& room, const Viewer& viewer) {
    const auto* checkpoint = open_checkpoint(room);
    if (checkpoint == nullptr) return Dropped{.kind = ChangeKind::checkpoint, .id = 0};
    return Checkpoint{.id = checkpoint->id, .at = checkpoint->at, .answered = viewer.person && checkpoint->answered.contains(*viewer.person)};
}

void add_checkpoint_personal_viewers(const Room& room, std::vector<PersonId>& out) {
    const auto* checkpoint = open_checkpoint(room);
    if (checkpoint == nullptr) return;
    for (const auto& [person, at] : checkpoint->answered) out.push_back(person);
}

void add_attendance_things(const Room& room, std::vector<ThingRef>& out) {
    if (open_checkpoint(room) != nullptr) out.push_back({ChangeKind::checkpoint, 0});
    for (const auto& [person, line] : room.attendance.lines) out.push_back({ChangeKind::attendance_line, person.value});
}

}  // namespace etakahvila::domain
