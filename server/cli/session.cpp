#include <iostream>

#include "cli/command.hpp"
#include "cli/records.hpp"
#include "people/registrations.hpp"

namespace etakahvila::cli {
namespace {

void add(const config::Settings& settings, const people::SessionForm& form) {
    const auto draft = people::draft_of(form);
    if (const auto* faults = std::get_if<std::vector<people::Fault>>(&draft)) {
        std::string reasons;
        for (const auto& fault : *faults)
            reasons += (reasons.empty() ? "" : ", ") + std::string{base::name_of(fault.reason)};
        throw std::runtime_error{"The session cannot be planned: " + reasons + "."};
    }
    people::SessionId session;
    open_records(settings)->write_and_wait([&](records::Database& database) {
        session = people::plan_session(database, std::get<people::SessionDraft>(draft));
    });
    std::cout << session.value << '\n';
}

void list(const config::Settings& settings) {
    const auto store = open_records(settings);
    for (const auto& session : people::sessions(*store->open_reader())) {
        std::cout << session.id.value << '\t' << people::local_date_text(session.starts_at) << ' '
                  << people::local_clock_text(session.starts_at) << '\t' << session.series << '\t' << session.theme
                  << '\t' << session.registered << '\n';
    }
}

void add_staff(const config::Settings& settings, people::SessionId session, const std::string& role_name,
    const std::string& name) {
    const auto role = base::value_named<people::Role>(role_name);
    if (!role) throw std::runtime_error{"--role is none of facilitator, moderator, guest."};
    std::variant<people::PersonId, people::RefusalWord> added;
    open_records(settings)->write_and_wait(
        [&](records::Database& database) { added = people::add_staff(database, session, *role, name); });
    if (const auto* refused = std::get_if<people::RefusalWord>(&added))
        throw std::runtime_error{"Not added: " + std::string{base::name_of(*refused)} + "."};
    std::cout << std::get<people::PersonId>(added).value << '\n';
}

}  // namespace

void add_session(CLI::App& program, int&) {
    auto* command = program.add_subcommand(
        "session", "Sessions: plan one, list them, name their staff. While no server runs on the same data.");
    command->require_subcommand(1);

    auto* adding = command->add_subcommand(
        "add", "Plans a session, and prints its number. Date and times are Helsinki's.");
    const auto form = std::make_shared<people::SessionForm>();
    adding->add_option("--series", form->series, "The series it belongs to")->required();
    adding->add_option("--theme", form->theme, "What it is about")->required();
    adding->add_option("--date", form->date, "2026-12-03")->required();
    adding->add_option("--start", form->start, "09:00")->required();
    adding->add_option("--end", form->end, "13:00")->required();
    adding->add_option("--question", form->question, "The question of the discussion");
    adding->add_option("--help-phone", form->help_phone, "Whom to call");
    const GivenOptions given_to_add{*adding};
    adding->callback([given_to_add, form] { add(given_to_add.settings(), *form); });

    auto* listing = command->add_subcommand(
        "list", "One line for each session: number, start, series, theme, registered.");
    const GivenOptions given_to_list{*listing};
    listing->callback([given_to_list] { list(given_to_list.settings()); });

    struct Staff {
        std::int64_t session{};
        std::string role;
        std::string name;
    };
    auto* staffing = command->add_subcommand(
        "staff", "Adds a facilitator, moderator or guest to a session, and prints the person's number.");
    const auto staff = std::make_shared<Staff>();
    staffing->add_option("session", staff->session, "The session's number")->required();
    staffing->add_option("--role", staff->role, "facilitator, moderator or guest")->required();
    staffing->add_option("--name", staff->name, "The name that everyone sees")->required();
    const GivenOptions given_to_staff{*staffing};
    staffing->callback([given_to_staff, staff] {
        add_staff(given_to_staff.settings(), people::SessionId{staff->session}, staff->role, staff->name);
    });
}

}  // namespace etakahvila::cli
