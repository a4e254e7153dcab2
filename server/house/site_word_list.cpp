#include "house/site_word_list.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace etakahvila::house {

SiteWordList read_site_word_list(const std::filesystem::path& file) {
    std::ifstream stream{file, std::ios::binary};
    if (!stream)
        throw std::runtime_error{
            "The word list cannot be read: " + file.string() + ". Name another with --word-list, or none."};
    std::vector<std::string> lines;
    std::size_t bytes = 0;
    for (std::string line; std::getline(stream, line);) {
        bytes += line.size() + 1;
        if (line.ends_with('\r')) line.pop_back();
        if (lines.empty() && line.starts_with("\xef\xbb\xbf")) line.erase(0, 3);
        lines.push_back(std::move(line));
        if (lines.size() > site_word_entries_max || bytes > site_word_list_bytes_max) {
            throw std::runtime_error{"The word list is too long: " + file.string() + ". It may have " +
                                     std::to_string(site_word_entries_max) + " lines, and " +
                                     std::to_string(site_word_list_bytes_max / 1024) + " KiB."};
        }
    }
    auto parsed = domain::parse_word_list(lines);
    SiteWordList words{.lines = {}, .bad_entries = std::move(parsed.bad_entries)};
    for (std::size_t index = 0; index < lines.size(); ++index) {
        const bool is_bad = std::any_of(
            words.bad_entries.begin(), words.bad_entries.end(), [&](const auto& bad) { return bad.line == index + 1; });
        const auto first = lines[index].find_first_not_of(" \t");
        if (!is_bad && first != std::string::npos && lines[index][first] != '#') words.lines.push_back(lines[index]);
    }
    return words;
}

std::string to_text(const domain::BadEntry& line) {
    return "line " + std::to_string(line.line) + " " + std::string{line.why};
}

}  // namespace etakahvila::house
