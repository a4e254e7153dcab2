#pragma once

// What must hold of any room after any step, and of anything that it shows: asked by the laws, by
// the simulation and by the fuzz target of commands.

#include <optional>
#include <string>

#include "domain/room/room.hpp"

namespace etakahvila::testing {

/// Which promise of the floor the room breaks: one holder; one open request of a person and kind,
/// three replies to a turn; "next" is the first in the queue who is there; a round lasts as long as
/// somebody is left in it. Nothing when it breaks none.
std::optional<std::string> broken_promise(const domain::Room& room);

/// What is shown to this person that is the staff's or someone else's; nothing when it may be shown.
std::optional<std::string> shown_wrongly(domain::PersonId person, domain::Role role, const domain::Change& change);

}  // namespace etakahvila::testing
