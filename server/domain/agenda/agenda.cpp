#include "domain/agenda/agenda.hpp"

#include <algorithm>

#include "domain/room/room.hpp"
#include "text/text.hpp"

namespace etakahvila::domain {
namespace {

const AgendaItem* find_item(const Room& room, AgendaItemId item) {
    const auto& items = room.agenda.items;
    const auto found = std::find_if(items.begin(), items.end(), [&](const auto& each) { return each.id == item; });
    return found == items.end() ? nullptr : &*found;
}

/// Whether everyone sees the message now. One that is not known is nobody's to show.
bool is_shown(const ChatMessage* message) {
    return message != nullptr && message->channel == Channel::room &&
           std::holds_alternative<PublishedMessage>(message->state);
}

bool is_for_all(const Room& room, const Parked& parked) {
    return parked.shown_as || !parked.message || is_shown(find_message(room, *parked.message));
}

void touch(Room& room, const Context& context, Parked& parked) {
    if (is_for_all(room, parked)) parked.was_for_all = true;
    room.touch(context, ChangeKind::parked_question, parked.id);
}

/// The author and the staff see whether it is kept.
void touch_message(Room& room, const Context& context, const Parked& parked) {
    if (parked.message) room.touch(context, ChangeKind::message, *parked.message);
}

/// The same words to an eye that is not careful: case, spaces, points and look-alikes apart.
bool is_said_again(const Room& room, const Parked& parked, std::string_view words) {
    const auto* message = parked.message ? find_message(room, *parked.message) : nullptr;
    return text::look_alike(words, parked.text) || (message != nullptr && text::look_alike(words, message->text));
}

void set_agenda(Room& room, const Context& context, const std::vector<AgendaItem>& planned) {
    auto& agenda = room.agenda;
    // What was changed in the room itself stays, as long as the plan's agenda is the one that it was.
    if (agenda.items.empty() || planned != room.session.plan.agenda) agenda.items = planned;
    const bool is_there = std::any_of(
        agenda.items.begin(), agenda.items.end(), [&](const auto& item) { return item.id == agenda.current; });
    if (!is_there) {
        agenda.current = agenda.items.empty() ? std::nullopt : std::optional{agenda.items.front().id};
        agenda.since.reset();
    }
    room.touch(context, ChangeKind::agenda);
}

/// The current item begins, where the clock runs and it has not.
void start_agenda(Room& room, const Context& context) {
    auto& agenda = room.agenda;
    if (!is_running(room.session.phase) || !agenda.current || agenda.since) return;
    agenda.since = context.stamp.at;
    room.touch(context, ChangeKind::agenda);
}

Agenda see_agenda(const Room& room) {
    return Agenda{.items = room.agenda.items, .current = room.agenda.current, .since = room.agenda.since};
}

std::optional<Change> see_parked(const Room& room, ParkedId id, const Viewer& viewer) {
    const Dropped dropped{.kind = ChangeKind::parked_question, .id = id.value};
    const auto found = room.agenda.parked.find(id);
    if (found == room.agenda.parked.end()) return dropped;
    const auto& parked = found->second;
    const bool is_everyones = is_for_all(room, parked);
    ParkedQuestion seen{.id = id,
        .text = parked.text,
        .state = parked.state,
        .at = parked.at,
        .seen_by = is_everyones ? SeenBy::all : SeenBy::staff};
    if (viewer.is_staff()) {
        seen.asked_by = parked.asked_by;
        seen.message = parked.message;
        seen.shown_as = parked.shown_as;
        return seen;
    }
    if (!is_everyones) return parked.was_for_all ? std::optional<Change>{dropped} : std::nullopt;
    if (parked.shown_as) seen.text = *parked.shown_as;
    return seen;
}

}  // namespace

Decision decide(const Room& room, const Context&, const SetCurrentItem& command) {
    if (find_item(room, command.item) == nullptr) return RefusalWord::not_found;
    return done(ItemBegun{command.item});
}

Decision decide(const Room& room, const Context&, const ExtendItem& command) {
    const auto* item = room.agenda.current ? find_item(room, *room.agenda.current) : nullptr;
    if (item == nullptr) return RefusalWord::not_found;
    if (item->minutes + command.minutes > item_minutes_max) return RefusalWord::not_now;
    return done(ItemExtended{.item = item->id, .minutes = command.minutes});
}

Decision decide(const Room& room, const Context& context, const ParkQuestion& command) {
    QuestionParked parked{.parked = context.new_id<ParkedId>(),
        .text = {},
        .asked_by = {},
        .message = command.message,
        .by = context.actor.person};
    std::string words = command.text.value_or("");
    const auto* message = command.message ? find_message(room, *command.message) : nullptr;
    if (command.message) {
        if (message == nullptr) return RefusalWord::not_found;
        if (std::holds_alternative<HeldMessage>(message->state)) {
            if (auto refusal = why_not_decide(context, *message, command.version)) return *refusal;
        } else if (!std::holds_alternative<PublishedMessage>(message->state)) {
            // What its author took back, or a moderator did not let through, is not brought up again.
            return refused(RefusalWord::already_handled, message->id.value, decided_by(*message));
        }
        parked.asked_by = message->author;
        if (words.empty()) words = message->text.substr(0, message->text.find('\n'));
    }
    const auto text = text::clean_text(words, message_code_points_max);
    if (text.fault) return *text.fault;
    parked.text = text.value;
    std::vector<Event> events;
    events.emplace_back(std::move(parked));
    if (message != nullptr) add_message_turned(context, *message, KindReason::turned_into_parked_question, events);
    return events;
}

Decision decide(const Room& room, const Context& context, const ResolveParked& command) {
    const auto found = room.agenda.parked.find(command.parked);
    if (found == room.agenda.parked.end()) return RefusalWord::not_found;
    if (found->second.state == command.state) return refused(RefusalWord::already_handled, command.parked.value);
    return done(ParkedResolved{.parked = command.parked, .state = command.state, .by = context.actor.person});
}

Decision decide(const Room& room, const Context& context, const ShowParked& command) {
    const auto found = room.agenda.parked.find(command.parked);
    if (found == room.agenda.parked.end()) return RefusalWord::not_found;
    const auto& parked = found->second;
    auto text = text::clean_text(command.text, parked_code_points_max);
    if (text.fault) return *text.fault;
    const bool is_of_nobody_else = !parked.message || is_shown(find_message(room, *parked.message));
    if (!is_of_nobody_else && is_said_again(room, parked, text.value))
        return refused(RefusalWord::invalid, command.parked.value);
    if (text.value == parked.shown_as) return done();
    return done(ParkedShown{.parked = command.parked, .text = std::move(text.value), .by = context.actor.person});
}

void apply(Room& room, const Context& context, const ItemBegun& event) {
    for_each_rule([&](const auto& rule) { rule.note_item_begins(room, context, event.item); });
    room.agenda.current = event.item;
    room.agenda.since.reset();
    if (is_running(room.session.phase)) room.agenda.since = context.stamp.at;
    room.touch(context, ChangeKind::agenda);
}

void apply(Room& room, const Context& context, const ItemExtended& event) {
    for (auto& item : room.agenda.items) {
        if (item.id == event.item) item.minutes = std::min(item.minutes + event.minutes, item_minutes_max);
    }
    room.touch(context, ChangeKind::agenda);
}

void apply(Room& room, const Context& context, const QuestionParked& event) {
    auto& parked = room.agenda.parked[event.parked];
    parked = {.id = event.parked,
        .text = event.text,
        .asked_by = event.asked_by,
        .message = event.message,
        .at = context.stamp.at,
        .shown_as = {}};
    touch(room, context, parked);
    touch_message(room, context, parked);
}

void apply(Room& room, const Context& context, const ParkedResolved& event) {
    const auto found = room.agenda.parked.find(event.parked);
    if (found == room.agenda.parked.end()) return;
    found->second.state = event.state;
    touch(room, context, found->second);
    touch_message(room, context, found->second);
}

void apply(Room& room, const Context& context, const ParkedShown& event) {
    const auto found = room.agenda.parked.find(event.parked);
    if (found == room.agenda.parked.end()) return;
    found->second.shown_as = event.text;
    touch(room, context, found->second);
}

bool is_kept(const Room& room, MessageId message) {
    const auto& all = room.agenda.parked;
    return std::any_of(all.begin(), all.end(), [&](const auto& entry) {
        return entry.second.message == message && entry.second.state != ParkedState::answered;
    });
}

// ---- what the room asks

void AgendaRule::note_planned(Room& room, const Context& context, const SessionPlan& plan) const {
    set_agenda(room, context, plan.agenda);
    start_agenda(room, context);
}

void AgendaRule::note_phase_begins(Room& room, const Context& context) const { start_agenda(room, context); }

void AgendaRule::note_message_shown(Room& room, const Context& context, MessageId message) const {
    for (auto& [id, parked] : room.agenda.parked) {
        if (parked.message == message) touch(room, context, parked);
    }
}

void AgendaRule::clear(Room& room, const Context& context) const {
    for (const auto& [id, parked] : room.agenda.parked) room.touch(context, ChangeKind::parked_question, id);
    room.agenda = {};
    set_agenda(room, context, room.session.plan.agenda);
}

void AgendaRule::add_things(const Room& room, const Viewer&, std::vector<ThingRef>& out) const {
    out.push_back({ChangeKind::agenda, 0});
    for (const auto& [id, parked] : room.agenda.parked) out.push_back({ChangeKind::parked_question, id.value});
}

std::optional<Change> AgendaRule::see(const Room& room, ThingRef thing, const Viewer& viewer) const {
    if (thing.kind == ChangeKind::agenda) return see_agenda(room);
    return see_parked(room, ParkedId{thing.id}, viewer);
}

}  // namespace etakahvila::domain
