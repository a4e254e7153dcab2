#include "domain/feedback/feedback.hpp"

#include <algorithm>

#include "domain/room/room.hpp"

namespace etakahvila::domain {
namespace {

/// While the session is on: at the item that closes the day, or at the last one.
bool is_closing(const Room& room) {
    const auto& agenda = room.agenda;
    const auto is_current = [&](const AgendaItem& item) { return agenda.current == item.id; };
    const auto current = std::find_if(agenda.items.begin(), agenda.items.end(), is_current);
    if (current == agenda.items.end()) return agenda.items.empty();
    const bool closes = std::any_of(
        agenda.items.begin(), current + 1, [](const AgendaItem& item) { return item.kind == AgendaKind::closing; });
    return closes || current + 1 == agenda.items.end();
}

bool is_open(const OpenedFeedback& feedback, UtcTime now) { return !feedback.count && now < feedback.closes_at; }

/// Whether any of the times touches the time in which the session was on.
template <class Times>
bool was_on(const Room& room, const Times& times) {
    return std::any_of(times.begin(), times.end(), [&](const auto& time) {
        return std::any_of(room.session.live.begin(), room.session.live.end(),
            [&](const Span& live) { return (!live.to || time.from < *live.to) && (!time.to || live.from < *time.to); });
    });
}

bool was_on_phone(const Room& room, const Member& member) { return was_on(room, member.calls); }
bool was_there(const Room& room, const Member& member) {
    return was_on_phone(room, member) || was_on(room, member.stays);
}

template <class WasThere>
std::optional<RefusalWord> why_not_of(const Room& room, PersonId person, UtcTime now, const WasThere& was_there) {
    const auto& feedback = room.feedback;
    if (!feedback) return RefusalWord::not_now;
    if (!is_open(*feedback, now)) return RefusalWord::over;
    const auto* member = room.member(person);
    const bool may = member != nullptr && member->role == Role::participant && was_there(room, *member);
    return may ? std::nullopt : std::optional{RefusalWord::not_permitted};
}

}  // namespace

std::optional<RefusalWord> why_no_feedback(const Room& room, PersonId person, UtcTime now) {
    return why_not_of(room, person, now, was_there);
}

std::optional<RefusalWord> why_no_feedback_noted(const Room& room, PersonId person, UtcTime now) {
    return why_not_of(room, person, now, was_on_phone);
}

std::int64_t feedback_may_come_from(const Room& room) {
    const auto& members = room.presence.members;
    return std::count_if(members.begin(), members.end(),
        [&](const auto& entry) { return entry.second.role == Role::participant && was_there(room, entry.second); });
}

// ---- decisions

Decision decide(const Room& room, const Context& context, const OpenFeedback&) {
    if (room.feedback) return room.feedback->count ? RefusalWord::already_handled : RefusalWord::already_open;
    if (is_live(room.session.phase) && !is_closing(room)) return RefusalWord::not_now;
    const auto& closes_at = room.session.plan.feedback_closes_at;
    if (!closes_at) return RefusalWord::not_now;
    if (context.stamp.utc >= *closes_at) return RefusalWord::over;
    return done(FeedbackOpened{.closes_at = *closes_at, .by = context.actor.person});
}

Decision decide(const Room& room, const Context& context, const EndFeedback& input) {
    if (!room.feedback || room.feedback->count) return done();
    if (context.stamp.utc < room.feedback->closes_at) return RefusalWord::not_now;
    return done(FeedbackClosed{input.count < feedback_answers_min ? 0 : input.count});
}

// ---- what happens

void apply(Room& room, const Context& context, const FeedbackOpened& event) {
    room.feedback = OpenedFeedback{.closes_at = event.closes_at, .count = {}};
    room.touch(context, ChangeKind::feedback);
}

void apply(Room& room, const Context& context, const FeedbackClosed& event) {
    if (room.feedback) room.feedback->count = event.count;
    room.touch(context, ChangeKind::feedback);
}

void FeedbackRule::clear(Room& room, const Context& context) const { clear_all(room, context, *this); }

// ---- what is shown

void FeedbackRule::add_things(const Room& room, const Viewer&, std::vector<ThingRef>& out) const {
    if (room.feedback) out.push_back({ChangeKind::feedback, 0});
}

std::optional<Change> FeedbackRule::see(const Room& room, ThingRef, const Viewer& viewer) const {
    if (!room.feedback) return Dropped{.kind = ChangeKind::feedback, .id = 0};
    const auto& feedback = *room.feedback;
    Feedback seen{.state = feedback.count ? FeedbackState::closed : FeedbackState::open,
        .closes_at = feedback.closes_at,
        .answers = {}};
    if (viewer.is_staff() && feedback.count && *feedback.count > 0) seen.answers = feedback.count;
    return seen;
}

// ---- keeping

void FeedbackRule::add_kept(const Room& room, RoomCompacted& out) const {
    if (room.feedback) out.feedback = {.closes_at = room.feedback->closes_at, .count = room.feedback->count};
}

void FeedbackRule::note_kept(Room& room, const Context&, const RoomCompacted& event) const {
    if (event.feedback)
        room.feedback = OpenedFeedback{.closes_at = event.feedback->closes_at, .count = event.feedback->count};
}

}  // namespace etakahvila::domain
