#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

namespace etakahvila::base {

inline constexpr std::int64_t no_least = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int64_t no_most = std::numeric_limits<std::int64_t>::max();

/// The bounds of one field of a message: of its value (numbers), of its code points (texts) or
/// of its length (lists, whose texts are bounded by item_most). Checked where JSON is read.
struct FieldLimit {
    std::string_view field;
    std::int64_t least = no_least;
    std::int64_t most = no_most;
    std::int64_t item_most = no_most;
};

}  // namespace etakahvila::base
