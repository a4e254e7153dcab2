#pragma once

// One-time codes of an authenticator app (RFC 6238): six digits by SHA-1, a new one every half minute. By liboath,
// which keeps no record of the codes that were taken: the caller does.

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "people/storage.hpp"

namespace etakahvila::people {

/// 160 bits, as RFC 4226 asks for. The app holds the same.
using OneTimeKey = std::array<unsigned char, 20>;

inline constexpr std::int64_t one_time_code_seconds = 30;
inline constexpr unsigned one_time_code_digits = 6;

OneTimeKey make_one_time_key(const RandomBytes& random);

/// Which half minute the code is of, counted from 1970, when it is the key's: of now, of the one before or of the one
/// after, since clocks differ. Nothing when it is not, or is of no later half minute than `last`: a code is good once.
/// Spaces between the digits do not matter.
std::optional<std::int64_t> one_time_counter(
    const OneTimeKey& key, std::string_view typed, base::UtcTime now, std::int64_t last);

/// Whether this is typed as such a code is: six digits and nothing but spaces and hyphens.
bool is_one_time_form(std::string_view typed);

/// The code of a moment, as the app shows it.
std::string one_time_code(const OneTimeKey& key, base::UtcTime now);

/// In base32, for an app that takes no picture.
std::string one_time_key_text(const OneTimeKey& key);

/// "otpauth://totp/…", which an app reads off a picture. It shows the host of `site`, "https://cafe.example.fi", and
/// `name`.
std::string one_time_key_address(const OneTimeKey& key, std::string_view site, std::string_view name);

}  // namespace etakahvila::people
