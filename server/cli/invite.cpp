#include <iostream>

#include "base/secret.hpp"
#include "base/system_clock.hpp"
#include "cli/command.hpp"
#include "cli/records.hpp"
#include "domain/asked.hpp"
#include "people/invitations.hpp"

namespace etakahvila::cli {
namespace {

struct Wanted {
    std::int64_t session{};
    std::int64_t person{};
    bool renews{};
    bool is_coordinator{};
    std::int64_t days = 365;
};

constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1000;

void invite_coordinator(const config::Settings& settings, std::int64_t days) {
    const auto now = base::SystemClock{}.utc();
    const people::InvitationTimes times{.not_before = now, .expires = {now.ms + days * day_ms}};
    open_records(settings)->write_and_wait([&](SQLite::Database& database) {
        const auto made = people::make_coordinator_key(database, times, now, base::fill_random);
        const auto* key = std::get_if<people::NewInvitation>(&made);
        if (key == nullptr) throw std::runtime_error{"The coordinator's key cannot be made: --days is too small."};
        std::cout << site_of(settings) << "/staff#" << key->secret.to_link() << '\n';
    });
}

void invite_people(const config::Settings& settings, const Wanted& wanted) {
    const auto store = open_records(settings);
    const people::SessionId session{wanted.session};
    const auto now = base::SystemClock{}.utc();
    const auto record = people::session_record(*store->open_reader(), session);
    if (!record) throw std::runtime_error{"There is no session " + std::to_string(wanted.session) + ". All of them: etakahvila session list."};
    const auto times = people::usual_times(record->starts_at, record->ends_at);
    store->write_and_wait([&](SQLite::Database& database) {
        for (const auto& one : people::people_of(database, session, now)) {
            const bool is_named = wanted.person == 0 || one.person.value == wanted.person;
            if (!is_named || (one.is_invited && !wanted.renews)) continue;
            const auto made = people::invite(database, session, one.person, times, now, base::fill_random);
            const auto* invitation = std::get_if<people::NewInvitation>(&made);
            if (invitation == nullptr) throw std::runtime_error{"Nobody can be invited to a session that is over."};
            std::cout << base::name_of(one.role) << '\t' << one.details.name << '\t' << site_of(settings) << (domain::is_staff(one.role) ? "/staff#" : "/#") << invitation->secret.to_link() << '\t'
                      << (invitation->code ? invitation->code->to_text() : std::string{}) << '\n';
        }
    });
}

}  // namespace

void add_invite(CLI::App& program, int&) {
    auto* command = program.add_subcommand("invite", "Prints links and codes, which can be shown this once: role, name, link, code. While no server runs on the same data.");
    const auto wanted = std::make_shared<Wanted>();
    auto* session = command->add_option("session", wanted->session, "The session's number");
    command->add_option("--person", wanted->person, "Only this person");
    command->add_flag("--renew", wanted->renews, "Also those whose link works: the old one stops working");
    auto* coordinator = command->add_flag("--coordinator", wanted->is_coordinator, "A key for the coordinator instead; an earlier one stops working");
    command->add_option("--days", wanted->days, "How long the coordinator's key works")->check(CLI::Range(1, 3650));
    session->excludes(coordinator);
    const GivenOptions given{*command};
    command->callback([given, wanted] {
        if (wanted->is_coordinator) return invite_coordinator(given.settings(), wanted->days);
        if (wanted->session == 0) throw std::runtime_error{"Name a session by its number, or --coordinator."};
        invite_people(given.settings(), *wanted);
    });
}

}  // namespace etakahvila::cli
