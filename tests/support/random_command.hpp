#pragma once

// Commands as chance has them: about what is in the room, as a rule, and now and then about what
// is not.

#include "domain/room/room.hpp"
#include "support/chance.hpp"

namespace etakahvila::testing {

/// Someone of whom no room has heard.
inline constexpr std::int64_t stranger = 999;

/// Any command there is; the people it may name are 1 to `people`.
domain::Command any_command(Chance& chance, const domain::Room& room, std::int64_t people);

/// What would bring a room that is not live nearer to it.
domain::Command next_phase(Chance& chance, const domain::Room& room);

/// Of the commands that turn the whole room over there are few in a day.
bool is_rare(const domain::Command& command);

/// What only the one can take back who did it: the command and its giver are made to fit.
void go_back_on(const domain::Room& room, domain::Command& command, domain::PersonId& person);

/// Whether the room as it is would refuse it.
bool is_refused(const domain::Room& room, domain::Actor actor, const domain::Command& command, domain::Stamp now);

}  // namespace etakahvila::testing
