#pragma once

// An experience-story day (RULES.md): people are anonymous among themselves. Participants and guests go by nicknames
// of the plan's list, and who is here is no list that they see.
//
// What the rules leave open, decided here:
// - Staff keep their names: it is known who speaks for the house.
// - A nickname is somebody's for the day, and nobody else's, also when they have left. Another name under the same link
//   changes nothing.
// - Each is offered some of the free ones, from a place in the list of their own: two who choose at the same moment are
//   seldom offered the same.
// - Who comes in by a call of theirs is given the first that they are offered, unless staff name another of the list.
// - Who waits already when the day becomes one gets the first that they are offered.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/room/context.hpp"
#include "text/text.hpp"

namespace etakahvila::domain {

class Event;
struct Room;
struct SessionPlan;

inline constexpr std::size_t nicknames_offered = 12;

/// Whether this person goes by a nickname today.
bool has_nickname(const Room&, Role);

/// Those that nobody has, in an order of the person's own. Empty where names are people's own.
std::vector<std::string> offered_nicknames(const Room&, PersonId);

/// The nickname that is wanted, while it is free; else name_not_offered.
text::CleanText free_nickname(const Room&, std::string_view wanted);

/// Whoever has come in is called by a nickname from this plan on.
void add_nicknames(const Room&, const SessionPlan&, std::vector<Event>& out);

}  // namespace etakahvila::domain
