#include "backup/before_upgrade.hpp"

#include "backup/backup.hpp"

namespace etakahvila::backup {

journal::SqliteStore::Options with_backup_before_upgrade(const std::filesystem::path& database,
    const base::Clock& clock,
    std::function<void(const std::filesystem::path& place, const journal::Format& from)> tell) {
    journal::SqliteStore::Options options;
    options.before_upgrade = [database, &clock, tell = std::move(tell)](
                                 const journal::Format& found, const journal::SqliteStore::Options::Copy& copy) {
        try {
            const auto made = write_backup(
                {.database = database, .copy = copy}, before_upgrade_folder(database), clock.utc());
            tell(made.place, found);
            return made.place.string();
        } catch (const std::runtime_error& thrown) {
            throw std::runtime_error{
                "This program would bring the data to a newer format, and makes a backup first. The data is as it "
                "was. " +
                std::string{thrown.what()}};
        }
    };
    return options;
}

}  // namespace etakahvila::backup
