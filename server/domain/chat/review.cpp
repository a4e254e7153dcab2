// What moderators decide on messages: claims with a lease, and decisions that name the version
// they were made on, so that two who work side by side never do the same thing twice.

#include <algorithm>

#include "domain/chat/chat.hpp"
#include "domain/room/room.hpp"
#include "text/text.hpp"

namespace etakahvila::domain {
namespace {

/// The message of an event. An event of a message that is not known changes nothing.
Review* review_in(ChatMessage& message) {
    if (auto* held = std::get_if<HeldMessage>(&message.state)) return &held->review;
    if (auto* published = std::get_if<PublishedMessage>(&message.state); published != nullptr && published->review)
        return &*published->review;
    return nullptr;
}

Refusal already_handled(const ChatMessage& message) {
    return refused(RefusalWord::already_handled, message.id.value, decided_by(message));
}

/// The claim of somebody else whose lease still runs.
const ReviewClaim* claim_of_another(const Context& context, const Review& review) {
    const bool is_anothers = review.claim && review.claim->by != context.actor.person &&
                             context.stamp.at < review.claim->until;
    return is_anothers ? &*review.claim : nullptr;
}

Refusal already_claimed(const Context& context, const ChatMessage& message, const ReviewClaim& claim) {
    return refused(RefusalWord::already_claimed, message.id.value, claim.by,
        std::chrono::ceil<std::chrono::seconds>(claim.until - context.stamp.at).count());
}

/// The review of a message that is in the queue; else the refusal.
struct InQueue {
    const ChatMessage* message{};
    const Review* review{};
    std::optional<Refusal> refusal;
};
InQueue find_in_queue(const Room& room, MessageId id) {
    const auto* message = find_message(room, id);
    if (message == nullptr) return {.refusal = refused(RefusalWord::not_found)};
    const auto* review = review_of(*message);
    if (review == nullptr) return {.refusal = already_handled(*message)};
    return {.message = message, .review = review, .refusal = {}};
}

/// Somebody has changed the item: what was decided on an earlier version is refused.
void changed(Room& room, const Context& context, ChatMessage& message, std::optional<PersonId> by) {
    ++message.review_version;
    if (auto* review = review_in(message); review != nullptr && by) review->changed_by = by;
    room.touch(context, ChangeKind::review_item, message.id);
}

void put_in_queue(Room& room, const Context& context, ChatMessage& message, std::optional<PersonId> by) {
    room.chat.under_review.insert(message.id);
    changed(room, context, message, by);
}

void take_from_queue(Room& room, const Context& context, ChatMessage& message) {
    room.chat.under_review.erase(message.id);
    for (const auto person : message.flagged_by) room.chat.authors[person].open_flags.erase(message.id);
    changed(room, context, message, {});
}

/// What is turned into something else must not have ended as a message, nor be somebody else's
/// to decide.
std::optional<Refusal> why_not_turn(
    const Context& context, const ChatMessage* message, std::optional<std::int64_t> version) {
    if (message == nullptr) return refused(RefusalWord::not_found);
    if (std::holds_alternative<HeldMessage>(message->state)) return why_not_decide(context, *message, version);
    if (!std::holds_alternative<PublishedMessage>(message->state)) return already_handled(*message);
    return std::nullopt;
}

std::string as_words(const ChatMessage& message, std::size_t code_points_max) {
    auto words = text::first_code_points(message.text, code_points_max);
    std::replace(words.begin(), words.end(), '\n', ' ');
    return words;
}

/// What the other rule decided, and that the message became it.
Decision turned(const Context& context, const ChatMessage& message, KindReason into, const Decision& made) {
    if (made.refusal()) return *made.refusal();
    auto events = made.events();
    add_message_turned(context, message, into, events);
    return events;
}

}  // namespace

const Review* review_of(const ChatMessage& message) {
    if (const auto* held = std::get_if<HeldMessage>(&message.state)) return &held->review;
    if (const auto* published = std::get_if<PublishedMessage>(&message.state);
        published != nullptr && published->review)
        return &*published->review;
    return nullptr;
}

std::optional<PersonId> decided_by(const ChatMessage& message) {
    if (const auto* published = std::get_if<PublishedMessage>(&message.state)) return published->by;
    if (const auto* rejected = std::get_if<RejectedMessage>(&message.state)) return rejected->by;
    if (const auto* retracted = std::get_if<RetractedMessage>(&message.state)) return retracted->by;
    return std::nullopt;
}

std::optional<Refusal> why_not_decide(
    const Context& context, const ChatMessage& message, std::optional<std::int64_t> version) {
    const auto* review = review_of(message);
    if (review == nullptr) return already_handled(message);
    if (const auto* claim = claim_of_another(context, *review)) return already_claimed(context, message, *claim);
    const bool is_claimed_version = review->claim && version && *version >= review->claim->version &&
                                    *version <= message.review_version;
    if (version == message.review_version || is_claimed_version) return std::nullopt;
    return refused(RefusalWord::already_handled, message.id.value, review->changed_by);
}

void add_message_turned(const Context& context, const ChatMessage& message, KindReason into, std::vector<Event>& out) {
    if (!std::holds_alternative<HeldMessage>(message.state)) return;
    out.emplace_back(
        MessageRejected{.message = message.id, .reason = {}, .kind_reason = into, .by = context.actor.person});
}

// ---- commands

Decision decide(const Room& room, const Context& context, const ClaimReview& command) {
    const auto found = find_in_queue(room, command.message);
    if (found.refusal) return *found.refusal;
    if (const auto* claim = claim_of_another(context, *found.review))
        return already_claimed(context, *found.message, *claim);
    return done(ReviewClaimed{
        .message = command.message, .by = context.actor.person, .until = context.stamp.at + review_lease});
}

Decision decide(const Room& room, const Context& context, const ReleaseReview& command) {
    const auto found = find_in_queue(room, command.message);
    if (found.refusal) return *found.refusal;
    if (const auto* claim = claim_of_another(context, *found.review))
        return already_claimed(context, *found.message, *claim);
    if (!found.review->claim || found.review->claim->by != context.actor.person)
        return refused(RefusalWord::claim_lost, command.message.value);
    return done(ReviewReleased{.message = command.message, .by = context.actor.person});
}

Decision decide(const Room& room, const Context& context, const PublishMessage& command) {
    const auto* message = find_message(room, command.message);
    if (message == nullptr) return RefusalWord::not_found;
    if (auto refusal = why_not_decide(context, *message, command.version)) return *refusal;
    if (std::holds_alternative<HeldMessage>(message->state))
        return done(MessagePublished{.message = message->id, .by = context.actor.person});
    return done(MessageKept{.message = message->id, .by = context.actor.person});
}

Decision decide(const Room& room, const Context& context, const RejectMessage& command) {
    const auto* message = find_message(room, command.message);
    if (message == nullptr) return RefusalWord::not_found;
    if (auto refusal = why_not_decide(context, *message, command.version)) return *refusal;
    // A published one is taken away instead, which leaves a tombstone.
    if (!std::holds_alternative<HeldMessage>(message->state)) return refused(RefusalWord::not_now, message->id.value);
    auto reason = text::clean_text(command.reason, reason_code_points_max);
    if (reason.fault) return *reason.fault;
    return done(MessageRejected{
        .message = message->id, .reason = std::move(reason.value), .kind_reason = {}, .by = context.actor.person});
}

Decision decide(const Room& room, const Context& context, const UndoRejection& command) {
    const auto* message = find_message(room, command.message);
    if (message == nullptr) return RefusalWord::not_found;
    if (std::holds_alternative<HeldMessage>(message->state)) return refused(RefusalWord::not_now, message->id.value);
    const auto* rejected = std::get_if<RejectedMessage>(&message->state);
    if (rejected == nullptr) return already_handled(*message);
    // What the session's end left undecided waits again when the session has been reopened.
    if (rejected->kind_reason != KindReason::session_over) {
        if (rejected->by != context.actor.person) return already_handled(*message);
        // What it was turned into stands; and what the author has read for a while stays true.
        if (rejected->kind_reason || context.stamp.at - rejected->at > undo_window)
            return refused(RefusalWord::not_now, message->id.value);
    }
    return done(RejectionUndone{.message = message->id, .by = context.actor.person});
}

Decision decide(const Room& room, const Context& context, const RequestFloorFromMessage& command) {
    const auto* message = find_message(room, command.message);
    if (auto refusal = why_not_turn(context, message, command.version)) return *refusal;
    const RequestFloor request{.kind = FloorRequestKind::speak,
        .beneficiary = message->author,
        .note = as_words(*message, floor_note_code_points_max),
        .text = {}};
    return turned(context, *message, KindReason::turned_into_floor_request, decide(room, context, request));
}

Decision decide(const Room& room, const Context& context, const AskHelpFromMessage& command) {
    const auto* message = find_message(room, command.message);
    if (auto refusal = why_not_turn(context, message, command.version)) return *refusal;
    const RaiseHelpFor raise{.person = message->author,
        .kind = HelpKind::something_else,
        .words = as_words(*message, help_words_code_points_max)};
    return turned(context, *message, KindReason::turned_into_help_request, decide(room, context, raise));
}

// ---- events

void apply(Room& room, const Context& context, const ReviewClaimed& event) {
    auto* known = find_message(room, event.message);
    if (known == nullptr) return;
    auto& message = *known;
    auto& review = *review_in(message);
    if (review.claim && review.claim->by == event.by) {
        review.claim->until = event.until;
        room.touch(context, ChangeKind::review_item, message.id);
        return;
    }
    review.claim = {.by = event.by, .until = event.until, .version = message.review_version};
    changed(room, context, message, event.by);
}

void apply(Room& room, const Context& context, const ReviewReleased& event) {
    auto* known = find_message(room, event.message);
    if (known == nullptr) return;
    auto& message = *known;
    review_in(message)->claim.reset();
    changed(room, context, message, event.by);
}

void apply(Room& room, const Context& context, const ReviewClaimExpired& event) {
    auto* known = find_message(room, event.message);
    if (known == nullptr) return;
    auto& message = *known;
    review_in(message)->claim.reset();
    room.touch(context, ChangeKind::review_item, message.id);
}

void apply(Room& room, const Context& context, const MessagePublished& event) {
    auto* known = find_message(room, event.message);
    if (known == nullptr) return;
    auto& message = *known;
    message.state = PublishedMessage{.review = {}, .by = event.by};
    room.chat.by_place.erase(message.place);
    message.place = context.seq;
    room.chat.by_place[message.place] = message.id;
    ++room.chat.authors[message.author].published;
    take_from_queue(room, context, message);
    room.touch(context, ChangeKind::message, message.id);
    bring_into_view(room, context, message.author);
    for_each_rule([&](const auto& rule) { rule.note_message_shown(room, context, message.id); });
}

void apply(Room& room, const Context& context, const MessageKept& event) {
    auto* known = find_message(room, event.message);
    if (known == nullptr) return;
    auto& message = *known;
    auto& published = std::get<PublishedMessage>(message.state);
    published.review.reset();
    published.by = event.by;
    take_from_queue(room, context, message);
    // Staff see who kept it.
    room.touch(context, ChangeKind::message, message.id);
}

void apply(Room& room, const Context& context, const MessageRejected& event) {
    auto* known = find_message(room, event.message);
    if (known == nullptr) return;
    auto& message = *known;
    auto review = *review_in(message);
    review.claim.reset();
    message.state = RejectedMessage{.review = std::move(review),
        .reason = event.reason,
        .kind_reason = event.kind_reason,
        .by = event.by,
        .at = context.stamp.at};
    take_from_queue(room, context, message);
    room.touch(context, ChangeKind::message, message.id);
}

void apply(Room& room, const Context& context, const RejectionUndone& event) {
    auto* known = find_message(room, event.message);
    if (known == nullptr) return;
    auto& message = *known;
    auto review = std::get<RejectedMessage>(message.state).review;
    message.state = HeldMessage{.review = std::move(review)};
    put_in_queue(room, context, message, event.by);
    room.touch(context, ChangeKind::message, message.id);
}

void apply(Room& room, const Context& context, const MessageRetracted& event) {
    auto* known = find_message(room, event.message);
    if (known == nullptr) return;
    auto& message = *known;
    const bool was_published = std::holds_alternative<PublishedMessage>(message.state);
    const bool was_in_queue = review_in(message) != nullptr;
    message.state = RetractedMessage{.by = event.by, .reason = event.reason, .was_published = was_published};
    if (was_in_queue) take_from_queue(room, context, message);
    room.touch(context, ChangeKind::message, message.id);
    for_each_rule([&](const auto& rule) { rule.note_message_shown(room, context, message.id); });
}

void apply(Room& room, const Context& context, const MessageFlagged& event) {
    auto* known = find_message(room, event.message);
    if (known == nullptr) return;
    auto& message = *known;
    auto& published = std::get<PublishedMessage>(message.state);
    if (!published.review)
        published.review = Review{.reasons = {HoldReason::flagged},
            .caught = {},
            .flags = 0,
            .since = context.stamp.at,
            .claim = {},
            .changed_by = {}};
    ++published.review->flags;
    message.flagged_by.insert(event.by);
    room.chat.authors[event.by].open_flags.insert(message.id);
    put_in_queue(room, context, message, {});
    note_sign(room, context, event.by);
}

void apply(Room& room, const Context& context, const ReviewEnded& event) {
    auto* known = find_message(room, event.message);
    if (known == nullptr) return;
    auto& message = *known;
    std::get<PublishedMessage>(message.state).review.reset();
    take_from_queue(room, context, message);
}

// ---- time and end

void ChatRule::add_due(const Room& room, const Stamp& now, std::vector<Event>& out) const {
    for (const auto id : room.chat.under_review) {
        const auto* review = review_of(room.chat.messages.at(id));
        if (review->claim && now.at >= review->claim->until) out.emplace_back(ReviewClaimExpired{id});
    }
    if (!room.chat.unshown_reactions.empty() && now.at >= *room.chat.reactions_shown_at + reactions_shown_every)
        out.emplace_back(ReactionsShown{});
}

std::optional<RoomTime> ChatRule::next_due(const Room& room) const {
    std::optional<RoomTime> next;
    if (!room.chat.unshown_reactions.empty()) next = *room.chat.reactions_shown_at + reactions_shown_every;
    for (const auto id : room.chat.under_review) {
        const auto* review = review_of(room.chat.messages.at(id));
        if (review->claim && (!next || review->claim->until < *next)) next = review->claim->until;
    }
    return next;
}

void ChatRule::add_phase_ends(const Room& room, const Context&, Phase next, std::vector<Event>& out) const {
    if (!is_end(next)) return;
    if (room.session.phase == Phase::rehearsal) {
        out.emplace_back(RehearsalChatCleared{});
        return;
    }
    for (const auto id : room.chat.under_review) {
        if (std::holds_alternative<HeldMessage>(room.chat.messages.at(id).state))
            out.emplace_back(
                MessageRejected{.message = id, .reason = {}, .kind_reason = KindReason::session_over, .by = {}});
        else
            out.emplace_back(ReviewEnded{id});
    }
}

std::optional<Change> see_review_item(const Room& room, MessageId id, const Viewer& viewer) {
    if (!viewer.is_staff()) return std::nullopt;
    const auto* message = find_message(room, id);
    const auto* review = message == nullptr ? nullptr : review_of(*message);
    if (review == nullptr) return Dropped{.kind = ChangeKind::review_item, .id = id.value};
    ReviewItem seen{.message = id, .author = message->author, .text = message->text, .reasons = review->reasons};
    seen.caught = review->caught;
    seen.flags = review->flags;
    seen.shown = std::holds_alternative<PublishedMessage>(message->state);
    seen.version = message->review_version;
    seen.since = review->since;
    if (review->claim) {
        seen.claimed_by = review->claim->by;
        seen.claimed_until = review->claim->until;
    }
    return seen;
}

}  // namespace etakahvila::domain
