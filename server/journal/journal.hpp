#pragma once

// What the room's steps are written into before anyone hears of them.
//
// Promises, for every store (tests/journal holds each of them to these):
// - append(steps) calls done(true) only when the steps are on stable storage, in order, all of
//   them; done(false) when they may not be.
// - Steps that do not follow the last one that is kept are refused by done(false): after a
//   failure nothing can be acknowledged over a hole. The room is then to be loaded anew.
// - A failed fsync is never tried again: after one, nothing is acknowledged until the program
//   starts anew. What it was to bring to the disk is counted as clean by the kernel, and may never
//   get there: neither the file nor what a reader sees of it can be believed any more.
// - A full disk is another matter. The write is refused before anything depends on it: the commit
//   has no commit record, the transaction is rolled back, and what was acknowledged is on the disk
//   as before. So the store goes on: first on a reserve, for what is vital alone, and for
//   everything again by itself when there is space.
// - load(session) gives all acknowledged steps in order without a gap, from 1, and none that was
//   never appended. A record that is damaged or missing is named by its number; what is before it
//   is given.
// - The ballot of a step (room/ballot.hpp) is kept exactly when the step is, beside its record and never in it. load
//   gives those of the poll that is open. A step that ends their poll takes them away in its own commit, and soon
//   nothing of what they said is left in any file of the store: at once as a rule, at the next start at the latest.
// - compact(session, through, step) puts one step, number 1 of a new epoch, in the place of all steps and ballots of
// the
//   room: all of it in one commit, so that the room is the old one or the new one, whenever the power goes. Its event
//   is told how many steps there were, and the digest of the last. Nothing but that step is loaded from then on; of
//   what is gone soon nothing is left in the log, nor in the pages that it has freed. It is refused by done(false), and
//   nothing changes, when `through` is not the last step that is kept, or when the steps are damaged.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "domain/room/event.hpp"

namespace etakahvila::journal {

/// A room as it is on stable storage.
struct StoredRoom {
    /// Made anew with each journal of a room; clients that know another one start over.
    std::string epoch;
    std::vector<domain::Step> steps;
    /// The first step that could not be read back, if any. It and what follows are not in steps.
    std::optional<domain::Seq> damaged_at;
    /// What is kept beside the steps.
    std::vector<domain::Ballot> ballots{};
    /// The step at damaged_at is whole: a newer program wrote it, and this one does not know it.
    bool is_newer = false;
};

/// What a write is for: `vital` ones (help, who is there, the end of the server) are still saved
/// when the disk is full, from the reserve.
enum class Need : std::uint8_t { ordinary, vital };

/// What can be saved at the moment. `nothing_yet`: the disk is full and the reserve is used up; it
/// passes. `nothing`: an fsync or a write failed; it lasts until the program starts anew.
enum class Saves : std::uint8_t { everything, vital_only, nothing_yet, nothing };

class Journal {
public:
    using Done = std::function<void(bool durable)>;
    /// Nothing when the store could not be read.
    using Loaded = std::function<void(std::optional<StoredRoom>)>;

    virtual ~Journal() = default;

    /// Steps of one room that follow what was appended before. From any thread; `done` is called
    /// on the journal's thread.
    virtual void append(
        protocol::SessionId session, std::vector<domain::Step> steps, Done done, Need need = Need::ordinary) = 0;

    /// The room's acknowledged steps; an empty room with an epoch of its own when there are none.
    /// Blocks. From any thread. Throws std::runtime_error when the store cannot be read.
    virtual StoredRoom load(protocol::SessionId session) = 0;

    /// The same without blocking: `loaded` is called on the journal's thread, after what was
    /// appended before. From any thread.
    virtual void load_later(protocol::SessionId session, Loaded loaded) = 0;

    /// Of a room that nobody holds: whoever held it appends no more (a step that follows the old ones is refused). From
    /// any thread; `done` is called on the journal's thread.
    virtual void compact(protocol::SessionId session, domain::Seq through, domain::Step step, Done done) = 0;

    /// From any thread.
    virtual Saves saves() const = 0;

    /// `changed` is called on the journal's thread whenever what can be saved has changed, until
    /// it answers that nobody listens any more. From any thread.
    virtual void watch(std::function<bool()> changed) = 0;
};

}  // namespace etakahvila::journal
