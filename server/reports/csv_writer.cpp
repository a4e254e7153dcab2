#include "reports/csv_writer.hpp"

namespace etakahvila::reports {

void CsvWriter::add(std::string_view cell) {
    if (!begins_row_) text_ += ';';
    begins_row_ = false;
    // Commas and tabs need no quotes here, but a reader that guesses the separator is not misled.
    text_ += people::csv_cell(cell, ";,\t");
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
