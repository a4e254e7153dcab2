#include "cli/record_commands.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <optional>

#include "admin/call.hpp"
#include "admin/owner.hpp"
#include "base/system_clock.hpp"
#include "cli/command.hpp"
#include "cli/records.hpp"

namespace etakahvila::cli {
namespace {

constexpr admin::Define on_records[] = {
    define_session,
    define_invite,
    define_staff,
    define_operators,
    define_backup,
    define_keeping,
};

/// Within the server only.
constexpr admin::Define for_servers[] = {
    define_check_records,
};

/// "staff reset": the words by which a leaf is called.
std::string words_of(const CLI::App& leaf) {
    std::string words = leaf.get_name();
    for (const auto* above = leaf.get_parent(); above != nullptr && above->get_parent() != nullptr;
        above = above->get_parent())
        words = above->get_name() + " " + words;
    return words;
}

/// Notes the act, does it, and notes how it ended.
int do_noted(const std::string& words, const admin::Act& act, const admin::Ways& ways, admin::Desk desk) {
    if (!ways.is_noted) return act(desk);
    desk.store.write_and_wait(
        [&](records::Database& database) {
            desk.act = people::note_operator_act(
                database, {.at = desk.clock.utc(), .uid = desk.by.uid, .name = desk.by.name, .act = words});
        },
        journal::Need::vital);
    const auto note_end = [&](int exit_code) {
        desk.store.write_and_wait(
            [&](records::Database& database) { people::note_operator_act_ended(database, desk.act, exit_code); },
            journal::Need::vital);
        return exit_code;
    };
    try {
        return note_end(act(desk));
    } catch (...) {
        note_end(1);
        throw;
    }
}

// ------------------------------------------------------------------------------ on the command line

std::string standard_input() {
    std::string text;
    std::array<char, 4096> piece{};
    while (text.size() <= admin::input_bytes_max && std::cin.read(piece.data(), piece.size()).gcount() > 0)
        text.append(piece.data(), static_cast<std::size_t>(std::cin.gcount()));
    return text;
}

int do_here(const std::string& words, const admin::Act& act, const admin::Ways& ways, const config::Settings& settings,
    const admin::Operator& by) {
    const auto store = open_records(settings);
    const base::SystemClock clock;
    const auto site = site_of(settings);
    const auto folder = std::filesystem::current_path();
    return do_noted(words, act, ways,
        {.store = *store,
            .settings = settings,
            .site = site,
            .clock = clock,
            .by = by,
            .act = {},
            .folder = folder,
            .in = std::cin,
            .out = std::cout,
            .err = std::cerr,
            .house = nullptr,
            .is_wanted = [] { return true; }});
}

/// Sends what was typed to the running server; where none runs, does it here.
class TypedActs final : public admin::Acts {
public:
    explicit TypedActs(int& exit_code) : exit_code_{exit_code} {}

    void add(CLI::App& leaf, admin::Act act, admin::Ways ways) override {
        const GivenOptions given{leaf};
        leaf.callback([&leaf, act = std::move(act), ways, given, &exit_code = exit_code_] {
            const auto settings = given.settings();
            const auto by = admin::whoever_types();
            const char* login = std::getenv("SUDO_USER");
            admin::Request request{.login = login == nullptr ? "" : login,
                .folder = std::filesystem::current_path().string(),
                .arguments = typed_arguments()};
            if (ways.takes_input && admin::server_of(settings.data)) request.input = standard_input();
            const auto answered = admin::call(settings.data, request, program_version(), std::cout, std::cerr);
            exit_code = answered ? *answered : do_here(words_of(leaf), act, ways, settings, by);
        });
    }

private:
    int& exit_code_;
};

// ------------------------------------------------------------------------------ within the server

/// Finds out what is asked for; does nothing yet.
class AskedActs final : public admin::Acts {
public:
    void add(CLI::App& leaf, admin::Act act, admin::Ways ways) override {
        // The server has its own settings: those of the caller are read past.
        const GivenOptions given{leaf};
        leaf.callback([this, &leaf, act = std::move(act), ways] { asked_ = {words_of(leaf), act, ways}; });
    }

    struct Asked {
        std::string words;
        admin::Act act;
        admin::Ways ways;
    };
    const std::optional<Asked>& asked() const { return asked_; }

private:
    std::optional<Asked> asked_;
};

/// Finds out which commands take long.
class LongActs final : public admin::Acts {
public:
    void add(CLI::App& leaf, admin::Act, admin::Ways ways) override {
        const auto words = words_of(leaf);
        if (ways.is_long) commands.insert(words.substr(0, words.find(' ')));
    }

    std::set<std::string> commands;
};

/// All that the server does when it is asked.
void define_for_servers(CLI::App& program, admin::Acts& acts) {
    for (const auto define : on_records) define(program, acts);
    for (const auto define : for_servers) define(program, acts);
}

}  // namespace

std::set<std::string> long_commands() {
    CLI::App program;
    LongActs acts;
    define_for_servers(program, acts);
    return acts.commands;
}

void add_record_commands(CLI::App& program, int& exit_code) {
    // Lives as long as the program's callbacks.
    static TypedActs acts{exit_code};
    for (const auto define : on_records) define(program, acts);
}

int serve_request(const Server& server, const admin::Request& request, const admin::Operator& by, std::istream& in,
    std::ostream& out, std::ostream& err, const std::function<bool()>& is_wanted) try {
    CLI::App program{"", "etakahvila"};
    program.require_subcommand(1);
    AskedActs acts;
    define_for_servers(program, acts);
    try {
        auto arguments = request.arguments;
        std::reverse(arguments.begin(), arguments.end());
        program.parse(std::move(arguments));
    } catch (const CLI::ParseError& fault) {
        return program.exit(fault, out, err) == 0 ? 0 : 2;
    }
    const auto& asked = acts.asked();
    if (!asked) return 2;
    const std::filesystem::path folder{request.folder};
    int exit_code = 1;
    try {
        exit_code = do_noted(asked->words, asked->act, asked->ways,
            {.store = server.store,
                .settings = server.settings,
                .site = server.site,
                .clock = server.clock,
                .by = by,
                .act = {},
                .folder = folder,
                .in = in,
                .out = out,
                .err = err,
                .house = server.house,
                .is_wanted = is_wanted});
    } catch (const std::ios_base::failure&) {
        server.log.info("operator_gone", {{"uid", by.uid}, {"act", base::OperatorText{asked->words}}});
        throw;
    } catch (const std::exception& refused) {
        err << "etakahvila: " << refused.what() << '\n';
    }
    if (asked->ways.is_noted)
        server.log.info(
            "operator_act", {{"uid", by.uid}, {"act", base::OperatorText{asked->words}}, {"exit_code", exit_code}});
    return exit_code;
} catch (const CLI::Error& fault) {
    err << "etakahvila: " << fault.what() << '\n';
    return 2;
}

}  // namespace etakahvila::cli
