#include <iostream>

#include "cli/command.hpp"
#include "cli/records.hpp"
#include "demo/demo.hpp"
#include "journal/private_files.hpp"

namespace {

using namespace etakahvila::cli;

constexpr AddCommand commands[] = {
    add_serve,
    add_demo,
    add_record_commands,
    add_restore,
    add_setup,
    add_config,
    add_check,
    add_version,
};

}  // namespace

int main(int argc, char** argv) {
    etakahvila::journal::make_private_from_now_on();
    keep_typed_arguments(argc, argv);
    CLI::App program{"Etäkahvila: rooms for four-hour group sessions.", "etakahvila"};
    program.require_subcommand(1);
    int exit_code = 0;
    for (const auto add : commands) add(program, exit_code);
    try {
        program.parse(argc, argv);
    } catch (const CLI::RuntimeError& ended) {
        return ended.get_exit_code();
    } catch (const CLI::ParseError& fault) {
        // Help is asked for; anything else is typed wrongly.
        return program.exit(fault) == 0 ? 0 : 2;
    } catch (const std::exception& fault) {
        std::cerr << "etakahvila: " << fault.what() << '\n';
        return 1;
    }
    return exit_code;
}
