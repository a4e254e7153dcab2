#include "text/text.hpp"

#include <algorithm>
#include <array>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>

#include "base/check.hpp"

namespace etakahvila::text {
namespace {

using protocol::RefusalWord;

/// On one letter. Words of Burmese have five, of their own script. Of the accents that any letter takes
/// four are enough; those above reach into the lines of others.
constexpr int marks_max = 8;
constexpr int inherited_marks_max = 4;
constexpr std::size_t name_code_points_max = 40;

constexpr UChar32 zero_width_non_joiner = 0x200c;
constexpr UChar32 zero_width_joiner = 0x200d;
constexpr UChar32 mongolian_vowel_separator = 0x180e;
constexpr UChar32 pop_direction = 0x202c;
constexpr UChar32 left_to_right_override = 0x202d;
constexpr UChar32 right_to_left_override = 0x202e;
constexpr UChar32 emoji_form = 0xfe0f;
constexpr UChar32 object_replacement = 0xfffc;
constexpr UChar32 minus_sign = 0x2212;
constexpr UChar32 keycap = 0x20e3;
constexpr UChar32 braille_blank = 0x2800;
constexpr UChar32 black_flag = 0x1f3f4;

CleanText fault(RefusalWord word) { return {.value = {}, .fault = word}; }

const icu::Normalizer2& nfc() {
    UErrorCode error = U_ZERO_ERROR;
    const auto* normalizer = icu::Normalizer2::getNFCInstance(error);
    ETAKAHVILA_CHECK(U_SUCCESS(error));
    return *normalizer;
}

icu::UnicodeString normalized(std::string_view text) {
    UErrorCode error = U_ZERO_ERROR;
    auto result = nfc().normalize(
        icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}), error);
    ETAKAHVILA_CHECK(U_SUCCESS(error));
    return result;
}

std::string to_utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

bool has(UChar32 c, UProperty property) { return u_hasBinaryProperty(c, property) != 0; }

bool is_mark(UChar32 c) {
    const auto type = u_charType(c);
    return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_COMBINING_SPACING_MARK;
}

bool is_joiner(UChar32 c) {
    return c == zero_width_joiner || c == zero_width_non_joiner || c == mongolian_vowel_separator;
}
bool is_selector(UChar32 c) { return has(c, UCHAR_VARIATION_SELECTOR); }
/// Nothing is to be seen of it, and it takes its room.
bool is_blank(UChar32 c) { return u_isUWhiteSpace(c) != 0 || c == braille_blank; }
bool is_tag(UChar32 c) { return c >= 0xe0000 && c <= 0xe007f; }

/// A letter of a script that is written with joiners. Its letters join (Arabic, Syriac, N'Ko, Mongolian),
/// or it is of India and its neighbours.
bool takes_joiners(UChar32 c) {
    const auto joining = u_getIntPropertyValue(c, UCHAR_JOINING_TYPE);
    if (joining != U_JT_NON_JOINING && joining != U_JT_TRANSPARENT) return true;
    UErrorCode error = U_ZERO_ERROR;
    const auto script = uscript_getScript(c, &error);
    if (script == USCRIPT_COMMON || script == USCRIPT_INHERITED || script == USCRIPT_LATIN) return false;
    return u_getIntPropertyValue(c, UCHAR_INDIC_SYLLABIC_CATEGORY) != 0;
}

/// Nobody sees it, whatever the script, or it means nothing outside one program or font.
bool is_left_out(UChar32 c) {
    const auto type = u_charType(c);
    if (type == U_CONTROL_CHAR) return c != '\n';
    return type == U_PRIVATE_USE_CHAR || type == U_SURROGATE || U_IS_UNICODE_NONCHAR(c) ||
           (c >= 0xfff9 && c <= object_replacement) ||
           (has(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) && !is_selector(c) && !is_joiner(c));
}

/// What the line break of any program is here; other characters are themselves.
UChar32 plain(UChar32 c) {
    switch (c) {
        case '\t': return ' ';
        case '\r':
        case '\v':
        case '\f':
        case 0x85:
        case 0x2028:
        case 0x2029: return '\n';
        default: return c;
    }
}

/// The flag of a part of a country: a black flag, three to seven tags, and the tag that ends them.
/// How many units the tags take; 0 when this is no such flag.
std::int32_t flag_tags(const icu::UnicodeString& text, std::int32_t begin) {
    int tags = 0;
    for (auto index = begin; index < text.length(); index = text.moveIndex32(index, 1)) {
        const UChar32 c = text.char32At(index);
        if (c == 0xe007f) return tags >= 3 && tags <= 7 ? text.moveIndex32(index, 1) - begin : 0;
        const bool is_letter_or_digit = (c >= 0xe0030 && c <= 0xe0039) || (c >= 0xe0061 && c <= 0xe007a);
        if (!is_letter_or_digit) return 0;
        ++tags;
    }
    return 0;
}

/// Whether the override of direction that begins there turns any letter about. One from left to
/// right changes nothing round what runs so anyway: telephones put it round the numbers that are
/// copied from their contacts.
bool turns_letters(const icu::UnicodeString& text, std::int32_t at) {
    if (text.char32At(at) == right_to_left_override) return true;
    for (auto index = text.moveIndex32(at, 1); index < text.length(); index = text.moveIndex32(index, 1)) {
        const UChar32 c = text.char32At(index);
        if (c == pop_direction || plain(c) == '\n') return false;
        const auto direction = u_charDirection(c);
        if (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC || direction == U_ARABIC_NUMBER)
            return true;
    }
    return false;
}

/// Goes through a text once: what is invisible and harmless is left out.
class Mender {
public:
    explicit Mender(const icu::UnicodeString& text) : text_{text} {}

    icu::UnicodeString mend() {
        for (index_ = 0; index_ < text_.length();) {
            const UChar32 c = text_.char32At(index_);
            next_ = text_.moveIndex32(index_, 1);
            take(c);
            index_ = next_;
        }
        return std::move(out_);
    }

    /// Whether something was left out that can make a reader believe what is not written.
    bool has_deceived() const { return has_deceived_; }

private:
    void take(UChar32 c) {
        if (c == black_flag) {
            keep(c);
            const auto tags = flag_tags(text_, next_);
            out_.append(text_, next_, tags);
            next_ += tags;
            return;
        }
        if (is_tag(c) ||
            ((c == left_to_right_override || c == right_to_left_override) && turns_letters(text_, index_))) {
            has_deceived_ = true;
            return;
        }
        // The two characters of a line break of Windows are one.
        if (c == '\r' && next_ < text_.length() && text_.charAt(next_) == '\n') return;
        c = plain(c);
        if (is_joiner(c)) return take_joiner(c);
        if (is_left_out(c)) return;
        if (is_selector(c)) {
            if (last_ != 0 && !is_selector(last_) && !is_joiner(last_) && !is_blank(last_)) keep_mark(c);
            return;
        }
        if (is_mark(c)) return keep_mark(c);
        marks_ = inherited_marks_ = 0;
        is_in_joining_script_ = takes_joiners(c);
        keep(c);
    }

    void keep(UChar32 c) {
        out_.append(c);
        last_ = c;
    }

    void keep_mark(UChar32 c) {
        UErrorCode error = U_ZERO_ERROR;
        const bool is_inherited = uscript_getScript(c, &error) == USCRIPT_INHERITED;
        if (marks_ == marks_max || (is_inherited && inherited_marks_ == inherited_marks_max)) return;
        ++marks_;
        if (is_inherited)
            ++inherited_marks_;
        else
            is_in_joining_script_ = is_in_joining_script_ || takes_joiners(c);
        keep(c);
    }

    /// Joiners are orthography after a letter of their scripts, and part of pictures.
    void take_joiner(UChar32 c) {
        const auto next = next_seen();
        const bool follows_letter = last_ != 0 && !is_joiner(last_) && (u_isalnum(last_) != 0 || is_mark(last_));
        const bool is_before_letter = next != 0 && (u_isalnum(next) != 0 || is_mark(next));
        bool is_kept = false;
        if (c == zero_width_joiner) {
            const bool follows_picture = last_ != 0 && (has(last_, UCHAR_EXTENDED_PICTOGRAPHIC) ||
                                                           has(last_, UCHAR_EMOJI_MODIFIER) || last_ == emoji_form);
            is_kept = (follows_letter && is_in_joining_script_) ||
                      (follows_picture && has(next, UCHAR_EXTENDED_PICTOGRAPHIC));
        } else {
            is_kept = follows_letter && is_before_letter && (is_in_joining_script_ || takes_joiners(next));
        }
        if (is_kept) keep(c);
    }

    /// The next character that is not left out; 0 at the end.
    UChar32 next_seen() const {
        for (auto index = next_; index < text_.length(); index = text_.moveIndex32(index, 1)) {
            const auto c = plain(text_.char32At(index));
            if (!is_left_out(c) && !is_joiner(c)) return c;
        }
        return 0;
    }

    const icu::UnicodeString& text_;
    icu::UnicodeString out_;
    std::int32_t index_{};
    std::int32_t next_{};
    UChar32 last_{};
    int marks_{};
    int inherited_marks_{};
    bool is_in_joining_script_{};
    bool has_deceived_{};
};

struct Mended {
    icu::UnicodeString text;
    bool has_deceived{};
};

/// In NFC and mended, until it is both.
Mended mended(std::string_view text) {
    Mended result{.text = normalized(text), .has_deceived = false};
    for (;;) {
        Mender mender{result.text};
        auto clean = mender.mend();
        result.has_deceived = result.has_deceived || mender.has_deceived();
        if (clean == result.text) return result;
        result.text = normalized(to_utf8(clean));
    }
}

/// Spaces and line breaks of every kind become single spaces.
icu::UnicodeString on_one_line(const icu::UnicodeString& text) {
    icu::UnicodeString line;
    bool space_waits = false;
    for (std::int32_t index = 0; index < text.length(); ++index) {
        const auto c = text.charAt(index);
        if (u_isUWhiteSpace(c) != 0) {
            space_waits = !line.isEmpty();
            continue;
        }
        if (space_waits) line.append(u' ');
        space_waits = false;
        line.append(c);
    }
    return line;
}

/// Without spaces of any width at its ends.
icu::UnicodeString trimmed(const icu::UnicodeString& text) {
    std::int32_t begin = 0;
    std::int32_t end = text.length();
    while (begin < end && is_blank(text.charAt(begin))) ++begin;
    while (end > begin && is_blank(text.charAt(end - 1))) --end;
    return {text, begin, end - begin};
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

icu::UnicodeString compatible(std::string_view text) {
    UErrorCode error = U_ZERO_ERROR;
    const auto* normalizer = icu::Normalizer2::getNFKCInstance(error);
    ETAKAHVILA_CHECK(U_SUCCESS(error));
    auto result = normalizer->normalize(
        icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}), error);
    ETAKAHVILA_CHECK(U_SUCCESS(error));
    return result;
}

/// What a word looks like to an eye that is not careful: as it would in small letters, and as it
/// stands. A capital Greek mu looks like an M, a small one like nothing in a Finnish name.
using Looks = std::array<icu::UnicodeString, 2>;

Looks looks_of(const icu::UnicodeString& word) {
    return {skeleton(icu::UnicodeString::fromUTF8(fold(to_utf8(word)))), skeleton(skeleton(word))};
}

bool look_alike(const Looks& left, const Looks& right) {
    return std::any_of(left.begin(), left.end(),
        [&](const auto& one) { return std::find(right.begin(), right.end(), one) != right.end(); });
}

icu::UnicodeString without_digits_round(const icu::UnicodeString& word) {
    std::int32_t begin = 0;
    std::int32_t end = word.length();
    while (begin < end && u_isdigit(word.char32At(begin)) != 0) begin = word.moveIndex32(begin, 1);
    while (end > begin && u_isdigit(word.char32At(word.moveIndex32(end, -1))) != 0) end = word.moveIndex32(end, -1);
    return {word, begin, end - begin};
}

enum class Hyphens : std::uint8_t { part, join };
enum class Capitals : std::uint8_t { are_letters, begin_words };

/// The words of a name: letters, digits and their marks. Letters that stand alone, one after the
/// other, are one word ("O h j a a j a").
std::vector<icu::UnicodeString> words_of(const icu::UnicodeString& name, Hyphens hyphens, Capitals capitals) {
    std::vector<icu::UnicodeString> words;
    bool is_in_word = false;
    bool was_small = false;
    for (std::int32_t index = 0; index < name.length(); index = name.moveIndex32(index, 1)) {
        const UChar32 c = name.char32At(index);
        if (has(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) continue;
        if (is_in_word && hyphens == Hyphens::join && u_charType(c) == U_DASH_PUNCTUATION) {
            was_small = false;
            continue;
        }
        const bool is_of_word = u_isalnum(c) != 0 || is_mark(c);
        const bool begins_at_capital = capitals == Capitals::begin_words && was_small && u_isupper(c) != 0;
        if (is_of_word && (!is_in_word || begins_at_capital)) words.emplace_back();
        if (is_of_word) words.back().append(c);
        is_in_word = is_of_word;
        was_small = u_islower(c) != 0;
    }
    std::vector<icu::UnicodeString> joined;
    bool was_alone = false;
    for (auto& word : words) {
        const bool is_alone = word.countChar32() == 1 && u_isalpha(word.char32At(0)) != 0;
        if (is_alone && was_alone)
            joined.back().append(word);
        else
            joined.push_back(std::move(word));
        was_alone = is_alone;
    }
    return joined;
}

/// How one word can be read: as it stands, and without digits before and after it.
using Readings = std::vector<Looks>;

Readings readings_of(const icu::UnicodeString& word) {
    Readings readings{looks_of(word)};
    const auto bare = without_digits_round(word);
    if (!bare.isEmpty() && bare != word) readings.push_back(looks_of(bare));
    return readings;
}

bool reads_as(const Readings& word, const Looks& other) {
    return std::any_of(word.begin(), word.end(), [&](const auto& one) { return look_alike(one, other); });
}

icu::UnicodeString joined(const std::vector<icu::UnicodeString>& words) {
    icu::UnicodeString whole;
    for (const auto& word : words) whole.append(word);
    return whole;
}

std::vector<Readings> readings_of_all(const std::vector<icu::UnicodeString>& words) {
    std::vector<Readings> all;
    all.reserve(words.size());
    for (const auto& word : words) all.push_back(readings_of(word));
    return all;
}

/// What a person is called by: the words that are no numbers.
std::vector<icu::UnicodeString> names_of(const icu::UnicodeString& name, Capitals capitals) {
    auto names = words_of(name, Hyphens::join, capitals);
    std::erase_if(names, [](const auto& word) { return without_digits_round(word).isEmpty(); });
    return names;
}

/// "Mäki-Laine" is one name of a person; "ohjaaja-Anna" are two words.
struct NameLooks {
    /// As words: split at spaces, signs and capitals. The name without its spaces is one of them.
    std::vector<Readings> words;
    /// As names, in the order in which they are written: split at spaces, and at capitals too.
    std::array<std::vector<Readings>, 2> names;
    Readings whole;
};

NameLooks looks_of_text(const icu::UnicodeString& text) {
    const auto plain_words = words_of(text, Hyphens::part, Capitals::are_letters);
    NameLooks looks{.words = readings_of_all(plain_words),
        .names = {readings_of_all(names_of(text, Capitals::are_letters)),
            readings_of_all(names_of(text, Capitals::begin_words))},
        .whole = readings_of(joined(plain_words))};
    for (auto& word : readings_of_all(words_of(text, Hyphens::part, Capitals::begin_words)))
        looks.words.push_back(std::move(word));
    looks.words.push_back(looks.whole);
    return looks;
}

NameLooks looks_of_name(std::string_view name) { return looks_of_text(compatible(name)); }

/// The letter that is drawn on a picture: "🅜", "🅰", half of a flag.
UChar32 letter_on(UChar32 picture) {
    for (const UChar32 first : {0x1f150, 0x1f170, 0x1f1e6}) {
        if (picture >= first && picture < first + 26) return 'a' + (picture - first);
    }
    return 0;
}

/// The letter for which a digit or a sign is written: "M0der44ttori", "$taff". 1 stands for an i or an l.
UChar32 letter_for(UChar32 c, UChar32 one) {
    switch (c) {
        case '0': return 'o';
        case '1':
        case '!':
        case '|': return one;
        case '3':
        case 0x20ac: return 'e';
        case '4':
        case '@': return 'a';
        case '5':
        case '$': return 's';
        case '6':
        case '9': return 'g';
        case '7': return 't';
        case '8': return 'b';
        default: return letter_on(c);
    }
}

/// With letters in place of what stands for them; a number that stands by itself stays one.
icu::UnicodeString with_letters(const icu::UnicodeString& name, UChar32 one) {
    icu::UnicodeString out;
    icu::UnicodeString run;
    bool has_letter = false;
    const auto end_run = [&] {
        for (std::int32_t index = 0; index < run.length(); index = run.moveIndex32(index, 1)) {
            const auto c = run.char32At(index);
            const auto letter = has_letter ? letter_for(c, one) : 0;
            out.append(letter != 0 ? letter : c);
        }
        run.remove();
        has_letter = false;
    };
    for (std::int32_t index = 0; index < name.length(); index = name.moveIndex32(index, 1)) {
        const auto c = name.char32At(index);
        has_letter = has_letter || u_isalpha(c) != 0 || letter_on(c) != 0;
        const bool is_of_run = u_isalnum(c) != 0 || is_mark(c) || letter_for(c, one) != 0;
        if (is_of_run) {
            run.append(c);
            continue;
        }
        end_run();
        out.append(c);
    }
    end_run();
    return out;
}

/// Of the languages of the house the dots and rings are letters of their own ("Höst" is no "Host").
enum class Accents : std::uint8_t { foreign, all };

icu::UnicodeString without_accents(const icu::UnicodeString& text, Accents which) {
    UErrorCode error = U_ZERO_ERROR;
    const auto* apart = icu::Normalizer2::getNFDInstance(error);
    const auto* together = icu::Normalizer2::getNFCInstance(error);
    ETAKAHVILA_CHECK(U_SUCCESS(error));
    const auto marked = apart->normalize(text, error);
    icu::UnicodeString bare;
    UChar32 last = 0;
    for (std::int32_t index = 0; index < marked.length(); index = marked.moveIndex32(index, 1)) {
        const auto c = marked.char32At(index);
        const bool is_accent = u_charType(c) == U_NON_SPACING_MARK && uscript_getScript(c, &error) == USCRIPT_INHERITED;
        const auto base = u_tolower(last);
        const bool is_own_letter = which == Accents::foreign &&
                                   ((c == 0x308 && (base == 'a' || base == 'o')) || (c == 0x30a && base == 'a'));
        if (is_accent && !is_own_letter) continue;
        last = c;
        switch (c) {
            case 0xd8:
            case 0xf8: bare.append(u'o'); break;
            case 0x141:
            case 0x142: bare.append(u'l'); break;
            case 0x110:
            case 0x111: bare.append(u'd'); break;
            case 0x126:
            case 0x127: bare.append(u'h'); break;
            case 0x166:
            case 0x167: bare.append(u't'); break;
            default: bare.append(c);
        }
    }
    auto result = together->normalize(bare, error);
    ETAKAHVILA_CHECK(U_SUCCESS(error));
    return result;
}

std::vector<Looks> looks_of_all(std::initializer_list<std::string_view> words) {
    std::vector<Looks> all;
    for (const auto word : words)
        all.push_back(looks_of(
            icu::UnicodeString::fromUTF8(icu::StringPiece{word.data(), static_cast<std::int32_t>(word.size())})));
    return all;
}

/// Says of itself that it is staff or an office, in the languages of the house: "Anna (ohjaaja)",
/// "Moderaattori 3", "Helsingin kaupunki".
bool names_a_staff_role(const NameLooks& name) {
    static const auto roles = looks_of_all({"ohjaajat", "moderaattorit", "henkilökunta", "henkilökuntaa", "ylläpito",
        "ylläpitäjä", "järjestelmä", "järjestelmänvalvoja", "palvelin", "vetäjä", "poliisi", "kela", "henkilokunta",
        "henkilokuntaa", "yllapito", "yllapitaja", "jarjestelma", "jarjestelmanvalvoja", "vetaja", "etakahvila", "tuki",
        "asiakaspalvelu", "kaupunki", "hyvinvointialue", "viranomainen", "etäkahvila", "moderator", "facilitator",
        "coordinator", "supervisor", "staff", "mod", "mods", "host", "admin", "administrator", "system", "support",
        "ledaren", "ledarna", "personal", "personalen", "administratör", "systemet", "samordnare"});
    // These are the ends of longer words, too: "Ryhmäohjaaja", "gruppledare". No name ends so.
    static const auto heads = looks_of_all({"ohjaaja", "moderaattori", "koordinaattori", "työnjohtaja", "työntekijä",
        "tyonjohtaja", "tyontekija", "ledare", "koordinator", "arbetsledare"});
    const auto is_role = [](const Looks& word) {
        return std::any_of(roles.begin(), roles.end(), [&](const auto& role) { return look_alike(word, role); }) ||
               std::any_of(heads.begin(), heads.end(), [&](const auto& head) {
                   return std::any_of(word.begin(), word.end(),
                       [&](const auto& one) { return one.endsWith(head.front()) || one.endsWith(head.back()); });
               });
    };
    return std::any_of(name.words.begin(), name.words.end(),
        [&](const auto& word) { return std::any_of(word.begin(), word.end(), is_role); });
}

/// A sign by which other programs tell that somebody is who they say. It is a tick, a shield, a lock or a
/// key, a star or a medal, or a mark of trade.
bool is_sign_of_trust(UChar32 c) {
    static constexpr std::array<UChar32, 35> signs{0x2713, 0x2714, 0x2611, 0x2705, 0x1f5f8, 0x1f5f9, 0x1f6e1, 0x1f530,
        0x1f396, 0x1f3c5, 0x1f46e, 0xa9, 0xae, 0x2122, 0x2139, 0x2605, 0x2606, 0x2b50, 0x2728, 0x1f31f, 0x272a, 0x2726,
        0x1f512, 0x1f510, 0x1f511, 0x1f5dd, 0x1f451, 0x2699, 0x1f6e0, 0x1f527, 0x1f4bc, 0x1f194, 0x1f197, 0x1f4af,
        0x2693};
    return std::find(signs.begin(), signs.end(), c) != signs.end();
}

struct Unsigned {
    icu::UnicodeString name;
    bool had_sign{};
};
Unsigned without_signs_of_trust(std::string_view written) {
    const auto text = icu::UnicodeString::fromUTF8({written.data(), static_cast<std::int32_t>(written.size())});
    Unsigned bare;
    for (std::int32_t index = 0; index < text.length(); index = text.moveIndex32(index, 1)) {
        const auto c = text.char32At(index);
        if (is_sign_of_trust(c)) bare.had_sign = true;
        bare.name.append(is_sign_of_trust(c) ? UChar32{' '} : c);
    }
    return bare;
}

/// Whether the names of the one stand among those of the other, in this order or in any.
bool holds_names(const std::vector<Readings>& names, const std::vector<Looks>& staff) {
    const auto found = std::search(names.begin(), names.end(), staff.begin(), staff.end(), reads_as);
    if (found != names.end()) return true;
    return names.size() == staff.size() && std::all_of(staff.begin(), staff.end(), [&](const auto& word) {
        return std::any_of(names.begin(), names.end(), [&](const auto& name) { return reads_as(name, word); });
    });
}

/// The full name of one of the staff, whatever else stands round it. A first name alone is nobody's
/// own: a participant may be a Minna, too; but not one who is marked as trusted.
bool is_name_of(const NameLooks& name, bool is_marked, const icu::UnicodeString& text) {
    const auto words = names_of(text, Capitals::are_letters);
    const bool is_one_name = words.size() == 1;
    // "Sirkka-Liisa" says more than "Minna": it is taken as a whole.
    // A number behind it ("Nimi 2") makes no full name of it.
    const auto parts = words_of(text, Hyphens::part, Capitals::are_letters);
    const auto count = std::count_if(
        parts.begin(), parts.end(), [](const auto& part) { return !without_digits_round(part).isEmpty(); });
    const bool is_first_name = is_one_name && count == 1;
    if (words.empty() || (is_first_name && !is_marked)) return false;
    std::vector<Looks> looks;
    looks.reserve(words.size());
    for (const auto& word : words) looks.push_back(looks_of(word));
    if (reads_as(name.whole, looks_of(joined(words)))) return true;
    if (is_one_name && !is_marked) return false;
    return std::any_of(
        name.names.begin(), name.names.end(), [&](const auto& names) { return holds_names(names, looks); });
}

/// Whether there is anything to see in a name but spaces and points.
bool can_be_seen(const icu::UnicodeString& name) {
    for (std::int32_t index = 0; index < name.length(); index = name.moveIndex32(index, 1)) {
        const UChar32 c = name.char32At(index);
        if (u_isUWhiteSpace(c) == 0 && u_ispunct(c) == 0 && c != braille_blank &&
            !has(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
            return true;
    }
    return false;
}

}  // namespace

std::string fold(std::string_view text) {
    UErrorCode error = U_ZERO_ERROR;
    const auto* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(error);
    ETAKAHVILA_CHECK(U_SUCCESS(error));
    auto folded = normalizer->normalize(
        icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}), error);
    ETAKAHVILA_CHECK(U_SUCCESS(error));
    return to_utf8(folded);
}

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(
        icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}).countChar32());
}

std::string plain_digits(std::string_view text) {
    const auto wide = compatible(text);
    icu::UnicodeString out;
    for (std::int32_t index = 0; index < wide.length(); index = wide.moveIndex32(index, 1)) {
        const UChar32 c = wide.char32At(index);
        const auto digit = u_charDigitValue(c);
        // Of a digit on a key the digit is meant.
        const bool is_of_key = c == keycap ||
                               (c == emoji_form && !out.isEmpty() && u_isdigit(out.char32At(out.length() - 1)) != 0);
        if (is_of_key) continue;
        if (digit >= 0)
            out.append(static_cast<UChar32>('0' + digit));
        else if (u_charType(c) == U_DASH_PUNCTUATION || c == minus_sign)
            out.append(u'-');
        else if (u_isUWhiteSpace(c) != 0)
            out.append(u' ');
        else
            out.append(c);
    }
    return to_utf8(out);
}

std::string first_code_points(std::string_view text, std::size_t code_points_max) {
    std::size_t bytes = 0;
    for (; bytes < text.size(); ++bytes) {
        const bool begins_one = (static_cast<unsigned char>(text[bytes]) & 0xc0U) != 0x80U;
        if (begins_one && code_points_max-- == 0) break;
    }
    return std::string{text.substr(0, bytes)};
}

namespace {

CleanText bounded(const icu::UnicodeString& clean, bool has_deceived, std::size_t code_points_max) {
    if (has_deceived) return fault(RefusalWord::text_not_allowed);
    if (clean.isEmpty()) return fault(RefusalWord::text_empty);
    if (static_cast<std::size_t>(clean.countChar32()) > code_points_max) return fault(RefusalWord::text_too_long);
    return {.value = to_utf8(clean), .fault = {}};
}

}  // namespace

CleanText clean_text(std::string_view text, std::size_t code_points_max) {
    const auto clean = mended(text);
    return bounded(trimmed(clean.text), clean.has_deceived, code_points_max);
}

CleanText clean_one_line(std::string_view text, std::size_t code_points_max) {
    const auto clean = mended(text);
    return bounded(trimmed(on_one_line(clean.text)), clean.has_deceived, code_points_max);
}

std::string clean_or_cut(std::string_view text, std::size_t code_points_max) {
    const auto clean = trimmed(mended(text).text);
    if (static_cast<std::size_t>(clean.countChar32()) <= code_points_max) return to_utf8(clean);
    // What is cut may end in a joiner, or in half of a flag.
    return clean_or_cut(first_code_points(to_utf8(clean), code_points_max), code_points_max);
}

CleanText clean_name(std::string_view name, const std::vector<std::string>& reserved) {
    auto clean = clean_one_line(name, name_code_points_max);
    if (clean.fault == RefusalWord::text_empty) return fault(RefusalWord::name_empty);
    if (clean.fault == RefusalWord::text_too_long) return fault(RefusalWord::name_too_long);
    if (clean.fault || !can_be_seen(compatible(clean.value))) return fault(RefusalWord::name_not_allowed);
    const auto bare = without_signs_of_trust(clean.value);
    const auto text = compatible(to_utf8(bare.name));
    // As it is written, and as it is read by who reads 4 as an A and passes over an accent.
    const std::array readings{text, with_letters(text, 'i'), with_letters(text, 'l')};
    for (const auto& reading : readings) {
        const auto is_taken = [&, as_written = looks_of_text(reading),
                                  as_bare = looks_of_text(without_accents(reading, Accents::all))](
                                  const std::string& taken) {
            const auto staff = compatible(taken);
            return is_name_of(as_written, bare.had_sign, staff) ||
                   is_name_of(as_bare, bare.had_sign, without_accents(staff, Accents::all));
        };
        if (std::any_of(reserved.begin(), reserved.end(), is_taken)) return fault(RefusalWord::name_like_staff);
        if (names_a_staff_role(looks_of_text(reading)) ||
            names_a_staff_role(looks_of_text(without_accents(reading, Accents::foreign))))
            return fault(RefusalWord::name_like_staff);
    }
    return clean;
}

bool look_alike(std::string_view one, std::string_view other) {
    return look_alike(looks_of_name(one).whole.front(), looks_of_name(other).whole.front());
}

}  // namespace etakahvila::text
