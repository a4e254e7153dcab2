#include "cli/admin_socket.hpp"

#include "cli/record_commands.hpp"
#include "cli/records.hpp"

namespace etakahvila::cli {

std::unique_ptr<admin::Socket> listen_to_commands(
    house::House& house, const config::Settings& settings, const base::Clock& clock, base::Log& log) try {
    return std::make_unique<admin::Socket>(admin::Socket::Parts{.log = log,
        .folder = settings.data,
        .version = std::string{program_version()},
        .act =
            [server = Server{.store = house.store(),
                 .settings = settings,
                 .site = house.site(),
                 .clock = clock,
                 .log = log,
                 .house = &house}](const admin::Request& request, const admin::Operator& by, std::istream& in,
                std::ostream& out, std::ostream& err, const std::function<bool()>& is_wanted) {
                return serve_request(server, request, by, in, out, err, is_wanted);
            },
        .long_commands = long_commands()});
} catch (const admin::NoSocket& why) {
    log.error("admin_socket_failed", {{"why", base::OperatorText{why.what()}}});
    return nullptr;
}

}  // namespace etakahvila::cli
