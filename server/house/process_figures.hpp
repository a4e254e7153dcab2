#pragma once

#include <vector>

#include "net/figure.hpp"

namespace etakahvila::house {

/// This process, by the names that Prometheus gives to any (process_*), from /proc. What cannot be read is left out.
std::vector<net::Figure> process_figures();

}  // namespace etakahvila::house
