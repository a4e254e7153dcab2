#include "support/room_driver.hpp"

#include <algorithm>
#include <map>

#include "base/check.hpp"

namespace etakahvila::testing {

SessionPlan usual_plan() {
    SessionPlan plan;
    plan.session = SessionId{7};
    plan.theme = "Uni ja lepo";
    plan.series = "Syksy 2020";
    plan.starts_at = UtcTime{first_stamp.utc.ms + 30 * 60'000};
    plan.ends_at = UtcTime{plan.starts_at.ms + 4 * 60 * 60'000};
    plan.help_phone = "09 310 1234";
    plan.agenda = {
        AgendaItem{.id = AgendaItemId{1}, .kind = AgendaKind::talk, .title = "Alustus", .minutes = 30, .question = {}},
        AgendaItem{.id = AgendaItemId{2},
            .kind = AgendaKind::discussion,
            .title = "Keskustelu",
            .minutes = 60,
            .question = "Mikä auttaa nukkumaan?"},
        AgendaItem{
            .id = AgendaItemId{3}, .kind = AgendaKind::closing, .title = "Lopetus", .minutes = 15, .question = {}},
    };
    plan.word_list = {"hölmö"};
    plan.staff_names = {"Ohjaaja", "Moderaattori"};
    // Noon of the next day.
    plan.feedback_closes_at = UtcTime{plan.starts_at.ms + 27 * 60 * 60'000};
    return plan;
}

RoomDriver::RoomDriver(SessionPlan plan) { submit(PlanSession{std::move(plan)}); }

PersonId RoomDriver::admit(std::string name, Role role) {
    const bool has_decision = role == Role::participant;
    return admit(std::move(name), role, has_decision ? std::optional<std::string>{"work_activity"} : std::nullopt);
}

PersonId RoomDriver::admit(std::string name, Role role, std::optional<std::string> decision_type) {
    const PersonId person{++last_person_};
    const auto answer = knock(person, std::move(name), role, decision_type);
    ETAKAHVILA_CHECK(answer.is_done());
    connect(person);
    return person;
}

Answer RoomDriver::knock(PersonId person, std::string name, Role role, std::optional<std::string> decision_type,
    bool accepts_netiquette, std::optional<Duty> duty) {
    last_person_ = std::max(last_person_, person.value);
    return submit(Admit{.person = person,
        .role = role,
        .decision_type = std::move(decision_type),
        .duty = duty,
        .name = std::move(name),
        .accepts_netiquette = accepts_netiquette});
}

ConnectionId RoomDriver::connect(PersonId person, std::optional<std::string> device) {
    const ConnectionId connection{++last_connection_};
    submit(OpenConnection{.person = person, .connection = connection, .device = std::move(device)});
    return connection;
}

namespace {

ConnectionId newest_up(const Member& member) {
    const auto stay = std::find_if(
        member.stays.rbegin(), member.stays.rend(), [](const Stay& each) { return !each.to; });
    ETAKAHVILA_CHECK(stay != member.stays.rend());
    return stay->connection;
}

}  // namespace

Answer RoomDriver::lose(
    PersonId person, std::optional<ConnectionId> connection, std::optional<Milliseconds> silent_for) {
    std::optional<RoomTime> silent_since;
    if (silent_for) silent_since = now_.at - *silent_for;
    return submit(LoseConnection{.person = person,
        .connection = connection ? *connection : newest_up(member(person)),
        .silent_since = silent_since});
}

Answer RoomDriver::leave(PersonId person, std::optional<ConnectionId> connection) {
    return submit(
        LeaveConnection{.person = person, .connection = connection ? *connection : newest_up(member(person))});
}

Answer RoomDriver::ask(PersonId person, Command command) {
    return ask_as(person, "c" + std::to_string(++last_command_), std::move(command));
}

Answer RoomDriver::ask_as(PersonId person, std::string command_id, Command command) {
    if (const auto* earlier = earlier_outcome(room_, person, command_id)) {
        Answer answer{.seq = earlier->seq, .refusal = {}, .details = earlier->refusal, .events = {}, .is_repeat = true};
        if (earlier->refusal) answer.refusal = earlier->refusal->word;
        return answer;
    }
    const auto* known = room_.member(person);
    const Actor actor{.person = person, .role = known == nullptr ? Role::participant : known->role, .connection = {}};
    return submit(MemberCommand{.actor = actor, .command_id = std::move(command_id), .command = std::move(command)});
}

Answer RoomDriver::ask_by(Actor actor, Command command) {
    return submit(MemberCommand{
        .actor = actor, .command_id = "c" + std::to_string(++last_command_), .command = std::move(command)});
}

void RoomDriver::go_live(PersonId staff) {
    ETAKAHVILA_CHECK(ask(staff, OpenDoors{}).is_done());
    ETAKAHVILA_CHECK(ask(staff, GoLive{}).is_done());
}

std::vector<Event> RoomDriver::pass(Milliseconds span) {
    const auto until = now_.at + span;
    std::vector<Event> happened;
    for (auto due = next_due(room_); due && *due <= until; due = next_due(room_)) {
        if (*due > now_.at) skip(*due - now_.at);
        const auto answer = submit(TimePasses{});
        // A timer that is due and finds nothing to do would be due for ever.
        ETAKAHVILA_CHECK(!answer.events.empty());
        happened.insert(happened.end(), answer.events.begin(), answer.events.end());
    }
    if (until > now_.at) skip(until - now_.at);
    return happened;
}

void RoomDriver::skip(Milliseconds span) {
    now_.at = now_.at + span;
    now_.utc.ms += span.count();
}

Answer RoomDriver::restart(Milliseconds down) { return restart(down, false); }

Answer RoomDriver::restart_from_backup(Milliseconds down) { return restart(down, true); }

Answer RoomDriver::restart(Milliseconds down, bool is_from_backup) {
    room_ = replayed(steps_, is_from_backup ? std::vector<Ballot>{} : ballots_after(steps_));
    skip(down);
    return take(Restart{}, is_from_backup);
}

void RoomDriver::compact() {
    ETAKAHVILA_CHECK(may_compact(room_));
    steps_ = {compacted_step(room_)};
    given_.clear();
    room_ = replayed(steps_);
}

Answer RoomDriver::submit(Input input) { return take(std::move(input), false); }

Answer RoomDriver::take(Input input, bool is_from_backup) {
    auto step = decide(room_, input, now_);
    given_.push_back({.input = std::move(input), .stamp = now_, .is_from_backup = is_from_backup});
    Answer answer{.seq = step.seq, .refusal = {}, .details = step.refusal, .events = step.events, .is_repeat = false};
    if (step.refusal) answer.refusal = step.refusal->word;
    if (!is_empty(step)) {
        apply(room_, step);
        steps_.push_back(std::move(step));
    }
    return answer;
}

Viewer RoomDriver::viewer(PersonId person) const {
    return Viewer{.audience = audience_of(role(person)), .person = person};
}

const Member& RoomDriver::member(PersonId person) const {
    const auto* found = room_.member(person);
    ETAKAHVILA_CHECK(found != nullptr);
    return *found;
}

Room replayed(const std::vector<Step>& steps) { return replayed(steps, ballots_after(steps)); }

Room replayed(const std::vector<Step>& steps, const std::vector<Ballot>& ballots) {
    Room room;
    for (auto step : steps) {
        step.ballot.reset();
        apply(room, step);
    }
    for (const auto& ballot : ballots) put_in_box(room, ballot);
    return room;
}

std::vector<Ballot> ballots_after(const std::vector<Step>& steps) {
    std::map<PersonId, Ballot> box;
    for (const auto& step : steps) {
        for (const auto poll : emptied_by(step))
            std::erase_if(box, [&](const auto& each) { return each.second.poll == poll; });
        if (step.ballot) box[step.ballot->person] = *step.ballot;
    }
    std::vector<Ballot> ballots;
    for (const auto& [person, ballot] : box) ballots.push_back(ballot);
    return ballots;
}

std::vector<Viewer> all_viewers(const Room& room) {
    std::vector<Viewer> viewers;
    for (const auto audience : all_audiences) viewers.push_back({.audience = audience, .person = {}});
    for (const auto& [person, member] : room.presence.members)
        viewers.push_back({.audience = audience_of(member.role), .person = person});
    return viewers;
}

}  // namespace etakahvila::testing
