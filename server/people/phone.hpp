#pragma once

// Phone numbers as people, phones' contact lists and spreadsheets write them.

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "people/fault.hpp"

namespace etakahvila::people {

/// The number, tidied: dashes and digits of every script are plain, "tel:" and "puh." go, and what a
/// spreadsheet took is put back where only one number can be meant: 401234567 and 401234567.0 are
/// 0401234567, 358401234567 is +358401234567. Otherwise why it is no number:
/// phone_zero_missing: eight digits or more that begin with neither 0 nor a country;
/// phone_unclear: anything else, as two numbers in one cell, words, or a number in 3,58E+11.
std::variant<std::string, FaultReason> tidy_phone(std::string_view text);

/// Digits with what stands between them, and nothing that a spreadsheet or a program would work out.
bool is_phone(std::string_view text);

/// The number with its country, Finland's where none is told: +358 40 123, 0035840123, 358 40 123 where
/// it is long enough, 040 123 and 40 123 are the same.
std::string phone_key(std::string_view phone);

/// For a program that reads it: +358401234501, 0401234501. Nothing when it is no number.
std::optional<std::string> dialled(std::string_view phone);

}  // namespace etakahvila::people
