#pragma once

// Shared by the files of the rule of attendance, and by nobody else.

#include "domain/room/room.hpp"

namespace etakahvila::domain {

/// The counted window, had it been corrected like this.
std::vector<CountedSpan> counted_windows(const Room&, const std::optional<CountedSpan>& corrected, RoomTime until);
/// What is about to be noted in this step of somebody's work, or of the contact with them.
struct NotedInstead {
    const WorkNoted* work = nullptr;
    const ContactNoted* contact = nullptr;
};
/// attendance_of, with another roster and other windows, and had that been noted.
std::vector<AttendanceFacts> attendance_of(const Room&, const std::vector<RosterPerson>& roster,
    const std::vector<CountedSpan>& windows, RoomTime until, const NotedInstead& instead = {});

std::optional<Proposal> proposal_of(const Room&, const AttendanceFacts&);

/// The person's row; null when there is none.
const Attendance::Row* row_of(const Room&, PersonId);
/// The row was read in an older version than the one that stands: refused, and by whose doing.
std::optional<Refusal> version_conflict(const Attendance::Row&, std::int64_t version);

bool is_an_absence(Mark);

/// What a mark may be, before the seal and after it: minutes with partial only and no longer
/// than the window, a clean reason, a source for those who were never connected, never absent for
/// those who come of their own will. On a day without a room every source is one, and the length that of the day, or
/// of what was checked.
struct CheckedMark {
    MarkedPerson marked;
    std::optional<RefusalWord> fault;
};
CheckedMark checked_mark(const Room&, const Attendance::Row&, PersonId, Mark, std::optional<std::int64_t> minutes,
    const std::string& reason, std::optional<MarkSource>);

/// The day has changed by this step: all that is seen of it looks otherwise.
void note_day_changed(Room&, const Context&, std::optional<PersonId> by);
void note_row_changed(Room&, const Context&, Attendance::Row&, std::optional<PersonId> by);

const SentCheckpoint* open_checkpoint(const Room&);
/// Ends the checkpoint that is open.
void add_checkpoint_over(const Room&, std::vector<Event>& out);
void add_checkpoint_viewers(const Room&, std::vector<PersonId>& out);
std::optional<Change> see_checkpoint(const Room&, const Viewer&);

}  // namespace etakahvila::domain
