#pragma once

// How often a spoken code may be guessed (4-guarantees.md, "Links").

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/time.hpp"

namespace etakahvila::people {

using base::Milliseconds;

/// So many at once, and then one in each interval.
struct GuessRate {
    std::int64_t burst{};
    Milliseconds interval{};
};

struct GuessLimits {
    /// One code typed again and again.
    GuessRate per_code{.burst = 5, .interval = Milliseconds{60'000}};
    /// Loose: a day centre shares one address.
    GuessRate per_address{.burst = 30, .interval = Milliseconds{10'000}};
    /// With 35 bits and 1,000 codes that work all the time, a year of guessing at this rate finds
    /// one with a chance of 7 %; with 90 codes, of 0.6 %.
    GuessRate overall{.burst = 200, .interval = Milliseconds{12'000}};
    /// Codes and addresses remembered, each; at it those whose allowance is whole are forgotten.
    /// The overall rate keeps the others few.
    std::size_t remembered_max = 10'000;
};

/// Told the time, on any clock that never goes back. One thread. Not made of token buckets, since
/// a right guess is given back, and what is whole again must be seen to be forgotten.
class GuessLimiter {
public:
    explicit GuessLimiter(GuessLimits limits = {}) : limits_{limits} {}

    /// Takes a guess from all allowances, or from none: then how long to wait. `code` is
    /// what SpokenCode::normalize_code made of it, as text, and empty when it made nothing;
    /// `address` is an IP address as text, of which an IPv6 one counts with its /64.
    std::optional<Milliseconds> take(std::string_view code, std::string_view address, Milliseconds now);

    /// The guess was right: it costs nothing.
    void give_back(std::string_view code, std::string_view address);

    std::size_t remembered() const { return codes_.size() + addresses_.size(); }

private:
    /// When each allowance is whole again.
    using Whole = std::unordered_map<std::string, Milliseconds>;

    void spend(Whole& whole, const std::string& key, const GuessRate& rate, Milliseconds now);

    GuessLimits limits_;
    Whole codes_;
    Whole addresses_;
    Milliseconds overall_{};
};

/// What of an address counts as one place: IPv4 whole, also inside IPv6; IPv6 by its /64.
std::string address_key(std::string_view address);

}  // namespace etakahvila::people
