#include <memory>
#include <ostream>

#include "cli/record_commands.hpp"
#include "people/local_time.hpp"

namespace etakahvila::cli {

void define_operators(CLI::App& program, admin::Acts& acts) {
    auto* command = program.add_subcommand("operators",
        "What was done on the command line, the newest first: when, by whom, which subcommand, how it ended (0: "
        "good).");
    const auto at_most = std::make_shared<std::size_t>(100);
    command->add_option("--at-most", *at_most, "So many lines; 100 without")->check(CLI::Range(1, 100'000));
    acts.add(*command, [at_most](admin::Desk& desk) {
        for (const auto& act : people::operator_acts(*desk.store.open_reader(), *at_most)) {
            desk.out << people::local_date_text(act.at) << ' ' << people::local_clock_text(act.at) << '\t' << act.name
                     << '\t' << act.act << '\t' << (act.exit_code ? std::to_string(*act.exit_code) : "not ended")
                     << '\n';
        }
        return 0;
    });
}

}  // namespace etakahvila::cli
