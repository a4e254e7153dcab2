#pragma once

// What a database says when all of it is read.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "backup/manifest.hpp"
#include "records/database.hpp"

namespace etakahvila::backup {

/// For reading, and nothing in it is run.
std::unique_ptr<records::Database> open_copy(const std::filesystem::path& file);

/// What of it SQLite cannot read, in its own words; and what this program never puts into one. Empty when it is whole.
std::vector<std::string> damage_of(const records::Database& database);

std::vector<PartVersion> parts_of(const records::Database& database);

/// Each room, as far as its digests verify.
std::vector<RoomEnd> room_ends(const records::Database& database);

}  // namespace etakahvila::backup
