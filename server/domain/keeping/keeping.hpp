#pragma once

// What stays of a day when its texts have had their time (RULES.md). The room is made anew from one event, the first
// step of a new chain: nobody finds in it, or in any file of the store, what was written or said in the day.
//
// What stays: the plan and the phases; who was there, when of it counts, and how much each was heard; the marks, who
// made them and why, with every correction; how the assignment and each call for help went; the figures that
// statistics are made from. What goes: messages, texts of turns, polls, parked questions, words of help and of
// feedback; the names of participants; why somebody was removed or silenced; when each line came and went.
//
// What the rules leave open, decided here:
// - Each rule says what stays of it (Rule::add_kept). A rule that says nothing keeps nothing.
// - A day that was sealed is compacted, and one that was cancelled: what was written at its doors has its time too. A
//   day that somebody has closed and nobody has sealed is not: it is not decided yet.
// - Whoever is still there has gone by then. Nothing that is due is lost: an answer that is about to leave leaves
// first.
// - The room takes no other plan any more. What can be done in a sealed room can be done in it; what a room that is
// over
//   refuses as not_now, it refuses as over: it is not opened again.
// - Staff's names stay: they answer for what they decided. All others are named by the records.
// - Words that belong to a decision stay with it: why somebody was marked, or corrected.
// - The day's version rises on (Attendance::version_before), so that the reports keep what is corrected later.

#include <map>

#include "domain/keeping/events.hpp"
#include "domain/room/rule.hpp"

namespace etakahvila::domain {

struct Step;

struct Keeping {
    /// The room was made from a RoomCompacted.
    bool is_compacted{};
    std::optional<EarlierChain> earlier;
    std::map<PersonId, KeptFigures> figures;
};

/// Whether the room can be compacted now. One that was, can be again.
bool may_compact(const Room&);
bool is_compacted(const Room&);

/// All that stays of a room that may be compacted. The same room gives the same, and so does the room that is made of
/// it. `earlier` is the store's to fill in.
RoomCompacted compacted(const Room&);

/// The step that takes the place of all others, at the moment of the last of them: what the room's clock says of the
/// past stays as it was.
Step compacted_step(const Room&);

/// What a person's day comes to, in numbers.
struct PersonFigures {
    PersonId person;
    Role role{};
    std::int64_t turns{};
    Milliseconds spoken{};
    std::int64_t written_turns{};
    /// Published.
    std::int64_t messages{};
    /// Messages that they have given a sign to.
    std::int64_t reactions{};
    bool has_answered_poll{};
    std::int64_t losses{};
    /// With a connection that was up, and in calls with the staff, whether that counts or not.
    Milliseconds in_room{};
    Milliseconds on_phone{};
    /// Calls for help, and how long they waited until somebody took them, or they ended.
    std::int64_t help{};
    Milliseconds help_waited{};
    bool has_returned{};
    bool operator==(const PersonFigures&) const = default;
};
/// Of each who was admitted, by person. The same before a room is compacted and after it.
std::vector<PersonFigures> figures_of(const Room&);

class KeepingRule final : public Rule {
public:
    struct State {
        Keeping keeping;
    };
    using Events = KeepingEvents;
    /// It is seen by what is not there any more.
    static constexpr std::array<ChangeKind, 0> shows{};

    void clear(Room&, const Context&) const override {}
    void add_kept(const Room&, RoomCompacted& out) const override;
    void note_kept(Room&, const Context&, const RoomCompacted&) const override;
};

}  // namespace etakahvila::domain
