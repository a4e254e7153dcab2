#pragma once

// Space that is kept for the day on which the disk is full: a file beside the database, with
// nothing in it, that goes when the space is needed and is made again when there is some.

#include <cstdint>
#include <string>

struct sqlite3_vfs;

namespace etakahvila::journal {

/// Holds about 30,000 steps of help and presence, beside a write-ahead log of its full size.
inline constexpr std::int64_t reserve_bytes = std::int64_t{16} * 1024 * 1024;
/// So much more must be free before the reserve is made again, lest it be full in the next moment.
inline constexpr std::int64_t reserve_margin_bytes = std::int64_t{4} * 1024 * 1024;

class Reserve {
public:
    /// A file that is there already, of the full size, is held.
    Reserve(sqlite3_vfs& vfs, std::string file);

    bool is_held() const { return is_held_; }

    /// Takes the space, all of it and at once; false, and nothing taken, when there is none.
    bool make();

    /// Gives the space back to the disk.
    void release();

private:
    sqlite3_vfs& vfs_;
    std::string file_;
    bool is_held_ = false;
};

}  // namespace etakahvila::journal
