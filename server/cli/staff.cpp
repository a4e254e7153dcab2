#include <memory>
#include <optional>
#include <ostream>

#include "base/secret.hpp"
#include "cli/record_commands.hpp"
#include "cli/records.hpp"
#include "house/house.hpp"
#include "people/account_acts.hpp"
#include "people/second_step.hpp"
#include "people/sign_in.hpp"

namespace etakahvila::cli {
namespace {

struct WantedAccount {
    std::string name;
    /// "facilitator", or "facilitator:the name of a series".
    std::vector<std::string> roles;
    std::vector<std::string> supervises;
    bool is_first{};
    bool is_to_be_unlocked{};
    bool is_second_step{};
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

/// The address of the page that sets the password; empty where none can be set.
std::string new_link(records::Database& database, const admin::Desk& desk, people::AccountId account) {
    const auto made = people::make_password_link(database, account, desk.clock.utc(), base::fill_random);
    const auto* link = std::get_if<people::Secret>(&made);
    return link == nullptr ? std::string{} : people::password_page(desk.site, *link) + "\n";
}

/// In the write of what was done.
void note_act(
    records::Database& database, const admin::Desk& desk, people::AccountActKind kind, people::AccountId account) {
    people::note_account_act(
        database, {.at = desk.clock.utc(), .act = kind, .account = account, .by_uid = desk.by.uid});
}

int add(admin::Desk& desk, const WantedAccount& wanted) {
    const people::AccountForm form{
        .name = wanted.name, .roles = roles_in(wanted.roles), .supervises = wanted.supervises};
    std::string link;
    bool takes_place = false;
    desk.store.write_and_wait([&](records::Database& database) {
        const auto first = wanted.is_first ? people::unused_first_account(database) : std::nullopt;
        takes_place = first.has_value();
        std::optional<people::RefusalWord> refused;
        auto account = first;
        if (first) {
            refused = people::change_account(database, *first, form);
        } else {
            const auto added = people::add_account(database, form, desk.clock.utc());
            if (const auto* id = std::get_if<people::AccountId>(&added)) account = *id;
            if (const auto* word = std::get_if<people::RefusalWord>(&added)) refused = *word;
        }
        if (refused) {
            const bool is_series = *refused == people::RefusalWord::not_found;
            throw std::runtime_error{
                is_series ? "Not added: there is no such series. All of them stand in: etakahvila session list."
                          : "Not added: " + std::string{base::name_of(*refused)} + ". Names are of one account each."};
        }
        link = new_link(database, desk, *account);
        note_act(database, desk, first ? people::AccountActKind::changed : people::AccountActKind::added, *account);
    });
    if (takes_place) {
        std::error_code error;
        std::filesystem::remove(first_link_file(desk.settings), error);
        desk.err << "The account " << people::first_account_name
                 << ", which the first start has made, has this name now. Its earlier link opens nothing.\n";
    }
    desk.out << link;
    return 0;
}

int list_accounts(admin::Desk& desk, const WantedAccount&) {
    for (const auto& one : people::accounts(*desk.store.open_reader())) {
        desk.out << one.name << '\t'
                 << (one.is_locked         ? "locked"
                        : one.has_password ? "active"
                                           : "no password")
                 << '\t';
        for (std::size_t index = 0; index < one.roles.size(); ++index) {
            const auto& given = one.roles[index];
            desk.out << (index == 0 ? "" : ", ") << base::name_of(given.role);
            if (given.series) desk.out << ':' << *given.series;
            if (given.group) desk.out << " (group " << *given.group << ')';
        }
        desk.out << '\n';
    }
    return 0;
}

/// In rooms too, where a server runs: as the pages of accounts do it.
void shut_out(const admin::Desk& desk, people::AccountId account) {
    const auto known = people::account(*desk.store.open_reader(), account);
    if (desk.house != nullptr && known) desk.house->directory().shut_out(known->person);
}

int lock(admin::Desk& desk, const WantedAccount& wanted) {
    people::AccountId account;
    desk.store.write_and_wait([&](records::Database& database) {
        account = account_of(database, wanted.name);
        people::lock_account(
            database, account, wanted.is_to_be_unlocked ? std::nullopt : std::optional{desk.clock.utc()});
        note_act(database, desk,
            wanted.is_to_be_unlocked ? people::AccountActKind::unlocked : people::AccountActKind::locked, account);
    });
    if (!wanted.is_to_be_unlocked) shut_out(desk, account);
    return 0;
}

int reset(admin::Desk& desk, const WantedAccount& wanted) {
    std::string link;
    people::AccountId account;
    desk.store.write_and_wait([&](records::Database& database) {
        account = account_of(database, wanted.name);
        if (!wanted.is_second_step) {
            link = new_link(database, desk, account);
            return note_act(database, desk, people::AccountActKind::link_made, account);
        }
        people::reset_second_step(database, account);
        // The telephone that is lost may be signed in, and in a room.
        people::sign_out_everywhere(database, account);
        note_act(database, desk, people::AccountActKind::step_reset, account);
    });
    if (wanted.is_second_step) shut_out(desk, account);
    desk.out << (wanted.is_second_step ? "The second step is off. It is asked for at the next sign-in again where the "
                                         "site asks for it.\n"
                                       : link);
    return 0;
}

}  // namespace

void define_staff(CLI::App& program, admin::Acts& acts) {
    auto* command = program.add_subcommand("staff", "Accounts of the staff: make, list, lock, set a new password.");
    command->require_subcommand(1);
    const auto wanted = std::make_shared<WantedAccount>();
    const auto subcommand = [&](const char* name, const char* help, int (*act)(admin::Desk&, const WantedAccount&),
                                bool takes_name) {
        auto* sub = command->add_subcommand(name, help);
        if (takes_name) sub->add_option("name", wanted->name, "The account's name")->required();
        acts.add(*sub, [wanted, act](admin::Desk& desk) { return act(desk, *wanted); });
        return sub;
    };
    auto* adding = subcommand("add", "Makes an account, and prints the link that sets its password, once.", add, true);
    adding->add_option("--role", wanted->roles,
        "facilitator, moderator, coordinator or supervisor; facilitator:SERIES in one series only. More than one is "
        "possible");
    adding->add_option(
        "--supervises", wanted->supervises, "The supervisor's name in registrations; without, the account's own");
    adding->add_flag("--first", wanted->is_first,
        "In the place of the account that the first start has made, while nobody has set its password: it gets this "
        "name and a new link");
    subcommand("list", "One line for each account: name, state, roles.", list_accounts, false);
    subcommand("lock", "Locks an account: it is signed out everywhere.", lock, true)
        ->add_flag("--undo", wanted->is_to_be_unlocked, "Opens it again");
    subcommand("reset", "Prints a link that sets a new password, once.", reset, true)
        ->add_flag("--second-step", wanted->is_second_step,
            "In place of the password: ends the second step of somebody who has lost the telephone, and their "
            "sign-ins");
}

}  // namespace etakahvila::cli
