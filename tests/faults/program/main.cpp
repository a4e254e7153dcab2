// etakahvila-faults: breaks the real server while a room is at work in it, and says what was lost.
// One JSON object a line for each thing that was done; exits 1 when anything was lost, doubled or
// out of order.

#include <iostream>

#include <CLI/CLI.hpp>

#include "program/scenarios.hpp"

int main(int argc, char** argv) {
    using namespace etakahvila::faults;
    StageSettings settings;
    std::size_t kills_count = 0, syscalls_each = 0, restarts_count = 0, cuts_count = 0;
    int pause_seconds = 0;
    CLI::App program{"Breaks the real server while a room is at work in it, and says what was lost.", "etakahvila-faults"};
    program.add_option("--kills", kills_count, "kill -9 at so many random moments");
    program.add_option("--syscalls", syscalls_each, "kill -9 at each of the first so many calls of every kind of system call (strace)");
    program.add_option("--restarts", restarts_count, "SIGTERM and a new start, so many times");
    program.add_option("--pause", pause_seconds, "The server stands still for so many seconds");
    program.add_option("--cuts", cuts_count, "All lines cut at once, so many times");
    program.add_option("--people", settings.participants, "Participants in the room")->check(CLI::Range(1, 290))->capture_default_str();
    program.add_option("--seed", settings.seed, "Of the moments and wishes")->capture_default_str();
    CLI11_PARSE(program, argc, argv);
    bool all_good = true;
    const auto say = [&](const Stage::Verdict& verdict) {
        std::cout << verdict.json << std::endl;
        all_good = all_good && verdict.is_good;
    };
    try {
        if (kills_count != 0) say(kills(settings, kills_count));
        if (syscalls_each != 0) say(syscall_kills(settings, syscalls_each));
        if (restarts_count != 0) say(restarts(settings, restarts_count));
        if (pause_seconds != 0) say(pause(settings, std::chrono::seconds{pause_seconds}));
        if (cuts_count != 0) say(cuts(settings, cuts_count));
    } catch (const std::exception& fault) {
        std::cerr << "etakahvila-faults: " << fault.what() << '\n';
        return 1;
    }
    return all_good ? 0 : 1;
}
