#include "support/client_view.hpp"

#include <algorithm>
#include <tuple>

#include "base/json.hpp"

namespace etakahvila::testing {

using namespace protocol;

namespace {

ThingRef ref(const RoomInfo&) { return {ChangeKind::room, 0}; }
ThingRef ref(const Agenda&) { return {ChangeKind::agenda, 0}; }
ThingRef ref(const ParkedQuestion& thing) { return {ChangeKind::parked_question, thing.id.value}; }
ThingRef ref(const Person& thing) { return {ChangeKind::person, thing.id.value}; }
ThingRef ref(const FloorInfo&) { return {ChangeKind::floor, 0}; }
ThingRef ref(const FloorRequest& thing) { return {ChangeKind::floor_request, thing.id.value}; }
ThingRef ref(const Turn&) { return {ChangeKind::turn, 0}; }
ThingRef ref(const Round&) { return {ChangeKind::round, 0}; }
ThingRef ref(const Contribution& thing) { return {ChangeKind::contribution, thing.person.value}; }
ThingRef ref(const ChatInfo&) { return {ChangeKind::chat, 0}; }
ThingRef ref(const Message& thing) { return {ChangeKind::message, thing.id.value}; }
ThingRef ref(const ReviewItem& thing) { return {ChangeKind::review_item, thing.message.value}; }
ThingRef ref(const HelpRequest& thing) { return {ChangeKind::help_request, thing.id.value}; }
ThingRef ref(const HelpLine& thing) { return {ChangeKind::help_line, thing.id.value}; }
ThingRef ref(const AttendanceLine& thing) { return {ChangeKind::attendance_line, thing.person.value}; }
ThingRef ref(const Checkpoint&) { return {ChangeKind::checkpoint, 0}; }
ThingRef ref(const AttendanceDay&) { return {ChangeKind::attendance_day, 0}; }
ThingRef ref(const Dropped& thing) { return {thing.kind, thing.id}; }

}  // namespace

ThingRef thing_of(const Change& change) {
    return std::visit([](const auto& thing) { return ref(thing); }, change);
}

void ClientView::take(const std::vector<Change>& changes) {
    for (const auto& change : changes) {
        if (std::holds_alternative<Dropped>(change)) things_.erase(thing_of(change));
        else things_.insert_or_assign(thing_of(change), change);
    }
    auto known = messages();
    while (known.size() > domain::messages_shown_max) {
        things_.erase({ChangeKind::message, known.front()->id.value});
        known.erase(known.begin());
    }
}

std::vector<const FloorRequest*> ClientView::queue() const {
    std::vector<const FloorRequest*> waiting;
    for (const auto* request : all<FloorRequest>()) {
        if (request->state == FloorRequestState::accepted) waiting.push_back(request);
    }
    const auto place = [&](const FloorRequest* request) {
        const auto& line_up = floor()->line_up;
        const auto found = std::find(line_up.begin(), line_up.end(), request->id);
        return std::tuple{request->kind != FloorRequestKind::reply, found - line_up.begin(), request->id};
    };
    std::sort(waiting.begin(), waiting.end(), [&](const auto* a, const auto* b) { return place(a) < place(b); });
    return waiting;
}

std::vector<const Message*> ClientView::messages() const {
    auto found = all<Message>();
    std::sort(found.begin(), found.end(), [](const auto* a, const auto* b) { return std::tie(a->place, a->id) < std::tie(b->place, b->id); });
    return found;
}

std::string ClientView::difference(const ClientView& other) const {
    std::string out;
    for (const auto& [ref, thing] : things_) {
        const auto theirs = other.things_.find(ref);
        if (theirs == other.things_.end()) out += "only here:  " + base::json::to_text(thing) + "\n";
        else if (theirs->second != thing) out += "here:       " + base::json::to_text(thing) + "\nthere:      " + base::json::to_text(theirs->second) + "\n";
    }
    for (const auto& [ref, thing] : other.things_) {
        if (!things_.contains(ref)) out += "only there: " + base::json::to_text(thing) + "\n";
    }
    return out;
}

}  // namespace etakahvila::testing
