#include "support/random_day.hpp"

#include <array>

#include "support/random_command.hpp"

namespace etakahvila::testing {
namespace {

constexpr std::array roles{Role::participant, Role::participant, Role::participant, Role::participant, Role::participant, Role::participant,
                           Role::guest, Role::facilitator, Role::facilitator, Role::moderator, Role::moderator, Role::coordinator};
constexpr std::int64_t people = roles.size();
Role role_of(std::int64_t person) { return person <= people ? roles[static_cast<std::size_t>(person - 1)] : Role::participant; }

const std::array<std::string, 6> names{"Mustikka", "Kanerva", "Halla", "Ohjaaja", "", "Pihla"};

}  // namespace

RandomDay::RandomDay(std::uint64_t seed) : chance_{seed} {
    for (std::int64_t person = 1; person <= people; ++person) {
        if (chance_.once_in(4)) continue;
        room.knock(PersonId{person}, "Nimi " + std::to_string(person), role_of(person), DecisionType::work_activity);
        room.connect(PersonId{person});
    }
}

void RandomDay::go_on() {
    const auto what = chance_.number(1, 100);
    if (what <= 8) pass_time();
    else if (what <= 28) connect_or_lose();
    else if (what == 29) room.restart(Milliseconds{chance_.number(0, 200'000)});
    else if (what == 30) room.submit(Stop{});
    else if (what == 31 && chance_.once_in(4)) room.submit(PlanSession{usual_plan()});
    else command();
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
        room.knock(person, chance_.once_in(2) ? "Nimi " + std::to_string(person.value) : chance_.one_of(names), role_of(person.value), DecisionType::work_activity, !chance_.once_in(4));
        return;
    }
    if (!member->is_up() || chance_.once_in(6)) {
        room.connect(person, chance_.once_in(2) ? std::optional<std::string>{"Android"} : std::nullopt);
        return;
    }
    const auto& stay = chance_.one_of(member->stays);
    if (chance_.once_in(3)) room.leave(person, stay.connection);
    else room.lose(person, stay.connection, chance_.once_in(2) ? std::optional{Milliseconds{chance_.number(0, 15'000)}} : std::nullopt);
}

void RandomDay::command() {
    PersonId person;
    auto command = someones_command(person);
    // Most of what people do makes sense; one in four things is whatever comes.
    for (int tries = chance_.once_in(4) ? 0 : 6; tries > 0 && is_refused(person, command); --tries) command = someones_command(person);
    // Now and then an id that has been used before.
    const auto id = chance_.once_in(12) ? chance_.number(1, room.seq() + 1) : room.seq() + 1;
    room.ask_as(person, "k" + std::to_string(id), std::move(command));
}

bool RandomDay::is_refused(PersonId person, const Command& command) const {
    const auto* member = room.room().member(person);
    return testing::is_refused(room.room(), {.person = person, .role = member == nullptr ? Role::participant : member->role, .connection = {}}, command, room.now());
}

Command RandomDay::someones_command(PersonId& person) {
    const bool is_running = room.room().session.phase == Phase::live;
    auto command = !is_running && chance_.once_in(5) ? next_phase(chance_, room.room()) : any_command(chance_, room.room(), people);
    if (is_running && is_rare(command) && !chance_.once_in(6)) command = any_command(chance_, room.room(), people);
    person = PersonId{chance_.once_in(50) ? stranger : chance_.number(1, people)};
    if (chance_.once_in(2)) go_back_on(room.room(), command, person);
    return command;
}

}  // namespace etakahvila::testing
