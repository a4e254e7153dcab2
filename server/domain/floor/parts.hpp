#pragma once

// What the files of the floor share with each other. Other rules use floor.hpp.

#include "domain/room/room.hpp"

namespace etakahvila::domain {

const Request* find_request(const Room&, RequestId);
Request* find_request(Room&, RequestId);
/// Pending or in the queue.
bool is_waiting(const Request&);
/// Whether the person's line was lost while this waited: until when the place is kept.
std::optional<RoomTime> away_until(const Request&);
/// The request of this person and kind that waits; null when none does. There is one at most.
const Request* waiting_request(const Room&, PersonId, FloorRequestKind);
/// The first of the waiting list who is there; null when nobody is.
const Request* next_waiting(const Room&);
/// Without replies to the turn that was last asked about nobody waits to reply: those to an earlier
/// one have expired.
bool may_have_waiting_replies(const Floor&);
/// Why the chair cannot decide on a request that no longer waits: it has the floor, or it ended.
Refusal no_longer_waits(const Room&, const Request&);
/// Words that may be left out, made clean; nothing when none stay. They stop nothing.
std::optional<std::string> optional_words(const std::optional<std::string>&, std::size_t code_points_max);

/// What the speaker has spoken of this turn until `at`.
Milliseconds spoken_until(const TurnOn&, RoomTime at);
/// The turn that is on ends, and its place in a round with it. Nothing when none is on.
void add_turn_end(const Room&, TurnEnd, std::optional<PersonId> by, std::vector<Event>& out);
/// The hard limit and the end of a suspension, bound to the turn that is on.
void add_turn_due(const Room&, RoomTime now, std::vector<Event>& out);
std::optional<RoomTime> turn_next_due(const Room&);
/// Whether the person has a line: a connection that is up, or a call with the staff.
bool is_reachable(const Room&, PersonId);
Milliseconds grace(const Room&);

/// The person's place in the round; null when there is no round, or none for them.
const RoundSeat* seat_of(const Room&, PersonId);
/// Still to come.
bool is_open(const RoundSeat&);
/// Someone is there, or has left, while a round is on.
void add_round_arrival(const Room&, PersonId, std::vector<Event>& out);
void add_round_departure(const Room&, PersonId, std::vector<Event>& out);
/// Ends the round when these events of the step leave nobody in it.
void add_round_end(const Room&, std::vector<Event>& events);

/// What was spoken counts always; `is_turn`: and the turn too, since it came to its end. One that
/// was handed back, or broken off by a lost line, is not charged as a turn.
void count_voice(Room&, const Context&, const TurnOn&, Milliseconds spoken, bool is_turn);

// ---- how it looks
std::optional<Change> see_request(const Room&, RequestId, const Viewer&);
std::optional<Change> see_turn(const Room&);
std::optional<Change> see_round(const Room&);
std::optional<Change> see_contribution(const Room&, PersonId, const Viewer&);
void add_request_viewers(const Room&, RequestId, std::vector<PersonId>& out);

}  // namespace etakahvila::domain
