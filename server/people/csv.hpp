#pragma once

// CSV as people make it: RFC 4180 and what spreadsheets of several ages and languages really write.

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "people/fault.hpp"

namespace etakahvila::people {

enum class Encoding : std::uint8_t { utf8, utf8_with_bom, utf16_le, utf16_be, windows_1252, mac_roman, cp850 };
constexpr std::array<std::string_view, 7> names_of(Encoding) {
    return {"utf8", "utf8_with_bom", "utf16_le", "utf16_be", "windows_1252", "mac_roman", "cp850"};
}

struct DecodedText {
    Encoding encoding{};
    /// UTF-8 without a BOM.
    std::string text;
};

/// How many headings a text has that are known: what tells encodings apart before letters do.
using CountHeadings = std::function<std::size_t(std::string_view utf8)>;

/// By the BOM; without one UTF-8 if it is valid (twice, when it was made of UTF-8 by mistake), and if
/// it is not Windows-1252, MacRoman or CP850: the one with most headings that are known, then with
/// fewest signs where no word has them, then with most letters of Finnish. What makes sense in none of
/// them is encoding_unclear; what is no text is not_text; a workbook saved as such (XLSX, XLS) is spreadsheet.
std::variant<DecodedText, FaultReason> decode_text(std::string_view bytes, const CountHeadings& known_headings = {});

struct CsvRow {
    /// The line of the file, from 1, on which the row begins.
    std::int64_t line{};
    std::vector<std::string> cells;
    bool operator==(const CsvRow&) const = default;
};

struct CsvTable {
    char separator = ';';
    /// Rows in which anything stands; blank ones count as lines only.
    std::vector<CsvRow> rows;
    /// The line of a quote that is never closed.
    std::optional<std::int64_t> unclosed_quote_line;
    /// Quotes in the middle of cells, and cells that go on after their closing quote.
    std::size_t stray_quotes = 0;
};

/// Cells exactly as written, quotes undone. Lines end in LF, CRLF or CR. A quote inside a cell
/// that does not begin with one is a plain character. The separator (`;`, `,` or tab) is the one
/// that leaves the fewest quotes astray, then splits most of the first rows alike; or that a first
/// line "sep=;" names.
CsvTable read_csv(std::string_view utf8);

/// A cell that a spreadsheet would take for a formula (it begins with = + - @, a tab or a line
/// break) gets an apostrophe in front.
std::string neutralised(std::string_view text);

/// A cell as it stands in a file: in quotes, when any of `marks`, a quote or a line break is in it.
std::string csv_cell(std::string_view cell, std::string_view marks);

}  // namespace etakahvila::people
