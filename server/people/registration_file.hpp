#pragma once

// Registrations from a CSV file: bytes to a preview. Nothing is stored here.

#include "people/decision_kinds.hpp"
#include "people/person.hpp"
#include "people/sheet.hpp"
#include "protocol/api/registrations.hpp"

namespace etakahvila::people {

/// What a column of a registration file may be.
using protocol::RegistrationField;

struct RegistrationRow {
    std::int64_t line{};
    PersonDetails person;
    /// Of a season, by its name.
    std::optional<std::string> package{};
};

/// Who comes to one session, or who is in a season.
enum class ListKind : std::uint8_t { of_session, of_season };

struct RegistrationPreview {
    std::optional<Encoding> encoding;
    std::vector<Column<RegistrationField>> columns;
    /// Rows under the headings in which anything stands, good and bad.
    std::int64_t rows_read{};
    /// The good rows.
    std::vector<RegistrationRow> rows;
    /// In the order of the file. While there is one, nothing of the file may be stored.
    std::vector<RowFault> faults;
};

/// A file of at most 1 MiB and 5,000 rows, in any encoding and separator of csv.hpp, with
/// headings in Finnish, Swedish or English in any order. It needs a column for the name (or for
/// first and last name); a cell of a column for the kind of decision may not be empty, and says
/// "-" or "ei ole" where there is none. A
/// column that is not recognised, and holds kinds of decision, phones or e-mails for which the file
/// has no other, is a fault (heading_unclear). In "contact" what has an @ is an e-mail address. Two rows
/// of the same person (is_same_person) are a fault of the second. `kinds`: those that the site has.
/// A list of a season may name packages. With semicolons it may come without headings: name, kind of decision,
/// supervisor, phone, e-mail, as long as most of its rows are written so and nothing in its first ten is a heading.
RegistrationPreview preview_registrations(
    std::string_view bytes, std::span<const protocol::Kind> kinds, ListKind list = ListKind::of_session);

}  // namespace etakahvila::people
