#include "voice/relay.hpp"

#include <algorithm>
#include <iterator>

namespace etakahvila::voice {

bool Floor::has(PersonId person) const { return std::binary_search(heard.begin(), heard.end(), person); }

Floor Floor::both(const Floor& other) const {
    Floor common;
    std::set_intersection(
        heard.begin(), heard.end(), other.heard.begin(), other.heard.end(), std::back_inserter(common.heard));
    if (holder == other.holder) common.holder = holder;
    return common;
}

void Relay::set_floor(Floor floor) {
    floor_ = std::move(floor);
    std::erase_if(speaking_, [&](const Speaking& one) { return !floor_.has(one.person); });
}

std::optional<Relay::Passed> Relay::take(VoiceId from, PersonId person, std::uint8_t flags, milliseconds now) {
    if (!floor_.has(person)) return std::nullopt;
    const bool is_sound = (flags & (spurt_ends | muted)) == 0;
    auto* speaking = place_of(person);
    if (speaking == nullptr && is_sound) speaking = make_place(person, now);
    if (speaking == nullptr) return std::nullopt;
    const auto before = speaking->voice;
    if (!is_heard(*speaking, from)) return std::nullopt;
    Passed passed{.speaker = speaker_id(person), .is_new = false, .flags = 0};
    // Sound that follows on nothing begins anew, whether or not its sender says so.
    if (before != from && is_sound) passed.flags = spurt_begins;
    passed.is_new = known_.emplace(person, passed.speaker).second;
    speaking->heard_at = now;
    if ((flags & muted) != 0) {
        speaking->voice.reset();
        speaking->begun.erase(from);
    }
    return passed;
}

Relay::Speaking* Relay::place_of(PersonId person) {
    const auto found = std::find_if(
        speaking_.begin(), speaking_.end(), [&](const Speaking& one) { return one.person == person; });
    return found == speaking_.end() ? nullptr : &*found;
}

Relay::Speaking* Relay::make_place(PersonId person, milliseconds now) {
    if (speaking_.size() == speakers_max) {
        auto makes_way = std::find_if(speaking_.begin(), speaking_.end(),
            [&](const Speaking& one) { return now - one.heard_at >= makes_way_after; });
        // The holder of the turn never waits: who began last does.
        if (makes_way == speaking_.end() && person == floor_.holder) makes_way = std::prev(speaking_.end());
        if (makes_way == speaking_.end()) return nullptr;
        speaking_.erase(makes_way);
    }
    return &speaking_.emplace_back(Speaking{.person = person, .heard_at = now, .voice = {}, .begun = {}});
}

bool Relay::is_heard(Speaking& speaking, VoiceId from) {
    const bool is_newest = speaking.begun.insert(from).second;
    if (is_newest || !speaking.voice) speaking.voice = from;
    return speaking.voice == from;
}

void Relay::gone(VoiceId voice) {
    for (auto& one : speaking_) {
        one.begun.erase(voice);
        if (one.voice == voice) one.voice.reset();
    }
}

std::uint16_t Relay::speaker_id(PersonId person) {
    const auto next = static_cast<std::uint16_t>(ids_.size() + 1);
    return ids_.try_emplace(person, next).first->second;
}

}  // namespace etakahvila::voice
