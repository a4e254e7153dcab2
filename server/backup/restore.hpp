#pragma once

// A backup is put in the place of the data. Rooms begin a new life: each has a new epoch, and clients start over. What
// was erased since the backup is erased in it too, before anybody sees it. What was there before is moved aside, never
// deleted. While it is put in place a mark lies beside the data: a program that meets it does not start
// (journal/store_lock.hpp), so that a power cut in the midst of it is no empty site.

#include <filesystem>
#include <functional>
#include <optional>

#include "backup/facts.hpp"
#include "backup/manifest.hpp"
#include "base/clock.hpp"
#include "journal/sqlite_store.hpp"

namespace etakahvila::backup {

struct RestoreWanted {
    std::filesystem::path backup;
    /// The file of the store.
    std::filesystem::path database;
    /// Data that is there is moved aside.
    bool replaces = false;
    /// Brings the tables of all parts to this program's version.
    std::function<void(records::Database&)> bring_forward;
    /// What the list of this database's tombstones begins with; nothing where nothing was ever erased from it. A list
    /// that begins otherwise is of other data, and is not used.
    std::function<std::optional<std::string>(const records::Database&)> heading_of;
    /// Erases what the list of tombstones says; answers how many rows. The rooms have their new epochs.
    std::function<std::int64_t(journal::SqliteStore& store, const std::filesystem::path& tombstones)> erase_again;
};

struct RestoreDone {
    Manifest manifest;
    std::vector<std::string> notes;
    std::int64_t erased{};
    /// Where what was there before lies now; nothing when nothing was.
    std::optional<std::filesystem::path> aside;
};

/// Throws std::runtime_error with a sentence for the operator; then the data is as it was, or it says so.
RestoreDone restore(const RestoreWanted& wanted, const base::Clock& clock);

}  // namespace etakahvila::backup
