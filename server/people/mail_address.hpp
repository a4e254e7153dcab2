#pragma once

// E-mail addresses as people write them, and as a mail server takes them.

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "people/fault.hpp"

namespace etakahvila::people {

/// The address, tidied: of "Aino Aalto <aino@posti.example>" what stands in the brackets, without
/// "mailto:" and a stop at the end. Otherwise why it is none: email_unclear, or email_not_ascii when
/// there are letters before the @ that mail servers do not carry (ä).
std::variant<std::string, FaultReason> tidy_email(std::string_view text);

/// The same for two ways to write one address: case, and ä or punycode in the domain.
std::string email_key(std::string_view email);

/// What goes to the mail server: the domain in punycode (UTS #46). Nothing when it cannot be carried so.
std::optional<std::string> ascii_email(std::string_view email);

}  // namespace etakahvila::people
