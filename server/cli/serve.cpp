#include <csignal>
#include <iostream>
#include <thread>

#include <pthread.h>
#include <unistd.h>

#include "base/system_clock.hpp"
#include "cli/command.hpp"
#include "transport/house.hpp"

namespace etakahvila::cli {
namespace {

sigset_t signals_of_operators() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, signal);
    return signals;
}

int next_of(const sigset_t& signals) {
    int signal = 0;
    sigwait(&signals, &signal);
    return signal;
}

void serve(const config::Settings& settings) {
    // Blocked in every thread made from here on, and taken by this one.
    const auto signals = signals_of_operators();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    const base::SystemClock clock;
    base::Log log{settings.log_level};
    transport::House house{settings, clock, log};
    house.open();
    for (const auto& address : house.listening()) std::cout << "listening on " << address << std::endl;

    while (next_of(signals) == SIGHUP) house.reload_certificate();
    std::thread{[signals] {
        while (next_of(signals) == SIGHUP) {}
        ::_exit(1);
    }}.detach();
    house.close();
}

}  // namespace

void add_serve(CLI::App& program, int&) {
    auto* command = program.add_subcommand("serve", "Serves rooms and pages until SIGTERM or SIGINT; a second one ends it at once. SIGHUP reads the certificate anew.");
    const GivenOptions given{*command};
    command->callback([given] { serve(given.settings()); });
}

}  // namespace etakahvila::cli
