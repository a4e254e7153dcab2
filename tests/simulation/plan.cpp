#include "plan.hpp"

#include <algorithm>
#include <utility>

#include "base/enum_names.hpp"
#include "support/chance.hpp"

namespace etakahvila::simulation {

Hidden& Hidden::operator+=(const Hidden& more) {
    held += more.held;
    rejected += more.rejected;
    retracted += more.retracted;
    parked += more.parked;
    parked_and_retracted += more.parked_and_retracted;
    shown_anew += more.shown_anew;
    made_floor_request += more.made_floor_request;
    made_help += more.made_help;
    words_checked += more.words_checked;
    return *this;
}

Plan short_plan(std::uint64_t seed) {
    testing::Chance chance{seed * 7919 + 3};
    Plan plan{.seed = seed};
    plan.participants = chance.once_in(20) ? chance.number(20, 96) : chance.number(1, 8);
    plan.staff = chance.number(1, 4);
    plan.seconds = chance.number(30, plan.participants > 10 ? 60 : 240);
    // Each fault in every other run; now and then none, or all.
    const auto kind = chance.number(1, 12);
    for (auto& fault : plan.faults) fault = kind == 1 ? false : kind == 2 ? true : chance.once_in(2);
    return plan;
}

Plan full_plan(std::uint64_t seed) {
    Plan plan{.seed = seed, .is_full_room = true, .participants = 90, .staff = 4, .seconds = 250 * 60};
    for (const auto fault : {Fault::second_device}) plan.faults[static_cast<std::size_t>(fault)] = true;
    return plan;
}

Plan day_plan(std::uint64_t seed) {
    testing::Chance chance{seed * 6007 + 11};
    Plan plan{.seed = seed, .has_work = true};
    plan.participants = chance.number(5, 14);
    plan.staff = chance.number(2, 4);
    // A claim is held for ten minutes.
    plan.seconds = chance.once_in(3) ? chance.number(900, 1500) : chance.number(240, 600);
    const auto kind = chance.number(1, 12);
    for (auto& fault : plan.faults) fault = kind == 1 ? false : kind == 2 ? true : chance.once_in(2);
    if (chance.once_in(2)) plan.doors_open_after = chance.number(3, 40);
    return plan;
}

Plan cancelled_plan(std::uint64_t seed) {
    testing::Chance chance{seed * 5381 + 7};
    auto plan = day_plan(seed);
    plan.seconds = chance.number(100, 200);
    plan.doors_open_after = chance.once_in(2) ? chance.number(2, 10) : 0;
    plan.cancelled_after = chance.number(1, 14);
    return plan;
}

std::string text_of(const Plan& plan) {
    auto text = "--seed " + std::to_string(plan.seed);
    if (plan.is_full_room) text += " --full";
    if (plan.has_work) text += plan.cancelled_after > 0 ? " --cancelled" : " --day";
    text += " --participants " + std::to_string(plan.participants) + " --staff " + std::to_string(plan.staff) +
            " --seconds " + std::to_string(plan.seconds) + " --faults ";
    std::string faults;
    for (std::size_t index = 0; index < fault_count; ++index) {
        if (plan.faults[index]) faults += (faults.empty() ? "" : ",") + std::string{names_of(Fault{})[index]};
    }
    text += faults.empty() ? "none" : faults;
    if (plan.mutation != Mutation::none) text += " --mutation " + std::string{base::name_of(plan.mutation)};
    return text;
}

Plan shrunk(const Plan& failing) {
    const auto promise_of = [](const Result& result) {
        return result.broken ? result.broken->substr(0, result.broken->find(':')) : std::string{};
    };
    auto smallest = failing;
    auto found = run(failing);
    const auto promise = promise_of(found);
    if (promise.empty()) return failing;
    std::int64_t broken_at = found.broken_at;
    const auto try_smaller = [&](const Plan& plan) {
        const auto result = run(plan);
        if (promise_of(result) != promise) return false;
        smallest = plan;
        broken_at = result.broken_at;
        return true;
    };
    for (bool is_smaller = true; is_smaller;) {
        is_smaller = false;
        // Not longer than until it broke: what settles everything at the end then begins earlier.
        if (auto plan = smallest; broken_at + 1 < plan.seconds) {
            plan.seconds = broken_at + 1;
            is_smaller = try_smaller(plan);
        }
        for (std::size_t index = 0; index < fault_count; ++index) {
            auto plan = smallest;
            if (!std::exchange(plan.faults[index], false)) continue;
            is_smaller = try_smaller(plan) || is_smaller;
        }
        for (const auto part : {2, 4, 8}) {
            auto plan = smallest;
            plan.participants -= (plan.participants + part - 1) / part;
            if (plan.participants >= 1 && plan.participants < smallest.participants)
                is_smaller = try_smaller(plan) || is_smaller;
            plan = smallest;
            plan.seconds -= (plan.seconds + part - 1) / part;
            if (plan.seconds >= 1) is_smaller = try_smaller(plan) || is_smaller;
        }
        auto plan = smallest;
        if (--plan.staff >= 1) is_smaller = try_smaller(plan) || is_smaller;
    }
    return smallest;
}

}  // namespace etakahvila::simulation
