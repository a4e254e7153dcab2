#pragma once

#include <cstdint>
#include <iterator>

namespace etakahvila::testing {

/// SplitMix64: the same numbers for a seed on any machine.
class Chance {
public:
    explicit Chance(std::uint64_t seed) : state_{seed} {}

    /// least … most, each as likely.
    std::int64_t number(std::int64_t least, std::int64_t most) {
        auto mixed = state_ += 0x9E3779B97F4A7C15ULL;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
        mixed ^= mixed >> 31;
        return least + static_cast<std::int64_t>(mixed % static_cast<std::uint64_t>(most - least + 1));
    }
    /// Once in `times`.
    bool once_in(std::int64_t times) { return number(1, times) == 1; }
    template <class List>
    const auto& one_of(const List& list) { return *std::next(list.begin(), number(0, static_cast<std::int64_t>(list.size()) - 1)); }

private:
    std::uint64_t state_;
};

}  // namespace etakahvila::testing
