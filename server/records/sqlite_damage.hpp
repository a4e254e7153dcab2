#pragma once

// Whether a database of SQLite reads back whole.

#include <string>
#include <vector>

#include "records/database.hpp"

namespace etakahvila::records {

/// `quick`: indexes are not held against their tables.
enum class DamageLook : std::uint8_t { quick, whole };

/// What is damaged, in SQLite's words; none where nothing is. Reads all of it. Throws records::Error where it cannot be
/// read at all.
std::vector<std::string> damage_in(const Database& database, DamageLook look);

}  // namespace etakahvila::records
