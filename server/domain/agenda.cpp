#include "domain/agenda.hpp"

#include <algorithm>

#include "domain/room.hpp"
#include "domain/text.hpp"

namespace etakahvila::domain {
namespace {

const AgendaItem* find_item(const Room& room, AgendaItemId item) {
    const auto& items = room.agenda.items;
    const auto found = std::find_if(items.begin(), items.end(), [&](const auto& each) { return each.id == item; });
    return found == items.end() ? nullptr : &*found;
}

}  // namespace

Decision decide(const Room& room, const Asked&, const SetCurrentItem& asks) {
    if (find_item(room, asks.item) == nullptr) return RefusalWord::not_found;
    return done(ItemBegun{asks.item});
}

Decision decide(const Room& room, const Asked&, const ExtendItem& asks) {
    const auto* item = room.agenda.current ? find_item(room, *room.agenda.current) : nullptr;
    if (item == nullptr) return RefusalWord::not_found;
    if (item->minutes + asks.minutes > item_minutes_max) return RefusalWord::not_now;
    return done(ItemExtended{.item = item->id, .minutes = asks.minutes});
}

Decision decide(const Room& room, const Asked& asked, const ParkQuestion& asks) {
    QuestionParked parked{.parked = asked.new_id<ParkedId>(), .text = {}, .asked_by = {}, .message = asks.message, .by = asked.actor.person};
    std::string words = asks.text.value_or("");
    const auto* message = asks.message ? find_message(room, *asks.message) : nullptr;
    if (asks.message) {
        if (message == nullptr) return RefusalWord::not_found;
        if (std::holds_alternative<HeldMessage>(message->state)) {
            if (auto refusal = why_not_decide(asked, *message, asks.version)) return *refusal;
        } else if (!std::holds_alternative<PublishedMessage>(message->state)) {
            // What its author took back, or a moderator did not let through, is not brought up again.
            return refused(RefusalWord::already_handled, message->id.value, decided_by(*message));
        }
        parked.asked_by = message->author;
        if (words.empty()) words = message->text.substr(0, message->text.find('\n'));
    }
    const auto text = clean_text(words, message_code_points_max);
    if (text.fault) return *text.fault;
    parked.text = text.value;
    std::vector<Event> events;
    events.emplace_back(std::move(parked));
    if (message != nullptr) add_message_turned(asked, *message, KindReason::turned_into_parked_question, events);
    return events;
}

Decision decide(const Room& room, const Asked& asked, const ResolveParked& asks) {
    const auto found = room.agenda.parked.find(asks.parked);
    if (found == room.agenda.parked.end()) return RefusalWord::not_found;
    if (found->second.state == asks.state) return refused(RefusalWord::already_handled, asks.parked.value);
    return done(ParkedResolved{.parked = asks.parked, .state = asks.state, .by = asked.actor.person});
}

void apply(Room& room, const Asked& asked, const ItemBegun& event) {
    room.agenda.current = event.item;
    room.agenda.since = asked.stamp.at;
    room.touch(asked, ChangeKind::agenda);
}

void apply(Room& room, const Asked& asked, const ItemExtended& event) {
    for (auto& item : room.agenda.items) {
        if (item.id == event.item) item.minutes = std::min(item.minutes + event.minutes, item_minutes_max);
    }
    room.touch(asked, ChangeKind::agenda);
}

void apply(Room& room, const Asked& asked, const QuestionParked& event) {
    room.agenda.parked[event.parked] = {.id = event.parked, .text = event.text, .asked_by = event.asked_by, .message = event.message, .at = asked.stamp.at};
    room.touch(asked, ChangeKind::parked_question, event.parked);
}

void apply(Room& room, const Asked& asked, const ParkedResolved& event) {
    if (const auto found = room.agenda.parked.find(event.parked); found != room.agenda.parked.end()) found->second.state = event.state;
    room.touch(asked, ChangeKind::parked_question, event.parked);
}

std::optional<Change> see_agenda(const Room& room, const Viewer&) {
    return Agenda{.items = room.agenda.items, .current = room.agenda.current, .since = room.agenda.current ? std::optional{room.agenda.since} : std::nullopt};
}

std::optional<Change> see(const Room& room, ParkedId id, const Viewer&) {
    const auto found = room.agenda.parked.find(id);
    if (found == room.agenda.parked.end()) return Dropped{.kind = ChangeKind::parked_question, .id = id.value};
    const auto& parked = found->second;
    return ParkedQuestion{.id = id, .text = parked.text, .asked_by = parked.asked_by, .message = parked.message, .state = parked.state, .at = parked.at};
}

}  // namespace etakahvila::domain
