#include <iostream>

#include "cli/command.hpp"

namespace etakahvila::cli {

void add_version(CLI::App& program, int&) {
    program.add_subcommand("version", "Prints the version.")->callback([] { std::cout << ETAKAHVILA_VERSION << '\n'; });
}

}  // namespace etakahvila::cli
