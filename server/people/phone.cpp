#include "people/phone.hpp"

#include <algorithm>
#include <array>

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "people/words.hpp"

namespace etakahvila::people {
namespace {

constexpr std::size_t digits_min = 5;
constexpr std::size_t digits_max = 15;
/// A number with Finland's country and no plus: 358 and seven digits at least. 03 58… is shorter.
constexpr std::size_t with_country_min = 10;
/// Longer than any Finnish number: a country whose plus was taken.
constexpr std::size_t abroad_min = 11;
constexpr std::size_t zero_missing_min = 8;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string digits_of(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (is_digit(c)) digits += c;
    }
    return digits;
}

/// One ASCII character for each that looks like it; what has none stays, and is refused later.
std::string plain(std::string_view text) {
    const auto utf16 = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
    icu::UnicodeString out;
    for (std::int32_t index = 0; index < utf16.length(); index = utf16.moveIndex32(index, 1)) {
        const UChar32 c = utf16.char32At(index);
        const auto digit = u_charDigitValue(c);
        if (digit >= 0)
            out.append(static_cast<char16_t>(u'0' + digit));
        else if (u_charType(c) == U_DASH_PUNCTUATION || c == 0x2212)
            out.append(u'-');
        else if (c == 0xff0b)
            out.append(u'+');
        else if (c == 0x00b7 || c == 0x2022)
            out.append(u'.');
        else if (u_charType(c) != U_FORMAT_CHAR)
            out.append(c);
    }
    std::string utf8;
    out.toUTF8String(utf8);
    return utf8;
}

std::string_view without_label(std::string_view text) {
    static constexpr std::array<std::string_view, 12> labels{
        "tel:", "tel.", "tel ", "puh.", "puh:", "puh ", "p.", "gsm:", "gsm ", "mob.", "mobil:", "t. "};
    const auto key = name_key(text);
    for (const auto label : labels) {
        if (!key.starts_with(label)) continue;
        text.remove_prefix(label.size());
        break;
    }
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    return text;
}

bool is_mobile_without_zero(std::string_view digits) {
    return digits.size() >= zero_missing_min && digits.size() <= 10 &&
           (digits.front() == '4' || digits.starts_with("50"));
}

/// Two numbers in one cell: "0401234 / 0501234".
bool is_two(std::string_view text) {
    const auto slash = text.find('/');
    return slash != std::string_view::npos && digits_of(text.substr(0, slash)).size() >= digits_min &&
           digits_of(text.substr(slash + 1)).size() >= digits_min;
}

}  // namespace

bool is_phone(std::string_view text) {
    if (text.empty() || !(is_digit(text.front()) || text.front() == '+' || text.front() == '(')) return false;
    const auto digits = digits_of(text).size();
    const bool is_clean = std::all_of(text.begin(), text.end(),
        [](char c) { return is_digit(c) || std::string_view{" +-()./"}.find(c) != std::string_view::npos; });
    return is_clean && digits >= digits_min && digits <= digits_max && text.find('+', 1) == std::string_view::npos &&
           !is_two(text);
}

std::variant<std::string, FaultReason> tidy_phone(std::string_view text) {
    const auto clean = tidy(text);
    if (!clean) return FaultReason::phone_unclear;
    std::string number{without_label(plain(*clean))};
    const bool has_fraction = number.ends_with(".0") || number.ends_with(",0");
    if (has_fraction && std::all_of(number.begin(), number.end() - 2, is_digit)) number.resize(number.size() - 2);
    if (!is_phone(number)) return FaultReason::phone_unclear;
    const auto digits = digits_of(number);
    if (number.find('+') != std::string::npos || digits.front() == '0' || digits.size() < zero_missing_min)
        return number;
    if (digits.starts_with("358") && digits.size() >= with_country_min) return "+" + number;
    if (is_mobile_without_zero(digits)) return "0" + number;
    return FaultReason::phone_zero_missing;
}

std::string phone_key(std::string_view phone) {
    auto digits = digits_of(phone);
    const auto without_zeros = [](std::string_view text) {
        return text.substr(std::min(text.find_first_not_of('0'), text.size()));
    };
    const bool is_bare = phone.find('+') == std::string_view::npos;
    const bool has_zeros = is_bare && digits.starts_with("00");
    const bool is_national = is_bare && !has_zeros && digits.starts_with('0');
    const bool lost_plus = is_bare && !digits.starts_with('0') &&
                           ((digits.starts_with("358") && digits.size() >= with_country_min) ||
                               digits.size() >= abroad_min);
    digits = without_zeros(digits);
    if (is_bare && !has_zeros && !lost_plus) return "+358" + digits;
    if (is_national || !digits.starts_with("358")) return "+" + digits;
    return "+358" + std::string{without_zeros(std::string_view{digits}.substr(3))};
}

std::optional<std::string> dialled(std::string_view phone) {
    if (!is_phone(phone)) return std::nullopt;
    return (phone.find('+') == std::string_view::npos ? "" : "+") + digits_of(phone);
}

}  // namespace etakahvila::people
