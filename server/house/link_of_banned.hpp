#pragma once

#include "journal/records.hpp"

namespace etakahvila::house {

/// What a ban, or its undoing, means for the person's link. It is written in the step's own commit. So
/// there is no moment, and no crash, between a ban and the end of the link.
journal::Records::Write link_of_banned(protocol::SessionId session, const domain::Step& step);

}  // namespace etakahvila::house
