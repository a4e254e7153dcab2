#pragma once

// Made-up words for simulated people. The same seed gives the same words.

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace etakahvila::player {

class MadeUpText {
public:
    explicit MadeUpText(std::uint64_t seed) : dice_{seed} {}

    /// Everyday Finnish words, `length` code points in all, in one line without a space at either end.
    std::string text(std::size_t length);

    /// 0 .. count-1.
    std::size_t pick(std::size_t count);

private:
    std::mt19937_64 dice_;
};

/// A nickname of the woods and the garden; every number has its own.
std::string nickname(std::size_t number);

/// In pieces of at most `most`, as a person would send it.
std::vector<std::size_t> pieces_of(std::size_t length, std::size_t most);

}  // namespace etakahvila::player
