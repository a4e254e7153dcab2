#pragma once

// The machine that the server is on.

#include <string>
#include <string_view>
#include <vector>

#include "check/look.hpp"

namespace etakahvila::check {

/// clock: somebody keeps it right. The marks of a day depend on it.
Answer clock();

/// updates: whether the distribution has newer ones of the libraries by which connections are closed to others. Asks
/// apt, where there is one, and gives it up after 30 seconds.
Answer updates();

/// The packages that `apt-get -s` would put in, with their new versions: "libssl3 3.0.22-1".
std::vector<std::string> packages_in(std::string_view apt_output);

}  // namespace etakahvila::check
