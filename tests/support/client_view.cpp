#include "support/client_view.hpp"

#include <algorithm>
#include <tuple>

#include "base/json.hpp"

namespace etakahvila::testing {

using namespace protocol;

ThingRef thing_of(const Change& change) {
    const auto [kind, key] = kind_and_key(change);
    return {kind, key};
}

void ClientView::take(const std::vector<Change>& changes) {
    std::vector<Shared> shared;
    shared.reserve(changes.size());
    for (const auto& change : changes) shared.push_back(std::make_shared<const Change>(change));
    take(shared);
}

void ClientView::take(const std::vector<Shared>& changes) {
    for (const auto& change : changes) put(change);
    while (messages_.size() > domain::messages_shown_max) drop({ChangeKind::message, messages_.front().second});
}

void ClientView::put(const Shared& change) {
    const auto thing = thing_of(*change);
    if (std::holds_alternative<Dropped>(*change)) return drop(thing);
    auto at = things_.lower_bound(thing);
    const bool is_known = at != things_.end() && at->first == thing;
    if (const auto* message = std::get_if<Message>(change.get())) {
        if (is_known) take_out(std::get<Message>(*at->second));
        const std::pair place{message->place, message->id.value};
        messages_.insert(std::upper_bound(messages_.begin(), messages_.end(), place), place);
    }
    if (is_known)
        at->second = change;
    else
        things_.emplace_hint(at, thing, change);
}

void ClientView::drop(ThingRef thing) {
    const auto found = things_.find(thing);
    if (found == things_.end()) return;
    if (const auto* message = std::get_if<Message>(found->second.get())) take_out(*message);
    things_.erase(found);
}

void ClientView::take_out(const Message& message) {
    messages_.erase(std::lower_bound(messages_.begin(), messages_.end(), std::pair{message.place, message.id.value}));
}

bool ClientView::operator==(const ClientView& other) const {
    return std::equal(
        things_.begin(), things_.end(), other.things_.begin(), other.things_.end(), [](const auto& a, const auto& b) {
            return a.first == b.first && (a.second == b.second || *a.second == *b.second);
        });
}

std::vector<const FloorRequest*> ClientView::queue() const& {
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

std::vector<const Message*> ClientView::messages() const& {
    std::vector<const Message*> found;
    for (const auto& [place, id] : messages_) found.push_back(find<Message>(ChangeKind::message, id));
    return found;
}

std::string ClientView::difference(const ClientView& other) const {
    std::string out;
    for (const auto& [ref, thing] : things_) {
        const auto theirs = other.things_.find(ref);
        if (theirs == other.things_.end())
            out += "only here:  " + base::json::to_text(*thing) + "\n";
        else if (*theirs->second != *thing)
            out += "here:       " + base::json::to_text(*thing) +
                   "\nthere:      " + base::json::to_text(*theirs->second) + "\n";
    }
    for (const auto& [ref, thing] : other.things_) {
        if (!things_.contains(ref)) out += "only there: " + base::json::to_text(*thing) + "\n";
    }
    return out;
}

}  // namespace etakahvila::testing
