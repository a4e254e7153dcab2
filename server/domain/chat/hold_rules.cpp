#include "domain/chat/hold_rules.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include "base/check.hpp"
#include "text/text.hpp"

namespace etakahvila::domain {
namespace {

constexpr std::size_t caught_code_points_max = 80;
constexpr std::int32_t listed_letters_min = 2;
constexpr std::int32_t listed_stem_letters_min = 3;
constexpr std::int32_t listed_letters_max = 60;
constexpr std::size_t entry_code_points_max = 200;

icu::UnicodeString from_utf8(std::string_view text) {
    return icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
}

std::string to_utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

// ------------------------------------------------------------------------------------- words

/// ICU's word boundaries (UAX #29), in Finnish.
std::unique_ptr<icu::BreakIterator> word_breaks() {
    static const std::unique_ptr<const icu::BreakIterator> pattern = [] {
        UErrorCode error = U_ZERO_ERROR;
        std::unique_ptr<const icu::BreakIterator> made{
            icu::BreakIterator::createWordInstance(icu::Locale{"fi"}, error)};
        ETAKAHVILA_CHECK(U_SUCCESS(error));
        return made;
    }();
    return std::unique_ptr<icu::BreakIterator>{pattern->clone()};
}

/// What stands inside a word without being a letter of it: "EU:n", "don't".
bool is_inside_mark(char16_t c) { return c == u':' || c == u'\'' || c == u'’' || c == u'·'; }
/// What UAX #29 takes for a part of a word, and here parts two: "näin.Sitten", "_näin_".
bool is_parting_mark(char16_t c) { return c == u'.' || c == u'_' || c == u','; }

std::u16string folded_word(const icu::UnicodeString& word) {
    const auto folded = from_utf8(text::fold(to_utf8(word)));
    std::u16string letters;
    for (std::int32_t index = 0; index < folded.length(); ++index) {
        if (!is_inside_mark(folded.charAt(index))) letters.push_back(folded.charAt(index));
    }
    return letters;
}

/// Calls found(word) for each word of the text, until it says true.
template <class Found>
void each_word(const icu::UnicodeString& text, const Found& found) {
    const auto breaks = word_breaks();
    breaks->setText(text);
    std::int32_t begin = breaks->first();
    for (auto end = breaks->next(); end != icu::BreakIterator::DONE; begin = end, end = breaks->next()) {
        if (breaks->getRuleStatus() == UBRK_WORD_NONE) continue;
        std::int32_t part = begin;
        for (std::int32_t index = begin; index <= end; ++index) {
            if (index < end && !is_parting_mark(text.charAt(index))) continue;
            if (index > part && found(text.tempSubStringBetween(part, index))) return;
            part = index + 1;
        }
    }
}

// -------------------------------------------------------------------- Finnish forms of a word

bool is_vowel(char16_t c) { return std::u16string_view{u"aeiouyäöå"}.find(c) != std::u16string_view::npos; }

bool ends_with(std::u16string_view word, std::u16string_view ending) {
    return word.size() >= ending.size() && word.substr(word.size() - ending.size()) == ending;
}

struct Gradation {
    std::u16string_view strong;
    std::u16string_view weak;
};
/// Consonant gradation before the last vowel: tyttö, tytön. The longest that fits is taken.
constexpr std::array gradations{Gradation{u"kk", u"k"}, Gradation{u"pp", u"p"}, Gradation{u"tt", u"t"},
    Gradation{u"nk", u"ng"}, Gradation{u"nt", u"nn"}, Gradation{u"mp", u"mm"}, Gradation{u"lt", u"ll"},
    Gradation{u"rt", u"rr"}, Gradation{u"ht", u"hd"}, Gradation{u"lk", u"l"}, Gradation{u"rk", u"r"},
    Gradation{u"hk", u"h"}, Gradation{u"t", u"d"}, Gradation{u"p", u"v"}, Gradation{u"k", u""}};

/// The word in its other grades. More than grammar gives: what is found is looked at by a person.
void add_grades(const std::u16string& word, std::vector<std::u16string>& out) {
    if (word.size() < 3 || !is_vowel(word.back())) return;
    const auto before = word.substr(0, word.size() - 1);
    const auto exchange = [&](std::u16string_view from, std::u16string_view to) {
        // The first letter stays: words are looked up by it.
        if (!ends_with(before, from) || before.size() <= from.size()) return false;
        out.push_back(before.substr(0, before.size() - from.size()) + std::u16string{to} + word.back());
        return true;
    };
    for (const auto& each : gradations) {
        if (exchange(each.strong, each.weak)) break;
    }
    // Words in -e go the other way: liike, liikkeen.
    if (word.back() != u'e') return;
    for (const auto& each : gradations) {
        if (!each.weak.empty() && exchange(each.weak, each.strong) && each.weak.size() > 1) break;
    }
}

std::vector<ListedWord::Body> bodies_of(const std::u16string& word) {
    std::vector<std::u16string> grades{word};
    add_grades(word, grades);
    std::vector<ListedWord::Body> bodies;
    for (const auto& grade : grades) {
        const auto but_last = grade.substr(0, grade.size() - 1);
        bodies.push_back({.letters = grade, .is_plural = false});
        switch (grade.back()) {
            case u'i':  // kivi, kiven; risti, ristejä
                bodies.push_back({.letters = but_last + u"e", .is_plural = false});
                bodies.push_back({.letters = but_last, .is_plural = true});
                break;
            case u'a':  // kissa, kissoja; koira, koiria
                bodies.push_back({.letters = but_last + u"o", .is_plural = true});
                bodies.push_back({.letters = but_last, .is_plural = true});
                break;
            case u'ä':  // mölinä, mölinöitä; isä, isiä
                bodies.push_back({.letters = but_last + u"ö", .is_plural = true});
                bodies.push_back({.letters = but_last, .is_plural = true});
                break;
            case u's':  // vastaus, vastauksen; rakas, rakkaan; ahdas, ahtaan
                bodies.push_back({.letters = but_last + u"kse", .is_plural = false});
                bodies.push_back({.letters = but_last + u"ks", .is_plural = true});
                if (grade.size() > 2) bodies.push_back({.letters = but_last + but_last.back(), .is_plural = false});
                break;
            default:
                // A foreign word takes an i: idiootit, fuckia.
                if (!is_vowel(grade.back())) bodies.push_back({.letters = grade + u"i", .is_plural = false});
        }
    }
    if (ends_with(word, u"nen") && word.size() > 4) {  // hevonen, hevosen, hevosta, hevosia
        const auto body = word.substr(0, word.size() - 3) + u"s";
        bodies.push_back({.letters = body + u"e", .is_plural = false});
        bodies.push_back({.letters = body, .is_plural = false});
    }
    return bodies;
}

/// The endings of cases, singular and plural, and the commonest of Swedish and English.
constexpr std::u16string_view endings[] = {u"", u"n", u"t", u"a", u"ä", u"ta", u"tä", u"tta", u"ttä", u"ssa", u"ssä",
    u"sta", u"stä", u"lla", u"llä", u"lta", u"ltä", u"lle", u"na", u"nä", u"ksi", u"kse", u"in", u"en", u"seen", u"han",
    u"hän", u"hen", u"hin", u"hon", u"hön", u"hun", u"hyn", u"ita", u"itä", u"ia", u"iä", u"ja", u"jä", u"jen", u"ien",
    u"iden", u"itten", u"iten", u"issa", u"issä", u"ista", u"istä", u"illa", u"illä", u"ilta", u"iltä", u"ille", u"ina",
    u"inä", u"iksi", u"itta", u"ittä", u"ihin", u"iin", u"isiin", u"s", u"es", u"er", u"ers", u"ing", u"ed", u"ar",
    u"or", u"et", u"arna", u"erna", u"orna"};
constexpr std::u16string_view possessives[] = {u"", u"ni", u"si", u"nsa", u"nsä", u"mme", u"nne", u"an", u"än"};
constexpr std::u16string_view clitics[] = {
    u"", u"kin", u"kaan", u"kään", u"ko", u"kö", u"han", u"hän", u"pa", u"pä", u"kohan", u"köhän", u"pas"};

bool starts_with(std::u16string_view word, std::u16string_view beginning) {
    return word.substr(0, beginning.size()) == beginning;
}

bool is_tail(std::u16string_view rest) {
    return std::any_of(std::begin(possessives), std::end(possessives), [&](auto possessive) {
        return starts_with(rest, possessive) &&
               std::find(std::begin(clitics), std::end(clitics), rest.substr(possessive.size())) != std::end(clitics);
    });
}

bool is_ending(std::u16string_view rest, const ListedWord::Body& body) {
    if (body.is_plural && !starts_with(rest, u"i") && !starts_with(rest, u"j")) return false;
    // Into what: the last vowel is drawn out, with an n, or with whose it is in place of the n.
    if (!rest.empty() && rest[0] == body.letters.back() && is_vowel(rest[0])) {
        const auto after = rest.substr(1);
        if (is_tail(after) || (starts_with(after, u"n") && is_tail(after.substr(1)))) return true;
    }
    return std::any_of(std::begin(endings), std::end(endings),
        [&](auto ending) { return starts_with(rest, ending) && is_tail(rest.substr(ending.size())); });
}

bool is_form_of(const ListedWord& listed, std::u16string_view word) {
    if (listed.is_stem) return starts_with(word, listed.folded);
    return std::any_of(listed.bodies.begin(), listed.bodies.end(), [&](const auto& body) {
        return starts_with(word, body.letters) && is_ending(word.substr(body.letters.size()), body);
    });
}

// ------------------------------------------------------------------------------------- links

/// Top-level domains: all of two letters that are countries', and the general ones in common use.
constexpr std::string_view country_domains =
    " ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc "
    "cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec "
    "ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie "
    "il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la "
    "lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni "
    "nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro "
    "rs ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv "
    "tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw ";
constexpr std::string_view general_domains =
    " com net org info biz edu gov mil int name pro mobi app dev page site online shop store tech cloud blog wiki news "
    "live club xyz top win bet casino porn sex adult xxx link click vip fun "
    "space website world today life chat social email media video zone work company center agency digital onion ";

bool is_listed_domain(std::string_view label) {
    const auto spaced = " " + std::string{label} + " ";
    return country_domains.find(spaced) != std::string_view::npos ||
           general_domains.find(spaced) != std::string_view::npos;
}

/// The end of a domain: a listed one, its coded form, or letters of a script that is not ours.
bool is_top_level(const icu::UnicodeString& label) {
    if (label.length() < 2) return false;
    icu::UnicodeString lower{label};
    lower.foldCase();
    const auto text = to_utf8(lower);
    if (text.starts_with("xn--") || is_listed_domain(text)) return true;
    for (std::int32_t index = 0; index < lower.length(); index = lower.moveIndex32(index, 1)) {
        UErrorCode error = U_ZERO_ERROR;
        const auto c = lower.char32At(index);
        if (u_isalpha(c) == 0 || uscript_getScript(c, &error) == USCRIPT_LATIN) return false;
    }
    return true;
}

/// "Hei.Se on": a capital and small letters after it begin a sentence, not the end of a domain.
bool begins_sentence(const icu::UnicodeString& label) {
    const auto first = label.char32At(0);
    return u_isupper(first) != 0 && label.length() > 1 && u_islower(label.char32At(label.moveIndex32(0, 1))) != 0;
}

/// Four numbers of a byte each.
bool is_address_of_numbers(const std::vector<icu::UnicodeString>& labels) {
    return labels.size() == 4 && std::all_of(labels.begin(), labels.end(), [](const auto& label) {
        if (label.isEmpty() || label.length() > 3) return false;
        int number = 0;
        for (std::int32_t index = 0; index < label.length(); ++index) {
            const char16_t digit = label.charAt(index);
            if (digit < u'0' || digit > u'9') return false;
            number = number * 10 + (digit - u'0');
        }
        return number <= 255;
    });
}

bool is_of_domain(UChar32 c) {
    return u_isalnum(c) != 0 || c == u'-' || c == u'.' || c == u'_' || u_charType(c) == U_NON_SPACING_MARK;
}

bool has_domain(const icu::UnicodeString& piece) {
    for (std::int32_t begin = 0; begin < piece.length();) {
        if (!is_of_domain(piece.char32At(begin))) {
            begin = piece.moveIndex32(begin, 1);
            continue;
        }
        std::int32_t end = begin;
        while (end < piece.length() && is_of_domain(piece.char32At(end))) end = piece.moveIndex32(end, 1);
        const bool goes_on = end < piece.length() && (piece.charAt(end) == u'/' || piece.charAt(end) == u':');
        const bool is_mail = begin > 0 && piece.charAt(begin - 1) == u'@';
        std::vector<icu::UnicodeString> labels;
        for (std::int32_t from = begin; from <= end;) {
            auto dot = piece.indexOf(u'.', from, end - from);
            if (dot < 0) dot = end;
            labels.push_back(piece.tempSubStringBetween(from, dot));
            from = dot + 1;
        }
        if (is_address_of_numbers(labels)) return true;
        for (std::size_t index = 1; index < labels.size(); ++index) {
            if (labels[index - 1].isEmpty() || !is_top_level(labels[index])) continue;
            if (goes_on || is_mail || !begins_sentence(labels[index])) return true;
        }
        begin = end;
    }
    return false;
}

bool has_scheme(const icu::UnicodeString& lower) {
    static const std::array<icu::UnicodeString, 9> schemes{
        "://", "www.", "javascript:", "vbscript:", "data:", "mailto:", "file:", "tel:", "sms:"};
    return std::any_of(schemes.begin(), schemes.end(), [&](const auto& scheme) {
        const auto at = lower.indexOf(scheme);
        if (at < 0 || at + scheme.length() >= lower.length()) return false;
        // A word that ends in a scheme's name is none: "metadata:x".
        return scheme.charAt(0) == u':' || at == 0 || u_isalnum(lower.char32At(at - 1)) == 0;
    });
}

}  // namespace

WordList parse_word_list(const std::vector<std::string>& entries) {
    WordList list{.entries = entries, .words = {}, .by_first_letter = {}, .bad_entries = {}};
    for (std::size_t number = 1; number <= entries.size(); ++number) {
        const auto& entry = entries[number - 1];
        const auto bad = [&](std::string_view why) {
            list.bad_entries.push_back({.line = number, .text = entry, .why = why});
        };
        auto clean = text::clean_text(entry, entry_code_points_max);
        if (clean.fault == protocol::RefusalWord::text_empty) continue;
        if (clean.fault == protocol::RefusalWord::text_too_long) {
            bad("is too long");
            continue;
        }
        if (clean.fault) {
            bad("has a character that is not allowed");
            continue;
        }
        if (clean.value.starts_with('#')) continue;
        ListedWord word;
        word.is_stem = clean.value.ends_with('*');
        if (word.is_stem) clean.value.pop_back();
        const auto text = from_utf8(clean.value);
        std::size_t words = 0;
        each_word(text, [&](const auto& each) {
            ++words;
            word.folded = folded_word(each);
            return false;
        });
        if (text.indexOf(u'*') >= 0)
            bad("has a * that is not at its end");
        else if (words == 0)
            bad("has no word");
        else if (words > 1 || folded_word(text) != word.folded)
            bad("is not one word");
        else if (text.countChar32() < (word.is_stem ? listed_stem_letters_min : listed_letters_min))
            bad("is too short");
        else if (text.countChar32() > listed_letters_max)
            bad("is too long");
        else {
            if (!word.is_stem) word.bodies = bodies_of(word.folded);
            list.by_first_letter[word.folded.front()].push_back(list.words.size());
            list.words.push_back(std::move(word));
        }
    }
    return list;
}

std::optional<std::string> find_listed_word(const WordList& list, std::string_view text) {
    std::optional<std::string> caught;
    if (list.words.empty()) return caught;
    each_word(from_utf8(text), [&](const icu::UnicodeString& each) {
        const auto word = folded_word(each);
        if (word.empty()) return false;
        const auto candidates = list.by_first_letter.find(word.front());
        if (candidates == list.by_first_letter.end()) return false;
        const bool is_listed = std::any_of(candidates->second.begin(), candidates->second.end(),
            [&](std::size_t number) { return is_form_of(list.words[number], word); });
        if (is_listed) caught = text::first_code_points(to_utf8(each), caught_code_points_max);
        return is_listed;
    });
    return caught;
}

std::optional<std::string> find_link(std::string_view text) {
    UErrorCode error = U_ZERO_ERROR;
    const auto* normalizer = icu::Normalizer2::getNFKCInstance(error);
    ETAKAHVILA_CHECK(U_SUCCESS(error));
    auto wide = normalizer->normalize(from_utf8(text), error);
    ETAKAHVILA_CHECK(U_SUCCESS(error));
    // Full stops of other scripts part domains too (UTS #46).
    wide.findAndReplace(icu::UnicodeString{static_cast<UChar32>(0x3002)}, icu::UnicodeString{u'.'});
    for (std::int32_t begin = 0; begin < wide.length();) {
        if (u_isUWhiteSpace(wide.char32At(begin)) != 0) {
            begin = wide.moveIndex32(begin, 1);
            continue;
        }
        std::int32_t end = begin;
        while (end < wide.length() && u_isUWhiteSpace(wide.char32At(end)) == 0) end = wide.moveIndex32(end, 1);
        const icu::UnicodeString piece{wide, begin, end - begin};
        icu::UnicodeString lower{piece};
        lower.foldCase();
        if (has_scheme(lower) || has_domain(piece))
            return text::first_code_points(to_utf8(piece), caught_code_points_max);
        begin = end;
    }
    return std::nullopt;
}

std::uint64_t text_print(std::string_view text) {
    // FNV-1a, over the folded text with each run of spaces as one.
    std::uint64_t print = 14'695'981'039'346'656'037ULL;
    bool was_space = false;
    for (const char c : text::fold(text)) {
        const bool is_space = c == ' ' || c == '\n';
        if (is_space && was_space) continue;
        was_space = is_space;
        print = (print ^ static_cast<unsigned char>(is_space ? ' ' : c)) * 1'099'511'628'211ULL;
    }
    return print;
}

bool is_flood(const std::deque<SentText>& sent, base::RoomTime now) {
    const auto recent = std::count_if(
        sent.begin(), sent.end(), [&](const auto& each) { return now - each.at < flood_window; });
    return static_cast<std::size_t>(recent) >= flood_messages;
}

bool is_repeated(const std::deque<SentText>& sent, base::RoomTime now, std::uint64_t print) {
    const auto same = std::count_if(sent.begin(), sent.end(),
        [&](const auto& each) { return each.print == print && now - each.at < repeated_window; });
    return static_cast<std::size_t>(same) + 1 >= repeated_texts;
}

}  // namespace etakahvila::domain
