#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "config/settings.hpp"
#include "journal/sqlite_store.hpp"

namespace etakahvila::cli {

/// The records, opened for writing with their tables up to date, as the owner of the data: called as root, this process
/// is its owner from here on. Only while no server runs on the same data. Throws std::runtime_error with a sentence for
/// the operator.
std::unique_ptr<journal::SqliteStore> open_records(const config::Settings& settings);

/// What links begin with.
std::string site_of(const config::Settings& settings);

/// Where the first coordinator's link is, when it is not printed: until somebody has a password.
std::filesystem::path first_link_file(const config::Settings& settings);

/// What was typed behind the program's name.
const std::vector<std::string>& typed_arguments();
/// Before anything is parsed.
void keep_typed_arguments(int argc, const char* const* argv);

std::string_view program_version();

}  // namespace etakahvila::cli
