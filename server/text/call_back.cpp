#include "text/call_back.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "text/text.hpp"

namespace etakahvila::text {
namespace {

constexpr std::size_t words_code_points_max = 200;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_between(char c) { return c == ' ' || c == '-' || c == '(' || c == ')' || c == '.' || c == '/'; }

std::size_t digits_in(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_digit));
}

struct Piece {
    std::size_t begin{};
    std::size_t end{};
};

/// The pieces of a text that could be numbers: digits, and what stands between digits.
std::vector<Piece> pieces_of(std::string_view text, bool is_parted_by_slash) {
    std::vector<Piece> pieces;
    for (std::size_t index = 0; index < text.size();) {
        const bool begins = is_digit(text[index]) || text[index] == '+' ||
                            (text[index] == '(' && index + 1 < text.size() &&
                                (is_digit(text[index + 1]) || text[index + 1] == '+'));
        if (!begins) {
            ++index;
            continue;
        }
        auto end = index + 1;
        for (; end < text.size(); ++end) {
            const char c = text[end];
            const bool is_other_number = c == '+' && digits_in(text.substr(index, end - index)) != 0;
            if (is_other_number || (c == '/' && is_parted_by_slash)) break;
            if (!is_digit(c) && !is_between(c) && c != '+') break;
        }
        auto last = end;
        while (last > index && !is_digit(text[last - 1]) &&
               !(text[last - 1] == ')' && text.substr(index, last - index).find('(') != std::string_view::npos))
            --last;
        // A bracket that opens behind the last digit belongs to what comes after.
        if (last > index && digits_in(text.substr(index, last - index)) != 0)
            pieces.push_back({.begin = index, .end = last});
        index = std::max(end, index + 1);
    }
    return pieces;
}

bool can_be_called(std::string_view text) {
    const auto digits = digits_in(text);
    return digits >= call_back_digits_min && digits <= call_back_digits_max;
}

/// The first that can be called; a whole number before a short one.
std::optional<Piece> number_in(std::string_view text) {
    constexpr std::size_t usual_digits_min = 5;
    for (const std::size_t least : {usual_digits_min, call_back_digits_min}) {
        for (const bool is_parted : {false, true}) {
            for (const auto& piece : pieces_of(text, is_parted)) {
                const auto part = text.substr(piece.begin, piece.end - piece.begin);
                if (can_be_called(part) && digits_in(part) >= least) return piece;
            }
        }
    }
    return std::nullopt;
}

/// Each bracket that opens is closed, and the other way round.
bool has_paired_brackets(std::string_view text) {
    int depth = 0;
    for (const char c : text) {
        if (c == '(') ++depth;
        if (c == ')' && --depth < 0) return false;
    }
    return depth == 0;
}

/// As it can be dialled: points and slashes are spaces, and spaces are single. Brackets stay where
/// they are paired and hold a part of the number: "(040 123 4567)" needs none.
std::string dialled(std::string_view piece) {
    const bool is_whole = piece.starts_with('(') && piece.find(')') == piece.size() - 1;
    const bool keeps_brackets = has_paired_brackets(piece) && !is_whole;
    std::string number;
    for (const char c : piece) {
        const bool is_bracket = c == '(' || c == ')';
        if (is_bracket && !keeps_brackets) continue;
        const char kept = c == '.' || c == '/' ? ' ' : c;
        if (kept == ' ' && (number.empty() || number.back() == ' ')) continue;
        number += kept;
    }
    if (number.ends_with(' ')) number.pop_back();
    return number;
}

/// Says only that it is a number: "puh.", "tel:".
bool says_number(std::string_view words) {
    static constexpr std::array<std::string_view, 14> known{"puh", "puhelin", "puhelinnumero", "puhnro", "numero",
        "nro", "gsm", "tel", "telefon", "phone", "mobile", "mob", "matkapuhelin", "p"};
    std::string letters;
    for (const char c : fold(words)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80 || (c >= 'a' && c <= 'z') || is_digit(c)) letters += c;
    }
    return letters.empty() || std::find(known.begin(), known.end(), letters) != known.end();
}

/// How many bytes of UTF-8 a sign takes that may stand within a number; 0 of a letter. Such signs are
/// punctuation, spaces, symbols and pictures.
std::size_t sign_bytes(std::string_view text) {
    const auto first = static_cast<unsigned char>(text.front());
    const auto second = text.size() > 1 ? static_cast<unsigned char>(text[1]) : 0U;
    if (first < 0x80)
        return (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') || is_digit(text.front()) ? 0 : 1;
    if (first == 0xc2) return 2;
    if (first == 0xe2) return 3;
    if (first == 0xf0 && second == 0x9f) return 4;
    return 0;
}

/// A part of a date or of a time of day: "9.00", "13:30", "3.12.", "3.12.2026", "3/12/2026".
bool says_when(std::string_view token) {
    std::vector<int> parts;
    std::vector<std::size_t> lengths;
    std::string signs;
    for (std::size_t index = 0; index < token.size();) {
        if (!is_digit(token[index])) {
            signs += token[index++];
            continue;
        }
        const auto begin = index;
        int value = 0;
        for (; index < token.size() && is_digit(token[index]); ++index)
            value = index - begin < 4 ? value * 10 + (token[index] - '0') : value;
        parts.push_back(value);
        lengths.push_back(index - begin);
    }
    if (parts.size() < 2 || parts.size() > 3 || lengths[0] > 2 || lengths[1] > 2) return false;
    const bool is_clock = (signs == "." || signs == ":" || signs == "::") && lengths[1] == 2 && lengths.back() == 2 &&
                          parts[0] < 25 && parts[1] < 60;
    const bool is_day = parts[0] >= 1 && parts[0] <= 31 && parts[1] >= 1 && parts[1] <= 12;
    const bool has_year = parts.size() == 3 && (lengths[2] == 2 || lengths[2] == 4);
    return is_clock || (is_day && ((signs == ".." && (has_year || parts.size() == 2)) || (signs == "//" && has_year)));
}

/// "2026-12-03", which looks like no time of day.
bool is_iso_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    return digits_in(text) == 8 && text.substr(5, 2) <= "12" && text.substr(8, 2) <= "31" &&
           (text.starts_with("19") || text.starts_with("20"));
}

/// Dates and times alone, and one small number beside them ("9-13.00").
bool says_only_when(std::string_view number) {
    if (is_iso_date(number.substr(0, 10))) number.remove_prefix(10);
    bool has_small = false;
    for (std::size_t index = 0; index < number.size();) {
        auto end = index;
        while (end < number.size() &&
               (is_digit(number[end]) || number[end] == '.' || number[end] == ':' || number[end] == '/'))
            ++end;
        const auto token = number.substr(index, end - index);
        if (!token.empty() && !says_when(token)) {
            if (token.size() > 2 || std::exchange(has_small, true)) return false;
        }
        index = end + 1;
    }
    return true;
}

/// The numbers among words, in which digits of any script are 0-9.
std::vector<Piece> numbers_among(std::string_view text) {
    constexpr int signs_max = 3;
    std::vector<Piece> numbers;
    for (std::size_t index = 0; index < text.size(); ++index) {
        if (!is_digit(text[index])) continue;
        Piece piece{.begin = index, .end = index + 1};
        int signs = 0;
        for (auto at = index + 1; at < text.size() && signs <= signs_max;) {
            if (is_digit(text[at])) {
                piece.end = ++at;
                signs = 0;
                continue;
            }
            const bool parts_items = (text[at] == ',' || text[at] == ';') && text.substr(at + 1, 1) == " ";
            const auto bytes = parts_items ? 0 : sign_bytes(text.substr(at));
            if (bytes == 0) break;
            at += bytes;
            ++signs;
        }
        const auto number = text.substr(piece.begin, piece.end - piece.begin);
        index = piece.end - 1;
        if (digits_in(number) < number_digits_min || says_only_when(number)) continue;
        if (piece.begin > 0 && text[piece.begin - 1] == '+') --piece.begin;
        numbers.push_back(piece);
    }
    return numbers;
}

std::string line_without_numbers(std::string_view line) {
    const auto plain = plain_digits(line);
    const auto numbers = numbers_among(plain);
    if (numbers.empty()) return std::string{line};
    std::string shown;
    std::size_t at = 0;
    for (const auto& number : numbers) {
        shown += plain.substr(at, number.begin - at) + "…";
        at = number.end;
    }
    return shown + plain.substr(at);
}

}  // namespace

std::string without_numbers(std::string_view words) {
    std::string shown;
    for (;;) {
        const auto end = std::min(words.find('\n'), words.size());
        shown += line_without_numbers(words.substr(0, end));
        if (end == words.size()) return shown;
        shown += '\n';
        words.remove_prefix(end + 1);
    }
}

bool tells_number(std::string_view words) { return without_numbers(words) != words; }

CallBack read_call_back(std::string_view typed) {
    const auto text = clean_or_cut(typed, words_code_points_max);
    const auto plain = plain_digits(text);
    const auto piece = number_in(plain);
    if (!piece) return {.number = {}, .words = says_number(text) ? std::string{} : text};
    const auto before = plain.substr(0, piece->begin);
    const auto after = plain.substr(piece->end);
    auto words = clean_or_cut(before + (before.empty() || after.empty() ? "" : " ") + after, words_code_points_max);
    if (says_number(words)) words.clear();
    return {.number = dialled(std::string_view{plain}.substr(piece->begin, piece->end - piece->begin)),
        .words = std::move(words)};
}

}  // namespace etakahvila::text
