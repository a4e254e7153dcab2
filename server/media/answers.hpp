#pragma once

// What the second process says: one byte, and behind `made` the picture. And how it ends.

namespace etakahvila::media {

enum class Verdict : char { made = 'M', not_a_picture = 'N', too_large = 'L', cut_off = 'C', not_read = 'R' };

inline constexpr int exit_said = 0;
/// It has shut itself in, and looked: nothing opens.
inline constexpr int exit_shut_in = 0;
/// It could not shut itself in, and has read nothing.
inline constexpr int exit_no_sandbox = 77;
inline constexpr const char* look_option = "--look";

}  // namespace etakahvila::media
