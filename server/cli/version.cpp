#include <iostream>

#include "base/build.hpp"
#include "cli/command.hpp"

namespace etakahvila::cli {

void add_version(CLI::App& program, int&) {
    program.add_subcommand("version", "Prints the version, and the commit where it is known.")->callback([] {
        std::cout << base::build_version();
        if (!base::build_commit().empty()) std::cout << " (" << base::build_commit() << ')';
        std::cout << '\n';
    });
}

}  // namespace etakahvila::cli
