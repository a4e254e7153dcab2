#pragma once

// What was erased stays erased after a restore: the list of it lies beside the database and in no backup. Its newest
// copy lies beside the backups too, for the day on which the machine is gone. Of its lines no more is known here than
// that the first says whose they are, and that each other one begins with a number, and is never taken back.

#include <filesystem>
#include <string>
#include <string_view>

namespace etakahvila::backup {

/// etakahvila.sqlite.tombstones.
std::filesystem::path tombstones_of(const std::filesystem::path& database);

/// Where their copy lies in a folder of backups.
std::filesystem::path shelved_tombstones(const std::filesystem::path& folder);

/// The lines of both, each once, by their numbers. What is behind the last whole line of either is passed over. When
/// they are not of the same data: those of `first`, or of `second` when `first` has none.
std::string union_of(std::string_view first, std::string_view second);

/// Nothing where there is no file.
std::string read_tombstones(const std::filesystem::path& file);

/// What a list begins with: of which data it is. Nothing where there is none.
std::string heading_of(std::string_view list);

/// The copy gets what is in the list; what it has of other data is laid beside it under another name. Without a list
/// the copy stays. On the disk when it returns. Throws std::runtime_error with a sentence for the operator.
/// From any thread.
void keep_tombstones(const std::filesystem::path& list, const std::filesystem::path& copy);

/// The same of the database's list and the copy in the folder of backups. Where there is no such folder yet, the first
/// backup does it.
void shelve_tombstones(const std::filesystem::path& database, const std::filesystem::path& folder);

}  // namespace etakahvila::backup
