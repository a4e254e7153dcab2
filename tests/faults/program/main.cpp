// etakahvila-faults: breaks the real server while a room is at work in it, and says what was lost.
// One JSON object a line for each thing that was done; exits 1 when anything was lost, doubled or
// out of order.

#include <iostream>

#include <CLI/CLI.hpp>

#include "program/scenarios.hpp"

int main(int argc, char** argv) {
    using namespace etakahvila::faults;
    StageSettings settings;
    std::size_t kills_count = 0, syscalls_each = 0, restarts_count = 0, cuts_count = 0, fsyncs = 0, full = 0,
                lacking = 0, resumed_lines = 0, frozen_lines = 0, certificate_lines = 0, clock_steps = 0,
                reboot_count = 0;
    int pause_seconds = 0, frozen_seconds = 180, outage_minutes = 0;
    bool has_long_day = false, has_canaries = false;
    CLI::App program{
        "Breaks the real server while a room is at work in it, and says what was lost.", "etakahvila-faults"};
    program.add_option("--kills", kills_count, "kill -9 at so many random moments");
    program.add_option("--syscalls", syscalls_each,
        "kill -9 at each of the first so many calls of every kind of system call (strace)");
    program.add_option("--restarts", restarts_count, "SIGTERM and a new start, so many times");
    program.add_option("--pause", pause_seconds, "The server stands still for so many seconds");
    program.add_option("--cuts", cuts_count, "All lines cut at once, so many times");
    program.add_option(
        "--fsyncs", fsyncs, "The Nth fsync fails, for every N up to this, and each one of the start (strace)");
    program.add_option(
        "--full-disk", full, "The disk is full and has space again, so many times (a small file system of its own)");
    program.add_option("--no-space", lacking, "The Nth write finds no space, for every N up to this (strace)");
    program.add_flag("--canaries", has_canaries, "Looks for secrets, names and texts in the most talkative log");
    program.add_option(
        "--resumes", resumed_lines, "So many lines of other rooms cut at once, while this one is at work");
    program.add_option("--frozen", frozen_lines, "So many lines that nobody reads");
    program.add_option("--frozen-seconds", frozen_seconds, "For so long")->capture_default_str();
    program.add_option("--certificates", certificate_lines, "A new certificate under so many lines, ten times");
    program.add_flag("--long-day", has_long_day, "kill -9 after four full hours with ninety people");
    program.add_option(
        "--clock-steps", clock_steps, "The wall clock an hour forward and back, so many times (libfaketime)");
    program.add_option(
        "--outage", outage_minutes, "kill -9, and back so many minutes later by the wall clock (libfaketime)");
    program.add_option(
        "--reboots", reboot_count, "kill -9 and another monotonic clock, so many times (time namespaces)");
    program.add_option("--people", settings.participants, "Participants in the room")
        ->check(CLI::Range(1, 290))
        ->capture_default_str();
    program.add_flag("!--at-once", settings.waits_at_random,
        "Whoever lost their line comes back without waiting at random: what is measured is the server alone");
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
        if (fsyncs != 0) say(failing_fsyncs(settings, fsyncs));
        if (full != 0) say(full_disks(settings, full));
        if (lacking != 0) say(lacking_space(settings, lacking));
        if (has_canaries) say(canaries(settings));
        if (resumed_lines != 0) say(resumes(settings, resumed_lines));
        if (frozen_lines != 0) say(frozen_readers(settings, frozen_lines, std::chrono::seconds{frozen_seconds}));
        if (certificate_lines != 0) say(certificates(settings, certificate_lines, 10));
        if (has_long_day) say(long_day(settings));
        if (clock_steps != 0) say(wall_clock(settings, clock_steps));
        if (outage_minutes != 0) say(outage(settings, outage_minutes));
        if (reboot_count != 0) say(reboots(settings, reboot_count));
    } catch (const std::exception& fault) {
        std::cerr << "etakahvila-faults: " << fault.what() << '\n';
        return 1;
    }
    return all_good ? 0 : 1;
}
