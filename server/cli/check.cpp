#include <algorithm>
#include <iostream>

#include "cli/command.hpp"
#include "cli/records.hpp"
#include "journal/private_files.hpp"
#include "house/house.hpp"
#include "house/site_word_list.hpp"
#include "media/picture_process.hpp"
#include "net/static_files.hpp"
#include "net/tls.hpp"

namespace etakahvila::cli {
namespace {

/// Runs the check; prints what it found.
template <class Check>
void check(std::string_view what, std::vector<std::string>& problems, Check run) {
    const auto before = problems.size();
    try {
        run();
    } catch (const std::exception& found) {
        problems.emplace_back(found.what());
    }
    std::cout << (problems.size() == before ? "ok       " : "problem  ") << what << '\n';
}

int check_all(const config::Settings& settings) {
    std::vector<std::string> problems;
    check("only the server's own user can read the data", problems, [&] {
        // Whatever opens the data closes it to others where it can: what was so before is told all the same.
        const auto before = journal::open_to_others(settings.data / "etakahvila.sqlite");
        const auto file = house::data_file(settings);
        const auto still = journal::open_to_others(file);
        for (const auto& path : before) {
            const bool is_mended = std::find(still.begin(), still.end(), path) == still.end();
            problems.push_back("Other users of this machine could read " + path +
                               (is_mended ? ". Not any more: see who they were."
                                          : ". Take that away with chmod, or name another folder with --data."));
        }
    });
    check("the data can be written and reads back whole", problems, [&] {
        const auto store = open_records(settings);
        if (const auto damage = store->damage())
            problems.emplace_back("The data is damaged: " + *damage + ". Restore a backup.");
    });
    check("the web client is there", problems, [&] { net::StaticFiles::read(house::web_folder(settings)); });
    check("the certificate can be served", problems, [&] {
        if (settings.has_tls()) {
            const auto days = net::TlsContext::load(settings.tls_certificate, settings.tls_key)->days_left();
            if (days < 14)
                problems.emplace_back("The certificate is good for " + std::to_string(days) +
                                      " more days only. Renew it, then send SIGHUP.");
        }
    });
    check("every line of the word list is used", problems, [&] {
        if (settings.word_list.empty()) return;
        for (const auto& bad : house::read_site_word_list(settings.word_list).bad_entries)
            problems.emplace_back(settings.word_list.string() + ": " + house::to_text(bad) + ", and is not used.");
    });
    check("photos can be read where they harm nothing", problems, [&] {
        if (const auto why = media::PictureProcess{house::picture_program(settings)}.why_off())
            problems.push_back(*why);
    });
    check("clients find the server", problems, [&] {
        const bool is_local = std::all_of(settings.listen.begin(), settings.listen.end(),
            [](const std::string& host) { return host == "127.0.0.1" || host == "::1"; });
        if (!is_local && settings.site.empty())
            problems.emplace_back(
                "It listens for others, but --site does not say under which address: their pages would be refused.");
        if (settings.site.starts_with("http://") && !settings.site.starts_with("http://localhost"))
            problems.emplace_back(
                "--site is not https: browsers would not let people speak, and everything could be read on the way.");
    });
    for (const auto& problem : problems) std::cout << "- " << problem << '\n';
    std::cout << (problems.empty() ? "No problems found."
                                   : std::to_string(problems.size()) +
                                         (problems.size() == 1 ? " problem found." : " problems found."))
              << '\n';
    return problems.empty() ? 0 : 1;
}

}  // namespace

void add_check(CLI::App& program, int& exit_code) {
    auto* command = program.add_subcommand("check",
        "Looks at what a server would need, and ends with the problems it found. While no server runs on the same "
        "data.");
    const GivenOptions given{*command};
    command->callback([given, &exit_code] { exit_code = check_all(given.settings()); });
}

}  // namespace etakahvila::cli
