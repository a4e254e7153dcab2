#include "domain/text.hpp"

#include <algorithm>
#include <array>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>

#include "base/check.hpp"

namespace etakahvila::domain {
namespace {

using protocol::RefusalWord;

constexpr int combining_marks_max = 4;
constexpr std::size_t name_code_points_max = 40;

CleanText fault(RefusalWord word) { return {.value = {}, .fault = word}; }

const icu::Normalizer2& nfc() {
    UErrorCode error = U_ZERO_ERROR;
    const auto* normalizer = icu::Normalizer2::getNFCInstance(error);
    ETAKAHVILA_CHECK(U_SUCCESS(error));
    return *normalizer;
}

icu::UnicodeString normalized(std::string_view text) {
    UErrorCode error = U_ZERO_ERROR;
    auto result = nfc().normalize(icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}), error);
    ETAKAHVILA_CHECK(U_SUCCESS(error));
    return result;
}

bool has(UChar32 c, UProperty property) { return u_hasBinaryProperty(c, property) != 0; }

/// The joiner of emoji sequences stands between pictures only; a colour of skin or the choice of
/// the coloured form may follow the first.
bool joins_pictures(const icu::UnicodeString& text, std::int32_t at) {
    if (text.charAt(at) != 0x200d || at == 0 || at + 1 >= text.length()) return false;
    const auto before = text.char32At(text.moveIndex32(at, -1));
    const bool follows_picture = has(before, UCHAR_EXTENDED_PICTOGRAPHIC) || has(before, UCHAR_EMOJI_MODIFIER) || before == 0xfe0f;
    return follows_picture && has(text.char32At(at + 1), UCHAR_EXTENDED_PICTOGRAPHIC);
}

/// Whether nothing in it changes how others are shown, or cannot be seen.
bool is_allowed(const icu::UnicodeString& text) {
    int marks = 0;
    for (std::int32_t index = 0; index < text.length();) {
        const UChar32 c = text.char32At(index);
        const auto next = index + U16_LENGTH(c);
        const auto type = u_charType(c);
        const bool is_mark = type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_COMBINING_SPACING_MARK;
        marks = is_mark ? marks + 1 : 0;
        if (marks > combining_marks_max) return false;
        const bool is_hidden = type == U_CONTROL_CHAR || type == U_FORMAT_CHAR || type == U_SURROGATE || type == U_PRIVATE_USE_CHAR ||
                               type == U_UNASSIGNED || type == U_LINE_SEPARATOR || type == U_PARAGRAPH_SEPARATOR ||
                               c == 0x034f || c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0;
        if (is_hidden && c != '\n' && !joins_pictures(text, index)) return false;
        index = next;
    }
    return true;
}

/// Without spaces of any width at its ends.
icu::UnicodeString trimmed(const icu::UnicodeString& text) {
    std::int32_t begin = 0;
    std::int32_t end = text.length();
    while (begin < end && u_isUWhiteSpace(text.charAt(begin)) != 0) ++begin;
    while (end > begin && u_isUWhiteSpace(text.charAt(end - 1)) != 0) --end;
    return {text, begin, end - begin};
}

std::string to_utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

const USpoofChecker* spoof_checker() {
    static const USpoofChecker* const checker = [] {
        UErrorCode error = U_ZERO_ERROR;
        auto* opened = uspoof_open(&error);
        ETAKAHVILA_CHECK(U_SUCCESS(error));
        return opened;
    }();
    return checker;
}

icu::UnicodeString skeleton(const icu::UnicodeString& text) {
    UErrorCode error = U_ZERO_ERROR;
    icu::UnicodeString result;
    uspoof_getSkeletonUnicodeString(spoof_checker(), 0, text, result, &error);
    ETAKAHVILA_CHECK(U_SUCCESS(error));
    return result.foldCase();
}

icu::UnicodeString without_spaces_and_points(const icu::UnicodeString& text) {
    icu::UnicodeString visible;
    for (std::int32_t index = 0; index < text.length(); index = text.moveIndex32(index, 1)) {
        const UChar32 c = text.char32At(index);
        if (!u_isUWhiteSpace(c) && !u_ispunct(c)) visible.append(c);
    }
    return visible;
}

/// What the name looks like to an eye that is not careful: as it would in small letters, and as it
/// stands. A capital Greek mu looks like an M, a small one like nothing in a Finnish name.
using Looks = std::array<icu::UnicodeString, 2>;

Looks looks_of(std::string_view name) {
    UErrorCode error = U_ZERO_ERROR;
    const auto* normalizer = icu::Normalizer2::getNFKCInstance(error);
    ETAKAHVILA_CHECK(U_SUCCESS(error));
    const auto as_it_stands = normalizer->normalize(icu::UnicodeString::fromUTF8({name.data(), static_cast<std::int32_t>(name.size())}), error);
    ETAKAHVILA_CHECK(U_SUCCESS(error));
    return {skeleton(without_spaces_and_points(icu::UnicodeString::fromUTF8(fold(name)))), skeleton(skeleton(without_spaces_and_points(as_it_stands)))};
}

bool look_alike(const Looks& left, const Looks& right) {
    return std::any_of(left.begin(), left.end(), [&](const auto& one) { return std::find(right.begin(), right.end(), one) != right.end(); });
}

/// Begins with the word for a staff role, in the languages of the house: "Moderaattori 3".
bool names_a_staff_role(const Looks& looks) {
    static const std::array roles{looks_of("ohjaaja"),   looks_of("moderaattori"), looks_of("koordinaattori"), looks_of("työnjohtaja"),
                                  looks_of("henkilökunta"), looks_of("ylläpito"), looks_of("moderator"),     looks_of("facilitator"),
                                  looks_of("coordinator"), looks_of("ledare"),    looks_of("koordinator"),   looks_of("staff"), looks_of("etäkahvila")};
    return std::any_of(roles.begin(), roles.end(), [&](const auto& role) {
        return std::any_of(looks.begin(), looks.end(), [&](const auto& one) { return one.startsWith(role.front()) || one.startsWith(role.back()); });
    });
}

}  // namespace

std::string fold(std::string_view text) {
    UErrorCode error = U_ZERO_ERROR;
    const auto* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(error);
    ETAKAHVILA_CHECK(U_SUCCESS(error));
    auto folded = normalizer->normalize(icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}), error);
    ETAKAHVILA_CHECK(U_SUCCESS(error));
    return to_utf8(folded);
}

std::string first_code_points(std::string_view text, std::size_t code_points_max) {
    std::size_t bytes = 0;
    for (; bytes < text.size(); ++bytes) {
        const bool begins_one = (static_cast<unsigned char>(text[bytes]) & 0xc0U) != 0x80U;
        if (begins_one && code_points_max-- == 0) break;
    }
    return std::string{text.substr(0, bytes)};
}

CleanText clean_text(std::string_view text, std::size_t code_points_max) {
    auto clean = normalized(text);
    clean.findAndReplace(icu::UnicodeString{"\r\n"}, icu::UnicodeString{"\n"});
    clean.findAndReplace(icu::UnicodeString{"\t"}, icu::UnicodeString{" "});
    clean = trimmed(clean);
    if (clean.isEmpty()) return fault(RefusalWord::text_empty);
    if (static_cast<std::size_t>(clean.countChar32()) > code_points_max) return fault(RefusalWord::text_too_long);
    if (!is_allowed(clean)) return fault(RefusalWord::text_not_allowed);
    return {.value = to_utf8(clean), .fault = {}};
}

CleanText clean_name(std::string_view name, const std::vector<std::string>& reserved) {
    auto clean = clean_text(name, name_code_points_max);
    if (clean.fault == RefusalWord::text_empty) return fault(RefusalWord::name_empty);
    if (clean.fault == RefusalWord::text_too_long) return fault(RefusalWord::name_too_long);
    if (clean.fault || clean.value.find('\n') != std::string::npos) return fault(RefusalWord::name_not_allowed);
    const auto looks = looks_of(clean.value);
    if (looks.front().isEmpty()) return fault(RefusalWord::name_not_allowed);
    const bool like_staff = std::any_of(reserved.begin(), reserved.end(), [&](const auto& taken) { return look_alike(looks_of(taken), looks); });
    if (like_staff || names_a_staff_role(looks)) return fault(RefusalWord::name_like_staff);
    return clean;
}

}  // namespace etakahvila::domain
