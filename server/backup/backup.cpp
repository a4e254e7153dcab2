#include "backup/backup.hpp"

#include <stdexcept>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "backup/contents.hpp"
#include "backup/facts.hpp"
#include "backup/files.hpp"
#include "backup/tombstone_copy.hpp"
#include "base/build.hpp"
#include "journal/format.hpp"

namespace etakahvila::backup {
namespace {

/// One backup at a time grows in a folder.
class FolderLock {
public:
    explicit FolderLock(const std::filesystem::path& folder)
        : handle_{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)} {
        if (handle_ < 0 || ::flock(handle_, LOCK_EX | LOCK_NB) == 0) return;
        ::close(handle_);
        throw std::runtime_error{"Another backup into " + folder.string() + " is under way."};
    }
    ~FolderLock() {
        if (handle_ >= 0) ::close(handle_);
    }
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;

private:
    int handle_;
};

std::string mebibytes(std::int64_t bytes) { return std::to_string((bytes >> 20) + 1) + " MiB"; }

std::int64_t size_of(const std::filesystem::path& file) {
    std::error_code error;
    const auto bytes = std::filesystem::file_size(file, error);
    return error ? 0 : static_cast<std::int64_t>(bytes);
}

void look_for_room(const Source& source, const std::filesystem::path& folder) {
    const auto needed = size_of(source.database) + size_of(source.database.string() + "-wal") + free_after_bytes;
    const auto free = free_bytes(folder);
    if (free >= needed) return;
    throw std::runtime_error{"No backup was made: the disk of " + folder.string() + " has " + mebibytes(free) +
                             " free, and " + mebibytes(needed) + " are needed, of which " +
                             mebibytes(free_after_bytes) +
                             " stay free for the server. Make room, or name another "
                             "folder with --backup-folder."};
}

Manifest manifest_of(const records::Database& copy, base::UtcTime now) {
    if (const auto damage = damage_of(copy); !damage.empty())
        throw std::runtime_error{"No backup was made: what was copied does not read back whole (" + damage.front() +
                                 "). The data may be damaged: see etakahvila check."};
    const auto format = journal::format_of(copy);
    return {.program = std::string{base::build_version()},
        .level = format ? format->level : 1,
        .made_at = now,
        .parts = parts_of(copy),
        .rooms = room_ends(copy)};
}

/// Fills the folder, each file on the disk.
Manifest fill(const Source& source, const std::filesystem::path& growing, base::UtcTime now) {
    const auto database = growing / database_name;
    make_file(database);
    try {
        source.copy(database);
    } catch (const records::Error& thrown) {
        throw std::runtime_error{thrown.fault() == records::Fault::full
                                     ? "No backup was made: the disk of " + growing.parent_path().string() + " is full."
                                     : "No backup was made: " + std::string{thrown.what()} + "."};
    }
    sync(database);
    auto manifest = manifest_of(*open_copy(database), now);
    write_file(growing / manifest_name, to_text(manifest));
    Sums sums;
    for (const auto name : {database_name, manifest_name}) sums.emplace(name, sha256_of(growing / name));
    write_file(growing / sums_name, to_text(sums));
    sync(growing);
    return manifest;
}

}  // namespace

Made write_backup(const Source& source, const std::filesystem::path& folder, base::UtcTime now) {
    make_folder(folder);
    const FolderLock lock{folder};
    clear_unfinished(folder);
    look_for_room(source, folder);
    const auto place = folder / name_of(now);
    if (std::filesystem::exists(place))
        throw std::runtime_error{"No backup was made: there is one of this very second, " + place.string() + "."};
    const auto growing = unfinished(place);
    try {
        make_folder(growing);
        Made made{.place = place, .manifest = fill(source, growing, now), .bytes = 0};
        for (const auto name : {database_name, manifest_name, sums_name}) made.bytes += size_of(growing / name);
        move(growing, place);
        return made;
    } catch (...) {
        std::error_code error;
        std::filesystem::remove_all(growing, error);
        throw;
    }
}

std::filesystem::path before_upgrade_folder(const std::filesystem::path& database) {
    return std::filesystem::absolute(database).parent_path() / "before-upgrade";
}

Kept make_backup(journal::Records& records, const Wanted& wanted, const base::Clock& clock) {
    const auto now = clock.utc();
    const Source source{.database = wanted.database,
        .copy = [&](const std::filesystem::path& into) { records.copy_to(into, wanted.goes_on); }};
    Kept kept{.made = write_backup(source, wanted.folder, now), .ended = 0};
    shelve_tombstones(wanted.database, wanted.folder);
    try {
        records.write_and_wait(
            [&](records::Database& database) { keep_last_good(database, now); }, journal::Need::vital);
    } catch (const journal::NotSaved&) {
        throw std::runtime_error{
            "The backup is whole, in " + kept.made.place.string() +
            ", but the server saves nothing at the moment: neither that it was made. See its log."};
    }
    const auto days = wanted.keeping.days;
    if (wanted.is_time_doubted || !is_clock_borne_out(wanted.folder, kept.made.place, days, now)) return kept;
    kept.ended = end_old(wanted.folder, wanted.keeping, now, kept.made.place);
    // What was erased since then is in these still: they end by age alone.
    kept.ended += end_old(
        before_upgrade_folder(wanted.database), {.newest = 0, .days = days, .spared = 0}, now, std::nullopt);
    kept.ended += end_laid_aside(std::filesystem::absolute(wanted.database).parent_path(), days, now);
    return kept;
}

}  // namespace etakahvila::backup
