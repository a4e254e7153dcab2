#include "domain/call_back.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "domain/text.hpp"

namespace etakahvila::domain {
namespace {

constexpr std::size_t words_code_points_max = 200;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_between(char c) { return c == ' ' || c == '-' || c == '(' || c == ')' || c == '.' || c == '/'; }

std::size_t digits_in(std::string_view text) { return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_digit)); }

struct Piece {
    std::size_t begin{};
    std::size_t end{};
};

/// The pieces of a text that could be numbers: digits, and what stands between digits.
std::vector<Piece> pieces_of(std::string_view text, bool is_parted_by_slash) {
    std::vector<Piece> pieces;
    for (std::size_t index = 0; index < text.size();) {
        const bool begins = is_digit(text[index]) || text[index] == '+' || (text[index] == '(' && index + 1 < text.size() && (is_digit(text[index + 1]) || text[index + 1] == '+'));
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
        while (last > index && !is_digit(text[last - 1]) && !(text[last - 1] == ')' && text.substr(index, last - index).find('(') != std::string_view::npos)) --last;
        // A bracket that opens behind the last digit belongs to what comes after.
        if (last > index && digits_in(text.substr(index, last - index)) != 0) pieces.push_back({.begin = index, .end = last});
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
    static constexpr std::array<std::string_view, 14> known{"puh", "puhelin", "puhelinnumero", "puhnro", "numero", "nro", "gsm", "tel", "telefon", "phone", "mobile", "mob", "matkapuhelin", "p"};
    std::string letters;
    for (const char c : fold(words)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80 || (c >= 'a' && c <= 'z') || is_digit(c)) letters += c;
    }
    return letters.empty() || std::find(known.begin(), known.end(), letters) != known.end();
}

}  // namespace

CallBack read_call_back(std::string_view typed) {
    const auto text = clean_or_cut(typed, words_code_points_max);
    const auto plain = plain_digits(text);
    const auto piece = number_in(plain);
    if (!piece) return {.number = {}, .words = says_number(text) ? std::string{} : text};
    const auto before = plain.substr(0, piece->begin);
    const auto after = plain.substr(piece->end);
    auto words = clean_or_cut(before + (before.empty() || after.empty() ? "" : " ") + after, words_code_points_max);
    if (says_number(words)) words.clear();
    return {.number = dialled(std::string_view{plain}.substr(piece->begin, piece->end - piece->begin)), .words = std::move(words)};
}

}  // namespace etakahvila::domain
