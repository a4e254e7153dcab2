#include "check/city_sign_in.hpp"

#include "base/enum_names.hpp"
#include "house/house.hpp"
#include "oidc/provider.hpp"

namespace etakahvila::check {
namespace {

std::string_view what_is_wrong(oidc::Wrong wrong) {
    using enum oidc::Wrong;
    switch (wrong) {
        case other_issuer:
            return "It calls itself another issuer. Set --oidc-issuer to what its discovery document says, to the "
                   "letter.";
        case address_not_https: return "One of its addresses is not https. Its own people have to mend that.";
        case no_algorithm: return "It signs by neither RS256 nor ES256. Ask its own people for one of them.";
        case no_pkce: return "It has no PKCE by S256. Ask its own people for it.";
        default: return "What it says of itself cannot be read. Look at --oidc-issuer.";
    }
}

}  // namespace

Answers city_sign_in(const config::Settings& settings) {
    constexpr auto look = "oidc";
    if (settings.oidc_issuer.empty()) return {ok(look, "There is no sign-in by the city's own provider.")};
    oidc::ProviderOptions options;
    try {
        options = house::provider_of(settings, settings.site);
    } catch (const std::exception& fault) {
        return {problem("oidc_secret", fault.what())};
    }
    const std::atomic<bool> gives_up = false;
    const auto found = oidc::discover(options, gives_up);
    if (const auto* down = std::get_if<oidc::Down>(&found))
        return {problem(look, "The city's own sign-in " + settings.oidc_issuer + " cannot be asked: " + down->words +
                                  ". Look at --oidc-issuer, and whether a firewall is between.")};
    if (const auto* wrong = std::get_if<oidc::Wrong>(&found))
        return {problem(look, "The city's own sign-in " + settings.oidc_issuer + " cannot be used. " +
                                  std::string{what_is_wrong(*wrong)})};
    return {
        ok(look, "The city's own sign-in " + settings.oidc_issuer + " is there. It must know " + options.comes_back_to +
                     " as the address to come back to. Whether it takes --oidc-client-id and "
                     "the secret has not been tried: sign in once.")};
}

}  // namespace etakahvila::check
