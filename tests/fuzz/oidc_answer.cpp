// What a provider says, whichever of its answers it is taken for.

#include <algorithm>
#include <string>
#include <string_view>

#include "fuzz/target.hpp"
#include "oidc/answers.hpp"

using namespace etakahvila::oidc;

namespace {

void look_at_discovery(std::string_view text) {
    const auto read = discovery_in(text, "https://login.example");
    const auto* found = std::get_if<Discovery>(&read);
    if (found == nullptr) return;
    for (const auto& address : {found->authorization_endpoint, found->token_endpoint, found->jwks_uri}) {
        HOLDS(address.starts_with("https://"));
        // What ends a line or a header's field is in none.
        HOLDS(std::all_of(address.begin(), address.end(), [](char c) { return c > ' ' && c < '\x7f'; }));
    }
}

void look_at_token(std::string_view text, const std::vector<Key>& keys) {
    const auto head = head_of(text);
    const auto who = identity_in(text, keys,
        {.issuer = "https://login.example", .client_id = "kahvila", .nonce = "n", .now = {1'796'281'200'000}});
    // Nobody here has a key to sign with.
    HOLDS(std::holds_alternative<Wrong>(who));
    if (const auto* wrong = std::get_if<Wrong>(&head)) HOLDS(who == Read<Identity>{*wrong});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    look_at_discovery(input);
    const auto read = keys_in(input);
    if (const auto* keys = std::get_if<std::vector<Key>>(&read)) {
        HOLDS(keys->size() <= keys_max);
        look_at_token("eyJhbGciOiJSUzI1NiJ9.e30.AA", *keys);
        look_at_token("eyJhbGciOiJFUzI1NiJ9.e30.AA", *keys);
    }
    const auto token = id_token_in(input);
    if (const auto* text = std::get_if<std::string>(&token)) HOLDS(!text->empty());
    look_at_token(input, {});
    if (const auto text = field_text(input)) HOLDS(field_text(as_field(*text)) == *text);
    if (const auto bytes = from_base64url(input)) HOLDS(from_base64url(to_base64url(*bytes)) == *bytes);
    return 0;
}
