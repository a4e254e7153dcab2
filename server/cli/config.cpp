#include <iostream>

#include "cli/command.hpp"

namespace etakahvila::cli {

void add_config(CLI::App& program, int&) {
    auto* command = program.add_subcommand("config", "What can be set.");
    command->require_subcommand(1);
    command->add_subcommand("reference", "Prints all options: what they are, and where each can be set.")->callback([] {
        std::cout << config::reference();
    });
}

}  // namespace etakahvila::cli
