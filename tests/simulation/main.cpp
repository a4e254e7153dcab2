// Runs seeds of the simulation, and prints what they were and how fast. A seed that breaks a
// promise is made smaller, and printed as the arguments that run it again.

#include <ctime>
#include <cstdio>
#include <fstream>

#include <CLI/CLI.hpp>

#include "base/enum_names.hpp"
#include "plan.hpp"

using namespace etakahvila::simulation;

namespace {

struct Sum {
    std::int64_t runs{};
    std::int64_t failed{};
    std::int64_t simulated_seconds{};
    std::int64_t steps{};
    std::int64_t acknowledged{};
    std::int64_t delivered{};
    std::int64_t restarts{};
    std::int64_t faults{};
    std::int64_t checks{};
    Hidden hidden{};
    Deeds deeds{};
    double seconds{};
    double slowest{};
};

/// The process's own time: other work may run on the machine.
double now() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

bool run_one(const Plan& plan, Sum& sum, bool shrinks, bool is_loud) {
    const auto begun = now();
    const auto result = run(plan);
    const auto took = now() - begun;
    ++sum.runs;
    sum.seconds += took;
    sum.slowest = std::max(sum.slowest, took);
    sum.simulated_seconds += result.simulated_seconds;
    sum.steps += result.steps;
    sum.acknowledged += result.acknowledged;
    sum.delivered += result.delivered;
    sum.restarts += result.restarts;
    sum.faults += result.faults;
    sum.checks += result.checks;
    sum.hidden += result.hidden;
    sum.deeds += result.deeds;
    if (is_loud)
        std::printf("seed %llu: %lld steps, %lld restarts, %lld s in %.2f s, hash %016llx\n",
            static_cast<unsigned long long>(plan.seed), static_cast<long long>(result.steps),
            static_cast<long long>(result.restarts), static_cast<long long>(result.simulated_seconds), took,
            static_cast<unsigned long long>(result.hash));
    if (!result.broken) return true;
    ++sum.failed;
    std::printf("BROKEN by %s\n  after %lld s: %s\n", text_of(plan).c_str(), static_cast<long long>(result.broken_at),
        result.broken->c_str());
    if (shrinks) {
        const auto smaller = shrunk(plan);
        std::printf("  smaller: %s\n  %s\n", text_of(smaller).c_str(), run(smaller).broken.value_or("?").c_str());
    }
    std::fflush(stdout);
    return false;
}

void tell(const char* what, const Sum& sum) {
    if (sum.runs == 0) return;
    std::printf(
        "%s: %lld runs, %lld broken; %.1f room-hours in %.1f s of CPU time (%.0f times as fast as real time; slowest "
        "%.2f s); %lld steps, %lld acknowledgements, %lld restarts, %lld other faults, %lld checks\n",
        what, static_cast<long long>(sum.runs), static_cast<long long>(sum.failed),
        static_cast<double>(sum.simulated_seconds) / 3600.0, sum.seconds,
        static_cast<double>(sum.simulated_seconds) / sum.seconds, sum.slowest, static_cast<long long>(sum.steps),
        static_cast<long long>(sum.acknowledged), static_cast<long long>(sum.restarts),
        static_cast<long long>(sum.faults), static_cast<long long>(sum.checks));
    const auto& hidden = sum.hidden;
    std::printf(
        "  messages held %lld, rejected %lld (parked %lld, made a floor request %lld, help %lld), retracted %lld "
        "(parked before %lld), parked shown anew %lld; words looked for in what participants were told %lld\n",
        static_cast<long long>(hidden.held), static_cast<long long>(hidden.rejected),
        static_cast<long long>(hidden.parked), static_cast<long long>(hidden.made_floor_request),
        static_cast<long long>(hidden.made_help), static_cast<long long>(hidden.retracted),
        static_cast<long long>(hidden.parked_and_retracted), static_cast<long long>(hidden.shown_anew),
        static_cast<long long>(hidden.words_checked));
    if (sum.deeds[Deed::asked] == 0) return;
    std::printf("  of the day's work:");
    for (std::size_t index = 0; index < sum.deeds.counts.size(); ++index)
        std::printf("%s %s %lld", index == 0 ? "" : ",", std::string{names_of(Deed{})[index]}.c_str(),
            static_cast<long long>(sum.deeds.counts[index]));
    std::printf("\n");
}

void write_json(const std::string& file, const char* what, const Sum& sum, bool is_first) {
    std::ofstream out{file, is_first ? std::ios::trunc : std::ios::app};
    out << R"({"what":")" << what << R"(","runs":)" << sum.runs << R"(,"lost":)" << sum.failed << R"(,"room_hours":)"
        << static_cast<double>(sum.simulated_seconds) / 3600.0 << R"(,"seconds":)" << sum.seconds << R"(,"steps":)"
        << sum.steps << R"(,"acknowledged":)" << sum.acknowledged << R"(,"restarts":)" << sum.restarts
        << R"(,"faults":)" << sum.faults << R"(,"checks":)" << sum.checks << "}\n";
}

}  // namespace

int main(int count, char** arguments) {
    CLI::App program{"The room, its server, disk and network in one process, under faults from seeds."};
    std::int64_t seeds = 0;
    std::int64_t rooms = 0;
    std::int64_t days = 0;
    std::uint64_t seed = 0;
    std::uint64_t first = 1;
    bool is_full = false;
    bool is_day = false;
    bool is_cancelled = false;
    bool shrinks = true;
    bool is_loud = false;
    std::string json;
    Plan given;
    std::int64_t participants = -1;
    std::int64_t staff = -1;
    std::int64_t seconds = -1;
    std::string faults = "as the seed has it";
    std::string mutation = "none";
    program.add_option("--seeds", seeds, "So many short runs");
    program.add_option("--days", days, "So many days with assignments, polls and feedback");
    program.add_option("--rooms", rooms, "So many full rooms: 90 people, four hours");
    program.add_option("--first", first, "The first seed of them");
    program.add_option("--seed", seed, "This one alone");
    program.add_flag("--full", is_full, "--seed is of a full room");
    program.add_flag("--day", is_day, "--seed is of a day with work");
    program.add_flag("--cancelled", is_cancelled, "--seed, or --days, are of days that are cancelled");
    program.add_option("--participants", participants);
    program.add_option("--staff", staff);
    program.add_option("--seconds", seconds);
    program.add_option("--faults", faults, "Names, by commas; or none");
    program.add_option("--mutation", mutation, "A mistake made on purpose");
    program.add_option("--json", json, "Writes the figures there, one object a line");
    program.add_flag("!--no-shrink", shrinks);
    program.add_flag("--loud", is_loud, "A line for each run");
    CLI11_PARSE(program, count, arguments);

    const auto adjusted = [&](Plan plan) {
        if (participants > 0) plan.participants = participants;
        if (staff > 0) plan.staff = staff;
        if (seconds > 0) plan.seconds = seconds;
        if (const auto named = etakahvila::base::value_named<Mutation>(mutation)) plan.mutation = *named;
        if (faults != "as the seed has it") {
            plan.faults = {};
            for (const auto& name : CLI::detail::split(faults, ',')) {
                if (const auto fault = etakahvila::base::value_named<Fault>(name))
                    plan.faults[static_cast<std::size_t>(*fault)] = true;
            }
        }
        return plan;
    };
    Sum alone;
    Sum shorts;
    Sum worked;
    Sum fulls;
    if (seed != 0)
        run_one(adjusted(is_full        ? full_plan(seed)
                         : is_cancelled ? cancelled_plan(seed)
                         : is_day       ? day_plan(seed)
                                        : short_plan(seed)),
            alone, false, true);
    for (std::int64_t number = 0; number < seeds; ++number)
        run_one(adjusted(short_plan(first + static_cast<std::uint64_t>(number))), shorts, shrinks && shorts.failed < 3,
            is_loud);
    for (std::int64_t number = 0; number < days; ++number)
        run_one(adjusted((is_cancelled ? cancelled_plan : day_plan)(first + static_cast<std::uint64_t>(number))),
            worked, shrinks && worked.failed < 3, is_loud);
    for (std::int64_t number = 0; number < rooms; ++number)
        run_one(adjusted(full_plan(first + static_cast<std::uint64_t>(number))), fulls, false, is_loud);
    tell("short runs", shorts);
    tell("days with work", worked);
    tell("full rooms", fulls);
    if (!json.empty()) {
        write_json(json, "short runs", shorts, true);
        write_json(json, "days with work", worked, false);
        write_json(json, "full rooms", fulls, false);
    }
    return alone.failed + shorts.failed + worked.failed + fulls.failed == 0 ? 0 : 1;
}
