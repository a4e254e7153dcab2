#pragma once

// How what is due goes: one function for each rule, and one for a person on request. Doing it again changes nothing.
// Each is called within a write, whose caller notes that the log of the store holds what was erased
// (journal::Records::note_erased).

#include <string>
#include <vector>

#include "keeping/due.hpp"
#include "keeping/in_rooms.hpp"

namespace etakahvila::keeping {

/// In place of words that were erased, where a reader would miss them.
inline constexpr std::string_view erased_words = "[poistettu]";

/// What an erased person is called: "Poistettu 41".
std::string pseudonym_of(PersonId person);

/// All but room_words, which are the rooms' own (rooms.hpp).
void erase(records::Database& database, KeepingRule rule, Subject subject);

/// On request: words, contacts, links and pictures of a person go, under all their ids, and the name with them. Marks
/// stay, and so does who has looked at what: the law keeps them. What is to come is taken back, but for a day at whose
/// doors they have stood already. The rooms in which they have been wait to be compacted; what is theirs there was
/// looked up before. The sessions whose people have changed come back.
std::vector<SessionId> erase_person(records::Database& database, PersonId person, const InRooms& theirs, UtcTime now);

}  // namespace etakahvila::keeping
