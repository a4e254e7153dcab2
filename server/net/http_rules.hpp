#pragma once

// What a request's head may be, and what every answer carries.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/ip/address.hpp>

namespace etakahvila::net {

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

/// The name in a Host field or an authority, without port and without a last dot. It is "cafe.example.fi"
/// of "cafe.example.fi.:443", and "[::1]" of "[::1]:8443". Nothing when it is no host (RFC 9112 §3.2).
std::optional<std::string_view> host_name(std::string_view field);

/// The names under which the server is asked. A page of another name that leads here (DNS
/// rebinding), or a proxy that mixes sites up, gets nothing of ours.
class Hosts {
public:
    /// `any_address`: whoever asks by an IP address is answered too, whichever it is.
    explicit Hosts(std::vector<std::string> names, bool any_address = false)
        : names_{std::move(names)}, any_address_{any_address} {}

    /// What host_name has made.
    bool allow(std::string_view name) const;

private:
    std::vector<std::string> names_;
    bool any_address_;
};

/// Where a request goes: its target as RFC 9112 §3.2 has it, in origin-form or in absolute-form.
struct Target {
    /// In absolute-form it counts, and Host does not.
    std::optional<std::string_view> authority;
    /// From the slash on; or the whole server's "*", which is of OPTIONS only.
    std::string_view path_and_query;
};
/// Nothing when it is neither.
std::optional<Target> target_of(std::string_view text);

/// Whether a field line of the head goes on in the next line, as RFC 9112 §5.2 has made obsolete.
bool has_folded_line(std::string_view head);

/// Whether it is 16 bytes in base64, in their one spelling (RFC 6455 §4.1).
bool is_websocket_key(std::string_view field);

/// Whether an If-None-Match has the tag: `*`, or a list in which it stands, weak or strong (RFC 9110 §13.1.2).
bool has_entity_tag(std::string_view if_none_match, std::string_view tag);

bool is_one_of(std::span<const boost::asio::ip::address> proxies, const boost::asio::ip::address& address);

/// The client's address: what the nearest proxy says when it is one of ours, the socket's own otherwise.
boost::asio::ip::address client_address(const boost::asio::ip::address& socket, std::string_view forwarded_for,
    std::span<const boost::asio::ip::address> trusted_proxies);

/// Whether somebody on this machine asks, or one of our proxies of its own. Whoever comes through a proxy is told to be
/// forwarded: each of ours says so.
bool is_of_operator(const boost::asio::ip::address& socket, bool is_forwarded,
    std::span<const boost::asio::ip::address> trusted_proxies);

struct HeaderField {
    std::string_view name;
    std::string value;
};

/// On every answer. WebAssembly is let run by the one answer that needs it: a worker has the policy of its own script.
std::vector<HeaderField> security_fields(const Origins& origins, bool is_https, bool runs_wasm = false);

}  // namespace etakahvila::net
