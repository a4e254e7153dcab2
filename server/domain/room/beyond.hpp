#pragma once

// What a step means beyond its room: to the reports, to voice, to those who look after the lines, to what is being
// written just now. Whoever hosts a room asks here, and knows no rule by name.

#include <set>
#include <vector>

#include "domain/room/room.hpp"

namespace etakahvila::domain {

struct Beyond {
    /// The reports of the day are made anew.
    bool makes_report{};
    /// Others may be heard than before.
    bool moves_voice{};
    /// Somebody waits for help now, or does not any more.
    bool changes_help{};
    /// Their connections end.
    std::vector<PersonId> removed;
    /// What they are writing is on no screen any more,
    std::vector<PersonId> silenced;
    /// and neither is what is being written in these turns.
    std::vector<TurnId> texts_taken_away;
};

/// Of a step that was the last to be applied to the room.
Beyond beyond(const Room&, const Step&);

/// Whether people may hear each other through the server: planned so, and the session is not over.
bool has_voice(const Room&);

/// Whether somebody has been there, or a worker has noted something of them: what they did is theirs.
bool has_taken_part(const Room&, PersonId);

/// Those who wait for help, or should perhaps be helped.
std::set<PersonId> people_to_help(const Room&);

/// Nobody looks at a day from so long after its end until so long before its beginning, but for once.
inline constexpr Milliseconds day_apart{24 * 60 * 60'000};

/// Whether the room can be put away, and be taken out again without a trace: its day is another, nobody is in it,
/// nothing is due but doors that open by themselves, and a server that starts on it has nothing to note.
bool may_rest(const Room&, const Stamp& now);

}  // namespace etakahvila::domain
