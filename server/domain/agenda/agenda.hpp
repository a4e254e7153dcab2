#pragma once

// The agenda and the parking list (RULES.md).
//
// What the rules leave open, decided here:
// - The current item's clock runs from live on, and in a rehearsal. Until then the times are the
//   plan's; an item that is chosen before is the one with which it goes live.
// - Who may see a parked question is asked of its message as it is now: everyone while the message
//   is shown to everyone, else the staff alone. So what is taken back is taken back here too.
// - In words that the staff write anew it is everyone's, whatever becomes of the message. The
//   author's own words, said again, are not such words.
// - A carried question goes on without its message and who asked it: in the words that everyone sees, and else in its
//   author's for the staff alone. What its author has taken back is not carried, and what a rehearsal carries is not.
// - The records know which day a carried question comes up in, and tell the room (KnowCarried). It stays over a
//   rehearsal, as it came. Taken back where it was asked, it is gone here too, but for what was written anew.

#include <map>

#include "domain/agenda/events.hpp"
#include "domain/room/rule.hpp"

namespace etakahvila::domain {

class Decision;

/// An item never gets longer than what can be planned, and told.
inline constexpr std::int64_t item_minutes_max = 480;
inline constexpr std::size_t parked_code_points_max = 300;

struct Parked {
    ParkedId id;
    std::string text;
    std::optional<PersonId> asked_by;
    std::optional<MessageId> message;
    ParkedState state = ParkedState::waiting;
    RoomTime at;
    /// The staff's own words for it, for everyone.
    std::optional<std::string> shown_as;
    /// Everyone has seen it: whoever may no longer is told to drop it.
    bool was_for_all{};
    /// It was carried here.
    struct Came {
        CarriedId as;
        SeenBy seen_by = SeenBy::staff;
        UtcTime asked_at;
    };
    std::optional<Came> came;
};

struct AgendaState {
    std::vector<AgendaItem> items;
    std::optional<AgendaItemId> current;
    /// When it began; missing until the session has begun.
    std::optional<RoomTime> since;
    std::map<ParkedId, Parked> parked;
};

// ---- what the server brings in

/// A carried question, as the records have it.
struct CarriedQuestion {
    CarriedId id;
    std::string text;
    SeenBy seen_by = SeenBy::staff;
    UtcTime asked_at;
    bool operator==(const CarriedQuestion&) const = default;
};
/// All that comes up in this session by now. What the room does not know yet is brought up, one question in a step,
/// whose number is its id: it is asked until nothing happens. What does not come up any more is gone.
struct KnowCarried {
    std::vector<CarriedQuestion> questions;
    bool operator==(const KnowCarried&) const = default;
};

// ---- decisions

Decision decide(const Room&, const Context&, const SetCurrentItem&);
Decision decide(const Room&, const Context&, const ExtendItem&);
Decision decide(const Room&, const Context&, const ParkQuestion&);
Decision decide(const Room&, const Context&, const ResolveParked&);
Decision decide(const Room&, const Context&, const ShowParked&);
Decision decide(const Room&, const Context&, const KnowCarried&);

/// Whether a question of the message is kept for later.
bool is_kept(const Room&, MessageId);

class AgendaRule final : public Rule {
public:
    struct State {
        AgendaState agenda;
    };
    using Events = AgendaEvents;
    using Inputs = boost::mp11::mp_list<KnowCarried>;
    static constexpr std::array shows{ChangeKind::agenda, ChangeKind::parked_question};

    /// Which item is current. One that was not before has not begun.
    void note_planned(Room&, const Context&, const SessionPlan&) const override;
    /// The current item begins, where the clock runs and it has not.
    void note_phase_begins(Room&, const Context&) const override;
    /// A question of the message is kept: who may see it may have changed.
    void note_message_shown(Room&, const Context&, MessageId) const override;
    /// The message of a carried question is taken back.
    void add_follows(const Room&, const Context&, std::vector<Event>& events) const override;
    /// As it was planned, and nothing parked but what came from earlier sessions.
    void clear(Room&, const Context&) const override;
    /// As it was followed. What is parked is in its author's words, and goes.
    void add_kept(const Room&, RoomCompacted& out) const override;
    void note_kept(Room&, const Context&, const RoomCompacted&) const override;

    void add_things(const Room&, const Viewer&, std::vector<ThingRef>& out) const override;
    std::optional<Change> see(const Room&, ThingRef, const Viewer&) const override;
};

}  // namespace etakahvila::domain
