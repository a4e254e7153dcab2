#include "backup/shelf.hpp"

#include <algorithm>
#include <array>
#include <ctime>

#include "backup/files.hpp"

namespace etakahvila::backup {
namespace {

constexpr std::string_view prefix = "etakahvila-";
constexpr std::string_view aside_prefix = "before-restore-";
constexpr std::string_view shape = "0000-00-00T000000Z";
constexpr std::string_view suffix = ".part";
constexpr std::int64_t day_ms = std::int64_t{24} * 60 * 60 * 1000;

/// Longer than a night is late, and shorter than what ends for its age.
constexpr int gap_days_max = 40;

std::optional<base::UtcTime> time_of_stamp(std::string_view stamp) {
    const auto is_shaped = [](char is, char should) { return should == '0' ? is >= '0' && is <= '9' : is == should; };
    if (!std::equal(stamp.begin(), stamp.end(), shape.begin(), shape.end(), is_shaped)) return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t count) {
        int value = 0;
        for (const char digit : stamp.substr(at, count)) value = value * 10 + (digit - '0');
        return value;
    };
    std::tm parts{};
    parts.tm_year = number(0, 4) - 1900;
    parts.tm_mon = number(5, 2) - 1;
    parts.tm_mday = number(8, 2);
    parts.tm_hour = number(11, 2);
    parts.tm_min = number(13, 2);
    parts.tm_sec = number(15, 2);
    const base::UtcTime time{static_cast<std::int64_t>(::timegm(&parts)) * 1000};
    // The 31st of February is a name of somebody else's.
    return stamp_of(time) == stamp ? std::optional{time} : std::nullopt;
}

/// before-restore-STAMP, or before-restore-STAMP-NUMBER.
std::optional<base::UtcTime> time_aside(std::string_view name) {
    if (!name.starts_with(aside_prefix)) return std::nullopt;
    name.remove_prefix(aside_prefix.size());
    auto number = name.substr(std::min(name.size(), shape.size()));
    if (!number.empty() &&
        (number.size() < 2 || number.front() != '-' || number.find_first_not_of("0123456789", 1) != number.npos))
        return std::nullopt;
    return time_of_stamp(name.substr(0, shape.size()));
}

template <class TimeOf>
std::vector<Shelved> folders_in(const std::filesystem::path& folder, TimeOf time_of) {
    std::vector<Shelved> found;
    std::error_code error;
    for (std::filesystem::directory_iterator entries{folder, error}, end; !error && entries != end;
        entries.increment(error)) {
        const auto made_at = time_of(entries->path().filename().string());
        if (made_at && entries->is_directory(error) && !entries->is_symlink(error))
            found.push_back({.place = entries->path(), .made_at = *made_at});
    }
    std::sort(found.begin(), found.end(), [](const Shelved& a, const Shelved& b) { return a.made_at > b.made_at; });
    return found;
}

bool is_old(const Shelved& shelved, int days, base::UtcTime now) { return now.ms - shelved.made_at.ms > days * day_ms; }

/// First under a name that is no backup's: half of one would be taken for damage.
void take_away(const std::filesystem::path& place) {
    const auto going = unfinished(place);
    move(place, going);
    std::filesystem::remove_all(going);
}

}  // namespace

std::string stamp_of(base::UtcTime time) {
    const auto seconds = static_cast<std::time_t>(time.ms / 1000);
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H%M%SZ", &parts)};
}

std::string name_of(base::UtcTime made_at) { return std::string{prefix} + stamp_of(made_at); }

std::optional<base::UtcTime> time_in(std::string_view name) {
    if (!name.starts_with(prefix)) return std::nullopt;
    return time_of_stamp(name.substr(prefix.size()));
}

std::vector<Shelved> backups_in(const std::filesystem::path& folder) { return folders_in(folder, time_in); }

std::filesystem::path place_aside(const std::filesystem::path& folder, base::UtcTime moved_at) {
    const auto name = std::string{aside_prefix} + stamp_of(moved_at);
    auto place = folder / name;
    for (int number = 2; std::filesystem::exists(place); ++number)
        place = folder / (name + '-' + std::to_string(number));
    return place;
}

std::vector<Shelved> laid_aside_in(const std::filesystem::path& folder) { return folders_in(folder, time_aside); }

bool is_dated_ahead(base::UtcTime made_at, base::UtcTime now) { return made_at.ms - now.ms > day_ms; }

bool is_clock_borne_out(
    const std::filesystem::path& folder, const std::filesystem::path& last, int days, base::UtcTime now) {
    const auto all = backups_in(folder);
    const auto before = std::find_if(all.begin(), all.end(),
        [&](const Shelved& each) { return each.place != last && !is_dated_ahead(each.made_at, now); });
    return before == all.end() || !is_old(*before, std::min(days, gap_days_max), now);
}

std::size_t end_old(const std::filesystem::path& folder, const Keeping& keeping, base::UtcTime now,
    const std::optional<std::filesystem::path>& last_good) {
    auto all = backups_in(folder);
    const auto ahead = std::stable_partition(
        all.begin(), all.end(), [&](const Shelved& each) { return !is_dated_ahead(each.made_at, now); });
    const auto dated = static_cast<std::size_t>(ahead - all.begin());
    const auto least_dated = std::max<std::size_t>(keeping.spared, 1);
    std::size_t gone = 0;
    for (std::size_t index = 0; index < all.size(); ++index) {
        const bool is_too_many = keeping.newest > 0 && index >= keeping.newest;
        const bool is_over = index < dated ? is_old(all[index], keeping.days, now) : dated >= least_dated;
        const bool ends = is_too_many || (is_over && index >= keeping.spared);
        if (!ends || all[index].place == last_good) continue;
        take_away(all[index].place);
        ++gone;
    }
    return gone;
}

std::size_t end_laid_aside(const std::filesystem::path& folder, int days, base::UtcTime now) {
    clear_unfinished(folder);
    std::size_t gone = 0;
    for (const auto& aside : laid_aside_in(folder)) {
        if (!is_old(aside, days, now)) continue;
        take_away(aside.place);
        ++gone;
    }
    return gone;
}

void clear_unfinished(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> left;
    std::error_code error;
    for (std::filesystem::directory_iterator entries{folder, error}, end; !error && entries != end;
        entries.increment(error)) {
        const auto name = entries->path().filename().string();
        if (!name.starts_with('.') || !name.ends_with(suffix)) continue;
        const auto finished = std::string_view{name}.substr(1, name.size() - 1 - suffix.size());
        if (time_in(finished) || time_aside(finished)) left.push_back(entries->path());
    }
    for (const auto& path : left) std::filesystem::remove_all(path);
}

std::filesystem::path unfinished(const std::filesystem::path& place) {
    return place.parent_path() / ("." + place.filename().string() + std::string{suffix});
}

}  // namespace etakahvila::backup
