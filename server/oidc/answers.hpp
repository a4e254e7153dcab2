#pragma once

// What a provider says, read and looked at: pure functions on text, of which none trusts it (OpenID Connect Core 1.0
// §3.1.3, Discovery 1.0 §3, RFC 7517). Times are UTC.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/time.hpp"

namespace etakahvila::oidc {

/// Why what a provider said is not taken. For logs: each is a word of ours, and holds nothing of what was said.
enum class Wrong : std::uint8_t {
    unreadable,
    other_issuer,
    address_not_https,
    no_algorithm,
    no_pkce,
    refused,
    client_refused,
    not_signed_so,
    no_such_key,
    bad_signature,
    other_audience,
    expired,
    of_the_future,
    other_nonce,
    no_subject,
    no_auth_time
};
constexpr std::array<std::string_view, 16> names_of(Wrong) {
    return {"unreadable", "other_issuer", "address_not_https", "no_algorithm", "no_pkce", "refused", "client_refused",
        "not_signed_so", "no_such_key", "bad_signature", "other_audience", "expired", "of_the_future", "other_nonce",
        "no_subject", "no_auth_time"};
}
template <class T>
using Read = std::variant<T, Wrong>;

/// What a provider says of itself.
struct Discovery {
    std::string authorization_endpoint;
    std::string token_endpoint;
    std::string jwks_uri;
    /// How it takes the secret: in `Authorization`, which is the default, or in the body.
    bool takes_secret_in_body = false;
    bool operator==(const Discovery&) const = default;
};
/// Every address is https; the issuer is the one that is expected, to the letter; RS256 or ES256 is among its
/// algorithms; S256 among its ways of PKCE, where it lists them (Entra ID lists none, and has it).
Read<Discovery> discovery_in(std::string_view text, std::string_view issuer);

/// A public key of a provider, for signatures of one of our two algorithms.
struct Key {
    /// Empty: it has no name.
    std::string kid;
    bool is_rsa{};
    /// With nothing in it but what makes the key: no secret of whatever kind, no other algorithm.
    std::string jwk;
    bool operator==(const Key&) const = default;
};
inline constexpr std::size_t keys_max = 32;
/// Those that are of use; the others are passed over. At most keys_max.
Read<std::vector<Key>> keys_in(std::string_view text);

/// The ID token in the answer to the code. refused, client_refused: the provider does not take
/// the code, or us.
Read<std::string> id_token_in(std::string_view text);

/// By which key an ID token is signed, as far as it says itself. not_signed_so: by neither of our two algorithms.
struct TokenHead {
    bool is_rsa{};
    std::string kid;
};
Read<TokenHead> head_of(std::string_view token);

/// What an ID token must say.
struct Expected {
    std::string issuer;
    std::string client_id;
    std::string nonce;
    base::UtcTime now;
    /// It was asked to ask anew who it is, and must say when it did.
    bool is_proof = false;
};
/// How far apart clocks may be.
inline constexpr std::int64_t skew_seconds = 60;

/// Who somebody is at the provider; both together, and never a name or an address.
struct Identity {
    std::string issuer;
    std::string subject;
    /// When they last showed the provider who they are, if it says so; never later than now.
    std::optional<base::UtcTime> shown_at{};
    bool operator==(const Identity&) const = default;
};
/// Whose the token is, when one of the keys has signed it and all of it is as expected. no_such_key: none of these
/// could have; newer ones may.
Read<Identity> identity_in(std::string_view token, const std::vector<Key>& keys, const Expected& expected);

/// RFC 4648 §5, without padding; nothing when it is none.
std::optional<std::string> from_base64url(std::string_view written);
std::string to_base64url(std::string_view bytes);

/// A field of a query as it was meant: %41 is A, + a space. Nothing when a % stands alone, or what it means is no
/// printable ASCII.
std::optional<std::string> field_text(std::string_view written);
/// As a field of a form or of a query.
std::string as_field(std::string_view text);

}  // namespace etakahvila::oidc
