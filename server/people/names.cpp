#include "people/names.hpp"

#include <iterator>
#include <memory>

#include <unicode/coll.h>
#include <unicode/unistr.h>

#include "base/check.hpp"
#include "people/words.hpp"

namespace etakahvila::people {
namespace {

std::vector<std::string> words_in(std::string_view folded) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : folded) {
        const bool parts = c == ' ' || c == ',' || c == ';';
        if (!parts) word += c;
        if (!parts || word.empty()) continue;
        words.push_back(std::move(word));
        word.clear();
    }
    if (!word.empty()) words.push_back(std::move(word));
    return words;
}

std::u32string letters_of(std::string_view text) {
    const auto utf16 = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
    std::u32string letters;
    for (std::int32_t index = 0; index < utf16.length(); index = utf16.moveIndex32(index, 1))
        letters += static_cast<char32_t>(utf16.char32At(index));
    return letters;
}

bool is_shared(const std::string& word) { return word.size() > 2; }

/// Strict and not to be changed by anyone: each thread has one of its own.
const icu::Collator& finnish() {
    thread_local const std::unique_ptr<icu::Collator> collator = [] {
        UErrorCode error = U_ZERO_ERROR;
        std::unique_ptr<icu::Collator> made{icu::Collator::createInstance(icu::Locale{"fi"}, error)};
        ETAKAHVILA_CHECK(U_SUCCESS(error) && made);
        return made;
    }();
    return *collator;
}

}  // namespace

std::string person_key(std::string_view name) {
    auto words = words_in(name_key(name));
    std::sort(words.begin(), words.end());
    std::string key;
    for (const auto& word : words) {
        if (!key.empty()) key += ' ';
        key += word;
    }
    return key;
}

std::string person_mark(std::string_view name) { return name_mark(person_key(name)); }

std::size_t letters_apart(std::string_view one, std::string_view other, std::size_t most) {
    const auto a = letters_of(one);
    const auto b = letters_of(other);
    const auto longer = std::max(a.size(), b.size());
    if (longer - std::min(a.size(), b.size()) > most) return most + 1;
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t at = 0; at <= b.size(); ++at) row[at] = at;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const auto above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return std::min(row.back(), most + 1);
}

Likeness likeness(std::string_view one, std::string_view other) {
    if (one == other) return Likeness::same;
    const auto a = words_in(one);
    const auto b = words_in(other);
    // The words are in order: person_key has sorted them.
    const bool is_longer = a.size() > 1 && std::includes(b.begin(), b.end(), a.begin(), a.end());
    const bool is_shorter = b.size() > 1 && std::includes(a.begin(), a.end(), b.begin(), b.end());
    std::vector<std::string> a_alone;
    std::vector<std::string> b_alone;
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(a_alone));
    std::set_difference(b.begin(), b.end(), a.begin(), a.end(), std::back_inserter(b_alone));
    const bool is_slip = a_alone.size() == 1 && b_alone.size() == 1 &&
                         letters_apart(a_alone.front(), b_alone.front(), 1) == 1;
    if (is_longer || is_shorter || is_slip) return Likeness::near;
    const bool shares = std::any_of(a.begin(), a.end(),
        [&](const auto& word) { return is_shared(word) && std::find(b.begin(), b.end(), word) != b.end(); });
    return shares ? Likeness::shares_a_word : Likeness::other;
}

std::string finnish_order_key(std::string_view name) {
    const auto text = icu::UnicodeString::fromUTF8({name.data(), static_cast<std::int32_t>(name.size())});
    const auto length = finnish().getSortKey(text, nullptr, 0);
    std::string key(static_cast<std::size_t>(length), '\0');
    finnish().getSortKey(text, reinterpret_cast<std::uint8_t*>(key.data()), length);
    return key;
}

}  // namespace etakahvila::people
