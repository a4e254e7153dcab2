#pragma once

// The site's own words for the pages that anyone may read: files in a folder, by name and language.

#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace etakahvila::pages {

/// selko is plain Finnish.
inline constexpr std::array<std::string_view, 4> languages{"fi", "sv", "en", "selko"};

/// Places on the pages; and the pages themselves, each of which may be the site's own altogether.
inline constexpr std::array<std::string_view, 3> page_names{"instructions", "accessibility", "privacy"};
inline constexpr std::array<std::string_view, 6> place_names{
    "controller", "data_protection_officer", "legal_basis", "feedback", "supervisory_body", "accessibility_dates"};

class SiteWords {
public:
    SiteWords() = default;

    /// NAME.LANGUAGE.md or .txt, such as controller.fi.md; other files are passed over. Throws std::runtime_error with
    /// a sentence for the operator: there is no such folder, a file cannot be read or is too long, or its name means
    /// nothing.
    static SiteWords read(const std::filesystem::path& folder);

    /// Safe HTML; nothing where the site has no words. A place that is written in Finnish alone is so in every
    /// language, marked as Finnish; a page is not.
    std::optional<std::string> find(std::string_view name, std::string_view language) const;

private:
    std::map<std::pair<std::string, std::string>, std::string> words_;
};

}  // namespace etakahvila::pages
