// What somebody writes, as a message, as their name and as their number: any UTF-8. What is let through
// is clean and stays as it is, words that stop nothing have no fault, nobody takes the full name of one
// of the staff, and what is caught stands in the text.

#include <algorithm>
#include <string>

#include <unicode/unistr.h>

#include "base/json.hpp"
#include "text/call_back.hpp"
#include "domain/chat/hold_rules.hpp"
#include "text/text.hpp"
#include "fuzz/target.hpp"

using namespace etakahvila;
using namespace etakahvila::domain;
using namespace etakahvila::text;

namespace {

constexpr std::size_t message_code_points_max = 1000, name_code_points_max = 40;

/// Changes how others are shown, or cannot be seen. Joiners alone are part of words and of pictures.
bool is_hidden(UChar32 c) {
    return (c < 0x20 && c != '\n') || (c >= 0x7f && c < 0xa0) || c == 0x200b || c == 0x200e || c == 0x200f ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x2069) || c == 0xfeff || c == 0xad;
}

void check(const CleanText& clean, std::size_t code_points_max) {
    HOLDS(clean.value.empty() == clean.fault.has_value());
    if (clean.fault) return;
    HOLDS(base::json::code_points(clean.value) <= code_points_max);
    const auto text = icu::UnicodeString::fromUTF8(clean.value);
    for (std::int32_t index = 0; index < text.length(); index = text.moveIndex32(index, 1))
        HOLDS(!is_hidden(text.char32At(index)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string input{reinterpret_cast<const char*>(data), size};
    if (!simdjson::validate_utf8(input)) return 0;

    const auto message = clean_text(input, message_code_points_max);
    check(message, message_code_points_max);
    if (!message.fault) HOLDS(clean_text(message.value, message_code_points_max).value == message.value);

    const auto mended = clean_or_cut(input, message_code_points_max);
    if (!mended.empty()) check({.value = mended, .fault = {}}, message_code_points_max);
    HOLDS(clean_or_cut(mended, message_code_points_max) == mended);
    if (!message.fault) HOLDS(mended == message.value);
    if (message.fault == protocol::RefusalWord::text_empty) HOLDS(mended.empty());

    const auto call_back = read_call_back(input);
    if (call_back.number) {
        const auto digits = std::count_if(
            call_back.number->begin(), call_back.number->end(), [](char c) { return c >= '0' && c <= '9'; });
        HOLDS(
            digits >= 3 && digits <= 17 && call_back.number->find_first_not_of("0123456789 +-()") == std::string::npos);
        HOLDS(read_call_back(*call_back.number).number == call_back.number);
    }
    HOLDS(base::json::code_points(call_back.words) <= 200);

    const auto name = clean_name(input, {"Kanerva"});
    check(name, name_code_points_max);
    if (!name.fault) {
        HOLDS(name.value.find('\n') == std::string::npos);
        HOLDS(clean_name(name.value, {}).value == name.value);
        HOLDS(look_alike(name.value, name.value));
        const auto full = "Kanerva Laine " + name.value;
        if (base::json::code_points(full) <= name_code_points_max) {
            HOLDS(clean_name(full, {full}).fault == protocol::RefusalWord::name_like_staff);
            HOLDS(clean_name(full, {"Kanerva Laine"}).fault == protocol::RefusalWord::name_like_staff);
        }
    }

    HOLDS(fold(fold(input)) == fold(input));
    const auto first = first_code_points(input, 7);
    HOLDS(simdjson::validate_utf8(first) && base::json::code_points(first) <= 7 && input.starts_with(first));

    static const auto list = parse_word_list({"hölmö", "tyttö", "koira", "liike", "vit*"});
    if (const auto word = find_listed_word(list, input))
        HOLDS(!word->empty() && input.find(*word) != std::string::npos);
    if (const auto link = find_link(input)) HOLDS(!link->empty());
    HOLDS(text_print(input) == text_print(fold(input)));
    return 0;
}
