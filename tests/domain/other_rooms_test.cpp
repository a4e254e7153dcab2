// The ids of another room, tried here: nothing is done, and nothing is learnt.

#include <set>

#include <boost/mp11/algorithm.hpp>

#include "base/json.hpp"
#include "support/catch.hpp"
#include "support/random_command.hpp"
#include "support/random_day.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

constexpr int tries = 500'000;
/// Of whom and of what no room has heard.
constexpr std::int64_t nowhere = 9'000'000'000'000'000;
/// Rooms number their things by their own steps, people are numbered by the house.
constexpr std::int64_t person_elsewhere = 700'000;

template <class T>
constexpr bool is_id = false;
template <class Tag>
constexpr bool is_id<base::Id<Tag>> = true;

/// Every id in the command becomes what `of` makes of it; how many there were.
template <class Command, class Of>
int replace_ids(Command& command, Of of) {
    int replaced = 0;
    const auto each = [&](auto& id) {
        id.value = of(id);
        ++replaced;
    };
    boost::mp11::mp_for_each<base::json::Members<Command>>([&](auto member) {
        auto& field = command.*member.pointer;
        using Field = std::remove_cvref_t<decltype(field)>;
        if constexpr (is_id<Field>) {
            each(field);
        } else if constexpr (base::json::is_optional<Field>) {
            if constexpr (is_id<typename Field::value_type>) {
                if (field) each(*field);
            }
        } else if constexpr (base::json::is_vector<Field>) {
            if constexpr (is_id<typename Field::value_type>) {
                for (auto& id : field) each(id);
            }
        }
    });
    return replaced;
}

std::set<std::int64_t> things_of(const Room& room) {
    std::set<std::int64_t> ids;
    for (const auto& [id, message] : room.chat.messages) ids.insert(id.value);
    for (const auto& [id, request] : room.floor.requests) ids.insert(id.value);
    for (const auto& [id, help] : room.help.cases) ids.insert(id.value);
    for (const auto& [id, parked] : room.agenda.parked) ids.insert(id.value);
    for (const auto& checkpoint : room.attendance.checkpoints) ids.insert(checkpoint.id.value);
    if (room.floor.turn) ids.insert(room.floor.turn->id.value);
    if (room.floor.last_turn) ids.insert(room.floor.last_turn->id.value);
    for (const auto& [turn, kept] : room.turn_texts) ids.insert(turn.value);
    for (const auto& [id, poll] : room.polls.all) ids.insert(id.value);
    for (const auto& item : room.session.plan.agenda) ids.insert(item.id.value);
    if (const auto& planned = room.session.plan.assignments) {
        for (const auto& each : *planned) ids.insert(each.assignment.value);
    }
    return ids;
}

}  // namespace

TEST_CASE(
    "a million commands that name what is in another room: each is refused, with the word that an id of nothing gets") {
    Chance chance{20};
    std::map<std::string_view, int> kinds;
    int tried = 0;
    for (std::uint64_t seed = 1; tried < tries; ++seed) {
        RandomDay here{seed};
        RandomDay there{seed + 1000};
        for (int input = 0; input < 1500; ++input) {
            here.go_on();
            there.go_on();
        }
        const auto& room = here.room.room();
        const auto own = things_of(room);
        std::vector<std::int64_t> foreign;
        for (const auto id : things_of(there.room.room())) {
            if (!own.contains(id)) foreign.push_back(id);
        }
        // Two young rooms may have the same numbers.
        if (foreign.empty()) continue;
        std::vector<PersonId> people;
        for (const auto& [person, member] : room.presence.members) people.push_back(person);
        for (int count = 0; count < tries / 20; ++count) {
            auto command = any_command(chance, room, static_cast<std::int64_t>(people.size()));
            auto of_nothing = command;
            // Each another one: a list that names something twice is no list.
            auto next = static_cast<std::size_t>(chance.number(0, static_cast<std::int64_t>(foreign.size()) - 1));
            const auto replaced = std::visit(
                [&](auto& each) {
                    return replace_ids(each, [&](const auto& id) {
                        return std::is_same_v<std::remove_cvref_t<decltype(id)>, PersonId>
                                   ? person_elsewhere
                                   : foreign[next++ % foreign.size()];
                    });
                },
                command);
            if (replaced == 0) continue;
            std::visit(
                [&](auto& each) { replace_ids(each, [&, last = nowhere](const auto&) mutable { return last++; }); },
                of_nothing);
            const auto person = chance.one_of(people);
            const auto& member = *room.member(person);
            const Actor actor{.person = person,
                .role = member.role,
                .connection = member.stays.empty() ? ConnectionId{1} : member.stays.back().connection};
            const auto answer = [&](const Command& asked) {
                return decide(
                    room, MemberCommand{.actor = actor, .command_id = "?", .command = asked}, here.room.now());
            };
            const auto step = answer(command);
            const auto name = std::visit([](const auto& each) { return std::string_view{each.wire_name}; }, command);
            ++kinds[name];
            ++tried;
            if (!step.refusal || step.refusal != answer(of_nothing).refusal) {
                INFO(base::json::to_text(command) << " in the room of seed " << seed);
                CHECK(step.refusal);
                CHECK(step.refusal == answer(of_nothing).refusal);
            }
        }
    }
    CHECK(tried >= tries);
    // Each kind of command that has an id in it was among them.
    boost::mp11::mp_for_each<boost::mp11::mp_rename<Command::variant, boost::mp11::mp_list>>([&](auto command) {
        if (replace_ids(command, [](const auto&) { return nowhere; }) == 0) return;
        INFO(decltype(command)::wire_name);
        CHECK(kinds[decltype(command)::wire_name] > 100);
    });
}
