// What a provider says, of which nothing is believed.

#include "oidc/answers.hpp"

#include <cjose/cjose.h>

#include "support/catch.hpp"

using namespace etakahvila;
using namespace etakahvila::oidc;

namespace {

constexpr base::UtcTime now{1'796'281'200'000};
constexpr std::int64_t now_s = now.ms / 1000;
const std::string issuer = "https://login.example/tenant/v2.0";

/// A key of a provider, made for the test.
class SigningKey {
public:
    explicit SigningKey(bool is_rsa, std::string kid) : is_rsa_{is_rsa}, kid_{std::move(kid)} {
        cjose_err error{};
        const unsigned char exponent[] = {1, 0, 1};
        key_ = is_rsa ? cjose_jwk_create_RSA_random(2048, exponent, sizeof exponent, &error)
                      : cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &error);
        REQUIRE(key_ != nullptr);
    }
    explicit SigningKey(const std::string& secret) {
        cjose_err error{};
        key_ = cjose_jwk_create_oct_spec(reinterpret_cast<const unsigned char*>(secret.data()), secret.size(), &error);
        REQUIRE(key_ != nullptr);
    }
    ~SigningKey() { cjose_jwk_release(key_); }
    SigningKey(const SigningKey&) = delete;
    SigningKey& operator=(const SigningKey&) = delete;

    /// As it stands in a set of keys.
    std::string listed() const {
        cjose_err error{};
        char* json = cjose_jwk_to_json(key_, false, &error);
        REQUIRE(json != nullptr);
        std::string text{json};
        cjose_get_dealloc()(json);
        return R"({"kid":")" + kid_ + R"(","use":"sig",)" + text.substr(1);
    }

    std::string token(const std::string& claims) const { return token(claims, is_rsa_ ? "RS256" : "ES256"); }
    std::string token(const std::string& claims, const char* algorithm) const {
        cjose_err error{};
        cjose_header_t* head = cjose_header_new(&error);
        REQUIRE(cjose_header_set(head, CJOSE_HDR_ALG, algorithm, &error));
        if (!kid_.empty()) REQUIRE(cjose_header_set(head, CJOSE_HDR_KID, kid_.c_str(), &error));
        cjose_jws_t* jws = cjose_jws_sign(
            key_, head, reinterpret_cast<const unsigned char*>(claims.data()), claims.size(), &error);
        REQUIRE(jws != nullptr);
        const char* written = nullptr;
        REQUIRE(cjose_jws_export(jws, &written, &error));
        std::string text{written};
        cjose_jws_release(jws);
        cjose_header_release(head);
        return text;
    }

private:
    bool is_rsa_ = false;
    std::string kid_;
    cjose_jwk_t* key_ = nullptr;
};

const SigningKey& rsa() {
    static const SigningKey key{true, "one"};
    return key;
}
const SigningKey& ec() {
    static const SigningKey key{false, "two"};
    return key;
}

std::vector<Key> set_of(std::initializer_list<std::string> listed) {
    std::string text = R"({"keys":[)";
    for (const auto& one : listed) text += (text.ends_with('[') ? "" : ",") + one;
    return std::get<std::vector<Key>>(keys_in(text + "]}"));
}
std::vector<Key> both() { return set_of({rsa().listed(), ec().listed()}); }

struct Claims {
    std::string iss = issuer;
    std::string aud = R"("kahvila")";
    std::string sub = R"("s-17")";
    std::string nonce = "n0nce";
    std::int64_t exp = now_s + 300;
    std::int64_t iat = now_s;
    std::string more{};

    std::string text() const {
        return R"({"iss":")" + iss + R"(","aud":)" + aud + R"(,"sub":)" + sub + R"(,"nonce":")" + nonce +
               R"(","exp":)" + std::to_string(exp) + R"(,"iat":)" + std::to_string(iat) + more + "}";
    }
};

const Expected expected{.issuer = issuer, .client_id = "kahvila", .nonce = "n0nce", .now = now};

Read<Identity> who_by(const Claims& claims) { return identity_in(rsa().token(claims.text()), both(), expected); }

std::string discovery(std::string_view from = "", std::string_view to = "") {
    std::string text = R"({"issuer":"https://login.example/tenant/v2.0",
        "authorization_endpoint":"https://login.example/authorize","token_endpoint":"https://login.example/token",
        "jwks_uri":"https://login.example/keys","id_token_signing_alg_values_supported":["RS256"],
        "token_endpoint_auth_methods_supported":["client_secret_post","client_secret_basic"]})";
    if (const auto at = text.find(from); !from.empty()) {
        REQUIRE(at != text.npos);
        text.replace(at, from.size(), to);
    }
    return text;
}

}  // namespace

TEST_CASE("a token of either algorithm tells who it is") {
    const Read<Identity> who = Identity{.issuer = issuer, .subject = "s-17"};
    CHECK(identity_in(rsa().token(Claims{}.text()), both(), expected) == who);
    CHECK(identity_in(ec().token(Claims{}.text()), both(), expected) == who);
    CHECK(who_by({.aud = R"(["kahvila"])"}) == who);
    CHECK(who_by({.aud = R"(["kahvila","other"])", .more = R"(,"azp":"kahvila")"}) == who);
}

TEST_CASE("a token that was changed, or signed by a key of somebody else, is none") {
    auto token = rsa().token(Claims{}.text());
    const auto other = rsa().token(Claims{.sub = R"("s-18")"}.text());
    // The body of one under the signature of the other.
    const auto first = token.find('.');
    const auto second = token.find('.', first + 1);
    const auto others = other.substr(other.find('.') + 1);
    token = token.substr(0, first + 1) + others.substr(0, others.find('.')) + token.substr(second);
    CHECK(identity_in(token, both(), expected) == Read<Identity>{Wrong::bad_signature});
    const SigningKey strangers{true, "one"};
    CHECK(identity_in(strangers.token(Claims{}.text()), both(), expected) == Read<Identity>{Wrong::bad_signature});
}

TEST_CASE("nothing is taken that is signed by nobody, or by what everybody can read") {
    const auto claims = Claims{}.text();
    for (const std::string head : {R"({"alg":"none"})", R"({"alg":"None","kid":"one"})", R"({"kid":"one"})",
             R"({"alg":"RS256","crit":["b64"],"b64":false})"}) {
        const auto token = to_base64url(head) + "." + to_base64url(claims) + ".";
        CHECK(identity_in(token, both(), expected) == Read<Identity>{Wrong::not_signed_so});
    }
    // The public key as the secret of HS256.
    const SigningKey confused{both()[0].jwk};
    CHECK(identity_in(confused.token(claims, "HS256"), both(), expected) == Read<Identity>{Wrong::not_signed_so});
    CHECK(identity_in(rsa().token(claims, "RS512"), both(), expected) == Read<Identity>{Wrong::not_signed_so});
    CHECK(identity_in(rsa().token(claims, "PS256"), both(), expected) == Read<Identity>{Wrong::not_signed_so});
}

TEST_CASE("a token is for us, from them, for this sign-in and for now") {
    CHECK(who_by({.iss = "https://login.example/other/v2.0"}) == Read<Identity>{Wrong::other_issuer});
    CHECK(who_by({.iss = issuer + "/"}) == Read<Identity>{Wrong::other_issuer});
    CHECK(who_by({.aud = R"("other")"}) == Read<Identity>{Wrong::other_audience});
    CHECK(who_by({.aud = R"([])"}) == Read<Identity>{Wrong::other_audience});
    CHECK(who_by({.aud = R"(["kahvila","other"])"}) == Read<Identity>{Wrong::other_audience});
    CHECK(who_by({.more = R"(,"azp":"other")"}) == Read<Identity>{Wrong::other_audience});
    CHECK(who_by({.nonce = "another"}) == Read<Identity>{Wrong::other_nonce});
    CHECK(who_by({.sub = R"("")"}) == Read<Identity>{Wrong::no_subject});
    CHECK(who_by({.sub = "17"}) == Read<Identity>{Wrong::no_subject});
    // A minute of clocks that are apart, and no more.
    CHECK(std::holds_alternative<Identity>(who_by({.exp = now_s - 59})));
    CHECK(who_by({.exp = now_s - 60}) == Read<Identity>{Wrong::expired});
    CHECK(std::holds_alternative<Identity>(who_by({.iat = now_s + 60})));
    CHECK(who_by({.iat = now_s + 61}) == Read<Identity>{Wrong::of_the_future});
    CHECK(who_by({.more = R"(,"nbf":)" + std::to_string(now_s + 61)}) == Read<Identity>{Wrong::of_the_future});
}

TEST_CASE(
    "when somebody was last asked who they are is the provider's to say, and is asked for where it is to be a proof") {
    const auto shown = [](std::int64_t at_s, bool is_proof = false) {
        auto wanted = expected;
        wanted.is_proof = is_proof;
        const Claims claims{.more = R"(,"auth_time":)" + std::to_string(at_s)};
        return identity_in(rsa().token(claims.text()), both(), wanted);
    };
    CHECK_FALSE(std::get<Identity>(who_by({})).shown_at);
    CHECK(std::get<Identity>(shown(now_s - 3600)).shown_at == base::UtcTime{(now_s - 3600) * 1000});
    CHECK(std::get<Identity>(shown(now_s - 3600, true)).shown_at == base::UtcTime{(now_s - 3600) * 1000});
    // Never later than now, though clocks may be a minute apart.
    CHECK(std::get<Identity>(shown(now_s + 60)).shown_at == now);
    CHECK(shown(now_s + 61) == Read<Identity>{Wrong::of_the_future});
    CHECK(who_by({.more = R"(,"auth_time":"now")"}) == Read<Identity>{Wrong::unreadable});
    auto proof = expected;
    proof.is_proof = true;
    CHECK(identity_in(rsa().token(Claims{}.text()), both(), proof) == Read<Identity>{Wrong::no_auth_time});
}

TEST_CASE("a kid that is not known is told, and is known when the keys are asked for anew") {
    const auto token = ec().token(Claims{}.text());
    CHECK(identity_in(token, set_of({rsa().listed()}), expected) == Read<Identity>{Wrong::no_such_key});
    CHECK(identity_in(token, {}, expected) == Read<Identity>{Wrong::no_such_key});
    CHECK(std::holds_alternative<Identity>(identity_in(token, both(), expected)));
}

TEST_CASE("keys of another kind or use are passed over") {
    const auto symmetric = R"({"kty":"oct","kid":"three","k":"c2VjcmV0c2VjcmV0"})";
    const auto encrypting = R"({"kid":"four","use":"enc",)" + rsa().listed().substr(rsa().listed().find("\"kty\""));
    const auto small = R"({"kty":"RSA","kid":"five","n":"AQAB","e":"AQAB"})";
    const auto curve = R"({"kty":"EC","kid":"six","crv":"P-384","x":"AQAB","y":"AQAB"})";
    CHECK(set_of({symmetric, encrypting, small, curve, "17", "{}"}).empty());
    CHECK(both().size() == 2);
    CHECK(both()[0].kid == "one");
    CHECK(keys_in("[]") == Read<std::vector<Key>>{Wrong::unreadable});
}

TEST_CASE("what a provider says of itself is looked at") {
    CHECK(discovery_in(discovery(), issuer) ==
          Read<Discovery>{Discovery{.authorization_endpoint = "https://login.example/authorize",
              .token_endpoint = "https://login.example/token",
              .jwks_uri = "https://login.example/keys",
              .takes_secret_in_body = false}});
    CHECK(discovery_in(discovery(), "https://login.example") == Read<Discovery>{Wrong::other_issuer});
    CHECK(discovery_in(discovery("https://login.example/keys", "http://login.example/keys"), issuer) ==
          Read<Discovery>{Wrong::address_not_https});
    CHECK(discovery_in(discovery("https://login.example/authorize", "https://a@login.example/"), issuer) ==
          Read<Discovery>{Wrong::address_not_https});
    CHECK(
        discovery_in(discovery("[\"RS256\"]", "[\"HS256\",\"none\"]"), issuer) == Read<Discovery>{Wrong::no_algorithm});
    CHECK(discovery_in(discovery("{", R"({"code_challenge_methods_supported":["plain"],)"), issuer) ==
          Read<Discovery>{Wrong::no_pkce});
    CHECK(std::get<Discovery>(discovery_in(discovery(R"(,"client_secret_basic")"), issuer)).takes_secret_in_body);
    CHECK(discovery_in("<html>", issuer) == Read<Discovery>{Wrong::unreadable});
}

TEST_CASE("the answer to a code has a token, or says whom the provider does not take") {
    CHECK(id_token_in(R"({"access_token":"a","id_token":"x.y.z"})") == Read<std::string>{std::string{"x.y.z"}});
    CHECK(id_token_in(R"({"error":"invalid_grant"})") == Read<std::string>{Wrong::refused});
    CHECK(id_token_in(R"({"error":"invalid_client"})") == Read<std::string>{Wrong::client_refused});
    CHECK(id_token_in(R"({"access_token":"a"})") == Read<std::string>{Wrong::unreadable});
}

TEST_CASE("a field of a query is read as it was meant, and printable") {
    CHECK(field_text("https%3A%2F%2Flogin.example+x") == "https://login.example x");
    CHECK(field_text("%") == std::nullopt);
    CHECK(field_text("%4") == std::nullopt);
    CHECK(field_text("%zz") == std::nullopt);
    CHECK(field_text("a%0d%0aLocation") == std::nullopt);
    CHECK(as_field("a b&c=/~") == "a%20b%26c%3D%2F~");
    CHECK(field_text(as_field("a b&c=/~")) == "a b&c=/~");
}
