#include "people/secret.hpp"

#include <sodium.h>

#include "base/check.hpp"

namespace etakahvila::people {
namespace {

constexpr int link_variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

struct Spelling {
    char character;
    std::string_view first;
    std::string_view later;
};

/// Finnish spelling alphabet; figures have a capital at the start of a group only.
constexpr std::array<Spelling, SpokenCode::alphabet.size()> spellings{{
    {'2', "Kaksi", "kaksi"}, {'3', "Kolme", "kolme"}, {'4', "Neljä", "neljä"}, {'5', "Viisi", "viisi"}, {'6', "Kuusi", "kuusi"},
    {'7', "Seitsemän", "seitsemän"}, {'8', "Kahdeksan", "kahdeksan"}, {'9', "Yhdeksän", "yhdeksän"},
    {'C', "Celsius", "Celsius"}, {'D', "Daavid", "Daavid"}, {'F', "Faarao", "Faarao"}, {'H', "Heikki", "Heikki"}, {'J', "Jussi", "Jussi"},
    {'K', "Kalle", "Kalle"}, {'M', "Matti", "Matti"}, {'N', "Niilo", "Niilo"}, {'P', "Paavo", "Paavo"}, {'R', "Risto", "Risto"},
    {'T', "Tyyne", "Tyyne"}, {'V', "Vihtori", "Vihtori"}, {'X', "Äksä", "Äksä"},
}};

/// What stands for a typed ASCII character; 0 when nothing does.
char meant_by(char typed) {
    constexpr std::string_view look = "O0QSZBGIL1UW";
    constexpr std::string_view like = "DDD5286777VV";
    const char upper = typed >= 'a' && typed <= 'z' ? static_cast<char>(typed - 'a' + 'A') : typed;
    if (SpokenCode::alphabet.find(upper) != std::string_view::npos) return upper;
    const auto at = look.find(upper);
    return at == std::string_view::npos ? '\0' : like[at];
}

/// The length of the separator that the text begins with; 0 when it begins with none.
std::size_t separator_length(std::string_view text) {
    if (std::string_view{" -_.,\t\r\n"}.find(text.front()) != std::string_view::npos) return 1;
    if (text.starts_with("\xc2\xa0")) return 2;
    const bool is_dash_or_space = text.size() >= 3 && text.starts_with("\xe2\x80") && static_cast<unsigned char>(text[2]) >= 0x80 &&
                                  static_cast<unsigned char>(text[2]) <= 0x95;
    return is_dash_or_space ? 3 : 0;
}

}  // namespace

Secret Secret::make(const RandomBytes& random) {
    Secret secret;
    random(std::as_writable_bytes(std::span{secret.bytes_}));
    return secret;
}

std::optional<Secret> Secret::from_link(std::string_view fragment) {
    Secret secret;
    std::size_t length{};
    const bool is_base64 = sodium_base642bin(secret.bytes_.data(), secret.bytes_.size(), fragment.data(), fragment.size(), nullptr, &length, nullptr, link_variant) == 0;
    // libsodium takes some bytes that are not ASCII for letters: a secret has one spelling.
    if (!is_base64 || length != secret.bytes_.size() || secret.to_link() != fragment) return std::nullopt;
    return secret;
}

Secret::~Secret() { sodium_memzero(bytes_.data(), bytes_.size()); }

std::string Secret::to_link() const {
    std::array<char, 32> text{};
    sodium_bin2base64(text.data(), text.size(), bytes_.data(), bytes_.size(), link_variant);
    return text.data();
}

Hash Secret::hash() const {
    Hash hash{};
    ETAKAHVILA_CHECK(crypto_generichash(hash.data(), hash.size(), bytes_.data(), bytes_.size(), nullptr, 0) == 0);
    return hash;
}

SpokenCode SpokenCode::make(const RandomBytes& random) {
    // Bytes from the last whole multiple of 21 on would favour some characters.
    constexpr auto fair_below = 256 / alphabet.size() * alphabet.size();
    std::string characters;
    while (characters.size() < length) {
        std::array<unsigned char, 16> bytes{};
        random(std::as_writable_bytes(std::span{bytes}));
        for (const auto byte : bytes) {
            if (byte < fair_below && characters.size() < length) characters += alphabet[byte % alphabet.size()];
        }
    }
    return SpokenCode{std::move(characters)};
}

std::optional<SpokenCode> SpokenCode::normalize_code(std::string_view typed) {
    std::string characters;
    while (!typed.empty()) {
        const auto separator = separator_length(typed);
        if (separator == 0) {
            const char meant = meant_by(typed.front());
            if (meant == '\0' || characters.size() == length) return std::nullopt;
            characters += meant;
        }
        typed.remove_prefix(separator == 0 ? 1 : separator);
    }
    if (characters.size() != length) return std::nullopt;
    return SpokenCode{std::move(characters)};
}

std::string SpokenCode::to_text() const { return characters_.substr(0, length / 2) + ' ' + characters_.substr(length / 2); }

std::string SpokenCode::read_aloud() const {
    std::string text;
    for (std::size_t index = 0; index < length; ++index) {
        const bool begins_group = index % (length / 2) == 0;
        if (index != 0) text += begins_group ? ". " : ", ";
        const auto& spelling = spellings[alphabet.find(characters_[index])];
        text += begins_group ? spelling.first : spelling.later;
    }
    return text + '.';
}

Hash SpokenCode::hash(const Hash& key) const {
    Hash hash{};
    const auto* bytes = reinterpret_cast<const unsigned char*>(characters_.data());
    ETAKAHVILA_CHECK(crypto_generichash(hash.data(), hash.size(), bytes, characters_.size(), key.data(), key.size()) == 0);
    return hash;
}

}  // namespace etakahvila::people
