#pragma once

// The one table of options. The command line, the file, the environment, the checks and the reference come
// from it.

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "config/settings.hpp"

namespace etakahvila::config {

struct Option {
    /// On the command line after "--".
    std::string_view name;
    /// In the file; a dot parts the table from the key.
    std::string_view toml_key;
    std::string_view environment;
    std::string_view default_text;
    /// What is to be written there.
    std::string_view kind;
    std::string_view help;
    /// Puts the value into its place, or says what is wrong with it and what to do.
    std::optional<std::string> (*take)(Settings& settings, const std::string& text);
};

std::span<const Option> options();

/// The option is wrong. The sentence names it and says what to do.
struct Fault : std::runtime_error {
    using std::runtime_error::runtime_error;
};

using Values = std::map<std::string, std::string, std::less<>>;

struct Sources {
    /// By the options' names. The strongest.
    Values command_line;
    /// The value of a variable, or null.
    std::function<const char*(const char*)> environment;
    /// A TOML file. The weakest, but for the defaults.
    std::optional<std::filesystem::path> file;
};

/// Throws Fault.
Settings read(const Sources& sources);

/// What a TOML file says, by whole keys ("tls.key"), of options or not. A list is its items with commas between.
/// Throws Fault.
Values values_in(const std::filesystem::path& file);

/// A TOML file that sets these options, by their keys in files. Every other option stands there with its default,
/// behind a #, and above each what it means. Throws Fault for a value that is no text.
std::string file_of(const Values& values);

/// All options, as a page for people.
std::string reference();

}  // namespace etakahvila::config
