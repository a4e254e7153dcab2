#pragma once

// The day's assignment, and how each person's work on it stands (RULES.md). The words are the records': the room has
// the ids of what was planned, and of each submission how it stands (submission.hpp).
//
// submission.cpp  the state machine, without a room
// work.cpp        assignments, and what the room makes of what is done
//
// What is decided where the rules leave room:
// - It opens when its item of the agenda becomes current while the session is on or rehearsed; by hand; or, if the item
//   never came, when the session goes to its debrief or closes: there is the rest of the day to do it.
// - Its due is the end of the local day as it was planned when it opened, and stays when the session is reopened or
//   moved. What is returned later is taken for a week, and is late.
// - The time of an item is that in which it was the current one, in the counted window.
// - Whose claim it is, what was sent and when it leaves go by the wall's clock, since the records go on by it while the
//   room is put away. That an answer has left is noted by the room's own clock.

#include <map>

#include "domain/session/session.hpp"
#include "domain/work/submission.hpp"

namespace etakahvila::domain {

class Decision;

inline constexpr std::size_t open_assignments_max = 2;

struct OpenedAssignment {
    UtcTime opened_at;
    UtcTime due;
    bool is_closed{};
};

struct Work {
    std::map<AssignmentId, OpenedAssignment> opened;
    std::map<SubmissionId, WorkNoted> submissions;
    /// When answers that were sent leave, by the room's own clock.
    std::map<SubmissionId, RoomTime> leaving;
    /// Which item was current from when on.
    struct ItemFrom {
        AgendaItemId item;
        RoomTime at;
    };
    std::vector<ItemFrom> items;
};

// ---- what the server brings in

/// How work stands in the records, where it is not what the room knows: a room that is opened makes up for it.
struct KnowWork {
    std::vector<WorkNoted> rows;
};

/// Somebody does something with a submission of theirs, or for its author.
struct ActOnWork {
    PersonId by;
    SubmissionId work;
    AssignmentId assignment;
    PersonId person;
    WorkAct act;
};

struct DealWork {
    PersonId by;
    /// Not there: of all assignments.
    std::optional<AssignmentId> assignment;
    std::vector<PersonId> among;
    std::vector<AnsweredBefore> answered_before;
};

Decision decide(const Room&, const Context&, const OpenAssignment&);
Decision decide(const Room&, const Context&, const CloseAssignment&);
Decision decide(const Room&, const Context&, const KnowWork&);
Decision decide(const Room&, const Context&, const ActOnWork&);
Decision decide(const Room&, const Context&, const DealWork&);

/// The assignment as it was planned; null when there is no such one.
const PlannedAssignment* planned(const Room&, AssignmentId);
AssignmentState state_of(const Room&, AssignmentId);

/// Somebody's work as it counts for the day.
struct CountedWork {
    UtcTime returned_at;
    bool late{};
    WorkSource source{};
    /// When the item was the current one; nothing where it counts for none.
    std::vector<CountedSpan> spans;
};
/// The first that they returned in time, else the first at all. `instead`: had one of their submissions stood so.
std::optional<CountedWork> counted_work(const Room&, PersonId, RoomTime until, const WorkNoted* instead = nullptr);

class WorkRule final : public Rule {
public:
    struct State {
        Work work;
    };
    using Events = WorkEvents;
    using Inputs = boost::mp11::mp_list<KnowWork, ActOnWork, DealWork>;
    static constexpr std::array shows{ChangeKind::assignment, ChangeKind::submission};

    /// An answer leaves.
    void add_due(const Room&, const Stamp&, std::vector<Event>& out) const override;
    std::optional<RoomTime> next_due(const Room&) const override;
    /// Assignments that were added or changed are seen.
    void note_planned(Room&, const Context&, const SessionPlan&) const override;
    /// Those whose item never came open when the day ends.
    void add_phase_begins(const Room&, const Context&, Phase, std::vector<Event>& out) const override;
    void note_phase_begins(Room&, const Context&) const override;
    void note_item_begins(Room&, const Context&, AgendaItemId) const override;
    /// An assignment opens with its item.
    void add_follows(const Room&, const Context&, std::vector<Event>& events) const override;
    void clear(Room&, const Context&) const override;
    /// All of it: its words are the records'.
    void add_kept(const Room&, RoomCompacted& out) const override;
    void note_kept(Room&, const Context&, const RoomCompacted&) const override;

    void add_things(const Room&, const Viewer&, std::vector<ThingRef>& out) const override;
    std::optional<Change> see(const Room&, ThingRef, const Viewer&) const override;
    /// Whose work it is.
    void add_personal_viewers(const Room&, ThingRef, std::vector<PersonId>& out) const override;
};

}  // namespace etakahvila::domain
