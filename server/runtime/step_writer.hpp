#pragma once

// Write it down, then say it. What is decided gathers, and is written by one commit at a time: while one is under way
// the next one gathers, so that under load the batches grow, not the number of commits. What is to be said waits at the
// gate until all that it tells of is on stable storage, and is never said where that could not be saved.

#include <deque>
#include <functional>
#include <vector>

#include "domain/room/room.hpp"
#include "journal/journal.hpp"
#include "runtime/room_loop.hpp"

namespace etakahvila::runtime {

/// Turns of the loop that a batch may gather for; a room that always has something more still speaks.
inline constexpr int turns_gathered_max = 64;
/// So many turns without anything more are calm: to read on in what a client has sent takes two.
inline constexpr int turns_calm = 4;

/// Keeps the day as it is now, for the reports. Called on the room's thread, each time the day was
/// proposed, sealed or corrected: after what did it was handed to the journal, so that what is
/// kept in the same store cannot be there without it.
using DayKeeper = std::function<void(const domain::Room&)>;

/// On the room's thread.
class StepWriter {
public:
    /// The room whose steps these are, and what the writer asks of its host.
    struct Parts {
        protocol::SessionId session;
        RoomLoop& loop;
        journal::Journal& journal;
        const domain::Room& room;
        DayKeeper keep_day;
        /// Holds here all that there is to tell of the room as it is.
        base::Task tell;
        /// A commit has failed. Nothing is written, and nothing let go, until the room has gone back.
        base::Task refused;
    };

    /// What the room holds is durable.
    explicit StepWriter(Parts parts);

    // ---- what is decided

    /// A step that has been applied.
    void add(domain::Step step, journal::Need need, bool makes_report);
    /// Steps that are not yet handed to the journal.
    std::size_t unwritten() const { return unwritten_.steps.size(); }
    /// Something is to be told or written: when the loop brings nothing more for a few turns, and no commit is under
    /// way. What comes in together goes out together.
    void flush_soon();
    /// Now, but for a commit that is under way.
    void flush();
    /// The day as it is, if there is one: it may not have been kept when its step was written.
    void keep_day() const;

    // ---- the gate

    /// Leaves when all that has been decided by now is durable; at once when it is. In the order held. `undo` is done
    /// in its place when that could not be saved.
    void hold(base::Task release, base::Task undo = {});
    /// The last step that the journal has acknowledged.
    domain::Seq durable() const { return durable_; }

    /// Whether nothing is unwritten, under way, held or due.
    bool is_idle() const;

    // ---- when a commit has failed

    /// What was not written and what is held will never be said. What is to be done in its place.
    std::vector<base::Task> drop();
    /// The room is as it is on stable storage: what was held meanwhile waited for steps that never were, and goes.
    void go_back();

private:
    struct Unwritten {
        std::vector<domain::Step> steps;
        journal::Need need = journal::Need::vital;
        bool makes_report{};
    };
    struct Held {
        domain::Seq seq;
        base::Task release;
        base::Task undo;
    };
    enum class State : std::uint8_t { ready, writing, refused };

    void flush_when_calm(int turns_left, int calm_turns = 0);
    void written(domain::Seq through, bool is_durable);
    void let_go();

    const Parts parts_;
    Unwritten unwritten_;
    bool is_flush_due_ = false;
    State state_ = State::ready;
    std::deque<Held> held_;
    domain::Seq durable_;
};

}  // namespace etakahvila::runtime
