#pragma once

// The data folder: whether the server can work in it, and nobody else can read it.

#include <filesystem>
#include <functional>
#include <optional>

#include <sys/types.h>

#include "base/time.hpp"
#include "check/look.hpp"
#include "config/settings.hpp"

namespace etakahvila::check {

/// Below it nothing can be saved before long.
inline constexpr std::uintmax_t full_bytes = std::uintmax_t{100} * 1024 * 1024;
inline constexpr std::uintmax_t low_bytes = std::uintmax_t{2} * 1024 * 1024 * 1024;

/// data_folder. As this process: by the caller it is the owner's.
Answer data_folder(const std::filesystem::path& data);

/// data_rights. What it can close to others it closes, and tells it all the same.
Answer data_rights(const std::filesystem::path& data);

/// Whose a file is; nothing when it cannot be told.
using OwnerOf = std::function<std::optional<uid_t>(const std::filesystem::path&)>;
std::optional<uid_t> owner_of(const std::filesystem::path& path);

/// data_owner: every file of the server's belongs to whom the folder belongs to.
Answer data_owner(const std::filesystem::path& data, const OwnerOf& owner = owner_of);

/// laid_aside: what restores have laid aside ends by itself; where no backup is made any more, it does not.
inline constexpr int laid_aside_days_max = 30;
Answer laid_aside(const std::filesystem::path& data, base::UtcTime now);

/// disk_space.
Answer disk_space(const std::filesystem::path& data);
Answer disk_space_of(std::uintmax_t free_bytes);

}  // namespace etakahvila::check
