#pragma once

// Work as the room notes it, and as the records have it.

#include "domain/room/room.hpp"
#include "journal/records.hpp"
#include "people/work.hpp"

namespace etakahvila::house {

/// How work stands after a step, as rows: written in the step's own commit. Nothing for most steps.
journal::Records::Write work_rows(protocol::SessionId session, const domain::Step& step);

/// What a room that is opened is to make up for.
domain::KnowWork work_of(const records::Database& reader, protocol::SessionId session);

}  // namespace etakahvila::house
