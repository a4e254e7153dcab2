#include <iostream>

#include "cli/command.hpp"

namespace etakahvila::cli {

void add_config(CLI::App& program, int&) {
    auto* command = program.add_subcommand("config", "What can be set.");
    command->require_subcommand(1);
    command->add_subcommand("reference", "Prints all options: what they are, and where each can be set.")->callback([] {
        std::cout << config::reference();
    });
    command->add_subcommand("file", "Prints a file of options in which each stands with its default, and sets nothing.")
        ->callback([] { std::cout << config::file_of({}); });
}

}  // namespace etakahvila::cli
