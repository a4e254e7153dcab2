#include "people/operator_acts.hpp"

#include <array>

#include "people/helpers.hpp"

namespace etakahvila::people {
namespace {

constexpr UtcTime noon{1'796'295'600'000};

}  // namespace

TEST_CASE("Operator acts: noted before they are done and when they have ended, the newest first") {
    Records records;
    const OperatorAct reset{.at = noon, .uid = 0, .name = "root (aino)", .act = "staff reset"};
    const auto first = note_operator_act(records.database, reset);
    const auto second = note_operator_act(
        records.database, {.at = {noon.ms + 1}, .uid = 4'000'000'000U, .name = "x", .act = "invite"});
    note_operator_act_ended(records.database, first, 0);
    const auto acts = operator_acts(records.database, 10);
    REQUIRE(acts.size() == 2);
    CHECK(acts[0].uid == 4'000'000'000U);
    CHECK(acts[0].exit_code == std::nullopt);
    CHECK(acts[1].name == "root (aino)");
    CHECK(acts[1].act == "staff reset");
    CHECK(acts[1].at == noon);
    CHECK(acts[1].exit_code == 0);
    note_operator_act_ended(records.database, second, 1);
    CHECK(operator_acts(records.database, 1).at(0).exit_code == 1);
    CHECK(operator_acts(records.database, 0).empty());
}

TEST_CASE("Operator acts: what was done with somebody's data is found by the person alone") {
    Records records;
    const auto session = records.plan();
    const std::array whose{records.add("Aino", session), records.add("Eino", session)};
    const auto other = records.add("Onni", session);
    const auto act = note_operator_act(records.database, {.at = noon, .uid = 0, .name = "root", .act = "invite"});
    note_operator_access(records.database, act, protocol::AccessAct::invitations_made, session, whose);
    // Told twice it is once.
    note_operator_access(records.database, act, protocol::AccessAct::invitations_made, session, whose);
    for (const auto person : whose) {
        const auto accesses = operator_accesses_to(records.database, person);
        REQUIRE(accesses.size() == 1);
        CHECK(accesses[0].at == noon);
        CHECK(accesses[0].by == "root");
        CHECK(accesses[0].access == protocol::AccessAct::invitations_made);
        CHECK(accesses[0].session == session);
    }
    CHECK(operator_accesses_to(records.database, other).empty());
}

}  // namespace etakahvila::people
