#pragma once

// A file that is there whole or not at all.

#include <filesystem>
#include <optional>
#include <string>

#include <sys/types.h>

namespace etakahvila::setup {

/// Writes the file with this mode, for this group where one is named. Whatever goes wrong, what was there before is
/// there as it was. Throws std::runtime_error with a sentence for the operator.
void put_file(const std::filesystem::path& file, const std::string& text, mode_t mode, std::optional<gid_t> group = {});

/// Keeps what is there as FILE.bak, in the place of an earlier one. Nothing where there is no file. Throws as put_file.
void keep_as_backup(const std::filesystem::path& file);

}  // namespace etakahvila::setup
