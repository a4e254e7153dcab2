#include "pages/site_words.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "pages/markdown.hpp"

namespace etakahvila::pages {
namespace {

constexpr std::uintmax_t file_bytes_max = std::uintmax_t{64} * 1024;

template <class Names>
bool has(const Names& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

template <class Names>
std::string listed(const Names& names) {
    std::string list;
    for (const auto name : names) list += (list.empty() ? "" : ", ") + std::string{name};
    return list;
}

std::string text_of(const std::filesystem::path& path) {
    std::error_code error;
    if (const auto size = std::filesystem::file_size(path, error); error || size > file_bytes_max)
        throw std::runtime_error{"The page " + path.string() + " is longer than 64 KiB, or cannot be read."};
    std::ifstream file{path, std::ios::binary};
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) throw std::runtime_error{"The page " + path.string() + " cannot be read."};
    return std::move(text).str();
}

}  // namespace

SiteWords SiteWords::read(const std::filesystem::path& folder) {
    SiteWords words;
    std::error_code error;
    if (!std::filesystem::is_directory(folder, error))
        throw std::runtime_error{"There is no folder " + folder.string() + ". Make it, or name another with --pages."};
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        const auto& path = entry.path();
        if (path.extension() != ".md" && path.extension() != ".txt") continue;
        const auto stem = path.stem().string();
        const auto dot = std::min(stem.rfind('.'), stem.size());
        const auto name = stem.substr(0, dot);
        const auto language = stem.substr(std::min(dot + 1, stem.size()));
        if (!has(languages, language) || (!has(page_names, name) && !has(place_names, name)))
            throw std::runtime_error{"The folder of pages has " + path.filename().string() +
                                     ", whose name means nothing. Names are " + listed(page_names) + ", " +
                                     listed(place_names) + "; behind a dot the language: " + listed(languages) + "."};
        words.words_[{name, language}] = safe_html(text_of(path));
    }
    return words;
}

std::optional<std::string> SiteWords::find(std::string_view name, std::string_view language) const {
    const auto in = [&](std::string_view which) {
        const auto found = words_.find({std::string{name}, std::string{which}});
        return found == words_.end() ? std::nullopt : std::optional{found->second};
    };
    if (auto own = in(language)) return own;
    if (has(page_names, name)) return std::nullopt;
    auto finnish = in("fi");
    if (!finnish || language == "selko") return finnish;
    return "<div lang=\"fi\">" + *finnish + "</div>";
}

}  // namespace etakahvila::pages
