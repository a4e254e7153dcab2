// Floor requests and their order (RFC 8855 §4: a request is accepted with a queue position, and
// ends granted, denied, cancelled or revoked; expired is ours).

#include <algorithm>
#include <tuple>

#include "domain/floor/parts.hpp"
#include "text/text.hpp"

namespace etakahvila::domain {
namespace {

template <class State>
bool is(const Request& request) {
    return std::holds_alternative<State>(request.state);
}

bool is_of(const Request& request, PersonId person) {
    return request.beneficiary == person || request.requested_by == person;
}

bool may_see(const Request& request, const Viewer& viewer) {
    return viewer.is_staff() || viewer.is(request.beneficiary) || viewer.is(request.requested_by);
}

/// A place on top of the line-up; those who no longer wait are forgotten by the way.
void put_on_top(Floor& floor, RequestId request) {
    std::vector<RequestId> order{request};
    for (const auto each : floor.line_up) {
        const auto found = floor.requests.find(each);
        if (each != request && found != floor.requests.end() && is<Request::Accepted>(found->second))
            order.push_back(each);
    }
    floor.line_up = std::move(order);
}

bool is_reply_to_this(const Floor& floor, const Request& request) {
    return floor.replies && request.reply_to == floor.replies->to;
}

/// A reply that will not be given frees its place among the replies to the turn.
void count_reply(Room& room, const Context& context, const Request& request, std::int64_t by) {
    if (request.kind != FloorRequestKind::reply || !is_reply_to_this(room.floor, request)) return;
    room.floor.replies->count += by;
    if (room.floor.turn) room.touch(context, ChangeKind::turn);
}

void touch(Room& room, const Context& context, const Request& request) {
    room.touch(context, ChangeKind::floor_request, request.id);
}

/// What the person asked before, and is over, makes room for what they ask now.
void forget_ended(Room& room, const Context& context, PersonId beneficiary, FloorRequestKind kind) {
    std::erase_if(room.floor.requests, [&](const auto& entry) {
        const auto& request = entry.second;
        const bool is_over = is<Request::Ended>(request) || is<Request::Heard>(request);
        if (!is_over || request.beneficiary != beneficiary || request.kind != kind) return false;
        if (is<Request::Ended>(request)) touch(room, context, request);
        return true;
    });
}

/// Who has the floor, and writes what they would say: that was let in already.
bool is_written_instead(const Floor& floor, PersonId person, FloorRequestKind kind) {
    return kind == FloorRequestKind::written && floor.turn && floor.turn->speaker == person &&
           floor.turn->kind != FloorRequestKind::written;
}

/// Why a request for the beneficiary may not be made now.
std::optional<Refusal> why_not_ask(
    const Room& room, const Context& context, PersonId beneficiary, FloorRequestKind kind) {
    const auto& floor = room.floor;
    const bool is_by_staff = is_staff(context.actor.role);
    if (beneficiary != context.actor.person && !is_by_staff) return refused(RefusalWord::not_permitted);
    const auto* member = room.member(beneficiary);
    if (member == nullptr) return refused(RefusalWord::not_found);
    if (member->presence == PresenceState::removed) return refused(RefusalWord::person_gone);
    const auto* seat = seat_of(room, beneficiary);
    const bool is_written_turn_of_round = kind == FloorRequestKind::written && seat != nullptr &&
                                          (is_open(*seat) || seat->mark == RoundMark::speaking);
    const bool is_closed = floor.policy == FloorPolicy::closed ||
                           (floor.policy == FloorPolicy::round && !is_written_turn_of_round);
    if (is_closed && !is_by_staff && !is_written_instead(floor, beneficiary, kind))
        return refused(RefusalWord::queue_closed);
    if (const auto* standing = waiting_request(room, beneficiary, kind))
        return refused(RefusalWord::already_requested, standing->id.value);
    if (kind == FloorRequestKind::reply) {
        if (!floor.turn) return refused(RefusalWord::no_turn);
        if (floor.turn->speaker == beneficiary) return refused(RefusalWord::turn_is_on, floor.turn->id.value);
        if (floor.replies->count >= replies_max) return refused(RefusalWord::replies_full, floor.replies->to.value);
    }
    return std::nullopt;
}

}  // namespace

const Request* find_request(const Room& room, RequestId request) {
    const auto found = room.floor.requests.find(request);
    return found == room.floor.requests.end() ? nullptr : &found->second;
}

Request* find_request(Room& room, RequestId request) {
    const auto found = room.floor.requests.find(request);
    return found == room.floor.requests.end() ? nullptr : &found->second;
}

bool is_waiting(const Request& request) { return is<Request::Pending>(request) || is<Request::Accepted>(request); }

std::optional<RoomTime> away_until(const Request& request) {
    if (const auto* pending = std::get_if<Request::Pending>(&request.state)) return pending->away_until;
    if (const auto* accepted = std::get_if<Request::Accepted>(&request.state)) return accepted->away_until;
    return std::nullopt;
}

const Request* waiting_request(const Room& room, PersonId person, FloorRequestKind kind) {
    const auto found = std::find_if(room.floor.requests.begin(), room.floor.requests.end(), [&](const auto& entry) {
        return entry.second.beneficiary == person && entry.second.kind == kind && is_waiting(entry.second);
    });
    return found == room.floor.requests.end() ? nullptr : &found->second;
}

Refusal no_longer_waits(const Room& room, const Request& request) {
    if (const auto* granted = std::get_if<Request::Granted>(&request.state)) {
        return refused(RefusalWord::turn_is_on, granted->turn.value,
            room.floor.turn ? std::optional{room.floor.turn->granted_by} : std::nullopt);
    }
    if (const auto* heard = std::get_if<Request::Heard>(&request.state))
        return refused(RefusalWord::already_handled, request.id.value, heard->by);
    if (const auto* ended = std::get_if<Request::Ended>(&request.state))
        return refused(RefusalWord::already_handled, request.id.value, ended->by);
    return refused(RefusalWord::already_handled, request.id.value);
}

std::optional<std::string> optional_words(const std::optional<std::string>& words, std::size_t code_points_max) {
    auto clean = text::clean_or_cut(words.value_or(""), code_points_max);
    return clean.empty() ? std::nullopt : std::optional{std::move(clean)};
}

std::vector<RequestId> waiting_requests(const Room& room) {
    const auto& requests = room.floor.requests;
    const auto& line_up = room.floor.line_up;
    auto named = line_up;
    std::sort(named.begin(), named.end());
    std::vector<RequestId> waiting;
    for (const bool is_reply : {true, false}) {
        const auto waits_here = [&](const Request& request) {
            return is<Request::Accepted>(request) && (request.kind == FloorRequestKind::reply) == is_reply;
        };
        for (const auto id : line_up) {
            const auto* request = find_request(room, id);
            if (request != nullptr && waits_here(*request)) waiting.push_back(id);
        }
        for (const auto& [id, request] : requests) {
            if (waits_here(request) && !std::binary_search(named.begin(), named.end(), id)) waiting.push_back(id);
        }
    }
    return waiting;
}

bool may_have_waiting_replies(const Floor& floor) { return floor.replies && floor.replies->count > 0; }

const Request* next_waiting(const Room& room) {
    for (const bool is_reply : {true, false}) {
        if (is_reply && !may_have_waiting_replies(room.floor)) continue;
        const auto is_next = [&](const Request& request) {
            return is<Request::Accepted>(request) && !away_until(request) &&
                   (request.kind == FloorRequestKind::reply) == is_reply;
        };
        for (const auto id : room.floor.line_up) {
            const auto* request = find_request(room, id);
            if (request != nullptr && is_next(*request)) return request;
        }
        const auto& requests = room.floor.requests;
        const auto found = std::find_if(
            requests.begin(), requests.end(), [&](const auto& entry) { return is_next(entry.second); });
        if (found != requests.end()) return &found->second;
    }
    return nullptr;
}

// ---- decisions

Decision decide(const Room& room, const Context& context, const RequestFloor& command) {
    const auto beneficiary = command.beneficiary.value_or(context.actor.person);
    if (auto refusal = why_not_ask(room, context, beneficiary, command.kind)) return *refusal;
    const bool is_written = command.kind == FloorRequestKind::written;
    // What waits to be read aloud would be kept. Whoever has the floor writes the speech line.
    if (is_written && is_anonymous(room.session.plan)) return RefusalWord::anonymous_day;
    if (command.text && !is_written) return RefusalWord::invalid;
    std::optional<std::string> text;
    if (is_written) {
        auto clean = text::clean_text(command.text.value_or(""), written_turn_code_points_max);
        if (clean.fault) return *clean.fault;
        text = std::move(clean.value);
    }
    const bool waits_for_chair = room.floor.policy == FloorPolicy::approval && !is_staff(context.actor.role) &&
                                 !is_written_instead(room.floor, beneficiary, command.kind);
    FloorRequested requested{.request = context.new_id<RequestId>(),
        .kind = command.kind,
        .beneficiary = beneficiary,
        .requested_by = context.actor.person,
        .state = waits_for_chair ? FloorRequestState::pending : FloorRequestState::accepted,
        .note = optional_words(command.note, floor_note_code_points_max),
        .text = std::move(text),
        .reply_to = {}};
    if (command.kind == FloorRequestKind::reply) requested.reply_to = room.floor.replies->to;
    return done(std::move(requested));
}

Decision decide(const Room& room, const Context& context, const CancelFloorRequest& command) {
    const auto* request = find_request(room, command.request);
    if (request == nullptr) return RefusalWord::not_found;
    if (!is_of(*request, context.actor.person)) {
        // Of what someone else's request became, others know no more than that it left the queue.
        const bool is_seen_by_all = is<Request::Accepted>(*request) || is<Request::Granted>(*request);
        return is_seen_by_all || is_staff(context.actor.role) ? RefusalWord::not_permitted : RefusalWord::not_found;
    }
    if (!is_waiting(*request)) return no_longer_waits(room, *request);
    return done(FloorRequestEnded{
        .request = command.request, .how = FloorRequestState::cancelled, .by = context.actor.person, .reason = {}});
}

Decision decide(const Room& room, const Context& context, const ApproveFloorRequest& command) {
    const auto* request = find_request(room, command.request);
    if (request == nullptr) return RefusalWord::not_found;
    if (const auto* accepted = std::get_if<Request::Accepted>(&request->state))
        return refused(RefusalWord::already_handled, command.request.value, accepted->by);
    if (!is_waiting(*request)) return no_longer_waits(room, *request);
    return done(FloorRequestAccepted{.request = command.request, .by = context.actor.person});
}

Decision decide(const Room& room, const Context& context, const DenyFloorRequest& command) {
    const auto* request = find_request(room, command.request);
    if (request == nullptr) return RefusalWord::not_found;
    if (!is_waiting(*request)) return no_longer_waits(room, *request);
    const auto how = is<Request::Pending>(*request) ? FloorRequestState::denied : FloorRequestState::revoked;
    return done(FloorRequestEnded{.request = command.request,
        .how = how,
        .by = context.actor.person,
        .reason = optional_words(command.reason, floor_note_code_points_max)});
}

Decision decide(const Room& room, const Context& context, const RestoreFloorRequest& command) {
    const auto* request = find_request(room, command.request);
    if (request == nullptr) return RefusalWord::not_found;
    if (is_waiting(*request)) return refused(RefusalWord::already_requested, command.request.value);
    const auto* ended = std::get_if<Request::Ended>(&request->state);
    if (ended == nullptr || ended->how != FloorRequestState::expired) return no_longer_waits(room, *request);
    if (!is_reachable(room, request->beneficiary) && request->kind != FloorRequestKind::written)
        return refused(RefusalWord::person_gone, command.request.value);
    const bool is_late_reply = request->kind == FloorRequestKind::reply &&
                               !(is_reply_to_this(room.floor, *request) && room.floor.replies->count < replies_max);
    const auto kind = is_late_reply ? FloorRequestKind::speak : request->kind;
    if (const auto* standing = waiting_request(room, request->beneficiary, kind))
        return refused(RefusalWord::already_requested, standing->id.value);
    return done(
        FloorRequestRestored{.request = command.request, .kind = kind, .away_until = {}, .by = context.actor.person});
}

Decision decide(const Room& room, const Context& context, const ReorderLineUp& command) {
    const auto sorted = [](std::vector<RequestId> ids) {
        std::sort(ids.begin(), ids.end());
        return ids;
    };
    const auto wanted = sorted(command.order);
    if (std::adjacent_find(wanted.begin(), wanted.end()) != wanted.end()) return RefusalWord::invalid;
    const auto waiting = waiting_requests(room);
    if (wanted != sorted(waiting)) return RefusalWord::queue_stale;
    const bool has_replies_first = std::is_partitioned(command.order.begin(), command.order.end(),
        [&](RequestId id) { return find_request(room, id)->kind == FloorRequestKind::reply; });
    if (!has_replies_first) return RefusalWord::invalid;
    if (command.order == waiting) return done();
    return done(LineUpSet{.order = command.order, .reason = {}, .by = context.actor.person});
}

Decision decide(const Room& room, const Context& context, const OrderLeastHeardFirst&) {
    auto waiting = waiting_requests(room);
    if (waiting.empty()) return RefusalWord::nobody_waiting;
    const auto key = [&](RequestId id) {
        const auto& request = *find_request(room, id);
        const auto found = room.floor.voices.find(request.beneficiary);
        auto voice = found == room.floor.voices.end() ? Voice{} : found->second;
        if (const auto& turn = room.floor.turn; turn && turn->speaker == request.beneficiary) {
            ++voice.turns;
            if (turn->kind != FloorRequestKind::written) voice.spoken += spoken_until(*turn, context.stamp.at);
        }
        return std::tuple{request.kind != FloorRequestKind::reply, voice.turns + voice.written_turns,
            std::chrono::floor<std::chrono::seconds>(voice.spoken), id};
    };
    std::vector<std::pair<decltype(key(waiting.front())), RequestId>> keyed;
    keyed.reserve(waiting.size());
    for (const auto id : waiting) keyed.emplace_back(key(id), id);
    std::sort(keyed.begin(), keyed.end());
    std::transform(keyed.begin(), keyed.end(), waiting.begin(), [](const auto& each) { return each.second; });
    return done(LineUpSet{.order = std::move(waiting), .reason = "least_heard_first", .by = context.actor.person});
}

// ---- events

void apply(Room& room, const Context& context, const FloorRequested& event) {
    forget_ended(room, context, event.beneficiary, event.kind);
    Request request{.id = event.request,
        .kind = event.kind,
        .beneficiary = event.beneficiary,
        .requested_by = event.requested_by,
        .since = context.stamp.at,
        .note = event.note,
        .text = event.text,
        .reply_to = event.reply_to,
        .state = Request::Pending{},
        .was_in_queue = event.state == FloorRequestState::accepted};
    if (event.state == FloorRequestState::accepted) request.state = Request::Accepted{};
    const bool is_seen = event.state != FloorRequestState::granted;
    auto& kept = room.floor.requests[event.request] = std::move(request);
    count_reply(room, context, kept, 1);
    if (is_seen) touch(room, context, kept);
    if (kept.was_in_queue) bring_into_view(room, context, kept.beneficiary);
    note_sign(room, context, event.requested_by);
}

void apply(Room& room, const Context& context, const FloorRequestAccepted& event) {
    auto* request = find_request(room, event.request);
    if (request == nullptr) return;
    request->state = Request::Accepted{.away_until = away_until(*request), .by = event.by};
    request->was_in_queue = true;
    touch(room, context, *request);
    bring_into_view(room, context, request->beneficiary);
}

void apply(Room& room, const Context& context, const FloorRequestEnded& event) {
    auto* request = find_request(room, event.request);
    if (request == nullptr) return;
    count_reply(room, context, *request, -1);
    request->state = Request::Ended{.how = event.how, .by = event.by, .reason = event.reason};
    if (event.how == FloorRequestState::cancelled && event.by) note_sign(room, context, *event.by);
    touch(room, context, *request);
}

void apply(Room& room, const Context& context, const FloorRequestRestored& event) {
    auto* request = find_request(room, event.request);
    if (request == nullptr) return;
    const bool was_given_up = is<Request::Ended>(*request);
    request->kind = event.kind;
    if (event.kind != FloorRequestKind::reply) request->reply_to.reset();
    request->state = Request::Accepted{.away_until = event.away_until, .by = event.by};
    request->was_in_queue = true;
    if (was_given_up) count_reply(room, context, *request, 1);
    put_on_top(room.floor, event.request);
    touch(room, context, *request);
    bring_into_view(room, context, request->beneficiary);
    room.touch(context, ChangeKind::floor);
}

void apply(Room& room, const Context& context, const PlaceKept& event) {
    for (auto& [id, request] : room.floor.requests) {
        if (request.beneficiary != event.person || request.kind == FloorRequestKind::written) continue;
        if (auto* pending = std::get_if<Request::Pending>(&request.state))
            pending->away_until = event.until;
        else if (auto* accepted = std::get_if<Request::Accepted>(&request.state))
            accepted->away_until = event.until;
        else
            continue;
        touch(room, context, request);
    }
}

void apply(Room& room, const Context& context, const PlaceTakenAgain& event) {
    for (auto& [id, request] : room.floor.requests) {
        if (request.beneficiary != event.person || !away_until(request)) continue;
        if (auto* pending = std::get_if<Request::Pending>(&request.state)) pending->away_until.reset();
        if (auto* accepted = std::get_if<Request::Accepted>(&request.state)) accepted->away_until.reset();
        touch(room, context, request);
    }
}

void apply(Room& room, const Context& context, const LineUpSet& event) {
    room.floor.line_up = event.order;
    room.floor.line_up_reason = event.reason;
    room.touch(context, ChangeKind::floor);
}

// ---- how it looks

std::optional<Change> see_request(const Room& room, RequestId id, const Viewer& viewer) {
    const Dropped dropped{.kind = ChangeKind::floor_request, .id = id.value};
    const auto* request = find_request(room, id);
    if (request == nullptr) return dropped;
    const bool is_mine = may_see(*request, viewer);
    const bool is_a_turn = is<Request::Granted>(*request) || is<Request::Heard>(*request);
    if (is_a_turn || (!is_mine && !is<Request::Accepted>(*request))) {
        return is_mine || request->was_in_queue ? std::optional<Change>{dropped} : std::nullopt;
    }
    FloorRequest seen{.id = id,
        .kind = request->kind,
        .beneficiary = request->beneficiary,
        .requested_by = request->requested_by,
        .since = request->since,
        .away_until = away_until(*request)};
    seen.state = is<Request::Pending>(*request) ? FloorRequestState::pending : FloorRequestState::accepted;
    if (is_mine) {
        seen.note = request->note;
        seen.text = request->text;
    }
    if (const auto* ended = std::get_if<Request::Ended>(&request->state)) {
        seen.state = ended->how;
        if (ended->reason) seen.note = ended->reason;
    }
    return seen;
}

void add_request_viewers(const Room& room, RequestId id, std::vector<PersonId>& out) {
    const auto* request = find_request(room, id);
    if (request == nullptr) return;
    const bool is_a_turn = is<Request::Granted>(*request) || is<Request::Heard>(*request);
    const bool has_words = request->note || request->text;
    if (is_a_turn ? request->was_in_queue : is<Request::Accepted>(*request) && !has_words) return;
    const auto add = [&](PersonId person) {
        const auto* member = room.member(person);
        if (member != nullptr && !is_staff(member->role)) out.push_back(person);
    };
    add(request->beneficiary);
    if (request->requested_by != request->beneficiary) add(request->requested_by);
}

}  // namespace etakahvila::domain
