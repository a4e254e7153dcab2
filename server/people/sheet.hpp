#pragma once

// A file of rows under headings: which column was taken for what, and what the rows say.

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "people/csv.hpp"

namespace etakahvila::people {

inline constexpr std::size_t file_bytes_max = std::size_t{1024} * 1024;
inline constexpr std::size_t file_rows_max = 5000;
/// Of a file with more headings than this nothing is read: cells_too_many.
inline constexpr std::size_t file_columns_max = 200;

/// A column of a file as the coordinator sees it: the heading as written (empty where a file has none), what it was
/// taken for (nothing: passed over), and the first thing that stands under it.
template <class Field>
struct Column {
    std::string heading;
    std::optional<Field> field;
    std::string example;
};

/// Words of a heading, as word_key makes them, for field number `field`.
struct KnownHeadings {
    std::size_t field{};
    std::span<const std::string_view> words;
};

/// How a kind of file may come without headings: the fields of its columns, and whether rows are such ones. Rows are as
/// written.
struct FixedOrder {
    std::span<const std::size_t> fields;
    std::function<bool(std::span<const CsvRow> rows)> fits;
};

struct Sheet {
    std::optional<Encoding> encoding;
    char separator = ';';
    std::vector<Column<std::size_t>> columns;
    /// Rows under the headings in which anything stands.
    std::int64_t rows_read{};
    /// Those of them without a fault, each cell tidied: as `tidy` does, without the apostrophe that
    /// guards a spreadsheet from a formula.
    std::vector<CsvRow> rows;
    /// Of the whole file, of its headings, and of rows whose cells cannot be read.
    std::vector<RowFault> faults;
    std::int64_t heading_line = 1;

    /// The cell of `row` under the field's heading; empty when there is none.
    std::string_view cell(const CsvRow& row, std::size_t field) const;
    bool has(std::size_t field) const;
};

/// The columns, told in the fields of one kind of file.
template <class Field>
std::vector<Column<Field>> columns_of(const Sheet& sheet) {
    std::vector<Column<Field>> columns;
    for (const auto& column : sheet.columns) {
        columns.push_back({.heading = column.heading,
            .field = column.field ? std::optional{static_cast<Field>(*column.field)} : std::nullopt,
            .example = column.example});
    }
    return columns;
}

/// Puts the faults in order of lines, and drops the rows of those lines.
template <class Row>
void keep_good_rows(std::vector<Row>& rows, std::vector<RowFault>& faults) {
    const auto before = [](const auto& one, const auto& other) { return one.line < other.line; };
    std::stable_sort(faults.begin(), faults.end(), before);
    std::erase_if(rows, [&](const Row& row) {
        return std::binary_search(
            faults.begin(), faults.end(), RowFault{.line = row.line, .reason = {}, .value = {}}, before);
    });
}

/// The headings are the row, among the first ten, of which most words are known. One that nearly is a
/// heading which the file lacks is a fault (heading_unclear); others are passed over, and shown. With semicolons,
/// without any word that is known in those ten rows, and with rows that fit, the columns are those of the fixed order.
Sheet read_sheet(std::string_view bytes, std::span<const KnownHeadings> known, const FixedOrder* fixed_order = nullptr);

}  // namespace etakahvila::people
