#include "api/season.hpp"

#include <algorithm>

#include "api/forms.hpp"
#include "api/known.hpp"
#include "api/phases.hpp"
#include "api/save.hpp"
#include "base/base64.hpp"
#include "people/decision_kinds.hpp"
#include "programme/enrolment_file.hpp"
#include "programme/season_people.hpp"
#include "reports/day_store.hpp"

namespace etakahvila::api {
namespace {

using people::AccessAct;
using protocol::PersonId;
using protocol::PersonShown;
using protocol::RefusalWord;
using protocol::SessionId;

/// Nobody has a ticket to a session that begins later than this.
constexpr std::int64_t tickets_before_ms = std::int64_t{2} * 24 * 60 * 60'000;

people::PersonDetails told_in(const auto& body) {
    return {.name = body.name,
        .decision_type = body.decision_type,
        .supervisor = body.supervisor,
        .phone = body.phone,
        .email = body.email,
        .needs = body.needs,
        .best_time = body.best_time};
}

programme::EnrolmentAnswers answers_in(const protocol::EnrolFileBody& body) {
    programme::EnrolmentAnswers answers;
    for (const auto& one : body.people) answers.people[one.line] = one.person;
    for (const auto& one : body.choices) answers.choices[{one.line, one.series}] = {one.choice, one.reason};
    for (const auto& one : body.packages) answers.moves[one.line] = one.moves;
    return answers;
}

protocol::EnrolFileAnswer answer_of(const records::Database& reader, const people::RegistrationPreview& rows,
    const programme::EnrolmentOutcome& outcome) {
    protocol::EnrolFileAnswer answer{.columns = api::shown<protocol::RegistrationColumn>(rows.columns),
        .rows = rows.rows_read,
        .errors = api::shown(outcome.faults),
        .same = {},
        .not_eligible = outcome.not_eligible,
        .moves = outcome.moves,
        .new_people = outcome.new_people,
        .changed = outcome.changed,
        .unchanged = outcome.unchanged,
        .is_stored = outcome.is_stored};
    for (const auto& question : outcome.same) answer.same.push_back(api::shown(reader, question, {}));
    return answer;
}

std::vector<PersonId> people_in(const std::vector<people::SameQuestion>& questions) {
    std::vector<PersonId> whose;
    for (const auto& question : questions) {
        for (const auto& known : question.people) whose.push_back(known.id);
    }
    return whose;
}

/// What the kept days tell: how each stands, and the person's mark, once it is sealed.
void add_kept_days(const records::Database& reader, PersonShown& page, base::UtcTime now) {
    const auto ids = people::ids_of(reader, page.person);
    for (auto& day : page.days) {
        const bool is_theirs = day.place == protocol::SeriesPlace::room ||
                               day.place == protocol::SeriesPlace::phone_day;
        const bool has_been = day.starts_at <= now && is_theirs;
        if (!has_been || day.phase == protocol::Phase::cancelled) continue;
        const auto record = reports::day_of(reader, day.session);
        if (!record) continue;
        day.phase = record->phase;
        if (record->phase != protocol::Phase::sealed) continue;
        const auto theirs = std::find_if(record->lines.begin(), record->lines.end(),
            [&](const auto& row) { return std::find(ids.begin(), ids.end(), row.person) != ids.end(); });
        if (theirs != record->lines.end()) day.mark = theirs->mark;
    }
}

}  // namespace

void Season::tell_rooms(
    const records::Database& reader, const std::vector<SessionId>& sessions, const std::vector<PersonId>& people) {
    const auto soon = base::UtcTime{parts_.clock.utc().ms + tickets_before_ms};
    for (const auto session : sessions) {
        parts_.directory.plan_changed(session);
        const auto record = people::session_record(reader, session);
        if (!record || record->starts_at > soon) continue;
        for (const auto person : people) {
            const bool is_there = std::any_of(record->roster.begin(), record->roster.end(),
                [&](const auto& entry) { return entry.person == person; });
            if (!is_there) parts_.directory.shut_out(person, session);
        }
    }
}

void Season::give(const AnyCall& call, const ReplyWith<PersonShown>& reply, PersonShown page) {
    add_kept_days(call.reader, page, parts_.clock.utc());
    std::map<SessionId, std::shared_ptr<runtime::RoomHost>> rooms;
    for (const auto& day : page.days) {
        // A room that nobody needs is as its day was kept, or was never opened.
        if (auto room = parts_.directory.open_room(day.session)) rooms.emplace(day.session, std::move(room));
    }
    with_phases(rooms, [page, reply](const std::map<SessionId, RoomNow>& now) mutable {
        for (auto& day : page.days) {
            if (const auto room = now.find(day.session); room != now.end()) day.phase = room->second.phase;
        }
        reply.give(page);
    });
}

template <class Route>
void Season::answer_change(
    Call<Route>& call, const std::function<std::variant<programme::Changed, RefusalWord>(records::Database&)>& change) {
    programme::Changed changed;
    const bool is_saved = save(
        parts_.store, call.reply, [&](records::Database& database) -> std::optional<RefusalWord> {
            auto done = change(database);
            if (const auto* word = std::get_if<RefusalWord>(&done)) return *word;
            changed = std::get<programme::Changed>(std::move(done));
            return std::nullopt;
        });
    if (!is_saved) return;
    if (!changed.faults.empty()) return refuse_form(call.reply, changed.faults);
    parts_.notes.note(call, AccessAct::person_changed, {call.person});
    tell_rooms(call.reader, changed.sessions, {call.person});
    auto page = programme::person_page(call.reader, call.period, call.person, parts_.clock.utc());
    if (!page) return call.reply.refuse(RefusalWord::not_found);
    give(call, call.reply, *std::move(page));
}

void Season::handle(Call<routes::ListSeason>& call) {
    auto listed = programme::season_people(call.reader, call.period, parts_.clock.utc());
    if (!listed) return call.reply.refuse(RefusalWord::not_found);
    std::vector<PersonId> whose;
    whose.reserve(listed->size());
    for (const auto& one : *listed) whose.push_back(one.person);
    parts_.notes.note(call, AccessAct::people_listed, std::move(whose));
    call.reply.give({*std::move(listed)});
}

void Season::handle(Call<routes::EnrolFile>& call) {
    const auto bytes = base::from_base64(call.body.file);
    if (!bytes) return call.reply.refuse(RefusalWord::invalid);
    const auto rows = people::preview_registrations(
        *bytes, people::decision_kinds(call.reader), people::ListKind::of_season);
    const programme::EnrolmentList list{.period = call.period,
        .package = call.body.package,
        .rows = rows,
        .answers = answers_in(call.body),
        .by = call.caller.name(call.reader)};
    const auto now = parts_.clock.utc();
    auto outcome = programme::look_at_enrolments(call.reader, list, now);
    if (outcome && outcome->may_be_stored() && !call.body.dry_run) {
        const bool is_saved = save(
            parts_.store, call.reply, [&](records::Database& database) -> std::optional<RefusalWord> {
                outcome = programme::enrol(database, list, now);
                return std::nullopt;
            });
        if (!is_saved) return;
    }
    if (!outcome) return call.reply.refuse(RefusalWord::not_found);
    if (outcome->is_stored) {
        parts_.notes.note(call, AccessAct::registrations_imported, outcome->people);
        parts_.log.info("people_enrolled", {{"new", outcome->new_people}, {"changed", outcome->changed}});
        tell_rooms(call.reader, outcome->sessions, outcome->people);
    } else if (auto whose = people_in(outcome->same); !whose.empty()) {
        parts_.notes.note(call, AccessAct::people_listed, std::move(whose));
    }
    call.reply.give(answer_of(call.reader, rows, *outcome));
}

void Season::handle(Call<routes::EnrolPerson>& call) {
    const auto& body = call.body;
    auto details = told_in(body);
    if (const auto faults = people::tidy_details(details); !faults.empty()) return refuse_form(call.reply, faults);
    people::RegistrationPreview rows;
    rows.rows.push_back({.line = 0, .person = std::move(details)});
    programme::EnrolmentList list{.period = call.period,
        .package = body.package,
        .rows = rows,
        .answers = {},
        .terms = {.first_day = body.first_day,
            .last_day = body.last_day,
            .sms_allowed = body.sms_allowed,
            .needs_shown = body.needs_shown},
        .by = call.caller.name(call.reader)};
    if (body.same_as || body.is_another.value_or(false)) list.answers.people[0] = body.same_as;
    for (const auto& one : body.choices) list.answers.choices[{0, one.series}] = {one.choice, one.reason};
    std::optional<programme::EnrolmentOutcome> outcome;
    const auto now = parts_.clock.utc();
    const bool is_saved = save(
        parts_.store, call.reply, [&](records::Database& database) -> std::optional<RefusalWord> {
            outcome = programme::enrol(database, list, now);
            return outcome ? std::nullopt : std::optional{RefusalWord::not_found};
        });
    if (!is_saved) return;
    std::vector<people::Fault> faults;
    for (const auto& fault : outcome->faults) faults.push_back({.reason = fault.reason, .value = fault.value});
    // Who is in another package changes it on their own page.
    if (!outcome->moves.empty()) faults.push_back({.reason = people::FaultReason::in_another_package, .value = {}});
    if (!faults.empty()) return refuse_form(call.reply, faults);
    protocol::EnrolAnswer answer{.person = {}, .question = {}, .not_eligible = outcome->not_eligible};
    if (!outcome->same.empty()) answer.question = shown(call.reader, outcome->same.front(), {});
    if (outcome->is_stored) {
        answer.person = outcome->people.front();
        parts_.notes.note(call, AccessAct::person_added, outcome->people);
        tell_rooms(call.reader, outcome->sessions, outcome->people);
    } else if (auto whose = people_in(outcome->same); !whose.empty()) {
        parts_.notes.note(call, AccessAct::people_listed, std::move(whose));
    }
    call.reply.give(answer);
}

void Season::handle(Call<routes::ShowPerson>& call) {
    const auto details = people::person_details(call.reader, call.person);
    // Whoever is staff of a room as well sees their own people here, and no more.
    const bool is_theirs = details && (call.caller.has(CallerRole::coordinator_of_all) ||
                                          people::is_supervised_by(*details, call.caller.supervisor_keys()));
    auto page = is_theirs ? programme::person_page(call.reader, call.period, call.person, parts_.clock.utc())
                          : std::nullopt;
    if (!page) return call.reply.refuse(RefusalWord::not_found);
    parts_.notes.note(call, AccessAct::people_listed, {call.person});
    give(call, call.reply, *std::move(page));
}

void Season::handle(Call<routes::ChangeDetails>& call) {
    answer_change(call, [&](records::Database& database) {
        return programme::change_details(database, call.period, call.person,
            {.details = told_in(call.body),
                .sms_allowed = call.body.sms_allowed,
                .needs_shown = call.body.needs_shown,
                .decision_from = call.body.decision_from},
            parts_.clock.utc());
    });
}

void Season::handle(Call<routes::ChangeEnrolment>& call) {
    answer_change(call, [&, by = call.caller.name(call.reader)](records::Database& database) {
        return programme::change_enrolment(database, call.period, call.person, call.body, by, parts_.clock.utc());
    });
}

void Season::handle(Call<routes::AllowSeries>& call) {
    answer_change(call, [&, by = call.caller.name(call.reader)](records::Database& database) {
        return programme::allow_series(
            database, call.period, call.person, call.body.series, call.body.reason, by, parts_.clock.utc());
    });
}

}  // namespace etakahvila::api
