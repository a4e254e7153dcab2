#include "base/build.hpp"

// Written at each build (commit.cmake).
#include "commit.hpp"

namespace etakahvila::base {

std::string_view build_version() { return ETAKAHVILA_VERSION; }

std::string_view build_commit() { return ETAKAHVILA_COMMIT; }

}  // namespace etakahvila::base
