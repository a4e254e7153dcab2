// The coordinator's work: sessions, registrations, invitations.

#include <atomic>
#include <map>

#include "base/secret.hpp"
#include "people/programme_file.hpp"
#include "transport/api.hpp"
#include "transport/session_plan.hpp"

namespace etakahvila::transport {
namespace {

using people::AccessAct;
using protocol::PersonId;
using protocol::Phase;
using protocol::RefusalWord;
using protocol::SessionId;

// ---- what is read

struct SessionBody {
    std::string theme;
    std::string series;
    std::string date;
    std::string start;
    std::string end;
    std::optional<std::string> question;
    std::optional<std::string> help_phone;
};
BOOST_DESCRIBE_STRUCT(SessionBody, (), (theme, series, date, start, end, question, help_phone))

struct StaffBody {
    protocol::Role role{};
    std::string name;
    static constexpr std::array limits{base::FieldLimit{"name", 1, 200}};
};
BOOST_DESCRIBE_STRUCT(StaffBody, (), (role, name))

struct InvitationsBody {
    std::optional<std::vector<PersonId>> people;
    std::optional<bool> renew;
    static constexpr std::array limits{base::FieldLimit{"people", base::no_least, 5000}};
};
BOOST_DESCRIBE_STRUCT(InvitationsBody, (), (people, renew))

// ---- what is answered

struct StaffAdded { PersonId person; };
BOOST_DESCRIBE_STRUCT(StaffAdded, (), (person))

struct Created {
    SessionId id;
};
BOOST_DESCRIBE_STRUCT(Created, (), (id))

struct ErrorOfForm {
    people::FaultReason reason{};
    std::optional<std::string> value;
};
BOOST_DESCRIBE_STRUCT(ErrorOfForm, (), (reason, value))

struct FormRefused {
    protocol::Refusal refusal;
    std::vector<ErrorOfForm> errors;
};
BOOST_DESCRIBE_STRUCT(FormRefused, (), (refusal, errors))

struct SessionListed {
    SessionId id;
    std::string theme;
    std::string series;
    protocol::UtcTime starts_at;
    protocol::UtcTime ends_at;
    Phase phase{};
    std::int64_t registered{};
};
BOOST_DESCRIBE_STRUCT(SessionListed, (), (id, theme, series, starts_at, ends_at, phase, registered))

struct SessionsAnswer {
    std::vector<SessionListed> sessions;
};
BOOST_DESCRIBE_STRUCT(SessionsAnswer, (), (sessions))

struct PersonListed {
    PersonId person;
    std::string name;
    protocol::Role role{};
    std::optional<protocol::DecisionType> decision_type;
    std::optional<std::string> supervisor;
    std::optional<std::string> phone;
    std::optional<std::string> email;
    bool invited{};
};
BOOST_DESCRIBE_STRUCT(PersonListed, (), (person, name, role, decision_type, supervisor, phone, email, invited))

struct SessionShown {
    SessionId id;
    std::string theme;
    std::string series;
    std::optional<std::string> question;
    protocol::UtcTime starts_at;
    protocol::UtcTime ends_at;
    Phase phase{};
    std::optional<std::string> help_phone;
    std::vector<PersonListed> people;
};
BOOST_DESCRIBE_STRUCT(SessionShown, (), (id, theme, series, question, starts_at, ends_at, phase, help_phone, people))

template <class Field>
struct ColumnShown {
    std::string heading;
    std::optional<Field> field;
    std::string example;
};
template <class Field>
std::vector<ColumnShown<Field>> shown(const std::vector<people::Column<Field>>& columns) {
    std::vector<ColumnShown<Field>> all;
    for (const auto& column : columns) all.push_back({column.heading, column.field, column.example});
    return all;
}
using RegistrationColumn = ColumnShown<people::RegistrationField>;
using ProgrammeColumn = ColumnShown<people::ProgrammeField>;
BOOST_DESCRIBE_STRUCT(RegistrationColumn, (), (heading, field, example))
BOOST_DESCRIBE_STRUCT(ProgrammeColumn, (), (heading, field, example))

struct ErrorOfLine {
    std::int64_t line{};
    people::FaultReason reason{};
    std::optional<std::string> value;
};
BOOST_DESCRIBE_STRUCT(ErrorOfLine, (), (line, reason, value))

std::vector<ErrorOfLine> shown(const std::vector<people::LineFault>& faults) {
    std::vector<ErrorOfLine> errors;
    for (const auto& fault : faults) errors.push_back({fault.line, fault.reason, fault.value});
    return errors;
}

struct ProgrammeAnswer {
    std::vector<ProgrammeColumn> columns;
    std::int64_t rows{};
    std::vector<ErrorOfLine> errors;
    std::vector<SessionId> created;
};
BOOST_DESCRIBE_STRUCT(ProgrammeAnswer, (), (columns, rows, errors, created))

struct RegistrationsAnswer {
    std::vector<RegistrationColumn> columns;
    std::int64_t rows{};
    std::vector<ErrorOfLine> errors;
    std::int64_t imported{};
};
BOOST_DESCRIBE_STRUCT(RegistrationsAnswer, (), (columns, rows, errors, imported))

struct InvitationShown {
    PersonId person;
    std::string name;
    protocol::Role role{};
    std::string link;
    std::string code;
};
BOOST_DESCRIBE_STRUCT(InvitationShown, (), (person, name, role, link, code))

struct InvitationsAnswer {
    std::vector<InvitationShown> invitations;
};
BOOST_DESCRIBE_STRUCT(InvitationsAnswer, (), (invitations))

// ----

constexpr CallerRoles who_see_sessions{CallerRole::facilitator, CallerRole::moderator, CallerRole::coordinator, CallerRole::supervisor};

/// Sessions are planned in a series that is one's own; new ones are for who coordinates the site.
bool coordinates(const Caller& caller, const std::string& series) { return caller.roles_in(series).has(CallerRole::coordinator); }

bool is_dry_run(const Request& request) { return request.field("dry_run") == "1"; }

template <class Fault>
void add(std::vector<Fault>& faults, const std::vector<Fault>& more) {
    faults.insert(faults.end(), more.begin(), more.end());
    std::stable_sort(faults.begin(), faults.end(), [](const auto& one, const auto& other) { return one.line < other.line; });
}

std::vector<PersonId> ids_of(const std::vector<people::SessionPerson>& people) {
    std::vector<PersonId> ids;
    for (const auto& one : people) ids.push_back(one.person);
    return ids;
}

/// Asks every room for its phase; `then` on the thread of the last one that answers, or at once.
void with_phases(const std::map<SessionId, std::shared_ptr<runtime::RoomHost>>& rooms, std::function<void(std::map<SessionId, Phase>)> then) {
    struct Asked {
        std::mutex mutex;
        std::map<SessionId, Phase> phases;
        std::size_t left;
    };
    if (rooms.empty()) return then({});
    const auto asked = std::make_shared<Asked>();
    asked->left = rooms.size();
    for (const auto& [session, room] : rooms) {
        room->look([asked, session = session, then](const domain::Room& state) {
            {
                const std::lock_guard lock{asked->mutex};
                asked->phases.emplace(session, state.session.phase);
                if (--asked->left != 0) return;
            }
            then(std::move(asked->phases));
        });
    }
}

}  // namespace

void Api::list_sessions(Call& call) {
    SessionsAnswer listed;
    std::map<SessionId, std::shared_ptr<runtime::RoomHost>> rooms;
    for (const auto& one : people::sessions(call.reader)) {
        if (!call.caller.roles_in_session(call.reader, one.id).has_any(who_see_sessions)) continue;
        listed.sessions.push_back({.id = one.id, .theme = one.theme, .series = one.series, .starts_at = one.starts_at, .ends_at = one.ends_at, .phase = {}, .registered = one.registered});
        if (auto room = parts_.directory.room(one.id)) rooms.emplace(one.id, std::move(room));
    }
    with_phases(rooms, [listed, answer = call.answer](const std::map<SessionId, Phase>& phases) mutable {
        for (auto& session : listed.sessions) {
            if (const auto phase = phases.find(session.id); phase != phases.end()) session.phase = phase->second;
        }
        give(answer, listed);
    });
}

void Api::plan_session(Call& call) {
    auto body = body_of<SessionBody>(call);
    if (!body) return;
    const auto draft = people::draft_of({.series = body->series, .theme = body->theme, .date = body->date, .start = body->start, .end = body->end, .question = body->question, .help_phone = body->help_phone, .settings = {}});
    if (const auto* faults = std::get_if<std::vector<people::Fault>>(&draft)) {
        FormRefused refused{.refusal = {.word = RefusalWord::invalid, .standing = {}, .by = {}, .wait_seconds = {}}, .errors = {}};
        for (const auto& fault : *faults) refused.errors.push_back({fault.reason, fault.value});
        return call.answer(answer_of(400, base::json::to_text(refused)));
    }
    if (!coordinates(call.caller, std::get<people::SessionDraft>(draft).series)) return refuse(call.answer, RefusalWord::not_permitted);
    Created created;
    parts_.store.write_and_wait([&](SQLite::Database& database) {
        created.id = people::plan_session(database, std::get<people::SessionDraft>(draft));
        people::add_usual_staff(database, created.id);
    });
    parts_.log.info("session_planned", {{"session", created.id}});
    give(call.answer, created);
}

void Api::add_staff(Call& call) {
    const auto body = body_of<StaffBody>(call);
    if (!body) return;
    std::variant<PersonId, RefusalWord> added;
    parts_.store.write_and_wait([&](SQLite::Database& database) { added = people::add_staff(database, call.session, body->role, body->name); });
    if (const auto* word = std::get_if<RefusalWord>(&added)) return refuse(call.answer, *word);
    parts_.log.info("staff_added", {{"session", call.session}});
    parts_.directory.plan_changed(call.session);
    give(call.answer, StaffAdded{std::get<PersonId>(added)});
}

void Api::import_programme(Call& call) {
    const auto preview = people::preview_programme(call.request.body);
    const bool is_theirs = std::all_of(preview.rows.begin(), preview.rows.end(), [&](const auto& row) { return coordinates(call.caller, row.session.series); });
    if (!is_theirs) return refuse(call.answer, RefusalWord::not_permitted);
    ProgrammeAnswer answer{.columns = shown(preview.columns), .rows = preview.rows_read, .errors = {}, .created = {}};
    auto faults = preview.faults;
    add(faults, people::faults_against_records(call.reader, preview));
    if (faults.empty() && !is_dry_run(call.request)) {
        people::ProgrammeImport imported;
        parts_.store.write_and_wait([&](SQLite::Database& database) { imported = people::import_programme(database, preview); });
        faults = imported.faults;
        answer.created = imported.created;
        parts_.log.info("programme_imported", {{"sessions", imported.created.size()}});
    }
    answer.errors = shown(faults);
    give(call.answer, answer);
}

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
        .people = {},
    };
    const auto people = people::people_of(call.reader, call.session, utc());
    for (const auto& one : people) {
        session.people.push_back({.person = one.person, .name = one.details.name, .role = one.role, .decision_type = one.details.decision_type, .supervisor = one.details.supervisor, .phone = one.details.phone, .email = one.details.email, .invited = one.is_invited});
    }
    note_access(call, AccessAct::people_listed, ids_of(people));
    room->look([session, answer = call.answer](const domain::Room& state) mutable {
        session.phase = state.session.phase;
        give(answer, session);
    });
}

void Api::import_registrations(Call& call) {
    if (!people::session_record(call.reader, call.session)) return refuse(call.answer, RefusalWord::not_found);
    const auto preview = people::preview_registrations(call.request.body);
    RegistrationsAnswer answer{.columns = shown(preview.columns), .rows = preview.rows_read, .errors = {}, .imported = {}};
    auto faults = preview.faults;
    add(faults, people::faults_against_records(call.reader, preview));
    if (faults.empty() && !is_dry_run(call.request)) {
        std::optional<people::RegistrationImport> imported;
        std::vector<PersonId> whose;
        parts_.store.write_and_wait([&](SQLite::Database& database) {
            imported = people::import_registrations(database, call.session, preview);
            whose = ids_of(people::people_of(database, call.session, utc()));
        });
        if (!imported) return refuse(call.answer, RefusalWord::not_found);
        faults = imported->faults;
        answer.imported = imported->imported;
        note_access(call, AccessAct::registrations_imported, std::move(whose));
        parts_.log.info("registrations_imported", {{"session", call.session}, {"imported", imported->imported}});
        parts_.directory.plan_changed(call.session);
    }
    answer.errors = shown(faults);
    give(call.answer, answer);
}

void Api::make_invitations(Call& call) {
    const auto body = body_of<InvitationsBody>(call);
    if (!body) return;
    const auto record = people::session_record(call.reader, call.session);
    if (!record) return refuse(call.answer, RefusalWord::not_found);
    const bool renews = body->renew.value_or(false);
    const auto people = people::people_of(call.reader, call.session, utc());
    const auto is_meant = [&](const people::SessionPerson& one) {
        const bool is_named = !body->people || std::find(body->people->begin(), body->people->end(), one.person) != body->people->end();
        // A link that works is shown once only, and is not taken from anyone unasked.
        return is_named && (renews || !one.is_invited);
    };
    const auto all_known = !body->people || std::all_of(body->people->begin(), body->people->end(), [&](PersonId wanted) {
        return std::any_of(people.begin(), people.end(), [&](const auto& one) { return one.person == wanted; });
    });
    if (!all_known) return refuse(call.answer, RefusalWord::not_found);

    InvitationsAnswer answer;
    std::vector<PersonId> whose;
    const auto times = people::usual_times(record->starts_at, record->ends_at);
    parts_.store.write_and_wait([&](SQLite::Database& database) {
        for (const auto& one : people) {
            if (!is_meant(one)) continue;
            const auto made = people::invite(database, call.session, one.person, times, utc(), base::fill_random);
            const auto* invitation = std::get_if<people::NewInvitation>(&made);
            if (invitation == nullptr) continue;
            const std::string_view page = domain::is_staff(one.role) ? "/staff#" : "/#";
            answer.invitations.push_back({.person = one.person, .name = one.details.name, .role = one.role, .link = parts_.site + std::string{page} + invitation->secret.to_link(), .code = invitation->code ? invitation->code->to_text() : std::string{}});
            whose.push_back(one.person);
        }
    });
    note_access(call, AccessAct::invitations_made, std::move(whose));
    parts_.log.info("invitations_made", {{"session", call.session}, {"count", answer.invitations.size()}});
    give(call.answer, answer);
}

}  // namespace etakahvila::transport
