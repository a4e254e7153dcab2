#pragma once

// A browser in which someone has signed in before has tries of its own there (OWASP, "device
// cookies"): whatever others do with the account's name, its owner comes in from where they usually
// do. It gives no right, and says nothing but the account's number.

#include "people/staff.hpp"

namespace etakahvila::people {

inline constexpr std::int64_t known_device_days = 180;

/// The key with which devices are marked: made at the first use, and kept.
Hash make_device_key(records::Database& database, const RandomBytes& random);
/// Nothing while none has been made.
std::optional<Hash> device_key(const records::Database& database);

/// What the browser keeps, for this account.
std::string device_mark(const Hash& key, AccountId account, UtcTime now, const RandomBytes& random);

/// The device's own word in a mark that we have made for this account and that has not expired.
std::optional<std::string> device_in(const Hash& key, AccountId account, std::string_view mark, UtcTime now);

}  // namespace etakahvila::people
