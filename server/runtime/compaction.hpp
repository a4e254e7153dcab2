#pragma once

// A room's steps give way to one (domain/keeping): what a nightly job asks for, a month after the day. The room is read
// from the journal, and written there; nobody holds it meanwhile.

#include <array>
#include <string_view>

#include "journal/journal.hpp"

namespace etakahvila::runtime {

/// `was_done`: it is compacted, and nothing has come after. `not_sealed`: the day is not decided on, or an answer to
/// somebody's work is about to leave. `damaged`: what is kept of the room is not whole, and stays as it is.
/// `not_saved`: the disk is full, or the room was written to meanwhile; nothing has changed, and it may be tried again.
enum class Compaction : std::uint8_t { done, was_done, not_sealed, damaged, not_saved };
constexpr std::array<std::string_view, 5> names_of(Compaction) {
    return {"done", "was_done", "not_sealed", "damaged", "not_saved"};
}

/// Of a room that nobody holds: in a server, RoomDirectory::compact asks for it. Blocks, and so is not for the
/// journal's thread. Throws std::runtime_error when the store cannot be read.
Compaction compact_stored(journal::Journal& journal, protocol::SessionId session);

}  // namespace etakahvila::runtime
