#pragma once

#include <vector>

#include <boost/asio/ip/address.hpp>

#include "runtime/ticket_office.hpp"
#include "net/http_exchange.hpp"
#include "net/http_rules.hpp"
#include "net/room_finder.hpp"

namespace etakahvila::net {

/// What stands behind the listeners, shared by all workers. Outlives them.
struct Services {
    const Origins& origins;
    HttpService& http;
    RoomFinder& rooms;
    runtime::TicketOffice& tickets;
    runtime::TicketOffice& voice_tickets;
    std::vector<boost::asio::ip::address> trusted_proxies{};
    const Hosts& hosts;
    /// The site's pages are read over TLS, here or at a proxy.
    bool is_site_https{};
    /// Rooms and voice are entered here.
    bool takes_sockets = true;
};

}  // namespace etakahvila::net
