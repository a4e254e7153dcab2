#include "people/secret.hpp"

#include <algorithm>
#include <vector>

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
    {'2', "Kaksi", "kaksi"},
    {'3', "Kolme", "kolme"},
    {'4', "Neljä", "neljä"},
    {'5', "Viisi", "viisi"},
    {'6', "Kuusi", "kuusi"},
    {'7', "Seitsemän", "seitsemän"},
    {'8', "Kahdeksan", "kahdeksan"},
    {'9', "Yhdeksän", "yhdeksän"},
    {'C', "Celsius", "Celsius"},
    {'D', "Daavid", "Daavid"},
    {'F', "Faarao", "Faarao"},
    {'H', "Heikki", "Heikki"},
    {'J', "Jussi", "Jussi"},
    {'K', "Kalle", "Kalle"},
    {'M', "Matti", "Matti"},
    {'N', "Niilo", "Niilo"},
    {'P', "Paavo", "Paavo"},
    {'R', "Risto", "Risto"},
    {'T', "Tyyne", "Tyyne"},
    {'V', "Vihtori", "Vihtori"},
    {'X', "Äksä", "Äksä"},
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

/// One code point of a typed text: the ASCII character that it is or is a wide form of; a separator;
/// nothing at all (marks that are not seen, which phones and letters put between characters); or 0.
struct Typed {
    enum class Kind : std::uint8_t { character, separator, unseen, other } kind{};
    char character{};
    std::size_t length{};
};

constexpr std::string_view ascii_separators = " -_.,:;/|'\"()[]{}<>*#=!?\t\r\n";

Typed next_typed(std::string_view text) {
    using enum Typed::Kind;
    const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U; };
    if (byte(0) < 0x80) {
        const bool is_separator = ascii_separators.find(text.front()) != std::string_view::npos;
        return {is_separator ? separator : character, text.front(), 1};
    }
    // The soft hyphen; the space, the quotation marks and the dot of Latin-1.
    if (byte(0) == 0xC2 && byte(1) == 0xAD) return {unseen, {}, 2};
    if (byte(0) == 0xC2 && (byte(1) == 0xA0 || byte(1) == 0xAB || byte(1) == 0xB7 || byte(1) == 0xBB))
        return {separator, {}, 2};
    if (byte(0) == 0xE2 && byte(1) == 0x80 && text.size() >= 3) {
        // Spaces; then zero-width ones and the marks of direction; then dashes, quotation marks, bullets.
        if (byte(2) >= 0x80 && byte(2) <= 0x8A) return {separator, {}, 3};
        if ((byte(2) >= 0x8B && byte(2) <= 0x8F) || (byte(2) >= 0xAA && byte(2) <= 0xAE)) return {unseen, {}, 3};
        if (byte(2) >= 0x90 && byte(2) <= 0xAF) return {separator, {}, 3};
    }
    if (byte(0) == 0xE2 && byte(1) == 0x81 && text.size() >= 3 && byte(2) >= 0xA0 && byte(2) <= 0xAF)
        return {unseen, {}, 3};
    // Emoji and other signs stand beside words as a space does; what joins or colours them is not seen.
    if (byte(0) >= 0xF0) return {separator, {}, std::min<std::size_t>(4, text.size())};
    if (byte(0) == 0xE2 && byte(1) >= 0x98 && byte(1) <= 0x9E && text.size() >= 3) return {separator, {}, 3};
    if (byte(0) == 0xEF && byte(1) == 0xB8 && byte(2) == 0x8F) return {unseen, {}, 3};
    if (byte(0) == 0xE2 && byte(1) == 0x83 && byte(2) == 0xA3) return {unseen, {}, 3};
    if (byte(0) == 0xE2 && byte(1) == 0x88 && byte(2) == 0x92) return {separator, {}, 3};  // the minus sign
    if (byte(0) == 0xE3 && byte(1) == 0x80 && byte(2) == 0x80) return {separator, {}, 3};  // the wide space
    if (byte(0) == 0xEF && byte(1) == 0xBB && byte(2) == 0xBF) return {unseen, {}, 3};     // the byte order mark
    // Full-width characters, U+FF01 to U+FF5E, are U+0021 to U+007E.
    if (byte(0) == 0xEF && (byte(1) == 0xBC || byte(1) == 0xBD) && byte(2) >= 0x80 && byte(2) <= 0xBF) {
        const auto point = 0xF000U + ((byte(1) & 0x3FU) << 6U) + (byte(2) & 0x3FU);
        if (point >= 0xFF01 && point <= 0xFF5E) {
            const char narrow = static_cast<char>(point - 0xFF01 + 0x21);
            const bool is_separator = ascii_separators.find(narrow) != std::string_view::npos;
            return {is_separator ? separator : character, narrow, 3};
        }
    }
    return {other, {}, 1};
}

/// A run of characters between separators, as a code has them; `is_whole` is false when there is
/// one among them that no code has.
struct Piece {
    std::string characters;
    bool is_whole = true;
    bool has_figure = false;
};

std::vector<Piece> pieces_of(std::string_view typed) {
    std::vector<Piece> pieces(1);
    while (!typed.empty()) {
        const auto next = next_typed(typed);
        typed.remove_prefix(next.length);
        if (next.kind == Typed::Kind::unseen) continue;
        if (next.kind == Typed::Kind::separator) {
            if (!pieces.back().characters.empty() || !pieces.back().is_whole) pieces.emplace_back();
            continue;
        }
        const char meant = next.kind == Typed::Kind::character ? meant_by(next.character) : '\0';
        if (meant == '\0')
            pieces.back().is_whole = false;
        else
            pieces.back().characters += meant;
        if (next.character >= '0' && next.character <= '9') pieces.back().has_figure = true;
    }
    if (pieces.back().characters.empty() && pieces.back().is_whole) pieces.pop_back();
    return pieces;
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
    const bool is_base64 = sodium_base642bin(secret.bytes_.data(), secret.bytes_.size(), fragment.data(),
                               fragment.size(), nullptr, &length, nullptr, link_variant) == 0;
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
    const auto pieces = pieces_of(typed);
    // All of it, however it is cut up.
    std::string all;
    bool is_whole = true;
    for (const auto& piece : pieces) {
        is_whole = is_whole && piece.is_whole;
        all += piece.characters;
    }
    if (is_whole && all.size() == length) return SpokenCode{std::move(all)};
    // Or a part of it, in pieces of one size. A word may be made of a code's characters too: a piece
    // with a figure is the better one, and the later is, since words come before what they name.
    std::optional<std::string> best;
    bool best_has_figure = false;
    for (std::size_t from = 0; from < pieces.size(); ++from) {
        const auto size = pieces[from].characters.size();
        if (!pieces[from].is_whole || size == 0 || length % size != 0 || from + length / size > pieces.size()) continue;
        std::string joined;
        bool has_figure = false;
        bool is_even = true;
        for (std::size_t at = from; at < from + length / size; ++at) {
            is_even = is_even && pieces[at].is_whole && pieces[at].characters.size() == size;
            joined += pieces[at].characters;
            has_figure = has_figure || pieces[at].has_figure;
        }
        if (!is_even || (best && best_has_figure && !has_figure)) continue;
        best = std::move(joined);
        best_has_figure = has_figure;
    }
    if (!best) return std::nullopt;
    return SpokenCode{*std::move(best)};
}

std::string SpokenCode::to_text() const {
    return characters_.substr(0, length / 2) + ' ' + characters_.substr(length / 2);
}

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
    ETAKAHVILA_CHECK(
        crypto_generichash(hash.data(), hash.size(), bytes, characters_.size(), key.data(), key.size()) == 0);
    return hash;
}

}  // namespace etakahvila::people
