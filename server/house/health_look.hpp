#pragma once

// Looks for what nobody tells of by itself: a disk that fills, a certificate that ends, a backup that was not made,
// letters that do not go out, a clock that was set. What it finds it notes on the board, and keeps as figures.

#include <filesystem>
#include <mutex>
#include <optional>

#include "house/health.hpp"
#include "people/mail_queue.hpp"
#include "runtime/room_directory.hpp"
#include "runtime/room_figures.hpp"

namespace etakahvila::house {

inline constexpr std::int64_t disk_low_bytes = std::int64_t{2} * 1000 * 1000 * 1000;
inline constexpr std::chrono::days certificate_ends_within{14};
/// A day, and time for one that is late.
inline constexpr std::chrono::hours backup_old_after{26};
/// The wall's clock and the one that only goes on part by so much between two looks: somebody has set it.
inline constexpr std::chrono::seconds clock_jump_least{10};
/// So long the board tells of it.
inline constexpr std::chrono::hours clock_jump_told{1};

/// What was there at the last look.
struct Measured {
    /// Nothing where the disk does not say.
    std::optional<std::int64_t> free_bytes;
    struct Files {
        std::int64_t database{};
        std::int64_t log{};
        std::int64_t reserve{};
        std::int64_t marks{};
    };
    Files used_bytes;
    people::MailStanding mail;
    std::optional<base::UtcTime> last_backup;
};

class HealthLook {
public:
    struct Parts {
        const base::Clock& clock;
        Health& health;
        /// The database; the log, the reserve and the marks lie beside it.
        std::filesystem::path data_file;
        runtime::RoomDirectory& directory;
        std::function<std::optional<base::UtcTime>(const records::Database& reader)> last_backup;
        /// Of the certificate that is served; nothing where a proxy has it.
        std::function<std::optional<base::UtcTime>()> certificate_ends;
        /// What of the data's disk is free for this program. Of the system; else a test's.
        std::function<std::optional<std::int64_t>(const std::filesystem::path& file)> free_bytes = free_bytes_of;
    };

    explicit HealthLook(Parts parts) : parts_{std::move(parts)} {}

    /// On one thread at a time. May wait for the disk.
    void look(const records::Database& reader);

    /// From any thread; nothing before the first look.
    std::optional<Measured> measured() const;

    static std::optional<std::int64_t> free_bytes_of(const std::filesystem::path& file);

private:
    void look_at_clock(const records::Database& reader);
    void look_at_backup(const records::Database& reader, const Measured& measured);

    const Parts parts_;
    /// Wall less monotonic, at the last look; and when they last parted.
    std::optional<base::Milliseconds> clocks_apart_;
    std::optional<base::Milliseconds> jumped_at_;
    mutable std::mutex mutex_;
    std::optional<Measured> measured_;
};

}  // namespace etakahvila::house
