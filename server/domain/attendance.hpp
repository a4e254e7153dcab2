#pragma once

// Facts, a proposal, a person's decision (2-rules.md, "Attendance"). The facts are kept apart:
// connected (time), took part (any sign), and the assignment, which has a rule of its own.
//
// Connected is the union of all the person's connections, clipped to the counted window: from
// live to the end of live, breaks included, once more when the session was reopened. Two devices
// count once; a rehearsal, the time before the start and the time after the end count nothing.
//
// An outage of the server is held against no one who was present before it and after it:
// - before it: a connection was up when the server was last seen alive;
// - after it: they are back within back_after_outage of the restart (another outage in that time
//   begins it anew), or the counted window ended before that time was up.
// Their time then runs on from the start of the outage to their return, or to the window's end.
// For those who do not come back it ended when the server was last seen alive.

#include <map>

#include <boost/mp11/list.hpp>

#include "domain/viewer.hpp"

namespace etakahvila::domain {

class Decision;
class Event;

/// How long after a restart a person may take to come back before an outage is a gap of theirs.
inline constexpr Milliseconds back_after_outage{2 * 60'000};
/// How long "are you with us?" waits for a sign.
inline constexpr Milliseconds checkpoint_open_for{10 * 60'000};

/// An "are you with us?" that was sent, and who gave a sign while it was open.
struct SentCheckpoint {
    CheckpointId id;
    RoomTime at;
    std::optional<RoomTime> ended;
    std::map<PersonId, RoomTime> answered;
};

/// A person's day as it was proposed when the session closed.
struct ProposedLine {
    PersonId person;
    std::int64_t connected_seconds{};
    std::int64_t window_seconds{};
    std::optional<RoomTime> arrived;
    std::optional<RoomTime> left;
    std::int64_t gaps{};
    bool took_part{};
    /// Missing where there is nothing to decide: one who comes of their own will and was not seen.
    std::optional<Proposal> proposal;
    bool operator==(const ProposedLine&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProposedLine, (), (person, connected_seconds, window_seconds, arrived, left, gaps, took_part, proposal))

struct Attendance {
    /// When each person gave a sign while the session was live.
    std::map<PersonId, std::vector<RoomTime>> signs;
    std::vector<SentCheckpoint> checkpoints;

    struct Line {
        ProposedLine proposed;
        /// Counted from 1, one more each time the line is made anew.
        std::int64_t version{};
    };
    std::map<PersonId, Line> lines;
};

// ---- the facts, for reports and for the proposals

/// A time in the room, within the counted window.
struct AttendanceInterval {
    RoomTime from;
    RoomTime to;
    /// The end is that of a connection whose end was inferred from its last sign of life.
    bool is_end_inferred{};
    bool operator==(const AttendanceInterval&) const = default;
};

/// What a checkpoint says of a person. Without a connection all through, they were not asked.
enum class CheckpointReply : std::uint8_t { answered, not_asked, no_answer };
constexpr std::array<std::string_view, 3> names_of(CheckpointReply) { return {"answered", "not_asked", "no_answer"}; }

struct AttendanceRow {
    PersonId person;
    Role role = Role::participant;
    std::optional<DecisionType> decision_type;
    bool excused{};
    /// In order; none touches the next.
    std::vector<AttendanceInterval> intervals;
    Milliseconds connected{};
    /// The part of `connected` in which the server was down.
    Milliseconds over_outages{};
    Milliseconds window{};
    std::optional<RoomTime> arrived;
    /// Missing while they are still there.
    std::optional<RoomTime> left;
    /// Times away between arriving and leaving. The time between a close and a reopening is none.
    std::int64_t gaps{};
    bool took_part{};
    /// One for each of room.attendance.checkpoints.
    std::vector<CheckpointReply> checkpoints;
    /// Participants only; as it would be made at `until`.
    std::optional<Proposal> proposal;
    bool operator==(const AttendanceRow&) const = default;
};

/// The day so far, or the whole day when the session has closed: a row for each person who is on
/// the roster or was admitted, by person. The counted window ends at `until`, so that soon after a
/// restart those who are not back yet are still counted in.
std::vector<AttendanceRow> attendance_of(const Room&, RoomTime until);

// ---- events

struct CheckpointSent { static constexpr std::string_view wire_name = "CheckpointSent"; CheckpointId checkpoint; PersonId by; };
/// The person pressed "I am with you". Every other sign answers without an event of its own.
struct CheckpointAnswered { static constexpr std::string_view wire_name = "CheckpointAnswered"; CheckpointId checkpoint; PersonId person; };
struct CheckpointEnded { static constexpr std::string_view wire_name = "CheckpointEnded"; CheckpointId checkpoint; };
/// The session closed. Once more when it is closed again after a reopening.
struct AttendanceProposed { static constexpr std::string_view wire_name = "AttendanceProposed"; std::vector<ProposedLine> lines; };
BOOST_DESCRIBE_STRUCT(CheckpointSent, (), (checkpoint, by))
BOOST_DESCRIBE_STRUCT(CheckpointAnswered, (), (checkpoint, person))
BOOST_DESCRIBE_STRUCT(CheckpointEnded, (), (checkpoint))
BOOST_DESCRIBE_STRUCT(AttendanceProposed, (), (lines))
using AttendanceEvents = boost::mp11::mp_list<CheckpointSent, CheckpointAnswered, CheckpointEnded, AttendanceProposed>;

// ---- decisions

Decision decide(const Room&, const Asked&, const SendCheckpoint&);
Decision decide(const Room&, const Asked&, const AnswerCheckpoint&);

void apply(Room&, const Asked&, const CheckpointSent&);
void apply(Room&, const Asked&, const CheckpointAnswered&);
void apply(Room&, const Asked&, const CheckpointEnded&);
void apply(Room&, const Asked&, const AttendanceProposed&);

/// The session closes: a proposal for each participant of the roster, and for each who came
/// without being on it. Guests and staff have none.
void add_attendance_proposals(const Room&, const Asked&, std::vector<Event>& out);
/// The session is no longer live: nobody is asked any more.
void add_checkpoint_over(const Room&, std::vector<Event>& out);

void add_attendance_due(const Room&, const Stamp&, std::vector<Event>& out);
std::optional<RoomTime> attendance_next_due(const Room&);

/// Called by note_sign: the sign is kept, and answers the checkpoint that is open.
void note_sign_for_attendance(Room&, const Asked&, PersonId);

std::optional<Change> see_attendance_line(const Room&, PersonId, const Viewer&);
std::optional<Change> see_checkpoint(const Room&, const Viewer&);
void add_checkpoint_personal_viewers(const Room&, std::vector<PersonId>& out);
void add_attendance_things(const Room&, std::vector<ThingRef>& out);

}  // namespace etakahvila::domain
