#pragma once

// CSV as people make it: RFC 4180 and what spreadsheets of several ages and languages really write.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "people/fault.hpp"

namespace etakahvila::people {

enum class Encoding : std::uint8_t { utf8, utf8_with_bom, utf16_le, utf16_be, windows_1252 };
constexpr std::array<std::string_view, 5> names_of(Encoding) { return {"utf8", "utf8_with_bom", "utf16_le", "utf16_be", "windows_1252"}; }

struct DecodedText {
    Encoding encoding{};
    /// UTF-8 without a BOM.
    std::string text;
};

/// By the BOM; without one UTF-8 if it is valid, and Windows-1252 if it is not. What is none of
/// these is not_text; a workbook saved as such (XLSX, XLS) is spreadsheet.
std::variant<DecodedText, FaultReason> decode_text(std::string_view bytes);

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

}  // namespace etakahvila::people
