#pragma once

// Passwords of the staff: Argon2id by libsodium, with 64 MiB and about a tenth of a second for
// each. Slow on purpose: never on a worker's thread.

#include <string>
#include <string_view>

namespace etakahvila::people {

inline constexpr std::size_t password_code_points_min = 12;
inline constexpr std::size_t password_bytes_max = 512;

/// Long enough, and UTF-8 without control characters. Nothing else is asked of it.
bool is_good_password(std::string_view password);

/// What may be stored: salt, costs and hash as text, of the password_form. Throws std::bad_alloc.
std::string password_hash(std::string_view typed);

/// Compares in constant time, by password_form. The same work for any hash of password_hash.
bool is_password(std::string_view typed, const std::string& hash);

/// The hash of a password that nobody knows, so that an unknown name costs what a known one does.
const std::string& hash_of_nobody();

}  // namespace etakahvila::people
