#pragma once

#include "base/time.hpp"
#include "journal/records.hpp"
#include "runtime/room_directory.hpp"

namespace etakahvila::house {

/// Rooms whose doors open by themselves within so long are loaded: one that nobody asks for is not there to open them.
inline constexpr std::chrono::minutes doors_asked_ahead{1};

/// Loads them, also those whose doors should have opened while the server was down, and has them look at the clock.
/// What becomes of it is the room's rule (domain/session).
void open_doors_due(runtime::RoomDirectory& directory, const records::Database& reader, base::UtcTime now);

}  // namespace etakahvila::house
