#pragma once

// Sign-ins that have begun and wait for the provider. All of one is derived from a secret that its browser's cookie
// has: strangers who begin, and who come back with nothing that the provider could know, leave nothing here. What was
// used is known until it is too old, so that none is used twice.

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/time.hpp"

namespace etakahvila::oidc {

inline constexpr std::int64_t begun_minutes = 15;
/// At this number the one that was used first is forgotten: what it came with is used up at the provider as well.
inline constexpr std::size_t used_max = 100'000;

/// From any thread. With another start of the program what was begun is begun in vain.
class BegunSignIns {
public:
    using Random = std::function<void(std::span<std::byte>)>;
    explicit BegunSignIns(Random random, std::size_t remembered_max = used_max);

    struct Begun {
        /// For the browser that has begun, and no other.
        std::string cookie;
        std::string state;
        std::string nonce;
        /// S256 of the verifier (RFC 7636).
        std::string challenge;
        /// The provider is to ask anew who it is, whatever it knows of the browser.
        bool is_proof{};
    };
    Begun begin(base::UtcTime now, bool is_proof) const;

    struct Back {
        std::string state;
        std::string nonce;
        std::string verifier;
        bool is_proof{};
    };
    enum class Not : std::uint8_t { ours, same, in_time, once };
    friend constexpr std::array<std::string_view, 4> names_of(Not) { return {"ours", "same", "in_time", "once"}; }
    /// What has come back. Not: ours (the cookie is not from here), same (the state is of another), in_time (too old),
    /// once (it was used before).
    std::variant<Back, Not> look(std::string_view cookie, std::string_view state, base::UtcTime now) const;
    /// Before the provider is asked about it. False when it was used before.
    bool use(const Back& back, base::UtcTime now);

private:
    std::string derived(std::string_view what, std::string_view secret) const;

    Random random_;
    std::size_t remembered_max_;
    std::array<unsigned char, 32> key_{};
    mutable std::mutex mutex_;
    struct Used {
        base::UtcTime at;
        std::string state;
    };
    /// In the order in which they were used.
    std::deque<Used> used_;
    std::set<std::string, std::less<>> used_states_;
};

}  // namespace etakahvila::oidc
