#include "api/phone_days.hpp"

#include <algorithm>
#include <utility>

#include "api/forms.hpp"
#include "api/phases.hpp"
#include "people/registrations.hpp"
#include "people/staff.hpp"
#include "reports/day_store.hpp"
#include "text/text.hpp"

namespace etakahvila::api {
namespace {

using people::Contact;
using people::ContactState;
using people::PersonToCall;
using people::PhoneDay;
using protocol::PersonId;
using protocol::PhoneRow;
using protocol::RefusalWord;
using protocol::SessionId;

constexpr std::int64_t task_minutes_max = 24 * 60;

bool is_own(const Caller& caller, const PersonToCall& person) {
    people::PersonDetails details;
    details.supervisor = person.supervisor;
    return people::is_supervised_by(details, caller.supervisor_keys());
}

/// The people of the day whom the caller may see.
std::vector<PersonToCall> people_seen(const records::Database& reader, const Caller& caller, SessionId session) {
    auto people = people::people_to_call(reader, session);
    if (!caller.roles.has_any(who_see_all))
        std::erase_if(people, [&](const PersonToCall& one) { return !is_own(caller, one); });
    return people;
}

/// As the room sees it (domain/contact): whose absence was told is away until somebody has spoken to them.
ContactState state_of(const Contact& contact, const PersonToCall& person) {
    const bool is_unheard = contact.state == ContactState::to_call || contact.state == ContactState::not_reached;
    return is_unheard && person.absence_told_at ? ContactState::excused : contact.state;
}

std::optional<std::int64_t> whole_minutes(const std::optional<std::int64_t>& seconds) {
    return seconds ? std::optional{*seconds / 60} : std::nullopt;
}

std::optional<protocol::LastPhoneTask> last_task(const people::LastContact& last) {
    if (!last.task) return std::nullopt;
    return protocol::LastPhoneTask{
        .day = people::local_date_text(last.starts_at), .title = *last.task, .minutes = whole_minutes(last.seconds)};
}

PhoneRow row_of(const records::Database& reader, const Caller& caller, SessionId session, const PersonToCall& person,
    const Contact& contact) {
    const auto last = people::last_contact(reader, person.person, session);
    PhoneRow row;
    row.person = person.person;
    row.name = person.name;
    row.supervisor = person.supervisor;
    row.is_own = is_own(caller, person);
    row.phone = person.phone;
    row.best_time = person.best_time;
    row.state = state_of(contact, person);
    row.version = contact.version;
    row.tries = contact.tries;
    row.absence_told_at = person.absence_told_at;
    if (last) {
        row.last = last_task(*last);
        row.agreed_before = last->agreed;
    }
    if (contact.version == 0) return row;
    row.answered_at = contact.words.answered_at;
    if (contact.words.task)
        row.task = protocol::PhoneTask{.title = *contact.words.task, .minutes = contact.words.task_minutes.value_or(0)};
    row.check_at = contact.words.check_at;
    row.minutes = whole_minutes(contact.seconds);
    row.checked_at = contact.words.checked_at;
    row.note = contact.words.note;
    row.agreed = contact.words.agreed;
    if (const auto by = people::person_details(reader, contact.by)) row.by = by->name;
    row.at = contact.at;
    row.can_undo = contact.can_be_taken_back && (caller.roles.has_any(who_see_all) || caller.person() == contact.by);
    return row;
}

std::vector<PersonId> people_in(const protocol::PhoneDayShown& shown) {
    std::vector<PersonId> people;
    people.reserve(shown.people.size());
    for (const auto& one : shown.people) people.push_back(one.person);
    return people;
}

/// The local day of the session has come.
bool has_come(const PhoneDay& day, base::UtcTime now) {
    return people::local_date_text(day.starts_at) <= people::local_date_text(now);
}

/// Words that may be left out; empty: none.
std::variant<std::string, RefusalWord> words_in(const std::string& typed) {
    auto clean = text::clean_text(typed, people::contact_words_code_points_max);
    if (clean.fault && *clean.fault != RefusalWord::text_empty) return *clean.fault;
    return std::move(clean.value);
}

/// A clock of that day.
std::optional<base::UtcTime> clock_of_day(const PhoneDay& day, const std::string& typed) {
    const auto clock = people::clock_in(typed);
    const auto date = people::date_in(people::local_date_text(day.starts_at));
    if (!clock || !date) return std::nullopt;
    const auto at = people::utc_of(*date, *clock);
    const auto* found = std::get_if<base::UtcTime>(&at);
    return found != nullptr ? std::optional{*found} : std::nullopt;
}

void refuse_clock(const Reply& reply, const std::string& typed) {
    refuse_form(reply, {{.reason = people::FaultReason::start_unclear, .value = typed}});
}
void refuse_minutes(const Reply& reply) {
    refuse_form(reply, {{.reason = people::FaultReason::minutes_unclear, .value = {}}});
}
bool are_minutes(std::int64_t minutes) { return minutes >= 1 && minutes <= task_minutes_max; }

}  // namespace

protocol::PhoneDayListed PhoneDays::listed(const AnyCall& call, const PhoneDay& day, protocol::Phase phase) const {
    auto caller = call.caller;
    caller.roles = caller.roles_in_session(call.reader, day.session);
    protocol::PhoneDayListed listed;
    listed.session = day.session;
    listed.starts_at = day.starts_at;
    listed.ends_at = day.ends_at;
    listed.phase = phase;
    listed.period = day.period;
    const auto contacts = people::contacts_of(call.reader, day.session);
    for (const auto& person : people_seen(call.reader, caller, day.session)) {
        ++listed.people;
        const auto found = contacts.find(person.person);
        switch (state_of(found == contacts.end() ? Contact{} : found->second, person)) {
            case ContactState::to_call: ++listed.to_call; break;
            case ContactState::called:
            case ContactState::doing: ++listed.doing; break;
            case ContactState::checked: ++listed.checked; break;
            case ContactState::not_reached: ++listed.not_reached; break;
            case ContactState::excused: ++listed.excused; break;
        }
    }
    return listed;
}

void PhoneDays::handle(Call<routes::ListPhoneDays>& call) {
    protocol::PhoneDaysAnswer answer;
    std::map<SessionId, std::shared_ptr<runtime::RoomHost>> rooms;
    const auto now = parts_.clock.utc();
    for (const auto& day : people::phone_days(call.reader)) {
        if (day.is_cancelled) continue;
        const auto kept = reports::day_of(call.reader, day.session);
        if (kept && kept->phase == protocol::Phase::sealed) continue;
        auto shown = listed(call, day, kept ? kept->phase : protocol::Phase::planned);
        // A day from which all have been taken away is nobody's.
        if (shown.people == 0) continue;
        answer.days.push_back(std::move(shown));
        auto room = has_come(day, now) ? parts_.directory.room(day.session) : parts_.directory.open_room(day.session);
        if (room) rooms.emplace(day.session, std::move(room));
    }
    with_phases(rooms, [answer, reply = call.reply](const std::map<SessionId, RoomNow>& phases) mutable {
        for (auto& day : answer.days) {
            if (const auto room = phases.find(day.session); room != phases.end()) day.phase = room->second.phase;
        }
        std::erase_if(answer.days, [](const auto& day) { return day.phase == protocol::Phase::sealed; });
        reply.give(answer);
    });
}

protocol::PhoneDayShown PhoneDays::shown(
    const records::Database& reader, const Caller& caller, const PhoneDay& day) const {
    protocol::PhoneDayShown shown;
    shown.session = day.session;
    shown.starts_at = day.starts_at;
    shown.ends_at = day.ends_at;
    shown.period = day.period;
    shown.sees_all = caller.roles.has_any(who_see_all);
    shown.can_end = shown.sees_all && caller.person() && has_come(day, parts_.clock.utc());
    const auto contacts = people::contacts_of(reader, day.session);
    for (const auto& person : people_seen(reader, caller, day.session)) {
        const auto found = contacts.find(person.person);
        shown.people.push_back(
            row_of(reader, caller, day.session, person, found == contacts.end() ? Contact{} : found->second));
    }
    for (auto& one : people::phone_workers(reader, day.session))
        shown.workers.push_back({.person = one.person, .name = std::move(one.name)});
    if (caller.roles.has(protocol::CallerRole::coordinator_of_all)) {
        shown.period_id = day.period_id;
        for (auto& one : people::free_phone_workers(reader, day.session))
            shown.free.push_back({.person = one.person, .name = std::move(one.name)});
    }
    for (auto& task : people::usual_tasks(reader, parts_.clock.utc()))
        shown.tasks.push_back({.title = std::move(task.title), .minutes = task.minutes});
    return shown;
}

void PhoneDays::give(
    const records::Database& reader, const Caller& caller, SessionId session, const ShownReply& reply) const {
    const auto day = people::phone_day(reader, session);
    if (!day) return reply.refuse(RefusalWord::invalid);
    const auto room = room_of(parts_.directory, session, reply);
    if (!room) return;
    room->show([seen = shown(reader, caller, *day), reply](const domain::Room& state) -> base::Task {
        auto now = seen;
        now.phase = state.session.phase;
        now.can_end = now.can_end && now.phase == protocol::Phase::planned;
        if (now.phase != protocol::Phase::planned && now.phase != protocol::Phase::closed) {
            for (auto& row : now.people) row.can_undo = false;
        }
        return [now = std::move(now), reply] { reply.give(now); };
    });
}

void PhoneDays::handle(Call<routes::ShowPhoneDay>& call) {
    const auto day = people::phone_day(call.reader, call.session);
    if (!day) return call.reply.refuse(RefusalWord::invalid);
    if (auto whose = people_in(shown(call.reader, call.caller, *day)); !whose.empty())
        parts_.notes.note(call, people::AccessAct::people_listed, std::move(whose));
    give(call.reader, call.caller, call.session, call.reply);
}

std::optional<PhoneDay> PhoneDays::day_of(const AnyCall& call, const Reply& reply) const {
    auto day = people::phone_day(call.reader, call.session);
    std::optional<RefusalWord> word;
    if (!day)
        word = RefusalWord::invalid;
    else if (!call.caller.person())
        // The coordinator's key is nobody who calls.
        word = RefusalWord::not_permitted;
    else if (!has_come(*day, parts_.clock.utc()))
        word = RefusalWord::not_now;
    else if (parts_.store.saves() != journal::Saves::everything)
        word = RefusalWord::not_saving;
    if (!word) return day;
    reply.refuse(*word);
    return std::nullopt;
}

void PhoneDays::act(const AnyCall& call, const ShownReply& reply, Meant meant, people::ContactWords words) {
    const auto people = people_seen(call.reader, call.caller, call.session);
    const bool is_seen = std::any_of(
        people.begin(), people.end(), [&](const PersonToCall& one) { return one.person == meant.person; });
    if (!is_seen) return reply.refuse(RefusalWord::not_found);
    const auto room = room_of(parts_.directory, call.session, reply);
    if (!room) return;
    const auto session = call.session;
    const auto person = meant.person;
    const bool is_put = parts_.rows.put_contact(session, person,
        [session, person, version = meant.version + 1, words = std::move(words)](
            records::Database& database) { people::put_contact_words(database, session, person, version, words); });
    // Somebody is at the same row in this very moment.
    if (!is_put) return reply.refuse(RefusalWord::version_conflict);
    parts_.notes.note(call, people::AccessAct::people_listed, {person});
    room->note_contact(
        {.by = *call.caller.person(), .person = person, .version = meant.version, .act = std::move(meant.act)},
        [this, session, person, caller = call.caller, reply](const std::optional<protocol::Refusal>& refusal) {
            parts_.rows.drop(session, person);
            if (refusal) return reply.refuse(*refusal);
            parts_.after_room.read_on(reply, [this, session, caller, reply](const records::Database& reader) {
                give(reader, caller, session, reply);
            });
        });
}

void PhoneDays::handle(Call<routes::NotePhoneCall>& call) {
    if (!day_of(call, call.reply)) return;
    people::ContactWords words;
    domain::ContactAct done = domain::CallUnanswered{};
    if (call.body.answered) {
        done = domain::CallAnswered{};
        words.answered_at = parts_.clock.utc();
    }
    act(call, call.reply, {.person = call.body.person, .version = call.body.version, .act = done}, std::move(words));
}

void PhoneDays::handle(Call<routes::GivePhoneTask>& call) {
    const auto day = day_of(call, call.reply);
    if (!day) return;
    auto title = text::clean_one_line(call.body.title, people::task_code_points_max);
    if (title.fault) return call.reply.refuse(*title.fault);
    if (!are_minutes(call.body.minutes)) return refuse_minutes(call.reply);
    people::ContactWords words;
    words.task = std::move(title.value);
    words.task_minutes = call.body.minutes;
    if (const auto& typed = call.body.check_at; typed && !typed->empty()) {
        words.check_at = clock_of_day(*day, *typed);
        if (!words.check_at) return refuse_clock(call.reply, *typed);
    }
    act(call, call.reply, {.person = call.body.person, .version = call.body.version, .act = domain::TaskGiven{}},
        std::move(words));
}

void PhoneDays::handle(Call<routes::CheckPhoneTask>& call) {
    const auto day = day_of(call, call.reply);
    if (!day) return;
    const auto& body = call.body;
    people::ContactWords words;
    for (const auto& [typed, into] : {std::pair{&body.note, &words.note}, std::pair{&body.agreed, &words.agreed}}) {
        if (!*typed) continue;
        auto clean = words_in(**typed);
        if (const auto* word = std::get_if<RefusalWord>(&clean)) return call.reply.refuse(*word);
        *into = std::get<std::string>(std::move(clean));
    }
    domain::ContactAct done = domain::TaskNotReady{};
    if (body.is_done) {
        if (!body.minutes || !are_minutes(*body.minutes)) return refuse_minutes(call.reply);
        done = domain::TaskChecked{.seconds = *body.minutes * 60, .source = protocol::MarkSource::phone};
        words.checked_at = parts_.clock.utc();
    } else if (body.check_at && !body.check_at->empty()) {
        words.check_at = clock_of_day(*day, *body.check_at);
        if (!words.check_at) return refuse_clock(call.reply, *body.check_at);
    }
    act(call, call.reply, {.person = body.person, .version = body.version, .act = done}, std::move(words));
}

void PhoneDays::handle(Call<routes::UndoPhoneAct>& call) {
    if (!day_of(call, call.reply)) return;
    const auto contacts = people::contacts_of(call.reader, call.session);
    const auto found = contacts.find(call.body.person);
    const bool may = call.caller.roles.has_any(who_see_all) ||
                     (found != contacts.end() && found->second.by == call.caller.person());
    // Read in another version it is the room that says so.
    if (!may && found != contacts.end() && found->second.version == call.body.version)
        return call.reply.refuse(RefusalWord::not_permitted);
    act(call, call.reply, {.person = call.body.person, .version = call.body.version, .act = domain::ContactTakenBack{}},
        {});
}

void PhoneDays::handle(Call<routes::EndPhoneDay>& call) {
    if (!day_of(call, call.reply)) return;
    const auto room = room_of(parts_.directory, call.session, call.reply);
    if (!room) return;
    room->close_outside(
        {.by = *call.caller.person()}, [this, session = call.session, caller = call.caller, reply = call.reply](
                                           const std::optional<protocol::Refusal>& refusal) {
            if (refusal) return reply.refuse(*refusal);
            parts_.log.info("phone_day_ended", {{"session", session}});
            parts_.after_room.read_on(reply, [this, session, caller, reply](const records::Database& reader) {
                give(reader, caller, session, reply);
            });
        });
}

}  // namespace etakahvila::api
