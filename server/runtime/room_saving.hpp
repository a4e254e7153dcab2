#pragma once

// Whether what is asked can be saved, and what to do when it could not be. A room is in one of three states:
// - whole: it saves what its journal saves;
// - reading back: a commit has failed. What could not be saved never happened, so the room is read as it is on stable
//   storage. Until then no answer is given out of what the room holds; what is asked waits;
// - damaged: what was read is not what was acknowledged. It is shown as far as it is whole, and saves nothing until
//   the server starts anew.

#include <functional>
#include <optional>
#include <variant>
#include <vector>

#include "base/loop.hpp"
#include "domain/room/room.hpp"
#include "journal/journal.hpp"
#include "protocol/connection.hpp"
#include "runtime/room_loop.hpp"

namespace etakahvila::runtime {

/// How long after a room could not be read back it is tried again. So long does a room wait, too, whose commits are
/// refused again and again by a journal that saves everything else: what is refused every time is soon asked again.
inline constexpr base::Milliseconds read_back_again{1'000};
/// Refusals that are this close are one trouble.
inline constexpr base::Milliseconds refused_again_within{10'000};

/// A room as it was read back.
struct ReadBack {
    domain::Room room;
    /// It is what was acknowledged, and the journal takes what follows.
    bool is_whole{};
};

/// The stored steps up to the last that was acknowledged. After a failed fsync the journal may show more than is on
/// the disk, and that is passed over; a journal that still saves and shows more would take none of what follows.
ReadBack read_back(const journal::StoredRoom& stored, domain::Seq acknowledged, journal::Saves saves);

/// The same of the room as it is on stable storage. It is read and replayed on the journal's thread: other rooms of
/// this worker go on meanwhile. Where the store cannot be read it is tried again. `back` is called on the room's
/// thread.
void read_back_later(RoomLoop& loop, journal::Journal& journal, protocol::SessionId session, domain::Seq acknowledged,
    std::function<void(ReadBack&)> back);

/// On the room's thread.
class RoomSaving {
public:
    struct Whole {
        journal::Saves saves{};
    };
    struct ReadingBack {
        /// In place of what was to be told, once the room is back.
        std::vector<base::Task> undo;
        /// What was asked meanwhile.
        std::vector<base::Task> postponed;
    };
    struct Damaged {};

    RoomSaving(bool is_damaged, journal::Saves saves);

    /// Whether a step that is as needed can be taken now.
    bool saves(journal::Need need) const;
    bool is_reading_back() const { return std::holds_alternative<ReadingBack>(state_); }
    bool is_damaged() const { return std::holds_alternative<Damaged>(state_); }
    bool saves_everything() const { return saves(journal::Need::ordinary); }

    /// A commit has failed, of a room that is whole; `saves`: what the journal saves now. How long to wait before the
    /// room is read back.
    base::Milliseconds begin_reading_back(journal::Saves saves, base::Milliseconds now, std::vector<base::Task> undo);

    /// Waits until the room is back. While it is read back, as `postponed`: how much waits.
    void postpone(base::Task asked);
    std::size_t postponed() const { return std::get<ReadingBack>(state_).postponed.size(); }

    /// The room is read back, and is what `is_whole` says: what is to be done now.
    ReadingBack go_on(bool is_whole, journal::Saves saves);

    /// What the journal saves has changed. False when that is nothing to this room.
    bool follow(journal::Saves saves);

    /// How it is, as somebody of this role is told; why, the staff alone. Not while it is read back.
    protocol::Saving told_to(protocol::Role role) const;

private:
    std::variant<Whole, ReadingBack, Damaged> state_;
    /// When a journal that saves everything else last refused a commit.
    std::optional<base::Milliseconds> refused_at_;
};

}  // namespace etakahvila::runtime
