#pragma once

#include <algorithm>
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
    /// A proxy on this machine ends TLS for the site: its connections are of everybody, and look like the machine's
    /// own.
    bool is_behind_proxy{};

    /// Whether what comes from this address may come through a proxy that does not say so. Where the
    /// proxies are named, whoever comes from another address is none.
    bool may_be_proxy(const boost::asio::ip::address& address) const {
        if (!trusted_proxies.empty())
            return std::find(trusted_proxies.begin(), trusted_proxies.end(), address) != trusted_proxies.end();
        return is_behind_proxy;
    }
};

}  // namespace etakahvila::net
