#include <algorithm>
#include <iostream>
#include <iterator>
#include <memory>
#include <sstream>

#include <sys/stat.h>
#include <unistd.h>

#include "admin/call.hpp"
#include "admin/owner.hpp"
#include "base/json.hpp"
#include "base/system_clock.hpp"
#include "check/data.hpp"
#include "check/city_sign_in.hpp"
#include "check/letters.hpp"
#include "check/machine.hpp"
#include "check/network.hpp"
#include "check/parts.hpp"
#include "check/public_site.hpp"
#include "check/records.hpp"
#include "cli/command.hpp"
#include "cli/record_commands.hpp"
#include "cli/records.hpp"

namespace etakahvila::cli {

/// What --json prints. Names and fields stay as they are.
struct ShownLook {
    std::string name;
    std::string grade;
    std::string sentence;
};
BOOST_DESCRIBE_STRUCT(ShownLook, (), (name, grade, sentence))

struct ShownCheck {
    int exit_code{};
    int problems{};
    int warnings{};
    std::vector<ShownLook> looks;
};
BOOST_DESCRIBE_STRUCT(ShownCheck, (), (exit_code, problems, warnings, looks))

namespace {

constexpr auto check_records = "check-records";
constexpr int cannot_look = 2;

struct WantedCheck {
    bool is_deep{};
    bool is_json{};
    bool is_public{};
    std::string url;
    std::string authorities;
};

void add(check::Answers& to, check::Answers more) {
    to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

int count(const check::Answers& answers, check::Grade grade) {
    return static_cast<int>(
        std::count_if(answers.begin(), answers.end(), [&](const auto& each) { return each.grade == grade; }));
}

/// Whose data it is that this user may not see; nothing when they may.
std::optional<std::string> stranger_to(const std::filesystem::path& data) {
    struct stat folder{};
    if (::geteuid() == 0 || ::stat(data.c_str(), &folder) != 0 || folder.st_uid == ::geteuid()) return std::nullopt;
    return admin::name_of(folder.st_uid);
}

/// What the running server says of its records, or what a look by ourselves tells where none runs.
check::Answers records_of(const config::Settings& settings, bool is_deep, pid_t server) {
    constexpr auto look = "server";
    if (server == 0) {
        if (admin::is_in_use(settings.data))
            return {check::problem(look,
                "Something works with the data and does not answer: a server of an earlier version, or a restore that "
                "is "
                "under way. Wait for it, or restart the service (systemctl restart etakahvila).")};
        check::Answers answers{check::ok(look, "No server runs on this data.")};
        add(answers, check::look_at_file(
                         settings.data / "etakahvila.sqlite", {.now = base::SystemClock{}.utc(), .is_deep = is_deep}));
        return answers;
    }
    admin::Request request{.login = {}, .folder = "/", .arguments = {check_records}};
    if (is_deep) request.arguments.emplace_back("--deep");
    std::ostringstream out;
    std::ostringstream err;
    try {
        const auto exit_code = admin::call(settings.data, request, program_version(), out, err);
        if (exit_code != 0) return {check::problem(look, "The server does not answer: " + err.str())};
    } catch (const std::exception& fault) {
        return {check::problem(look, fault.what())};
    }
    check::Answers answers{check::ok(look, "A server runs on this data (pid " + std::to_string(server) + ").")};
    add(answers, check::from_lines(out.str()));
    return answers;
}

check::Answers look_at_all(const config::Settings& settings, const WantedCheck& wanted) {
    const auto server = admin::server_of(settings.data).value_or(0);
    check::Answers answers;
    // To root the system tells whose a port is: before this process becomes the owner of the data.
    const auto listening = check::listen(settings, server);
    admin::become_owner(settings.data);
    answers.push_back(check::data_folder(settings.data));
    if (answers.back().grade == check::Grade::ok) {
        answers.push_back(check::data_owner(settings.data));
        answers.push_back(check::data_rights(settings.data));
        answers.push_back(check::laid_aside(settings.data, base::SystemClock{}.utc()));
        answers.push_back(check::disk_space(settings.data));
        add(answers, records_of(settings, wanted.is_deep, server));
    }
    answers.push_back(check::site(settings));
    add(answers, listening);
    add(answers, check::certificate(settings));
    answers.push_back(check::web_client(settings));
    answers.push_back(check::word_list(settings));
    answers.push_back(check::public_words(settings));
    answers.push_back(check::pictures(settings));
    add(answers, check::letters(settings));
    add(answers, check::city_sign_in(settings));
    answers.push_back(check::clock());
    answers.push_back(check::updates());
    if (wanted.is_public || !wanted.url.empty())
        add(answers, check::public_site({.url = wanted.url.empty() ? settings.site : wanted.url,
                         .origin = settings.site.empty() ? wanted.url : settings.site,
                         .authorities = wanted.authorities}));
    return answers;
}

std::string counted(int number, std::string_view what) {
    return std::to_string(number) + " " + std::string{what} + (number == 1 ? "" : "s");
}

void print(const check::Answers& answers, bool is_json, int exit_code) {
    ShownCheck shown{.exit_code = exit_code,
        .problems = count(answers, check::Grade::problem),
        .warnings = count(answers, check::Grade::warning),
        .looks = {}};
    for (const auto& answer : answers)
        shown.looks.push_back({answer.look, std::string{base::name_of(answer.grade)}, answer.sentence});
    if (is_json) {
        std::cout << base::json::to_text(shown) << '\n';
        return;
    }
    const auto padded = [](std::string text, std::size_t width) {
        text.resize(std::max(width, text.size() + 1), ' ');
        return text;
    };
    for (const auto& look : shown.looks)
        std::cout << padded(look.grade, 9) << padded(look.name, 18) << look.sentence << '\n';
    if (shown.problems == 0)
        std::cout << "No problems found";
    else
        std::cout << counted(shown.problems, "problem") << " found";
    std::cout << (shown.warnings == 0 ? "" : ", " + counted(shown.warnings, "warning")) << ".\n";
}

int check_all(const GivenOptions& given, const WantedCheck& wanted) {
    check::Answers answers;
    int exit_code = cannot_look;
    try {
        const auto settings = given.settings();
        const auto owner = stranger_to(settings.data);
        if (owner) {
            answers = {check::problem("rights", "This user may not look at the data of " + *owner +
                                                    ". Run it as root (sudo etakahvila check), or as that user.")};
        } else if (wanted.is_public && settings.site.empty() && wanted.url.empty()) {
            answers = {check::problem("settings",
                "There is no public address to look at. Set --site, or name one by "
                "--url.")};
        } else {
            answers = look_at_all(settings, wanted);
            exit_code = count(answers, check::Grade::problem) == 0 ? 0 : 1;
        }
    } catch (const config::Fault& fault) {
        answers = {check::problem("settings", fault.what())};
    }
    print(answers, wanted.is_json, exit_code);
    return exit_code;
}

}  // namespace

void define_check_records(CLI::App& program, admin::Acts& acts) {
    auto* command = program.add_subcommand(check_records, "What the running server finds of its records.");
    const auto is_deep = std::make_shared<bool>(false);
    command->add_flag("--deep", *is_deep);
    acts.add(*command,
        [is_deep](admin::Desk& desk) {
            auto answers = check::look_at_store(desk.store, {.now = desk.clock.utc(), .is_deep = *is_deep});
            answers.push_back(check::open_files());
            desk.out << check::to_lines(answers);
            return 0;
        },
        {.is_noted = false, .is_long = true});
}

void add_check(CLI::App& program, int& exit_code) {
    auto* command = program.add_subcommand("check",
        "Looks at everything that the server needs, while it runs or before it does, and says what to do. Ends with 0: "
        "no problem; 1: problems; 2: it cannot look, for wrong options or without the right to.");
    const auto wanted = std::make_shared<WantedCheck>();
    command->add_flag("--deep", wanted->is_deep, "Also reads every step of every room");
    command->add_flag("--json", wanted->is_json, "One JSON object: exit_code, problems, warnings, looks");
    command->add_flag("--public", wanted->is_public, "Also looks at the site as people reach it, at --site");
    command->add_option("--url", wanted->url, "The same, at another address: https://host")->type_name("URL");
    command
        ->add_option("--authorities", wanted->authorities,
            "Certificates of the authorities by which the public address is believed; without, those of this machine")
        ->type_name("FILE");
    const GivenOptions given{*command};
    command->callback([given, wanted, &exit_code] { exit_code = check_all(given, *wanted); });
}

}  // namespace etakahvila::cli
