#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>

#include "backup/backup.hpp"
#include "backup/verify.hpp"
#include "cli/record_commands.hpp"
#include "keeping/keeper.hpp"

namespace etakahvila::cli {
namespace {

struct WantedBackup {
    std::string folder;
    std::optional<std::size_t> keep;
};

int back_up(admin::Desk& desk, const WantedBackup& wanted) {
    const auto folder = wanted.folder.empty() ? desk.settings.backup_folder : desk.path(wanted.folder);
    const bool is_time_doubted = keeping::is_time_doubted(*desk.store.open_reader(), desk.clock.utc());
    const auto kept = backup::make_backup(desk.store,
        {.database = desk.store.file(),
            .folder = folder,
            .keeping = {.newest = wanted.keep.value_or(desk.settings.backup_keep), .days = desk.settings.backup_days},
            .is_time_doubted = is_time_doubted,
            .goes_on = desk.is_wanted},
        desk.clock);
    const auto& manifest = kept.made.manifest;
    desk.out << kept.made.place.string() << '\n'
             << "rooms: " << manifest.rooms.size() << ", KiB: " << (kept.made.bytes + 1023) / 1024
             << ", older backups that have ended: " << kept.ended << '\n';
    if (is_time_doubted)
        desk.err << "No older backup has ended: the clock may be wrong. When it is right: etakahvila keeping "
                    "--time-is-right.\n";
    const auto damaged = std::count_if(manifest.rooms.begin(), manifest.rooms.end(),
        [](const backup::RoomEnd& room) { return room.damaged_from.has_value(); });
    if (damaged > 0)
        desk.err << "The backup is whole, but " << damaged
                 << " of the rooms were damaged before it was made. See: etakahvila check --deep\n";
    return damaged > 0 ? 1 : 0;
}

/// The exit code.
int print_verified(const std::string& path) {
    const auto verified = backup::verify(path);
    for (const auto& note : verified.notes) std::cout << "note: " << note << '\n';
    for (const auto& problem : verified.problems) std::cout << "- " << problem << '\n';
    if (!verified.problems.empty()) return 1;
    std::cout << "Whole: made by etakahvila " << verified.manifest->program << " at "
              << backup::stamp_of(verified.manifest->made_at) << ", with " << verified.manifest->rooms.size()
              << " rooms.\n";
    return 0;
}

}  // namespace

void define_backup(CLI::App& program, admin::Acts& acts) {
    auto* command = program.add_subcommand("backup",
        "Makes a backup, also while people are in the rooms, and prints where it is. Older ones end. With --verify it "
        "looks at one instead.");
    const auto wanted = std::make_shared<WantedBackup>();
    command->add_option("--to", wanted->folder, "The folder of backups, in place of --backup-folder");
    command->add_option("--keep", wanted->keep, "How many backups stay, in place of --backup-keep");
    // Neither the data nor a server is needed for it: a backup is looked at wherever it is.
    command->add_option_function<std::string>(
        "--verify", [](const std::string& path) { throw CLI::RuntimeError{print_verified(path)}; },
        "Reads all of this backup, and says what is wrong with it. Makes none");
    acts.add(*command, [wanted](admin::Desk& desk) { return back_up(desk, *wanted); }, {.is_long = true});
}

}  // namespace etakahvila::cli
