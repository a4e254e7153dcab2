#include <cstdlib>

#include "cli/command.hpp"

namespace etakahvila::cli {

GivenOptions::GivenOptions(CLI::App& command) : given_{std::make_shared<Given>()} {
    command.add_option("--config", given_->file, "A TOML file with options")
        ->check(CLI::ExistingFile)
        ->group("Options");
    for (const auto& option : config::options()) {
        command
            .add_option_function<std::string>(
                "--" + std::string{option.name},
                [given = given_, name = std::string{option.name}](
                    const std::string& value) { given->values.insert_or_assign(name, value); },
                std::string{option.help})
            ->type_name(std::string{option.kind})
            ->group("Options");
    }
}

config::Settings GivenOptions::settings() const {
    config::Sources sources{
        .command_line = given_->values, .environment = [](const char* name) { return std::getenv(name); }, .file = {}};
    if (!given_->file.empty()) sources.file = given_->file;
    return config::read(sources);
}

}  // namespace etakahvila::cli
