#include "people/mail_address.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include <unicode/bytestream.h>
#include <unicode/idna.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "base/check.hpp"
#include "people/words.hpp"

namespace etakahvila::people {
namespace {

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

std::optional<std::string> ascii_domain(std::string_view domain) {
    static const std::unique_ptr<const icu::IDNA> idna = [] {
        UErrorCode error = U_ZERO_ERROR;
        constexpr auto options = UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI |
                                 UIDNA_CHECK_CONTEXTJ;
        std::unique_ptr<const icu::IDNA> made{icu::IDNA::createUTS46Instance(options, error)};
        ETAKAHVILA_CHECK(U_SUCCESS(error) && made);
        return made;
    }();
    std::string ascii;
    icu::StringByteSink<std::string> sink{&ascii};
    icu::IDNAInfo info;
    UErrorCode error = U_ZERO_ERROR;
    idna->nameToASCII_UTF8({domain.data(), static_cast<std::int32_t>(domain.size())}, sink, info, error);
    if (U_FAILURE(error) || info.hasErrors() || !is_ascii(ascii)) return std::nullopt;
    return ascii;
}

/// Without what cannot be seen, as comes along from phones and web pages.
std::string without_invisible(std::string_view text) {
    const auto all = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
    icu::UnicodeString seen;
    for (std::int32_t index = 0; index < all.length(); index = all.moveIndex32(index, 1)) {
        if (u_charType(all.char32At(index)) != U_FORMAT_CHAR) seen.append(all.char32At(index));
    }
    std::string utf8;
    seen.toUTF8String(utf8);
    return utf8;
}

/// The one address in the brackets of "Aino Aalto <aino@posti.example>".
std::string_view in_brackets(std::string_view text) {
    const auto open = text.find('<');
    if (open == std::string_view::npos || !text.ends_with('>') || text.find('<', open + 1) != std::string_view::npos)
        return text;
    if (text.find('@') < open) return text;
    return text.substr(open + 1, text.size() - open - 2);
}

constexpr std::string_view not_in_addresses = " ,;:<>()[]\"\\";

}  // namespace

std::variant<std::string, FaultReason> tidy_email(std::string_view text) {
    const auto clean = tidy(text);
    if (!clean) return FaultReason::email_unclear;
    const auto seen = without_invisible(*clean);
    std::string_view address = in_brackets(seen);
    if (name_key(address).starts_with("mailto:")) address.remove_prefix(7);
    while (!address.empty() && std::string_view{".;, "}.find(address.back()) != std::string_view::npos)
        address.remove_suffix(1);
    while (!address.empty() && address.front() == ' ') address.remove_prefix(1);
    const auto at = address.find('@');
    if (at == std::string_view::npos || at == 0 || address.find('@', at + 1) != std::string_view::npos)
        return FaultReason::email_unclear;
    const auto local = address.substr(0, at);
    const auto domain = address.substr(at + 1);
    if (address.find_first_of(not_in_addresses) != std::string_view::npos) return FaultReason::email_unclear;
    if (local.front() == '.' || local.back() == '.' || local.find("..") != std::string_view::npos || local.size() > 64)
        return FaultReason::email_unclear;
    const auto dot = domain.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || domain.size() - dot < 3) return FaultReason::email_unclear;
    if (!ascii_domain(domain)) return FaultReason::email_unclear;
    if (!is_ascii(local)) return FaultReason::email_not_ascii;
    return std::string{address};
}

std::optional<std::string> ascii_email(std::string_view email) {
    const auto at = email.rfind('@');
    if (at == std::string_view::npos || at == 0 || !is_ascii(email.substr(0, at))) return std::nullopt;
    const auto domain = ascii_domain(email.substr(at + 1));
    if (!domain) return std::nullopt;
    return std::string{email.substr(0, at + 1)} + *domain;
}

std::string email_key(std::string_view email) { return name_key(ascii_email(email).value_or(std::string{email})); }

}  // namespace etakahvila::people
