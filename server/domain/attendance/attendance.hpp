#pragma once

// Facts, a proposal, a person's decision (RULES.md). Three facts are kept apart: connected
// (time), took part (any sign), and the assignment returned.
//
// duty.cpp        what a decision makes of taking part
// facts.cpp       who was connected when
// checkpoint.cpp  "are you with us?"
// proposal.cpp    what is proposed, and the correction of the counted window
// decision.cpp    marks, until the seal
// seal.cpp        the seal, corrections, and those who come when the day is over
// attendance.cpp  what is seen of it
// kept.cpp        what stays of it
//
// Connected is the union of all the person's connections, clipped to the counted window: from
// live to the end of live, breaks included, once more when the session was reopened. Two devices
// count once; a rehearsal, the time before the start and the time after the end count nothing.
// A corrected window moves its start and its end; the time between a close and a reopening stays
// out of it.
//
// An outage of the server is held against no one who was present before it and after it:
// - before it: a connection was up when the server was last seen alive;
// - after it: they are back within back_after_outage of the restart (another outage in that time
//   begins it anew), or the counted window ended before that time was up.
// Their time then runs on from the start of the outage to their return, or to the window's end.
// For those who do not come back it ended when the server was last seen alive.
//
// For those who returned the assignment by the end of the local day the time of its item counts too: what is counted is
// the union of being connected and that time, shown apart. Not returned, or late: a gap, or not, as it was.
//
// What is decided where the rules leave room:
// - A decision stands as long as what it was made on stands: when the proposals are made anew
//   (the window was corrected, the session was reopened, an absence was told late), a mark goes when
//   the proposal is another one, a partial mark also when the time is.
// - Present or partial of someone who was never connected needs a source: by phone, or at
//   somebody else's device. So two people who came by one link, or a couple with one phone, are
//   two rows: the one whose link it was has the facts, the other is marked with that source.
// - Nobody who comes of their own will is marked absent or excused: never_absent.
// - Coming late is to be first seen when the window is over. Before the seal it stands beside the
//   proposal; after it, it is a correction that waits until someone makes it or dismisses it.
// - A day without a room has no window: what a worker has checked is the fact, and its source that of the mark. Who
//   was not reached, or not asked how it went, is proposed as not seen or to be looked at. Who comes of their own will
//   and was not spoken to has nothing to decide.
// - The staff work on the room's own line after the close: their decisions are the room's events.

#include <map>

#include "domain/attendance/events.hpp"
#include "domain/session/session.hpp"

namespace etakahvila::domain {

class Decision;

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

/// A decision that stands.
struct Marking {
    MarkedPerson marked;
    PersonId by;
    RoomTime at;
    /// The step that made it: what take_back_marks names.
    Seq step{};
};

struct Attendance {
    /// When each person gave a sign while the session was live.
    std::map<PersonId, std::vector<RoomTime>> signs;
    std::vector<SentCheckpoint> checkpoints;

    /// In place of the window that the phases made.
    std::optional<CountedSpan> corrected_window;
    std::optional<PersonId> window_corrected_by;

    struct Row {
        ProposedRow proposed;
        /// Counted from 1, one more with all that changes the row.
        std::int64_t version{};
        std::optional<PersonId> changed_by;
        /// The decisions on it, the one that stands last: taking one back uncovers the one before.
        std::vector<Marking> markings;
        std::optional<RoomTime> came_late_at;
        /// Came after the seal, and nobody has looked at it yet.
        bool is_correction_proposed{};
        /// Returned the assignment after the seal, on the day.
        std::optional<WorkAfterSeal> work_after_seal;
        std::vector<AttendanceCorrection> corrections;

        const Marking* marking() const { return markings.empty() ? nullptr : &markings.back(); }
        bool needs_decision() const { return proposed.proposal && markings.empty(); }
        bool is_clear() const {
            return proposed.proposal == Proposal::present || proposed.proposal == Proposal::excused;
        }
    };
    std::map<PersonId, Row> rows;

    struct Sealing {
        RoomTime at;
        PersonId by;
    };
    std::optional<Sealing> sealed;
    /// The last step that changed any of this since the first close, and who asked for it.
    std::int64_t version{};
    std::optional<PersonId> changed_by;
    std::vector<AttendanceAct> acts;

    /// Of a day that was compacted: what each one's signs and lines came to. They are not there any more.
    struct Settled {
        bool took_part{};
        Milliseconds over_outages{};
        /// One for each of the checkpoints.
        std::vector<CheckpointReply> checkpoints;
    };
    std::map<PersonId, Settled> settled;
    /// Its version: the steps of the room are counted from 1 again, and what changes the day counts on from here.
    std::int64_t version_before{};
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

/// A person's day as far as it has gone: the row that would be proposed at `until`, and what it is made from. While
/// they are still there, `left` is missing. `why` is given when it is proposed.
struct AttendanceFacts : ProposedRow {
    Role role = Role::participant;
    /// In order; none touches the next.
    std::vector<AttendanceInterval> intervals;
    Milliseconds connected{};
    /// The part of `connected` in which the server was down.
    Milliseconds over_outages{};
    /// Of the assignment's item, what counts without a connection.
    Milliseconds work{};
    Milliseconds window{};
    /// On a day without a room: how far a worker is with them.
    std::optional<ContactState> contact{};
    /// One for each of room.attendance.checkpoints.
    std::vector<CheckpointReply> checkpoints;
    bool operator==(const AttendanceFacts&) const = default;
};

/// What the decision makes of taking part. An event of the time when there were three kinds has the key alone: social
/// rehabilitation is of one's own will, the others oblige. Nothing: there is no decision.
std::optional<Duty> duty_of(const std::optional<std::string>& decision_type, std::optional<Duty> duty);
/// Whether they come of their own will: nobody of them is ever absent.
bool is_of_own_will(const ProposedRow&);

/// Why a day is proposed as it is, for who does not see by which decision somebody comes: of one's own will, and never
/// connected, is told as never connected.
std::vector<ProposalReason> without_decision(std::vector<ProposalReason> why);

/// Of a day that is over the plan takes what each decision made of taking part on that day: a kind that the site
/// changes later changes nothing of the past.
void keep_duties_of_day(const Room&, SessionPlan&);

/// The day so far, or the whole day when the session has closed: a row for each person who is on
/// the roster or was admitted, by person. The counted window ends at `until`, so that soon after a
/// restart those who are not back yet are still counted in.
std::vector<AttendanceFacts> attendance_of(const Room&, RoomTime until);

/// The parts of the counted window up to `until`.
std::vector<CountedSpan> counted_windows(const Room&, RoomTime until);

// ---- decisions

Decision decide(const Room&, const Context&, const SendCheckpoint&);
Decision decide(const Room&, const Context&, const AnswerCheckpoint&);
Decision decide(const Room&, const Context&, const CorrectWindow&);
Decision decide(const Room&, const Context&, const MarkAttendance&);
Decision decide(const Room&, const Context&, const MarkAllClear&);
Decision decide(const Room&, const Context&, const TakeBackMarks&);
Decision decide(const Room&, const Context&, const SealAttendance&);
Decision decide(const Room&, const Context&, const CorrectAttendance&);
Decision decide(const Room&, const Context&, const DismissLateJoin&);

class AttendanceRule final : public Rule {
public:
    struct State {
        Attendance attendance;
    };
    using Events = AttendanceEvents;
    static constexpr std::array shows{ChangeKind::attendance_line, ChangeKind::checkpoint, ChangeKind::attendance_day};

    /// A checkpoint has been open for long enough.
    void add_due(const Room&, const Stamp&, std::vector<Event>& out) const override;
    std::optional<RoomTime> next_due(const Room&) const override;

    /// After the close: new rows for those who are new on the roster, and before the seal also
    /// what the plan makes of the others.
    void add_planned(const Room&, const Context&, const SessionPlan&, std::vector<Event>& out) const override;
    /// The session is no longer live: nobody is asked any more.
    void add_phase_ends(const Room&, const Context&, Phase next, std::vector<Event>& out) const override;
    /// Reopened: the window is the phases' again. What is counted is shown with the day.
    void note_phase_ends(Room&, const Context&, Phase next) const override;
    /// The session closes: a proposal for each participant of the roster, and for each who came
    /// without being on it. Guests and staff have none.
    void add_phase_begins(const Room&, const Context&, Phase, std::vector<Event>& out) const override;
    void clear(Room&, const Context&) const override;
    /// All that was proposed and decided, with its reasons. Of signs, what they came to.
    void add_kept(const Room&, RoomCompacted& out) const override;
    void note_kept(Room&, const Context&, const RoomCompacted&) const override;

    /// Of someone who was not seen before the end.
    void add_line_back(const Room&, const Context&, PersonId, bool is_first, std::vector<Event>& out) const override;
    /// An assignment is returned, or taken back, when the session has closed: another proposal, or after the seal a
    /// correction that waits.
    void add_follows(const Room&, const Context&, std::vector<Event>& events) const override;
    /// The sign is kept, and answers the checkpoint that is open.
    void note_sign(Room&, const Context&, PersonId) const override;

    void add_things(const Room&, const Viewer&, std::vector<ThingRef>& out) const override;
    std::optional<Change> see(const Room&, ThingRef, const Viewer&) const override;
    /// Who has answered the checkpoint; and who may mark sees by which decision somebody comes.
    void add_personal_viewers(const Room&, ThingRef, std::vector<PersonId>& out) const override;
};

}  // namespace etakahvila::domain
