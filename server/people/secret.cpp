#include "people/secret.hpp"

#include <algorithm>
#include <vector>

#include <sodium.h>
#include <unicode/unistr.h>

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
};

constexpr std::string_view ascii_separators = " -_.,:;/|'\"()[]{}<>*#=!?\t\r\n";

struct Range {
    char32_t first;
    char32_t last;
    Typed::Kind kind;
};

/// What stands beside a code or between its characters, beyond ASCII. The first range that has a code
/// point tells its kind.
constexpr std::array ranges{
    Range{0x00A0, 0x00A0, Typed::Kind::separator},  // the space that does not break
    Range{0x00AB, 0x00AB, Typed::Kind::separator},  // quotation marks and the dot of Latin-1
    Range{0x00B7, 0x00B7, Typed::Kind::separator},
    Range{0x00BB, 0x00BB, Typed::Kind::separator},
    Range{0x00AD, 0x00AD, Typed::Kind::unseen},     // the soft hyphen
    Range{0x2000, 0x200A, Typed::Kind::separator},  // spaces
    Range{0x200B, 0x200F, Typed::Kind::unseen},     // of no width, and marks of direction
    Range{0x202A, 0x202E, Typed::Kind::unseen},
    Range{0x2010, 0x202F, Typed::Kind::separator},  // dashes, quotation marks, bullets
    Range{0x2060, 0x206F, Typed::Kind::unseen},
    Range{0x20E3, 0x20E3, Typed::Kind::unseen},     // the frame of a keycap
    Range{0x2212, 0x2212, Typed::Kind::separator},  // the minus sign
    Range{0x2600, 0x27BF, Typed::Kind::separator},  // signs and emoji stand beside words as a space does
    Range{0x3000, 0x3000, Typed::Kind::separator},  // the wide space
    Range{0xFE0F, 0xFE0F, Typed::Kind::unseen},     // colours an emoji
    Range{0xFEFF, 0xFEFF, Typed::Kind::unseen},     // the byte order mark
    Range{0xFFFD, 0xFFFD, Typed::Kind::separator},  // bytes that are no text, half an emoji
    Range{0x10000, 0x10FFFF, Typed::Kind::separator},
};

Typed typed_by(char32_t point) {
    using enum Typed::Kind;
    // Full-width characters, U+FF01 to U+FF5E, are U+0021 to U+007E.
    if (point >= 0xFF01 && point <= 0xFF5E) point -= 0xFF01 - 0x21;
    if (point < 0x80) {
        const char typed = static_cast<char>(point);
        return {ascii_separators.find(typed) == std::string_view::npos ? character : separator, typed};
    }
    const auto found = std::find_if(
        ranges.begin(), ranges.end(), [&](const Range& range) { return point >= range.first && point <= range.last; });
    return {found == ranges.end() ? other : found->kind, {}};
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
    const auto text = icu::UnicodeString::fromUTF8({typed.data(), static_cast<std::int32_t>(typed.size())});
    for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
        const auto next = typed_by(static_cast<char32_t>(text.char32At(at)));
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

constexpr std::size_t session_digits_max = 15;

/// The number behind the last dot.
std::optional<std::int64_t> number_behind(std::string_view digits) {
    if (digits.empty() || digits.size() > session_digits_max) return std::nullopt;
    std::int64_t number = 0;
    for (const char digit : digits) {
        if (digit < '0' || digit > '9') return std::nullopt;
        number = number * 10 + (digit - '0');
    }
    return number;
}

template <class Key>
ShownKey<Key> shown_key(std::string_view shown, std::optional<Key> (*read)(std::string_view)) {
    const auto dot = shown.rfind('.');
    if (dot != std::string_view::npos) {
        const auto number = number_behind(shown.substr(dot + 1));
        auto key = number ? read(shown.substr(0, dot)) : std::nullopt;
        if (key) return {.key = std::move(key), .session = protocol::SessionId{*number}};
    }
    return {.key = read(shown), .session = {}};
}

}  // namespace

std::string hex_of(const Hash& hash) {
    std::array<char, 2 * std::tuple_size_v<Hash> + 1> text{};
    return sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
}

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

ShownKey<Secret> secret_in(std::string_view shown) { return shown_key(shown, &Secret::from_link); }

ShownKey<SpokenCode> code_in(std::string_view shown) { return shown_key(shown, &SpokenCode::normalize_code); }

}  // namespace etakahvila::people
