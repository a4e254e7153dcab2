// What an operator did with somebody's data stands among who has seen it.

#include <array>

#include "journal/sqlite_store.hpp"
#include "people/operator_acts.hpp"
#include "support/catch.hpp"
#include "support/test_house.hpp"

namespace etakahvila::testing {

TEST_CASE("Operators: the coordinator is told what was done on the command line about a person") {
    TestHouse house;
    const auto key = bearer(house.coordinator_key());
    const auto session = house.plan_session();
    const auto aino = house.invite(session, protocol::Role::participant, "Aino");
    const auto eino = house.invite(session, protocol::Role::participant, "Eino");
    house.store().write_and_wait([&](records::Database& database) {
        const auto act = people::note_operator_act(
            database, {.at = house.clock.utc(), .uid = 0, .name = "root (kalle)", .act = "invite"});
        people::note_operator_access(
            database, act, protocol::AccessAct::invitations_made, session, std::array{aino.person});
    });
    const auto accesses_of = [&](const Invited& person) {
        return ask(house, "GET", "/api/people/" + std::to_string(person.person.value) + "/accesses", {}, {key});
    };
    CHECK(has(accesses_of(aino), R"~("act":"invitations_made","by":"root (kalle)","session":)~"));
    CHECK_FALSE(has(accesses_of(eino), "kalle"));
}

}  // namespace etakahvila::testing
