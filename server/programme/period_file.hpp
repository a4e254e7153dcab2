#pragma once

// The themes of a period's days from the file that the programme is planned in, and back.

#include "people/programme_file.hpp"
#include "programme/periods.hpp"

namespace etakahvila::programme {

/// A row of the file, and its day of the period.
struct FileDay {
    people::ProgrammeRow row;
    SessionId session;
    /// Whether the row tells anything else than what is planned.
    bool changes{};
    std::vector<std::string> new_guests;
    /// Whom the row tells no more.
    std::vector<protocol::PersonId> guests_to_go;
};

struct PeriodFile {
    std::vector<people::Column<people::ProgrammeField>> columns;
    std::int64_t rows_read{};
    /// In order of lines. While there is one, nothing of the file may be stored.
    std::vector<people::RowFault> faults;
    std::vector<FileDay> days;
};

/// Reads the file, and finds each row's day by its date and series (no_such_day); a row tells its times as they are
/// planned (times_differ). Reads only. Nothing when there is no such period.
std::optional<PeriodFile> look_at_period_file(
    const records::Database& database, PeriodId period, std::string_view bytes);

/// Gives the days that change what their rows tell: the theme, and the question, help phone and guests where they tell
/// any. A guest whom a row tells no more is taken out, unless a link has been made for them. Of a file that was looked
/// at within the same write.
void store_period_file(records::Database& database, const PeriodFile& file);

/// The period's days that are not cancelled, in order: date;start;end;series;theme;guests. What period files are read
/// from, so that look_at_period_file finds nothing to change.
std::string period_file(const records::Database& database, PeriodId period);

}  // namespace etakahvila::programme
