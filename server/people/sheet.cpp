#include "people/sheet.hpp"

#include <algorithm>

#include "people/names.hpp"
#include "people/words.hpp"

namespace etakahvila::people {
namespace {

constexpr std::size_t heading_rows_looked_at = 10;
/// What is longer is no heading that anybody wrote.
constexpr std::size_t heading_bytes_max = 200;

/// As a program writes it that knows no Å, Ä and Ö.
std::string without_dots(std::string_view key) {
    std::string plain;
    for (std::size_t at = 0; at < key.size(); ++at) {
        const auto two = key.substr(at, 2);
        const bool is_a = two == "ä" || two == "å";
        if (is_a || two == "ö") {
            plain += is_a ? 'a' : 'o';
            ++at;
        } else {
            plain += key[at];
        }
    }
    return plain;
}

std::optional<std::size_t> field_of(std::string_view heading, std::span<const KnownHeadings> known) {
    if (heading.size() > heading_bytes_max) return std::nullopt;
    const auto key = without_dots(word_key(heading.substr(0, heading.find('('))));
    for (const auto& [field, words] : known) {
        if (std::any_of(words.begin(), words.end(), [&](const auto word) { return without_dots(word) == key; }))
            return field;
    }
    return std::nullopt;
}

/// What is left of a word when a program took the letters that it did not know: "Pts".
std::string ascii_letters(std::string_view key) {
    std::string left;
    for (const char c : key) {
        if (c >= 'a' && c <= 'z') left += c;
    }
    return left;
}

/// The field that a heading means but for a slip of the pen, or for letters that were lost.
std::optional<std::size_t> field_near(std::string_view heading, std::span<const KnownHeadings> known) {
    constexpr std::size_t letters_min = 5;
    constexpr std::size_t long_word = 9;
    if (heading.size() > heading_bytes_max) return std::nullopt;
    const auto key = word_key(heading.substr(0, heading.find('(')));
    const auto letters = ascii_letters(key);
    for (const auto& [field, words] : known) {
        for (const auto word : words) {
            if (word.size() < letters_min || key.size() < letters_min) continue;
            const std::size_t most = word.size() < long_word ? 1 : 2;
            const bool has_lost_letters = letters.size() + 1 >= letters_min && letters.size() < word.size() &&
                                          letters == ascii_letters(word);
            if (has_lost_letters || letters_apart(key, word, most) <= most) return field;
        }
    }
    return std::nullopt;
}

std::size_t known_words(const CsvRow& row, std::span<const KnownHeadings> known) {
    return static_cast<std::size_t>(std::count_if(
        row.cells.begin(), row.cells.end(), [&](const auto& cell) { return field_of(cell, known).has_value(); }));
}

/// "'=1+1" and "'+358" were written so by a program that guards against formulas, "'040" and
/// '="040"' by one that keeps the zero.
std::string_view without_guard(std::string_view cell) {
    constexpr std::string_view guarded = "=+-@\t\r0123456789";
    if (cell.size() > 1 && cell.front() == '\'' && guarded.find(cell[1]) != std::string_view::npos)
        cell.remove_prefix(1);
    if (cell.size() > 3 && cell.starts_with("=\"") && cell.ends_with('"')) cell = cell.substr(2, cell.size() - 3);
    return cell;
}

void tidy_cells(Sheet& sheet) {
    for (auto& row : sheet.rows) {
        for (std::size_t index = 0; index < row.cells.size(); ++index) {
            auto clean = tidy(without_guard(row.cells[index]));
            const bool is_read = index < sheet.columns.size() && sheet.columns[index].field.has_value();
            if (!clean && is_read) {
                sheet.faults.push_back(
                    {.line = row.line, .reason = FaultReason::not_allowed, .value = sheet.columns[index].heading});
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

/// The columns under their headings, and what is wrong with these.
void read_headings(Sheet& sheet, CsvRow& headings, std::span<const KnownHeadings> known) {
    for (const auto& cell : headings.cells) {
        auto heading = tidy(cell);
        const bool is_read = heading.has_value();
        sheet.columns.push_back({.heading = is_read ? *std::move(heading) : word_key(cell),
            .field = is_read ? field_of(cell, known) : std::nullopt,
            .example = {}});
        if (!is_read)
            sheet.faults.push_back(
                {.line = headings.line, .reason = FaultReason::heading_unclear, .value = sheet.columns.back().heading});
    }
    while (!sheet.columns.empty() && sheet.columns.back().heading.empty()) sheet.columns.pop_back();
    for (std::size_t index = 0; index < sheet.columns.size(); ++index) {
        const auto& column = sheet.columns[index];
        const auto end = sheet.columns.begin() + static_cast<std::ptrdiff_t>(index);
        const bool is_taken = column.field && std::any_of(sheet.columns.begin(), end,
                                                  [&](const auto& other) { return other.field == column.field; });
        if (is_taken)
            sheet.faults.push_back(
                {.line = headings.line, .reason = FaultReason::heading_twice, .value = column.heading});
        if (column.field || column.heading.empty()) continue;
        // Passed over in silence it would take what stands under it along.
        const auto meant = field_near(column.heading, known);
        const bool is_told = std::any_of(
            sheet.faults.begin(), sheet.faults.end(), [&](const auto& fault) { return fault.value == column.heading; });
        if (meant && !is_told && !sheet.has(*meant))
            sheet.faults.push_back(
                {.line = headings.line, .reason = FaultReason::heading_unclear, .value = column.heading});
    }
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

Sheet read_sheet(std::string_view bytes, std::span<const KnownHeadings> known, const FixedOrder* fixed_order) {
    Sheet sheet;
    const auto refuse = [&](std::int64_t line, FaultReason reason) {
        sheet.faults.push_back({.line = line, .reason = reason, .value = {}});
        return sheet;
    };
    if (bytes.size() > file_bytes_max) return refuse(1, FaultReason::file_too_large);
    auto decoded = decode_text(bytes, [&](std::string_view utf8) {
        std::size_t most = 0;
        const auto rows = read_csv(utf8).rows;
        for (std::size_t index = 0; index < std::min(heading_rows_looked_at, rows.size()); ++index)
            most = std::max(most, known_words(rows[index], known));
        return most;
    });
    if (const auto* reason = std::get_if<FaultReason>(&decoded)) return refuse(1, *reason);
    const auto& text = std::get<DecodedText>(decoded);
    sheet.encoding = text.encoding;

    auto table = read_csv(text.text);
    sheet.separator = table.separator;
    if (table.unclosed_quote_line) return refuse(*table.unclosed_quote_line, FaultReason::quote_unclosed);
    if (table.rows.empty()) return refuse(1, FaultReason::file_empty);

    const auto looked_at = table.rows.begin() +
                           static_cast<std::ptrdiff_t>(std::min(heading_rows_looked_at, table.rows.size()));
    const auto headings = std::max_element(table.rows.begin(), looked_at,
        [&](const auto& one, const auto& other) { return known_words(one, known) < known_words(other, known); });
    const bool is_headed = !(fixed_order != nullptr && table.separator == ';' && known_words(*headings, known) == 0 &&
                             fixed_order->fits(table.rows));
    sheet.heading_line = headings->line;
    if (is_headed) {
        while (!headings->cells.empty() && tidy(headings->cells.back()).value_or("?").empty())
            headings->cells.pop_back();
        if (headings->cells.size() > file_columns_max) return refuse(headings->line, FaultReason::cells_too_many);
        read_headings(sheet, *headings, known);
    } else {
        for (const auto field : fixed_order->fields)
            sheet.columns.push_back({.heading = {}, .field = field, .example = {}});
    }
    sheet.rows.assign(std::make_move_iterator(is_headed ? headings + 1 : table.rows.begin()),
        std::make_move_iterator(table.rows.end()));
    if (sheet.rows.size() > file_rows_max) {
        const auto line = sheet.rows[file_rows_max].line;
        sheet.rows.clear();
        return refuse(line, FaultReason::rows_too_many);
    }
    tidy_cells(sheet);
    return sheet;
}

}  // namespace etakahvila::people
