#pragma once

#include <string_view>

namespace etakahvila::demo {

/// The recorded meeting that the demo plays: tests/data/meetings, built in.
extern const std::string_view recorded_meeting;

}  // namespace etakahvila::demo
