#pragma once

// A step as it is kept: JSON of a version of its own, apart from the wire's. Once written it is
// readable for ever; event names and fields are added, never given another meaning.

#include <optional>
#include <string>
#include <string_view>

#include "domain/room/event.hpp"

namespace etakahvila::journal {

/// The step without its number, which the store keeps beside it.
std::string encode_step(const domain::Step& step);

/// Nothing when the record is not one that encode_step of this or an earlier version wrote.
std::optional<domain::Step> decode_step(domain::Seq seq, std::string_view record);

}  // namespace etakahvila::journal
