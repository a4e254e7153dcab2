#pragma once

// The subcommands that work on the records, in one list, and the two ways in which each is done.

#include <iosfwd>
#include <set>
#include <span>
#include <string>

#include "admin/acts.hpp"
#include "admin/request.hpp"

namespace etakahvila::cli {

void define_session(CLI::App& program, admin::Acts& acts);
void define_invite(CLI::App& program, admin::Acts& acts);
void define_staff(CLI::App& program, admin::Acts& acts);
void define_operators(CLI::App& program, admin::Acts& acts);
void define_backup(CLI::App& program, admin::Acts& acts);
void define_keeping(CLI::App& program, admin::Acts& acts);
/// What `check` asks of a running server. Not for people.
void define_check_records(CLI::App& program, admin::Acts& acts);

/// The first words of commands that may take minutes.
std::set<std::string> long_commands();

/// The running server, as its acts get it.
struct Server {
    journal::SqliteStore& store;
    const config::Settings& settings;
    const std::string& site;
    const base::Clock& clock;
    base::Log& log;
    house::House* house;
};

/// Does within the server what came by the admin socket: the exit code. Notes it before and after. Refusals are
/// sentences on `err`. Throws std::ios_base::failure when the caller has gone.
int serve_request(const Server& server, const admin::Request& request, const admin::Operator& by, std::istream& in,
    std::ostream& out, std::ostream& err, const std::function<bool()>& is_wanted);

}  // namespace etakahvila::cli
