#include "people/sheet.hpp"

#include <algorithm>

#include "people/words.hpp"

namespace etakahvila::people {
namespace {

constexpr std::size_t heading_rows_looked_at = 10;

std::optional<std::size_t> field_of(std::string_view heading, std::span<const HeadingWords> known) {
    const auto key = word_key(heading.substr(0, heading.find('(')));
    for (const auto& [field, words] : known) {
        if (std::find(words.begin(), words.end(), key) != words.end()) return field;
    }
    return std::nullopt;
}

std::size_t known_words(const CsvRow& row, std::span<const HeadingWords> known) {
    return static_cast<std::size_t>(
        std::count_if(row.cells.begin(), row.cells.end(), [&](const auto& cell) { return field_of(cell, known).has_value(); }));
}

/// "'=1+1" and "'+358" were written so by a program that guards against formulas, "'040" and
/// '="040"' by one that keeps the zero.
std::string_view without_guard(std::string_view cell) {
    constexpr std::string_view guarded = "=+-@\t\r0123456789";
    if (cell.size() > 1 && cell.front() == '\'' && guarded.find(cell[1]) != std::string_view::npos) cell.remove_prefix(1);
    if (cell.size() > 3 && cell.starts_with("=\"") && cell.ends_with('"')) cell = cell.substr(2, cell.size() - 3);
    return cell;
}

void tidy_cells(Sheet& sheet) {
    for (auto& row : sheet.rows) {
        for (std::size_t index = 0; index < row.cells.size(); ++index) {
            auto clean = tidy(without_guard(row.cells[index]));
            const bool is_read = index < sheet.columns.size() && sheet.columns[index].field.has_value();
            if (!clean && is_read) {
                sheet.faults.push_back({.line = row.line, .reason = FaultReason::not_allowed, .value = sheet.columns[index].heading});
            }
            row.cells[index] = std::move(clean).value_or("");
            if (index >= sheet.columns.size()) continue;
            auto& example = sheet.columns[index].example;
            if (example.empty()) example = row.cells[index];
        }
        while (row.cells.size() > sheet.columns.size() && row.cells.back().empty()) row.cells.pop_back();
        if (row.cells.size() > sheet.columns.size()) {
            sheet.faults.push_back({.line = row.line, .reason = FaultReason::cells_too_many, .value = {}});
        }
    }
    std::erase_if(sheet.rows, [](const CsvRow& row) {
        return std::all_of(row.cells.begin(), row.cells.end(), [](const auto& cell) { return cell.empty(); });
    });
    sheet.rows_read = static_cast<std::int64_t>(sheet.rows.size());
    keep_good_rows(sheet.rows, sheet.faults);
}

}  // namespace

std::string_view Sheet::cell(const CsvRow& row, std::size_t field) const {
    for (std::size_t index = 0; index < columns.size() && index < row.cells.size(); ++index) {
        if (columns[index].field == field) return row.cells[index];
    }
    return {};
}

bool Sheet::has(std::size_t field) const {
    return std::any_of(columns.begin(), columns.end(), [&](const auto& column) { return column.field == field; });
}

Sheet read_sheet(std::string_view bytes, std::span<const HeadingWords> known) {
    Sheet sheet;
    const auto refuse = [&](std::int64_t line, FaultReason reason) {
        sheet.faults.push_back({.line = line, .reason = reason, .value = {}});
        return sheet;
    };
    if (bytes.size() > file_bytes_max) return refuse(1, FaultReason::file_too_large);
    auto decoded = decode_text(bytes);
    if (const auto* reason = std::get_if<FaultReason>(&decoded)) return refuse(1, *reason);
    const auto& text = std::get<DecodedText>(decoded);
    sheet.encoding = text.encoding;

    auto table = read_csv(text.text);
    sheet.separator = table.separator;
    if (table.unclosed_quote_line) return refuse(*table.unclosed_quote_line, FaultReason::quote_unclosed);
    if (table.rows.empty()) return refuse(1, FaultReason::file_empty);

    const auto looked_at = table.rows.begin() + static_cast<std::ptrdiff_t>(std::min(heading_rows_looked_at, table.rows.size()));
    const auto headings = std::max_element(table.rows.begin(), looked_at, [&](const auto& one, const auto& other) {
        return known_words(one, known) < known_words(other, known);
    });
    sheet.heading_line = headings->line;
    for (const auto& cell : headings->cells) {
        sheet.columns.push_back({.heading = tidy(cell).value_or(""), .field = field_of(cell, known), .example = {}});
    }
    while (!sheet.columns.empty() && sheet.columns.back().heading.empty()) sheet.columns.pop_back();
    for (std::size_t index = 0; index < sheet.columns.size(); ++index) {
        const auto& column = sheet.columns[index];
        const auto end = sheet.columns.begin() + static_cast<std::ptrdiff_t>(index);
        const bool is_taken = column.field && std::any_of(sheet.columns.begin(), end, [&](const auto& other) { return other.field == column.field; });
        if (is_taken) sheet.faults.push_back({.line = headings->line, .reason = FaultReason::heading_twice, .value = column.heading});
    }
    sheet.rows.assign(std::make_move_iterator(headings + 1), std::make_move_iterator(table.rows.end()));
    if (sheet.rows.size() > file_rows_max) {
        const auto line = sheet.rows[file_rows_max].line;
        sheet.rows.clear();
        return refuse(line, FaultReason::rows_too_many);
    }
    tidy_cells(sheet);
    return sheet;
}

}  // namespace etakahvila::people
