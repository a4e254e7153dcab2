#pragma once

// What makes a message wait for a moderator by its text (RULES.md). Each rule holds,
// never deletes, and names itself. Pure: no room, no clock.

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace etakahvila::domain {

inline constexpr std::size_t flood_messages = 5;
inline constexpr base::Milliseconds flood_window{10'000};
inline constexpr std::size_t repeated_texts = 3;
inline constexpr base::Milliseconds repeated_window{2 * 60'000};

// ---- the word list

/// An entry of the list that is not used, and why.
struct BadEntry {
    /// Counted from 1.
    std::size_t line{};
    std::string text;
    std::string_view why;
    bool operator==(const BadEntry&) const = default;
};

/// A listed word, ready to be found: folded, with the bodies to which Finnish endings are put.
struct ListedWord {
    struct Body {
        std::u16string letters;
        /// Only plural endings, those in i and j, go with it: "koir" of "koiria".
        bool is_plural{};
    };
    std::u16string folded;
    /// Any word that begins so is meant.
    bool is_stem{};
    std::vector<Body> bodies;
};

struct WordList {
    /// The entries it was made from.
    std::vector<std::string> entries;
    std::vector<ListedWord> words;
    /// The words' numbers by first letter, which no inflection changes.
    std::map<char16_t, std::vector<std::size_t>> by_first_letter;
    std::vector<BadEntry> bad_entries;
};

/// An entry is a word, which is found in its inflected forms too, or a beginning of words with '*'
/// at its end. Empty ones and those that begin with '#' are passed over. One that is not
/// such is named, and the rest is used.
WordList parse_word_list(const std::vector<std::string>& entries);

/// The first word of the text that is on the list, as it stands in the text.
std::optional<std::string> find_listed_word(const WordList& list, std::string_view text);

// ---- links

/// The first piece of the text that looks like a web address, a domain, an e-mail address or a
/// script's address. A sentence that goes on without a space ("Hei.Miten menee") is none.
std::optional<std::string> find_link(std::string_view text);

// ---- floods and repeats

/// One message sent, as the rules remember it.
struct SentText {
    base::RoomTime at;
    std::uint64_t print{};
};

/// The same for texts that differ in case, width or spaces only.
std::uint64_t text_print(std::string_view text);

/// With one more now there would be more than `flood_messages` within `flood_window`.
bool is_flood(const std::deque<SentText>& sent, base::RoomTime now);
/// With one more now the same text would have been sent `repeated_texts` times within `repeated_window`.
bool is_repeated(const std::deque<SentText>& sent, base::RoomTime now, std::uint64_t print);

}  // namespace etakahvila::domain
