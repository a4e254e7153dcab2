#include "people/known_device.hpp"

#include <charconv>

#include <sodium.h>

#include "base/check.hpp"
#include "base/secret.hpp"

namespace etakahvila::people {
namespace {

constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1000;
constexpr std::string_view label = "etakahvila known device";

/// Of what is signed: no two of them are spelt alike.
std::string signature_of(const Hash& key, std::string_view text) {
    const auto whole = std::string{label} + '\0' + std::string{text};
    std::array<unsigned char, 18> made{};
    ETAKAHVILA_CHECK(crypto_generichash(made.data(), made.size(), reinterpret_cast<const unsigned char*>(whole.data()),
                         whole.size(), key.data(), key.size()) == 0);
    std::array<char, 32> encoded{};
    sodium_bin2base64(
        encoded.data(), encoded.size(), made.data(), made.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return encoded.data();
}

std::string_view next_part(std::string_view& text) {
    const auto end = std::min(text.find('.'), text.size());
    const auto part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return part;
}

std::optional<std::int64_t> number_in(std::string_view text) {
    std::int64_t number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional{number} : std::nullopt;
}

}  // namespace

std::optional<Hash> device_key(const records::Database& database) {
    return database.one<Hash>("SELECT value FROM people_settings WHERE name = 'device_key'");
}

Hash make_device_key(records::Database& database, const RandomBytes& random) {
    if (const auto known = device_key(database)) return *known;
    Hash key{};
    random(std::as_writable_bytes(std::span{key}));
    database.write(
        "INSERT INTO people_settings (name, value) VALUES ('device_key', ?) ON CONFLICT (name) DO UPDATE SET value = "
        "excluded.value",
        key);
    return key;
}

std::string device_mark(const Hash& key, AccountId account, UtcTime now, const RandomBytes& random) {
    const auto text = std::to_string(account.value) + '.' + std::to_string(now.ms + known_device_days * day_ms) + '.' +
                      Secret::make(random).to_link();
    return text + '.' + signature_of(key, text);
}

std::optional<std::string> device_in(const Hash& key, AccountId account, std::string_view mark, UtcTime now) {
    const auto signed_to = mark.rfind('.');
    if (signed_to == mark.npos) return std::nullopt;
    auto text = mark.substr(0, signed_to);
    if (!base::is_same_secret(mark.substr(signed_to + 1), signature_of(key, text))) return std::nullopt;
    const auto whose = number_in(next_part(text));
    const auto until = number_in(next_part(text));
    if (whose != account.value || !until || *until <= now.ms) return std::nullopt;
    return std::string{text};
}

}  // namespace etakahvila::people
