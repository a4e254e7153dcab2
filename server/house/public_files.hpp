#pragma once

// Two files that programs look for at every site.

#include <string>

#include "base/time.hpp"

namespace etakahvila::house {

/// robots.txt (RFC 9309). The door and the pages that anyone may read may be found by search engines; nothing else may.
std::string robots_txt();

/// security.txt (RFC 9116). `contact` is a URI; `site` is https. It says of itself that it is good for half a year from
/// the day on which it is asked for.
std::string security_txt(const std::string& contact, const std::string& site, base::UtcTime now);

}  // namespace etakahvila::house
