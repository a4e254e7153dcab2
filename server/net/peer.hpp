#pragma once

#include <array>
#include <cstring>

#include <boost/asio/ip/address.hpp>

namespace etakahvila::net {

/// Whom a limit by address counts: an IPv4 address, or an IPv6 network of /64. Never logged.
using PeerKey = std::array<unsigned char, 8>;

inline PeerKey key_of(const boost::asio::ip::address& address) {
    PeerKey key{};
    if (address.is_v6() && !address.to_v6().is_v4_mapped()) {
        std::memcpy(key.data(), address.to_v6().to_bytes().data(), key.size());
        return key;
    }
    const auto v4 = address.is_v4() ? address.to_v4()
                                    : boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, address.to_v6());
    // No network of IPv6 begins so.
    key = {0xff, 0xff, 0xff, 0xff};
    std::memcpy(key.data() + 4, v4.to_bytes().data(), 4);
    return key;
}

}  // namespace etakahvila::net
