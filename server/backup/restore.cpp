#include "backup/restore.hpp"

#include <array>
#include <stdexcept>

#include "backup/files.hpp"
#include "backup/shelf.hpp"
#include "backup/tombstone_copy.hpp"
#include "backup/verify.hpp"
#include "base/secret.hpp"
#include "journal/store_lock.hpp"
#include "people/storage.hpp"

namespace etakahvila::backup {
namespace {

constexpr std::size_t epoch_bytes = 9;

/// Of the database itself. The lock and the reserve stay where they are, and so does what was erased from it (its
/// tombstones), unless that is of other data than what takes its place.
std::vector<std::filesystem::path> files_of(const std::filesystem::path& database) {
    std::vector<std::filesystem::path> files;
    for (const auto* ending : {"", "-wal", "-shm", "-journal", ".marks"}) files.push_back(database.string() + ending);
    return files;
}

bool is_there(const std::filesystem::path& database) {
    if (std::filesystem::exists(journal::restore_mark(database))) return true;
    for (const auto& file : files_of(database)) {
        if (std::filesystem::exists(file)) return true;
    }
    return false;
}

Verified whole(const std::filesystem::path& backup) {
    auto verified = verify(backup);
    if (verified.problems.empty()) return verified;
    std::string all = "Nothing was restored: this backup is not whole.";
    for (const auto& problem : verified.problems) all += "\n- " + problem;
    throw std::runtime_error{all};
}

/// Every room under a new epoch and nobody signed in, in one commit with the restore's own row.
void begin_new_life(records::Database& database, const Restored& restored) {
    people::end_living_secrets(database);
    for (const auto& room : journal::room_rows(database))
        journal::chain_anew(database, room.session, base::random_text(epoch_bytes));
    keep_restored(database, restored);
}

class Restore {
public:
    Restore(const RestoreWanted& wanted, base::UtcTime now)
        : wanted_{wanted},
          now_{now},
          folder_{wanted.database.parent_path()},
          growing_{folder_ / ".restore.part"},
          fresh_{growing_ / wanted.database.filename()} {}

    RestoreDone run() {
        make_folder(folder_);
        const journal::StoreLock lock{wanted_.database};
        if (is_there(wanted_.database) && !wanted_.replaces)
            throw std::runtime_error{"Nothing was restored: there is data already, in " + folder_.string() +
                                     ". With --replace it is moved aside, and not deleted."};
        auto verified = whole(wanted_.backup);
        RestoreDone done{.manifest = std::move(*verified.manifest), .notes = std::move(verified.notes)};
        look_for_room();
        try {
            std::filesystem::remove_all(growing_);
            make_folder(growing_);
            make_fresh(done);
        } catch (...) {
            std::error_code error;
            std::filesystem::remove_all(growing_, error);
            throw;
        }
        done.aside = put_in_place();
        return done;
    }

private:
    void look_for_room() const {
        const auto needed = static_cast<std::int64_t>(std::filesystem::file_size(wanted_.backup / database_name)) * 2 +
                            journal::reserve_bytes;
        if (free_bytes(folder_) < needed)
            throw std::runtime_error{"Nothing was restored: " + std::to_string((needed >> 20) + 1) +
                                     " MiB are needed on the disk of " + folder_.string() + ". Make room."};
    }

    /// The data as it will be, in a folder of its own.
    void make_fresh(RestoreDone& done) {
        copy_whole(wanted_.backup / database_name, fresh_);
        {
            journal::SqliteStore store{fresh_};
            store.write_and_wait([&](records::Database& database) {
                wanted_.bring_forward(database);
                begin_new_life(database, {.at = now_, .made_at = done.manifest.made_at});
            });
            const auto all = tombstones_for(wanted_.heading_of(*store.open_reader()), done.notes);
            if (!all.empty()) write_file(tombstones_of(fresh_), all);
            done.erased = wanted_.erase_again(store, tombstones_of(fresh_));
            store.mark_all();
        }
        sync(fresh_.string() + ".marks");
        for (const auto* ending : {".reserve", ".lock", "-shm"}) std::filesystem::remove(fresh_.string() + ending);
        // Closed, the store has brought all of its log into the database.
        if (const auto log = std::filesystem::path{fresh_.string() + "-wal"};
            std::filesystem::exists(log) && std::filesystem::file_size(log) > 0)
            throw std::runtime_error{"Nothing was restored: the disk failed on " + fresh_.string() + "."};
        std::filesystem::remove(fresh_.string() + "-wal");
        sync(fresh_);
        sync(growing_);
    }

    /// By the list beside the backups and the one beside the data. `heading`: of the data that is restored, where that
    /// knows its own.
    std::string tombstones_for(const std::optional<std::string>& heading, std::vector<std::string>& notes) const {
        const std::array places{shelved_tombstones(wanted_.backup.parent_path()), tombstones_of(wanted_.database)};
        std::string all;
        for (const auto& place : places) {
            const auto list = read_tombstones(place);
            if (heading && !heading_of(list).empty() && heading_of(list) != *heading)
                notes.push_back(
                    "This list of what was erased is of other data, and was not used: " + place.string() + ".");
            else
                all = union_of(all, list);
        }
        if (all.empty())
            notes.push_back("No list of what was erased was found, neither " + places[0].string() + " nor " +
                            places[1].string() +
                            ". What was erased since this backup is here again. If you have the list elsewhere, lay it "
                            "beside the backups and restore once more.");
        return all;
    }

    std::optional<std::filesystem::path> put_in_place() const {
        const auto mark = journal::restore_mark(wanted_.database);
        if (!std::filesystem::exists(mark)) write_file(mark, wanted_.backup.string() + '\n');
        sync(folder_);
        const auto aside = move_aside();
        for (const auto* ending : {".marks", ".tombstones", ""}) {
            const auto from = std::filesystem::path{fresh_.string() + ending};
            if (std::filesystem::exists(from)) move(from, wanted_.database.string() + ending);
        }
        std::filesystem::remove(mark);
        sync(folder_);
        std::filesystem::remove_all(growing_);
        return aside;
    }

    std::optional<std::filesystem::path> move_aside() const {
        const auto aside = place_aside(folder_, now_);
        bool is_any = false;
        auto files = files_of(wanted_.database);
        const auto list = tombstones_of(wanted_.database);
        if (heading_of(read_tombstones(list)) != heading_of(read_tombstones(tombstones_of(fresh_))))
            files.push_back(list);
        for (const auto& file : files) {
            if (!std::filesystem::exists(file)) continue;
            make_folder(aside);
            move(file, aside / file.filename());
            is_any = true;
        }
        return is_any ? std::optional{aside} : std::nullopt;
    }

    const RestoreWanted& wanted_;
    base::UtcTime now_;
    std::filesystem::path folder_;
    std::filesystem::path growing_;
    std::filesystem::path fresh_;
};

}  // namespace

RestoreDone restore(const RestoreWanted& wanted, const base::Clock& clock) {
    return Restore{wanted, clock.utc()}.run();
}

}  // namespace etakahvila::backup
