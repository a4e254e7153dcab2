#include "api/attendance.hpp"

#include "api/day_answers.hpp"
#include "api/seen_days.hpp"
#include "reports/day_recorder.hpp"
#include "reports/day_store.hpp"

namespace etakahvila::api {
namespace {

using people::AccessAct;
using protocol::PersonId;
using reports::DayRecord;
using reports::Language;

/// One day, as far as the caller may see it.
struct SeenDay {
    people::SessionRecord session;
    Roster roster;
    protocol::DayQuery query;
    bool sees_all{};
    std::int64_t returners{};
    DayRecord record{};
    people::DecisionKinds kinds{};

    Language language() const { return query.language.value_or(Language::fi); }
    reports::ReportedPeople people() const {
        reports::ReportedPeople people;
        roster.add_to(people);
        return people;
    }
    std::vector<reports::ReportedDay> days() const {
        return {{.theme = session.theme,
            .starts_at = session.starts_at,
            .record = record,
            .has_counts_only = session.settings.anonymous_among_participants}};
    }
    std::string file_name(std::string_view ending) const {
        return "lasnaolo-" + std::to_string(session.id.value) + std::string{ending};
    }
};

std::vector<PersonId> people_in(const DayRecord& record) {
    std::vector<PersonId> people;
    people.reserve(record.lines.size());
    for (const auto& row : record.lines) people.push_back(row.person);
    return people;
}

/// Those who see everyone see the day as it is in the room by now; supervisors what was kept of it.
template <class Route>
void with_day(
    const Attendance::Parts& parts, const Call<Route>& call, AccessAct act, net::Response (*make)(const SeenDay&)) {
    const auto session = people::session_record(call.reader, call.session);
    if (!session) return call.reply.refuse(protocol::RefusalWord::not_found);
    const auto seen = std::make_shared<SeenDay>(SeenDay{.session = *session,
        .roster = Roster{call.reader, call.session, parts.clock.utc(), call.caller},
        .query = call.query,
        .sees_all = call.caller.roles.has_any(who_see_all)});
    seen->returners = reports::returners_of(call.reader, call.session);
    seen->kinds = people::decision_kinds(call.reader);
    if (!seen->sees_all) {
        seen->record = reports::day_of(call.reader, call.session).value_or(DayRecord{});
        seen->roster.keep_own(seen->record, call.caller.roles, call.caller.supervisor_keys());
        keep_kind(seen->record, seen->query.decision_type);
        parts.notes.note(call, act, people_in(seen->record));
        return call.reply.send(make(*seen));
    }
    const auto room = room_of(parts.directory, call.session, call.reply);
    if (!room) return;
    parts.notes.note(call, act, seen->roster.participants());
    // The room gives its day and goes on; what is made of it is made after it.
    room->show([&after_room = parts.after_room, seen, make, reply = call.reply, caller = call.caller](
                   const domain::Room& state) -> base::Task {
        seen->record = reports::record_of(state);
        seen->roster.hide_decisions(seen->record, caller);
        return [&after_room, seen, make, reply] {
            after_room.read_on(reply, [seen, make, reply](const records::Database& reader) {
                reports::name_kinds(reader, seen->record);
                keep_kind(seen->record, seen->query.decision_type);
                reply.send(make(*seen));
            });
        };
    });
}

}  // namespace

void Attendance::handle(Call<routes::Attendance>& call) {
    with_day(parts_, call, AccessAct::attendance_viewed, [](const SeenDay& seen) {
        auto day = day_answer(seen.session, seen.record, seen.roster);
        if (seen.sees_all) day.statistics = day_figures(seen.record.statistics, seen.returners);
        return ReplyWith<protocol::DayAnswer>::response(day);
    });
}

void Attendance::handle(Call<routes::AttendanceCsv>& call) {
    with_day(parts_, call, AccessAct::attendance_downloaded, [](const SeenDay& seen) {
        return file_of(
            reports::csv_of(reports::attendance_table(seen.days(), seen.people(), seen.kinds, seen.language())),
            csv_type, seen.file_name(".csv"));
    });
}

void Attendance::handle(Call<routes::AttendanceXlsx>& call) {
    with_day(parts_, call, AccessAct::attendance_downloaded, [](const SeenDay& seen) {
        const auto [days, people] = std::pair{seen.days(), seen.people()};
        return file_of(reports::xlsx_of({reports::attendance_table(days, people, seen.kinds, seen.language()),
                           reports::interval_table(days, people, seen.language())}),
            xlsx_type, seen.file_name(".xlsx"));
    });
}

void Attendance::handle(Call<routes::Reports>& call) {
    const auto seen = days_seen_by(call, call.query, parts_.clock.utc());
    parts_.notes.note(call, AccessAct::reports_viewed, seen.whose());
    protocol::ReportsAnswer report;
    for (const auto& day : seen.days) report.days.push_back(day_answer(day.session, day.record, day.roster));
    const auto people = seen.people();
    const auto all = seen.reported();
    for (const auto& total : reports::totals_of(all, people)) report.totals.push_back(person_total(total, people));
    if (const auto named = reports::days_with_names(all); named.size() != all.size()) {
        report.paper_totals.emplace();
        for (const auto& total : reports::totals_of(named, people))
            report.paper_totals->push_back(person_total(total, people));
    }
    report.series = choices_of(seen.series);
    report.supervisors = choices_of(seen.supervisors);
    call.reply.give(report);
}

void Attendance::handle(Call<routes::ReportsCsv>& call) {
    const auto seen = days_seen_by(call, call.query, parts_.clock.utc());
    parts_.notes.note(call, AccessAct::reports_downloaded, seen.whose());
    const auto language = call.query.language.value_or(Language::fi);
    call.reply.send(file_of(reports::csv_of(reports::attendance_table(
                                seen.reported(), seen.people(), people::decision_kinds(call.reader), language)),
        csv_type, "lasnaolot.csv"));
}

void Attendance::handle(Call<routes::ReportsXlsx>& call) {
    const auto seen = days_seen_by(call, call.query, parts_.clock.utc());
    parts_.notes.note(call, AccessAct::reports_downloaded, seen.whose());
    const auto language = call.query.language.value_or(Language::fi);
    const auto [days, people] = std::pair{seen.reported(), seen.people()};
    const auto kinds = people::decision_kinds(call.reader);
    call.reply.send(file_of(reports::xlsx_of({reports::attendance_table(days, people, kinds, language),
                                reports::totals_table(days, people, kinds, language)}),
        xlsx_type, "lasnaolot.xlsx"));
}

}  // namespace etakahvila::api
