#pragma once

#include <cstdint>
#include <string>

#include "base/stamp.hpp"
#include "protocol/messages.hpp"

namespace etakahvila::domain {

using namespace etakahvila::protocol;
using base::Milliseconds;
using base::Stamp;

/// The number of a step of the room. Steps are counted from 1 without gaps; what a step makes
/// (a message, a request, a turn) takes the step's number as its id.
using Seq = std::int64_t;

/// Who asks. The role is the server's record, never what a client said.
struct Actor {
    PersonId person;
    Role role = Role::participant;
    ConnectionId connection;
};

/// The circumstances of one decision: who asks, when it reached the room, and which step it is.
struct Context {
    Actor actor;
    Stamp stamp;
    Seq seq{};
    /// The client's id for the command; empty for the server's own steps, and when a step is applied.
    std::string command_id;

    template <class SomeId>
    SomeId new_id() const {
        return SomeId{seq};
    }
};

constexpr bool is_staff(Role role) {
    return role == Role::facilitator || role == Role::moderator || role == Role::coordinator;
}

}  // namespace etakahvila::domain
