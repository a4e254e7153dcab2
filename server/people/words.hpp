#pragma once

// Words as people type and paste them, made comparable.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace etakahvila::people {

/// As text::clean_one_line: mended, in NFC and on one line; empty when nothing stays. Nothing when it
/// deceives, or holds what stands for bytes that could not be read.
std::optional<std::string> tidy(std::string_view text);

/// Two names with the same key are the same name: compatibility forms and case are folded.
std::string name_key(std::string_view tidy_text);

/// Whether two names have the same key.
bool is_one_name(std::string_view one, std::string_view other);

/// Stands for a name where the name itself must not be, as in an address that a proxy may log: the
/// same for two names with the same key; 16 digits and letters.
std::string name_mark(std::string_view tidy_text);

/// For headings and words of a list: as name_key, letters and digits only ("Puh." is "puh").
std::string word_key(std::string_view text);

/// A password as it is compared: in NFC, with a space for every kind of space (RFC 8265 §4.2), since
/// keyboards differ in how they make an ä and a space. Nothing else is changed.
std::string password_form(std::string_view typed);

std::size_t code_points(std::string_view text);

}  // namespace etakahvila::people
