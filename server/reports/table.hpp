#pragma once

// A table that any spreadsheet can show, before it is a file.

#include <string>
#include <variant>
#include <vector>

#include "base/time.hpp"

namespace etakahvila::reports {

/// Whole minutes, shown as hours and minutes, over 24 hours too: 26:05.
struct Duration {
    std::int64_t minutes{};
};
/// Helsinki's date, 2026-12-03, and clock, 09:02.
struct DateCell {
    base::UtcTime at;
};
struct ClockCell {
    base::UtcTime at;
};

/// A picture in PNG, as high as the row that it makes; a text file has none.
struct PictureCell {
    std::string png;
};

/// A telephone number, for a program that dials it: no formula, whatever it begins with.
struct PhoneCell {
    std::string number;
};

/// monostate: nothing is known. Which is not zero.
using Cell =
    std::variant<std::monostate, std::string, std::int64_t, Duration, DateCell, ClockCell, PictureCell, PhoneCell>;

struct Table {
    std::string name;
    std::vector<std::string> headings;
    std::vector<std::vector<Cell>> rows;
};

std::string hours_text(Duration duration);

/// `;`, CRLF, UTF-8 with BOM, formulas neutralised.
std::string csv_of(const Table& table);

/// A workbook with a sheet for each table; words are written as words, whatever they begin with.
/// Throws std::runtime_error when it cannot be made.
std::string xlsx_of(const std::vector<Table>& tables);

}  // namespace etakahvila::reports
