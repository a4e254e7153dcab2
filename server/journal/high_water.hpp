#pragma once

// How far each room's journal has been acknowledged, written beside the database after each
// commit and before anyone hears of it. The digests of the records tell that none was changed or
// taken out from among them; this tells that none is missing at the end, where SQLite takes a
// damaged page of its write-ahead log for the end of it.
//
// A mark is of one of the room's chains: a room that was compacted begins with step 1 again. One of an earlier chain is
// of steps that are gone, and says nothing any more; one of a later chain says that the database has lost that chain.
//
// Not synced: it survives the end of the process; after a power cut it may be behind, and is
// then believed as far as it goes. It is never ahead of what is on the disk, unless that is damaged.

#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "domain/room/context.hpp"
#include "journal/vfs_file.hpp"

namespace etakahvila::journal {

class HighWater {
public:
    HighWater(sqlite3_vfs& vfs, const std::string& file);

    struct Mark {
        /// How often the room had been compacted.
        std::int64_t chain{};
        domain::Seq seq{};

        /// Whether a room of so many steps in that chain lacks what was acknowledged.
        bool is_ahead_of(std::int64_t chain_kept, domain::Seq kept) const {
            return chain > chain_kept || (chain == chain_kept && seq > kept);
        }
    };

    /// The room's last acknowledged step, as far as is known; 0 when nothing is. From any thread.
    Mark of(protocol::SessionId session) const;
    /// Of every room. From any thread.
    std::map<protocol::SessionId, Mark> all() const;

    /// From the journal's thread, in the chain in which the room is. A mark that cannot be written is left as it was.
    void put(protocol::SessionId session, domain::Seq seq);
    /// The room has begun a chain, and its first step is acknowledged.
    void begin_chain(protocol::SessionId session, std::int64_t chain);

    /// How many marks could not be read.
    std::size_t damaged() const { return damaged_; }

private:
    struct Entry {
        Mark mark;
        std::int64_t slot{};
    };
    void write(protocol::SessionId session, const std::function<void(Mark&)>& change);

    VfsFile file_;
    mutable std::mutex mutex_;
    std::map<protocol::SessionId, Entry> entries_;
    std::int64_t slots_ = 0;
    std::size_t damaged_ = 0;
};

}  // namespace etakahvila::journal
