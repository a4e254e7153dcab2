#pragma once

// What a request's head may be, and what every answer carries.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/ip/address.hpp>

namespace etakahvila::transport {

/// ASCII letters alike in either case; nothing else.
bool same_word(std::string_view left, std::string_view right);

/// Whether a list of words with commas between has this one.
bool list_has(std::string_view list, std::string_view word);

/// The body's length when the field is one plain number of at most 9 digits.
std::optional<std::size_t> plain_length(std::string_view field);

/// The pages that may open a WebSocket: an exact list, as browsers write them.
class Origins {
public:
    explicit Origins(std::vector<std::string> allowed) : allowed_{std::move(allowed)} {}

    bool allow(std::string_view origin) const;
    const std::vector<std::string>& all() const { return allowed_; }

private:
    std::vector<std::string> allowed_;
};

/// The client's address: what the nearest proxy says when it is one of ours, the socket's own otherwise.
boost::asio::ip::address client_address(const boost::asio::ip::address& socket, std::string_view forwarded_for,
                                        std::span<const boost::asio::ip::address> trusted_proxies);

struct HeaderField {
    std::string_view name;
    std::string value;
};

/// On every answer. WebAssembly is let run by the one answer that needs it: a worker has the policy of its own script.
std::vector<HeaderField> security_fields(const Origins& origins, bool is_tls, bool runs_wasm = false);

}  // namespace etakahvila::transport
