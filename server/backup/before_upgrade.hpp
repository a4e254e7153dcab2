#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "base/clock.hpp"
#include "journal/sqlite_store.hpp"

namespace etakahvila::backup {

/// How a store of the program's own is opened: before its tables are brought to a newer level, a backup is made in the
/// folder `before-upgrade` beside it, and `tell` hears where. When none can be made nothing is brought forward, and the
/// store is not opened.
journal::SqliteStore::Options with_backup_before_upgrade(const std::filesystem::path& database,
    const base::Clock& clock,
    std::function<void(const std::filesystem::path& place, const journal::Format& from)> tell);

}  // namespace etakahvila::backup
