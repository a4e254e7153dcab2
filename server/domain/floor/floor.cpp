// What everyone sees of the floor, its policy, limits and stage, and what follows for it from
// the other rules.

#include "domain/floor/floor.hpp"

#include <algorithm>

#include "domain/floor/parts.hpp"

namespace etakahvila::domain {

Milliseconds grace(const Room& room) { return std::chrono::seconds{room.session.plan.grace_seconds}; }

bool is_reachable(const Room& room, PersonId person) {
    const auto* member = room.member(person);
    return member != nullptr && member->is_there();
}

bool is_on_stage(const Room& room, PersonId person) {
    if (const auto found = room.floor.stage.find(person); found != room.floor.stage.end()) return found->second;
    const auto* member = room.member(person);
    return member != nullptr && member->role == Role::facilitator && !member->stays.empty();
}

bool may_be_heard(const Room& room, PersonId person) {
    const auto& turn = room.floor.turn;
    return is_on_stage(room, person) || (turn && turn->speaker == person && turn->kind != FloorRequestKind::written);
}

std::vector<PersonId> people_heard(const Room& room) {
    std::vector<PersonId> heard;
    for (const auto& [person, member] : room.presence.members) {
        if (may_be_heard(room, person)) heard.push_back(person);
    }
    return heard;
}

// ---- decisions

Decision decide(const Room& room, const Context& context, const SetFloorPolicy& command) {
    if (command.policy == FloorPolicy::round) return RefusalWord::invalid;
    if (room.floor.round) return refused(RefusalWord::not_now, room.floor.round->id.value, room.floor.round->begun_by);
    if (command.policy == room.floor.policy) return done();
    std::vector<Event> events;
    events.emplace_back(FloorPolicySet{.policy = command.policy, .by = context.actor.person});
    if (command.policy != FloorPolicy::open) return events;
    for (const auto& [id, request] : room.floor.requests) {
        if (std::holds_alternative<Request::Pending>(request.state))
            events.emplace_back(FloorRequestAccepted{.request = id, .by = context.actor.person});
    }
    return events;
}

Decision decide(const Room& room, const Context& context, const SetTurnLimit& command) {
    const bool is_hard = command.hard && command.seconds > 0;
    if (room.floor.soft_limit_seconds == command.seconds && room.floor.limit_is_hard == is_hard) return done();
    return done(TurnLimitSet{.seconds = command.seconds, .hard = is_hard, .by = context.actor.person});
}

Decision decide(const Room& room, const Context&, const SetOnStage& command) {
    const auto* member = room.member(command.person);
    if (member == nullptr) return RefusalWord::not_found;
    if (member->presence == PresenceState::removed) return RefusalWord::person_gone;
    if (is_on_stage(room, command.person) == command.on) return done();
    return done(StageSet{.person = command.person, .on = command.on});
}

// ---- events

void apply(Room& room, const Context& context, const FloorPolicySet& event) {
    room.floor.policy = event.policy;
    room.touch(context, ChangeKind::floor);
}

void apply(Room& room, const Context& context, const TurnLimitSet& event) {
    auto& floor = room.floor;
    floor.soft_limit_seconds = event.seconds;
    floor.limit_is_hard = event.hard;
    room.touch(context, ChangeKind::floor);
    if (!floor.turn || floor.turn->soft_limit_seconds == 0) return;
    // The turn that is on is never given less than it began with.
    auto& turn = *floor.turn;
    turn.soft_limit_seconds = event.seconds == 0 ? 0 : std::max(turn.soft_limit_seconds, event.seconds);
    turn.limit_is_hard = turn.limit_is_hard && event.hard;
    room.touch(context, ChangeKind::turn);
}

void apply(Room& room, const Context& context, const StageSet& event) {
    room.floor.stage[event.person] = event.on;
    if (event.on) bring_into_view(room, context, event.person);
    room.touch(context, ChangeKind::floor);
}

void apply(Room& room, const Context& context, const FloorEnded& event) {
    auto& floor = room.floor;
    if (floor.turn) apply(room, context, TurnEnded{.turn = floor.turn->id, .how = TurnEnd::revoked, .by = event.by});
    apply(room, context, RoundEnded{event.by});
    for (const auto& [id, request] : floor.requests) {
        if (is_waiting(request))
            apply(room, context,
                FloorRequestEnded{.request = id, .how = FloorRequestState::revoked, .by = event.by, .reason = {}});
    }
}

// ---- time

void FloorRule::add_due(const Room& room, const Stamp& now, std::vector<Event>& out) const {
    add_turn_due(room, now.at, out);
    for (const auto& [id, request] : room.floor.requests) {
        const auto until = away_until(request);
        if (until && now.at >= *until)
            out.emplace_back(
                FloorRequestEnded{.request = id, .how = FloorRequestState::expired, .by = {}, .reason = {}});
    }
}

std::optional<RoomTime> FloorRule::next_due(const Room& room) const {
    auto next = turn_next_due(room);
    for (const auto& [id, request] : room.floor.requests) {
        const auto until = away_until(request);
        if (until && (!next || *until < *next)) next = until;
    }
    return next;
}

// ---- people

void FloorRule::add_line_lost(
    const Room& room, const Context& context, PersonId person, bool is_last, std::vector<Event>& out) const {
    if (!is_last) return;
    const auto until = context.stamp.at + grace(room);
    const bool waits = waiting_request(room, person, FloorRequestKind::speak) != nullptr ||
                       waiting_request(room, person, FloorRequestKind::reply) != nullptr;
    if (waits) out.emplace_back(PlaceKept{.person = person, .until = until});
    const auto& turn = room.floor.turn;
    if (turn && turn->speaker == person && turn->kind != FloorRequestKind::written) {
        out.emplace_back(TurnSuspended{.turn = turn->id, .spoke_until = context.stamp.at, .until = until});
    }
}

void FloorRule::add_line_back(
    const Room& room, const Context&, PersonId person, bool is_first, std::vector<Event>& out) const {
    if (!is_first) return;
    const auto* member = room.member(person);
    const bool is_new = member != nullptr && member->stays.empty();
    if (is_new && member->role == Role::facilitator && !room.floor.stage.contains(person))
        out.emplace_back(StageSet{.person = person, .on = true});
    const bool is_kept = std::any_of(room.floor.requests.begin(), room.floor.requests.end(),
        [&](const auto& entry) { return entry.second.beneficiary == person && away_until(entry.second); });
    if (is_kept) out.emplace_back(PlaceTakenAgain{person});
    const auto& turn = room.floor.turn;
    if (turn && turn->speaker == person) {
        if (const auto* suspended = std::get_if<TurnOn::Suspended>(&turn->state)) {
            out.emplace_back(TurnResumed{turn->id});
            const bool would_speak = !suspended->was_paused;
            if (would_speak && room.session.phase == Phase::paused)
                out.emplace_back(TurnPaused{.turn = turn->id, .by = turn->granted_by, .for_break = true});
        }
    }
    add_round_arrival(room, person, out);
}

void FloorRule::add_person_out(
    const Room& room, const Context& context, PersonId person, std::vector<Event>& out) const {
    const bool is_removed = context.actor.person && context.actor.person != person;
    const auto by = is_removed ? context.actor.person : person;
    const auto& turn = room.floor.turn;
    // What someone has written is read to its end, when they have just left.
    if (turn && turn->speaker == person && (is_removed || turn->kind != FloorRequestKind::written)) {
        add_turn_end(room, is_removed ? TurnEnd::revoked : TurnEnd::released, by, out);
    }
    for (const auto& [id, request] : room.floor.requests) {
        if (request.beneficiary != person || !is_waiting(request)) continue;
        out.emplace_back(FloorRequestEnded{.request = id,
            .how = is_removed ? FloorRequestState::revoked : FloorRequestState::cancelled,
            .by = by,
            .reason = {}});
    }
    add_round_departure(room, person, out);
    if (is_removed && is_on_stage(room, person)) out.emplace_back(StageSet{.person = person, .on = false});
}

// ---- the session

void FloorRule::add_phase_ends(const Room& room, const Context& context, Phase next, std::vector<Event>& out) const {
    if (is_running(next)) return;
    const auto& floor = room.floor;
    const bool anyone_waits = std::any_of(
        floor.requests.begin(), floor.requests.end(), [](const auto& entry) { return is_waiting(entry.second); });
    if (!floor.turn && !floor.round && !anyone_waits) return;
    out.emplace_back(FloorEnded{context.actor.person ? std::optional{context.actor.person} : std::nullopt});
}

void FloorRule::add_phase_begins(const Room& room, const Context& context, Phase phase, std::vector<Event>& out) const {
    if (!room.floor.turn) return;
    const auto& turn = *room.floor.turn;
    if (phase == Phase::paused && std::holds_alternative<TurnOn::Speaking>(turn.state)) {
        out.emplace_back(TurnPaused{.turn = turn.id, .by = context.actor.person, .for_break = true});
    }
    const auto* paused = std::get_if<TurnOn::Paused>(&turn.state);
    if (phase == Phase::live && paused != nullptr && paused->for_break)
        out.emplace_back(TurnContinued{.turn = turn.id, .by = context.actor.person});
}

void FloorRule::add_outage(
    const Room& room, const Context& context, RoomTime down_since, std::vector<Event>& out) const {
    const auto outage = context.stamp.at - down_since;
    const auto kept_until = [&](PersonId person, std::optional<RoomTime> until) -> std::optional<RoomTime> {
        if (until) return *until + outage;
        const auto* member = room.member(person);
        return member != nullptr && member->hangs_on_connections() ? std::optional{context.stamp.at + grace(room)}
                                                                   : std::nullopt;
    };
    std::map<PersonId, RoomTime> kept;
    for (const auto& [id, request] : room.floor.requests) {
        if (!is_waiting(request) || request.kind == FloorRequestKind::written) continue;
        if (const auto until = kept_until(request.beneficiary, away_until(request))) kept[request.beneficiary] = *until;
    }
    for (const auto& [person, until] : kept) out.emplace_back(PlaceKept{.person = person, .until = until});
    if (!room.floor.turn) return;
    const auto& turn = *room.floor.turn;
    const auto* suspended = std::get_if<TurnOn::Suspended>(&turn.state);
    const auto until = kept_until(turn.speaker, suspended != nullptr ? std::optional{suspended->until} : std::nullopt);
    const bool needs_connection = turn.kind != FloorRequestKind::written && until;
    out.emplace_back(
        TurnSuspended{.turn = turn.id, .spoke_until = down_since, .until = until.value_or(context.stamp.at)});
    if (!needs_connection) out.emplace_back(TurnResumed{turn.id});
}

void FloorRule::clear(Room& room, const Context& context) const { clear_all(room, context, *this); }

void FloorRule::add_follows(const Room& room, const Context&, std::vector<Event>& events) const {
    add_round_end(room, events);
}

// ---- how it looks

namespace {

FloorInfo see_floor(const Room& room) {
    const auto& floor = room.floor;
    FloorInfo seen{.policy = floor.policy,
        .line_up = floor.line_up,
        .line_up_reason = floor.line_up_reason,
        .limit_is_hard = floor.limit_is_hard,
        .usual_turn_seconds = floor.usual_turn_seconds};
    if (floor.soft_limit_seconds > 0) seen.soft_limit_seconds = floor.soft_limit_seconds;
    for (const auto& [person, member] : room.presence.members) {
        if (is_on_stage(room, person)) seen.stage.push_back(person);
    }
    return seen;
}

}  // namespace

std::optional<Change> FloorRule::see(const Room& room, ThingRef thing, const Viewer& viewer) const {
    switch (thing.kind) {
        case ChangeKind::floor: return see_floor(room);
        case ChangeKind::floor_request: return see_request(room, RequestId{thing.id}, viewer);
        case ChangeKind::turn: return see_turn(room);
        case ChangeKind::round: return see_round(room);
        case ChangeKind::contribution: return see_contribution(room, PersonId{thing.id}, viewer);
        default: return std::nullopt;
    }
}

void FloorRule::add_personal_viewers(const Room& room, ThingRef thing, std::vector<PersonId>& out) const {
    if (thing.kind == ChangeKind::floor_request) add_request_viewers(room, RequestId{thing.id}, out);
}

void FloorRule::add_things(const Room& room, const Viewer&, std::vector<ThingRef>& out) const {
    out.push_back({ChangeKind::floor, 0});
    out.push_back({ChangeKind::turn, 0});
    out.push_back({ChangeKind::round, 0});
    for (const auto& [id, request] : room.floor.requests) out.push_back({ChangeKind::floor_request, id.value});
    for (const auto& [person, voice] : room.floor.voices) out.push_back({ChangeKind::contribution, person.value});
}

// ---- keeping

void FloorRule::add_kept(const Room& room, RoomCompacted& out) const {
    const auto& floor = room.floor;
    out.floor = {.policy = floor.policy,
        .soft_limit_seconds = floor.soft_limit_seconds,
        .limit_is_hard = floor.limit_is_hard,
        .usual_turn_seconds = floor.usual_turn_seconds,
        .stage = {},
        .voices = {}};
    for (const auto& [person, on] : floor.stage) out.floor.stage.push_back({.person = person, .on = on});
    const auto heard = floor.heard.find(room.agenda.current.value_or(AgendaItemId{}));
    for (const auto& [person, voice] : floor.voices) {
        out.floor.voices.push_back({.person = person,
            .turns = voice.turns,
            .spoken_ms = voice.spoken.count(),
            .written_turns = voice.written_turns,
            .item_heard = {}});
        if (heard != floor.heard.end() && heard->second.contains(person)) out.floor.voices.back().item_heard = true;
    }
}

void FloorRule::note_kept(Room& room, const Context&, const RoomCompacted& event) const {
    const auto& kept = event.floor;
    auto& floor = room.floor;
    floor.policy = kept.policy;
    floor.soft_limit_seconds = kept.soft_limit_seconds;
    floor.limit_is_hard = kept.limit_is_hard;
    floor.usual_turn_seconds = kept.usual_turn_seconds;
    for (const auto& standing : kept.stage) floor.stage.emplace(standing.person, standing.on);
    for (const auto& voice : kept.voices) {
        floor.voices.emplace(voice.person,
            Voice{.turns = voice.turns, .spoken = Milliseconds{voice.spoken_ms}, .written_turns = voice.written_turns});
        if (voice.item_heard) floor.heard[room.agenda.current.value_or(AgendaItemId{})].insert(voice.person);
    }
}

}  // namespace etakahvila::domain
