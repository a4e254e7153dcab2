#include "reports/csv_writer.hpp"

namespace etakahvila::reports {

std::string neutralised(std::string_view text) {
    constexpr std::string_view dangerous = "=+-@\t\r\n";
    std::string cell;
    if (!text.empty() && dangerous.find(text.front()) != std::string_view::npos) cell += '\'';
    return cell.append(text);
}

void CsvWriter::add(std::string_view cell) {
    if (!begins_row_) text_ += ';';
    begins_row_ = false;
    // Commas and tabs need no quotes here, but a reader that guesses the separator is not misled.
    if (cell.find_first_of(";,\t\"\r\n") == std::string_view::npos) {
        text_ += cell;
        return;
    }
    text_ += '"';
    for (const char c : cell) {
        if (c == '"') text_ += '"';
        text_ += c;
    }
    text_ += '"';
}

CsvWriter& CsvWriter::text(std::string_view cell) {
    add(neutralised(cell));
    return *this;
}

CsvWriter& CsvWriter::number(std::int64_t cell) {
    add(std::to_string(cell));
    return *this;
}

CsvWriter& CsvWriter::as_it_is(std::string_view cell) {
    add(cell);
    return *this;
}

void CsvWriter::end_row() {
    text_ += "\r\n";
    begins_row_ = true;
}

}  // namespace etakahvila::reports
