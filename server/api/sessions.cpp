#include "api/sessions.hpp"

#include <map>

#include "api/forms.hpp"
#include "api/phases.hpp"
#include "api/rooms.hpp"
#include "people/mail_address.hpp"
#include "people/programme_file.hpp"
#include "people/registrations.hpp"
#include "programme/enrolments.hpp"

namespace etakahvila::api {
namespace {

using protocol::PersonId;
using protocol::Phase;
using protocol::RefusalWord;
using protocol::SessionBody;
using protocol::SessionId;
using protocol::StaffRole;

constexpr CallerRoles who_see_sessions{
    CallerRole::facilitator, CallerRole::moderator, CallerRole::coordinator, CallerRole::supervisor};

/// Sessions are planned in a series that is one's own; new ones are for who coordinates all.
bool coordinates(const Caller& caller, const std::string& series) {
    return caller.roles_in(series).has(CallerRole::coordinator);
}

std::variant<people::SessionDraft, std::vector<people::Fault>> draft_in(
    const SessionBody& body, people::SessionSettings settings = {}) {
    settings.voice = body.voice.value_or(settings.voice);
    settings.many_listeners = body.many_listeners.value_or(settings.many_listeners);
    settings.present_percent = body.present_percent.value_or(settings.present_percent);
    if (body.present_minutes)
        settings.present_minutes = *body.present_minutes == 0 ? std::nullopt : body.present_minutes;
    settings.doors_minutes = body.doors_minutes.value_or(settings.doors_minutes);
    settings.anonymous_among_participants = body.anonymous_among_participants.value_or(
        settings.anonymous_among_participants);
    settings.grace_seconds = body.grace_seconds.value_or(settings.grace_seconds);
    settings.words = body.words.value_or(settings.words);
    people::SessionForm form{.series = body.series,
        .theme = body.theme,
        .date = body.date,
        .start = body.start,
        .end = body.end,
        .question = body.question,
        .help_phone = body.help_phone,
        .settings = std::move(settings)};
    if (body.agenda) {
        form.agenda.emplace();
        for (const auto& item : *body.agenda)
            form.agenda->push_back({.id = item.id.value_or(protocol::AgendaItemId{}),
                .kind = item.kind,
                .title = item.title,
                .minutes = item.minutes,
                .question = item.question});
    }
    return people::draft_of(std::move(form));
}

}  // namespace

void Sessions::handle(Call<routes::ListSessions>& call) {
    protocol::SessionsAnswer listed;
    std::map<SessionId, std::shared_ptr<runtime::RoomHost>> rooms;
    for (const auto& one : people::sessions(call.reader)) {
        // An appointment is seen among one's own appointments.
        if (one.way == protocol::SessionWay::appointment) continue;
        const auto roles = call.caller.roles_in_session(call.reader, one.id);
        if (!roles.has_any(who_see_sessions)) continue;
        protocol::SessionListed session{.id = one.id,
            .theme = one.theme,
            .series = one.series,
            .starts_at = one.starts_at,
            .ends_at = one.ends_at,
            .phase = {},
            .registered = one.registered,
            .way = {},
            .roles = {}};
        if (one.way != protocol::SessionWay::room) session.way = one.way;
        for (const auto role :
            {StaffRole::facilitator, StaffRole::moderator, StaffRole::coordinator, StaffRole::supervisor}) {
            if (roles.has(caller_role(role))) session.roles.push_back(role);
        }
        listed.sessions.push_back(std::move(session));
        if (auto room = parts_.directory.room(one.id)) rooms.emplace(one.id, std::move(room));
    }
    with_phases(rooms, [listed, reply = call.reply](const std::map<SessionId, RoomNow>& phases) mutable {
        for (auto& session : listed.sessions) {
            if (const auto phase = phases.find(session.id); phase != phases.end()) session.phase = phase->second.phase;
        }
        reply.give(listed);
    });
}

void Sessions::handle(Call<routes::PlanSession>& call) {
    const auto draft = draft_in(call.body);
    if (const auto* faults = std::get_if<std::vector<people::Fault>>(&draft)) return refuse_form(call.reply, *faults);
    const auto& good = std::get<people::SessionDraft>(draft);
    if (!coordinates(call.caller, good.series)) return call.reply.refuse(RefusalWord::not_permitted);
    protocol::SessionAnswer created;
    parts_.store.write_and_wait([&](records::Database& database) {
        created.id = people::plan_session(database, good);
        people::add_usual_staff(database, created.id);
    });
    parts_.log.info("session_planned", {{"session", created.id}});
    call.reply.give(created);
}

void Sessions::handle(Call<routes::ChangeSession>& call) {
    const auto before = people::session_record(call.reader, call.session);
    if (!before) return call.reply.refuse(RefusalWord::not_found);
    // A day by phone goes by its period's.
    if (before->way != protocol::SessionWay::room) return call.reply.refuse(RefusalWord::not_now);
    const auto draft = draft_in(call.body, before->settings);
    if (const auto* faults = std::get_if<std::vector<people::Fault>>(&draft)) return refuse_form(call.reply, *faults);
    const auto good = std::get<people::SessionDraft>(draft);
    if (!coordinates(call.caller, good.series)) return call.reply.refuse(RefusalWord::not_permitted);
    const auto room = room_of(parts_.directory, call.session, call.reply);
    if (!room) return;
    const bool moves = good.starts_at != before->starts_at || good.ends_at != before->ends_at;
    const bool changes_series = good.series != before->series;
    const bool changes_names = good.settings.anonymous_among_participants !=
                               before->settings.anonymous_among_participants;
    room->look([this, good, moves, changes_series, changes_names, session = call.session, reply = call.reply](
                   const domain::Room& state) {
        const auto phase = state.session.phase;
        // Once it has begun, its times are what they were; when it is over, so is all of it.
        const bool is_over = domain::is_over(phase);
        const bool has_begun = phase != Phase::planned && phase != Phase::rehearsal && phase != Phase::doors_open;
        // By what people are called they have come in: that is chosen before the doors open.
        const bool has_opened = phase != Phase::planned && phase != Phase::rehearsal;
        if (is_over || (has_begun && moves) || (has_opened && changes_names)) return reply.refuse(RefusalWord::not_now);
        // Not on the room's thread: it waits for the disk.
        parts_.after_room.go_on(reply, [this, good, changes_series, session, reply] {
            std::vector<PersonId> by_series;
            std::vector<SessionId> followed;
            parts_.store.write_and_wait([&](records::Database& database) {
                people::change_session(database, session, good);
                // By its series and its day people are in it, or are called.
                followed = programme::bring_in_line_around(database, session, parts_.clock.utc());
                if (!changes_series) return;
                for (const auto& account : people::accounts(database)) by_series.push_back(account.person);
            });
            parts_.log.info("session_changed", {{"session", session}});
            parts_.directory.plan_changed(session);
            for (const auto other : followed) parts_.directory.plan_changed(other);
            // Whoever had a part by the old series alone is out; all others come in again by what they have.
            for (const auto person : by_series) parts_.directory.shut_out(person, session);
            reply.give({session});
        });
    });
}

void Sessions::handle(Call<routes::CopySession>& call) {
    const auto source = people::session_record(call.reader, call.session);
    if (!source) return call.reply.refuse(RefusalWord::not_found);
    // A day by phone goes by its period's.
    if (source->way != protocol::SessionWay::room) return call.reply.refuse(RefusalWord::not_now);
    const auto draft = draft_in(call.body, source->settings);
    if (const auto* faults = std::get_if<std::vector<people::Fault>>(&draft)) return refuse_form(call.reply, *faults);
    const auto& good = std::get<people::SessionDraft>(draft);
    if (!coordinates(call.caller, good.series)) return call.reply.refuse(RefusalWord::not_permitted);
    std::optional<SessionId> made;
    parts_.store.write_and_wait(
        [&](records::Database& database) { made = people::copy_session(database, call.session, good); });
    if (!made) return call.reply.refuse(RefusalWord::not_found);
    parts_.log.info("session_copied", {{"from", call.session}, {"session", *made}});
    call.reply.give({*made});
}

void Sessions::handle(Call<routes::AddStaff>& call) {
    std::optional<std::string> email;
    if (!people::says_none(call.body.email.value_or(""))) {
        auto tidied = people::tidy_email(*call.body.email);
        if (const auto* why = std::get_if<people::FaultReason>(&tidied))
            return refuse_form(call.reply, {{.reason = *why, .value = call.body.email}});
        email = std::get<std::string>(std::move(tidied));
    }
    std::variant<PersonId, RefusalWord> added;
    parts_.store.write_and_wait([&](records::Database& database) {
        added = people::add_staff(database, call.session, call.body.role, call.body.name, email);
    });
    if (const auto* word = std::get_if<RefusalWord>(&added)) return call.reply.refuse(*word);
    parts_.log.info("staff_added", {{"session", call.session}});
    parts_.directory.plan_changed(call.session);
    call.reply.give({std::get<PersonId>(added)});
}

void Sessions::handle(Call<routes::ImportProgramme>& call) {
    const auto preview = people::preview_programme(call.request.body);
    const bool is_theirs = std::all_of(preview.rows.begin(), preview.rows.end(),
        [&](const auto& row) { return coordinates(call.caller, row.session.series); });
    if (!is_theirs) return call.reply.refuse(RefusalWord::not_permitted);
    protocol::ProgrammeAnswer answer{.columns = shown<protocol::ProgrammeColumn>(preview.columns),
        .rows = preview.rows_read,
        .errors = {},
        .created = {}};
    auto faults = preview.faults;
    add(faults, people::faults_against_records(call.reader, preview));
    if (faults.empty() && !call.query.dry_run.value_or(false)) {
        people::ProgrammeImport imported;
        parts_.store.write_and_wait(
            [&](records::Database& database) { imported = people::import_programme(database, preview); });
        faults = imported.faults;
        answer.created = imported.created;
        parts_.log.info("programme_imported", {{"sessions", imported.created.size()}});
    }
    answer.errors = shown(faults);
    call.reply.give(answer);
}

}  // namespace etakahvila::api
