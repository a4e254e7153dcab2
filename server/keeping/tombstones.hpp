#pragma once

// Tombstones: what was erased, by ids alone, in a file beside the database and in no backup. A backup that is restored
// has again what was erased since; by this file the same is erased once more, before anybody is let in (apply.hpp).
//
// A line is written, and is on the disk, before the erasure commits; what the power cut left of a line is passed over.
// A line of an erasure that was refused is taken back. Lines have numbers that rise. The database knows up to which it
// has been brought, in the erasure's own commit: so what was told anew after an erasure is never taken by the old
// tombstone.

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "protocol/api/keeping.hpp"
#include "records/database.hpp"

namespace etakahvila::keeping {

using base::UtcTime;

struct Tombstone {
    std::int64_t number{};
    UtcTime at;
    /// None: a person, on request.
    std::optional<protocol::KeepingRule> rule;
    std::int64_t id{};
    std::int64_t other{};
    /// In which its number was given (lives.hpp).
    std::int64_t life{};
    bool operator==(const Tombstone&) const = default;
};

/// "etakahvila.sqlite" has "etakahvila.sqlite.tombstones" beside it.
std::filesystem::path tombstones_beside(const std::filesystem::path& database);

/// What the file of this database begins with; nothing while nothing was ever erased from it.
std::optional<std::string> tombstone_heading(const records::Database& database);

/// For one thread at a time. The file is its user's alone. Errors are std::runtime_error with a sentence for the
/// operator.
class TombstoneFile {
public:
    explicit TombstoneFile(std::filesystem::path file) : file_{std::move(file)} {}

    /// Which data it is of; nothing while there is no file.
    std::optional<std::int64_t> identity() const;
    /// In the order in which they were written, without those that were taken back. A line of a newer program is an
    /// error.
    std::vector<Tombstone> all() const;
    /// Of any line.
    std::int64_t last_number() const;

    /// Appends them, and makes the file when there is none. On stable storage when it returns. Within a write too: it
    /// does not read again what this object has read or written.
    void append(std::int64_t identity, std::span<const Tombstone> tombstones);

    /// The last that were appended are taken back, by a line of its own: their erasure was refused. Later nobody would
    /// ask again whether it may be. Of none, it does nothing.
    void take_back(std::int64_t identity, std::span<const Tombstone> tombstones);

private:
    struct End {
        std::optional<std::int64_t> identity;
        /// Up to the end of the last whole line.
        std::size_t whole_bytes{};
    };
    struct Read {
        End end;
        std::vector<Tombstone> tombstones;
        /// Of any line.
        std::int64_t last_number{};
    };
    Read read() const;
    /// The lines, after whatever the power cut left of one.
    void append_lines(std::int64_t identity, std::string_view lines);
    /// By what is known of it, where nobody else has written to it since.
    End end_of_file() const;

    std::filesystem::path file_;
    mutable std::optional<End> end_;
};

}  // namespace etakahvila::keeping
