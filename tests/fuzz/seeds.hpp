#pragma once

// What a fuzz target begins with: bytes that mean something to it.

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace etakahvila::fuzz {

/// The seeds in these files, and in the files of these folders. A .json file is a list of
/// examples, each a seed: its "text" (a text, or a frame that stands there as such), followed by
/// its "hex", followed by "bytes" many bytes of the dice "dice". Of a .jsonl file each line is
/// one, of any other the whole. Throws std::runtime_error when there are none.
std::vector<std::string> read_seeds(std::span<const std::filesystem::path> paths);

/// Two figures for each byte.
std::string bytes_of(std::string_view hex);

}  // namespace etakahvila::fuzz
