#include "net/http_rules.hpp"

#include <algorithm>
#include <charconv>

#include "net/http_exchange.hpp"

namespace etakahvila::net {
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
    return left.size() == right.size() &&
           std::equal(left.begin(), left.end(), right.begin(), [](char a, char b) { return lower(a) == lower(b); });
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

std::optional<std::string_view> host_name(std::string_view field) {
    const auto is_port = [](std::string_view text) {
        // Empty is the usual one (RFC 3986 §3.2.3).
        return text.empty() ||
               (text.front() == ':' && text.size() <= 6 && text.find_first_not_of("0123456789", 1) == text.npos);
    };
    if (field.starts_with('[')) {
        const auto end = field.find(']');
        if (end == field.npos || !is_port(field.substr(end + 1))) return std::nullopt;
        boost::system::error_code error;
        boost::asio::ip::make_address_v6(std::string{field.substr(1, end - 1)}, error);
        if (error || field.find('%') != field.npos) return std::nullopt;
        return field.substr(0, end + 1);
    }
    const auto colon = std::min(field.find(':'), field.size());
    auto name = field.substr(0, colon);
    if (!is_port(field.substr(colon))) return std::nullopt;
    if (name.ends_with('.')) name.remove_suffix(1);
    const auto is_of_names = [](char c) {
        return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') || c == '-' || c == '_' || c == '.';
    };
    const bool is_name = !name.empty() && name.size() <= 253 && name.front() != '.' && !name.ends_with('.') &&
                         name.find("..") == name.npos && std::all_of(name.begin(), name.end(), is_of_names);
    return is_name ? std::optional{name} : std::nullopt;
}

bool Hosts::allow(std::string_view name) const {
    if (std::any_of(names_.begin(), names_.end(), [&](const std::string& one) { return same_word(one, name); }))
        return true;
    if (!any_address_) return false;
    if (name.starts_with('[')) return true;
    boost::system::error_code error;
    boost::asio::ip::make_address_v4(std::string{name}, error);
    return !error;
}

std::optional<Target> target_of(std::string_view text) {
    if (text.starts_with('/')) return Target{.authority = {}, .path_and_query = text};
    if (text == "*") return Target{.authority = {}, .path_and_query = text};
    const auto scheme = text.substr(0, std::min(text.find("://"), text.size()));
    if (!same_word(scheme, "http") && !same_word(scheme, "https")) return std::nullopt;
    text.remove_prefix(std::min(scheme.size() + 3, text.size()));
    const auto end = std::min(text.find_first_of("/?"), text.size());
    const auto authority = text.substr(0, end);
    const auto rest = text.substr(end);
    if (rest.starts_with('?')) return std::nullopt;
    return Target{.authority = authority, .path_and_query = rest.empty() ? std::string_view{"/"} : rest};
}

bool has_folded_line(std::string_view head) { return head.find("\n ") != head.npos || head.find("\n\t") != head.npos; }

bool is_websocket_key(std::string_view field) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    // The last of 22 letters carries two bits of the 128: "A", "Q", "g" or "w".
    return field.size() == 24 && field.ends_with("==") &&
           field.substr(0, 22).find_first_not_of(letters) == field.npos &&
           std::string_view{"AQgw"}.find(field[21]) != std::string_view::npos;
}

bool has_entity_tag(std::string_view if_none_match, std::string_view tag) {
    const auto opaque = [](std::string_view one) { return one.starts_with("W/") ? one.substr(2) : one; };
    const auto wanted = opaque(tag);
    auto left = trim(if_none_match);
    if (left == "*") return true;
    while (!left.empty()) {
        if (left.front() == ',' || left.front() == ' ' || left.front() == '\t') {
            left.remove_prefix(1);
            continue;
        }
        const std::size_t quote = left.starts_with("W/") ? 2 : 0;
        if (quote >= left.size() || left[quote] != '"') return false;
        // A comma inside is the tag's own.
        const auto end = left.find('"', quote + 1);
        if (end == left.npos) return false;
        if (left.substr(quote, end + 1 - quote) == wanted) return true;
        left.remove_prefix(end + 1);
    }
    return false;
}

bool Origins::allow(std::string_view origin) const {
    return std::find(allowed_.begin(), allowed_.end(), origin) != allowed_.end();
}

bool is_one_of(std::span<const boost::asio::ip::address> proxies, const boost::asio::ip::address& address) {
    return std::find(proxies.begin(), proxies.end(), address) != proxies.end();
}

boost::asio::ip::address client_address(const boost::asio::ip::address& socket, std::string_view forwarded_for,
    std::span<const boost::asio::ip::address> trusted_proxies) {
    auto client = socket;
    // Each of our proxies has added at the end whom it heard from.
    while (is_one_of(trusted_proxies, client) && !forwarded_for.empty()) {
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

bool is_of_operator(const boost::asio::ip::address& socket, bool is_forwarded,
    std::span<const boost::asio::ip::address> trusted_proxies) {
    return !is_forwarded && (socket.is_loopback() || is_one_of(trusted_proxies, socket));
}

std::vector<HeaderField> security_fields(const Origins& origins, bool is_https, bool runs_wasm) {
    const std::string scripts = runs_wasm ? "'self' 'wasm-unsafe-eval'" : "'self'";
    std::string connect = "'self'";
    for (const auto& origin : origins.all()) {
        if (const auto socket = socket_origin(origin); !socket.empty()) connect += " " + socket;
    }
    std::vector<HeaderField> fields{
        {"Content-Security-Policy", "default-src 'none'; script-src " + scripts +
                                        "; style-src 'self'; img-src 'self' blob:; connect-src " + connect +
                                        "; font-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors "
                                        "'none'; require-trusted-types-for 'script'"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Permissions-Policy", "microphone=(self), camera=(), geolocation=(), display-capture=(), payment=(), usb=()"},
    };
    if (is_https) fields.push_back({"Strict-Transport-Security", "max-age=31536000"});
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

}  // namespace etakahvila::net
