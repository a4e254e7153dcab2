// Who comes to a session: from a file, by hand, and who has told that they do not come.

#include "transport/api_forms.hpp"

namespace etakahvila::transport {
namespace {

using people::AccessAct;
using protocol::PersonId;
using protocol::Phase;
using protocol::RefusalWord;
using protocol::SessionId;

struct PersonBody {
    std::string name;
    std::optional<protocol::DecisionType> decision_type;
    std::optional<std::string> supervisor;
    std::optional<std::string> phone;
    std::optional<std::string> email;
    std::optional<std::string> needs;
};
BOOST_DESCRIBE_STRUCT(PersonBody, (), (name, decision_type, supervisor, phone, email, needs))

people::PersonDetails details_in(const PersonBody& body) {
    return {.name = body.name, .decision_type = body.decision_type, .supervisor = body.supervisor, .phone = body.phone, .email = body.email, .needs = body.needs};
}

struct AbsenceBody {
    /// False: the notice is taken back.
    bool told{};
    std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(AbsenceBody, (), (told, note))

struct AbsenceShown {
    protocol::UtcTime told_at;
    std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(AbsenceShown, (), (told_at, note))

struct PersonListed {
    PersonId person;
    std::string name;
    protocol::Role role{};
    std::optional<protocol::DecisionType> decision_type;
    std::optional<std::string> supervisor;
    std::optional<std::string> phone;
    std::optional<std::string> email;
    std::optional<std::string> needs;
    std::optional<AbsenceShown> absence;
    bool invited{};
    std::optional<protocol::UtcTime> invited_from;
    std::optional<protocol::UtcTime> invited_until;
};
BOOST_DESCRIBE_STRUCT(PersonListed, (), (person, name, role, decision_type, supervisor, phone, email, needs, absence, invited, invited_from, invited_until))

/// What the coordinator has chosen for a session.
struct SettingsShown {
    bool voice{};
    bool many_listeners{};
    std::int64_t present_percent{};
    std::optional<std::int64_t> present_minutes;
    std::int64_t grace_seconds{};
    std::vector<std::string> words;
};
BOOST_DESCRIBE_STRUCT(SettingsShown, (), (voice, many_listeners, present_percent, present_minutes, grace_seconds, words))

struct SessionShown {
    SessionId id;
    std::string theme;
    std::string series;
    std::optional<std::string> question;
    protocol::UtcTime starts_at;
    protocol::UtcTime ends_at;
    Phase phase{};
    std::optional<std::string> help_phone;
    /// For coordinators.
    std::optional<SettingsShown> settings;
    std::optional<std::vector<protocol::AgendaItem>> agenda;
    std::vector<PersonListed> people;
};
BOOST_DESCRIBE_STRUCT(SessionShown, (), (id, theme, series, question, starts_at, ends_at, phase, help_phone, settings, agenda, people))

struct PersonAnswer {
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(PersonAnswer, (), (person))

struct RegistrationsAnswer {
    std::vector<RegistrationColumn> columns;
    std::int64_t rows{};
    std::vector<ErrorOfLine> errors;
    std::int64_t imported{};
    /// Known already, with other details: what the file tells was taken over.
    std::int64_t changed{};
};
BOOST_DESCRIBE_STRUCT(RegistrationsAnswer, (), (columns, rows, errors, imported, changed))

PersonListed listed(const people::SessionPerson& one) {
    PersonListed person{.person = one.person, .name = one.details.name, .role = one.role, .decision_type = one.details.decision_type, .supervisor = one.details.supervisor,
                        .phone = one.details.phone, .email = one.details.email, .needs = one.details.needs, .absence = {}, .invited = one.is_invited, .invited_from = one.invited_from, .invited_until = one.invited_until};
    if (one.absence) person.absence = AbsenceShown{one.absence->told_at, one.absence->note};
    return person;
}

}  // namespace

void Api::show_session(Call& call) {
    const auto record = people::session_record(call.reader, call.session);
    if (!record) return refuse(call.answer, RefusalWord::not_found);
    const auto room = room_of(call, call.session);
    if (!room) return;
    SessionShown session{
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
        session.settings = SettingsShown{.voice = settings.voice, .many_listeners = settings.many_listeners, .present_percent = settings.present_percent, .present_minutes = settings.present_minutes, .grace_seconds = settings.grace_seconds, .words = settings.words};
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
    room->look([session, answer = call.answer](const domain::Room& state) mutable {
        session.phase = state.session.phase;
        give(answer, session);
    });
}

void Api::import_registrations(Call& call) {
    if (!people::session_record(call.reader, call.session)) return refuse(call.answer, RefusalWord::not_found);
    const auto preview = people::preview_registrations(call.request.body);
    RegistrationsAnswer answer{.columns = shown(preview.columns), .rows = preview.rows_read, .errors = {}, .imported = {}, .changed = {}};
    auto faults = preview.faults;
    add(faults, people::faults_against_records(call.reader, preview));
    if (faults.empty() && !is_dry_run(call.request)) {
        std::optional<people::RegistrationImport> imported;
        parts_.store.write_and_wait([&](SQLite::Database& database) { imported = people::import_registrations(database, call.session, preview); });
        if (!imported) return refuse(call.answer, RefusalWord::not_found);
        faults = imported->faults;
        answer.imported = imported->imported;
        answer.changed = imported->changed;
        note_access(call, AccessAct::registrations_imported, imported->people);
        parts_.log.info("registrations_imported", {{"session", call.session}, {"imported", imported->imported}});
        parts_.directory.plan_changed(call.session);
    }
    answer.errors = shown(faults);
    give(call.answer, answer);
}

void Api::add_person(Call& call) {
    const auto body = body_of<PersonBody>(call);
    if (!body) return;
    std::variant<people::HandRegistration, RefusalWord> done;
    parts_.store.write_and_wait([&](SQLite::Database& database) { done = people::register_by_hand(database, call.session, details_in(*body)); });
    if (const auto* word = std::get_if<RefusalWord>(&done)) return refuse(call.answer, *word);
    const auto& registered = std::get<people::HandRegistration>(done);
    if (!registered.faults.empty()) return refuse_form(call.answer, registered.faults);
    note_access(call, AccessAct::person_added, {registered.person});
    parts_.directory.plan_changed(call.session);
    give(call.answer, PersonAnswer{registered.person});
}

void Api::change_person(Call& call) {
    const auto body = body_of<PersonBody>(call);
    if (!body) return;
    std::variant<std::vector<people::Fault>, RefusalWord> done;
    parts_.store.write_and_wait([&](SQLite::Database& database) { done = people::change_person(database, call.session, call.person, details_in(*body)); });
    if (const auto* word = std::get_if<RefusalWord>(&done)) return refuse(call.answer, *word);
    const auto& faults = std::get<std::vector<people::Fault>>(done);
    if (!faults.empty()) return refuse_form(call.answer, faults);
    note_access(call, AccessAct::person_changed, {call.person});
    parts_.directory.plan_changed(call.session);
    give(call.answer, PersonAnswer{call.person});
}

void Api::remove_person(Call& call) {
    if (!body_of<EmptyBody>(call)) return;
    const auto room = room_of(call, call.session);
    if (!room) return;
    const auto caller = std::make_shared<Call>(call);
    room->look([this, caller](const domain::Room& state) {
        // Whoever has been there stays on the list of the day: what they did is theirs.
        const auto* member = state.member(caller->person);
        if (member != nullptr && !member->stays.empty()) return refuse(caller->answer, RefusalWord::not_now);
        go_on(caller->answer, [this, caller] {
            std::optional<RefusalWord> refused;
            parts_.store.write_and_wait([&](SQLite::Database& database) { refused = people::unregister(database, caller->session, caller->person); });
            if (refused) return refuse(caller->answer, *refused);
            note_access(*caller, AccessAct::person_removed, {caller->person});
            parts_.directory.plan_changed(caller->session);
            give(caller->answer, PersonAnswer{caller->person});
        });
    });
}

void Api::note_absence(Call& call) {
    const auto body = body_of<AbsenceBody>(call);
    if (!body) return;
    const auto details = people::person_details(call.reader, call.person);
    const auto role = people::role_in(call.reader, call.session, call.person);
    if (!details || role != protocol::Role::participant || !call.caller.sees(*details)) return refuse(call.answer, RefusalWord::not_found);
    std::optional<RefusalWord> refused;
    parts_.store.write_and_wait([&](SQLite::Database& database) {
        refused = people::set_absence(database, call.session, call.person, body->told ? std::optional{people::AbsenceNotice{.told_at = utc(), .note = body->note}} : std::nullopt);
    });
    if (refused) return refuse(call.answer, *refused);
    note_access(call, AccessAct::absence_noted, {call.person});
    parts_.directory.plan_changed(call.session);
    give(call.answer, PersonAnswer{call.person});
}

}  // namespace etakahvila::transport
