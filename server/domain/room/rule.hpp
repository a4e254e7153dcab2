#pragma once

// What a rule of the room may offer. A rule is a final class that derives from Rule and overrides
// what concerns it: a hook that is misspelt, or takes something else, does not compile. It also says
//
//     struct State { … };                      its members of the room
//     using Events = boost::mp11::mp_list<…>;  what may happen by it
//     static constexpr std::array shows{…};    the kinds of things that are seen of it
//     using Inputs = boost::mp11::mp_list<…>;  what the server itself brings in; may be left out
//
// and has a `decide` for each of its commands and inputs, and an `apply` for each of its events. The room asks
// the rules one after the other, as they stand in rules.hpp. No rule calls a hook of another.
//
// add_…   is asked while a step is decided: the room is as it was before it. What follows is added to `out`.
// note_…  is told while a step is applied, and changes the rule's own state.

#include <array>
#include <concepts>
#include <optional>
#include <type_traits>
#include <vector>

#include <boost/mp11/list.hpp>

#include "domain/room/viewer.hpp"

namespace etakahvila::domain {

class Event;
struct Room;
struct RoomCompacted;
struct SessionPlan;

class Rule {
public:
    using Inputs = boost::mp11::mp_list<>;

    // ---- time
    /// What is due by now.
    virtual void add_due(const Room&, const Stamp&, std::vector<Event>&) const {}
    /// When add_due will next have something to add.
    virtual std::optional<RoomTime> next_due(const Room&) const { return std::nullopt; }

    // ---- the session
    /// Another plan is about to be known.
    virtual void add_planned(const Room&, const Context&, const SessionPlan&, std::vector<Event>&) const {}
    virtual void note_planned(Room&, const Context&, const SessionPlan&) const {}
    /// The phase is about to end, and `next` to begin: what is over with it.
    virtual void add_phase_ends(const Room&, const Context&, Phase /*next*/, std::vector<Event>&) const {}
    virtual void note_phase_ends(Room&, const Context&, Phase /*next*/) const {}
    /// The phase begins; when it is noted, it is the room's.
    virtual void add_phase_begins(const Room&, const Context&, Phase, std::vector<Event>&) const {}
    virtual void note_phase_begins(Room&, const Context&) const {}
    /// Another item of the agenda is about to begin.
    virtual void note_item_begins(Room&, const Context&, AgendaItemId) const {}
    /// The message is shown to everyone, or no longer.
    virtual void note_message_shown(Room&, const Context&, MessageId) const {}
    /// The server was down from then until now.
    virtual void add_outage(const Room&, const Context&, RoomTime /*down_since*/, std::vector<Event>&) const {}
    virtual void note_outage(Room&, const Context&, RoomTime /*down_since*/) const {}
    /// A rehearsal is over: nothing of it stays (clear_all in room.hpp), but for what the rule keeps.
    virtual void clear(Room&, const Context&) const = 0;

    // ---- people
    /// A line of the person is lost; `is_last`: and they have no other, nor are they on the phone.
    virtual void add_line_lost(const Room&, const Context&, PersonId, bool /*is_last*/, std::vector<Event>&) const {}
    /// The person has a line more: a connection, or a call with the staff. `is_first`: they had none.
    virtual void add_line_back(const Room&, const Context&, PersonId, bool /*is_first*/, std::vector<Event>&) const {}
    /// The person has left, or is removed by the one who asks.
    virtual void add_person_out(const Room&, const Context&, PersonId, std::vector<Event>&) const {}
    /// The person has done something that is a sign of taking part.
    virtual void note_sign(Room&, const Context&, PersonId) const {}

    /// What follows from all that has been decided in this step, whoever decided it. Asked once, last.
    virtual void add_follows(const Room&, const Context&, std::vector<Event>& /*events*/) const {}

    // ---- keeping
    /// What stays of it when the texts of the day have had their time (keeping.hpp): nothing, unless it says so here.
    virtual void add_kept(const Room&, RoomCompacted& /*out*/) const {}
    /// Its state is as new, and is made from that again.
    virtual void note_kept(Room&, const Context&, const RoomCompacted&) const {}

    // ---- what is seen
    /// The things of it that a newcomer is shown, in their order.
    virtual void add_things(const Room&, const Viewer&, std::vector<ThingRef>&) const {}
    /// How a thing of a kind that it shows looks to the viewer (room.hpp).
    virtual std::optional<Change> see(const Room&, ThingRef, const Viewer&) const { return std::nullopt; }
    /// Those to whom the thing looks otherwise than to the rest of their audience.
    virtual void add_personal_viewers(const Room&, ThingRef, std::vector<PersonId>&) const {}
    /// Takes out of the things that were touched after `since` what one who comes back need not be told.
    virtual void leave_out_old(const Room&, Seq /*since*/, const Viewer&, std::vector<ThingRef>& /*things*/) const {}

protected:
    constexpr Rule() = default;
    ~Rule() = default;
};

/// Rules have no members: all that is remembered is the room's.
template <class T>
concept IsRule = std::derived_from<T, Rule> && std::is_final_v<T> && sizeof(T) == sizeof(Rule) && requires {
    typename T::State;
    typename T::Events;
    std::array{T::shows};
};

}  // namespace etakahvila::domain
