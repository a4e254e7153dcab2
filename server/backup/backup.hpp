#pragma once

// A backup: a folder that is there whole, or not at all. In it the records and the steps of every room as they were at
// one moment, without the ballots of open polls (people are asked again); what is in it; and the digests of both
// (manifest.hpp). Photos and files are rows, and come along. Settings, certificates and passwords of the machine do
// not.
//
// All throw std::runtime_error with a sentence for the operator; then nothing is left behind.

#include <filesystem>
#include <functional>

#include "backup/manifest.hpp"
#include "backup/shelf.hpp"
#include "base/clock.hpp"
#include "journal/records.hpp"

namespace etakahvila::backup {

/// So much stays free for whoever else writes on that disk, the server itself with its reserve most of all.
inline constexpr std::int64_t free_after_bytes = std::int64_t{64} << 20;

struct Made {
    std::filesystem::path place;
    Manifest manifest;
    std::int64_t bytes{};
};

/// What is copied. `copy` as journal::Records::copy_to; `database`: the file it comes from.
struct Source {
    std::filesystem::path database;
    std::function<void(const std::filesystem::path& into)> copy;
};

/// Into a folder of its own in `folder`, which is made where it is not there.
Made write_backup(const Source& source, const std::filesystem::path& folder, base::UtcTime now);

struct Wanted {
    /// The file of the store, beside which its tombstones lie.
    std::filesystem::path database;
    std::filesystem::path folder;
    Keeping keeping{};
    /// Then nothing ends: by a wrong clock everything may look old.
    bool is_time_doubted = false;
    /// False: whoever wants it has gone.
    std::function<bool()> goes_on{};
};

struct Kept {
    Made made;
    /// How many older ones went.
    std::size_t ended{};
};

/// A backup of the store while it is at work. Then the newest copy of the tombstones is laid beside the backups, the
/// store is told of the success, and older backups end; those of `before-upgrade`, and what restores have laid aside,
/// too. From any thread but the journal's.
Kept make_backup(journal::Records& records, const Wanted& wanted, const base::Clock& clock);

/// Where backups lie that are made before an upgrade.
std::filesystem::path before_upgrade_folder(const std::filesystem::path& database);

}  // namespace etakahvila::backup
