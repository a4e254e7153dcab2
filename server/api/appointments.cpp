#include "api/appointments.hpp"

#include <algorithm>
#include <set>

#include "api/forms.hpp"
#include "api/phases.hpp"
#include "api/save.hpp"
#include "people/sessions.hpp"

namespace etakahvila::api {
namespace {

using people::AccessAct;
using people::Appointment;
using people::AppointmentDraft;
using protocol::AppointmentKind;
using protocol::Mark;
using protocol::PersonId;
using protocol::Phase;
using protocol::RefusalWord;
using protocol::SessionId;

/// Whoever is staff of a room as well meets their own people, and no more.
bool may_meet(const Caller& caller, const people::PersonDetails& details) {
    return caller.has(CallerRole::coordinator_of_all) || people::is_supervised_by(details, caller.supervisor_keys());
}

bool may_meet(const AnyCall& call, PersonId person) {
    const auto details = people::person_details(call.reader, person);
    return details && may_meet(call.caller, *details);
}

bool may_meet(const Caller& caller, const Appointment& held) {
    people::PersonDetails details;
    details.supervisor = held.supervisor;
    return may_meet(caller, details);
}

bool is_absence(Mark mark) { return mark == Mark::excused || mark == Mark::absent; }

protocol::MarkSource source_of(AppointmentKind kind) {
    switch (kind) {
        case AppointmentKind::individual: return protocol::MarkSource::connection;
        case AppointmentKind::face_to_face:
        case AppointmentKind::home: return protocol::MarkSource::in_person;
        case AppointmentKind::phone: return protocol::MarkSource::phone;
    }
    return protocol::MarkSource::phone;
}

/// What the room is told of it. Its place and note stay in the records.
domain::HoldAppointment holding_of(const protocol::HoldAppointmentBody& told, PersonId person, PersonId by) {
    return {.person = person,
        .seconds = is_absence(told.mark) ? 0 : told.minutes * 60,
        .mark = told.mark,
        .minutes = told.mark_minutes,
        .reason = told.reason.value_or(std::string{}),
        .source = source_of(told.kind),
        .by = by};
}

/// Nobody who comes of their own will is ever absent.
bool is_never_absent(const records::Database& database, SessionId session) {
    const auto record = people::session_record(database, session);
    return record && std::any_of(record->roster.begin(), record->roster.end(), [](const auto& entry) {
        return entry.role == protocol::Role::participant &&
               domain::duty_of(entry.decision_type, entry.duty) == protocol::Duty::own_will;
    });
}

protocol::Appointment shown(const Appointment& one) {
    return {.session = one.session,
        .person = one.person,
        .name = one.name,
        .kind = one.kind,
        .starts_at = one.starts_at,
        .minutes = one.minutes(),
        .place = one.place,
        .phase = one.phase,
        .mark = {},
        .mark_minutes = {},
        .note = one.note};
}

/// How its day stands in the room.
struct DayStanding {
    Phase phase{};
    std::optional<Mark> mark;
    std::optional<std::int64_t> minutes;
};
DayStanding standing_of(const domain::Room& room) {
    DayStanding standing{.phase = room.session.phase, .mark = {}, .minutes = {}};
    for (const auto& [person, row] : room.attendance.rows) {
        if (const auto* marking = row.marking()) {
            standing.mark = marking->marked.mark;
            standing.minutes = marking->marked.minutes;
        }
    }
    return standing;
}

}  // namespace

std::vector<Appointment> Appointments::listed(const records::Database& reader, const Caller& caller) const {
    std::vector<Appointment> listed;
    const auto held_by = caller.person();
    // A coordinator's key holds none.
    if (!held_by) return listed;
    const auto today = people::local_day(parts_.clock.utc());
    for (auto& one : people::appointments_of(reader, *held_by)) {
        const bool is_shown = one.phase != Phase::sealed || people::local_day(one.starts_at) == today;
        if (is_shown && may_meet(caller, one)) listed.push_back(std::move(one));
    }
    return listed;
}

void Appointments::give(const std::vector<Appointment>& listed, const AppointmentsReply& reply) {
    std::map<SessionId, std::shared_ptr<runtime::RoomHost>> rooms;
    for (const auto& one : listed) {
        if (one.phase == Phase::planned) continue;
        if (auto room = parts_.directory.room(one.session)) rooms.emplace(one.session, std::move(room));
    }
    const auto today = people::local_day(parts_.clock.utc());
    ask_rooms<DayStanding>(
        rooms, standing_of, [listed, today, reply](const std::map<SessionId, DayStanding>& standings) {
            protocol::AppointmentsAnswer answer;
            for (const auto& each : listed) {
                auto one = shown(each);
                if (const auto found = standings.find(one.session); found != standings.end()) {
                    one.phase = found->second.phase;
                    one.mark = found->second.mark;
                    one.mark_minutes = found->second.minutes;
                }
                if (one.phase == Phase::planned) answer.planned.push_back(one);
                if (one.phase == Phase::closed) answer.unsealed.push_back(one);
                const bool is_held = one.phase == Phase::closed || one.phase == Phase::sealed;
                if (is_held && people::local_day(one.starts_at) == today) answer.held.push_back(one);
            }
            reply.give(answer);
        });
}

void Appointments::give_later(const Caller& caller, const AppointmentsReply& reply) {
    parts_.after_room.read_on(
        reply, [this, caller, reply](const records::Database& reader) { give(listed(reader, caller), reply); });
}

std::optional<Appointment> Appointments::own(const AnyCall& call, SessionId session, const Reply& reply) const {
    auto found = people::appointment(call.reader, session);
    if (found && found->held_by == call.caller.person() && may_meet(call.caller, *found)) return found;
    reply.refuse(RefusalWord::not_found);
    return std::nullopt;
}

void Appointments::note(AnyCall& call, SessionId session, PersonId person) const {
    call.session = session;
    parts_.notes.note(call, AccessAct::appointment_noted, {person});
}

runtime::RoomHost::OutsideAnswer Appointments::then(
    const Caller& caller, SessionId session, PersonId person, const AppointmentsReply& reply) {
    return [this, caller, session, person, reply](const std::optional<protocol::Refusal>& refusal) {
        parts_.rows.drop(session, person);
        if (refusal) return reply.refuse(*refusal);
        parts_.log.info("appointment_noted", {{"session", session}});
        parts_.after_room.read_on(reply, [this, caller, session, reply](const records::Database& reader) {
            parts_.directory.plan_changed(session);
            give(listed(reader, caller), reply);
        });
    };
}

void Appointments::handle(Call<routes::ListAppointments>& call) {
    const auto own = listed(call.reader, call.caller);
    std::vector<PersonId> whose;
    whose.reserve(own.size());
    for (const auto& one : own) whose.push_back(one.person);
    parts_.notes.note(call, AccessAct::people_listed, std::move(whose));
    give(own, call.reply);
}

void Appointments::handle(Call<routes::ListMyPeople>& call) {
    protocol::MyPeopleAnswer answer{.people = people::clients(call.reader, [&](const people::PersonDetails& details) {
        return may_meet(call.caller, details);
    })};
    std::vector<PersonId> whose;
    whose.reserve(answer.people.size());
    for (const auto& one : answer.people) whose.push_back(one.person);
    parts_.notes.note(call, AccessAct::people_listed, std::move(whose));
    call.reply.give(answer);
}

void Appointments::handle(Call<routes::PlanAppointment>& call) {
    const auto held_by = call.caller.person();
    if (!held_by) return call.reply.refuse(RefusalWord::not_permitted);
    if (!may_meet(call, call.body.person)) return call.reply.refuse(RefusalWord::not_found);
    const auto now = parts_.clock.utc();
    const auto read = people::agreed_in(call.body, now);
    if (const auto* faults = std::get_if<std::vector<people::Fault>>(&read)) return refuse_form(call.reply, *faults);
    std::variant<SessionId, people::Fault> agreed;
    const bool is_saved = save(
        parts_.store, call.reply, [&](records::Database& database) -> std::optional<RefusalWord> {
            agreed = people::agree_appointment(database, std::get<AppointmentDraft>(read), *held_by, now);
            return std::nullopt;
        });
    if (!is_saved) return;
    if (const auto* fault = std::get_if<people::Fault>(&agreed)) return refuse_form(call.reply, {*fault});
    note(call, std::get<SessionId>(agreed), call.body.person);
    parts_.log.info("appointment_agreed", {{"session", std::get<SessionId>(agreed)}});
    give(listed(call.reader, call.caller), call.reply);
}

void Appointments::handle(Call<routes::HoldAppointment>& call) {
    const auto held_by = call.caller.person();
    if (!held_by) return call.reply.refuse(RefusalWord::not_permitted);
    if (!may_meet(call, call.body.person)) return call.reply.refuse(RefusalWord::not_found);
    std::optional<Appointment> agreed;
    if (call.body.session) {
        agreed = own(call, *call.body.session, call.reply);
        if (!agreed) return;
    }
    const auto now = parts_.clock.utc();
    const auto read = people::held_in(call.body, agreed, now);
    if (const auto* faults = std::get_if<std::vector<people::Fault>>(&read)) return refuse_form(call.reply, *faults);
    if (const auto* word = std::get_if<RefusalWord>(&read)) return call.reply.refuse(*word);
    const auto draft = std::get<AppointmentDraft>(read);
    if (call.body.mark_minutes.has_value() != (call.body.mark == Mark::partial))
        return call.reply.refuse(RefusalWord::invalid);
    std::variant<people::Holding, people::Fault, RefusalWord> begun;
    const bool is_saved = save(
        parts_.store, call.reply, [&](records::Database& database) -> std::optional<RefusalWord> {
            records::Unit unit{database};
            begun = people::begin_holding(database, draft, call.body.session, *held_by, now);
            if (const auto* word = std::get_if<RefusalWord>(&begun)) return *word;
            const auto* holding = std::get_if<people::Holding>(&begun);
            if (holding == nullptr) return std::nullopt;
            if (is_absence(call.body.mark) && is_never_absent(database, holding->session))
                return RefusalWord::never_absent;
            unit.keep();
            return std::nullopt;
        });
    if (!is_saved) return;
    if (const auto* fault = std::get_if<people::Fault>(&begun)) return refuse_form(call.reply, {*fault});
    const auto holding = std::get<people::Holding>(begun);
    if (holding.is_known) return give(listed(call.reader, call.caller), call.reply);
    const auto known = people::appointment(call.reader, holding.session);
    if (!known) return call.reply.refuse(RefusalWord::not_found);
    note(call, holding.session, known->person);
    const auto room = room_of(parts_.directory, holding.session, call.reply);
    if (!room) return;
    // A room that was open learns of what decision the person's day is.
    parts_.directory.plan_changed(holding.session);
    const bool is_put = parts_.rows.put_contact(
        holding.session, known->person, [session = holding.session, draft](records::Database& database) {
            people::keep_held(database, session, draft);
        });
    if (!is_put) return call.reply.refuse(RefusalWord::not_now);
    room->hold_appointment(
        holding_of(call.body, known->person, *held_by), then(call.caller, holding.session, known->person, call.reply));
}

void Appointments::handle(Call<routes::DropAppointment>& call) {
    const auto by = call.caller.person();
    if (!by) return call.reply.refuse(RefusalWord::not_permitted);
    const auto meant = call.body.session;
    const auto found = people::appointment(call.reader, meant);
    const bool is_off = found ? found->phase == Phase::cancelled : true;
    // It was taken off before, and the answer was lost.
    if (is_off && people::holds_appointment(call.reader, meant, *by))
        return give(listed(call.reader, call.caller), call.reply);
    const auto known = own(call, meant, call.reply);
    if (!known) return;
    if (known->phase == Phase::sealed) return call.reply.refuse(RefusalWord::not_now);
    if (parts_.store.saves() != journal::Saves::everything) return call.reply.refuse(RefusalWord::not_saving);
    note(call, meant, known->person);
    const auto room = room_of(parts_.directory, meant, call.reply);
    if (!room) return;
    const bool is_put = parts_.rows.put(
        meant, [meant, by_name = call.caller.name(call.reader), now = parts_.clock.utc()](
                   records::Database& database) { people::take_off(database, meant, by_name, now); });
    if (!is_put) return call.reply.refuse(RefusalWord::not_now);
    room->take_back_appointment({.by = *by}, then(call.caller, meant, {}, call.reply));
}

void Appointments::handle(Call<routes::SealAppointments>& call) {
    const auto by = call.caller.person();
    if (!by) return call.reply.refuse(RefusalWord::not_permitted);
    std::map<SessionId, std::shared_ptr<runtime::RoomHost>> rooms;
    std::vector<Appointment> meant;
    // All of them, or none.
    for (const auto session : std::set<SessionId>{call.body.sessions.begin(), call.body.sessions.end()}) {
        const auto known = own(call, session, call.reply);
        if (!known) return;
        if (known->phase == Phase::sealed) continue;
        if (known->phase != Phase::closed) return call.reply.refuse(RefusalWord::not_now);
        auto room = room_of(parts_.directory, session, call.reply);
        if (!room) return;
        rooms.emplace(session, std::move(room));
        meant.push_back(*known);
    }
    for (const auto& one : meant) note(call, one.session, one.person);
    if (rooms.empty()) return give(listed(call.reader, call.caller), call.reply);
    struct Sealing {
        std::mutex mutex;
        std::size_t left;
        std::optional<protocol::Refusal> refusal;
    };
    const auto sealing = std::make_shared<Sealing>();
    sealing->left = rooms.size();
    for (const auto& [session, room] : rooms) {
        room->seal_outside(
            {.by = *by, .version = {}}, [this, sealing, session = session, caller = call.caller, reply = call.reply](
                                            const std::optional<protocol::Refusal>& refusal) {
                if (!refusal) parts_.log.info("appointment_sealed", {{"session", session}});
                {
                    const std::lock_guard lock{sealing->mutex};
                    if (refusal) sealing->refusal = refusal;
                    if (--sealing->left != 0) return;
                }
                if (sealing->refusal) return reply.refuse(*sealing->refusal);
                give_later(caller, reply);
            });
    }
}

}  // namespace etakahvila::api
