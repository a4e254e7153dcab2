#pragma once

// The number to call back, out of what somebody typed, or pasted from their contacts.

#include <optional>
#include <string>
#include <string_view>

namespace etakahvila::text {

inline constexpr std::size_t call_back_digits_min = 3;
/// E.164 has 15 at most; a prefix of a country is dialled by two more.
inline constexpr std::size_t call_back_digits_max = 17;

struct CallBack {
    /// Digits, with + ( ) - and spaces as they were between them. Not there when none can be read.
    std::optional<std::string> number;
    /// What else was written, or all of it; nothing when that says only that it is a number.
    std::string words;
};

/// Refuses nothing. Of several numbers the first is taken; the others stay in the words.
CallBack read_call_back(std::string_view typed);

/// So many digits in a row are a number of somebody's, whatever signs stand between them. Dates and times
/// of day are not.
inline constexpr std::size_t number_digits_min = 6;

/// Whether words tell a number that somebody could be called at, or known by.
bool tells_number(std::string_view words);

/// The words for those who may not see such a number: "…" stands in its place.
std::string without_numbers(std::string_view words);

}  // namespace etakahvila::text
