#pragma once

// What one run of the simulation is: a seed, and what the seed may do. A failing run is made
// smaller by taking from it.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "deeds.hpp"

namespace etakahvila::simulation {

/// Everything that goes wrong, each on its own switch.
enum class Fault : std::uint8_t {
    cut,
    freeze,
    black_hole,
    reload,
    second_device,
    duplicate,
    nonsense,
    kill,
    power_cut,
    goodbye,
    slow_disk,
    full_disk,
    failed_sync,
    wall_clock
};
constexpr std::array<std::string_view, 14> names_of(Fault) {
    return {"cut", "freeze", "black_hole", "reload", "second_device", "duplicate", "nonsense", "kill", "power_cut",
        "goodbye", "slow_disk", "full_disk", "failed_sync", "wall_clock"};
}
inline constexpr std::size_t fault_count = names_of(Fault{}).size();

/// Mistakes that are made on purpose, to see them found.
enum class Mutation : std::uint8_t {
    none,
    early_release,
    doubled_command,
    skipped_batch,
    lying_disk,
    forgotten_outbox,
    lost_change,
    two_answers,
    unmarked_time,
    leaked_words,
    lost_row
};
constexpr std::array<std::string_view, 11> names_of(Mutation) {
    return {"none", "early_release", "doubled_command", "skipped_batch", "lying_disk", "forgotten_outbox",
        "lost_change", "two_answers", "unmarked_time", "leaked_words", "lost_row"};
}

struct Plan {
    std::uint64_t seed = 1;
    /// A room of four hours with its usual day, in place of a few minutes in which anything happens.
    bool is_full_room = false;
    /// A day in some minutes, with its assignments, its polls and its feedback, and the people who ask over HTTP.
    bool has_work = false;
    /// Of a day with work, in seconds from its beginning: when its doors open by themselves, by the wall's clock; 0: by
    /// hand. When the coordinator cancels it; 0: it is held.
    std::int64_t doors_open_after = 0;
    std::int64_t cancelled_after = 0;
    std::int64_t participants = 6;
    std::int64_t staff = 4;
    std::int64_t seconds = 120;
    std::array<bool, fault_count> faults{};
    Mutation mutation = Mutation::none;

    bool has(Fault fault) const { return faults[static_cast<std::size_t>(fault)]; }
};

/// What the seed has in it: how many people, how long, which faults.
Plan short_plan(std::uint64_t seed);
/// 90 participants, 4 staff, four hours, with the usual drops, three restarts and a wall clock that is set.
Plan full_plan(std::uint64_t seed);

/// A short run of its own, with work in it.
Plan day_plan(std::uint64_t seed);
/// A short day with work that is cancelled, if it is not live by then.
Plan cancelled_plan(std::uint64_t seed);

/// As arguments of the program that runs it again.
std::string text_of(const Plan& plan);

/// How many messages were held, turned down and taken back; how many of them were made something else.
struct Hidden {
    std::int64_t held{};
    std::int64_t rejected{};
    std::int64_t retracted{};
    std::int64_t parked{};
    std::int64_t parked_and_retracted{};
    std::int64_t shown_anew{};
    std::int64_t made_floor_request{};
    std::int64_t made_help{};
    std::int64_t words_checked{};

    Hidden& operator+=(const Hidden& more);
};

struct Result {
    /// The first promise that was broken; nothing when all held.
    std::optional<std::string> broken;
    /// When, in seconds from the start.
    std::int64_t broken_at{};
    /// Of all steps and all that was delivered.
    std::uint64_t hash{};
    std::int64_t steps{};
    std::int64_t acknowledged{};
    std::int64_t delivered{};
    std::int64_t restarts{};
    std::int64_t faults{};
    std::int64_t checks{};
    std::int64_t simulated_seconds{};
    /// What became of messages that not everyone may read, and how often such words were looked for
    /// in what went to somebody.
    Hidden hidden{};
    Deeds deeds{};
};

Result run(const Plan& plan);

/// The smallest plan found that breaks the same promise.
Plan shrunk(const Plan& failing);

}  // namespace etakahvila::simulation
