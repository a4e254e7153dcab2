#pragma once

#include <string>
#include <string_view>

namespace etakahvila::config {

/// The host in an address such as https://cafe.example.fi:8443, without the brackets of an IPv6 one.
std::string host_of(std::string_view address);

/// Whether this is an IPv4 or IPv6 address, and no name.
bool is_ip_address(const std::string& text);

/// Whether only programs of this machine reach it: 127.0.0.1 and its like, ::1.
bool is_loopback(const std::string& ip_address);

}  // namespace etakahvila::config
