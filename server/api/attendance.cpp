// Who was there: for those who decide on it, for the coordinator, and of their own people for
// supervisors, who read what has been sealed and nothing before.

#include "people/names.hpp"
#include "people/words.hpp"
#include "protocol/api/attendance.hpp"
#include "reports/attendance_report.hpp"
#include "reports/day_store.hpp"
#include "api/api.hpp"
#include "reports/day_recorder.hpp"

namespace etakahvila::api {
namespace {

using people::AccessAct;
using protocol::DayAnswer;
using protocol::DayFigures;
using protocol::DecisionType;
using protocol::NamedMark;
using protocol::PersonDay;
using protocol::PersonId;
using reports::DayRecord;
using reports::Language;
using reports::RecordedLine;
using reports::ReportedDay;
using reports::ReportedPeople;

constexpr CallerRoles who_see_all{CallerRole::facilitator, CallerRole::moderator, CallerRole::coordinator};

/// The people of a session as the records have them now.
class Roster {
public:
    Roster(const SQLite::Database& reader, protocol::SessionId session, base::UtcTime now) {
        for (auto& one : people::people_of(reader, session, now)) people_.emplace(one.person, std::move(one));
    }

    const people::SessionPerson* find(PersonId person) const {
        const auto found = people_.find(person);
        return found == people_.end() ? nullptr : &found->second;
    }
    std::string name(PersonId person) const {
        const auto* known = find(person);
        return known == nullptr ? std::string{} : known->details.name;
    }
    /// Participants only: nobody else is ever listed.
    std::vector<PersonId> participants() const {
        std::vector<PersonId> ids;
        for (const auto& [person, one] : people_) {
            if (one.role == protocol::Role::participant) ids.push_back(person);
        }
        return ids;
    }
    void add_to(ReportedPeople& people) const {
        for (const auto& [person, one] : people_)
            people.insert_or_assign(
                person, reports::ReportedPerson{.name = one.details.name, .supervisor = one.details.supervisor});
    }
    const std::optional<std::string>& supervisor(PersonId person) const {
        static const std::optional<std::string> none;
        const auto* known = find(person);
        return known == nullptr ? none : known->details.supervisor;
    }
    /// The lines that the caller may see in a session in which they have these roles.
    void keep_own(DayRecord& record, CallerRoles roles, const std::vector<std::string>& supervisor_keys) const {
        if (roles.has_any(who_see_all)) return;
        reports::keep_lines(record, [&](const RecordedLine& line) {
            const auto* known = find(line.person);
            return record.sealed_at && known != nullptr && people::is_supervised_by(known->details, supervisor_keys);
        });
    }

private:
    std::map<PersonId, people::SessionPerson> people_;
};

void keep_kind(DayRecord& record, std::optional<DecisionType> kind) {
    if (kind) reports::keep_lines(record, [&](const RecordedLine& line) { return line.decision_type == kind; });
}

std::vector<PersonId> people_in(const DayRecord& record) {
    std::vector<PersonId> people;
    for (const auto& line : record.lines) people.push_back(line.person);
    return people;
}

PersonDay shown(const RecordedLine& line, const Roster& roster) {
    PersonDay shown{.person = line.person,
        .name = roster.name(line.person),
        .decision_type = line.decision_type,
        .absence_told = line.absence_told};
    if (const auto* known = roster.find(line.person)) {
        shown.supervisor = known->details.supervisor;
        if (known->absence) shown.absence_note = known->absence->note;
    }
    shown.connected_seconds = line.connected_seconds;
    shown.window_seconds = line.window_seconds;
    shown.arrived = line.arrived;
    shown.left = line.left;
    shown.gaps = line.gaps;
    shown.intervals = line.intervals;
    shown.took_part = line.took_part;
    shown.turns = line.turns;
    shown.written_turns = line.written_turns;
    shown.messages = line.messages;
    shown.proposal = line.proposal;
    shown.why = line.why;
    shown.mark = line.mark;
    shown.minutes = line.minutes;
    shown.reason = line.reason;
    shown.source = line.source;
    if (line.marked_by) shown.marked_by = roster.name(*line.marked_by);
    shown.marked_at = line.marked_at;
    shown.came_late_at = line.came_late_at;
    for (const auto& each : line.corrections) {
        shown.corrections.push_back({.was = each.was,
            .was_minutes = each.was_minutes,
            .mark = each.mark,
            .minutes = each.minutes,
            .reason = each.reason,
            .by = roster.name(each.by),
            .at = each.at});
    }
    return shown;
}

DayAnswer shown(const people::SessionRecord& session, const DayRecord& record, const Roster& roster) {
    DayAnswer shown_day{.session = session.id,
        .theme = session.theme,
        .series = session.series,
        .starts_at = session.starts_at,
        .phase = record.phase};
    shown_day.windows = record.windows;
    shown_day.breaks = record.breaks;
    shown_day.outages = record.outages;
    shown_day.sealed_at = record.sealed_at;
    if (record.sealed_by) shown_day.sealed_by = roster.name(*record.sealed_by);
    for (const auto& line : record.lines) shown_day.lines.push_back(shown(line, roster));
    people::sort_in_finnish_order(
        shown_day.lines, [](const PersonDay& line) -> const std::string& { return line.name; });
    return shown_day;
}

DayFigures shown(const reports::DayStatistics& figures, std::int64_t returners) {
    return {.registered = figures.registered,
        .attended = figures.attended,
        .returners = returners,
        .first_timers = std::max<std::int64_t>(0, figures.attended - returners),
        .peak = figures.peak,
        .average_tenths = figures.average_tenths,
        .voices_heard = figures.voices_heard,
        .turns = figures.turns,
        .written_turns = figures.written_turns,
        .messages = figures.messages,
        .help = figures.help};
}

protocol::PersonTotal shown(const reports::PersonTotal& total, const ReportedPeople& people) {
    const auto count = [&](protocol::Mark mark) { return total.marks[static_cast<std::size_t>(mark)]; };
    protocol::PersonTotal shown{.person = total.person,
        .name = {},
        .decision_type = total.decision_type,
        .supervisor = {},
        .days = total.days,
        .present = count(protocol::Mark::present),
        .partial = count(protocol::Mark::partial),
        .excused = count(protocol::Mark::excused),
        .absent = count(protocol::Mark::absent),
        .unmarked = total.unmarked,
        .minutes = total.minutes};
    if (const auto known = people.find(total.person); known != people.end()) {
        shown.name = known->second.name;
        shown.supervisor = known->second.supervisor;
    }
    return shown;
}

/// The mark of a name, made once for each.
const std::string& mark_in(std::map<std::string, std::string>& marks, const std::string& name) {
    auto& mark = marks[name];
    if (mark.empty()) mark = people::name_mark(name);
    return mark;
}

/// As mark_in, for a person's name: whichever way it is written.
const std::string& person_mark_in(std::map<std::string, std::string>& marks, const std::string& name) {
    auto& mark = marks[name];
    if (mark.empty()) mark = people::person_mark(name);
    return mark;
}

/// One choice for each mark: two ways to write a name are one name.
std::vector<NamedMark> choices_of(const std::map<std::string, std::string>& marks) {
    std::vector<NamedMark> choices;
    for (const auto& [name, mark] : marks) {
        const bool is_known = std::any_of(
            choices.begin(), choices.end(), [&](const auto& choice) { return choice.mark == mark; });
        if (!is_known) choices.push_back({.mark = mark, .name = name});
    }
    people::sort_in_finnish_order(choices, [](const NamedMark& choice) -> const std::string& { return choice.name; });
    return choices;
}

struct Choice {
    std::optional<DecisionType> kind;
    /// As name_mark makes them; empty: of all.
    std::string supervisor;
    std::string series;
    Language language = Language::fi;
    /// Helsinki's dates, 2026-12-03; both belong to it.
    std::string from;
    std::string to;
};

Choice choice_of(const net::Request& request) {
    const auto text = [&](std::string_view name) {
        return std::string{request.field(name).value_or(std::string_view{})};
    };
    return {.kind = base::value_named<DecisionType>(text("decision_type")),
        .supervisor = text("supervisor"),
        .series = text("series"),
        .language = base::value_named<Language>(text("language")).value_or(Language::fi),
        .from = text("from"),
        .to = text("to")};
}

constexpr std::string_view csv_type = "text/csv; charset=utf-8";
constexpr std::string_view xlsx_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

net::Response file_of(std::string bytes, std::string_view type, const std::string& name) {
    auto file = net::answer_of(200, std::move(bytes), type);
    file.fields.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
    return file;
}

}  // namespace

/// One day, as far as the caller may see it.
struct Api::SeenDay {
    people::SessionRecord session;
    Roster roster;
    Choice choice;
    bool sees_all{};
    std::int64_t returners{};
    DayRecord record{};

    ReportedPeople people() const {
        ReportedPeople people;
        roster.add_to(people);
        return people;
    }
    std::vector<ReportedDay> days() const {
        return {{.theme = session.theme, .starts_at = session.starts_at, .record = record}};
    }
    std::string file_name(std::string_view ending) const {
        return "lasnaolo-" + std::to_string(session.id.value) + std::string{ending};
    }
};

/// Those who see everyone see the day as it is in the room by now; supervisors what was kept of it.
void Api::with_day(Call& call, people::AccessAct act, net::Response (*make)(const SeenDay&)) {
    const auto session = people::session_record(call.reader, call.session);
    if (!session) return refuse(call.answer, protocol::RefusalWord::not_found);
    const auto seen = std::make_shared<SeenDay>(SeenDay{.session = *session,
        .roster = Roster{call.reader, call.session, utc()},
        .choice = choice_of(call.request),
        .sees_all = call.caller.roles.has_any(who_see_all)});
    seen->returners = reports::returners_of(call.reader, call.session);
    if (!seen->sees_all) {
        seen->record = reports::day_of(call.reader, call.session).value_or(DayRecord{});
        seen->roster.keep_own(seen->record, call.caller.roles, call.caller.supervisor_keys());
        keep_kind(seen->record, seen->choice.kind);
        note_access(call, act, people_in(seen->record));
        return call.answer(make(*seen));
    }
    const auto room = room_of(call, call.session);
    if (!room) return;
    note_access(call, act, seen->roster.participants());
    // The room gives its day and goes on; what is made of it is made here.
    room->show([this, seen, make, answer = call.answer](const domain::Room& state) -> base::Task {
        seen->record = reports::record_of(state);
        return [this, seen, make, answer] {
            go_on(answer, [seen, make, answer] {
                keep_kind(seen->record, seen->choice.kind);
                answer(make(*seen));
            });
        };
    });
}

void Api::attendance(Call& call) {
    with_day(call, AccessAct::attendance_viewed, [](const SeenDay& seen) {
        auto day = shown(seen.session, seen.record, seen.roster);
        if (seen.sees_all) day.statistics = shown(seen.record.statistics, seen.returners);
        return net::answer_of(200, base::json::to_text(day));
    });
}

void Api::attendance_csv(Call& call) {
    with_day(call, AccessAct::attendance_downloaded, [](const SeenDay& seen) {
        return file_of(reports::csv_of(reports::attendance_table(seen.days(), seen.people(), seen.choice.language)),
            csv_type, seen.file_name(".csv"));
    });
}

void Api::attendance_xlsx(Call& call) {
    with_day(call, AccessAct::attendance_downloaded, [](const SeenDay& seen) {
        const auto [days, people] = std::pair{seen.days(), seen.people()};
        return file_of(reports::xlsx_of({reports::attendance_table(days, people, seen.choice.language),
                           reports::interval_table(days, people, seen.choice.language)}),
            xlsx_type, seen.file_name(".xlsx"));
    });
}

// ------------------------------------------------------------------------------- many days

/// The days of a time that are the caller's, as they were kept.
struct Api::SeenDays {
    struct Day {
        people::SessionRecord session;
        Roster roster;
        DayRecord record;
    };
    Choice choice;
    std::vector<Day> days{};
    /// Whose days these are, or would be without the choice: names, and their marks.
    using Marks = std::map<std::string, std::string>;
    Marks series{};
    Marks supervisors{};

    std::vector<ReportedDay> reported() const {
        std::vector<ReportedDay> reported;
        for (const auto& day : days)
            reported.push_back({.theme = day.session.theme, .starts_at = day.session.starts_at, .record = day.record});
        return reported;
    }
    ReportedPeople people() const {
        ReportedPeople people;
        for (const auto& day : days) day.roster.add_to(people);
        return people;
    }
};

Api::SeenDays Api::days_seen_by(const Call& call) {
    SeenDays seen{.choice = choice_of(call.request)};
    const auto keys = call.caller.supervisor_keys();
    for (const auto& each : people::sessions(call.reader)) {
        const auto date = people::local_date_text(each.starts_at);
        if ((!seen.choice.from.empty() && date < seen.choice.from) ||
            (!seen.choice.to.empty() && date > seen.choice.to))
            continue;
        const auto roles = call.caller.roles_in(each.series);
        if (!roles.has(CallerRole::coordinator) && !roles.has(CallerRole::supervisor)) continue;
        auto record = reports::day_of(call.reader, each.id);
        const auto session = record ? people::session_record(call.reader, each.id) : std::nullopt;
        if (!session) continue;
        SeenDays::Day day{
            .session = *session, .roster = Roster{call.reader, each.id, utc()}, .record = std::move(*record)};
        // A facilitator or moderator reads the days of others in their rooms, not here.
        auto roles_here = roles;
        if (!roles.has(CallerRole::coordinator)) roles_here = CallerRoles{CallerRole::supervisor};
        day.roster.keep_own(day.record, roles_here, keys);
        if (day.record.lines.empty()) continue;
        const auto& series = mark_in(seen.series, each.series);
        for (const auto& line : day.record.lines) {
            if (const auto& supervisor = day.roster.supervisor(line.person))
                person_mark_in(seen.supervisors, *supervisor);
        }
        if (!seen.choice.series.empty() && series != seen.choice.series) continue;
        keep_kind(day.record, seen.choice.kind);
        if (!seen.choice.supervisor.empty()) {
            reports::keep_lines(day.record, [&](const RecordedLine& line) {
                const auto& supervisor = day.roster.supervisor(line.person);
                return supervisor && person_mark_in(seen.supervisors, *supervisor) == seen.choice.supervisor;
            });
        }
        if (!day.record.lines.empty()) seen.days.push_back(std::move(day));
    }
    return seen;
}

void Api::note_days_seen(const Call& call, people::AccessAct act, const SeenDays& seen) {
    std::vector<PersonId> whose;
    for (const auto& day : seen.days) {
        for (const auto& line : day.record.lines) whose.push_back(line.person);
    }
    note_access(call, act, std::move(whose));
}

void Api::reports(Call& call) {
    const auto seen = days_seen_by(call);
    note_days_seen(call, AccessAct::reports_viewed, seen);
    protocol::ReportsAnswer report;
    for (const auto& day : seen.days) report.days.push_back(shown(day.session, day.record, day.roster));
    const auto people = seen.people();
    for (const auto& total : reports::totals_of(seen.reported(), people)) report.totals.push_back(shown(total, people));
    report.series = choices_of(seen.series);
    report.supervisors = choices_of(seen.supervisors);
    give(call.answer, report);
}

void Api::reports_csv(Call& call) {
    const auto seen = days_seen_by(call);
    note_days_seen(call, AccessAct::reports_downloaded, seen);
    call.answer(
        file_of(reports::csv_of(reports::attendance_table(seen.reported(), seen.people(), seen.choice.language)),
            csv_type, "lasnaolot.csv"));
}

void Api::reports_xlsx(Call& call) {
    const auto seen = days_seen_by(call);
    note_days_seen(call, AccessAct::reports_downloaded, seen);
    const auto [days, people] = std::pair{seen.reported(), seen.people()};
    call.answer(file_of(reports::xlsx_of({reports::attendance_table(days, people, seen.choice.language),
                            reports::totals_table(days, people, seen.choice.language)}),
        xlsx_type, "lasnaolot.xlsx"));
}

}  // namespace etakahvila::api
