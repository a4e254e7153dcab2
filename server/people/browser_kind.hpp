#pragma once

// What a browser says it is, in the few words in which its owner knows it again.

#include <string_view>

#include "protocol/api/own_account.hpp"

namespace etakahvila::people {

using protocol::BrowserKind;
using protocol::DeviceKind;

/// Of a `User-Agent`, whatever stands in it. Nothing but these words of it is kept.
BrowserKind browser_kind(std::string_view user_agent);
DeviceKind device_kind(std::string_view user_agent);

}  // namespace etakahvila::people
