#include "people/words.hpp"

#include <array>
#include <limits>

#include <sodium.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "base/check.hpp"
#include "text/text.hpp"

namespace etakahvila::people {
namespace {

/// What keyboards, phones and word processors write for one and the same.
constexpr std::u16string_view apostrophes = u"\u2019\u2018\u201b\u02bc\u2032\u00b4`";
constexpr std::u16string_view hyphens = u"\u2010\u2011\u2012\u2013\u2212";

icu::UnicodeString from_utf8(std::string_view text) {
    return icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
}

std::string to_utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

icu::UnicodeString folded(std::string_view text) {
    UErrorCode error = U_ZERO_ERROR;
    const auto* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(error);
    ETAKAHVILA_CHECK(U_SUCCESS(error));
    auto result = normalizer->normalize(from_utf8(text), error);
    ETAKAHVILA_CHECK(U_SUCCESS(error));
    return result;
}

bool is_mark(UChar32 c) {
    const auto type = u_charType(c);
    return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_COMBINING_SPACING_MARK;
}

icu::UnicodeString in_nfc(std::string_view text) {
    UErrorCode error = U_ZERO_ERROR;
    const auto* normalizer = icu::Normalizer2::getNFCInstance(error);
    ETAKAHVILA_CHECK(U_SUCCESS(error));
    auto normal = normalizer->normalize(from_utf8(text), error);
    ETAKAHVILA_CHECK(U_SUCCESS(error));
    return normal;
}

}  // namespace

std::string password_form(std::string_view typed) {
    icu::UnicodeString form;
    const auto normal = in_nfc(typed);
    for (std::int32_t index = 0; index < normal.length(); index = normal.moveIndex32(index, 1)) {
        const auto c = normal.char32At(index);
        form.append(u_charType(c) == U_SPACE_SEPARATOR ? UChar32{' '} : c);
    }
    return to_utf8(form);
}

std::optional<std::string> tidy(std::string_view text) {
    auto clean = text::clean_one_line(text, std::numeric_limits<std::size_t>::max());
    if (clean.fault == protocol::RefusalWord::text_not_allowed) return std::nullopt;
    // What stands for a byte that could not be read: the file is in another encoding.
    if (clean.value.find("\ufffd") != std::string::npos) return std::nullopt;
    return std::move(clean.value);
}

std::string name_key(std::string_view tidy_text) {
    auto text = from_utf8(tidy_text);
    for (std::int32_t index = 0; index < text.length(); ++index) {
        const char16_t c = text.charAt(index);
        if (apostrophes.find(c) != apostrophes.npos) text.setCharAt(index, u'\'');
        if (hyphens.find(c) != hyphens.npos) text.setCharAt(index, u'-');
    }
    return to_utf8(folded(to_utf8(text)));
}

bool is_one_name(std::string_view one, std::string_view other) { return name_key(one) == name_key(other); }

std::string name_mark(std::string_view tidy_text) {
    const auto key = name_key(tidy_text);
    // libsodium makes no shorter hash than of 16 bytes; half of one is enough to tell names apart.
    std::array<unsigned char, crypto_generichash_BYTES_MIN> hash{};
    ETAKAHVILA_CHECK(crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(key.data()),
                         key.size(), nullptr, 0) == 0);
    std::string mark(hash.size() + 1, '\0');
    sodium_bin2hex(mark.data(), mark.size(), hash.data(), hash.size() / 2);
    mark.resize(hash.size());
    return mark;
}

std::string word_key(std::string_view text) {
    const auto all = folded(text);
    icu::UnicodeString kept;
    for (std::int32_t index = 0; index < all.length(); index = all.moveIndex32(index, 1)) {
        const UChar32 c = all.char32At(index);
        if (u_isalnum(c) != 0 || is_mark(c)) kept.append(c);
    }
    return to_utf8(kept);
}

std::size_t code_points(std::string_view text) { return static_cast<std::size_t>(from_utf8(text).countChar32()); }

}  // namespace etakahvila::people
