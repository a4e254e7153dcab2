#pragma once

// How far each room's journal has been acknowledged, written beside the database after each
// commit and before anyone hears of it. The digests of the records tell that none was changed or
// taken out from among them; this tells that none is missing at the end, where SQLite takes a
// damaged page of its write-ahead log for the end of it.
//
// Not synced: it survives the end of the process; after a power cut it may be behind, and is
// then believed as far as it goes. It is never ahead of what is on the disk, unless that is damaged.

#include <map>
#include <mutex>
#include <string>

#include "domain/room/context.hpp"
#include "journal/vfs_file.hpp"

namespace etakahvila::journal {

class HighWater {
public:
    HighWater(sqlite3_vfs& vfs, const std::string& file);

    /// The room's last acknowledged step, as far as is known; 0 when nothing is. From any thread.
    domain::Seq of(protocol::SessionId session) const;

    /// From the journal's thread. A mark that cannot be written is left as it was.
    void put(protocol::SessionId session, domain::Seq seq);

    /// How many marks could not be read.
    std::size_t damaged() const { return damaged_; }

private:
    struct Entry {
        domain::Seq seq{};
        std::int64_t slot{};
    };
    VfsFile file_;
    mutable std::mutex mutex_;
    std::map<protocol::SessionId, Entry> entries_;
    std::int64_t slots_ = 0;
    std::size_t damaged_ = 0;
};

}  // namespace etakahvila::journal
