#pragma once

// The site's own word list: a file of one entry a line, as domain/chat/hold_rules.hpp reads them. It
// holds messages in every room of the site, beside the words of a session's own plan.

#include <filesystem>

#include "domain/chat/hold_rules.hpp"

namespace etakahvila::house {

/// More entries, or a larger file, is not a word list.
inline constexpr std::size_t site_word_entries_max = 2'000;
inline constexpr std::size_t site_word_list_bytes_max = std::size_t{256} * 1024;

struct SiteWordList {
    /// The entries that are used.
    std::vector<std::string> entries;
    /// Those that are not, each with its number and why.
    std::vector<domain::BadEntry> bad_entries;
};

/// Throws std::runtime_error with a sentence for the operator when the file cannot be read at all.
SiteWordList read_site_word_list(const std::filesystem::path& file);

/// "line 3 is too short"
std::string to_text(const domain::BadEntry& bad);

}  // namespace etakahvila::house
