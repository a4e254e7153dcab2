#pragma once

// The life of the session (RULES.md): which phase it is in. Who may move it on is in permission.cpp.
//
// What the rules leave open, decided here:
// - Doors that open by themselves open as long as the planned day lasts: a server that was down opens them late. When
//   the day is over they stay shut, and are opened by hand.
// - In a rehearsal they wait until a person ends it, and open at once then.
// - The plan has them by the wall's clock, and the room's timers go by its own. They meet at the room's last step.
//   Where the wall's clock has been set since, the room notes the new time (ServerSeen), and waits anew.
// - A day without a room has no phase between planned and closed: it is closed as such (domain/contact).
// - A day is cancelled before it is live, and for good. Why, and in which words, is the records'.

#include <boost/mp11/list.hpp>

#include "domain/room/rule.hpp"
#include "domain/session/events.hpp"

namespace etakahvila::domain {

class Decision;

/// How often the journal notes that the server is alive: an outage is known to within this.
inline constexpr Milliseconds alive_every{10'000};

/// A span of the room's clock; open while `to` is not there.
struct Span {
    RoomTime from;
    std::optional<RoomTime> to;
    bool operator==(const Span&) const = default;
};
BOOST_DESCRIBE_STRUCT(Span, (), (from, to))

/// The spans as they are when `now` is the end of the one that is open; and back.
std::vector<CountedSpan> ended_spans(const std::vector<Span>&, RoomTime now);
std::vector<Span> spans_of(const std::vector<CountedSpan>&);

struct Session {
    SessionPlan plan;
    Phase phase = Phase::planned;
    RoomTime since;
    std::optional<RoomTime> break_ends_at;
    std::vector<std::string> where_we_are;
    /// From live to the end of live, breaks included: one span, or more when the session was
    /// closed and reopened.
    std::vector<Span> live;
    /// Breaks, which count like the rest.
    std::vector<Span> breaks;
    /// Times in which the server was down.
    std::vector<Span> outages;
    /// When the mark that the server is alive was last made.
    RoomTime alive_at;
};

// ---- what the server brings in

struct PlanSession {
    SessionPlan plan;
};
/// The server has started on this room anew.
struct Restart {};
/// The server is about to stop: the room notes that it was alive until now.
struct Stop {};
/// The day is not held. Refused as not_now once it is live or over, while it is rehearsed, and when it was cancelled
/// before.
struct CancelSession {};

// ---- commands

Decision decide(const Room&, const Context&, const StartRehearsal&);
Decision decide(const Room&, const Context&, const EndRehearsal&);
Decision decide(const Room&, const Context&, const OpenDoors&);
Decision decide(const Room&, const Context&, const GoLive&);
Decision decide(const Room&, const Context&, const StartBreak&);
Decision decide(const Room&, const Context&, const EndBreak&);
Decision decide(const Room&, const Context&, const StartDebrief&);
Decision decide(const Room&, const Context&, const CloseSession&);
Decision decide(const Room&, const Context&, const ReopenSession&);
Decision decide(const Room&, const Context&, const SetWhereWeAre&);

Decision decide(const Room&, const Context&, const PlanSession&);
Decision decide(const Room&, const Context&, const Restart&);
Decision decide(const Room&, const Context&, const Stop&);
Decision decide(const Room&, const Context&, const CancelSession&);

/// The phase changes: what ends with the one that is, the change, and what begins with the next.
/// Whoever changes the phase does it by this.
void add_phase_change(const Room&, const Context&, const PhaseChanged&, std::vector<Event>& out);

/// How many people have a connection that is up.
std::int64_t people_up(const Room&);

constexpr bool is_live(Phase phase) { return phase == Phase::live || phase == Phase::paused; }
/// Live or rehearsed: turns are given, and clocks run.
constexpr bool is_running(Phase phase) { return is_live(phase) || phase == Phase::rehearsal; }

/// How the day is held.
inline SessionWay way_of(const SessionPlan& plan) { return plan.way.value_or(SessionWay::room); }
/// Its room has no doors: nobody comes in but those who decide on its attendance.
inline bool has_no_room(const SessionPlan& plan) { return way_of(plan) != SessionWay::room; }

/// What follows a session that has closed, a rehearsal that has ended, or a day that is not held.
constexpr bool is_end(Phase next) {
    return next == Phase::closed || next == Phase::planned || next == Phase::cancelled;
}
/// Nothing more happens in the room but what is decided about the day.
constexpr bool is_over(Phase phase) {
    return phase == Phase::closed || phase == Phase::sealed || phase == Phase::cancelled;
}

/// An experience-story day: participants and guests go by nicknames, and no text of a turn is kept.
inline bool is_anonymous(const SessionPlan& plan) { return plan.anonymous_among_participants.value_or(false); }

/// When the doors open by themselves; nothing when a person opens them, when they have been open, and when the planned
/// day was over at the room's last step.
std::optional<RoomTime> doors_due(const Room&);

class SessionRule final : public Rule {
public:
    struct State {
        Session session;
    };
    using Events = SessionEvents;
    using Inputs = boost::mp11::mp_list<PlanSession, Restart, Stop, CancelSession>;
    static constexpr std::array shows{ChangeKind::room};

    /// The mark that the server is alive, while anyone is in the room; and the doors that open by themselves.
    void add_due(const Room&, const Stamp&, std::vector<Event>& out) const override;
    std::optional<RoomTime> next_due(const Room&) const override;
    /// The plan stays, and what has been.
    void clear(Room&, const Context&) const override;
    /// The plan, but for its words and names, and what has been.
    void add_kept(const Room&, RoomCompacted& out) const override;
    void note_kept(Room&, const Context&, const RoomCompacted&) const override;

    void add_things(const Room&, const Viewer&, std::vector<ThingRef>& out) const override;
    std::optional<Change> see(const Room&, ThingRef, const Viewer&) const override;
};

}  // namespace etakahvila::domain
