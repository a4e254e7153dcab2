// The promises under faults from seeds; and that the simulation finds mistakes which are made on
// purpose. More seeds, and full rooms: run.sh.

#include "base/enum_names.hpp"
#include "plan.hpp"
#include "support/catch.hpp"

namespace etakahvila::simulation {
namespace {

using PlanOf = Plan (*)(std::uint64_t);

Deeds check_seeds(std::uint64_t first, std::uint64_t count, PlanOf plan_of = short_plan) {
    Deeds deeds;
    for (auto seed = first; seed < first + count; ++seed) {
        const auto plan = plan_of(seed);
        const auto result = run(plan);
        deeds += result.deeds;
        if (result.broken)
            FAIL_CHECK(text_of(plan) << "\n" << *result.broken << "\nsmaller: " << text_of(shrunk(plan)));
    }
    return deeds;
}

/// The first of the seeds in which the mistake is found, with every fault switched on.
std::optional<Plan> found(Mutation mutation, std::uint64_t seeds_max, PlanOf plan_of = short_plan) {
    for (std::uint64_t seed = 1; seed <= seeds_max; ++seed) {
        auto plan = plan_of(seed);
        plan.mutation = mutation;
        plan.faults.fill(true);
        if (run(plan).broken) return plan;
    }
    return std::nullopt;
}

}  // namespace

TEST_CASE("seeds 1 to 60 keep every promise") { check_seeds(1, 60); }
TEST_CASE("seeds 61 to 120 keep every promise") { check_seeds(61, 60); }
TEST_CASE("seeds 121 to 180 keep every promise") { check_seeds(121, 60); }
TEST_CASE("seeds 181 to 240 keep every promise") { check_seeds(181, 60); }
TEST_CASE("seeds 241 to 300 keep every promise") { check_seeds(241, 60); }

TEST_CASE(
    "days 1 to 40 keep every promise: drafts, returns, claims, answers, votes, feedback, doors, cancelled days, and "
    "kills between them") {
    auto deeds = check_seeds(1, 40, day_plan);
    deeds += check_seeds(1, 30, cancelled_plan);
    for (std::size_t index = 0; index < deeds.counts.size(); ++index) {
        // A sender knows another version of the answer than the server by then, and is refused.
        if (static_cast<Deed>(index) == Deed::corrected) continue;
        INFO(names_of(Deed{})[index]);
        CHECK(deeds.counts[index] > 0);
    }
}

TEST_CASE("a day plays the same way twice") {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        const auto once = run(day_plan(seed));
        const auto again = run(day_plan(seed));
        CHECK(once.hash == again.hash);
        CHECK(once.deeds.counts == again.deeds.counts);
        CHECK(once.deeds[Deed::returned] > 0);
    }
}

TEST_CASE("a step whose row is not written with it is found") {
    const auto plan = found(Mutation::lost_row, 10, day_plan);
    REQUIRE(plan);
    CHECK_THAT(*run(*plan).broken, Catch::StartsWith("D1: row and room"));
}

TEST_CASE("a day that is cancelled without its words is found") {
    const auto plan = found(Mutation::lost_row, 10, cancelled_plan);
    REQUIRE(plan);
    CHECK_THAT(*run(*plan).broken, Catch::StartsWith("D1: row and room do not agree on whether the day is cancelled"));
}

TEST_CASE("a seed plays the same way twice") {
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        const auto plan = short_plan(seed);
        const auto once = run(plan);
        const auto again = run(plan);
        CHECK(once.hash == again.hash);
        CHECK(once.steps == again.steps);
        CHECK(once.acknowledged == again.acknowledged);
        CHECK(once.steps > 0);
    }
}

TEST_CASE("mistakes that are made on purpose are found") {
    struct Mistake {
        Mutation mutation;
        std::string promise;
    };
    const auto& [mutation, promise] = GENERATE(values<Mistake>({
        {Mutation::early_release, "D"},     // said before it is durable: D1 or D3
        {Mutation::doubled_command, "D2"},  // a command goes in twice
        {Mutation::skipped_batch, "D4"},    // a batch does not leave
        {Mutation::lying_disk, ""},  // the disk says that it has synced, and has not: D1, or nothing opens any more
        {Mutation::forgotten_outbox, "D5"},  // a page forgets what it has not sent
        {Mutation::lost_change, "D4"},       // a client passes over a change
        {Mutation::two_answers, "D2"},       // a client sends again under another id
        {Mutation::unmarked_time, "D6"},     // a lost line counts until it was noticed
        {Mutation::leaked_words, ""},        // a parked question of the staff's goes to the others: privacy, or D4
    }));
    INFO(base::name_of(mutation));
    const auto plan = found(mutation, 60);
    REQUIRE(plan);
    CHECK_THAT(*run(*plan).broken, Catch::StartsWith(promise));
}

TEST_CASE("words that reach whom they are not for are found as such") {
    int found_as_such = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        auto plan = short_plan(seed);
        plan.mutation = Mutation::leaked_words;
        const auto broken = run(plan).broken;
        if (broken && broken->starts_with("privacy")) ++found_as_such;
    }
    CHECK(found_as_such > 0);
}

TEST_CASE(
    "the seeds hold, turn down, take back and turn messages into other things, so that words are there to be told") {
    Hidden sum;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) sum += run(short_plan(seed)).hidden;
    CHECK(sum.held > 200);
    CHECK(sum.rejected > 50);
    CHECK(sum.retracted > 50);
    CHECK(sum.parked > 20);
    CHECK(sum.parked_and_retracted > 5);
    CHECK(sum.shown_anew > 5);
    CHECK(sum.made_floor_request > 5);
    CHECK(sum.made_help > 5);
    CHECK(sum.words_checked > 1'000);
}

TEST_CASE("a seed that breaks a promise is made smaller, and breaks the same one") {
    const auto plan = found(Mutation::skipped_batch, 60);
    REQUIRE(plan);
    const auto smaller = shrunk(*plan);
    CHECK(smaller.seconds <= plan->seconds);
    CHECK(smaller.faults != plan->faults);
    const auto broken = run(smaller).broken;
    REQUIRE(broken);
    CHECK(broken->substr(0, 2) == run(*plan).broken->substr(0, 2));
}

}  // namespace etakahvila::simulation
