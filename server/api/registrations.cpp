#include "api/registrations.hpp"

#include <charconv>

#include "api/forms.hpp"
#include "api/known.hpp"
#include "api/rooms.hpp"
#include "domain/room/beyond.hpp"
#include "people/words.hpp"
#include "programme/enrolments.hpp"

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

void Registrations::handle(Call<routes::ShowSession>& call) {
    const auto record = people::session_record(call.reader, call.session);
    if (!record) return call.reply.refuse(RefusalWord::not_found);
    const auto room = room_of(parts_.directory, call.session, call.reply);
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
        if (settings.doors_minutes > 0) session.settings->doors_minutes = settings.doors_minutes;
        if (settings.anonymous_among_participants) session.settings->anonymous_among_participants = true;
        session.agenda = record->agenda;
    }
    std::vector<PersonId> whose;
    for (const auto& one : people::people_of(call.reader, call.session, parts_.clock.utc())) {
        // A moderator who is a supervisor as well sees their own people here, and no more.
        if (!call.caller.knows_reasons_of(one.details)) continue;
        session.people.push_back(listed(one));
        whose.push_back(one.person);
    }
    parts_.notes.note(call, AccessAct::people_listed, std::move(whose));
    room->show([session, reply = call.reply](const domain::Room& state) -> base::Task {
        auto shown = session;
        shown.phase = state.session.phase;
        return [reply, shown = std::move(shown)] { reply.give(shown); };
    });
}

void Registrations::handle(Call<routes::ImportRegistrations>& call) {
    if (!people::session_record(call.reader, call.session)) return call.reply.refuse(RefusalWord::not_found);
    const auto answers = answers_in(call.query.answers.value_or(""));
    if (!answers) return call.reply.refuse(RefusalWord::invalid);
    const auto reach = call.caller.reach();
    const auto preview = people::preview_registrations(call.request.body, people::decision_kinds(call.reader));
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
    if (faults.empty() && questions.empty() && !call.query.dry_run.value_or(false)) {
        std::optional<people::RegistrationImport> imported;
        std::vector<SessionId> followed;
        parts_.store.write_and_wait([&](records::Database& database) {
            followed = programme::follow_kinds(database, parts_.clock.utc(),
                [&] { imported = people::import_registrations(database, call.session, preview, reach, *answers); });
        });
        for (const auto session : followed) parts_.directory.plan_changed(session);
        if (!imported) return call.reply.refuse(RefusalWord::not_found);
        faults = imported->faults;
        questions = std::move(imported->questions);
        answer.imported = imported->imported;
        answer.changed = imported->changed;
        answer.kept_as_was = imported->lines_kept_as_was;
        if (!imported->people.empty()) {
            parts_.notes.note(call, AccessAct::registrations_imported, imported->people);
            parts_.log.info("registrations_imported", {{"session", call.session}, {"imported", imported->imported}});
            parts_.directory.plan_changed(call.session);
        }
    }
    std::vector<PersonId> whose;
    for (const auto& question : questions) {
        answer.questions.push_back(shown(call.reader, question, reach));
        for (const auto& known : question.people) whose.push_back(known.id);
    }
    if (!whose.empty()) parts_.notes.note(call, AccessAct::people_listed, std::move(whose));
    answer.errors = shown(faults);
    call.reply.give(answer);
}

void Registrations::handle(Call<routes::AddPerson>& call) {
    std::optional<people::HandAnswer> said;
    if (call.body.same_as || call.body.is_another.value_or(false)) said = people::HandAnswer{call.body.same_as};
    const auto reach = call.caller.reach();
    std::variant<people::HandRegistration, RefusalWord> done;
    std::vector<SessionId> followed;
    parts_.store.write_and_wait([&](records::Database& database) {
        followed = programme::follow_kinds(database, parts_.clock.utc(),
            [&] { done = people::register_by_hand(database, call.session, details_in(call.body), reach, said); });
    });
    for (const auto session : followed) parts_.directory.plan_changed(session);
    if (const auto* word = std::get_if<RefusalWord>(&done)) return call.reply.refuse(*word);
    const auto& registered = std::get<people::HandRegistration>(done);
    if (!registered.faults.empty()) return refuse_form(call.reply, registered.faults);
    if (registered.question) {
        std::vector<PersonId> whose;
        for (const auto& known : registered.question->people) whose.push_back(known.id);
        parts_.notes.note(call, AccessAct::people_listed, std::move(whose));
        return call.reply.give(
            {.person = {}, .question = shown(call.reader, *registered.question, reach), .kept_as_was = {}});
    }
    parts_.notes.note(call, AccessAct::person_added, {registered.person});
    parts_.directory.plan_changed(call.session);
    call.reply.give({.person = registered.person,
        .question = {},
        .kept_as_was = registered.is_kept_as_was ? std::optional{true} : std::nullopt});
}

void Registrations::handle(Call<routes::ChangePerson>& call) {
    std::variant<std::vector<people::Fault>, RefusalWord> done;
    std::vector<SessionId> followed;
    parts_.store.write_and_wait([&](records::Database& database) {
        followed = programme::follow_kinds(database, parts_.clock.utc(), [&] {
            done = people::change_person(
                database, call.session, call.person, details_in(call.body), call.caller.reach());
        });
    });
    for (const auto session : followed) parts_.directory.plan_changed(session);
    if (const auto* word = std::get_if<RefusalWord>(&done)) return call.reply.refuse(*word);
    const auto& faults = std::get<std::vector<people::Fault>>(done);
    if (!faults.empty()) return refuse_form(call.reply, faults);
    parts_.notes.note(call, AccessAct::person_changed, {call.person});
    parts_.directory.plan_changed(call.session);
    call.reply.give({call.person});
}

void Registrations::handle(Call<routes::RemovePerson>& call) {
    const auto room = room_of(parts_.directory, call.session, call.reply);
    if (!room) return;
    const auto asked = std::make_shared<Call<routes::RemovePerson>>(std::move(call));
    room->look([this, asked](const domain::Room& state) {
        // Whoever has been there stays on the list of the day: what they did is theirs.
        if (domain::has_taken_part(state, asked->person)) return asked->reply.refuse(RefusalWord::not_now);
        parts_.after_room.go_on(asked->reply, [this, asked] { remove(*asked); });
    });
}

void Registrations::remove(const Call<routes::RemovePerson>& call) {
    std::optional<RefusalWord> refused;
    parts_.store.write_and_wait([&](records::Database& database) {
        refused = people::take_out(database, call.session, call.person, parts_.clock.utc());
    });
    if (refused) return call.reply.refuse(*refused);
    parts_.notes.note(call, AccessAct::person_removed, {call.person});
    parts_.directory.plan_changed(call.session);
    // A ticket may be in their hand.
    parts_.directory.shut_out(call.person, call.session);
    call.reply.give({call.person});
}

void Registrations::handle(Call<routes::NoteAbsence>& call) {
    const auto details = people::person_details(call.reader, call.person);
    const auto role = people::role_in(call.reader, call.session, call.person);
    if (!details || role != protocol::Role::participant || !call.caller.sees(*details))
        return call.reply.refuse(RefusalWord::not_found);
    // Whoever may not read a reason writes none, and takes none away by telling it again.
    const bool knows_reasons = call.caller.knows_reasons_of(*details);
    if (call.body.reason && !knows_reasons) return call.reply.refuse(RefusalWord::not_permitted);
    const people::AbsenceNotice notice{
        .told_at = parts_.clock.utc(), .note = call.body.note, .reason = call.body.reason};
    const auto by = call.caller.name(call.reader);
    std::optional<RefusalWord> refused;
    parts_.store.write_and_wait([&](records::Database& database) {
        if (!call.body.told)
            refused = people::set_absence(database, call.session, call.person, {});
        else if (knows_reasons)
            refused = people::set_absence(database, call.session, call.person, notice, by);
        else
            refused = people::set_absence_unread(database, call.session, call.person, notice, by);
    });
    if (refused) return call.reply.refuse(*refused);
    parts_.notes.note(call, AccessAct::absence_noted, {call.person});
    parts_.directory.plan_changed(call.session);
    call.reply.give({call.person});
}

}  // namespace etakahvila::api
