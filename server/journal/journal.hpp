#pragma once

// What the room's steps are written into before anyone hears of them.
//
// Promises, for every store (tests/journal holds each of them to these):
// - append(steps) calls done(true) only when the steps are on stable storage, in order, all of
//   them; done(false) when they may not be.
// - Steps that do not follow the last one that is kept are refused by done(false): after a
//   failure nothing can be acknowledged over a hole. The room is then to be loaded anew.
// - A failed fsync is never tried again: after one, nothing is acknowledged until the program
//   starts anew.
// - load(session) gives all acknowledged steps in order without a gap, from 1, and none that was
//   never appended. A record that is damaged is named by its number; what is before it is given.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "domain/event.hpp"

namespace etakahvila::journal {

/// A room as it is on stable storage.
struct StoredRoom {
    /// Made anew with each journal of a room; clients that know another one start over.
    std::string epoch;
    std::vector<domain::Step> steps;
    /// The first step that could not be read back, if any. It and what follows are not in steps.
    std::optional<domain::Seq> damaged_at;
};

class Journal {
public:
    using Done = std::function<void(bool durable)>;

    virtual ~Journal() = default;

    /// Steps of one room that follow what was appended before. From any thread; `done` is called
    /// on the journal's thread.
    virtual void append(protocol::SessionId session, std::vector<domain::Step> steps, Done done) = 0;

    /// The room's acknowledged steps; an empty room with an epoch of its own when there are none.
    /// Blocks. From any thread. Throws std::runtime_error when the store cannot be read.
    virtual StoredRoom load(protocol::SessionId session) = 0;
};

}  // namespace etakahvila::journal
