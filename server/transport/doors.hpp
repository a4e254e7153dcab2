#pragma once

#include <vector>

#include <boost/asio/ip/address.hpp>

#include "runtime/ticket_office.hpp"
#include "transport/http_exchange.hpp"
#include "transport/http_rules.hpp"
#include "transport/room_finder.hpp"

namespace etakahvila::transport {

/// What stands behind the listeners, shared by all workers. Outlives them.
struct Doors {
    const Origins& origins;
    HttpService& http;
    RoomFinder& rooms;
    runtime::TicketOffice& tickets;
    runtime::TicketOffice& voice_tickets;
    std::vector<boost::asio::ip::address> trusted_proxies{};
};

}  // namespace etakahvila::transport
