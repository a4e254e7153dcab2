#include "people/one_time_code.hpp"

#include <cstdlib>
#include <span>

#include <liboath/oath.h>

#include "base/check.hpp"
#include "base/secret.hpp"

namespace etakahvila::people {
namespace {

constexpr std::array<std::int64_t, 3> steps_taken{-1, 0, 1};

const char* bytes_of(const OneTimeKey& key) { return reinterpret_cast<const char*>(key.data()); }

/// The six digits; nothing when it is no code.
std::optional<std::string> digits_of(std::string_view typed) {
    std::string digits;
    for (const char one : typed) {
        if (one >= '0' && one <= '9')
            digits += one;
        else if (one != ' ' && one != '-')
            return std::nullopt;
    }
    return digits.size() == one_time_code_digits ? std::optional{std::move(digits)} : std::nullopt;
}

std::string code_at(const OneTimeKey& key, std::int64_t counter) {
    static const int ready = oath_init();
    ETAKAHVILA_CHECK(ready == OATH_OK);
    std::array<char, one_time_code_digits + 1> text{};
    ETAKAHVILA_CHECK(oath_totp_generate2(bytes_of(key), key.size(), counter * one_time_code_seconds,
                         one_time_code_seconds, 0, one_time_code_digits, 0, text.data()) == OATH_OK);
    return text.data();
}

/// As RFC 3986 has it within an address.
std::string percent_encoded(std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string encoded;
    for (const char one : text) {
        const bool is_plain = (one >= '0' && one <= '9') || (one >= 'A' && one <= 'Z') || (one >= 'a' && one <= 'z') ||
                              one == '-' || one == '.' || one == '_' || one == '~';
        const auto byte = static_cast<unsigned char>(one);
        if (is_plain)
            encoded += one;
        else
            (encoded += '%').append({hex[byte >> 4U], hex[byte & 15U]});
    }
    return encoded;
}

}  // namespace

OneTimeKey make_one_time_key(const RandomBytes& random) {
    OneTimeKey key{};
    random(std::as_writable_bytes(std::span{key}));
    return key;
}

std::optional<std::int64_t> one_time_counter(
    const OneTimeKey& key, std::string_view typed, base::UtcTime now, std::int64_t last) {
    const auto digits = digits_of(typed);
    if (!digits) return std::nullopt;
    const auto current = now.ms / 1000 / one_time_code_seconds;
    for (const auto step : steps_taken) {
        const auto counter = current + step;
        if (counter > last && base::is_same_secret(*digits, code_at(key, counter))) return counter;
    }
    return std::nullopt;
}

bool is_one_time_form(std::string_view typed) { return digits_of(typed).has_value(); }

std::string one_time_code(const OneTimeKey& key, base::UtcTime now) {
    return code_at(key, now.ms / 1000 / one_time_code_seconds);
}

std::string one_time_key_text(const OneTimeKey& key) {
    char* made = nullptr;
    std::size_t length = 0;
    ETAKAHVILA_CHECK(oath_base32_encode(bytes_of(key), key.size(), &made, &length) == OATH_OK);
    std::string text{made, length};
    std::free(made);
    return text;
}

std::string one_time_key_address(const OneTimeKey& key, std::string_view site, std::string_view name) {
    const auto scheme = site.find("://");
    const auto host = percent_encoded(scheme == site.npos ? site : site.substr(scheme + 3));
    return "otpauth://totp/" + host + ":" + percent_encoded(name) + "?secret=" + one_time_key_text(key) +
           "&issuer=" + host;
}

}  // namespace etakahvila::people
