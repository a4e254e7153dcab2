#include <memory>
#include <ostream>

#include "cli/record_commands.hpp"
#include "house/house.hpp"
#include "people/registrations.hpp"

namespace etakahvila::cli {
namespace {

int add(admin::Desk& desk, const people::SessionForm& form) {
    const auto draft = people::draft_of(form);
    if (const auto* faults = std::get_if<std::vector<people::Fault>>(&draft)) {
        std::string reasons;
        for (const auto& fault : *faults)
            reasons += (reasons.empty() ? "" : ", ") + std::string{base::name_of(fault.reason)};
        throw std::runtime_error{"The session cannot be planned: " + reasons + "."};
    }
    people::SessionId session;
    desk.store.write_and_wait([&](records::Database& database) {
        session = people::plan_session(database, std::get<people::SessionDraft>(draft));
    });
    desk.out << session.value << '\n';
    return 0;
}

int list(admin::Desk& desk) {
    for (const auto& session : people::sessions(*desk.store.open_reader())) {
        desk.out << session.id.value << '\t' << people::local_date_text(session.starts_at) << ' '
                 << people::local_clock_text(session.starts_at) << '\t' << session.series << '\t' << session.theme
                 << '\t' << session.registered << '\n';
    }
    return 0;
}

struct Staff {
    std::int64_t session{};
    std::string role;
    std::string name;
};

int add_staff(admin::Desk& desk, const Staff& staff) {
    const auto role = base::value_named<people::Role>(staff.role);
    if (!role) throw std::runtime_error{"--role is none of facilitator, moderator, guest."};
    std::variant<people::PersonId, people::RefusalWord> added;
    desk.store.write_and_wait([&](records::Database& database) {
        added = people::add_staff(database, people::SessionId{staff.session}, *role, staff.name);
    });
    if (const auto* refused = std::get_if<people::RefusalWord>(&added))
        throw std::runtime_error{"Not added: " + std::string{base::name_of(*refused)} + "."};
    if (desk.house != nullptr) desk.house->directory().plan_changed(people::SessionId{staff.session});
    desk.out << std::get<people::PersonId>(added).value << '\n';
    return 0;
}

}  // namespace

void define_session(CLI::App& program, admin::Acts& acts) {
    auto* command = program.add_subcommand("session", "Sessions: plan one, list them, name their staff.");
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
    acts.add(*adding, [form](admin::Desk& desk) { return add(desk, *form); });

    acts.add(
        *command->add_subcommand("list", "One line for each session: number, start, series, theme, registered."), list);

    auto* staffing = command->add_subcommand(
        "staff", "Adds a facilitator, moderator or guest to a session, and prints the person's number.");
    const auto staff = std::make_shared<Staff>();
    staffing->add_option("session", staff->session, "The session's number")->required();
    staffing->add_option("--role", staff->role, "facilitator, moderator or guest")->required();
    staffing->add_option("--name", staff->name, "The name that everyone sees")->required();
    acts.add(*staffing, [staff](admin::Desk& desk) { return add_staff(desk, *staff); });
}

}  // namespace etakahvila::cli
