#pragma once

// Invitations on a sheet: for mail merge, for a label printer, for a desk drawer.

#include <vector>

#include "protocol/api/invitations.hpp"
#include "reports/invitation_letter.hpp"

namespace etakahvila::reports {

/// ics: the calendar of one person.
using protocol::SheetFormat;

/// Not to be printed: it has no stream operator.
struct InvitationRow {
    InvitationLetter letter;
    std::string name;
    std::string phone;
    std::string email;
};

/// One row for each: name, phone, e-mail, theme (of a season the period), date, start and end (of a season those of its
/// first day, and all of its days), link, code, how the code is read aloud, the netiquette's address, and in a workbook
/// the link as a QR code. Throws std::runtime_error when it cannot be made.
std::string invitation_sheet(const std::vector<InvitationRow>& rows, SheetFormat format, base::UtcTime now);

/// The text as a QR code in PNG, three pixels for each of its squares. Throws std::runtime_error when it is too long.
std::string qr_png(const std::string& text);

}  // namespace etakahvila::reports
