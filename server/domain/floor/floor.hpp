#pragma once

// Speaking turns (RULES.md). The words are those of RFC 8855 (BFCP): a floor request
// waits (pending, accepted), is granted and becomes a turn, and ends (RFC 8855 §4, §5.2.5).
//
// floor.cpp         what everyone sees of the floor, its policy, limits and stage, and the hooks
// queue.cpp         requests and their order
// turn.cpp          giving the floor, and the turn that is on
// round.cpp         everyone present in turn
// contribution.cpp  how much each has been heard
//
// What the rules leave open, decided here:
// - A turn that is on is ended only by a command that names it. So two facilitators who press
//   "next" at the same moment give the floor once, and nobody is skipped.
// - A place is bound to a line only when its person had one to lose. A request that staff make for
//   someone without a line waits and is granted like any other. A call with the staff is a line
//   (presence.hpp): who is on the phone waits, speaks and takes part in a round as the others do,
//   and any of the staff may say that they have finished.
// - A written turn needs no line: it neither waits for its author nor is suspended with them.
// - Who has the floor may write it instead, whatever the policy: the text waits in place of the
//   turn that they hand back, in a round as their turn of the round.
// - Replies belong to the turn they answer: they may be granted after it has ended, before all
//   others, and expire when a turn begins that is not a reply. A reply to a reply belongs to the
//   same turn.
// - A break stops the clock of the turn that is on. The queue stays, and grace runs as ever.
// - An outage of the server is charged to nobody: clocks stop where it began, grace is longer by it.

#include <map>
#include <set>
#include <variant>

#include "domain/floor/events.hpp"
#include "domain/room/rule.hpp"

namespace etakahvila::domain {

class Decision;

inline constexpr std::int64_t replies_max = 3;
inline constexpr std::size_t floor_note_code_points_max = 200;
inline constexpr std::size_t written_turn_code_points_max = 1000;

/// One request, until the same person asks for the same again: so there are at most three of a
/// person at once, and what has ended can be told of and put back.
struct Request {
    /// Waits for the chair.
    struct Pending {
        /// The line is lost; the place is kept until then.
        std::optional<RoomTime> away_until;
    };
    /// Waits in the queue.
    struct Accepted {
        std::optional<RoomTime> away_until;
        /// The chair who let it in, when one did.
        std::optional<PersonId> by;
    };
    /// Is the turn that is on.
    struct Granted {
        TurnId turn;
    };
    /// Was a turn.
    struct Heard {
        FloorRequestState how{};
        std::optional<PersonId> by;
    };
    /// Ended otherwise than by a turn.
    struct Ended {
        FloorRequestState how{};
        std::optional<PersonId> by;
        std::optional<std::string> reason;
    };

    RequestId id;
    FloorRequestKind kind{};
    PersonId beneficiary;
    PersonId requested_by;
    RoomTime since;
    std::optional<std::string> note;
    std::optional<std::string> text;
    /// The turn that a reply answers.
    std::optional<TurnId> reply_to;
    std::variant<Pending, Accepted, Granted, Heard, Ended> state;
    /// Everyone has seen it in the queue.
    bool was_in_queue{};
};

/// The turn that is on.
struct TurnOn {
    struct Speaking {
        RoomTime since;
    };
    struct Paused {
        RoomTime since;
        PersonId by;
        bool for_break{};
    };
    /// The line is lost, the clock stands.
    struct Suspended {
        RoomTime since;
        RoomTime until;
        std::optional<Paused> was_paused;
    };

    TurnId id;
    /// The request that was granted; a turn of a round may have none.
    std::optional<RequestId> request;
    PersonId speaker;
    FloorRequestKind kind{};
    std::optional<std::string> text;
    PersonId granted_by;
    bool in_round{};
    std::variant<Speaking, Paused, Suspended> state;
    /// Spoken before the present state began.
    Milliseconds spoken{};
    /// 0: no limit.
    std::int64_t soft_limit_seconds{};
    bool limit_is_hard{};
    std::optional<RoomTime> nudged_at;
};

struct LastTurn {
    TurnId id;
    PersonId speaker;
    std::optional<PersonId> ended_by;
};

/// The replies to one turn: those that wait and those that had the floor.
struct Replies {
    TurnId to;
    std::int64_t count{};
};

struct RoundSeat {
    PersonId person;
    RoundMark mark = RoundMark::waiting;
    bool later_used{};
};

struct RoundOn {
    RoundId id;
    std::vector<RoundSeat> seats;
    std::optional<std::int64_t> seed;
    PersonId begun_by;
    FloorPolicy policy_before{};
};

/// How much a person has been heard today.
struct Voice {
    std::int64_t turns{};
    Milliseconds spoken{};
    std::int64_t written_turns{};
};

struct Floor {
    FloorPolicy policy = FloorPolicy::open;
    std::map<RequestId, Request> requests;
    std::vector<RequestId> line_up;
    std::optional<std::string> line_up_reason;
    std::int64_t soft_limit_seconds{};
    bool limit_is_hard{};
    /// Who was asked onto the stage, and who was asked off it; for others the role says.
    std::map<PersonId, bool> stage;
    std::optional<TurnOn> turn;
    std::optional<LastTurn> last_turn;
    std::optional<Replies> replies;
    std::optional<RoundOn> round;
    std::map<PersonId, Voice> voices;
    /// Who has had a voice in which item of the agenda.
    std::map<AgendaItemId, std::set<PersonId>> heard;
    /// Of the spoken turns that came to their end, ascending.
    std::vector<Milliseconds> turn_lengths;
    /// As everyone was last told.
    std::int64_t usual_turn_seconds{};
};

// ---- decisions

/// For someone else by staff only. Another rule that makes a request (from a message) decides
/// this with the beneficiary set, as the staff who ask.
Decision decide(const Room&, const Context&, const RequestFloor&);
Decision decide(const Room&, const Context&, const CancelFloorRequest&);
Decision decide(const Room&, const Context&, const ApproveFloorRequest&);
Decision decide(const Room&, const Context&, const DenyFloorRequest&);
Decision decide(const Room&, const Context&, const RestoreFloorRequest&);
Decision decide(const Room&, const Context&, const ReorderLineUp&);
Decision decide(const Room&, const Context&, const OrderLeastHeardFirst&);
Decision decide(const Room&, const Context&, const GrantFloor&);
Decision decide(const Room&, const Context&, const GrantFloorTo&);
Decision decide(const Room&, const Context&, const ReleaseTurn&);
Decision decide(const Room&, const Context&, const RevokeTurn&);
Decision decide(const Room&, const Context&, const PauseTurn&);
Decision decide(const Room&, const Context&, const ContinueTurn&);
Decision decide(const Room&, const Context&, const NudgeSpeaker&);
Decision decide(const Room&, const Context&, const SetFloorPolicy&);
Decision decide(const Room&, const Context&, const SetTurnLimit&);
Decision decide(const Room&, const Context&, const StartRound&);
Decision decide(const Room&, const Context&, const EndRound&);
Decision decide(const Room&, const Context&, const PassRound&);
Decision decide(const Room&, const Context&, const TakeRoundLater&);
Decision decide(const Room&, const Context&, const SetOnStage&);

/// The waiting list, in its order: replies first, then as staff lined them up, then by id. What
/// clients show by the rule in protocol/room.md.
std::vector<RequestId> waiting_requests(const Room&);
/// May be heard without a turn.
bool is_on_stage(const Room&, PersonId);
/// On the stage, or holds the turn: whose voice is passed on.
bool may_be_heard(const Room&, PersonId);
/// All whose voice is passed on, ascending.
std::vector<PersonId> people_heard(const Room&);

class FloorRule final : public Rule {
public:
    struct State {
        Floor floor;
    };
    using Events = FloorEvents;
    static constexpr std::array shows{
        ChangeKind::floor, ChangeKind::floor_request, ChangeKind::turn, ChangeKind::round, ChangeKind::contribution};

    void add_due(const Room&, const Stamp&, std::vector<Event>& out) const override;
    std::optional<RoomTime> next_due(const Room&) const override;

    /// Where nobody is given the floor any more, the turn, the round and all requests end.
    void add_phase_ends(const Room&, const Context&, Phase next, std::vector<Event>& out) const override;
    /// A break stops the turn's clock, and its end lets it run.
    void add_phase_begins(const Room&, const Context&, Phase, std::vector<Event>& out) const override;
    /// Who is heard is counted anew.
    void note_item_begins(Room&, const Context&, AgendaItemId) const override;
    /// Everyone's line was lost, and nobody could come back: it costs nobody a place.
    void add_outage(const Room&, const Context&, RoomTime down_since, std::vector<Event>& out) const override;
    void clear(Room&, const Context&) const override;
    /// How much each was heard. Requests, and what was written in them, go.
    void add_kept(const Room&, RoomCompacted& out) const override;
    void note_kept(Room&, const Context&, const RoomCompacted&) const override;

    void add_line_lost(const Room&, const Context&, PersonId, bool is_last, std::vector<Event>& out) const override;
    void add_line_back(const Room&, const Context&, PersonId, bool is_first, std::vector<Event>& out) const override;
    void add_person_out(const Room&, const Context&, PersonId, std::vector<Event>& out) const override;
    /// A round ends with its last speaker.
    void add_follows(const Room&, const Context&, std::vector<Event>& events) const override;

    void add_things(const Room&, const Viewer&, std::vector<ThingRef>& out) const override;
    std::optional<Change> see(const Room&, ThingRef, const Viewer&) const override;
    void add_personal_viewers(const Room&, ThingRef, std::vector<PersonId>& out) const override;
};

}  // namespace etakahvila::domain
