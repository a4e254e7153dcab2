#include <iostream>

#include "base/secret.hpp"
#include "base/system_clock.hpp"
#include "cli/command.hpp"
#include "cli/records.hpp"
#include "people/staff.hpp"

namespace etakahvila::cli {
namespace {

struct WantedAccount {
    std::string name;
    /// "facilitator", or "facilitator:the name of a series".
    std::vector<std::string> roles;
    std::vector<std::string> supervises;
    bool is_to_be_unlocked{};
};

std::vector<people::GivenRole> roles_in(const std::vector<std::string>& texts) {
    std::vector<people::GivenRole> roles;
    for (const auto& text : texts) {
        const auto colon = text.find(':');
        const auto role = base::value_named<people::StaffRole>(text.substr(0, colon));
        if (!role)
            throw std::runtime_error{
                "--role is none of facilitator, moderator, coordinator, supervisor, with :SERIES behind it for one "
                "series: " +
                text};
        roles.push_back({.role = *role,
            .series = colon == std::string::npos ? std::nullopt : std::optional{text.substr(colon + 1)}});
    }
    return roles;
}

people::AccountId account_of(const records::Database& database, const std::string& name) {
    const auto found = people::account_named(database, name);
    if (!found) throw std::runtime_error{"There is no account with this name. All of them: etakahvila staff list."};
    return found->id;
}

void print_link(records::Database& database, const config::Settings& settings, people::AccountId account) {
    const auto made = people::make_password_link(database, account, base::SystemClock{}.utc(), base::fill_random);
    if (const auto* link = std::get_if<people::Secret>(&made))
        std::cout << people::password_page(site_of(settings), *link) << '\n';
}

void add(const config::Settings& settings, const WantedAccount& wanted) {
    const people::AccountForm form{
        .name = wanted.name, .roles = roles_in(wanted.roles), .supervises = wanted.supervises};
    open_records(settings)->write_and_wait([&](records::Database& database) {
        const auto added = people::add_account(database, form, base::SystemClock{}.utc());
        if (const auto* refused = std::get_if<people::RefusalWord>(&added)) {
            const bool is_series = *refused == people::RefusalWord::not_found;
            throw std::runtime_error{
                is_series ? "Not added: there is no such series. All of them stand in: etakahvila session list."
                          : "Not added: " + std::string{base::name_of(*refused)} + ". Names are of one account each."};
        }
        print_link(database, settings, std::get<people::AccountId>(added));
    });
}

void list_accounts(const config::Settings& settings) {
    const auto store = open_records(settings);
    for (const auto& one : people::accounts(*store->open_reader())) {
        std::cout << one.name << '\t'
                  << (one.is_locked         ? "locked"
                         : one.has_password ? "active"
                                            : "no password")
                  << '\t';
        for (std::size_t index = 0; index < one.roles.size(); ++index) {
            const auto& given = one.roles[index];
            std::cout << (index == 0 ? "" : ", ") << base::name_of(given.role);
            if (given.series) std::cout << ':' << *given.series;
            if (given.group) std::cout << " (group " << *given.group << ')';
        }
        std::cout << '\n';
    }
}

void lock(const config::Settings& settings, const WantedAccount& wanted) {
    open_records(settings)->write_and_wait([&](records::Database& database) {
        people::lock_account(database, account_of(database, wanted.name),
            wanted.is_to_be_unlocked ? std::nullopt : std::optional{base::SystemClock{}.utc()});
    });
}

void reset(const config::Settings& settings, const WantedAccount& wanted) {
    open_records(settings)->write_and_wait(
        [&](records::Database& database) { print_link(database, settings, account_of(database, wanted.name)); });
}

}  // namespace

void add_staff(CLI::App& program, int&) {
    auto* command = program.add_subcommand(
        "staff", "Accounts of the staff: make, list, lock, set a new password. While no server runs on the same data.");
    command->require_subcommand(1);
    const auto wanted = std::make_shared<WantedAccount>();
    const auto subcommand = [&](const char* name, const char* help,
                                void (*act)(const config::Settings&, const WantedAccount&), bool takes_name) {
        auto* sub = command->add_subcommand(name, help);
        if (takes_name) sub->add_option("name", wanted->name, "The account's name")->required();
        const GivenOptions given{*sub};
        sub->callback([given, wanted, act] { act(given.settings(), *wanted); });
        return sub;
    };
    auto* adding = subcommand("add", "Makes an account, and prints the link that sets its password, once.", add, true);
    adding->add_option("--role", wanted->roles,
        "facilitator, moderator, coordinator or supervisor; facilitator:SERIES in one series only. More than one is "
        "possible");
    adding->add_option(
        "--supervises", wanted->supervises, "The supervisor's name in registrations; without, the account's own");
    subcommand(
        "list", "One line for each account: name, state, roles.",
        [](const config::Settings& settings, const WantedAccount&) { list_accounts(settings); }, false);
    subcommand("lock", "Locks an account: it is signed out everywhere.", lock, true)
        ->add_flag("--undo", wanted->is_to_be_unlocked, "Opens it again");
    subcommand("reset", "Prints a link that sets a new password, once.", reset, true);
}

}  // namespace etakahvila::cli
