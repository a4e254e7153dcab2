#pragma once

// The number to call back, out of what somebody typed, or pasted from their contacts.

#include <optional>
#include <string>
#include <string_view>

namespace etakahvila::domain {

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

}  // namespace etakahvila::domain
