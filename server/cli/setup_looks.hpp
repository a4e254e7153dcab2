#pragma once

#include "setup/interview.hpp"

namespace etakahvila::cli {

/// How this machine sees it. `data` is where the records will be: a backup beside them is told of.
setup::Looks looks_of_this_machine(const std::filesystem::path& data);

}  // namespace etakahvila::cli
