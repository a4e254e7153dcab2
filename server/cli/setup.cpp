#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <iostream>
#include <memory>

#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/command.hpp"
#include "cli/setup_looks.hpp"
#include "setup/asker.hpp"
#include "setup/interview.hpp"
#include "setup/put_file.hpp"
#include "setup/service_rights.hpp"

extern char** environ;

namespace etakahvila::cli {
namespace {

struct WantedSetup {
    std::filesystem::path config = usual_config;
    std::filesystem::path answers;
    std::filesystem::path link_file;
    bool is_example{};
};

/// The options may be read by whom the data belongs to, and by nobody else; where there is no data yet, by root's own
/// group.
std::optional<gid_t> group_of(const std::filesystem::path& data) {
    struct stat folder{};
    if (::geteuid() != 0 || ::stat(data.c_str(), &folder) != 0) return std::nullopt;
    return folder.st_gid;
}

/// What `etakahvila WORDS` prints, or nothing when it fails: then it has said why. A program of its own, because it
/// becomes another user where this one is root; and it asks the server where one runs.
std::optional<std::string> printed_by(std::vector<std::string> words) {
    words.insert(words.begin(), "etakahvila");
    std::vector<char*> arguments;
    arguments.reserve(words.size() + 1);
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return std::nullopt;
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
    pid_t child{};
    const int why = ::posix_spawn(&child, "/proc/self/exe", &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(pipe[1]);
    std::string printed;
    std::array<char, 512> piece{};
    ssize_t bytes = 0;
    while (why == 0 && ((bytes = ::read(pipe[0], piece.data(), piece.size())) > 0 || (bytes < 0 && errno == EINTR)))
        printed.append(piece.data(), static_cast<std::size_t>(std::max<ssize_t>(bytes, 0)));
    ::close(pipe[0]);
    int status = 0;
    if (why != 0 || ::waitpid(child, &status, 0) != child || status != 0) return std::nullopt;
    return printed;
}

/// A running server knows its site of before: a link begins with what was answered now.
std::string on_site(const std::string& site, const std::string& link) {
    const auto page = link.find("/staff#");
    return site.empty() || page == link.npos ? link : site + link.substr(page);
}

/// The link by which the first coordinator sets a password. Asked again until there is one, or nobody is named.
void give_first_link(setup::Asker& asker, const WantedSetup& wanted, const std::string& site) {
    while (true) {
        const auto name = setup::ask_coordinator(asker);
        if (name.empty())
            return asker.tell("Nobody coordinates yet: etakahvila staff add NAME --role coordinator gives a link.");
        const std::string config = "--config=" + wanted.config.string();
        auto link = printed_by({"staff", "add", "--first", "--role=coordinator", config, "--", name});
        if (link) link = on_site(site, *link);
        if (!link) {
            asker.refuse(setup::question::coordinator,
                "The account was not made, as it says above. Who has one gets a new link by: etakahvila staff reset "
                "NAME.");
            continue;
        }
        if (wanted.answers.empty()) {
            asker.tell("\nTästä linkistä " + name + " asettaa salasanan. By this link " + name +
                       " sets a password. It is shown once:\n" + *link);
            return;
        }
        const auto file = wanted.link_file.empty() ? wanted.config.parent_path() / "first-sign-in.txt"
                                                   : wanted.link_file;
        setup::put_file(file, *link, 0600);
        return asker.tell("The link by which the first coordinator sets a password is in " + file.string() +
                          ". Take it away when it has been used.");
    }
}

void set_up(const WantedSetup& wanted) {
    if (wanted.is_example) {
        std::cout << setup::example_of_answers();
        return;
    }
    const bool is_on_terminal = ::isatty(STDIN_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 1;
    if (wanted.answers.empty() && !is_on_terminal)
        throw std::runtime_error{
            "There is no terminal to ask on. Give answers with --answers FILE; etakahvila setup "
            "--example prints one to begin with."};
    std::unique_ptr<setup::Asker> asker;
    if (wanted.answers.empty())
        asker = std::make_unique<setup::Terminal>(std::cin, std::cout);
    else
        asker = std::make_unique<setup::AnswersFile>(wanted.answers, std::cout);

    std::error_code error;
    config::Values before;
    if (std::filesystem::exists(wanted.config, error)) before = config::values_in(wanted.config);
    if (wanted.answers.empty())
        asker->tell("Enter: se, mikä on hakasulkeissa; - ei mitään. Enter takes what stands in brackets; - is none.");
    const auto data = before.contains("data") ? std::filesystem::path{before.at("data")} : setup::settings_of({}).data;
    const auto values = setup::interview(*asker, looks_of_this_machine(data), std::move(before));
    if (!setup::ask_whether(*asker, setup::question::write, true)) throw setup::GivenUp{"Nothing has been written."};
    setup::keep_as_backup(wanted.config);
    setup::put_file(wanted.config, config::file_of(values), 0640, group_of(data));
    if (::geteuid() == 0) setup::give_service_rights(*asker, setup::settings_of(values));
    asker->tell("The settings are in " + wanted.config.string() +
                ". Look at all of it with etakahvila check, then: systemctl restart etakahvila.");
    give_first_link(*asker, wanted, setup::settings_of(values).site);
}

}  // namespace

void add_setup(CLI::App& program, int&) {
    auto* command = program.add_subcommand("setup",
        "Asks what a site needs, looks at each answer at once, writes the file of options, and gives the link by which "
        "the first coordinator sets a password.");
    const auto wanted = std::make_shared<WantedSetup>();
    command->add_option("--config", wanted->config, "The file of options that is written")->capture_default_str();
    command->add_option("--answers", wanted->answers, "A TOML file of answers, in place of a terminal")
        ->check(CLI::ExistingFile);
    command->add_option("--link-file", wanted->link_file,
        "With --answers: where the link is put. Otherwise first-sign-in.txt beside the file of options");
    command->add_flag("--example", wanted->is_example, "Prints a file of answers to begin with, and ends");
    command->callback([wanted] { set_up(*wanted); });
}

}  // namespace etakahvila::cli
