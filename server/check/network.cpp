#include "check/network.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include "config/host.hpp"
#include "net/port_owner.hpp"

namespace etakahvila::check {
namespace {

/// Tries to listen as the server would: 0, or the system's number of why not.
int try_to_listen(const std::string& host, std::uint16_t port) {
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) return EINVAL;
    const int socket = ::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    constexpr int on = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (found->ai_family == AF_INET6) ::setsockopt(socket, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    const bool is_good = ::bind(socket, found->ai_addr, found->ai_addrlen) == 0 && ::listen(socket, 1) == 0;
    const int why = is_good ? 0 : errno;
    if (socket >= 0) ::close(socket);
    ::freeaddrinfo(found);
    return why;
}

/// The package's service is to listen there, and was not given the right to.
bool lacks_right(std::uint16_t port, const std::optional<base::ServiceUnits>& units) {
    return port != 0 && port < base::open_ports_begin && units && units->has(base::server_unit) &&
           !units->is_added(base::server_unit, base::right_to_low_ports);
}

/// `option` is what one mends where it cannot be so.
Answer listen_on(const char* look, const std::string& option, const config::ListenAddress& address, pid_t server,
    const std::optional<base::ServiceUnits>& units) {
    const auto& [host, port] = address;
    if (port == 0) return ok(look, "The server takes a port that is free.");
    const auto place = host + " port " + std::to_string(port);
    const int why = try_to_listen(host, port);
    // What root may, the service may not.
    if ((why == 0 || why == EACCES) && server == 0 && lacks_right(port, units))
        return problem(
            look, "The service cannot listen on " + place + ": " + std::string{base::low_ports_need_a_right});
    if (why == 0 && server == 0) return ok(look, "The server can listen on " + place + ".");
    if (why == 0)
        return problem(look, "The server that runs does not listen on " + place +
                                 ", as the options say now. Restart it: systemctl restart etakahvila.");
    if (why == EADDRINUSE) {
        const auto owner = net::port_owner(port);
        // Whoever may not be told whose it is sees that it is taken: that is as it should be while the server runs.
        if (server != 0 && (!owner || owner->pid == 0 || owner->pid == server))
            return ok(look, "The server listens on " + place + ".");
        return problem(look, "Port " + std::to_string(port) + " on " + host + " is taken by " +
                                 (owner ? net::to_text(*owner) : "another program") +
                                 ". Stop that one, or name another port by " + option + ".");
    }
    if (why == EACCES)
        return server != 0 ? ok(look, "The server runs; whether on " + place + " is told to root.")
                           : warning(look, "Only root can tell whether " + place +
                                               " is free. The unit needs CAP_NET_BIND_SERVICE for a port below 1024.");
    if (why == EADDRNOTAVAIL)
        return problem(
            look, "This machine has no address " + host + ". Mend " + option + ": ip address shows those it has.");
    return problem(look, "The server cannot listen on " + place + ": " +
                             std::error_code{why, std::generic_category()}.message() + ". Mend " + option + ".");
}

}  // namespace

Answer site(const config::Settings& settings) {
    constexpr auto look = "site";
    const bool is_local = std::all_of(settings.listen.begin(), settings.listen.end(), config::is_loopback);
    if (!is_local && settings.site.empty())
        return problem(look,
            "It listens for others, but --site does not say under which address: their pages would be "
            "refused. Set --site to what people type, such as https://cafe.example.fi.");
    if (settings.site.starts_with("http://") && config::host_of(settings.site) != "localhost")
        return problem(look,
            "--site is not https: browsers would not let people speak, and everything could be read on "
            "the way. Set it to https://… , with a certificate or a proxy that has one.");
    if (settings.site.empty()) return ok(look, "The site is for this machine only.");
    return ok(look, "People find the site at " + settings.site + ".");
}

Answers listen(const config::Settings& settings, pid_t server, const std::optional<base::ServiceUnits>& units) {
    Answers answers;
    for (const auto& host : settings.listen)
        answers.push_back(
            listen_on("listen", "--listen or --port", {.host = host, .port = settings.port}, server, units));
    for (const auto& place : settings.redirect_listen)
        answers.push_back(listen_on("redirect_listen", "--redirect-listen", place, server, units));
    for (const auto& place : settings.metrics_listen) {
        answers.push_back(listen_on("metrics_listen", "--metrics-listen", place, server, units));
        // The house opens without its figures (decision 65).
        if (answers.back().grade == Grade::problem) answers.back().grade = Grade::warning;
    }
    return answers;
}

}  // namespace etakahvila::check
