#pragma once

// What comes of a form that is put into the records.

#include <variant>
#include <vector>

#include "people/fault.hpp"
#include "protocol/common.hpp"

namespace etakahvila::programme {

using people::Fault;
using people::FaultReason;
using protocol::RefusalWord;

/// What was stored; or all that is wrong with the form, or a refusal: then nothing was.
template <class Stored>
using Put = std::variant<Stored, std::vector<Fault>, RefusalWord>;

}  // namespace etakahvila::programme
