#pragma once

// The id of a command that cannot be read otherwise: its sender is told that it is invalid, and
// keeps the line. Whoever cannot be answered by an id is closed with 4400.

#include <optional>
#include <string>
#include <string_view>

namespace etakahvila::runtime {

/// Of an object whose "type" is "command" and whose "id" is a good one, each there once; whatever else
/// stands in it. Half of a surrogate pair counts as a character here: a text may hold one.
std::optional<std::string> command_id_of(std::string_view frame);

}  // namespace etakahvila::runtime
