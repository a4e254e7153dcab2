// Who was connected when: the union of a person's connections, clipped to the counted window, over
// outages that are held against no one. And whose work on the assignment counts beside it.

#include <algorithm>

#include "domain/attendance/parts.hpp"
#include "domain/contact/contact.hpp"
#include "domain/work/work.hpp"

namespace etakahvila::domain {
namespace {

using Window = CountedSpan;

/// A time that counts, of one connection or over one outage.
struct Piece {
    RoomTime from;
    RoomTime to;
    bool is_end_inferred{};
};

Milliseconds length_of(const std::vector<Window>& windows) {
    Milliseconds length{};
    for (const auto& window : windows) length += window.to - window.from;
    return length;
}

/// Until when a person may come back from an outage of which it is not a gap of theirs. A server
/// that goes down again in that time gives them the time anew.
RoomTime back_by(const std::vector<Span>& outages, std::size_t outage) {
    auto by = *outages[outage].to + back_after_outage;
    for (auto next = outage + 1; next < outages.size() && outages[next].from <= by; ++next)
        by = *outages[next].to + back_after_outage;
    return by;
}

/// The time from an outage to the person's return, when it is not held against them.
std::optional<Piece> bridge(
    const Room& room, const Member& member, std::size_t outage, const std::vector<Window>& windows) {
    const auto& outages = room.session.outages;
    const auto down = outages[outage].from;
    const auto window = std::find_if(
        windows.begin(), windows.end(), [&](const Window& each) { return each.from <= down && down < each.to; });
    if (window == windows.end()) return std::nullopt;
    const auto by = back_by(outages, outage);
    const auto back = std::find_if(
        member.stays.begin(), member.stays.end(), [&](const Stay& stay) { return stay.from >= *outages[outage].to; });
    if (back != member.stays.end() && back->from <= by) return Piece{down, back->from};
    if (window->to <= by) return Piece{down, window->to};
    return std::nullopt;
}

std::vector<Piece> bridges(const Room& room, const Member& member, const std::vector<Window>& windows) {
    std::vector<Piece> found;
    const auto& outages = room.session.outages;
    for (std::size_t outage = 0; outage < outages.size(); ++outage) {
        const bool was_there = std::any_of(member.stays.begin(), member.stays.end(),
            [&](const Stay& stay) { return stay.by_outage && stay.to == outages[outage].from; });
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
    pieces.reserve(member.stays.size());
    for (const auto& stay : member.stays)
        pieces.push_back(
            {stay.from, std::min(stay.to.value_or(until), until), stay.to && stay.is_inferred && *stay.to <= until});
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
        const bool only_closed = std::adjacent_find(
                                     windows.begin(), windows.end(), [&](const Window& a, const Window& b) {
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

CheckpointReply reply_of(
    const SentCheckpoint& checkpoint, PersonId person, const std::vector<Piece>& connected, RoomTime until) {
    if (checkpoint.answered.contains(person)) return CheckpointReply::answered;
    const auto end = std::min(checkpoint.ended.value_or(until), until);
    const bool was_asked = std::any_of(connected.begin(), connected.end(),
        [&](const Piece& piece) { return piece.from <= checkpoint.at && end <= piece.to; });
    return was_asked ? CheckpointReply::no_answer : CheckpointReply::not_asked;
}

std::int64_t whole_seconds(Milliseconds span) { return std::chrono::floor<std::chrono::seconds>(span).count(); }

/// The third fact. What of the item's time is no time of a connection counts beside it, and is no gap.
void add_work(const Room& room, RoomTime until, const std::vector<Window>& windows, const WorkNoted* instead,
    AttendanceFacts& facts) {
    const auto work = counted_work(room, facts.person, until, instead);
    if (!work) return;
    facts.returned_at = work->returned_at;
    facts.work_source = work->source;
    if (work->late) facts.returned_late = true;
    std::vector<Piece> pieces;
    for (const auto& span : work->spans) pieces.push_back({span.from, span.to, false});
    for (const auto& interval : facts.intervals) pieces.push_back({interval.from, interval.to, false});
    const auto covered = clipped(united(std::move(pieces)), windows);
    facts.work = length_of(covered) - facts.connected;
    if (facts.work == Milliseconds{}) return;
    facts.work_seconds = whole_seconds(facts.connected + facts.work) - facts.connected_seconds;
    if (!facts.intervals.empty()) facts.gaps = gaps_between(covered, windows);
}

void add_facts(const Room& room, const Member& member, RoomTime until, const std::vector<Window>& windows,
    AttendanceFacts& facts) {
    const auto stays = stays_until(member, until);
    const auto connected = united(stays);
    auto pieces = stays;
    const auto over_outages = bridges(room, member, windows);
    pieces.insert(pieces.end(), over_outages.begin(), over_outages.end());
    facts.intervals = clipped(united(std::move(pieces)), windows);
    facts.connected = length_of(facts.intervals);
    facts.connected_seconds = whole_seconds(facts.connected);
    facts.over_outages = facts.connected - length_of(clipped(connected, windows));
    facts.gaps = gaps_between(facts.intervals, windows);
    if (!facts.intervals.empty()) {
        facts.arrived = facts.intervals.front().from;
        const bool is_still_there = !room.session.live.back().to && facts.intervals.back().to == until;
        if (!is_still_there) facts.left = facts.intervals.back().to;
    }
    if (const auto settled = room.attendance.settled.find(member.id); settled != room.attendance.settled.end()) {
        facts.took_part = settled->second.took_part;
        facts.over_outages = settled->second.over_outages;
        facts.checkpoints = settled->second.checkpoints;
        return;
    }
    facts.took_part = gave_sign_within(room, member.id, windows);
    for (const auto& checkpoint : room.attendance.checkpoints)
        facts.checkpoints.push_back(reply_of(checkpoint, member.id, connected, until));
}

/// On a day without a room there is what a worker has noted, and nothing else.
void add_contact(
    const Room& room, const std::vector<RosterPerson>& roster, const ContactNoted* instead, AttendanceFacts& facts) {
    const auto person = std::find_if(
        roster.begin(), roster.end(), [&](const RosterPerson& each) { return each.person == facts.person; });
    if (person == roster.end() || person->role != Role::participant) return;
    const auto contact = contact_of(room, *person, instead);
    facts.contact = contact.state;
    facts.contact_seconds = contact.seconds;
    facts.contact_source = contact.source;
    facts.took_part = contact.state == ContactState::checked;
}

/// The roster and those who came without being on it, by person.
std::map<PersonId, AttendanceFacts> facts_of(const Room& room, const std::vector<RosterPerson>& roster) {
    std::map<PersonId, AttendanceFacts> by_person;
    for (const auto& expected : roster) {
        auto& facts = by_person[expected.person];
        facts.person = expected.person;
        facts.role = expected.role;
        facts.decision_type = expected.decision_type;
        facts.duty = expected.duty;
        facts.absence_told = expected.excused ? std::optional{true} : std::nullopt;
    }
    for (const auto& [person, member] : room.presence.members) {
        auto& facts = by_person[person];
        facts.person = person;
        facts.role = member.role;
        if (!member.decision_type) continue;
        facts.decision_type = member.decision_type;
        facts.duty = member.duty;
    }
    return by_person;
}

}  // namespace

std::vector<CountedSpan> counted_windows(const Room& room, RoomTime until) {
    return counted_windows(room, room.attendance.corrected_window, until);
}

std::vector<CountedSpan> counted_windows(
    const Room& room, const std::optional<CountedSpan>& corrected, RoomTime until) {
    std::vector<CountedSpan> windows;
    windows.reserve(room.session.live.size());
    for (const auto& span : room.session.live) windows.push_back({span.from, span.to.value_or(until)});
    if (corrected && !windows.empty()) {
        windows.front().from = std::min(windows.front().from, corrected->from);
        windows.back().to = std::max(windows.back().to, corrected->to);
    }
    for (auto& window : windows) {
        if (corrected) window = {std::max(window.from, corrected->from), std::min(window.to, corrected->to)};
        window.to = std::min(window.to, until);
    }
    std::erase_if(windows, [](const CountedSpan& window) { return window.to <= window.from; });
    return windows;
}

std::vector<AttendanceFacts> attendance_of(const Room& room, RoomTime until) {
    return attendance_of(room, room.session.plan.roster, counted_windows(room, until), until);
}

std::vector<AttendanceFacts> attendance_of(const Room& room, const std::vector<RosterPerson>& roster,
    const std::vector<CountedSpan>& windows, RoomTime until, const NotedInstead& instead) {
    const auto window = length_of(windows);
    std::vector<AttendanceFacts> all;
    for (auto& [person, facts] : facts_of(room, roster)) {
        facts.window = window;
        facts.window_seconds = whole_seconds(window);
        if (const auto* member = room.member(person))
            add_facts(room, *member, until, windows, facts);
        else
            facts.checkpoints.assign(room.attendance.checkpoints.size(), CheckpointReply::not_asked);
        add_work(room, until, windows, instead.work, facts);
        if (has_no_room(room.session.plan)) add_contact(room, roster, instead.contact, facts);
        facts.proposal = proposal_of(room, facts);
        all.push_back(std::move(facts));
    }
    return all;
}

}  // namespace etakahvila::domain
