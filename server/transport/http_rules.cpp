#include "transport/http_rules.hpp"

#include <algorithm>
#include <charconv>

#include "transport/http_exchange.hpp"

namespace etakahvila::transport {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

std::string_view trim(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t");
    if (begin == text.npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// Calls `visit` with each item until it returns true.
template <class Visit>
bool any_item(std::string_view list, char separator, Visit visit) {
    while (true) {
        const auto end = list.find(separator);
        if (visit(trim(list.substr(0, end)))) return true;
        if (end == list.npos) return false;
        list.remove_prefix(end + 1);
    }
}

/// Old Safari does not count ws: and wss: of the page's own origin as 'self'.
std::string socket_origin(std::string_view origin) {
    const auto scheme_end = origin.find("://");
    if (scheme_end == origin.npos) return {};
    return (origin.substr(0, scheme_end) == "https" ? "wss" : "ws") + std::string{origin.substr(scheme_end)};
}

}  // namespace

bool same_word(std::string_view left, std::string_view right) {
    return left.size() == right.size() && std::equal(left.begin(), left.end(), right.begin(), [](char a, char b) { return lower(a) == lower(b); });
}

bool list_has(std::string_view list, std::string_view word) {
    return any_item(list, ',', [&](std::string_view item) { return same_word(item, word); });
}

std::optional<std::size_t> plain_length(std::string_view field) {
    if (field.empty() || field.size() > 9) return std::nullopt;
    std::size_t length{};
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), length);
    if (error != std::errc{} || end != field.data() + field.size()) return std::nullopt;
    return length;
}

bool Origins::allow(std::string_view origin) const { return std::find(allowed_.begin(), allowed_.end(), origin) != allowed_.end(); }

boost::asio::ip::address client_address(const boost::asio::ip::address& socket, std::string_view forwarded_for,
                                        std::span<const boost::asio::ip::address> trusted_proxies) {
    const auto is_trusted = [&](const boost::asio::ip::address& address) { return std::find(trusted_proxies.begin(), trusted_proxies.end(), address) != trusted_proxies.end(); };
    auto client = socket;
    // Each of our proxies has added at the end whom it heard from.
    while (is_trusted(client) && !forwarded_for.empty()) {
        const auto comma = forwarded_for.rfind(',');
        const auto last = trim(comma == forwarded_for.npos ? forwarded_for : forwarded_for.substr(comma + 1));
        boost::system::error_code error;
        const auto named = boost::asio::ip::make_address(std::string{last}, error);
        if (error) break;
        client = named;
        forwarded_for = comma == forwarded_for.npos ? std::string_view{} : forwarded_for.substr(0, comma);
    }
    return client;
}

std::vector<HeaderField> security_fields(const Origins& origins, bool is_tls, bool runs_wasm) {
    const std::string scripts = runs_wasm ? "'self' 'wasm-unsafe-eval'" : "'self'";
    std::string connect = "'self'";
    for (const auto& origin : origins.all()) {
        if (const auto socket = socket_origin(origin); !socket.empty()) connect += " " + socket;
    }
    std::vector<HeaderField> fields{
        {"Content-Security-Policy", "default-src 'none'; script-src " + scripts + "; style-src 'self'; img-src 'self'; connect-src " + connect +
                                        "; font-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Permissions-Policy", "microphone=(self), camera=(), geolocation=(), display-capture=(), payment=(), usb=()"},
    };
    if (is_tls) fields.push_back({"Strict-Transport-Security", "max-age=31536000"});
    return fields;
}

std::optional<std::string_view> Request::field(std::string_view name) const {
    std::optional<std::string_view> value;
    any_item(query, '&', [&](std::string_view item) {
        const auto equals = item.find('=');
        if (item.substr(0, equals) != name) return false;
        value = equals == item.npos ? std::string_view{} : item.substr(equals + 1);
        return true;
    });
    return value;
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
    std::optional<std::string_view> value;
    int count = 0;
    any_item(cookies, ';', [&](std::string_view item) {
        const auto equals = item.find('=');
        if (equals == item.npos || item.substr(0, equals) != name) return false;
        value = item.substr(equals + 1);
        return ++count == 2;
    });
    return count == 1 ? value : std::nullopt;
}

}  // namespace etakahvila::transport
