#pragma once

#include <memory>

#include <CLI/CLI.hpp>

#include "config/options.hpp"

namespace etakahvila::cli {

/// Adds one subcommand to the program. What it does it does while the command line is parsed;
/// `exit_code` is 0 unless it sets it. Throws std::runtime_error with a sentence for the operator.
using AddCommand = void (*)(CLI::App& program, int& exit_code);

void add_serve(CLI::App& program, int& exit_code);
/// Not beside a running server.
void add_restore(CLI::App& program, int& exit_code);
/// All that work on the records (record_commands.hpp).
void add_record_commands(CLI::App& program, int& exit_code);
void add_setup(CLI::App& program, int& exit_code);
void add_config(CLI::App& program, int& exit_code);
void add_check(CLI::App& program, int& exit_code);
void add_version(CLI::App& program, int& exit_code);

/// What an installed machine's options are in, read where nothing else says where the data is.
inline constexpr const char* usual_config = "/etc/etakahvila/etakahvila.toml";

/// The options of the table as those of a subcommand.
class GivenOptions {
public:
    explicit GivenOptions(CLI::App& command);

    /// Throws config::Fault.
    config::Settings settings() const;

    /// The file that they are read from; nothing where there is none.
    std::optional<std::filesystem::path> file() const;

private:
    struct Given {
        std::map<std::string, std::string, std::less<>> values;
        std::string file;
    };
    std::shared_ptr<Given> given_;
};

}  // namespace etakahvila::cli
