#include "domain/chat/chat.hpp"

#include <algorithm>

#include "domain/room/permission.hpp"
#include "domain/room/room.hpp"
#include "text/text.hpp"

namespace etakahvila::domain {
namespace {

using std::chrono::seconds;

const ChatAuthor& author_of(const Room& room, PersonId person) {
    static const ChatAuthor nothing_yet;
    const auto found = room.chat.authors.find(person);
    return found == room.chat.authors.end() ? nothing_yet : found->second;
}

/// The message of an event. An event of a message that is not known changes nothing.
Viewer viewer_of(const Context& context) {
    return {.audience = audience_of(context.actor.role), .person = context.actor.person};
}

/// The message, if the one who asks may know of it.
const ChatMessage* find_for(const Room& room, const Context& context, MessageId id) {
    const auto* message = find_message(room, id);
    return message != nullptr && may_see(*message, viewer_of(context)) ? message : nullptr;
}

std::int64_t seconds_until(RoomTime now, RoomTime then) { return std::chrono::ceil<seconds>(then - now).count(); }

/// Who handled it is for the staff to know.
Refusal already_handled(const Context& context, const ChatMessage& message) {
    return refused(RefusalWord::already_handled, message.id.value,
        is_staff(context.actor.role) ? decided_by(message) : std::nullopt);
}

/// Whether the person may write to the room at all now. Staff always may.
std::optional<Refusal> why_not_write(const Room& room, const Context& context) {
    const auto now = context.stamp.at;
    // In the debrief the staff are among themselves.
    if (room.session.phase == Phase::debrief) return refused(RefusalWord::not_now);
    if (auto refusal = why_silenced(room, context.actor.person, now)) return refusal;
    if (room.chat.mode == ChatMode::paused) return refused(RefusalWord::chat_paused);
    const auto& last = author_of(room, context.actor.person).last_sent;
    if (last && now < *last + seconds{room.chat.slow_seconds}) {
        return refused(RefusalWord::slow_mode, {}, {}, seconds_until(now, *last + seconds{room.chat.slow_seconds}));
    }
    return std::nullopt;
}

/// Whether a message to the channel may answer this one: everyone who reads the answer must be
/// able to read what it answers, or its tombstone.
bool may_be_answered(const ChatMessage& message, Channel channel) {
    return channel == Channel::staff || may_see(message, Viewer{.audience = Audience::participants, .person = {}});
}

void add_caught(MessageSent& sent, HoldReason reason, const std::optional<std::string>& caught) {
    if (!caught) return;
    sent.reasons.push_back(reason);
    sent.caught = sent.caught ? *sent.caught + ", " + *caught : *caught;
}

/// Why the message has to wait, by the mode and by each rule that catches it.
void add_hold_reasons(const Room& room, const Context& context, MessageSent& sent) {
    const auto& chat = room.chat;
    const auto& author = author_of(room, context.actor.person);
    if (chat.mode == ChatMode::first_held && author.published == 0) sent.reasons.push_back(HoldReason::first_message);
    if (chat.mode == ChatMode::all_held) sent.reasons.push_back(HoldReason::all_held);
    const auto& entries = room.session.plan.word_list;
    // Made ready with the first message of the day; until then here.
    add_caught(sent, HoldReason::word_list,
        chat.word_list.entries == entries ? find_listed_word(chat.word_list, sent.text)
                                          : find_listed_word(parse_word_list(entries), sent.text));
    add_caught(sent, HoldReason::link, find_link(sent.text));
    if (is_flood(author.sent, context.stamp.at)) sent.reasons.push_back(HoldReason::flood);
    if (is_repeated(author.sent, context.stamp.at, text_print(sent.text))) sent.reasons.push_back(HoldReason::repeated);
}

bool is_held_for(const ChatMessage& message, HoldReason reason) {
    const auto* held = std::get_if<HeldMessage>(&message.state);
    return held != nullptr &&
           std::find(held->review.reasons.begin(), held->review.reasons.end(), reason) != held->review.reasons.end();
}

bool has_flooded_the_queue(const Room& room, PersonId person) {
    const auto waiting = std::count_if(room.chat.under_review.begin(), room.chat.under_review.end(), [&](MessageId id) {
        const auto& message = room.chat.messages.at(id);
        return message.author == person && is_held_for(message, HoldReason::flood);
    });
    return static_cast<std::size_t>(waiting) >= flood_held_max;
}

void remember_sent(Room& room, const Context& context, const MessageSent& event) {
    auto& author = room.chat.authors[event.author];
    while (!author.sent.empty() && context.stamp.at - author.sent.front().at >= std::max(flood_window, repeated_window))
        author.sent.pop_front();
    author.sent.push_back({.at = context.stamp.at, .print = text_print(event.text)});
    author.last_sent = context.stamp.at;
    if (event.reasons.empty()) ++author.published;
}

void show_reactions(Room& room, const Context& context) {
    for (const auto id : room.chat.unshown_reactions) {
        auto& message = room.chat.messages.at(id);
        message.shown_reactions.clear();
        for (const auto& [reaction, people] : message.reactions) {
            if (!people.empty())
                message.shown_reactions.push_back(
                    {.reaction = reaction, .count = static_cast<std::int64_t>(people.size())});
        }
        room.touch(context, ChangeKind::message, id);
    }
    room.chat.unshown_reactions.clear();
    room.chat.reactions_shown_at = context.stamp.at;
}

}  // namespace

const ChatMessage* find_message(const Room& room, MessageId id) {
    const auto found = room.chat.messages.find(id);
    return found == room.chat.messages.end() ? nullptr : &found->second;
}

ChatMessage* find_message(Room& room, MessageId id) {
    const auto found = room.chat.messages.find(id);
    return found == room.chat.messages.end() ? nullptr : &found->second;
}

bool may_see(const ChatMessage& message, const Viewer& viewer) {
    if (viewer.is_staff()) return true;
    if (message.channel == Channel::staff) return false;
    if (viewer.is(message.author) || std::holds_alternative<PublishedMessage>(message.state)) return true;
    const auto* retracted = std::get_if<RetractedMessage>(&message.state);
    return retracted != nullptr && retracted->was_published;
}

// ---- commands

Decision decide(const Room& room, const Context& context, const SendMessage& command) {
    const bool is_by_staff = is_staff(context.actor.role);
    if (command.channel == Channel::staff && !is_by_staff) return RefusalWord::not_permitted;
    if (!is_by_staff) {
        if (auto refusal = why_not_write(room, context)) return *refusal;
    }
    auto text = text::clean_text(command.text, message_code_points_max);
    if (text.fault) return *text.fault;
    if (command.reply_to) {
        const auto* answered = find_for(room, context, *command.reply_to);
        if (answered == nullptr) return RefusalWord::not_found;
        if (!may_be_answered(*answered, command.channel)) return refused(RefusalWord::not_now, answered->id.value);
    }
    MessageSent sent{.message = context.new_id<MessageId>(),
        .author = context.actor.person,
        .channel = command.channel,
        .text = std::move(text.value),
        .reply_to = command.reply_to,
        .command = context.command_id,
        .reasons = {},
        .caught = {}};
    if (!is_by_staff) {
        add_hold_reasons(room, context, sent);
        const bool is_one_of_a_flood = std::find(sent.reasons.begin(), sent.reasons.end(), HoldReason::flood) !=
                                       sent.reasons.end();
        if (is_one_of_a_flood && has_flooded_the_queue(room, sent.author)) return RefusalWord::limit_reached;
    }
    return done(std::move(sent));
}

Decision decide(const Room& room, const Context& context, const RetractMessage& command) {
    const auto* message = find_for(room, context, command.message);
    if (message == nullptr) return RefusalWord::not_found;
    const bool is_own = message->author == context.actor.person;
    // To take away another's is a decision of those who may reject.
    if (!is_own && why_not(context.actor.role, RejectMessage{}, room.session.phase)) return RefusalWord::not_permitted;
    const bool is_held = std::holds_alternative<HeldMessage>(message->state);
    const auto* published = std::get_if<PublishedMessage>(&message->state);
    if (!is_held && published == nullptr) return already_handled(context, *message);
    if (is_own) return done(MessageRetracted{.message = message->id, .reason = {}, .by = context.actor.person});
    // One that waits is rejected, not taken away.
    if (is_held) return refused(RefusalWord::not_now, message->id.value);
    // One who names a version decides on the flags; if those are gone, so is what was decided on.
    if (published->review || command.version) {
        if (auto refusal = why_not_decide(context, *message, command.version.value_or(message->review_version)))
            return *refusal;
    }
    auto reason = text::clean_text(command.reason.value_or(""), reason_code_points_max);
    if (reason.fault) return *reason.fault;
    return done(
        MessageRetracted{.message = message->id, .reason = std::move(reason.value), .by = context.actor.person});
}

Decision decide(const Room& room, const Context& context, const FlagMessage& command) {
    const auto* message = find_for(room, context, command.message);
    if (message == nullptr) return RefusalWord::not_found;
    // What one has written oneself is taken back, and the staff's own channel has no review.
    if (message->author == context.actor.person || message->channel == Channel::staff)
        return RefusalWord::not_permitted;
    if (std::holds_alternative<HeldMessage>(message->state)) return refused(RefusalWord::not_now, message->id.value);
    if (!std::holds_alternative<PublishedMessage>(message->state)) return already_handled(context, *message);
    if (message->flagged_by.contains(context.actor.person))
        return refused(RefusalWord::already_requested, message->id.value);
    if (author_of(room, context.actor.person).open_flags.size() >= open_flags_max) return RefusalWord::limit_reached;
    return done(MessageFlagged{.message = message->id, .by = context.actor.person});
}

Decision decide(const Room& room, const Context& context, const ReactToMessage& command) {
    const auto* message = find_for(room, context, command.message);
    if (message == nullptr) return RefusalWord::not_found;
    if (std::holds_alternative<HeldMessage>(message->state)) return refused(RefusalWord::not_now, message->id.value);
    if (!std::holds_alternative<PublishedMessage>(message->state)) return already_handled(context, *message);
    const auto given = message->reactions.find(command.reaction);
    const bool is_on = given != message->reactions.end() && given->second.contains(context.actor.person);
    if (is_on == command.on) return done();
    return done(ReactionSet{
        .message = message->id, .by = context.actor.person, .reaction = command.reaction, .on = command.on});
}

Decision decide(const Room& room, const Context& context, const SetChatMode& command) {
    if (room.chat.mode == command.mode) return done();
    return done(ChatModeSet{.mode = command.mode, .by = context.actor.person});
}

Decision decide(const Room& room, const Context& context, const SetSlowMode& command) {
    if (room.chat.slow_seconds == command.seconds) return done();
    return done(SlowModeSet{.seconds = command.seconds, .by = context.actor.person});
}

Decision decide(const Room& room, const Context& context, const PinAnnouncement& command) {
    auto text = text::clean_one_line(command.text, announcement_code_points_max);
    // Nothing but spaces takes it away.
    if (text.fault && text.fault != RefusalWord::text_empty) return *text.fault;
    if (text.value == room.chat.announcement) return done();
    return done(AnnouncementPinned{.text = std::move(text.value), .by = context.actor.person});
}

// ---- events

void apply(Room& room, const Context& context, const MessageSent& event) {
    auto& chat = room.chat;
    auto& message = chat.messages[event.message];
    message = {.id = event.message,
        .author = event.author,
        .channel = event.channel,
        .text = event.text,
        .at = context.stamp.at,
        .place = context.seq,
        .reply_to = event.reply_to,
        .command = event.command,
        .state = PublishedMessage{},
        .review_version = 0,
        .flagged_by = {},
        .reactions = {},
        .shown_reactions = {}};
    chat.by_place[message.place] = message.id;
    if (!event.reasons.empty()) {
        message.review_version = 1;
        message.state = HeldMessage{.review = {.reasons = event.reasons,
                                        .caught = event.caught,
                                        .flags = 0,
                                        .since = context.stamp.at,
                                        .claim = {},
                                        .changed_by = {}}};
        chat.under_review.insert(message.id);
        room.touch(context, ChangeKind::review_item, message.id);
    }
    if (event.channel == Channel::room) remember_sent(room, context, event);
    if (chat.word_list.entries != room.session.plan.word_list)
        chat.word_list = parse_word_list(room.session.plan.word_list);
    room.touch(context, ChangeKind::message, message.id);
    if (event.channel == Channel::room && event.reasons.empty()) bring_into_view(room, context, event.author);
    note_sign(room, context, event.author);
}

void apply(Room& room, const Context& context, const ReactionSet& event) {
    auto* message = find_message(room, event.message);
    if (message == nullptr) return;
    auto& people = message->reactions[event.reaction];
    if (event.on)
        people.insert(event.by);
    else
        people.erase(event.by);
    room.chat.unshown_reactions.insert(event.message);
    const auto& last = room.chat.reactions_shown_at;
    if (!last || context.stamp.at >= *last + reactions_shown_every) show_reactions(room, context);
    note_sign(room, context, event.by);
}

void apply(Room& room, const Context& context, const ReactionsShown&) { show_reactions(room, context); }

void apply(Room& room, const Context& context, const ChatModeSet& event) {
    room.chat.mode = event.mode;
    room.touch(context, ChangeKind::chat);
}

void apply(Room& room, const Context& context, const SlowModeSet& event) {
    room.chat.slow_seconds = event.seconds;
    room.touch(context, ChangeKind::chat);
}

void apply(Room& room, const Context& context, const AnnouncementPinned& event) {
    room.chat.announcement = event.text;
    room.touch(context, ChangeKind::chat);
}

void apply(Room& room, const Context& context, const RehearsalChatCleared&) {
    // Older ones than a newcomer is shown are touched too: a client may keep them yet.
    for (const auto& [id, message] : room.chat.messages) {
        room.touch(context, ChangeKind::message, id);
        if (message.review_version > 0) room.touch(context, ChangeKind::review_item, id);
    }
    room.chat = {};
    room.touch(context, ChangeKind::chat);
}

void ChatRule::clear(Room& room, const Context& context) const { clear_all(room, context, *this); }

// ---- what is shown

namespace {

ChatInfo see_chat(const Room& room) {
    ChatInfo seen{.mode = room.chat.mode, .slow_seconds = room.chat.slow_seconds, .announcement = {}};
    if (!room.chat.announcement.empty()) seen.announcement = room.chat.announcement;
    return seen;
}

std::optional<Change> see_message(const Room& room, MessageId id, const Viewer& viewer) {
    const auto* message = find_message(room, id);
    if (message == nullptr) return Dropped{.kind = ChangeKind::message, .id = id.value};
    if (!may_see(*message, viewer)) return std::nullopt;

    const bool is_own = viewer.is(message->author);
    Message seen{.id = id, .place = message->place, .author = message->author, .channel = message->channel};
    seen.at = message->at;
    seen.reply_to = message->reply_to;
    if (is_own && !message->command.empty()) seen.command = message->command;
    if (viewer.is_staff()) seen.decided_by = decided_by(*message);
    if ((is_own || viewer.is_staff()) && is_kept(room, id)) seen.kept = true;
    const auto tell_why = [&](const std::string& reason) {
        if ((is_own || viewer.is_staff()) && !reason.empty()) seen.reason = reason;
    };
    if (std::holds_alternative<HeldMessage>(message->state)) {
        seen.state = MessageState::held;
        seen.text = message->text;
    } else if (std::holds_alternative<PublishedMessage>(message->state)) {
        seen.state = MessageState::published;
        seen.text = message->text;
        if (!message->shown_reactions.empty()) seen.reactions = message->shown_reactions;
    } else if (const auto* rejected = std::get_if<RejectedMessage>(&message->state)) {
        seen.state = MessageState::rejected;
        seen.text = message->text;
        seen.kind_reason = rejected->kind_reason;
        tell_why(rejected->reason);
    } else if (const auto* retracted = std::get_if<RetractedMessage>(&message->state)) {
        seen.state = MessageState::retracted;
        if (retracted->by == message->author) seen.by_author = true;
        tell_why(retracted->reason);
    }
    return seen;
}

}  // namespace

std::optional<Change> ChatRule::see(const Room& room, ThingRef thing, const Viewer& viewer) const {
    switch (thing.kind) {
        case ChangeKind::chat: return see_chat(room);
        case ChangeKind::message: return see_message(room, MessageId{thing.id}, viewer);
        case ChangeKind::review_item: return see_review_item(room, MessageId{thing.id}, viewer);
        default: return std::nullopt;
    }
}

void ChatRule::add_personal_viewers(const Room& room, ThingRef thing, std::vector<PersonId>& out) const {
    if (thing.kind != ChangeKind::message) return;
    if (const auto* message = find_message(room, MessageId{thing.id})) out.push_back(message->author);
}

void ChatRule::add_things(const Room& room, const Viewer& viewer, std::vector<ThingRef>& out) const {
    out.push_back({ChangeKind::chat, 0});
    const auto first = static_cast<std::ptrdiff_t>(out.size());
    std::size_t shown = 0;
    for (auto place = room.chat.by_place.rbegin(); place != room.chat.by_place.rend() && shown < messages_shown_max;
        ++place) {
        if (!may_see(room.chat.messages.at(place->second), viewer)) continue;
        out.push_back({ChangeKind::message, place->second.value});
        ++shown;
    }
    std::reverse(out.begin() + first, out.end());
    if (!viewer.is_staff()) return;
    for (const auto id : room.chat.under_review) out.push_back({ChangeKind::review_item, id.value});
}

void ChatRule::leave_out_old(const Room& room, Seq since, const Viewer& viewer, std::vector<ThingRef>& things) const {
    const auto is_new_message = [&](const ThingRef& thing) {
        return thing.kind == ChangeKind::message && thing.id > since;
    };
    if (std::count_if(things.begin(), things.end(), is_new_message) <= static_cast<std::ptrdiff_t>(messages_shown_max))
        return;
    std::vector<ThingRef> shown;
    add_things(room, viewer, shown);
    const std::set<ThingRef> is_shown{shown.begin(), shown.end()};
    std::erase_if(things, [&](const ThingRef& thing) { return is_new_message(thing) && !is_shown.contains(thing); });
}

std::vector<Change> messages_before(const Room& room, const Viewer& viewer, std::int64_t before, std::size_t count) {
    std::vector<Change> seen;
    const auto end = room.chat.by_place.lower_bound(before);
    for (auto place = std::make_reverse_iterator(end); place != room.chat.by_place.rend() && seen.size() < count;
        ++place) {
        if (!may_see(room.chat.messages.at(place->second), viewer)) continue;
        if (auto message = see_message(room, place->second, viewer)) seen.push_back(std::move(*message));
    }
    std::reverse(seen.begin(), seen.end());
    return seen;
}

// ---- keeping

void ChatRule::add_kept(const Room& room, RoomCompacted& out) const {
    out.chat = {.mode = room.chat.mode, .slow_seconds = room.chat.slow_seconds, .authors = {}};
    for (const auto& [person, author] : room.chat.authors) {
        if (author.published > 0) out.chat.authors.push_back({.person = person, .published = author.published});
    }
}

void ChatRule::note_kept(Room& room, const Context&, const RoomCompacted& event) const {
    room.chat.mode = event.chat.mode;
    room.chat.slow_seconds = event.chat.slow_seconds;
    for (const auto& author : event.chat.authors) room.chat.authors[author.person].published = author.published;
}

}  // namespace etakahvila::domain
