#pragma once

// What the records say of their own backups. A restored database says of itself what its backup said.

#include <optional>

#include "base/time.hpp"
#include "records/database.hpp"

namespace etakahvila::backup {

/// Brings the tables of this part to this program's version, forward only.
void migrate(records::Database& database);

/// When the last backup was begun that came to its end; nothing when there is none. Of a restored database at the least
/// the one that it came from.
std::optional<base::UtcTime> last_good_backup(const records::Database& reader);
void keep_last_good(records::Database& database, base::UtcTime made_at);

struct Restored {
    base::UtcTime at;
    /// When the backup was begun.
    base::UtcTime made_at;
};
/// The last time that this database was put in place by a restore; nothing when it never was.
std::optional<Restored> restored_from(const records::Database& reader);
void keep_restored(records::Database& database, const Restored& restored);

}  // namespace etakahvila::backup
