#pragma once

// What is said in a turn, in writing (EN 301 549, clause 6: real-time text). While it is written it
// is the speech line, which everyone sees and nobody keeps; kept, it is the text of the turn.
//
// What the rules leave open, decided here:
// - The speaker writes, and so may any of the staff, for them: captions and a turn in writing are
//   the same thing. Whoever wrote last is seen.
// - A person who is silenced writes no speech line and keeps no text. Their voice is the floor's
//   to give; staff may write for them.
// - The text may be kept while the turn is on and until another begins, and changed as often as it
//   is wished. Who may keep it may take it away, at any later time too.
// - A kept text counts nowhere: the turn itself does, by its kind. Whose it is has taken part.
// - On an experience-story day no text is kept, so that none is in the journal: the speech line alone is there.
// - It does not wait for a moderator, just as speech doesn't; the staff can take it away.

#include <map>

#include "domain/room/rule.hpp"
#include "domain/turn_text/events.hpp"

namespace etakahvila::domain {

class Decision;

inline constexpr std::size_t turn_text_code_points_max = 1000;

struct KeptTurnText {
    PersonId speaker;
    std::string text;
    PersonId by;
    RoomTime at;
};
using TurnTexts = std::map<TurnId, KeptTurnText>;

Decision decide(const Room&, const Context&, const KeepTurnText&);

/// Whether the person may write the speech line of this turn now: it is on, and theirs, or they
/// are staff.
bool may_write_speech(const Room&, const Actor&, TurnId, RoomTime now);
/// The speech line as everyone may see it: made clean, and never held back, since nobody would know
/// why it stands still. An empty one takes the line away.
std::string speech_of(std::string_view text);

class TurnTextRule final : public Rule {
public:
    struct State {
        TurnTexts turn_texts;
    };
    using Events = TurnTextEvents;
    static constexpr std::array shows{ChangeKind::turn_text};

    void clear(Room&, const Context&) const override;

    void add_things(const Room&, const Viewer&, std::vector<ThingRef>& out) const override;
    std::optional<Change> see(const Room&, ThingRef, const Viewer&) const override;
};

}  // namespace etakahvila::domain
