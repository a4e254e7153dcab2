#pragma once

// The folder in which backups lie: a folder for each, named by the time at which it was begun. What has another name is
// somebody else's, and is not touched.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace etakahvila::backup {

/// 2026-11-30T023000Z: in UTC, to the second, and good for a name of a file.
std::string stamp_of(base::UtcTime time);

/// etakahvila-2026-11-30T023000Z.
std::string name_of(base::UtcTime made_at);
/// Nothing for a name that is no backup's.
std::optional<base::UtcTime> time_in(std::string_view name);

struct Shelved {
    std::filesystem::path place;
    base::UtcTime made_at;
};

/// The newest first; none where there is no such folder.
std::vector<Shelved> backups_in(const std::filesystem::path& folder);

/// before-restore-2026-11-30T023000Z, and with -2 behind it where that is taken: where a restore lays, in the folder of
/// the data, what was there before.
std::filesystem::path place_aside(const std::filesystem::path& folder, base::UtcTime moved_at);
/// What restores have laid aside there, the newest first.
std::vector<Shelved> laid_aside_in(const std::filesystem::path& folder);

/// The clock was wrong when it was made, or is now: how old it is, nobody knows. A clock that is set by some hours
/// makes no difference.
bool is_dated_ahead(base::UtcTime made_at, base::UtcTime now);

/// What may stay in the folder.
struct Keeping {
    /// The newest so many; 0: however many there are.
    std::size_t newest = 0;
    int days = 30;
    /// So many of the newest stay whatever their age: one night of a wrong clock does not take all.
    std::size_t spared = 3;
};

/// Whether the backup before `last` bears out that so much time has passed as the clock says. After a longer gap than
/// any between two nights nothing ends by its age: the next backup tells whether the clock was right.
bool is_clock_borne_out(
    const std::filesystem::path& folder, const std::filesystem::path& last, int days, base::UtcTime now);

/// Takes away what is older, or more, than may stay. What is dated ahead counts as the oldest, and goes once so many
/// are there as are spared. `last_good` stays whatever its age. Answers how many went.
std::size_t end_old(const std::filesystem::path& folder, const Keeping& keeping, base::UtcTime now,
    const std::optional<std::filesystem::path>& last_good);

/// The same of what restores have laid aside: by age alone.
std::size_t end_laid_aside(const std::filesystem::path& folder, int days, base::UtcTime now);

/// What backups that were cut off have left, and what was on its way out.
void clear_unfinished(const std::filesystem::path& folder);

/// Under which name a backup grows: nobody takes it for one.
std::filesystem::path unfinished(const std::filesystem::path& place);

}  // namespace etakahvila::backup
