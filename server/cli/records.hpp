#pragma once

#include "config/settings.hpp"
#include "journal/sqlite_store.hpp"

namespace etakahvila::cli {

/// The records, opened for writing with their tables up to date. Only while no server runs on the
/// same data. Throws std::runtime_error with a sentence for the operator.
std::unique_ptr<journal::SqliteStore> open_records(const config::Settings& settings);

/// What links begin with.
std::string site_of(const config::Settings& settings);

}  // namespace etakahvila::cli
