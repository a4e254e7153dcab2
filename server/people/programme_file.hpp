#pragma once

// A whole programme of sessions from a CSV file.

#include "people/registrations.hpp"
#include "people/sheet.hpp"
#include "protocol/api/sessions.hpp"

namespace etakahvila::people {

using protocol::ProgrammeField;

struct ProgrammeRow {
    std::int64_t line{};
    SessionDraft session;
    /// The display names of guests; in the file they are parted by commas.
    std::vector<std::string> guests;
};

struct ProgrammePreview {
    std::optional<Encoding> encoding;
    std::vector<Column<ProgrammeField>> columns;
    std::int64_t rows_read{};
    /// The good rows.
    std::vector<ProgrammeRow> rows;
    /// In order of lines. While there is one, nothing of the file may be stored.
    std::vector<RowFault> faults;
};

/// As preview_registrations. Date, start, end, series and theme are needed. Two rows of one
/// series at one time are a fault of the second.
ProgrammePreview preview_programme(std::string_view bytes);

struct ProgrammeImport {
    /// Not empty: nothing was stored.
    std::vector<RowFault> faults;
    std::vector<SessionId> created;
    /// Planned already, with the same theme and end: nothing of them was touched.
    std::int64_t unchanged{};
};

/// Rows whose series has a session at that time already, with another theme or end
/// (another_session_then): a person has to change it. Reads only.
std::vector<RowFault> faults_against_records(const records::Database& database, const ProgrammePreview& preview);

/// Plans all sessions of the file, with their guests, or none. The same file twice changes nothing.
ProgrammeImport import_programme(records::Database& database, const ProgrammePreview& preview);

}  // namespace etakahvila::people
