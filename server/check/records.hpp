#pragma once

// What is looked at of the records themselves: within the running server, or by itself while none runs. Changes nothing
// of them.

#include "base/time.hpp"
#include "check/look.hpp"
#include "config/settings.hpp"
#include "journal/sqlite_store.hpp"

namespace etakahvila::check {

/// A backup that is older is a problem: one is made each night.
inline constexpr std::int64_t backup_hours_max = 26;

struct RecordsAsked {
    base::UtcTime now;
    /// Every step of every room is read, and compared with its digest.
    bool is_deep = false;
};

/// database, marks, saving, backup, audit, and digests where it is deep.
Answers look_at_store(const journal::SqliteStore& store, const RecordsAsked& asked);

/// The same where no server runs, and database_version. A file that this program would first have to bring forward is
/// left as it is, and so is one of a newer program.
Answers look_at_file(const std::filesystem::path& database, const RecordsAsked& asked);

/// backup. `made`: when the last good one was begun.
Answer backup_age(std::optional<base::UtcTime> made, base::UtcTime now);

/// open_files, of this process: within the server.
Answer open_files();
Answer open_files_of(std::uint64_t open, std::uint64_t at_most);

}  // namespace etakahvila::check
