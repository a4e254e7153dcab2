#pragma once

#include "domain/room/room.hpp"
#include "reports/day_record.hpp"

namespace etakahvila::reports {

/// The day of a room as its reports keep it. Times of the room are put on the wall by its last
/// step's stamp. The same room makes the same record.
reports::DayRecord record_of(const domain::Room& room);

}  // namespace etakahvila::reports
