#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <thread>

#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/secret.hpp"
#include "base/system_clock.hpp"
#include "cli/command.hpp"
#include "people/staff.hpp"
#include "house/house.hpp"

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

/// Whether what is printed is kept by systemd's journal, which many may read (systemd.exec(5), JOURNAL_STREAM).
bool prints_into_journal() {
    const char* stream = std::getenv("JOURNAL_STREAM");
    struct stat output{};
    if (stream == nullptr || ::fstat(STDOUT_FILENO, &output) != 0) return false;
    return stream == std::to_string(output.st_dev) + ":" + std::to_string(output.st_ino);
}

/// Until someone has a password: how the first coordinator comes in. On the operator's screen only, never in a log.
void offer_first_account(house::House& house, const config::Settings& settings, const base::Clock& clock) {
    // On a full disk it has nowhere to be kept: it is offered by the next start.
    if (house.store().saves() != journal::Saves::everything) return;
    std::optional<people::Secret> link;
    house.store().write_and_wait([&](records::Database& database) {
        link = people::first_account_link(database, clock.utc(), base::fill_random);
    });
    const auto file = settings.data / "first-sign-in.txt";
    std::error_code error;
    if (!link) {
        std::filesystem::remove(file, error);
        return;
    }
    const auto page = people::password_page(house.site(), *link);
    if (prints_into_journal() && std::ofstream{file} << page << '\n') {
        std::cout << "first sign-in, as " << people::first_account_name << ": the link is in " << file.string() << '\n'
                  << std::flush;
    } else {
        std::cout << "first sign-in, as " << people::first_account_name << ": " << page << '\n' << std::flush;
    }
}

void serve(const config::Settings& settings) {
    // Blocked in every thread made from here on, and taken by this one.
    const auto signals = signals_of_operators();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    const base::SystemClock clock;
    base::Log log{settings.log_level};
    house::House house{settings, clock, log};
    house.open();
    for (const auto& address : house.listening()) std::cout << "listening on " << address << '\n' << std::flush;
    offer_first_account(house, settings, clock);

    while (next_of(signals) == SIGHUP) {
        house.reload_certificate();
        house.reload_word_list();
    }
    std::thread{[signals] {
        while (next_of(signals) == SIGHUP) {}
        ::_exit(1);
    }}.detach();
    house.close();
}

}  // namespace

void add_serve(CLI::App& program, int&) {
    auto* command = program.add_subcommand("serve",
        "Serves rooms and pages until SIGTERM or SIGINT; a second one ends it at once. SIGHUP reads the certificate "
        "and the word list anew.");
    const GivenOptions given{*command};
    command->callback([given] { serve(given.settings()); });
}

}  // namespace etakahvila::cli
