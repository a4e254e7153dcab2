// Giving the floor, and the turn that is on (RFC 8855 §5.2.5: granted, released, revoked). There
// is one floor and it has one holder. All that concerns a turn names it by its id, so that what
// was meant for one turn never touches the same person's next.

#include <algorithm>

#include "domain/floor/parts.hpp"

namespace etakahvila::domain {
namespace {

/// Who gets the floor, and for which request.
struct Choice {
    PersonId speaker;
    std::optional<RequestId> request;
    FloorRequestKind kind = FloorRequestKind::speak;
    bool in_round{};
    /// Staff give it to someone who had not asked.
    bool is_unasked{};
};

const TurnOn::Suspended* suspension(const TurnOn& turn) { return std::get_if<TurnOn::Suspended>(&turn.state); }

/// A command names the turn that it means, and another is on, or none.
std::optional<Refusal> why_not_this_turn(const Room& room, TurnId meant) {
    const auto& floor = room.floor;
    if (floor.turn && floor.turn->id == meant) return std::nullopt;
    if (floor.last_turn && floor.last_turn->id == meant)
        return refused(RefusalWord::already_handled, meant.value, floor.last_turn->ended_by);
    if (floor.turn) return refused(RefusalWord::turn_is_on, floor.turn->id.value, floor.turn->granted_by);
    return refused(RefusalWord::no_turn);
}

/// The chair gives the floor seeing that `expected` is on, or that none is. The turn that was on
/// last may have ended meanwhile: what the chair wants is still what the room needs.
std::optional<Refusal> why_not_grant(const Room& room, std::optional<TurnId> expected) {
    const auto& floor = room.floor;
    if (floor.turn) {
        if (floor.turn->id == expected) return std::nullopt;
        return refused(expected ? RefusalWord::already_handled : RefusalWord::turn_is_on, floor.turn->id.value,
            floor.turn->granted_by);
    }
    if (!expected) return std::nullopt;
    if (!floor.last_turn) return refused(RefusalWord::no_turn);
    if (floor.last_turn->id == *expected) return std::nullopt;
    return refused(RefusalWord::already_handled, floor.last_turn->id.value, floor.last_turn->ended_by);
}

/// A turn of the person now is their turn in the round, when they still have one.
bool is_turn_of_round(const Room& room, PersonId person, FloorRequestKind kind) {
    const auto* seat = seat_of(room, person);
    return kind != FloorRequestKind::reply && seat != nullptr && is_open(*seat);
}

Choice choice_of(const Room& room, const Request& request) {
    return {.speaker = request.beneficiary,
        .request = request.id,
        .kind = request.kind,
        .in_round = is_turn_of_round(room, request.beneficiary, request.kind)};
}

/// In a round, what the person has written is read aloud as their turn.
Choice choice_of_seat(const Room& room, PersonId person) {
    if (const auto* written = waiting_request(room, person, FloorRequestKind::written))
        return choice_of(room, *written);
    return {.speaker = person, .request = {}, .kind = FloorRequestKind::speak, .in_round = true};
}

/// The next of the round who is there. Those before them are skipped: absent, until they are back.
std::optional<Choice> next_of_round(const Room& room, std::vector<Event>& skipped) {
    for (const auto& seat : room.floor.round->seats) {
        if (!is_open(seat)) continue;
        if (is_reachable(room, seat.person) || waiting_request(room, seat.person, FloorRequestKind::written) != nullptr)
            return choice_of_seat(room, seat.person);
        skipped.emplace_back(RoundMarked{.person = seat.person, .mark = RoundMark::absent, .to_end = false});
    }
    return std::nullopt;
}

std::optional<Choice> next_of_queue(const Room& room) {
    const auto* request = next_waiting(room);
    return request == nullptr ? std::nullopt : std::optional{choice_of(room, *request)};
}

/// The floor is given on while the speaker's line is lost: what they had is kept for them, on top
/// of the queue or at its place in the round. A reply is kept only while replies to the same turn go on.
void add_kept_place(const Room& room, const Context& context, FloorRequestKind next, std::vector<Event>& out) {
    const auto& turn = *room.floor.turn;
    const auto* suspended = suspension(turn);
    if (suspended == nullptr || !turn.request || turn.in_round) return;
    // Who has asked anew while speaking stands on top with that.
    const auto* standing = waiting_request(room, turn.speaker, turn.kind);
    const auto request = standing != nullptr ? standing->id : *turn.request;
    if (turn.kind == FloorRequestKind::reply && next != FloorRequestKind::reply) {
        if (standing == nullptr)
            out.emplace_back(
                FloorRequestEnded{.request = request, .how = FloorRequestState::expired, .by = {}, .reason = {}});
        return;
    }
    out.emplace_back(FloorRequestRestored{
        .request = request, .kind = turn.kind, .away_until = suspended->until, .by = context.actor.person});
}

Decision grant(const Room& room, const Context& context, const Choice& choice, std::vector<Event> skipped = {}) {
    std::vector<Event> events;
    if (room.floor.turn) {
        add_turn_end(room, TurnEnd::next, context.actor.person, events);
        add_kept_place(room, context, choice.kind, events);
    }
    events.insert(events.end(), skipped.begin(), skipped.end());
    auto request = choice.request;
    if (choice.is_unasked) {
        request = context.new_id<RequestId>();
        events.emplace_back(FloorRequested{.request = *request,
            .kind = choice.kind,
            .beneficiary = choice.speaker,
            .requested_by = context.actor.person,
            .state = FloorRequestState::granted,
            .note = {},
            .text = {},
            .reply_to = {}});
    }
    events.emplace_back(FloorGranted{.turn = context.new_id<TurnId>(),
        .request = request,
        .speaker = choice.speaker,
        .kind = choice.kind,
        .in_round = choice.in_round,
        .by = context.actor.person});
    if (choice.in_round)
        events.emplace_back(RoundMarked{.person = choice.speaker, .mark = RoundMark::speaking, .to_end = false});
    if (choice.kind != FloorRequestKind::reply && may_have_waiting_replies(room.floor)) {
        for (const auto& [id, waiting] : room.floor.requests) {
            if (waiting.kind == FloorRequestKind::reply && is_waiting(waiting))
                events.emplace_back(
                    FloorRequestEnded{.request = id, .how = FloorRequestState::expired, .by = {}, .reason = {}});
        }
    }
    return events;
}

/// The speaker, who asked for them, and the staff who read a written turn aloud or are on the
/// phone with the speaker.
bool may_release(const Room& room, const Actor& actor, const TurnOn& turn) {
    if (turn.speaker == actor.person) return true;
    const auto* speaker = room.member(turn.speaker);
    const bool is_for_staff = turn.kind == FloorRequestKind::written || (speaker != nullptr && speaker->is_on_phone);
    if (is_for_staff && is_staff(actor.role)) return true;
    const auto* request = turn.request ? find_request(room, *turn.request) : nullptr;
    return request != nullptr && request->requested_by == actor.person;
}

/// "Not now": the turn goes back, and its request to the end of the queue (of the round, once).
/// Who has written it instead waits with that.
Decision hand_back(const Room& room, const Context& context, const TurnOn& turn) {
    if (turn.kind == FloorRequestKind::reply) return RefusalWord::invalid;
    std::vector<Event> events;
    const bool is_written_instead = waiting_request(room, turn.speaker, FloorRequestKind::written) != nullptr;
    const auto* seat = seat_of(room, turn.speaker);
    if (turn.in_round && seat != nullptr && seat->mark == RoundMark::speaking) {
        if (seat->later_used && !is_written_instead)
            return refused(RefusalWord::later_used, room.floor.round->id.value);
        add_turn_end(room, TurnEnd::handed_back, context.actor.person, events);
        events.emplace_back(RoundMarked{.person = turn.speaker, .mark = RoundMark::later, .to_end = true});
        return events;
    }
    add_turn_end(room, TurnEnd::handed_back, context.actor.person, events);
    if (is_written_instead || waiting_request(room, turn.speaker, turn.kind) != nullptr) return events;
    const auto* request = turn.request ? find_request(room, *turn.request) : nullptr;
    events.emplace_back(FloorRequested{.request = context.new_id<RequestId>(),
        .kind = turn.kind,
        .beneficiary = turn.speaker,
        .requested_by = request != nullptr ? request->requested_by : turn.speaker,
        .state = FloorRequestState::accepted,
        .note = request != nullptr ? request->note : std::nullopt,
        .text = turn.text,
        .reply_to = {}});
    return events;
}

/// Where a request comes to with its turn.
void end_request(Room& room, const Context& context, const TurnOn& turn, const TurnEnded& event) {
    auto* request = turn.request ? find_request(room, *turn.request) : nullptr;
    if (request == nullptr) return;
    if (event.how == TurnEnd::expired && suspension(turn) != nullptr) {
        // Not heard to the end for a lost line: staff see it, and can put it back.
        request->state = Request::Ended{.how = FloorRequestState::expired, .by = {}, .reason = {}};
        room.touch(context, ChangeKind::floor_request, request->id);
        return;
    }
    const bool is_taken = event.how == TurnEnd::revoked || event.how == TurnEnd::expired;
    request->state = Request::Heard{
        .how = is_taken ? FloorRequestState::revoked : FloorRequestState::released, .by = event.by};
}

/// The mark of a place in the round whose turn has ended.
RoundMark mark_after(const TurnOn& turn, TurnEnd how) {
    const bool is_lost = suspension(turn) != nullptr;
    if (is_lost && how == TurnEnd::next) return RoundMark::waiting;
    if (is_lost && how == TurnEnd::expired) return RoundMark::absent;
    return RoundMark::spoken;
}

std::optional<RoomTime> due_of(const TurnOn& turn) {
    if (const auto* suspended = suspension(turn)) return suspended->until;
    const auto* speaking = std::get_if<TurnOn::Speaking>(&turn.state);
    if (speaking == nullptr || !turn.limit_is_hard || turn.soft_limit_seconds == 0) return std::nullopt;
    return speaking->since + (std::chrono::seconds{turn.soft_limit_seconds} - turn.spoken);
}

}  // namespace

Milliseconds spoken_until(const TurnOn& turn, RoomTime at) {
    const auto* speaking = std::get_if<TurnOn::Speaking>(&turn.state);
    return speaking == nullptr ? turn.spoken : turn.spoken + std::max(Milliseconds{0}, at - speaking->since);
}

void add_turn_end(const Room& room, TurnEnd how, std::optional<PersonId> by, std::vector<Event>& out) {
    if (!room.floor.turn) return;
    const auto& turn = *room.floor.turn;
    out.emplace_back(TurnEnded{.turn = turn.id, .how = how, .by = by});
    if (!turn.in_round || how == TurnEnd::handed_back) return;
    const auto* seat = seat_of(room, turn.speaker);
    if (seat == nullptr || seat->mark != RoundMark::speaking) return;
    auto mark = mark_after(turn, how);
    if (mark == RoundMark::waiting && seat->later_used) mark = RoundMark::later;
    out.emplace_back(RoundMarked{.person = turn.speaker, .mark = mark, .to_end = false});
}

void add_turn_due(const Room& room, RoomTime now, std::vector<Event>& out) {
    if (!room.floor.turn) return;
    const auto due = due_of(*room.floor.turn);
    if (due && now >= *due) add_turn_end(room, TurnEnd::expired, std::nullopt, out);
}

std::optional<RoomTime> turn_next_due(const Room& room) {
    return room.floor.turn ? due_of(*room.floor.turn) : std::nullopt;
}

// ---- decisions

Decision decide(const Room& room, const Context& context, const GrantFloor& command) {
    if (command.request) {
        const auto* request = find_request(room, *command.request);
        if (request == nullptr) return RefusalWord::not_found;
        if (!is_waiting(*request)) {
            auto refusal = no_longer_waits(room, *request);
            refusal.word = RefusalWord::already_handled;
            return refusal;
        }
        if (auto refusal = why_not_grant(room, command.expected_turn)) return *refusal;
        if (away_until(*request)) return refused(RefusalWord::person_gone, command.request->value);
        return grant(room, context, choice_of(room, *request));
    }
    if (auto refusal = why_not_grant(room, command.expected_turn)) return *refusal;
    std::vector<Event> skipped;
    const auto next = room.floor.round ? next_of_round(room, skipped) : next_of_queue(room);
    if (!next) return RefusalWord::nobody_waiting;
    return grant(room, context, *next, std::move(skipped));
}

Decision decide(const Room& room, const Context& context, const GrantFloorTo& command) {
    const auto* member = room.member(command.person);
    if (member == nullptr) return RefusalWord::not_found;
    if (auto refusal = why_not_grant(room, command.expected_turn)) return *refusal;
    if (room.floor.turn && room.floor.turn->speaker == command.person)
        return refused(RefusalWord::turn_is_on, room.floor.turn->id.value, room.floor.turn->granted_by);
    const auto* standing = waiting_request(room, command.person, FloorRequestKind::speak);
    const bool is_vouched_for = standing != nullptr && !away_until(*standing);
    if (!is_reachable(room, command.person) && !is_vouched_for) return refused(RefusalWord::person_gone);
    if (standing != nullptr) return grant(room, context, choice_of(room, *standing));
    if (is_turn_of_round(room, command.person, FloorRequestKind::speak))
        return grant(room, context, choice_of_seat(room, command.person));
    return grant(room, context, Choice{.speaker = command.person, .request = {}, .is_unasked = true});
}

Decision decide(const Room& room, const Context& context, const ReleaseTurn& command) {
    if (auto refusal = why_not_this_turn(room, command.turn)) return *refusal;
    const auto& turn = *room.floor.turn;
    if (!may_release(room, context.actor, turn)) return refused(RefusalWord::not_your_turn, turn.id.value);
    if (command.later.value_or(false)) return hand_back(room, context, turn);
    std::vector<Event> events;
    add_turn_end(room, TurnEnd::released, context.actor.person, events);
    return events;
}

Decision decide(const Room& room, const Context& context, const RevokeTurn& command) {
    if (auto refusal = why_not_this_turn(room, command.turn)) return *refusal;
    std::vector<Event> events;
    add_turn_end(room, TurnEnd::revoked, context.actor.person, events);
    return events;
}

Decision decide(const Room& room, const Context& context, const PauseTurn& command) {
    if (auto refusal = why_not_this_turn(room, command.turn)) return *refusal;
    const auto& turn = *room.floor.turn;
    if (suspension(turn) != nullptr) return refused(RefusalWord::person_gone, command.turn.value);
    if (const auto* paused = std::get_if<TurnOn::Paused>(&turn.state))
        return refused(RefusalWord::already_handled, command.turn.value, paused->by);
    return done(TurnPaused{.turn = command.turn, .by = context.actor.person, .for_break = false});
}

Decision decide(const Room& room, const Context& context, const ContinueTurn& command) {
    if (auto refusal = why_not_this_turn(room, command.turn)) return *refusal;
    const auto& turn = *room.floor.turn;
    if (suspension(turn) != nullptr) return refused(RefusalWord::person_gone, command.turn.value);
    if (!std::holds_alternative<TurnOn::Paused>(turn.state))
        return refused(RefusalWord::already_handled, command.turn.value);
    return done(TurnContinued{.turn = command.turn, .by = context.actor.person});
}

Decision decide(const Room& room, const Context& context, const NudgeSpeaker& command) {
    if (auto refusal = why_not_this_turn(room, command.turn)) return *refusal;
    return done(SpeakerNudged{.turn = command.turn, .by = context.actor.person});
}

// ---- events

void apply(Room& room, const Context& context, const FloorGranted& event) {
    auto& floor = room.floor;
    TurnOn turn{.id = event.turn,
        .request = event.request,
        .speaker = event.speaker,
        .kind = event.kind,
        .text = {},
        .granted_by = event.by,
        .in_round = event.in_round,
        .state = TurnOn::Speaking{context.stamp.at}};
    if (event.kind != FloorRequestKind::written) {
        turn.soft_limit_seconds = floor.soft_limit_seconds;
        turn.limit_is_hard = floor.limit_is_hard;
    }
    auto* request = event.request ? find_request(room, *event.request) : nullptr;
    if (request != nullptr) {
        turn.text = request->text;
        // A grant to someone who had not asked was never shown as a request.
        const bool was_seen = request->id.value != context.seq;
        request->state = Request::Granted{event.turn};
        if (was_seen) room.touch(context, ChangeKind::floor_request, request->id);
    }
    if (event.kind != FloorRequestKind::reply) floor.replies = Replies{.to = event.turn, .count = 0};
    floor.turn = std::move(turn);
    room.touch(context, ChangeKind::turn);
    bring_into_view(room, context, event.speaker);
}

void apply(Room& room, const Context& context, const TurnEnded& event) {
    auto& floor = room.floor;
    if (!floor.turn || floor.turn->id != event.turn) return;
    const auto turn = std::move(*floor.turn);
    floor.turn.reset();
    floor.last_turn = LastTurn{.id = turn.id, .speaker = turn.speaker, .ended_by = event.by};
    room.touch(context, ChangeKind::turn);
    if (std::holds_alternative<TurnOn::Speaking>(turn.state) && turn.kind != FloorRequestKind::written)
        note_sign(room, context, turn.speaker);
    const bool is_broken_off = suspension(turn) != nullptr &&
                               (event.how == TurnEnd::next || event.how == TurnEnd::expired);
    count_voice(
        room, context, turn, spoken_until(turn, context.stamp.at), !is_broken_off && event.how != TurnEnd::handed_back);
    end_request(room, context, turn, event);
}

void apply(Room& room, const Context& context, const TurnPaused& event) {
    auto& turn = room.floor.turn;
    if (!turn || turn->id != event.turn) return;
    turn->spoken = spoken_until(*turn, context.stamp.at);
    turn->state = TurnOn::Paused{.since = context.stamp.at, .by = event.by, .for_break = event.for_break};
    room.touch(context, ChangeKind::turn);
}

void apply(Room& room, const Context& context, const TurnContinued& event) {
    auto& turn = room.floor.turn;
    if (!turn || turn->id != event.turn) return;
    turn->state = TurnOn::Speaking{context.stamp.at};
    room.touch(context, ChangeKind::turn);
}

void apply(Room& room, const Context& context, const TurnSuspended& event) {
    auto& turn = room.floor.turn;
    if (!turn || turn->id != event.turn) return;
    TurnOn::Suspended suspended{.since = context.stamp.at, .until = event.until, .was_paused = {}};
    if (const auto* paused = std::get_if<TurnOn::Paused>(&turn->state)) suspended.was_paused = *paused;
    if (const auto* already = suspension(*turn)) suspended.was_paused = already->was_paused;
    turn->spoken = spoken_until(*turn, event.spoke_until);
    turn->state = suspended;
    room.touch(context, ChangeKind::turn);
}

void apply(Room& room, const Context& context, const TurnResumed& event) {
    auto& turn = room.floor.turn;
    if (!turn || turn->id != event.turn) return;
    const auto* suspended = suspension(*turn);
    if (suspended == nullptr) return;
    if (auto paused = suspended->was_paused) {
        paused->since = context.stamp.at;
        turn->state = *paused;
    } else {
        turn->state = TurnOn::Speaking{context.stamp.at};
    }
    room.touch(context, ChangeKind::turn);
}

void apply(Room& room, const Context& context, const SpeakerNudged& event) {
    auto& turn = room.floor.turn;
    if (!turn || turn->id != event.turn) return;
    turn->nudged_at = context.stamp.at;
    room.touch(context, ChangeKind::turn);
}

// ---- how it looks

std::optional<Change> see_turn(const Room& room) {
    if (!room.floor.turn) return Dropped{.kind = ChangeKind::turn, .id = 0};
    const auto& turn = *room.floor.turn;
    Turn seen{.id = turn.id,
        .request = turn.request,
        .speaker = turn.speaker,
        .kind = turn.kind,
        .spoken_ms = turn.spoken.count(),
        .limit_is_hard = turn.limit_is_hard,
        .nudged_at = turn.nudged_at,
        .text = turn.text};
    if (turn.soft_limit_seconds > 0) seen.soft_limit_seconds = turn.soft_limit_seconds;
    if (room.floor.replies) seen.reply_count = room.floor.replies->count;
    if (const auto* speaking = std::get_if<TurnOn::Speaking>(&turn.state)) {
        seen.state = TurnState::speaking;
        seen.since = speaking->since;
    } else if (const auto* paused = std::get_if<TurnOn::Paused>(&turn.state)) {
        seen.state = TurnState::paused;
        seen.since = paused->since;
    } else if (const auto* suspended = suspension(turn)) {
        seen.state = TurnState::suspended;
        seen.since = suspended->since;
        seen.suspended_until = suspended->until;
    }
    return seen;
}

}  // namespace etakahvila::domain
