#include "house/health_look.hpp"

#include <sys/statvfs.h>

#include "backup/shelf.hpp"
#include "keeping/keeper.hpp"
#include "people/staff.hpp"

namespace etakahvila::house {
namespace {

using protocol::Trouble;

std::int64_t size_of(std::filesystem::path file, const char* suffix) {
    std::error_code error;
    file += suffix;
    const auto size = std::filesystem::file_size(file, error);
    return error ? 0 : static_cast<std::int64_t>(size);
}

base::UtcTime before(base::UtcTime time, base::Milliseconds span) { return {time.ms - span.count()}; }
base::UtcTime after(base::UtcTime time, base::Milliseconds span) { return {time.ms + span.count()}; }

}  // namespace

std::optional<std::int64_t> HealthLook::free_bytes_of(const std::filesystem::path& file) {
    struct statvfs disk{};
    if (::statvfs(file.c_str(), &disk) != 0) return std::nullopt;
    return static_cast<std::int64_t>(disk.f_bavail) * static_cast<std::int64_t>(disk.f_frsize);
}

void HealthLook::look(const records::Database& reader) {
    const auto now = parts_.clock.utc();
    const Measured found{.free_bytes = parts_.free_bytes(parts_.data_file),
        .used_bytes = {.database = size_of(parts_.data_file, ""),
            .log = size_of(parts_.data_file, "-wal"),
            .reserve = size_of(parts_.data_file, ".reserve"),
            .marks = size_of(parts_.data_file, ".marks")},
        .mail = people::mail_standing(reader, now),
        .last_backup = parts_.last_backup(reader)};
    {
        const std::lock_guard lock{mutex_};
        measured_ = found;
    }
    parts_.health.note(Trouble::disk_low, found.free_bytes && *found.free_bytes < disk_low_bytes);
    parts_.health.note(Trouble::mail_stuck, found.mail.stuck > 0);
    const auto ends = parts_.certificate_ends();
    parts_.health.note(Trouble::certificate_ends, ends && *ends < after(now, certificate_ends_within), ends);
    look_at_backup(reader, found);
    look_at_clock(reader);
    // Damage lasts until the server starts anew.
    runtime::count_rooms(parts_.directory, [&health = parts_.health](const runtime::RoomFigures& rooms) {
        if (rooms.damaged > 0) health.note(Trouble::room_damaged, true);
    });
}

/// A site on which nobody has been for longer than a backup may be old has nothing to lose yet.
void HealthLook::look_at_backup(const records::Database& reader, const Measured& measured) {
    const auto counts_from = measured.last_backup ? measured.last_backup : people::first_account_made_at(reader);
    const auto now = parts_.clock.utc();
    const bool is_old = counts_from &&
                        (*counts_from < before(now, backup_old_after) || backup::is_dated_ahead(*counts_from, now));
    parts_.health.note(Trouble::backup_old, is_old, measured.last_backup);
}

/// While the clock is not believed nothing is erased, until somebody says that it is right.
void HealthLook::look_at_clock(const records::Database& reader) {
    const auto monotonic = parts_.clock.monotonic();
    const auto apart = base::Milliseconds{parts_.clock.utc().ms} - monotonic;
    const auto before = std::exchange(clocks_apart_, apart);
    if (before && std::chrono::abs(apart - *before) >= clock_jump_least) jumped_at_ = monotonic;
    const bool has_jumped = jumped_at_ && monotonic - *jumped_at_ < clock_jump_told;
    parts_.health.note(Trouble::clock_jumped, has_jumped || keeping::standing_of(reader).is_time_doubted);
}

std::optional<Measured> HealthLook::measured() const {
    const std::lock_guard lock{mutex_};
    return measured_;
}

}  // namespace etakahvila::house
