#pragma once

// What a text may contain (2-rules.md, "Chat"): NFC, no control, bidi or zero-width characters.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/common.hpp"

namespace etakahvila::domain {

struct CleanText {
    std::string value;
    /// Set when the text is refused; value is then empty.
    std::optional<protocol::RefusalWord> fault;
};

/// Trimmed and in NFC, with line breaks kept. Refused: text_empty, text_too_long (more than
/// code_points_max), text_not_allowed (control, bidi and zero-width characters; more than 4
/// combining marks on one letter).
CleanText clean_text(std::string_view text, std::size_t code_points_max);

/// As clean_text, on one line and at most 40 code points; the words of a refusal are those of a
/// name. A name whose skeleton (UTS #39) is that of one of `reserved`, or begins with the word for a
/// staff role, is name_like_staff.
CleanText clean_name(std::string_view name, const std::vector<std::string>& reserved);

/// The first code points of a text, at most so many.
std::string first_code_points(std::string_view text, std::size_t code_points_max);

/// Folded for comparison: NFKC, case folded.
std::string fold(std::string_view text);

}  // namespace etakahvila::domain
