#include "reports/day_recorder.hpp"

#include "base/enum_names.hpp"

namespace etakahvila::reports {
namespace {

using protocol::PersonId;
using protocol::RoomTime;
using protocol::UtcTime;
using reports::RecordedRow;
using reports::RecordedSpan;

class Recorder {
public:
    explicit Recorder(const domain::Room& room) : room_{room}, until_{room.now.at} {}

    reports::DayRecord record() const {
        const auto& attendance = room_.attendance;
        reports::DayRecord record{
            .session = room_.session.plan.session, .version = attendance.version, .phase = room_.session.phase};
        // Nobody was to be there: nobody has a row, and nothing is counted.
        if (record.phase == protocol::Phase::cancelled) return record;
        for (const auto& window : domain::counted_windows(room_, until_))
            record.windows.push_back({wall(window.from), wall(window.to)});
        for (const auto& span : room_.session.breaks) record.breaks.push_back(on_wall(span));
        for (const auto& span : room_.session.outages) record.outages.push_back(on_wall(span));
        for (const auto& facts : domain::attendance_of(room_, until_)) {
            if (facts.role == protocol::Role::participant) record.lines.push_back(row_of(facts));
        }
        if (attendance.sealed) {
            record.sealed_at = wall(attendance.sealed->at);
            record.sealed_by = attendance.sealed->by;
        }
        for (const auto& act : attendance.acts)
            record.acts.push_back({.what = std::string{base::name_of(act.kind)},
                .person = act.person,
                .by = act.by,
                .at = act.at,
                .mark = act.mark,
                .minutes = act.minutes});
        record.statistics = statistics(record);
        return record;
    }

private:
    UtcTime wall(RoomTime at) const { return UtcTime{room_.now.utc.ms - (room_.now.at - at).count()}; }
    std::optional<UtcTime> wall(std::optional<RoomTime> at) const {
        return at ? std::optional{wall(*at)} : std::nullopt;
    }
    RecordedSpan on_wall(const domain::Span& span) const { return {wall(span.from), wall(span.to.value_or(until_))}; }

    RecordedRow row_of(const domain::AttendanceFacts& facts) const {
        RecordedRow row{.person = facts.person,
            .decision_type = facts.decision_type,
            .absence_told = facts.absence_told.value_or(false)};
        row.connected_seconds = facts.connected_seconds;
        row.window_seconds = facts.window_seconds;
        row.arrived = wall(facts.arrived);
        row.left = wall(facts.left);
        row.gaps = facts.gaps;
        for (const auto& interval : facts.intervals) row.intervals.push_back({wall(interval.from), wall(interval.to)});
        row.took_part = facts.took_part;
        row.work_seconds = facts.work_seconds;
        row.returned_at = facts.returned_at;
        row.returned_late = facts.returned_late;
        row.work_source = facts.work_source;
        row.contact_seconds = facts.contact_seconds;
        row.contact_source = facts.contact_source;
        if (const auto voice = room_.floor.voices.find(facts.person); voice != room_.floor.voices.end()) {
            row.turns = voice->second.turns;
            row.written_turns = voice->second.written_turns;
        }
        if (const auto author = room_.chat.authors.find(facts.person); author != room_.chat.authors.end())
            row.messages = author->second.published;
        row.proposal = facts.proposal;
        const auto found = room_.attendance.rows.find(facts.person);
        if (found != room_.attendance.rows.end()) add_decision(found->second, row);
        return row;
    }

    /// What was proposed and decided stands as it was, whatever the facts would say by now.
    void add_decision(const domain::Attendance::Row& decided, RecordedRow& row) const {
        row.proposal = decided.proposed.proposal;
        row.why = decided.proposed.why.value_or(std::vector<protocol::ProposalReason>{});
        if (const auto* marking = decided.marking()) {
            row.mark = marking->marked.mark;
            row.minutes = marking->marked.minutes;
            if (!marking->marked.reason.empty()) row.reason = marking->marked.reason;
            row.source = marking->marked.source;
            row.marked_by = marking->by;
            row.marked_at = wall(marking->at);
        }
        row.came_late_at = wall(decided.came_late_at);
        for (const auto& each : decided.corrections) {
            row.corrections.push_back({.was = each.was,
                .was_minutes = each.was_minutes,
                .mark = each.mark,
                .minutes = each.minutes,
                .reason = each.reason,
                .by = each.by,
                .at = wall(each.at)});
        }
    }

    reports::DayStatistics statistics(const reports::DayRecord& record) const {
        reports::DayStatistics all;
        for (const auto& expected : room_.session.plan.roster)
            all.registered += expected.role == protocol::Role::participant ? 1 : 0;
        for (const auto& row : record.lines) {
            all.attended += row.has_attended() ? 1 : 0;
            all.voices_heard += row.turns + row.written_turns > 0 ? 1 : 0;
            all.turns += row.turns;
            all.written_turns += row.written_turns;
            all.messages += row.messages;
        }
        const auto crowd = reports::crowd_of(record.lines, record.windows);
        all.peak = crowd.peak;
        all.average_tenths = crowd.average_tenths;
        for (const auto& figures : domain::help_figures(room_, until_)) {
            all.help.push_back({.kind = figures.kind,
                .count = figures.count,
                .median_wait_seconds = std::chrono::floor<std::chrono::seconds>(figures.median_wait).count(),
                .longest_wait_seconds = std::chrono::floor<std::chrono::seconds>(figures.longest_wait).count()});
        }
        return all;
    }

    const domain::Room& room_;
    RoomTime until_;
};

}  // namespace

reports::DayRecord record_of(const domain::Room& room) { return Recorder{room}.record(); }

}  // namespace etakahvila::reports
