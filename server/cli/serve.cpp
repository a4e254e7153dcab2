#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <thread>

#include <pthread.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/secret.hpp"
#include "base/service_manager.hpp"
#include "base/system_clock.hpp"
#include "admin/owner.hpp"
#include "cli/admin_socket.hpp"
#include "cli/command.hpp"
#include "cli/records.hpp"
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

/// Nothing when none came within `wait`; without a wait, when one comes.
std::optional<int> next_of(const sigset_t& signals, std::optional<std::chrono::microseconds> wait = {}) {
    using std::chrono::seconds;
    const auto whole = std::chrono::floor<seconds>(wait.value_or(seconds{0}));
    const timespec most{
        .tv_sec = whole.count(), .tv_nsec = std::chrono::nanoseconds{wait.value_or(seconds{0}) - whole}.count()};
    int signal = -1;
    do signal = sigtimedwait(&signals, nullptr, wait ? &most : nullptr);
    while (signal < 0 && errno == EINTR);
    if (signal < 0) return std::nullopt;
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
    const auto file = first_link_file(settings);
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

std::string listening_on(const house::House& house) {
    std::string text;
    for (const auto& address : house.listening()) text += (text.empty() ? "Listening on " : ", ") + address;
    return text + ".";
}

/// Until somebody asks it to end.
void run(house::House& house, const sigset_t& signals) {
    const auto ready = "READY=1\nSTATUS=" + listening_on(house);
    base::tell_service_manager(ready);
    std::optional<std::chrono::microseconds> beat;
    if (const auto patience = base::service_manager_patience()) beat = *patience / 3;
    while (true) {
        // A loop that hangs says nothing, and the program is started anew.
        if (beat) house.prove_life([] { base::tell_service_manager("WATCHDOG=1"); });
        const auto signal = next_of(signals, beat);
        if (!signal) continue;
        if (*signal != SIGHUP) break;
        base::tell_service_manager("RELOADING=1\nSTATUS=Reads its certificate and its word list anew.");
        house.reload_certificate();
        house.reload_word_list();
        base::tell_service_manager(ready);
    }
    base::tell_service_manager("STOPPING=1\nSTATUS=Says goodbye to its rooms.");
}

void serve(const config::Settings& settings) {
    // There are secrets in its memory: it leaves no core, and nobody but root looks into it.
    ::prctl(PR_SET_DUMPABLE, 0);
    // Blocked in every thread made from here on, and taken by this one.
    const auto signals = signals_of_operators();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    admin::refuse_to_serve_as_root(settings.data);
    const base::SystemClock clock;
    base::Log log{settings.log_level};
    house::House house{settings, clock, log};
    auto commands = listen_to_commands(house, settings, clock, log);
    house.open();
    for (const auto& address : house.listening()) std::cout << "listening on " << address << '\n' << std::flush;
    for (const auto& address : house.showing_the_way())
        std::cout << "showing the way to the site on " << address << '\n' << std::flush;
    if (!house.figures_at().empty()) std::cout << "figures at " << house.figures_at() << '\n' << std::flush;
    if (!house.why_no_figures().empty()) std::cout << "no figures: " << house.why_no_figures() << '\n' << std::flush;
    offer_first_account(house, settings, clock);

    run(house, signals);
    std::thread{[signals] {
        while (next_of(signals) == SIGHUP) {}
        ::_exit(1);
    }}.detach();
    commands.reset();
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
