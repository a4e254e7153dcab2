#include "oidc/provider.hpp"

namespace etakahvila::oidc {
namespace {

constexpr long good = 200;
constexpr long of_the_asker = 400;
constexpr long not_known = 401;
constexpr long of_the_provider = 500;

std::string issuer_without_slash(const std::string& issuer) {
    return issuer.ends_with('/') ? issuer.substr(0, issuer.size() - 1) : issuer;
}

/// An answer with status 200, or the lack of one.
std::variant<std::string, Down> text_at(
    const std::string& address, const std::filesystem::path& authorities, const std::atomic<bool>& gives_up) {
    auto answer = ask({.address = address}, authorities, gives_up);
    if (auto* none = std::get_if<NoAnswer>(&answer)) return Down{std::move(none->words)};
    auto& said = std::get<Said>(answer);
    if (said.status != good) return Down{"it answers with status " + std::to_string(said.status)};
    return std::move(said.body);
}

}  // namespace

std::variant<Discovery, Wrong, Down> discover(const ProviderOptions& options, const std::atomic<bool>& gives_up) {
    const auto address = issuer_without_slash(options.issuer) + "/.well-known/openid-configuration";
    auto text = text_at(address, options.authorities, gives_up);
    if (auto* down = std::get_if<Down>(&text)) return std::move(*down);
    auto read = discovery_in(std::get<std::string>(text), options.issuer);
    if (const auto* wrong = std::get_if<Wrong>(&read)) return *wrong;
    return std::get<Discovery>(std::move(read));
}

std::variant<Discovery, Wrong, Down> Provider::known() {
    const auto now = clock_.utc();
    {
        const std::lock_guard lock{mutex_};
        if (discovery_ && now.ms - discovered_at_.ms < known_minutes * 60'000) return *discovery_;
        if (down_since_ && now.ms - down_since_->ms < down_seconds * 1000) return Down{"it did not answer just now"};
    }
    auto found = discover(options_, gives_up_);
    const std::lock_guard lock{mutex_};
    if (const auto* discovery = std::get_if<Discovery>(&found)) {
        discovery_ = *discovery;
        discovered_at_ = now;
        down_since_.reset();
    } else {
        down_since_ = now;
    }
    return found;
}

std::variant<std::string, Wrong, Down> Provider::address_for(const BegunSignIns::Begun& begun) {
    const auto found = known();
    if (const auto* wrong = std::get_if<Wrong>(&found)) return *wrong;
    if (const auto* down = std::get_if<Down>(&found)) return *down;
    auto address = std::get<Discovery>(found).authorization_endpoint;
    address += address.find('?') == address.npos ? '?' : '&';
    return address + "response_type=code&scope=openid&client_id=" + as_field(options_.client_id) +
           "&redirect_uri=" + as_field(options_.comes_back_to) + "&state=" + begun.state + "&nonce=" + begun.nonce +
           "&code_challenge=" + begun.challenge + "&code_challenge_method=S256" +
           (begun.is_proof ? "&prompt=login&max_age=0" : "");
}

std::variant<std::vector<Key>, Wrong, Down> Provider::keys(const Discovery& known, bool anew) {
    const auto now = clock_.utc();
    {
        const std::lock_guard lock{mutex_};
        const bool is_known = keys_asked_at_ && now.ms - keys_asked_at_->ms < known_minutes * 60'000;
        const bool is_renewed = keys_renewed_at_ && now.ms - keys_renewed_at_->ms < keys_again_seconds * 1000;
        if (is_known && (!anew || is_renewed)) return keys_;
        if (anew) keys_renewed_at_ = now;
    }
    auto text = text_at(known.jwks_uri, options_.authorities, gives_up_);
    if (auto* down = std::get_if<Down>(&text)) return std::move(*down);
    auto read = keys_in(std::get<std::string>(text));
    if (const auto* wrong = std::get_if<Wrong>(&read)) return *wrong;
    const std::lock_guard lock{mutex_};
    keys_ = std::get<std::vector<Key>>(std::move(read));
    keys_asked_at_ = now;
    return keys_;
}

std::variant<Identity, Wrong, Down> Provider::who_comes(const std::string& code, const BegunSignIns::Back& back) {
    const auto found = known();
    if (const auto* wrong = std::get_if<Wrong>(&found)) return *wrong;
    if (const auto* down = std::get_if<Down>(&found)) return *down;
    const auto& discovery = std::get<Discovery>(found);
    auto form = "grant_type=authorization_code&code=" + as_field(code) +
                "&redirect_uri=" + as_field(options_.comes_back_to) + "&code_verifier=" + back.verifier;
    Question question{.address = discovery.token_endpoint};
    if (discovery.takes_secret_in_body) {
        form += "&client_id=" + as_field(options_.client_id) + "&client_secret=" + as_field(options_.client_secret);
    } else {
        // Written as fields of a form are, before they become a name and a password (RFC 6749 §2.3.1).
        question.user = as_field(options_.client_id);
        question.password = as_field(options_.client_secret);
    }
    question.form = std::move(form);
    auto answer = ask(question, options_.authorities, gives_up_);
    if (auto* none = std::get_if<NoAnswer>(&answer)) return Down{std::move(none->words)};
    const auto& said = std::get<Said>(answer);
    if (said.status >= of_the_provider) return Down{"it answers with status " + std::to_string(said.status)};
    const auto token = id_token_in(said.body);
    if (said.status >= of_the_asker && token != Read<std::string>{Wrong::client_refused})
        return said.status == not_known ? Wrong::client_refused : Wrong::refused;
    if (const auto* wrong = std::get_if<Wrong>(&token)) return *wrong;
    const Expected expected{.issuer = options_.issuer,
        .client_id = options_.client_id,
        .nonce = back.nonce,
        .now = clock_.utc(),
        .is_proof = back.is_proof};
    for (const bool anew : {false, true}) {
        const auto known_keys = keys(discovery, anew);
        if (const auto* wrong = std::get_if<Wrong>(&known_keys)) return *wrong;
        if (const auto* down = std::get_if<Down>(&known_keys)) return *down;
        const auto identity = identity_in(
            std::get<std::string>(token), std::get<std::vector<Key>>(known_keys), expected);
        if (const auto* who = std::get_if<Identity>(&identity)) return *who;
        if (std::get<Wrong>(identity) != Wrong::no_such_key) return std::get<Wrong>(identity);
    }
    return Wrong::no_such_key;
}

}  // namespace etakahvila::oidc
