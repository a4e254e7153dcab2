#pragma once

// The questions, one after the other: each answer is looked at as soon as it is given, and what comes of all is a file
// of options.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "config/options.hpp"
#include "setup/asker.hpp"

namespace etakahvila::setup {

/// How the machine sees what was answered. Each gives sentences of what is not so, and may wait for the network.
struct Looks {
    using Sentences = std::vector<std::string>;

    /// The server's user can read this file.
    std::function<Sentences(const std::filesystem::path& file)> readable;
    /// It can be served, for this site, and for some time to come.
    std::function<Sentences(const config::Settings&)> certificate;
    /// Nobody else listens there.
    std::function<Sentences(const config::ListenAddress&)> listen;
    /// The server is there and takes name and password.
    std::function<Sentences(const config::Settings&)> mail;
    /// A letter that says what it is has been taken for this address.
    std::function<Sentences(const config::Settings&, const std::string& to)> test_letter;
    /// Backups can be made there.
    std::function<Sentences(const std::filesystem::path& folder)> backup_folder;
    /// The site's name leads somewhere. Told, and no reason to ask again: it may be made later.
    std::function<Sentences(const config::Settings&)> name;
};

/// Asks all but for the coordinator. `before` is what is set now: it gives the usual answers, and what is not asked
/// about stays as it is. What comes back can be read by config::read. Throws what the asker throws.
config::Values interview(Asker& asker, const Looks& looks, config::Values before);

/// Whether the answer is yes or no in Finnish or English is asked until it is one.
bool ask_whether(Asker& asker, const Question& question, bool usual);

/// Empty: nobody, where a file leaves it out.
std::string ask_coordinator(Asker& asker);

/// Throws config::Fault.
config::Settings settings_of(const config::Values& values);

}  // namespace etakahvila::setup
