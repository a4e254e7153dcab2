#pragma once

// Why a line of a file, or a thing given by hand, was not taken in. Reasons are answers, never
// exceptions; the screens have the sentences for them.

#include "protocol/api/forms.hpp"

namespace etakahvila::people {

using protocol::FaultReason;

/// `value` is what was written there, for the one who wrote it: the unclear word; the number of the other line
/// (duplicate_of_line); the field that is missing, too long or not allowed; the account that has the supervisor
/// (supervisor_taken). It may be personal: never for a log.
using Fault = protocol::FormFault;

/// A fault of the line of the file, from 1, on which the row begins.
using protocol::RowFault;

}  // namespace etakahvila::people
