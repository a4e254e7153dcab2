// A file of registrations or a programme, as people make them, in any encoding: read, looked at,
// taken in. The same text is the same people in each encoding, a file taken in twice changes
// nothing, and what is written of its cells is read as it was, with no formula in it.

#include <algorithm>
#include <string>

#include <unicode/unistr.h>

#include "fuzz/target.hpp"
#include "people/programme_file.hpp"
#include "people/registration_file.hpp"
#include "people/storage.hpp"
#include "records/sqlite_database.hpp"
#include "reports/csv_writer.hpp"

using namespace etakahvila;
using namespace etakahvila::people;

namespace {

std::string in_utf16(const std::string& utf8, bool is_little) {
    std::string bytes = is_little ? "\xff\xfe" : "\xfe\xff";
    const auto text = icu::UnicodeString::fromUTF8(utf8);
    for (std::int32_t index = 0; index < text.length(); ++index) {
        const auto high = static_cast<char>(text.charAt(index) >> 8),
                   low = static_cast<char>(text.charAt(index) & 0xff);
        bytes += is_little ? low : high;
        bytes += is_little ? high : low;
    }
    return bytes;
}

/// The same text, however it is written.
void check_encodings(const DecodedText& decoded) {
    HOLDS(decoded.text.find('\0') == std::string::npos);
    const auto is_it = [&](const std::string& bytes, Encoding encoding) {
        const auto again = decode_text(bytes);
        const auto* text = std::get_if<DecodedText>(&again);
        return text != nullptr && text->text == decoded.text && text->encoding == encoding;
    };
    HOLDS(is_it("\xef\xbb\xbf" + decoded.text, Encoding::utf8_with_bom));
    HOLDS(is_it(in_utf16(decoded.text, true), Encoding::utf16_le));
    HOLDS(is_it(in_utf16(decoded.text, false), Encoding::utf16_be));
}

template <class Preview>
void check_lines(const Preview& preview, std::int64_t lines) {
    std::int64_t last = 0;
    for (const auto& row : preview.rows) {
        HOLDS(row.line > last && row.line <= lines);
        last = row.line;
    }
    last = 0;
    for (const auto& fault : preview.faults) {
        HOLDS(fault.line >= last && fault.line <= lines);
        last = fault.line;
        HOLDS(std::none_of(
            preview.rows.begin(), preview.rows.end(), [&](const auto& row) { return row.line == fault.line; }));
    }
}

/// What is written for a spreadsheet is read as it was, and no cell is a formula.
void check_written(const CsvTable& table) {
    reports::CsvWriter writer;
    std::vector<std::vector<std::string>> wanted;
    for (const auto& row : table.rows) {
        auto& cells = wanted.emplace_back();
        // A row that begins the file with "sep=" says something to its reader; ours have headings.
        writer.text("row");
        cells.emplace_back("row");
        for (const auto& cell : row.cells) {
            writer.text(cell);
            cells.push_back(reports::neutralised(cell));
            HOLDS(cells.back().find_first_of("=+-@\t\r\n") != 0);
        }
        writer.end_row();
    }
    const auto decoded = decode_text(std::move(writer).take());
    HOLDS(std::holds_alternative<DecodedText>(decoded));
    const auto again = read_csv(std::get<DecodedText>(decoded).text);
    HOLDS(again.separator == ';' && again.stray_quotes == 0 && again.rows.size() == wanted.size());
    for (std::size_t index = 0; index < wanted.size(); ++index) HOLDS(again.rows[index].cells == wanted[index]);
}

class Records {
public:
    Records() : database{":memory:"} {
        database.script("PRAGMA foreign_keys = ON");
        migrate(database);
        const auto draft = draft_of({.series = "Etäkahvila",
            .theme = "Uni",
            .date = "2026-12-03",
            .start = "09:00",
            .end = "13:00",
            .question = {},
            .help_phone = {},
            .settings = {}});
        session = plan_session(database, std::get<SessionDraft>(draft));
    }
    records::SqliteDatabase database;
    SessionId session;
};

/// Taken in twice, in a transaction that is never kept.
void take_in(const RegistrationPreview& people, const ProgrammePreview& programme) {
    static Records records;
    records::Transaction transaction{records.database};
    if (people.faults.empty() && !people.rows.empty()) {
        const auto first = import_registrations(records.database, records.session, people);
        HOLDS(first);
        if (first->faults.empty() && first->questions.empty()) {
            const auto again = import_registrations(records.database, records.session, people);
            HOLDS(again && again->faults.empty() && again->imported == 0 && again->changed == 0);
        }
    }
    if (programme.faults.empty() && !programme.rows.empty()) {
        const auto first = import_programme(records.database, programme);
        if (first.faults.empty()) {
            const auto again = import_programme(records.database, programme);
            HOLDS(again.faults.empty() && again.created.empty());
            HOLDS(again.unchanged == static_cast<std::int64_t>(programme.rows.size()));
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes{reinterpret_cast<const char*>(data), size};
    const auto people = preview_registrations(bytes, {});
    const auto programme = preview_programme(bytes);
    const auto decoded = decode_text(bytes);
    const auto* text = std::get_if<DecodedText>(&decoded);
    if (text == nullptr) {
        HOLDS(people.rows.empty() && programme.rows.empty());
        HOLDS(!people.faults.empty() && !programme.faults.empty());
        return 0;
    }
    const auto lines = 1 + std::count_if(
                               text->text.begin(), text->text.end(), [](char c) { return c == '\n' || c == '\r'; });
    check_lines(people, lines);
    check_lines(programme, lines);
    check_encodings(*text);
    check_written(read_csv(text->text));
    take_in(people, programme);
    return 0;
}
