#include <CLI/CLI.hpp>

#include "admin/acts.hpp"
#include "backup/tombstone_copy.hpp"
#include "cli/record_commands.hpp"
#include "house/house.hpp"
#include "keeping/command.hpp"

namespace etakahvila::cli {
namespace {

struct Flags {
    bool is_dry_run = false;
    bool is_now = false;
    bool is_time_right = false;
};

int act(admin::Desk& desk, const Flags& flags) {
    const auto wanted = flags.is_now          ? keeping::Wanted::now
                        : flags.is_time_right ? keeping::Wanted::time_is_right
                                              : keeping::Wanted::dry_run;
    const auto reader = desk.store.open_reader();
    const auto now = desk.clock.utc();
    if (desk.house != nullptr)
        return keeping::keeping_command(wanted, desk.house->keeper(), *reader, now, desk.is_wanted, desk.out);
    house::StoredRooms rooms{desk.store};
    keeping::Keeper keeper{{.clock = desk.clock,
        .store = desk.store,
        .rooms = rooms,
        .tombstones = keeping::tombstones_beside(house::data_file(desk.settings)),
        .list_grown = [&desk] {
            try {
                backup::shelve_tombstones(desk.store.file(), desk.settings.backup_folder);
            } catch (const std::exception& failed) {
                desk.err << "The list of what was erased was not copied to the backups: " << failed.what() << '\n';
            }
        }}};
    keeper.catch_up();
    return keeping::keeping_command(wanted, keeper, *reader, now, desk.is_wanted, desk.out);
}

}  // namespace

void define_keeping(CLI::App& program, admin::Acts& acts) {
    auto* command = program.add_subcommand("keeping",
        "What is kept how long, and what goes when its time is over: shows what would go, or lets it go now. The "
        "server "
        "does it by itself each night.");
    const auto flags = std::make_shared<Flags>();
    auto* ways = command->add_option_group("what", "What to do; --dry-run without any");
    ways->add_flag("--dry-run", flags->is_dry_run, "Counts what would go, by rule, and erases nothing");
    ways->add_flag("--now", flags->is_now, "Erases what is due, as the night's job does");
    ways->add_flag("--time-is-right", flags->is_time_right,
        "The clock is right, though it went back or jumped by more than 40 days: erasing goes on");
    ways->require_option(0, 1);
    acts.add(*command, [flags](admin::Desk& desk) { return act(desk, *flags); }, {.is_long = true});
}

}  // namespace etakahvila::cli
