#pragma once

#include "domain/room/context.hpp"

namespace etakahvila::domain {

/// What somebody chose in the poll that is open. It goes beside the step that says that they have answered, and never
/// into it: the store keeps it as a row that is written in the step's own commit, hands the rows over when the room is
/// loaded, and lets them go with the step that ends its poll (poll.hpp).
struct Ballot {
    PollId poll;
    PersonId person;
    /// Counted from 0, in order, each once.
    std::vector<std::int64_t> options;

    bool operator==(const Ballot&) const = default;
};

}  // namespace etakahvila::domain
