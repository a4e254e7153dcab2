#include <cstdlib>
#include <iostream>

#include <pwd.h>
#include <unistd.h>

#include "base/secret.hpp"
#include "base/system_clock.hpp"
#include "cli/command.hpp"
#include "cli/records.hpp"
#include "domain/room/context.hpp"
#include "people/invitations.hpp"

namespace etakahvila::cli {
namespace {

struct Wanted {
    std::int64_t session{};
    std::int64_t person{};
    bool renews{};
    bool is_coordinator{};
    std::string holder;
    /// A key sees everybody, has no password, and works for whoever has it. It is for setting things up
    /// until there are accounts. A new one is made in a moment.
    std::int64_t days = 30;
};

constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1000;

/// Whoever has typed the command, as this machine knows them; also behind sudo.
std::string operator_name() {
    if (const char* name = std::getenv("SUDO_USER"); name != nullptr && *name != '\0') return name;
    const auto* known = ::getpwuid(::getuid());
    return known != nullptr ? known->pw_name : "uid " + std::to_string(::getuid());
}

void invite_coordinator(const config::Settings& settings, const Wanted& wanted) {
    const auto now = base::SystemClock{}.utc();
    const people::InvitationTimes times{.not_before = now, .expires = {now.ms + wanted.days * day_ms}};
    const auto holder = wanted.holder.empty() ? operator_name() : wanted.holder;
    open_records(settings)->write_and_wait([&](records::Database& database) {
        const auto made = people::make_coordinator_key(database, holder, times, now, base::fill_random);
        if (const auto* refused = std::get_if<people::RefusalWord>(&made))
            throw std::runtime_error{"The coordinator's key cannot be made: " + std::string{base::name_of(*refused)} +
                                     ". Look at --name and --days."};
        const auto* key = std::get_if<people::NewInvitation>(&made);
        std::cout << site_of(settings) << "/staff#" << key->secret.to_link() << '\n';
    });
}

void invite_people(const config::Settings& settings, const Wanted& wanted) {
    const auto store = open_records(settings);
    const people::SessionId session{wanted.session};
    const auto now = base::SystemClock{}.utc();
    const auto record = people::session_record(*store->open_reader(), session);
    if (!record)
        throw std::runtime_error{
            "There is no session " + std::to_string(wanted.session) + ". All of them: etakahvila session list."};
    const auto times = people::usual_times(record->starts_at, record->ends_at);
    store->write_and_wait([&](records::Database& database) {
        for (const auto& one : people::people_of(database, session, now)) {
            const bool is_named = wanted.person == 0 || one.person.value == wanted.person;
            if (!is_named || (one.is_invited && !wanted.renews)) continue;
            const auto made = people::invite(database, session, one.person, times, now, base::fill_random);
            const auto* invitation = std::get_if<people::NewInvitation>(&made);
            if (invitation == nullptr) throw std::runtime_error{"Nobody can be invited to a session that is over."};
            std::cout << base::name_of(one.role) << '\t' << one.details.name << '\t' << site_of(settings)
                      << (domain::is_staff(one.role) ? "/staff#" : "/#") << invitation->secret.to_link() << '\t'
                      << (invitation->code ? invitation->code->to_text() : std::string{}) << '\n';
        }
    });
}

}  // namespace

void add_invite(CLI::App& program, int&) {
    auto* command = program.add_subcommand("invite",
        "Prints links and codes, which can be shown this once: role, name, link, code. While no server runs on the "
        "same data.");
    const auto wanted = std::make_shared<Wanted>();
    auto* session = command->add_option("session", wanted->session, "The session's number");
    command->add_option("--person", wanted->person, "Only this person");
    command->add_flag("--renew", wanted->renews, "Also those whose link works: the old one stops working");
    auto* coordinator = command->add_flag(
        "--coordinator", wanted->is_coordinator, "A key for the coordinator instead; an earlier one stops working");
    command
        ->add_option("--name", wanted->holder,
            "Who gets the coordinator's key, as it is told who looked at whose data; without, whoever makes it, as "
            "this machine knows them")
        ->needs(coordinator);
    command->add_option("--days", wanted->days, "How long the coordinator's key works; 30 without")
        ->check(CLI::Range(1, 3650));
    session->excludes(coordinator);
    const GivenOptions given{*command};
    command->callback([given, wanted] {
        if (wanted->is_coordinator) return invite_coordinator(given.settings(), *wanted);
        if (wanted->session == 0) throw std::runtime_error{"Name a session by its number, or --coordinator."};
        invite_people(given.settings(), *wanted);
    });
}

}  // namespace etakahvila::cli
