#include "oidc/begun.hpp"

#include <charconv>

#include <sodium.h>

#include "base/secret.hpp"
#include "oidc/answers.hpp"

namespace etakahvila::oidc {
namespace {

constexpr std::int64_t begun_ms = begun_minutes * 60'000;
constexpr std::size_t secret_bytes = 16;
/// Between the time and the random part of a secret.
constexpr std::string_view plain_mark = ".in.";
constexpr std::string_view proof_mark = ".proof.";

std::string text_of(std::span<const unsigned char> bytes) {
    return to_base64url({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

std::string s256(std::string_view verifier) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(verifier.data()), verifier.size());
    return text_of(digest);
}

}  // namespace

BegunSignIns::BegunSignIns(Random random, std::size_t remembered_max)
    : random_{std::move(random)}, remembered_max_{remembered_max} {
    random_(std::as_writable_bytes(std::span{key_}));
}

std::string BegunSignIns::derived(std::string_view what, std::string_view secret) const {
    const auto text = std::string{what} + " " + std::string{secret};
    std::array<unsigned char, 32> made{};
    crypto_generichash(made.data(), made.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
        key_.data(), key_.size());
    return text_of(made);
}

BegunSignIns::Begun BegunSignIns::begin(base::UtcTime now, bool is_proof) const {
    std::array<unsigned char, secret_bytes> bytes{};
    random_(std::as_writable_bytes(std::span{bytes}));
    const auto secret = std::to_string(now.ms) + std::string{is_proof ? proof_mark : plain_mark} + text_of(bytes);
    return {.cookie = secret + "." + derived("cookie", secret),
        .state = derived("state", secret),
        .nonce = derived("nonce", secret),
        .challenge = s256(derived("verifier", secret)),
        .is_proof = is_proof};
}

std::variant<BegunSignIns::Back, BegunSignIns::Not> BegunSignIns::look(
    std::string_view cookie, std::string_view state, base::UtcTime now) const {
    const auto end = cookie.rfind('.');
    if (end == cookie.npos) return Not::ours;
    const auto secret = cookie.substr(0, end);
    if (!base::is_same_secret(cookie.substr(end + 1), derived("cookie", secret))) return Not::ours;
    if (!base::is_same_secret(state, derived("state", secret))) return Not::same;
    base::UtcTime begun_at{};
    const auto mark = secret.find('.');
    std::from_chars(secret.data(), secret.data() + mark, begun_at.ms);
    if (now.ms - begun_at.ms >= begun_ms) return Not::in_time;
    const std::lock_guard lock{mutex_};
    if (used_states_.contains(state)) return Not::once;
    return Back{.state = std::string{state},
        .nonce = derived("nonce", secret),
        .verifier = derived("verifier", secret),
        .is_proof = secret.substr(mark).starts_with(proof_mark)};
}

bool BegunSignIns::use(const Back& back, base::UtcTime now) {
    const std::lock_guard lock{mutex_};
    if (!used_states_.insert(back.state).second) return false;
    used_.push_back({.at = now, .state = back.state});
    // One that was begun so long ago is too old to come back.
    while (used_.size() > remembered_max_ || now.ms - used_.front().at.ms >= begun_ms) {
        used_states_.erase(used_.front().state);
        used_.pop_front();
    }
    return true;
}

}  // namespace etakahvila::oidc
