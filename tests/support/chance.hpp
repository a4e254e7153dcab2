#pragma once

#include <cstdint>
#include <iterator>
#include <string_view>

namespace etakahvila::testing {

/// SplitMix64: the same numbers for a seed on any machine. Or bytes that somebody chose.
class Chance {
public:
    explicit Chance(std::uint64_t seed) : state_{seed} {}

    /// Each number is made of the next of these bytes, as few as it needs; when they are used up the
    /// numbers go on as of seed 0. The bytes outlive it.
    static Chance of_bytes(std::string_view bytes) {
        Chance chance{0};
        chance.bytes_ = bytes;
        return chance;
    }
    bool has_bytes() const { return !bytes_.empty(); }

    /// least … most, each as likely.
    std::int64_t number(std::int64_t least, std::int64_t most) {
        const auto range = static_cast<std::uint64_t>(most - least) + 1;
        if (has_bytes()) return least + static_cast<std::int64_t>(of_next_bytes(range) % range);
        auto mixed = state_ += 0x9E3779B97F4A7C15ULL;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
        mixed ^= mixed >> 31;
        return least + static_cast<std::int64_t>(mixed % range);
    }
    /// Once in `times`.
    bool once_in(std::int64_t times) { return number(1, times) == 1; }
    template <class List>
    const auto& one_of(const List& list) {
        return *std::next(list.begin(), number(0, static_cast<std::int64_t>(list.size()) - 1));
    }

private:
    std::uint64_t of_next_bytes(std::uint64_t range) {
        std::uint64_t number = 0;
        for (auto left = range - 1; left != 0 && has_bytes(); left >>= 8) {
            number = number << 8 | static_cast<unsigned char>(bytes_.front());
            bytes_.remove_prefix(1);
        }
        return number;
    }

    std::uint64_t state_;
    std::string_view bytes_;
};

}  // namespace etakahvila::testing
