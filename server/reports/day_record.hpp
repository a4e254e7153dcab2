#pragma once

// The day of one session as it is kept: the facts, what was proposed, what was decided and by
// whom. It names people by their ids only; names are the records', and come in when a report is
// made, so that erasing a person there erases them here. The reason of a removal is no part of it.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/api/attendance.hpp"

namespace etakahvila::reports {

using base::UtcTime;
using protocol::PersonId;
using protocol::SessionId;

using RecordedSpan = protocol::UtcSpan;

struct RecordedCorrection {
    std::optional<protocol::Mark> was;
    std::optional<std::int64_t> was_minutes;
    protocol::Mark mark{};
    std::optional<std::int64_t> minutes;
    std::string reason;
    PersonId by;
    UtcTime at;
    bool operator==(const RecordedCorrection&) const = default;
};
BOOST_DESCRIBE_STRUCT(RecordedCorrection, (), (was, was_minutes, mark, minutes, reason, by, at))

/// One participant's day.
struct RecordedRow {
    PersonId person;
    std::optional<std::string> decision_type;
    /// The kind's Finnish name, as it was called when the day was kept. Not there: kept before kinds were data.
    std::optional<std::string> decision_name;
    bool absence_told{};
    std::int64_t connected_seconds{};
    std::int64_t window_seconds{};
    /// Missing where they were never connected: unknown is not zero.
    std::optional<UtcTime> arrived;
    std::optional<UtcTime> left;
    std::int64_t gaps{};
    std::vector<RecordedSpan> intervals;
    bool took_part{};
    std::int64_t turns{};
    std::int64_t written_turns{};
    std::int64_t messages{};
    std::optional<protocol::Proposal> proposal;
    std::vector<protocol::ProposalReason> why;
    std::optional<protocol::Mark> mark;
    std::optional<std::int64_t> minutes;
    std::optional<std::string> reason;
    std::optional<protocol::MarkSource> source;
    std::optional<PersonId> marked_by;
    std::optional<UtcTime> marked_at;
    std::optional<UtcTime> came_late_at;
    std::vector<RecordedCorrection> corrections;
    /// The assignment: of its item's time, what counts without a connection.
    std::optional<std::int64_t> work_seconds;
    std::optional<UtcTime> returned_at;
    std::optional<bool> returned_late;
    std::optional<protocol::WorkSource> work_source;
    /// Of a day without a room: how long, as a worker has checked it, and how.
    std::optional<std::int64_t> contact_seconds;
    std::optional<protocol::MarkSource> contact_source;
    bool operator==(const RecordedRow&) const = default;

    /// Was there, by a connection or by a mark: for returners and first-timers.
    bool has_attended() const {
        return connected_seconds > 0 || mark == protocol::Mark::present || mark == protocol::Mark::partial;
    }
};
BOOST_DESCRIBE_STRUCT(RecordedRow, (),
    (person, decision_type, decision_name, absence_told, connected_seconds, window_seconds, arrived, left, gaps,
        intervals, took_part, turns, written_turns, messages, proposal, why, mark, minutes, reason, source, marked_by,
        marked_at, came_late_at, corrections, work_seconds, returned_at, returned_late, work_source, contact_seconds,
        contact_source))

/// Who did what, when. `what`: marked, taken_back, set_aside (new facts did it), window_corrected,
/// sealed, corrected, late_join_dismissed.
struct RecordedAct {
    std::string what;
    std::optional<PersonId> person;
    std::optional<PersonId> by;
    UtcTime at;
    std::optional<protocol::Mark> mark;
    std::optional<std::int64_t> minutes;
    bool operator==(const RecordedAct&) const = default;
};
BOOST_DESCRIBE_STRUCT(RecordedAct, (), (what, person, by, at, mark, minutes))

using RecordedHelp = protocol::DayHelp;

/// Participants only, in the counted window.
struct DayStatistics {
    std::int64_t registered{};
    std::int64_t attended{};
    /// At once.
    std::int64_t peak{};
    /// Over the whole window, in tenths of a person.
    std::int64_t average_tenths{};
    /// Spoken or written.
    std::int64_t voices_heard{};
    std::int64_t turns{};
    std::int64_t written_turns{};
    std::int64_t messages{};
    std::vector<RecordedHelp> help;
    bool operator==(const DayStatistics&) const = default;
};
BOOST_DESCRIBE_STRUCT(
    DayStatistics, (), (registered, attended, peak, average_tenths, voices_heard, turns, written_turns, messages, help))

struct DayRecord {
    SessionId session;
    /// The room's own: rises with all that changes in the day.
    std::int64_t version{};
    protocol::Phase phase{};
    std::vector<RecordedSpan> windows;
    std::vector<RecordedSpan> breaks;
    std::vector<RecordedSpan> outages;
    std::vector<RecordedRow> lines;
    std::optional<UtcTime> sealed_at;
    std::optional<PersonId> sealed_by;
    std::vector<RecordedAct> acts;
    DayStatistics statistics;
    bool operator==(const DayRecord&) const = default;
};
BOOST_DESCRIBE_STRUCT(
    DayRecord, (), (session, version, phase, windows, breaks, outages, lines, sealed_at, sealed_by, acts, statistics))

std::string to_text(const DayRecord& record);
/// Nothing when the text is not one that to_text of this or an earlier version wrote.
std::optional<DayRecord> day_record_in(std::string_view text);

/// The most who were there at once, and how many on the average of the windows, in tenths.
struct Crowd {
    std::int64_t peak{};
    std::int64_t average_tenths{};
};
Crowd crowd_of(const std::vector<RecordedRow>& rows, const std::vector<RecordedSpan>& windows);

}  // namespace etakahvila::reports
