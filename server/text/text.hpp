#pragma once

// What a text may contain: words are mended, and only what deceives is refused.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/common.hpp"

namespace etakahvila::text {

struct CleanText {
    std::string value;
    /// Set when the text is refused; value is then empty.
    std::optional<protocol::RefusalWord> fault;
};

/// The text as it may be kept: trimmed, in NFC, and mended.
/// - Left out is what a program or a keyboard brings along and nobody sees: soft hyphens, zero-width
///   spaces, marks of direction, controls, private use, accents above the fourth on one letter.
/// - A line break of any kind is one. Joiners stay where they are orthography or part of a picture.
///   Characters that are newer than the server pass.
/// - Refused are text_empty, text_too_long (more than code_points_max) and text_not_allowed. The last is
///   for what deceives: an override of direction that turns letters about, and tags that are no flag.
CleanText clean_text(std::string_view text, std::size_t code_points_max);

/// As clean_text, and on one line: spaces and line breaks of every kind become single spaces.
CleanText clean_one_line(std::string_view text, std::size_t code_points_max);

/// For words that may be left out. They never stop what they come with: what deceives is left out, and what
/// is too long is cut. Else as clean_text. Empty when nothing stays.
std::string clean_or_cut(std::string_view text, std::size_t code_points_max);

/// As clean_one_line, with at most 40 code points. The words of a refusal are those of a name. Words are
/// compared by how they look (UTS #39). Accents are passed over; digits and signs are read as the letters
/// that they stand for ("M0der4attori").
/// A name is name_like_staff when one of its words is the word for a staff role or an office, or when it
/// holds the full name of one of `reserved`. A first name alone is nobody's own, unless it is marked as
/// trusted ("Minna ✓", "Minna ⭐").
CleanText clean_name(std::string_view name, const std::vector<std::string>& reserved);

/// Whether two names look the same to an eye that is not careful (UTS #39), spaces and points apart.
bool look_alike(std::string_view one, std::string_view other);

std::size_t code_points(std::string_view text);

/// The first code points of a text, at most so many.
std::string first_code_points(std::string_view text, std::size_t code_points_max);

/// With digits of any script as 0-9, dashes and minus signs as "-", and full-width forms as usual ones.
std::string plain_digits(std::string_view text);

/// Folded for comparison: NFKC, case folded.
std::string fold(std::string_view text);

}  // namespace etakahvila::text
