#include "config/host.hpp"

#include <array>

#include <arpa/inet.h>

namespace etakahvila::config {

std::string host_of(std::string_view address) {
    if (const auto scheme = address.find("://"); scheme != address.npos) address.remove_prefix(scheme + 3);
    address = address.substr(0, address.find('/'));
    if (address.starts_with('[')) return std::string{address.substr(1, address.find(']') - 1)};
    return std::string{address.substr(0, address.find(':'))};
}

bool is_ip_address(const std::string& text) {
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    return ::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1 ||
           ::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1;
}

bool is_loopback(const std::string& ip_address) { return ip_address.starts_with("127.") || ip_address == "::1"; }

}  // namespace etakahvila::config
