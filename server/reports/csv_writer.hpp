#pragma once

// CSV that a spreadsheet opens by a double click, and that stays text.

#include <cstdint>
#include <string>
#include <string_view>

#include "people/csv.hpp"

namespace etakahvila::reports {

using people::neutralised;

/// RFC 4180 with `;`, CRLF and a BOM of UTF-8.
class CsvWriter {
public:
    CsvWriter() : text_{"\xef\xbb\xbf"} {}

    /// A cell of words, neutralised.
    CsvWriter& text(std::string_view cell);
    CsvWriter& number(std::int64_t cell);
    /// A cell that is known to be no formula.
    CsvWriter& as_it_is(std::string_view cell);
    void end_row();
    std::string take() && { return std::move(text_); }

private:
    void add(std::string_view cell);

    std::string text_;
    bool begins_row_ = true;
};

}  // namespace etakahvila::reports
