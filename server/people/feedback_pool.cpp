#include "people/feedback_pool.hpp"

#include <algorithm>

namespace etakahvila::people {
namespace {

/// Any order.
template <class T>
void shuffle(std::vector<T>& all, const RandomBytes& random) {
    for (auto left = all.size(); left > 1; --left) {
        std::uint64_t dice = 0;
        random(std::as_writable_bytes(std::span{&dice, 1}));
        std::swap(all[left - 1], all[dice % left]);
    }
}

}  // namespace

bool FeedbackPool::has(PersonId person) const {
    return std::any_of(
        waiting_.begin(), waiting_.end(), [&](const Waiting& waiting) { return waiting.person == person; });
}

void FeedbackPool::add(PersonId person, FeedbackAnswer answer, bool is_noted) {
    waiting_.push_back({.person = person, .answer = std::move(answer), .is_noted = is_noted});
}

std::size_t FeedbackPool::own() const {
    return static_cast<std::size_t>(
        std::count_if(waiting_.begin(), waiting_.end(), [](const Waiting& waiting) { return !waiting.is_noted; }));
}

FeedbackBatch FeedbackPool::first(std::size_t count) {
    given_out_ = count;
    FeedbackBatch batch;
    for (std::size_t place = 0; place < count; ++place) {
        batch.people.push_back(waiting_[place].person);
        batch.answers.push_back(waiting_[place].answer);
    }
    std::sort(batch.people.begin(), batch.people.end());
    std::sort(batch.answers.begin(), batch.answers.end());
    return batch;
}

std::optional<FeedbackBatch> FeedbackPool::next(const RandomBytes& random) {
    if (own() < 2 * feedback_together_min) return std::nullopt;
    // Any five of the ten, and what was noted for others.
    shuffle(waiting_, random);
    const auto others = std::stable_partition(
        waiting_.begin(), waiting_.end(), [](const Waiting& waiting) { return waiting.is_noted; });
    const auto noted = static_cast<std::size_t>(others - waiting_.begin());
    return first(noted + feedback_together_min);
}

std::optional<FeedbackBatch> FeedbackPool::last() {
    if (own() >= feedback_together_min) return first(waiting_.size());
    const auto own_ones = std::stable_partition(
        waiting_.begin(), waiting_.end(), [](const Waiting& waiting) { return waiting.is_noted; });
    const auto noted = static_cast<std::size_t>(own_ones - waiting_.begin());
    if (noted < feedback_together_min) return std::nullopt;
    return first(noted);
}

void FeedbackPool::forget_written() {
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(std::exchange(given_out_, 0)));
}

}  // namespace etakahvila::people
