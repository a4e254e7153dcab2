#pragma once

// Who is here (RULES.md). A person may have several connections, and is present
// while at least one is up.
//
// Left open there, decided here: somebody may take part by phone, in a call with the staff. Staff
// say so and say when it has ended, since the server does not see that line. A call is a line
// like any other: who is on the phone is present and loses no place when a connection breaks.
// It is no connected time; attendance shows that they took part, and a person decides.
//
// Coming and going is on record as it was, and told with care: a lost line is told to the staff a
// second later, together with the return if there was one by then; to the others, who see whether
// somebody is here, there is nothing to tell before they are away.

#include <map>

#include <boost/mp11/list.hpp>

#include "domain/presence/events.hpp"
#include "domain/room/rule.hpp"
#include "domain/session/session.hpp"

namespace etakahvila::domain {

class Decision;

inline constexpr Milliseconds away_after{15'000};
inline constexpr Milliseconds gone_after{5 * 60'000};
inline constexpr std::size_t members_max = 300;
/// Within this what became of one person's lines is told once.
inline constexpr Milliseconds connections_told_every{1'000};

/// One connection's time in the room. `to` is missing while it is up.
struct Stay {
    ConnectionId connection;
    RoomTime from;
    std::optional<RoomTime> to;
    /// The end was inferred from the last sign of life.
    bool is_inferred{};
    /// The end is the server's own: it was down from then on.
    bool by_outage{};
};

/// What the staff are shown of a person's lines.
struct ConnectionsTold {
    std::int64_t connections{};
    std::int64_t losses{};
    std::optional<std::string> device;
};

struct Member {
    PersonId id;
    std::string name;
    Role role = Role::participant;
    std::optional<std::string> decision_type;
    std::optional<Duty> duty;
    PresenceState presence = PresenceState::expected;
    RoomTime since;
    /// All connections of the day, in order of their start.
    std::vector<Stay> stays;
    /// Which of them are up, so that nothing of a long day is looked through at the end of a line.
    std::vector<std::size_t> open_stays;
    std::int64_t up{};
    /// When a connection of theirs last ended.
    std::optional<RoomTime> last_end;
    /// As it was last told, when, and when what has changed since will be.
    ConnectionsTold told;
    std::optional<RoomTime> told_at;
    std::optional<RoomTime> tell_at;
    bool is_on_phone{};
    /// Their calls with the staff today, in order; the last is open while they are on the phone.
    std::vector<Span> calls;
    /// When they first had a line today; missing while they have only been admitted.
    std::optional<RoomTime> came;
    std::int64_t losses{};
    /// When each of the last lost connections was lost, for the suggestion of help.
    std::vector<RoomTime> recent_losses;
    std::optional<RoomTime> lost_at;
    std::optional<std::string> device;
    /// Another name that came with the same link.
    std::optional<std::string> second_name;
    /// They have said which of the two is right.
    bool is_name_settled{};
    /// Two names came with their link, of which none is kept any more.
    bool had_two_names{};
    std::optional<RoomTime> silenced_until;
    std::optional<std::string> silence_reason;
    /// The last thing they did: a message, a press, an answer.
    std::optional<RoomTime> last_sign;
    /// While they are removed: why, and by whom.
    std::optional<std::string> removal_reason;
    std::optional<PersonId> removed_by;
    /// Since when their link is revoked.
    std::optional<UtcTime> banned_at;
    /// They have shown themselves to everyone today: by a message, in the queue, in a round, on stage, by a turn.
    bool is_in_view{};
    /// Everyone had been told of them before they were to be told of no longer.
    bool was_in_view{};

    bool is_banned() const { return banned_at.has_value(); }
    bool came_under_two_names() const { return second_name || had_two_names; }
    /// Which of two names is right has not been said.
    bool is_of_two_names() const { return came_under_two_names() && !is_name_settled; }
    /// Two names came with their link, and they have not said yet which is right.
    bool is_asked_for_name() const { return second_name && !is_name_settled; }
    bool is_up() const { return up > 0; }
    bool is_there() const { return is_up() || is_on_phone; }
    /// Whether a broken connection, or an outage of the server, takes their line away.
    bool hangs_on_connections() const { return is_up() && !is_on_phone; }
};

struct Presence {
    std::map<PersonId, Member> members;

    const Member* find(PersonId person) const {
        const auto found = members.find(person);
        return found == members.end() ? nullptr : &found->second;
    }
};

// ---- inputs of the server (not of a client)

/// A person comes to the door with a valid invitation.
struct Admit {
    PersonId person;
    Role role{};
    std::optional<std::string> decision_type;
    std::optional<Duty> duty{};
    std::string name;
    bool accepts_netiquette{};
    /// The coordinator has planned this person under this name: it is theirs, though nobody else may look like it.
    bool is_planned_name{};
};
struct OpenConnection {
    PersonId person;
    ConnectionId connection;
    std::optional<std::string> device;
};
/// No sign of life, or a broken socket. `silent_since`: the last sign of life, when the end is inferred.
struct LoseConnection {
    PersonId person;
    ConnectionId connection;
    std::optional<RoomTime> silent_since;
};
struct LeaveConnection {
    PersonId person;
    ConnectionId connection;
};

// ---- decisions

Decision decide(const Room&, const Context&, const Admit&);
Decision decide(const Room&, const Context&, const OpenConnection&);
Decision decide(const Room&, const Context&, const LoseConnection&);
Decision decide(const Room&, const Context&, const LeaveConnection&);
Decision decide(const Room&, const Context&, const ChangeName&);
Decision decide(const Room&, const Context&, const SayImBack&);
Decision decide(const Room&, const Context&, const SilencePerson&);
Decision decide(const Room&, const Context&, const EndSilence&);
Decision decide(const Room&, const Context&, const RemovePerson&);
Decision decide(const Room&, const Context&, const ReadmitPerson&);
Decision decide(const Room&, const Context&, const SetOnPhone&);

/// Why the person may not write now: they are silenced, for so long yet.
std::optional<Refusal> why_silenced(const Room&, PersonId, RoomTime now);

/// The person has done something that is a sign of taking part: every rule is told.
void note_sign(Room&, const Context&, PersonId);

/// The person shows themselves to everyone: whoever goes by a nickname is told of to the others from here on.
void bring_into_view(Room&, const Context&, PersonId);

/// The staff's names as planned, and as they are called in the room.
std::vector<std::string> staff_names(const Room&);

class PresenceRule final : public Rule {
public:
    struct State {
        Presence presence;
    };
    using Events = PresenceEvents;
    using Inputs = boost::mp11::mp_list<Admit, OpenConnection, LoseConnection, LeaveConnection>;
    static constexpr std::array shows{ChangeKind::person};

    /// Away, gone and the end of a silence, whose time has come; and what is to be told of lines.
    void add_due(const Room&, const Stamp&, std::vector<Event>& out) const override;
    std::optional<RoomTime> next_due(const Room&) const override;
    /// Every stay that was up ended when the server went down.
    void note_outage(Room&, const Context&, RoomTime down_since) const override;
    void note_sign(Room&, const Context&, PersonId) const override;
    /// When the day becomes an experience-story day, those who wait get nicknames, and are out of view; and back.
    void add_planned(const Room&, const Context&, const SessionPlan&, std::vector<Event>& out) const override;
    void note_planned(Room&, const Context&, const SessionPlan&) const override;
    /// Those who are connected stay. By what is gone now nobody has shown themselves.
    void clear(Room&, const Context&) const override;
    /// Who was there, and when it counts. Of names those of the staff alone.
    void add_kept(const Room&, RoomCompacted& out) const override;
    void note_kept(Room&, const Context&, const RoomCompacted&) const override;

    void add_things(const Room&, const Viewer&, std::vector<ThingRef>& out) const override;
    std::optional<Change> see(const Room&, ThingRef, const Viewer&) const override;
    /// Who is silenced, who is asked which of two names is theirs, and who is told of to nobody else.
    void add_personal_viewers(const Room&, ThingRef, std::vector<PersonId>& out) const override;
};

}  // namespace etakahvila::domain
