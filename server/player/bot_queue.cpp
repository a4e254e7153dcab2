#include "player/bot_queue.hpp"

#include <algorithm>
#include <set>

namespace etakahvila::player {

bool BotQueue::waits_in_room(PersonNumber person) const {
    return std::any_of(entries_.begin(), entries_.end(),
        [&](const Entry& entry) { return entry.person == person && !entry.crossed_out_by; });
}

void BotQueue::asked(PersonNumber person) {
    Entry entry{.person = person, .crossed_out_by = {}};
    if (waits_in_room(person)) entry.crossed_out_by = QueueRule::one_open_request_per_person;
    entries_.push_back(entry);
}

void BotQueue::took_back(PersonNumber person) { take_first(person, QueueRule::taking_back_ends_the_waiting); }
void BotQueue::granted(PersonNumber person) { take_first(person, QueueRule::a_turn_ends_the_waiting); }

/// The bot strikes the person's first place; in the room they wait no more.
void BotQueue::take_first(PersonNumber person, QueueRule rule) {
    const auto first = std::find_if(
        entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.person == person; });
    if (first != entries_.end()) entries_.erase(first);
    for (auto& entry : entries_) {
        if (entry.person == person && !entry.crossed_out_by) entry.crossed_out_by = rule;
    }
}

void BotQueue::left(PersonNumber person) {
    for (auto& entry : entries_) {
        if (entry.person == person && !entry.crossed_out_by)
            entry.crossed_out_by = QueueRule::leaving_gives_up_the_place;
    }
}

BotQueue::Verdict BotQueue::judge(
    const std::vector<PersonNumber>& answer, const std::vector<PersonNumber>& rooms) const {
    if (first_places(answer) == rooms) return {.kind = Verdict::Kind::matched, .rules = {}};
    std::vector<PersonNumber> bots;
    std::vector<PersonNumber> by_the_rules;
    std::set<PersonNumber> seen;
    std::set<QueueRule> rules;
    for (const auto& entry : entries_) {
        bots.push_back(entry.person);
        if (!entry.crossed_out_by) by_the_rules.push_back(entry.person);
        // Only a first place that is crossed out makes a difference.
        if (seen.insert(entry.person).second && entry.crossed_out_by) rules.insert(*entry.crossed_out_by);
    }
    if (bots != answer || by_the_rules != rooms) return {.kind = Verdict::Kind::unmatched, .rules = {}};
    return {.kind = Verdict::Kind::explained, .rules = {rules.begin(), rules.end()}};
}

std::vector<PersonNumber> first_places(const std::vector<PersonNumber>& queue) {
    std::vector<PersonNumber> first;
    for (const auto person : queue) {
        if (std::find(first.begin(), first.end(), person) == first.end()) first.push_back(person);
    }
    return first;
}

}  // namespace etakahvila::player
