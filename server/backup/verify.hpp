#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "backup/manifest.hpp"

namespace etakahvila::backup {

/// What was found of a backup.
struct Verified {
    /// What its manifest says; nothing when it cannot be read.
    std::optional<Manifest> manifest;
    /// Each a sentence for the operator. Without any it may be restored.
    std::vector<std::string> problems;
    /// What is worth knowing, and is no fault of the backup.
    std::vector<std::string> notes;
};

/// Reads all of it: the files' digests, the database as SQLite sees it, the digests of each room's steps, and how far
/// each goes. A backup of a newer program is named as that, not as damage. Changes nothing. Throws
/// nothing.
Verified verify(const std::filesystem::path& backup);

}  // namespace etakahvila::backup
