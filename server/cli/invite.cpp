#include <memory>
#include <optional>
#include <ostream>

#include "base/secret.hpp"
#include "cli/record_commands.hpp"
#include "domain/room/context.hpp"
#include "people/invitations.hpp"

namespace etakahvila::cli {
namespace {

struct WantedInvitation {
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

int invite_coordinator(admin::Desk& desk, const WantedInvitation& wanted) {
    const auto now = desk.clock.utc();
    const people::InvitationTimes times{.not_before = now, .expires = {now.ms + wanted.days * day_ms}};
    const auto holder = wanted.holder.empty() ? desk.by.name : wanted.holder;
    std::optional<std::variant<people::NewInvitation, people::RefusalWord>> made;
    desk.store.write_and_wait([&](records::Database& database) {
        made = people::make_coordinator_key(database, holder, times, now, base::fill_random);
    });
    if (const auto* refused = std::get_if<people::RefusalWord>(&*made))
        throw std::runtime_error{"The coordinator's key cannot be made: " + std::string{base::name_of(*refused)} +
                                 ". Look at --name and --days."};
    desk.out << desk.site << "/staff#" << std::get<people::NewInvitation>(*made).secret.to_link() << '\n';
    return 0;
}

int invite_people(admin::Desk& desk, const WantedInvitation& wanted) {
    if (wanted.session == 0) throw std::runtime_error{"Name a session by its number, or --coordinator."};
    const people::SessionId session{wanted.session};
    const auto now = desk.clock.utc();
    const auto record = people::session_record(*desk.store.open_reader(), session);
    if (!record)
        throw std::runtime_error{
            "There is no session " + std::to_string(wanted.session) + ". All of them: etakahvila session list."};
    const auto times = people::usual_times(record->starts_at, record->ends_at);
    std::string lines;
    desk.store.write_and_wait([&](records::Database& database) {
        std::vector<people::PersonId> invited;
        for (const auto& one : people::people_of(database, session, now)) {
            const bool is_named = wanted.person == 0 || one.person.value == wanted.person;
            if (!is_named || (one.is_invited && !wanted.renews)) continue;
            const auto made = people::invite(database, session, one.person, times, now, base::fill_random);
            const auto* invitation = std::get_if<people::NewInvitation>(&made);
            if (invitation == nullptr) throw std::runtime_error{"Nobody can be invited to a session that is over."};
            lines += std::string{base::name_of(one.role)} + '\t' + one.details.name + '\t' + desk.site +
                     (domain::is_staff(one.role) ? "/staff#" : "/#") + invitation->secret.to_link() + '\t' +
                     (invitation->code ? invitation->code->to_text() : std::string{}) + '\n';
            invited.push_back(one.person);
        }
        people::note_operator_access(database, desk.act, protocol::AccessAct::invitations_made, session, invited);
    });
    desk.out << lines;
    return 0;
}

}  // namespace

void define_invite(CLI::App& program, admin::Acts& acts) {
    auto* command = program.add_subcommand(
        "invite", "Prints links and codes, which can be shown this once: role, name, link, code.");
    const auto wanted = std::make_shared<WantedInvitation>();
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
    acts.add(*command, [wanted](admin::Desk& desk) {
        return wanted->is_coordinator ? invite_coordinator(desk, *wanted) : invite_people(desk, *wanted);
    });
}

}  // namespace etakahvila::cli
