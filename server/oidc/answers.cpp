#include "oidc/answers.hpp"

#include <algorithm>
#include <cctype>
#include <memory>

#include <cjose/cjose.h>
#include <simdjson.h>

#include "base/base64.hpp"
#include "base/secret.hpp"

namespace etakahvila::oidc {
namespace {

constexpr std::size_t subject_bytes_max = 255;
constexpr std::size_t rsa_bytes_least = 256;
constexpr std::size_t rsa_bytes_most = 1024;
constexpr std::size_t p256_bytes = 32;

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

/// A document that is one object; it lives as long as its parser.
std::optional<object> object_in(simdjson::dom::parser& parser, std::string_view text) {
    object found;
    if (parser.parse(text.data(), text.size()).get_object().get(found) != simdjson::SUCCESS) return std::nullopt;
    return found;
}

/// Nothing when it is not there, or no text.
std::optional<std::string> text_at(object from, std::string_view key) {
    std::string_view found;
    if (from[key].get_string().get(found) != simdjson::SUCCESS) return std::nullopt;
    return std::string{found};
}

bool has(object from, std::string_view key) { return from[key].error() == simdjson::SUCCESS; }

/// Nothing when there is no list.
std::optional<std::vector<std::string>> texts_at(object from, std::string_view key) {
    array items;
    if (from[key].get_array().get(items) != simdjson::SUCCESS) return std::nullopt;
    std::vector<std::string> texts;
    for (const element item : items) {
        std::string_view text;
        if (item.get_string().get(text) == simdjson::SUCCESS) texts.emplace_back(text);
    }
    return texts;
}

bool contains(const std::vector<std::string>& texts, std::string_view text) {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

/// A time in whole seconds; some providers write it with a point.
std::optional<std::int64_t> seconds_at(object from, std::string_view key) {
    constexpr double most = 1e11;
    double found{};
    if (from[key].get_double().get(found) != simdjson::SUCCESS || !(found >= 0 && found <= most)) return std::nullopt;
    return static_cast<std::int64_t>(found);
}

/// One that we may be sent to, and that can be put into an address and a header.
bool is_https(std::string_view address) {
    constexpr std::string_view scheme = "https://";
    const bool is_plain = std::all_of(address.begin(), address.end(), [](char c) { return c > ' ' && c < '\x7f'; });
    return address.starts_with(scheme) && address.size() > scheme.size() && address[scheme.size()] != '/' && is_plain &&
           address.find_first_of("\"<>\\^`{|}#@") == address.npos;
}

/// Base64url of so many bytes, or nothing.
std::optional<std::string> number_at(object from, std::string_view key, std::size_t least, std::size_t most) {
    auto written = text_at(from, key);
    const auto bytes = written ? from_base64url(*written) : std::nullopt;
    if (!bytes || bytes->size() < least || bytes->size() > most) return std::nullopt;
    return written;
}

std::optional<Key> key_of(object from) {
    const auto use = text_at(from, "use").value_or("sig");
    const auto algorithm = text_at(from, "alg");
    const auto kind = text_at(from, "kty");
    if (use != "sig" || !kind) return std::nullopt;
    Key key{.kid = text_at(from, "kid").value_or(""), .is_rsa = *kind == "RSA", .jwk = {}};
    if (algorithm && *algorithm != (key.is_rsa ? "RS256" : "ES256")) return std::nullopt;
    if (key.is_rsa) {
        const auto n = number_at(from, "n", rsa_bytes_least, rsa_bytes_most);
        const auto e = number_at(from, "e", 1, 8);
        if (!n || !e) return std::nullopt;
        key.jwk = R"({"kty":"RSA","n":")" + *n + R"(","e":")" + *e + R"("})";
        return key;
    }
    if (*kind != "EC" || text_at(from, "crv") != "P-256") return std::nullopt;
    const auto x = number_at(from, "x", p256_bytes, p256_bytes);
    const auto y = number_at(from, "y", p256_bytes, p256_bytes);
    if (!x || !y) return std::nullopt;
    key.jwk = R"({"kty":"EC","crv":"P-256","x":")" + *x + R"(","y":")" + *y + R"("})";
    return key;
}

struct EndsJws {
    void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
};
struct EndsJwk {
    void operator()(cjose_jwk_t* jwk) const { cjose_jwk_release(jwk); }
};

bool is_signed_by(std::string_view token, const Key& key) {
    cjose_err error{};
    const std::unique_ptr<cjose_jwk_t, EndsJwk> jwk{cjose_jwk_import(key.jwk.data(), key.jwk.size(), &error)};
    if (!jwk) return false;
    // Read anew for each key: what was verified once is not told apart by cjose.
    const std::unique_ptr<cjose_jws_t, EndsJws> jws{cjose_jws_import(token.data(), token.size(), &error)};
    return jws && cjose_jws_verify(jws.get(), jwk.get(), &error);
}

/// HEAD.BODY.SIGNATURE
std::optional<std::array<std::string_view, 3>> parts_of(std::string_view token) {
    const auto first = token.find('.');
    const auto second = first == token.npos ? first : token.find('.', first + 1);
    if (second == token.npos || token.find('.', second + 1) != token.npos) return std::nullopt;
    return std::array{token.substr(0, first), token.substr(first + 1, second - first - 1), token.substr(second + 1)};
}

std::optional<Wrong> wrong_audience(object claims, const std::string& client_id) {
    const auto one = text_at(claims, "aud");
    const auto many = texts_at(claims, "aud");
    const bool is_ours = one ? *one == client_id : many && contains(*many, client_id);
    if (!is_ours) return Wrong::other_audience;
    // Of a token for several, and of any that names one, we are the one that it was made for.
    const bool needs_party = !one && many->size() > 1;
    if ((needs_party || has(claims, "azp")) && text_at(claims, "azp") != client_id) return Wrong::other_audience;
    return std::nullopt;
}

std::optional<Wrong> wrong_time(object claims, base::UtcTime now) {
    const auto seconds = now.ms / 1000;
    const auto expires = seconds_at(claims, "exp");
    const auto made_at = seconds_at(claims, "iat");
    if (!expires || !made_at) return Wrong::unreadable;
    if (*expires + skew_seconds <= seconds) return Wrong::expired;
    const auto begins = has(claims, "nbf") ? seconds_at(claims, "nbf") : made_at;
    if (!begins) return Wrong::unreadable;
    if (*made_at - skew_seconds > seconds || *begins - skew_seconds > seconds) return Wrong::of_the_future;
    return std::nullopt;
}

/// `auth_time`, which most say only when they are asked for it (OpenID Connect Core 1.0 §2).
Read<std::optional<base::UtcTime>> shown_at(object claims, const Expected& expected) {
    if (!has(claims, "auth_time")) {
        if (expected.is_proof) return Wrong::no_auth_time;
        return std::optional<base::UtcTime>{};
    }
    const auto seconds = seconds_at(claims, "auth_time");
    if (!seconds) return Wrong::unreadable;
    if (*seconds - skew_seconds > expected.now.ms / 1000) return Wrong::of_the_future;
    return std::optional{std::min(base::UtcTime{*seconds * 1000}, expected.now)};
}

Read<Identity> identity_of(object claims, const Expected& expected) {
    if (text_at(claims, "iss") != expected.issuer) return Wrong::other_issuer;
    if (const auto wrong = wrong_audience(claims, expected.client_id)) return *wrong;
    if (const auto wrong = wrong_time(claims, expected.now)) return *wrong;
    const auto nonce = text_at(claims, "nonce");
    if (!nonce || expected.nonce.empty() || !base::is_same_secret(*nonce, expected.nonce)) return Wrong::other_nonce;
    auto subject = text_at(claims, "sub");
    if (!subject || subject->empty() || subject->size() > subject_bytes_max ||
        !std::all_of(subject->begin(), subject->end(), [](char c) { return c >= ' ' && c < '\x7f'; }))
        return Wrong::no_subject;
    const auto shown = shown_at(claims, expected);
    if (const auto* wrong = std::get_if<Wrong>(&shown)) return *wrong;
    return Identity{.issuer = expected.issuer,
        .subject = *std::move(subject),
        .shown_at = std::get<std::optional<base::UtcTime>>(shown)};
}

}  // namespace

std::optional<std::string> from_base64url(std::string_view written) {
    std::string usual{written};
    for (char& letter : usual) {
        if (letter == '+' || letter == '/' || letter == '=') return std::nullopt;
        letter = letter == '-' ? '+' : letter == '_' ? '/' : letter;
    }
    return base::from_base64(usual);
}

std::string to_base64url(std::string_view bytes) {
    auto written = base::to_base64(bytes);
    while (written.ends_with('=')) written.pop_back();
    for (char& letter : written) letter = letter == '+' ? '-' : letter == '/' ? '_' : letter;
    return written;
}

std::optional<std::string> field_text(std::string_view written) {
    constexpr std::string_view digits = "0123456789abcdef";
    const auto value = [&](char digit) {
        return digits.find(static_cast<char>(std::tolower(static_cast<unsigned char>(digit))));
    };
    std::string text;
    for (std::size_t at = 0; at < written.size(); ++at) {
        char letter = written[at] == '+' ? ' ' : written[at];
        if (letter == '%') {
            if (at + 2 >= written.size()) return std::nullopt;
            const auto high = value(written[at + 1]);
            const auto low = value(written[at + 2]);
            if (high == digits.npos || low == digits.npos) return std::nullopt;
            letter = static_cast<char>(high * 16 + low);
            at += 2;
        }
        if (letter < ' ' || letter >= '\x7f') return std::nullopt;
        text.push_back(letter);
    }
    return text;
}

std::string as_field(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string written;
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        const bool is_plain = byte < 0x80 && (std::isalnum(byte) != 0 || letter == '-' || letter == '.' ||
                                                 letter == '_' || letter == '~');
        if (is_plain) {
            written.push_back(letter);
        } else {
            written.push_back('%');
            written.push_back(digits[byte >> 4U]);
            written.push_back(digits[byte & 0xFU]);
        }
    }
    return written;
}

Read<Discovery> discovery_in(std::string_view text, std::string_view issuer) {
    simdjson::dom::parser parser;
    const auto said = object_in(parser, text);
    if (!said) return Wrong::unreadable;
    if (text_at(*said, "issuer") != issuer) return Wrong::other_issuer;
    Discovery found{.authorization_endpoint = text_at(*said, "authorization_endpoint").value_or(""),
        .token_endpoint = text_at(*said, "token_endpoint").value_or(""),
        .jwks_uri = text_at(*said, "jwks_uri").value_or("")};
    if (!is_https(found.authorization_endpoint) || !is_https(found.token_endpoint) || !is_https(found.jwks_uri))
        return Wrong::address_not_https;
    const auto algorithms = texts_at(*said, "id_token_signing_alg_values_supported");
    if (!algorithms || (!contains(*algorithms, "RS256") && !contains(*algorithms, "ES256"))) return Wrong::no_algorithm;
    const auto ways_of_pkce = texts_at(*said, "code_challenge_methods_supported");
    if (ways_of_pkce && !contains(*ways_of_pkce, "S256")) return Wrong::no_pkce;
    const auto ways = texts_at(*said, "token_endpoint_auth_methods_supported");
    found.takes_secret_in_body = ways && !contains(*ways, "client_secret_basic") &&
                                 contains(*ways, "client_secret_post");
    return found;
}

Read<std::vector<Key>> keys_in(std::string_view text) {
    simdjson::dom::parser parser;
    const auto said = object_in(parser, text);
    array listed;
    if (!said || (*said)["keys"].get_array().get(listed) != simdjson::SUCCESS) return Wrong::unreadable;
    std::vector<Key> keys;
    for (const element one : listed) {
        object fields;
        if (keys.size() == keys_max || one.get_object().get(fields) != simdjson::SUCCESS) continue;
        if (auto key = key_of(fields)) keys.push_back(*std::move(key));
    }
    return keys;
}

Read<std::string> id_token_in(std::string_view text) {
    simdjson::dom::parser parser;
    const auto said = object_in(parser, text);
    if (!said) return Wrong::unreadable;
    if (text_at(*said, "error") == "invalid_client") return Wrong::client_refused;
    if (has(*said, "error")) return Wrong::refused;
    auto token = text_at(*said, "id_token");
    if (!token || token->empty()) return Wrong::unreadable;
    return *std::move(token);
}

Read<TokenHead> head_of(std::string_view token) {
    const auto parts = parts_of(token);
    const auto written = parts ? from_base64url((*parts)[0]) : std::nullopt;
    simdjson::dom::parser parser;
    const auto head = written ? object_in(parser, *written) : std::nullopt;
    if (!head) return Wrong::unreadable;
    const auto algorithm = text_at(*head, "alg");
    // `crit` names what must be understood (RFC 7515 §4.1.11); there is nothing such that we do.
    if ((algorithm != "RS256" && algorithm != "ES256") || has(*head, "crit")) return Wrong::not_signed_so;
    return TokenHead{.is_rsa = algorithm == "RS256", .kid = text_at(*head, "kid").value_or("")};
}

Read<Identity> identity_in(std::string_view token, const std::vector<Key>& keys, const Expected& expected) {
    const auto read = head_of(token);
    if (const auto* wrong = std::get_if<Wrong>(&read)) return *wrong;
    const auto& head = std::get<TokenHead>(read);
    bool is_there_one = false;
    bool is_signed = false;
    for (const auto& key : keys) {
        if (key.is_rsa != head.is_rsa || (!head.kid.empty() && key.kid != head.kid)) continue;
        is_there_one = true;
        is_signed = is_signed || is_signed_by(token, key);
    }
    if (!is_there_one) return Wrong::no_such_key;
    if (!is_signed) return Wrong::bad_signature;
    const auto written = from_base64url((*parts_of(token))[1]);
    simdjson::dom::parser parser;
    const auto claims = written ? object_in(parser, *written) : std::nullopt;
    return claims ? identity_of(*claims, expected) : Read<Identity>{Wrong::unreadable};
}

}  // namespace etakahvila::oidc
