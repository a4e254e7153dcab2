#pragma once

// What is on the disk, as one number: the tables of every part, the events of the steps, and their digests. A program
// reads every level up to its own, brings what is older forward, and opens nothing that is newer. What is newer is no
// damage: the program that wrote it reads it.

#include <optional>
#include <stdexcept>
#include <string>

#include "records/database.hpp"

namespace etakahvila::journal {

/// Raised with every release that changes any of it (tests/house/format_level_test.cpp tells when that is due).
/// 1: all that was before there was a level. 2: digests that begin with their room, and whatever else came with it.
inline constexpr int format_level = 2;

/// What a file says of itself.
struct Format {
    int level = 1;
    /// The program that opened it last; empty at level 1.
    std::string program{};
    /// The backup that was made before it was brought to this level; empty when it was made anew.
    std::string before_upgrade{};
};

/// From `part 'journal'` at this version on the tables tell the level, and how each room's digests begin.
inline constexpr int journal_version_with_level = 3;

/// Version of the journal's own tables; 0 without any.
int journal_version(const records::Database& database);

/// Nothing for a file without tables.
std::optional<Format> format_of(const records::Database& database);

/// Makes the table. Its shape is read by every later program, and never changes.
void make_format_table(records::Database& database);

/// This program at its level. `before_upgrade` stays as it is when none is given.
void keep_format(records::Database& database, const std::optional<std::string>& before_upgrade);

/// The data is of a newer program. What it says is for the operator: who wrote it, who this is, and what to do.
class NewerData : public std::runtime_error {
public:
    explicit NewerData(const Format& found);
};

/// Thrown for one that this program cannot read.
void refuse_newer(const std::optional<Format>& found);

}  // namespace etakahvila::journal
