// Who comes to a session: from a file, by hand, and who has told that they do not come.

#include <charconv>

#include "domain/room/room.hpp"
#include "people/words.hpp"
#include "protocol/api/registrations.hpp"
#include "api/forms.hpp"
#include "api/known.hpp"

namespace etakahvila::api {
namespace {

using people::AccessAct;
using protocol::PersonId;
using protocol::Phase;
using protocol::RefusalWord;
using protocol::SessionId;

people::PersonDetails details_in(const auto& body) {
    return {.name = body.name,
        .decision_type = body.decision_type,
        .supervisor = body.supervisor,
        .phone = body.phone,
        .email = body.email,
        .needs = body.needs};
}

protocol::SameQuestion shown(const SQLite::Database& reader, const people::SameQuestion& question, const people::Reach& reach) {
    const auto& told = question.told;
    protocol::SameQuestion asked{.line = question.line,
        .told = {told.name, told.decision_type, told.supervisor, told.phone, told.email},
        .people = {},
        .lines = question.lines};
    for (const auto& known : question.people) asked.people.push_back(known_shown(reader, known, reach));
    return asked;
}

/// "3:17,5:0": the row of line 3 is person 17, the row of line 5 is nobody who is known. Nothing when
/// it is not written so.
std::optional<people::SameAnswers> answers_in(std::string_view text) {
    people::SameAnswers answers;
    const auto number = [&](char end) -> std::optional<std::int64_t> {
        std::int64_t value{};
        const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc{} || value < 0) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
        if (!text.empty() && text.front() != end) return std::nullopt;
        if (!text.empty()) text.remove_prefix(1);
        return value;
    };
    while (!text.empty()) {
        const auto line = number(':');
        const auto person = line ? number(',') : std::nullopt;
        if (!person) return std::nullopt;
        answers[*line] = *person == 0 ? std::nullopt : std::optional{PersonId{*person}};
    }
    return answers;
}

protocol::PersonListed listed(const people::SessionPerson& one) {
    protocol::PersonListed person{.person = one.person,
        .name = one.details.name,
        .role = one.role,
        .decision_type = one.details.decision_type,
        .supervisor = one.details.supervisor,
        .phone = one.details.phone,
        .email = one.details.email,
        .needs = one.details.needs,
        .absence = one.absence,
        .invited = one.is_invited,
        .invited_from = one.invited_from,
        .invited_until = one.invited_until};
    return person;
}

}  // namespace

void Api::show_session(Call& call) {
    const auto record = people::session_record(call.reader, call.session);
    if (!record) return refuse(call.answer, RefusalWord::not_found);
    const auto room = room_of(call, call.session);
    if (!room) return;
    protocol::SessionShown session{
        .id = record->id,
        .theme = record->theme,
        .series = record->series,
        .question = record->question,
        .starts_at = record->starts_at,
        .ends_at = record->ends_at,
        .phase = {},
        .help_phone = record->help_phone,
        .settings = {},
        .agenda = {},
        .people = {},
    };
    if (call.caller.has(CallerRole::coordinator)) {
        const auto& settings = record->settings;
        session.settings = protocol::SessionSettings{.voice = settings.voice,
            .many_listeners = settings.many_listeners,
            .present_percent = settings.present_percent,
            .present_minutes = settings.present_minutes,
            .grace_seconds = settings.grace_seconds,
            .words = settings.words};
        session.agenda = record->agenda;
    }
    const auto keys = call.caller.supervisor_keys();
    std::vector<PersonId> whose;
    for (const auto& one : people::people_of(call.reader, call.session, utc())) {
        // A moderator who is a supervisor as well sees their own people here, and no more.
        const bool is_theirs = call.caller.has(CallerRole::coordinator) || people::is_supervised_by(one.details, keys);
        if (!is_theirs) continue;
        session.people.push_back(listed(one));
        whose.push_back(one.person);
    }
    note_access(call, AccessAct::people_listed, std::move(whose));
    room->show([session, answer = call.answer](const domain::Room& state) -> base::Task {
        auto shown = session;
        shown.phase = state.session.phase;
        return [answer, shown = std::move(shown)] { give(answer, shown); };
    });
}

void Api::import_registrations(Call& call) {
    if (!people::session_record(call.reader, call.session)) return refuse(call.answer, RefusalWord::not_found);
    const auto answers = answers_in(call.request.field("answers").value_or(""));
    if (!answers) return refuse(call.answer, RefusalWord::invalid);
    const auto reach = call.caller.reach();
    const auto preview = people::preview_registrations(call.request.body);
    auto look = people::look_at_records(call.reader, call.session, preview, reach, *answers);
    protocol::RegistrationsAnswer answer{.columns = shown<protocol::RegistrationColumn>(preview.columns),
        .rows = preview.rows_read,
        .errors = {},
        .imported = {},
        .changed = {},
        .known = look.known,
        .questions = {},
        .kept_as_was = look.lines_kept_as_was};
    auto faults = preview.faults;
    add(faults, look.faults);
    auto questions = std::move(look.questions);
    if (faults.empty() && questions.empty() && !is_dry_run(call.request)) {
        std::optional<people::RegistrationImport> imported;
        parts_.store.write_and_wait([&](SQLite::Database& database) {
            imported = people::import_registrations(database, call.session, preview, reach, *answers);
        });
        if (!imported) return refuse(call.answer, RefusalWord::not_found);
        faults = imported->faults;
        questions = std::move(imported->questions);
        answer.imported = imported->imported;
        answer.changed = imported->changed;
        answer.kept_as_was = imported->lines_kept_as_was;
        if (!imported->people.empty()) {
            note_access(call, AccessAct::registrations_imported, imported->people);
            parts_.log.info("registrations_imported", {{"session", call.session}, {"imported", imported->imported}});
            parts_.directory.plan_changed(call.session);
        }
    }
    std::vector<PersonId> whose;
    for (const auto& question : questions) {
        answer.questions.push_back(shown(call.reader, question, reach));
        for (const auto& known : question.people) whose.push_back(known.id);
    }
    if (!whose.empty()) note_access(call, AccessAct::people_listed, std::move(whose));
    answer.errors = shown(faults);
    give(call.answer, answer);
}

void Api::add_person(Call& call) {
    const auto body = body_of<protocol::NewPersonBody>(call);
    if (!body) return;
    std::optional<people::HandAnswer> said;
    if (body->same_as || body->is_another.value_or(false)) said = people::HandAnswer{body->same_as};
    const auto reach = call.caller.reach();
    std::variant<people::HandRegistration, RefusalWord> done;
    parts_.store.write_and_wait([&](SQLite::Database& database) {
        done = people::register_by_hand(database, call.session, details_in(*body), reach, said);
    });
    if (const auto* word = std::get_if<RefusalWord>(&done)) return refuse(call.answer, *word);
    const auto& registered = std::get<people::HandRegistration>(done);
    if (!registered.faults.empty()) return refuse_form(call.answer, registered.faults);
    if (registered.question) {
        std::vector<PersonId> whose;
        for (const auto& known : registered.question->people) whose.push_back(known.id);
        note_access(call, AccessAct::people_listed, std::move(whose));
        return give(call.answer,
            protocol::NewPersonAnswer{
                .person = {}, .question = shown(call.reader, *registered.question, reach), .kept_as_was = {}});
    }
    note_access(call, AccessAct::person_added, {registered.person});
    parts_.directory.plan_changed(call.session);
    give(call.answer, protocol::NewPersonAnswer{.person = registered.person,
                          .question = {},
                          .kept_as_was = registered.is_kept_as_was ? std::optional{true} : std::nullopt});
}

void Api::change_person(Call& call) {
    const auto body = body_of<protocol::PersonBody>(call);
    if (!body) return;
    std::variant<std::vector<people::Fault>, RefusalWord> done;
    parts_.store.write_and_wait([&](SQLite::Database& database) {
        done = people::change_person(database, call.session, call.person, details_in(*body), call.caller.reach());
    });
    if (const auto* word = std::get_if<RefusalWord>(&done)) return refuse(call.answer, *word);
    const auto& faults = std::get<std::vector<people::Fault>>(done);
    if (!faults.empty()) return refuse_form(call.answer, faults);
    note_access(call, AccessAct::person_changed, {call.person});
    parts_.directory.plan_changed(call.session);
    give(call.answer, protocol::PersonAnswer{call.person});
}

void Api::remove_person(Call& call) {
    if (!body_of<protocol::EmptyBody>(call)) return;
    const auto room = room_of(call, call.session);
    if (!room) return;
    const auto caller = std::make_shared<Call>(call);
    room->look([this, caller](const domain::Room& state) {
        // Whoever has been there stays on the list of the day: what they did is theirs.
        const auto* member = state.member(caller->person);
        if (member != nullptr && !member->stays.empty()) return refuse(caller->answer, RefusalWord::not_now);
        go_on(caller->answer, [this, caller] {
            std::optional<RefusalWord> refused;
            parts_.store.write_and_wait([&](SQLite::Database& database) {
                refused = people::unregister(database, caller->session, caller->person);
            });
            if (refused) return refuse(caller->answer, *refused);
            note_access(*caller, AccessAct::person_removed, {caller->person});
            parts_.directory.plan_changed(caller->session);
            // A ticket may be in their hand.
            parts_.directory.shut_out(caller->person, caller->session);
            give(caller->answer, protocol::PersonAnswer{caller->person});
        });
    });
}

void Api::note_absence(Call& call) {
    const auto body = body_of<protocol::AbsenceBody>(call);
    if (!body) return;
    const auto details = people::person_details(call.reader, call.person);
    const auto role = people::role_in(call.reader, call.session, call.person);
    if (!details || role != protocol::Role::participant || !call.caller.sees(*details))
        return refuse(call.answer, RefusalWord::not_found);
    std::optional<RefusalWord> refused;
    parts_.store.write_and_wait([&](SQLite::Database& database) {
        refused = people::set_absence(database, call.session, call.person,
            body->told ? std::optional{people::AbsenceNotice{.told_at = utc(), .note = body->note}} : std::nullopt);
    });
    if (refused) return refuse(call.answer, *refused);
    note_access(call, AccessAct::absence_noted, {call.person});
    parts_.directory.plan_changed(call.session);
    give(call.answer, protocol::PersonAnswer{call.person});
}

}  // namespace etakahvila::api
