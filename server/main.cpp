#include <iostream>

#include "cli/command.hpp"
#include "demo/demo.hpp"
#include "journal/private_files.hpp"

namespace {

using namespace etakahvila::cli;

constexpr AddCommand commands[] = {
    add_serve,
    add_demo,
    add_session,
    add_invite,
    add_staff,
    add_config,
    add_check,
    add_version,
};

}  // namespace

int main(int argc, char** argv) {
    etakahvila::journal::make_private_from_now_on();
    CLI::App program{"Etäkahvila: rooms for four-hour group sessions.", "etakahvila"};
    program.require_subcommand(1);
    int exit_code = 0;
    for (const auto add : commands) add(program, exit_code);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& fault) {
        return program.exit(fault);
    } catch (const std::exception& fault) {
        std::cerr << "etakahvila: " << fault.what() << '\n';
        return 1;
    }
    return exit_code;
}
