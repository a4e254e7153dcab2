#include "player/view.hpp"

#include <algorithm>
#include <tuple>

namespace etakahvila::player {

using namespace protocol;

namespace {

bool is_published(const Message& message) {
    return message.state == MessageState::published && message.channel == Channel::room;
}

}  // namespace

void View::begin(const Welcome& welcome) {
    if (welcome.resumed && is_begun_ && welcome.epoch == epoch_) return;
    const auto faults = faults_;
    *this = {};
    faults_ = faults;
    epoch_ = welcome.epoch;
    is_begun_ = true;
}

View::Taken View::take(const Batch& batch) {
    told_now_.clear();
    if (batch.from > have_) {
        ++faults_.gaps;
        return Taken::gap;
    }
    if (batch.to <= have_ && has_snapshot_) return Taken::skipped;
    const bool is_snapshot = !has_snapshot_;
    note_left_out(batch);
    for (const auto& change : batch.changes) {
        const auto key = kind_and_key(change);
        if (const auto* message = std::get_if<Message>(&change)) take_message(*message, is_snapshot);
        const auto known = things_.find(key);
        if (known != things_.end() && key.first == ChangeKind::message)
            by_place_.erase({std::get<Message>(known->second).place, key.second});
        if (std::holds_alternative<Dropped>(change)) {
            if (known != things_.end()) things_.erase(known);
            continue;
        }
        things_.insert_or_assign(key, change);
        if (const auto* message = std::get_if<Message>(&change)) by_place_.emplace(message->place, message->id.value);
    }
    for (const auto place : told_now_) last_place_ = std::max(last_place_, place);
    keep_newest();
    have_ = batch.to;
    if (is_snapshot) {
        began_at_ = batch.to;
        has_snapshot_ = true;
        told_now_.clear();
    }
    return Taken::applied;
}

/// Whoever was away for long is told the newest messages only.
void View::note_left_out(const Batch& batch) {
    std::size_t newer = 0;
    std::int64_t first = INT64_MAX;
    for (const auto& change : batch.changes) {
        const auto* message = std::get_if<Message>(&change);
        if (message == nullptr || message->id.value <= have_) continue;
        ++newer;
        first = std::min(first, message->place);
    }
    if (has_snapshot_ && newer >= messages_kept) left_out_.emplace_back(last_place_, first);
}

bool View::is_left_out(std::int64_t place) const {
    return std::any_of(left_out_.begin(), left_out_.end(),
        [&](const auto& between) { return place > between.first && place < between.second; });
}

void View::take_message(const Message& message, bool is_snapshot) {
    if (!is_published(message)) {
        if (is_snapshot) ++others_at_first_;
        return;
    }
    if (is_snapshot) {
        told_at_first_.insert(message.place);
        last_place_ = std::max(last_place_, message.place);
        return;
    }
    if (told_at_first_.contains(message.place) || told_later_.contains(message.place)) {
        const auto* known = this->message(message.id);
        if (known != nullptr && *known == message) ++faults_.doubled;
        return;
    }
    if (message.place <= last_place_) ++faults_.reordered;
    told_later_.insert(message.place);
    told_now_.push_back(message.place);
}

void View::keep_newest() {
    while (by_place_.size() > messages_kept) {
        things_.erase({ChangeKind::message, by_place_.begin()->second});
        by_place_.erase(by_place_.begin());
    }
}

std::vector<const FloorRequest*> View::queue() const {
    std::vector<const FloorRequest*> waiting;
    for (const auto* request : all<FloorRequest>()) {
        if (request->state == FloorRequestState::accepted) waiting.push_back(request);
    }
    static const std::vector<RequestId> none;
    const auto& line_up = floor() == nullptr ? none : floor()->line_up;
    const auto place = [&](const FloorRequest* request) {
        const auto found = std::find(line_up.begin(), line_up.end(), request->id);
        return std::tuple{request->kind != FloorRequestKind::reply, found - line_up.begin(), request->id};
    };
    std::sort(waiting.begin(), waiting.end(), [&](const auto* a, const auto* b) { return place(a) < place(b); });
    return waiting;
}

const FloorRequest* View::waiting(PersonId person) const {
    for (const auto* request : queue()) {
        if (request->beneficiary == person) return request;
    }
    return nullptr;
}

}  // namespace etakahvila::player
