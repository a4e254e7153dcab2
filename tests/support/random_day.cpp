#include "support/random_day.hpp"

#include <algorithm>
#include <array>

#include "support/random_command.hpp"

namespace etakahvila::testing {
namespace {

constexpr std::array roles{Role::participant, Role::participant, Role::participant, Role::participant,
    Role::participant, Role::participant, Role::guest, Role::facilitator, Role::facilitator, Role::moderator,
    Role::moderator, Role::coordinator};
constexpr std::int64_t people = roles.size();
Role role_of(std::int64_t person) {
    return person <= people ? roles[static_cast<std::size_t>(person - 1)] : Role::participant;
}

const std::array<std::string, 6> names{"Mustikka", "Kanerva", "Halla", "Ohjaaja", "", "Pihla"};

const std::array<std::string, 3> reasons{"Soitti perjantaina", "", "Yhteys katkesi"};

/// The first opens with its item, the others by hand: one more than may be open at once.
const std::vector<PlannedAssignment> assignments{
    {.assignment = AssignmentId{1}, .item = AgendaItemId{2}, .version = 1, .minutes = 60},
    {.assignment = AssignmentId{2}, .item = {}, .version = 1, .minutes = 20},
    {.assignment = AssignmentId{3}, .item = {}, .version = 2, .minutes = 20}};

SessionPlan plan_with_work() {
    auto plan = usual_plan();
    plan.assignments = assignments;
    plan.day_ends_at = UtcTime{plan.ends_at.ms + 11 * 60 * 60'000};
    return plan;
}

/// A kind of decision, with what it makes of taking part; an older event has the kind alone.
struct OneDecision {
    std::string kind;
    std::optional<Duty> duty;
};
const std::array<OneDecision, 5> decisions{{{"work_activity", Duty::obligatory}, {"tyopajatoiminta", Duty::own_will},
    {"social_rehabilitation", {}}, {"disability_work_activity", Duty::agreed}, {"work_activity", {}}}};
const OneDecision& decision_of(std::int64_t person) {
    return decisions[static_cast<std::size_t>(person) % decisions.size()];
}

/// One day in sixteen is by phone.
SessionPlan plan_of_day(Chance& chance) {
    auto plan = plan_with_work();
    if (!chance.once_in(16)) return plan;
    plan.way = SessionWay::phone_day;
    for (std::int64_t person = 1; person <= people; ++person) {
        const auto& decision = decision_of(person);
        if (role_of(person) == Role::participant)
            plan.roster.push_back({.person = PersonId{person},
                .role = Role::participant,
                .decision_type = decision.kind,
                .duty = decision.duty,
                .excused = false});
    }
    return plan;
}

}  // namespace

RandomDay::RandomDay(Chance chance) : room{plan_of_day(chance)}, chance_{chance} {
    for (std::int64_t person = 1; person <= people; ++person) {
        if (chance_.once_in(4)) continue;
        const auto& decision = decision_of(person);
        room.knock(
            PersonId{person}, "Nimi " + std::to_string(person), role_of(person), decision.kind, true, decision.duty);
        room.connect(PersonId{person});
    }
}

void RandomDay::go_on() {
    const auto what = chance_.number(1, 100);
    if (what <= 8)
        pass_time();
    else if (what <= 28)
        connect_or_lose();
    else if (what == 29)
        restart();
    else if (what == 30)
        stop_cancel_or_end_feedback();
    else if (what == 31 && chance_.once_in(is_over(room.room().session.phase) ? 1 : 4))
        room.submit(PlanSession{another_plan()});
    else if (what == 32 && chance_.once_in(3))
        flap();
    else if (what <= 40)
        work();
    else if (what == 41)
        carried();
    else if (has_no_room(room.room().session.plan) && chance_.once_in(2))
        contact();
    else
        command();
}

void RandomDay::restart() {
    const Milliseconds down{chance_.number(0, 200'000)};
    if (chance_.once_in(4))
        room.restart_from_backup(down);
    else
        room.restart(down);
}

void RandomDay::stop_cancel_or_end_feedback() {
    // Few days are cancelled, and nothing more happens on them.
    if (chance_.once_in(8))
        room.submit(CancelSession{});
    else if (chance_.once_in(2))
        room.submit(Stop{});
    else
        room.submit(EndFeedback{chance_.number(0, 9)});
}

/// Someone's line breaks again and again.
void RandomDay::flap() {
    const PersonId person{chance_.number(1, people)};
    const auto* member = room.room().member(person);
    if (member == nullptr || member->presence == PresenceState::removed) return;
    for (int times = 0; times < 3; ++times) {
        room.connect(person);
        room.lose(person);
    }
}

void RandomDay::pass_time() {
    switch (chance_.number(1, 3)) {
        case 1: room.pass(Milliseconds{chance_.number(0, 30'000)}); return;
        case 2: room.pass(Milliseconds{chance_.number(0, 400'000)}); return;
        default:
            // A late server: what is due is done when the room is asked the next time.
            room.skip(Milliseconds{chance_.number(0, 5'000)});
            room.submit(TimePasses{});
    }
}

void RandomDay::connect_or_lose() {
    const PersonId person{chance_.number(1, people)};
    const auto* member = room.room().member(person);
    if (member == nullptr || chance_.once_in(8)) {
        const auto& decision = decision_of(person.value);
        room.knock(person, chance_.once_in(2) ? "Nimi " + std::to_string(person.value) : chance_.one_of(names),
            role_of(person.value), decision.kind, !chance_.once_in(4), decision.duty);
        return;
    }
    if (!member->is_up() || chance_.once_in(6)) {
        room.connect(person, chance_.once_in(2) ? std::optional<std::string>{"Android"} : std::nullopt);
        return;
    }
    const auto& stay = chance_.one_of(member->stays);
    if (chance_.once_in(3))
        room.leave(person, stay.connection);
    else
        room.lose(person, stay.connection,
            chance_.once_in(2) ? std::optional{Milliseconds{chance_.number(0, 15'000)}} : std::nullopt);
}

/// What comes to the day's work by way of the records: somebody does something with theirs, or with another's.
void RandomDay::work() {
    const auto anybody = [&] { return PersonId{chance_.number(1, people)}; };
    if (chance_.once_in(12)) {
        room.submit(rows_of_work());
        return;
    }
    if (chance_.once_in(12)) {
        DealWork deal{.by = anybody(), .assignment = {}, .among = {}, .answered_before = {{anybody(), anybody()}}};
        if (chance_.once_in(2)) deal.assignment = chance_.one_of(assignments).assignment;
        for (auto count = chance_.number(0, 3); count > 0; --count) deal.among.push_back(anybody());
        room.submit(std::move(deal));
        return;
    }
    if (chance_.once_in(40)) {
        room.ask_as(PersonId{chance_.number(10, 11)}, "k" + std::to_string(room.seq() + 1),
            CloseAssignment{.assignment = chance_.one_of(assignments).assignment});
        return;
    }
    // One for each person and assignment, as rows have it.
    const auto person = anybody();
    const auto assignment = chance_.once_in(40) ? AssignmentId{9} : chance_.one_of(assignments).assignment;
    const auto row = chance_.once_in(40) ? chance_.number(1, 60) : assignment.value * 100 + person.value;
    const auto wish = [&] { return chance_.once_in(2) ? std::optional{chance_.once_in(2)} : std::nullopt; };
    const auto act = [&]() -> WorkAct {
        switch (chance_.number(1, 12)) {
            case 1: return TakeBackWork{};
            case 2:
            case 3: return ClaimWork{};
            case 4: return ReleaseWork{};
            case 5: return TakeOverWork{.reason = chance_.one_of(reasons)};
            case 6: return BeginAnswer{};
            case 7: return SendAnswer{};
            case 8: return TakeBackAnswer{};
            case 9: return ReadAnswer{};
            case 10: return WishForCall{.wants_call = wish(), .answers_by_phone = wish()};
            default: return ReturnWork{.source = static_cast<WorkSource>(chance_.number(0, 2)), .wants_call = wish()};
        }
    }();
    const auto by = std::holds_alternative<ReturnWork>(act) || chance_.once_in(3) ? person : anybody();
    room.submit(ActOnWork{.by = by, .work = SubmissionId{row}, .assignment = assignment, .person = person, .act = act});
}

/// Which carried questions come up, as the records have it by now.
void RandomDay::carried() {
    KnowCarried known;
    for (std::int64_t id = 1; id <= 3; ++id) {
        if (!chance_.once_in(3))
            known.questions.push_back({.id = CarriedId{id},
                .text = chance_.one_of(names),
                .seen_by = chance_.once_in(2) ? SeenBy::all : SeenBy::staff,
                .asked_at = room.room().now.utc});
    }
    room.submit(std::move(known));
}

/// What a worker does on a day by phone.
void RandomDay::contact() {
    const PersonId by{chance_.number(1, people)};
    const PersonId person{chance_.number(1, people)};
    if (chance_.once_in(30)) {
        room.submit(CloseOutside{.by = by});
        return;
    }
    const auto found = room.room().contacts.of.find(person);
    const auto version = found == room.room().contacts.of.end() ? 0 : found->second.now.version;
    const auto act = [&]() -> ContactAct {
        switch (chance_.number(1, 6)) {
            case 1: return CallAnswered{};
            case 2: return TaskGiven{};
            case 3: return TaskNotReady{};
            case 4: return TaskChecked{.seconds = chance_.number(0, 7'200), .source = MarkSource::phone};
            case 5: return ContactTakenBack{};
            default: return CallUnanswered{};
        }
    }();
    room.submit(
        NoteContact{.by = by, .person = person, .version = chance_.once_in(10) ? version + 1 : version, .act = act});
}

/// As a room that is opened is handed them: those that it knows, later ones, and ones from before.
KnowWork RandomDay::rows_of_work() {
    KnowWork known;
    for (const auto& [id, work] : room.room().work.submissions) {
        auto row = work;
        row.version = std::max<std::int64_t>(1, row.version + chance_.number(-1, 1));
        known.rows.push_back(std::move(row));
    }
    return known;
}

void RandomDay::command() {
    PersonId person;
    auto command = someones_command(person);
    // Most of what people do makes sense; one in four things is whatever comes.
    for (int tries = chance_.once_in(4) ? 0 : 6; tries > 0 && is_refused(person, command); --tries)
        command = someones_command(person);
    // Now and then an id that has been used before.
    const auto id = chance_.once_in(12) ? chance_.number(1, room.seq() + 1) : room.seq() + 1;
    room.ask_as(person, "k" + std::to_string(id), std::move(command));
}

bool RandomDay::is_refused(PersonId person, const Command& command) const {
    const auto* member = room.room().member(person);
    return testing::is_refused(room.room(),
        {.person = person, .role = member == nullptr ? Role::participant : member->role, .connection = {}}, command,
        room.now());
}

Command RandomDay::someones_command(PersonId& person) {
    const bool is_running = room.room().session.phase == Phase::live;
    if (is_over(room.room().session.phase) && chance_.once_in(2)) {
        person = PersonId{chance_.number(10, 11)};
        return attendance_command();
    }
    auto command = !is_running && chance_.once_in(5) ? next_phase(chance_, room.room())
                                                     : any_command(chance_, room.room(), people);
    if (is_running && is_rare(command) && !chance_.once_in(6)) command = any_command(chance_, room.room(), people);
    person = PersonId{chance_.once_in(50) ? stranger : chance_.number(1, people)};
    if (chance_.once_in(2)) go_back_on(room.room(), command, person);
    return command;
}

/// What moderators do when the day is over: most of it makes sense.
Command RandomDay::attendance_command() {
    const auto& attendance = room.room().attendance;
    if (attendance.rows.empty()) return any_command(chance_, room.room(), people);
    const auto& [someone, row] = chance_.one_of(attendance.rows);
    const auto mark = static_cast<Mark>(chance_.number(0, 3));
    const auto minutes = mark == Mark::partial ? std::optional<std::int64_t>{1} : std::nullopt;
    if (room.room().session.phase == Phase::sealed) {
        for (const auto& [late, each] : attendance.rows) {
            if (each.is_correction_proposed && chance_.once_in(2))
                return DismissLateJoin{.person = late, .version = each.version};
        }
        return CorrectAttendance{.person = someone,
            .version = row.version,
            .mark = mark,
            .minutes = minutes,
            .reason = chance_.one_of(reasons),
            .source = MarkSource::phone};
    }
    if (chance_.once_in(12)) return MarkAllClear{};
    if (chance_.once_in(12) && row.marking() != nullptr) return TakeBackMarks{row.marking()->step};
    if (chance_.once_in(20))
        return CorrectWindow{.from = RoomTime{chance_.number(0, room.now().at.ms)}, .to = room.now().at};
    for (const auto& [undecided, each] : attendance.rows) {
        if (each.needs_decision())
            return MarkAttendance{.person = undecided,
                .version = each.version,
                .mark = mark,
                .minutes = minutes,
                .reason = {},
                .source = MarkSource::shared_device};
    }
    // The seal is for good: few days get that far.
    return chance_.once_in(8) ? Command{SealAttendance{.version = attendance.version}}
                              : next_phase(chance_, room.room());
}

/// Another roster: some are no longer on it, some have told of their absence, some never come.
SessionPlan RandomDay::another_plan() {
    auto plan = plan_with_work();
    plan.way = room.room().session.plan.way;
    // Planned anew, or taken from the plan though it has begun.
    if (chance_.once_in(4)) plan.assignments->pop_back();
    if (chance_.once_in(2)) plan.doors_minutes = chance_.number(1, 60);
    if (chance_.once_in(2)) plan.feedback_closes_at = UtcTime{room.now().utc.ms + chance_.number(0, 600'000)};
    for (std::int64_t person = 1; person <= people + 2; ++person) {
        if (role_of(person) != Role::participant || chance_.once_in(3)) continue;
        const auto& decision = chance_.one_of(decisions);
        plan.roster.push_back({.person = PersonId{person},
            .role = Role::participant,
            .decision_type = decision.kind,
            .duty = decision.duty,
            .excused = chance_.once_in(4)});
    }
    return plan;
}

}  // namespace etakahvila::testing
