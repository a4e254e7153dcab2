#pragma once

// How often a spoken code, a link or a password may be guessed (GUARANTEES.md),
// so that nobody's guesses keep another from coming in.
//
// Every network has an allowance of its own, which no other can touch; whoever has used it up may
// draw on what all share, which anyone can use up. So a person elsewhere always has their own tries,
// however many others guess, and those who go on guessing are as slow as all of them together.
//
// What that comes to for codes, of 21^8 = 3.8e10: one network makes 144 guesses a day of its own, and
// all of them 7,200 from what is shared. Fifty that guess for a whole year, day and night, make 5.3
// million: they find one of 90 codes that work all that time with a chance of 1.3 %, at 14,400 a
// day. A thousand make 151,200 a day: 0.036 % a day; and the coordinator sees it from the first hour.
// Of passwords one network tries ten, then one a minute: 1,440 a day against twelve characters.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/time.hpp"

namespace etakahvila::people {

using base::Milliseconds;

/// So many at once, and then one in each interval. A burst of 0: none.
struct GuessRate {
    std::int64_t burst{};
    Milliseconds interval{};
};

/// Allowances of one rate, by key. Told the time, on any clock that never goes back. Not made of
/// token buckets, since a right guess is given back, and what is whole again must be seen to be forgotten.
class Allowances {
public:
    /// At `remembered_max` those that are whole are forgotten; when too few are, those that are
    /// whole soonest.
    explicit Allowances(GuessRate rate, std::size_t remembered_max = 50'000)
        : rate_{rate}, remembered_max_{remembered_max} {}

    /// How long until the key has one to take; 0: now. `width`: of so many allowances in one.
    Milliseconds wait(const std::string& key, Milliseconds now, std::int64_t width = 1) const;
    void spend(const std::string& key, Milliseconds now, std::int64_t width = 1);
    void give_back(const std::string& key, std::int64_t width = 1);
    bool is_whole(const std::string& key, Milliseconds now) const;

    std::size_t remembered() const { return whole_at_.size(); }

private:
    void forget(Milliseconds now);

    GuessRate rate_;
    std::size_t remembered_max_;
    /// When each allowance is whole again.
    std::unordered_map<std::string, Milliseconds> whole_at_;
};

struct GuessLimits {
    /// The same guess from the same network, again and again: one code, or one name's passwords.
    GuessRate same{.burst = 5, .interval = Milliseconds{60'000}};
    /// Each network's own. A day centre shares one address, and right guesses cost nothing.
    GuessRate own{.burst = 10, .interval = Milliseconds{600'000}};
    /// What one network may draw of what is shared, beyond its own.
    GuessRate drawn{.burst = 20, .interval = Milliseconds{10'000}};
    GuessRate shared{.burst = 200, .interval = Milliseconds{12'000}};
    std::size_t remembered_max = 50'000;
};

/// One thread.
class GuessLimiter {
public:
    explicit GuessLimiter(GuessLimits limits = {});

    /// Takes a guess from all allowances that it needs, or from none: then how long to wait.
    /// `guess` is what of it is always spelt alike (a code as SpokenCode::normalize_code makes it, a
    /// name_key), and empty when it is nothing; `address` is an IP address as text.
    std::optional<Milliseconds> take(std::string_view guess, std::string_view address, Milliseconds now);

    /// Whether no guess from there is remembered as wrong.
    bool is_fresh(std::string_view address, Milliseconds now) const;

    /// The guess was right: it costs nothing.
    void give_back(std::string_view guess, std::string_view address);

    std::size_t remembered() const { return same_.remembered() + own_.remembered() + drawn_.remembered(); }

private:
    Allowances same_;
    Allowances own_;
    Allowances drawn_;
    Allowances shared_;
};

/// What of an address counts as one network, the smallest first: an IPv4 address by itself, also
/// inside IPv6, since its neighbours are other people's; of IPv6 what one household is given (/56),
/// and one house (/48), which is as wide as `width` households: whoever has a house's addresses
/// has no more than that.
struct CountedNetwork {
    std::string key;
    std::int64_t width = 1;
};
std::vector<CountedNetwork> networks_of(std::string_view address);

/// The smallest of them.
std::string address_key(std::string_view address);

/// For an operator's eyes, who may want to shut a network out, and too wide to be a person's:
/// "192.0.2.0/24", "2001:db8:1::/48".
std::string network_text(std::string_view address);

}  // namespace etakahvila::people
