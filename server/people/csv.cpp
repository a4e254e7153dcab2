#include "people/csv.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

namespace etakahvila::people {
namespace {

constexpr std::string_view separators = ";\t,";
constexpr std::size_t rows_looked_at = 20;

/// Windows-1252 from 0x80 to 0x9f; 0 is not assigned. The rest of the bytes are Latin-1.
constexpr std::array<char16_t, 32> windows_1252_high{0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6,
    0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc,
    0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178};

bool is_valid_utf8(std::string_view text) {
    UErrorCode error = U_ZERO_ERROR;
    std::int32_t length{};
    u_strFromUTF8(nullptr, 0, &length, text.data(), static_cast<std::int32_t>(text.size()), &error);
    return U_SUCCESS(error) || error == U_BUFFER_OVERFLOW_ERROR;
}

std::optional<std::string> from_windows_1252(std::string_view bytes) {
    icu::UnicodeString text;
    for (const char byte : bytes) {
        const auto code = static_cast<unsigned char>(byte);
        const char16_t c = code >= 0x80 && code < 0xa0 ? windows_1252_high[code - 0x80U] : static_cast<char16_t>(code);
        if (c == 0) return std::nullopt;
        text.append(c);
    }
    std::string out;
    text.toUTF8String(out);
    return out;
}

std::optional<std::string> from_utf16(std::string_view bytes, bool is_little) {
    if (bytes.size() % 2 != 0) return std::nullopt;
    icu::UnicodeString text;
    for (std::size_t index = 0; index < bytes.size(); index += 2) {
        const auto first = static_cast<unsigned char>(bytes[index]);
        const auto second = static_cast<unsigned char>(bytes[index + 1]);
        text.append(static_cast<char16_t>(is_little ? first | second << 8U : first << 8U | second));
    }
    for (std::int32_t index = 0; index < text.length(); index = text.moveIndex32(index, 1)) {
        if (U_IS_SURROGATE(text.char32At(index))) return std::nullopt;
    }
    std::string out;
    text.toUTF8String(out);
    return out;
}

std::string as_utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

icu::UnicodeString as_utf16(std::string_view text) {
    return icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
}

std::string from_code_page(std::string_view bytes, const char* name) {
    return as_utf8(icu::UnicodeString{bytes.data(), static_cast<std::int32_t>(bytes.size()), name});
}

/// UTF-8 that was taken for Windows-1252 and written as UTF-8 once more: "PÃ¤ivi".
std::optional<std::string> undone_once(std::string_view utf8) {
    if (utf8.find("\xc3\x83") == std::string_view::npos) return std::nullopt;
    std::string bytes;
    const auto text = as_utf16(utf8);
    for (std::int32_t index = 0; index < text.length(); ++index) {
        const auto c = text.charAt(index);
        const auto* high = c < 0x80 ? nullptr : std::find(windows_1252_high.begin(), windows_1252_high.end(), c);
        if (high != nullptr && high != windows_1252_high.end())
            bytes += static_cast<char>(0x80 + (high - windows_1252_high.begin()));
        else if (c < 0x100)
            bytes += static_cast<char>(c);
        else
            return std::nullopt;
    }
    if (!is_valid_utf8(bytes)) return std::nullopt;
    return bytes;
}

/// How much sense bytes make in one encoding.
struct Reading {
    Encoding encoding{};
    std::string text;
    std::size_t headings = 0;
    std::size_t not_ascii = 0;
    /// Å Ä Ö å ä ö among them.
    std::size_t finnish = 0;
    std::size_t letters = 0;
    /// Signs amid a word, capitals amid small letters, small letters that begin a cell.
    std::size_t odd = 0;
};

bool is_finnish(UChar32 c) {
    return std::u32string_view{U"ÅÄÖåäö"}.find(static_cast<char32_t>(c)) != std::u32string_view::npos;
}
bool is_at_home_in_words(UChar32 c) {
    return std::u32string_view{U"’´·\u00a0\u2010\u2011–—\u00ad"}.find(static_cast<char32_t>(c)) !=
           std::u32string_view::npos;
}

bool is_odd(UChar32 before, UChar32 c, UChar32 after) {
    const bool follows_letter = u_isalpha(before) != 0;
    const bool precedes_letter = u_isalpha(after) != 0;
    if (u_iscntrl(c) != 0 || u_charType(c) == U_UNASSIGNED) return true;
    // What is left of two bytes of UTF-8 amid another encoding.
    if ((c == 0xc2 || c == 0xc3) && after >= 0x80) return true;
    if (u_isalpha(c) == 0) return follows_letter && precedes_letter && !is_at_home_in_words(c);
    if (u_isupper(c) != 0) return u_islower(before) != 0 || (follows_letter && u_islower(after) != 0);
    const bool begins_cell = before == 0 || std::u32string_view{U";,\t\r\n\""}.find(static_cast<char32_t>(before)) !=
                                                std::u32string_view::npos;
    return begins_cell || (u_isupper(before) != 0 && u_isupper(after) != 0);
}

Reading reading(Encoding encoding, std::string text, const CountHeadings& known_headings) {
    Reading read{.encoding = encoding, .text = std::move(text)};
    if (known_headings) read.headings = known_headings(read.text);
    const auto all = as_utf16(read.text);
    UChar32 before = 0;
    for (std::int32_t index = 0; index < all.length();) {
        const auto c = all.char32At(index);
        index = all.moveIndex32(index, 1);
        const auto after = index < all.length() ? all.char32At(index) : 0;
        if (c >= 0x80) {
            ++read.not_ascii;
            if (is_finnish(c)) ++read.finnish;
            if (u_isalpha(c) != 0) ++read.letters;
            if (is_odd(before, c, after)) ++read.odd;
        }
        before = c;
    }
    return read;
}

/// Whether nothing but the number of Finnish letters speaks for one of the two: a guess, which may be wrong.
bool is_guess(const Reading& one, const Reading& than) {
    return than.encoding == Encoding::windows_1252 && one.headings == than.headings && one.odd == than.odd;
}

bool is_better(const Reading& one, const Reading& than) {
    if (one.finnish * 2 <= one.not_ascii) return false;
    if (one.headings != than.headings) return one.headings > than.headings;
    if (one.odd != than.odd) return one.odd < than.odd;
    // Quotes and dashes are at home in Windows-1252 alone.
    const bool is_all_letters = than.letters == than.not_ascii;
    return one.finnish > than.finnish && (is_all_letters || than.encoding != Encoding::windows_1252);
}

std::variant<DecodedText, FaultReason> decoded_by_sense(std::string_view bytes, const CountHeadings& known_headings) {
    std::optional<Reading> best;
    if (auto text = from_windows_1252(bytes)) best = reading(Encoding::windows_1252, std::move(*text), known_headings);
    for (const auto& [encoding, name] :
        {std::pair{Encoding::mac_roman, "macintosh"}, std::pair{Encoding::cp850, "ibm-850"}}) {
        auto other = reading(encoding, from_code_page(bytes, name), known_headings);
        const bool is_sensible = other.finnish * 2 > other.not_ascii;
        if (best ? !is_better(other, *best) : !is_sensible) continue;
        if (best && is_guess(other, *best)) return FaultReason::encoding_unclear;
        best = std::move(other);
    }
    if (!best) return FaultReason::not_text;
    if (best->odd * 2 > best->not_ascii) return FaultReason::encoding_unclear;
    return DecodedText{.encoding = best->encoding, .text = std::move(best->text)};
}

bool is_break(char c) { return c == '\n' || c == '\r'; }

/// Nothing that is seen stands in it: also a space of a web page, or a sign that has no width.
bool is_blank(std::string_view cell) {
    const auto text = icu::UnicodeString::fromUTF8({cell.data(), static_cast<std::int32_t>(cell.size())});
    for (std::int32_t index = 0; index < text.length(); index = text.moveIndex32(index, 1)) {
        const UChar32 c = text.char32At(index);
        if (u_isUWhiteSpace(c) == 0 && u_charType(c) != U_FORMAT_CHAR) return false;
    }
    return true;
}

class Scanner {
public:
    Scanner(std::string_view text, char separator) : text_{text}, separator_{separator} {}

    /// All rows, or the first `rows_most` in which anything stands.
    CsvTable read(std::size_t rows_most) && {
        CsvTable table{.separator = separator_, .rows = {}, .unclosed_quote_line = {}, .stray_quotes = 0};
        while (at_ < text_.size() && table.rows.size() < rows_most) {
            CsvRow row{.line = line_, .cells = {}};
            read_row(row, table);
            if (!std::all_of(row.cells.begin(), row.cells.end(), is_blank)) table.rows.push_back(std::move(row));
        }
        return table;
    }

private:
    void read_row(CsvRow& row, CsvTable& table) {
        while (true) {
            const bool is_quoted = text_.substr(at_, 1) == "\"";
            std::string& cell = row.cells.emplace_back(is_quoted ? quoted_cell(table) : std::string{});
            if (is_quoted && !is_at_end_of_cell()) ++table.stray_quotes;
            for (; !is_at_end_of_cell(); ++at_) {
                if (text_[at_] == '"') ++table.stray_quotes;
                cell += text_[at_];
            }
            if (at_ == text_.size()) return;
            const bool ends_row = is_break(text_[at_]);
            pass_one(nullptr);
            if (ends_row) return;
        }
    }

    bool is_at_end_of_cell() const { return at_ == text_.size() || text_[at_] == separator_ || is_break(text_[at_]); }

    std::string quoted_cell(CsvTable& table) {
        const auto begins_at = line_;
        std::string cell;
        ++at_;
        while (at_ < text_.size()) {
            if (text_[at_] == '"') {
                ++at_;
                if (text_.substr(at_, 1) != "\"") return cell;
                cell += '"';
                ++at_;
            } else {
                pass_one(&cell);
            }
        }
        table.unclosed_quote_line = begins_at;
        ++table.stray_quotes;
        return cell;
    }

    /// One character, or one line break whole, into `into`.
    void pass_one(std::string* into) {
        const std::size_t length = text_.substr(at_, 2) == "\r\n" ? 2 : 1;
        if (is_break(text_[at_])) ++line_;
        if (into != nullptr) into->append(text_, at_, length);
        at_ += length;
    }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
    std::int64_t line_ = 1;
};

/// How well a separator fits the first rows; the greater the better.
struct Fit {
    std::int64_t minus_stray_quotes = std::numeric_limits<std::int64_t>::min();
    /// Rows that have the same number of cells, more than one; and that number.
    std::size_t rows_alike = 0;
    std::size_t cells = 0;
    auto operator<=>(const Fit&) const = default;
};

Fit fit_of(std::string_view text, char separator) {
    const auto table = Scanner{text, separator}.read(rows_looked_at);
    std::map<std::size_t, std::size_t> rows_by_cells;
    for (const auto& row : table.rows) ++rows_by_cells[row.cells.size()];
    Fit best{.minus_stray_quotes = -static_cast<std::int64_t>(table.stray_quotes)};
    for (const auto& [cells, rows] : rows_by_cells) {
        if (cells > 1)
            best = std::max(best, {.minus_stray_quotes = best.minus_stray_quotes, .rows_alike = rows, .cells = cells});
    }
    return best;
}

}  // namespace

std::variant<DecodedText, FaultReason> decode_text(std::string_view bytes, const CountHeadings& known_headings) {
    using namespace std::string_view_literals;
    if (bytes.starts_with("PK\x03\x04"sv) || bytes.starts_with("\xd0\xcf\x11\xe0"sv)) return FaultReason::spreadsheet;

    DecodedText decoded{.encoding = Encoding::utf8, .text = {}};
    std::optional<std::string> text;
    if (bytes.starts_with("\xff\xfe"sv) || bytes.starts_with("\xfe\xff"sv)) {
        decoded.encoding = bytes.front() == '\xff' ? Encoding::utf16_le : Encoding::utf16_be;
        text = from_utf16(bytes.substr(2), decoded.encoding == Encoding::utf16_le);
    } else if (bytes.starts_with("\xef\xbb\xbf"sv)) {
        decoded.encoding = Encoding::utf8_with_bom;
        if (is_valid_utf8(bytes.substr(3))) text = bytes.substr(3);
    } else if (is_valid_utf8(bytes)) {
        text = undone_once(bytes).value_or(std::string{bytes});
    } else if (bytes.find('\0') == std::string_view::npos) {
        return decoded_by_sense(bytes, known_headings);
    }
    if (!text || text->find('\0') != std::string::npos) return FaultReason::not_text;
    decoded.text = std::move(*text);
    return decoded;
}

CsvTable read_csv(std::string_view utf8) {
    constexpr std::string_view named = "sep=";
    if (utf8.size() > named.size() && utf8.starts_with(named) &&
        separators.find(utf8[named.size()]) != std::string_view::npos) {
        auto table = Scanner{utf8, utf8[named.size()]}.read(utf8.size());
        table.rows.erase(table.rows.begin());
        return table;
    }
    char separator = separators.front();
    Fit best;
    for (const char candidate : separators) {
        const auto fit = fit_of(utf8, candidate);
        if (fit > best) {
            best = fit;
            separator = candidate;
        }
    }
    return Scanner{utf8, separator}.read(utf8.size());
}

std::string neutralised(std::string_view text) {
    constexpr std::string_view dangerous = "=+-@\t\r\n";
    std::string cell;
    if (!text.empty() && dangerous.find(text.front()) != std::string_view::npos) cell += '\'';
    return cell.append(text);
}

std::string csv_cell(std::string_view cell, std::string_view marks) {
    if (cell.find_first_of(marks) == std::string_view::npos && cell.find_first_of("\"\r\n") == std::string_view::npos)
        return std::string{cell};
    std::string quoted{'"'};
    for (const char c : cell) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    quoted += '"';
    return quoted;
}

}  // namespace etakahvila::people
