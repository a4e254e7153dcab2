#pragma once

// The port to the rooms' words, and to the store that they lie in. Whoever holds the rooms compacts them: a live server
// by its directory, so that people who are in the room are told its new epoch; the command line by the store alone.

#include <vector>

#include "domain/room/event.hpp"

namespace etakahvila::keeping {

class Rooms {
public:
    enum class Outcome : std::uint8_t {
        done,
        /// It had been compacted before.
        was_done,
        /// Only a sealed day is compacted.
        not_sealed,
        /// It cannot be now, and is tried again the next night: it is damaged, or the disk does not save.
        not_now
    };

    virtual ~Rooms() = default;

    /// The room's words go, its marks and figures stay. On stable storage when it is done. Blocks. From any thread but
    /// the journal's and the rooms'.
    virtual Outcome compact(protocol::SessionId session) = 0;

    /// All that has happened in the room; nothing of a room that nobody has been in. Blocks, as compact.
    virtual std::vector<domain::Step> steps_of(protocol::SessionId session) = 0;

    /// The store writes all of its pages anew, so that nothing that was erased is left beside the rows. False where it
    /// cannot be now: all rooms wait for it, so it is not while anybody is in one. Blocks, as compact.
    virtual bool write_pages_anew() = 0;
};

}  // namespace etakahvila::keeping
