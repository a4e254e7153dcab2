#pragma once

#include "domain/room/room.hpp"
#include "journal/records.hpp"

namespace etakahvila::house {

/// How far a worker is with somebody after a step, as a row: written in the step's own commit. Nothing for most steps.
journal::Records::Write contact_rows(protocol::SessionId session, const domain::Step& step);

}  // namespace etakahvila::house
