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
    std::vector<std::string> text_lines;
    std::size_t bytes = 0;
    for (std::string text_line; std::getline(stream, text_line);) {
        bytes += text_line.size() + 1;
        if (text_line.ends_with('\r')) text_line.pop_back();
        if (text_lines.empty() && text_line.starts_with("\xef\xbb\xbf")) text_line.erase(0, 3);
        text_lines.push_back(std::move(text_line));
        if (text_lines.size() > site_word_entries_max || bytes > site_word_list_bytes_max) {
            throw std::runtime_error{"The word list is too long: " + file.string() + ". It may have " +
                                     std::to_string(site_word_entries_max) + " lines, and " +
                                     std::to_string(site_word_list_bytes_max / 1024) + " KiB."};
        }
    }
    auto parsed = domain::parse_word_list(text_lines);
    SiteWordList list{.entries = {}, .bad_entries = std::move(parsed.bad_entries)};
    for (std::size_t index = 0; index < text_lines.size(); ++index) {
        const bool is_bad = std::any_of(
            list.bad_entries.begin(), list.bad_entries.end(), [&](const auto& bad) { return bad.line == index + 1; });
        const auto first = text_lines[index].find_first_not_of(" \t");
        if (!is_bad && first != std::string::npos && text_lines[index][first] != '#')
            list.entries.push_back(text_lines[index]);
    }
    return list;
}

std::string to_text(const domain::BadEntry& bad) {
    return "line " + std::to_string(bad.line) + " " + std::string{bad.why};
}

}  // namespace etakahvila::house
