#pragma once

// What this program was built from.

#include <string_view>

namespace etakahvila::base {

/// The project's version: "0.1.0".
std::string_view build_version();

/// The commit, in twelve digits, with "-dirty" behind it when the sources differed from it. Empty where they came
/// without their history.
std::string_view build_commit();

}  // namespace etakahvila::base
