#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace etakahvila::testing {

/// The whole text of a file under tests/ ("data/events-1.jsonl"). Throws when there is none.
std::string test_file(std::string_view path);

/// The whole text of a file under protocol/ ("examples/floor.json").
std::string protocol_file(std::string_view path);

/// The text cut at its line breaks, without them.
std::vector<std::string> lines_of(std::string_view text);

}  // namespace etakahvila::testing
