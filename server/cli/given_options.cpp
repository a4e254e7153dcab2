#include <cstdlib>

#include "cli/command.hpp"

namespace etakahvila::cli {

GivenOptions::GivenOptions(CLI::App& command) : given_{std::make_shared<Given>()} {
    command
        .add_option("--config", given_->file,
            "A TOML file with options. Without it, without ETAKAHVILA_CONFIG and where nothing else says where the "
            "data "
            "is: " +
                std::string{usual_config} + ", where that is")
        ->type_name("FILE")
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

std::optional<std::filesystem::path> GivenOptions::file() const {
    if (!given_->file.empty()) return given_->file;
    if (const char* named = std::getenv("ETAKAHVILA_CONFIG"); named != nullptr && *named != '\0') return named;
    std::error_code error;
    const bool has_data = given_->values.contains("data") || std::getenv("ETAKAHVILA_DATA") != nullptr;
    if (!has_data && std::filesystem::exists(usual_config, error)) return usual_config;
    return std::nullopt;
}

config::Settings GivenOptions::settings() const {
    return config::read({.command_line = given_->values,
        .environment = [](const char* name) { return std::getenv(name); },
        .file = file()});
}

}  // namespace etakahvila::cli
