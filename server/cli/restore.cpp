#include <iostream>
#include <memory>

#include "admin/owner.hpp"
#include "backup/restore.hpp"
#include "backup/shelf.hpp"
#include "base/system_clock.hpp"
#include "cli/command.hpp"
#include "house/house.hpp"
#include "house/kept_rooms.hpp"
#include "keeping/keeper.hpp"

namespace etakahvila::cli {
namespace {

struct WantedRestore {
    std::string backup;
    bool replaces{};
};

void restore(const config::Settings& settings, const WantedRestore& wanted) {
    const auto backup = std::filesystem::absolute(wanted.backup).lexically_normal();
    admin::become_owner(settings.data);
    admin::refuse_beside_server(settings.data);
    const base::SystemClock clock;
    std::vector<protocol::PersonId> passed_over;
    const auto done = backup::restore(
        {.backup = backup.has_filename() ? backup : backup.parent_path(),
            .database = house::data_file(settings),
            .replaces = wanted.replaces,
            .bring_forward = house::migrate,
            .heading_of = keeping::tombstone_heading,
            .erase_again =
                [&clock, &passed_over](journal::SqliteStore& store, const std::filesystem::path& tombstones) {
                    house::StoredRooms rooms{store};
                    auto caught_up =
                        keeping::Keeper{{.clock = clock, .store = store, .rooms = rooms, .tombstones = tombstones}}
                            .begin_life();
                    passed_over = std::move(caught_up.passed_over);
                    return caught_up.tombstones;
                }},
        clock);
    std::cout << "Restored: the data as it was at " << backup::stamp_of(done.manifest.made_at) << ", with "
              << done.manifest.rooms.size() << " rooms. Everybody starts over when they come in.\n";
    for (const auto& note : done.notes) std::cout << "note: " << note << '\n';
    if (done.erased > 0) std::cout << "Erased again, as before: " << done.erased << " rows.\n";
    for (const auto person : passed_over)
        std::cout << "note: person " << person.value
                  << " was not erased again: a hold or an account that is newer keeps them. Look whether they are to "
                     "be erased.\n";
    std::cout
        << "What was revoked or locked after that moment is not: look at accounts and links before you let people "
           "in.\n"
           "All of the staff sign in again. A link that set a password works no more: etakahvila staff reset NAME "
           "gives another. Spare codes that were used after that moment work again: have whoever has a second step "
           "make new ones.\n";
    if (done.aside)
        std::cout << "What was here before lies in " << done.aside->string()
                  << ". It holds people's data: delete it once you do not need it. The nightly backup ends it after "
                  << settings.backup_days << " days.\n";
    std::cout << "Now start the server.\n";
}

}  // namespace

void add_restore(CLI::App& program, int&) {
    auto* command = program.add_subcommand("restore",
        "Puts a backup in the place of the data, and verifies it first. Not beside a running server. Data that is "
        "there "
        "is moved aside, never deleted.");
    const auto wanted = std::make_shared<WantedRestore>();
    command->add_option("backup", wanted->backup, "The backup: a folder etakahvila-…")->required();
    command->add_flag("--replace", wanted->replaces, "Also where there is data already; it is moved aside");
    const GivenOptions given{*command};
    command->callback([given, wanted] { restore(given.settings(), *wanted); });
}

}  // namespace etakahvila::cli
