#pragma once

// The city's own provider: where people are sent, and who it is that comes back.

#include <atomic>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.hpp"
#include "oidc/answers.hpp"
#include "oidc/begun.hpp"
#include "oidc/fetch.hpp"

namespace etakahvila::oidc {

/// So long what it said of itself is believed, and so long nobody waits again for one that did not answer.
inline constexpr std::int64_t known_minutes = 60;
inline constexpr std::int64_t down_seconds = 15;
/// Keys are asked for anew for a kid that is not known, so often at most.
inline constexpr std::int64_t keys_again_seconds = 60;

struct ProviderOptions {
    /// https://…, as the provider writes it. Empty: there is none.
    std::string issuer;
    std::string client_id;
    std::string client_secret;
    /// Where the provider sends people back to, to the letter as it is registered there.
    std::string comes_back_to;
    /// Certificates of the authorities that are believed. Empty: the machine's own.
    std::filesystem::path authorities{};
};

/// It did not answer.
struct Down {
    std::string words;
};

/// What it says of itself, asked now. Blocks.
std::variant<Discovery, Wrong, Down> discover(const ProviderOptions& options, const std::atomic<bool>& gives_up);

/// Blocks wherever it must ask; from any thread that may wait.
class Provider {
public:
    Provider(ProviderOptions options, const base::Clock& clock) : options_{std::move(options)}, clock_{clock} {}

    /// The address to which the browser goes, for a sign-in that has begun.
    std::variant<std::string, Wrong, Down> address_for(const BegunSignIns::Begun& begun);

    /// Who has come back with this code. refused: the code is none, or is used up;
    /// client_refused: it does not take our id or our secret.
    std::variant<Identity, Wrong, Down> who_comes(const std::string& code, const BegunSignIns::Back& back);

    const std::string& issuer() const { return options_.issuer; }

    /// What waits for an answer ends soon, and nothing more is asked. From any thread.
    void give_up() { gives_up_ = true; }

private:
    std::variant<Discovery, Wrong, Down> known();
    std::variant<std::vector<Key>, Wrong, Down> keys(const Discovery& known, bool anew);

    ProviderOptions options_;
    const base::Clock& clock_;
    std::atomic<bool> gives_up_ = false;
    std::mutex mutex_;
    std::optional<Discovery> discovery_;
    base::UtcTime discovered_at_{};
    std::optional<base::UtcTime> down_since_;
    std::vector<Key> keys_;
    std::optional<base::UtcTime> keys_asked_at_;
    std::optional<base::UtcTime> keys_renewed_at_;
};

}  // namespace etakahvila::oidc
