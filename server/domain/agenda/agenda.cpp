#include "domain/agenda/agenda.hpp"

#include <algorithm>
#include <utility>

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

/// Whether its first words are everyone's.
bool is_of_all(const Room& room, const Parked& parked) {
    if (parked.came) return parked.came->seen_by == SeenBy::all;
    return !parked.message || is_shown(find_message(room, *parked.message));
}

bool is_for_all(const Room& room, const Parked& parked) { return parked.shown_as || is_of_all(room, parked); }

bool is_taken_back(const Room& room, const Parked& parked) {
    const auto* message = parked.message ? find_message(room, *parked.message) : nullptr;
    const auto* retracted = message != nullptr ? std::get_if<RetractedMessage>(&message->state) : nullptr;
    return retracted != nullptr && retracted->by == message->author;
}

CarriedWords words_carried(const Room& room, const Parked& parked) {
    CarriedWords words{.text = parked.shown_as.value_or(parked.text),
        .seen_by = is_for_all(room, parked) ? SeenBy::all : SeenBy::staff,
        .is_anew = parked.shown_as.has_value()};
    if (parked.came) words.asked_at = parked.came->asked_at;
    return words;
}

/// The question that came as this one; null when none did.
const Parked* that_came_as(const Room& room, CarriedId carried) {
    const auto& all = room.agenda.parked;
    const auto found = std::find_if(all.begin(), all.end(),
        [&](const auto& entry) { return entry.second.came && entry.second.came->as == carried; });
    return found == all.end() ? nullptr : &found->second;
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
    if (parked.came) seen.carried_from = parked.came->asked_at;
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
    const auto& parked = found->second;
    if (parked.state == command.state) return refused(RefusalWord::already_handled, command.parked.value);
    ParkedResolved resolved{.parked = command.parked, .state = command.state, .by = context.actor.person};
    const bool is_rehearsed = room.session.phase == Phase::rehearsal;
    if (parked.came && !is_rehearsed) resolved.came_as = parked.came->as;
    if (command.state == ParkedState::carried) {
        if (!parked.shown_as && is_taken_back(room, parked))
            return refused(RefusalWord::already_handled, command.parked.value, parked.asked_by);
        if (!is_rehearsed) resolved.carried = words_carried(room, parked);
    }
    return done(std::move(resolved));
}

Decision decide(const Room& room, const Context& context, const ShowParked& command) {
    const auto found = room.agenda.parked.find(command.parked);
    if (found == room.agenda.parked.end()) return RefusalWord::not_found;
    const auto& parked = found->second;
    auto text = text::clean_text(command.text, parked_code_points_max);
    if (text.fault) return *text.fault;
    if (!is_of_all(room, parked) && is_said_again(room, parked, text.value))
        return refused(RefusalWord::invalid, command.parked.value);
    if (text.value == parked.shown_as) return done();
    return done(ParkedShown{.parked = command.parked, .text = std::move(text.value), .by = context.actor.person});
}

Decision decide(const Room& room, const Context& context, const KnowCarried& input) {
    std::vector<Event> events;
    for (const auto& [id, parked] : room.agenda.parked) {
        const auto is_it = [&](const CarriedQuestion& question) { return question.id == parked.came->as; };
        if (parked.came && std::none_of(input.questions.begin(), input.questions.end(), is_it))
            events.emplace_back(QuestionSentOn{id});
    }
    if (is_over(room.session.phase)) return events;
    bool is_id_taken = false;
    for (const auto& question : input.questions) {
        const auto* known = that_came_as(room, question.id);
        if (known != nullptr && known->text == question.text && known->came->seen_by == question.seen_by) continue;
        if (known == nullptr && std::exchange(is_id_taken, true)) continue;
        events.emplace_back(QuestionBroughtUp{.parked = known != nullptr ? known->id : context.new_id<ParkedId>(),
            .carried = question.id,
            .text = question.text,
            .seen_by = question.seen_by,
            .asked_at = question.asked_at});
    }
    return events;
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
        .shown_as = {},
        .came = {}};
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

void apply(Room&, const Context&, const CarriedWithdrawn&) {
    // The records' alone: who may see it here goes by its message.
}

void apply(Room& room, const Context& context, const QuestionBroughtUp& event) {
    const auto [found, is_new] = room.agenda.parked.try_emplace(event.parked);
    auto& parked = found->second;
    if (is_new) parked.at = context.stamp.at;
    parked.id = event.parked;
    parked.text = event.text;
    parked.came = {.as = event.carried, .seen_by = event.seen_by, .asked_at = event.asked_at};
    touch(room, context, parked);
}

void apply(Room& room, const Context& context, const QuestionSentOn& event) {
    const auto found = room.agenda.parked.find(event.parked);
    if (found == room.agenda.parked.end()) return;
    auto& parked = found->second;
    if (parked.shown_as) {
        // The staff's own words are theirs; of its author's nothing stays.
        parked.text = *std::exchange(parked.shown_as, std::nullopt);
        parked.came.reset();
        return touch(room, context, parked);
    }
    if (parked.was_for_all)
        room.touch(context, ChangeKind::parked_question, event.parked);
    else
        room.touch_for_staff(context, ChangeKind::parked_question, event.parked);
    room.agenda.parked.erase(found);
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

void AgendaRule::add_follows(const Room& room, const Context&, std::vector<Event>& events) const {
    if (room.session.phase == Phase::rehearsal) return;
    std::vector<Event> withdrawn;
    for (const auto& event : events) {
        const auto* retracted = std::get_if<MessageRetracted>(&event.any());
        if (retracted == nullptr) continue;
        for (const auto& [id, parked] : room.agenda.parked) {
            if (parked.message != retracted->message || parked.state != ParkedState::carried || parked.shown_as)
                continue;
            withdrawn.emplace_back(CarriedWithdrawn{.parked = id, .for_staff = retracted->by != parked.asked_by});
        }
    }
    events.insert(events.end(), withdrawn.begin(), withdrawn.end());
}

void AgendaRule::clear(Room& room, const Context& context) const {
    std::map<ParkedId, Parked> came;
    for (const auto& [id, parked] : room.agenda.parked) {
        room.touch(context, ChangeKind::parked_question, id);
        if (!parked.came) continue;
        auto& again = came[id];
        again.id = id;
        again.text = parked.text;
        again.at = parked.at;
        again.came = parked.came;
        again.was_for_all = parked.was_for_all;
    }
    room.agenda = {};
    room.agenda.parked = std::move(came);
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

// ---- keeping

void AgendaRule::add_kept(const Room& room, RoomCompacted& out) const {
    out.agenda = {.items = room.agenda.items, .current = room.agenda.current, .since = room.agenda.since};
}

void AgendaRule::note_kept(Room& room, const Context&, const RoomCompacted& event) const {
    room.agenda.items = event.agenda.items;
    room.agenda.current = event.agenda.current;
    room.agenda.since = event.agenda.since;
}

}  // namespace etakahvila::domain
