#pragma once

#include <utility>

#include "domain/room/event.hpp"

namespace etakahvila::domain {

/// The answer to a command: events, or a refusal with a word.
class Decision {
public:
    Decision(RefusalWord word) : refusal_{Refusal{.word = word, .standing = {}, .by = {}, .wait_seconds = {}}} {}
    Decision(const Refusal& refusal) : refusal_{refusal} {}
    Decision(std::vector<Event> events) : events_{std::move(events)} {}

    const std::optional<Refusal>& refusal() const { return refusal_; }
    const std::vector<Event>& events() const { return events_; }

    /// The same, with a ballot that goes beside the events.
    Decision with(Ballot ballot) && {
        ballot_ = std::move(ballot);
        return std::move(*this);
    }
    const std::optional<Ballot>& ballot() const { return ballot_; }

private:
    std::optional<Refusal> refusal_;
    std::vector<Event> events_;
    std::optional<Ballot> ballot_;
};

/// A decision of these events, in this order.
template <class... Events>
Decision done(Events&&... events) {
    std::vector<Event> all;
    all.reserve(sizeof...(events));
    (all.emplace_back(std::forward<Events>(events)), ...);
    return all;
}

inline Refusal refused(RefusalWord word, std::optional<std::int64_t> standing = {}, std::optional<PersonId> by = {},
    std::optional<std::int64_t> wait_seconds = {}) {
    return Refusal{.word = word, .standing = standing, .by = by, .wait_seconds = wait_seconds};
}

}  // namespace etakahvila::domain
