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

/// What the name looks like to an eye that is not careful.
icu::UnicodeString skeleton(std::string_view name) {
    UErrorCode error = U_ZERO_ERROR;
    icu::UnicodeString folded = icu::UnicodeString::fromUTF8(fold(name));
    icu::UnicodeString visible;
    for (std::int32_t index = 0; index < folded.length(); index = folded.moveIndex32(index, 1)) {
        const UChar32 c = folded.char32At(index);
        if (!u_isUWhiteSpace(c) && !u_ispunct(c)) visible.append(c);
    }
    icu::UnicodeString result;
    uspoof_getSkeletonUnicodeString(spoof_checker(), 0, visible, result, &error);
    ETAKAHVILA_CHECK(U_SUCCESS(error));
    return result.foldCase();
}

/// Begins with the word for a staff role, in the languages of the house: "Moderaattori 3".
bool names_a_staff_role(const icu::UnicodeString& looks) {
    static const std::array roles{skeleton("ohjaaja"),   skeleton("moderaattori"), skeleton("koordinaattori"), skeleton("työnjohtaja"),
                                  skeleton("henkilökunta"), skeleton("ylläpito"), skeleton("moderator"),     skeleton("facilitator"),
                                  skeleton("coordinator"), skeleton("ledare"),    skeleton("koordinator"),   skeleton("staff"), skeleton("etäkahvila")};
    return std::any_of(roles.begin(), roles.end(), [&](const auto& role) { return looks.startsWith(role); });
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
    const auto looks = skeleton(clean.value);
    if (looks.isEmpty()) return fault(RefusalWord::name_not_allowed);
    const bool like_staff = std::any_of(reserved.begin(), reserved.end(), [&](const auto& taken) { return skeleton(taken) == looks; });
    if (like_staff || names_a_staff_role(looks)) return fault(RefusalWord::name_like_staff);
    return clean;
}

}  // namespace etakahvila::domain
