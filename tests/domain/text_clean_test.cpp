#include "support/catch.hpp"

#include "domain/text.hpp"

using namespace etakahvila;
using domain::clean_name;
using domain::clean_text;
using protocol::RefusalWord;

namespace {

std::optional<RefusalWord> fault_of(std::string_view text) { return clean_text(text, 1000).fault; }
std::optional<RefusalWord> name_fault_of(std::string_view name) { return clean_name(name, {"Ohjaaja", "Moderaattori", "Anna Virtanen"}).fault; }

}  // namespace

TEST_CASE("a text is trimmed, composed, and keeps its line breaks") {
    CHECK(clean_text("  Huomenta!\r\nMiten menee?\t ", 1000).value == "Huomenta!\nMiten menee?");
    CHECK(clean_text("a\u0308iti", 1000).value == "äiti");
    CHECK(clean_text("👍🏽 ja 👩‍🍳", 1000).value == "👍🏽 ja 👩‍🍳");
    CHECK(clean_text("👩🏽‍🍳 🏳️‍🌈 ❤️", 1000).fault == std::nullopt);
    CHECK(clean_text("שלום العربية ไทย", 1000).fault == std::nullopt);
}

TEST_CASE("lengths are counted in code points, after composition") {
    CHECK(fault_of(std::string(1000, 'a')) == std::nullopt);
    CHECK(fault_of(std::string(1001, 'a')) == RefusalWord::text_too_long);
    std::string emoji;
    for (int number = 0; number < 1000; ++number) emoji += "🙂";
    CHECK(fault_of(emoji) == std::nullopt);
    CHECK(fault_of(emoji + "🙂") == RefusalWord::text_too_long);
    std::string decomposed;
    for (int number = 0; number < 1000; ++number) decomposed += "a\u0308";
    CHECK(fault_of(decomposed) == std::nullopt);
}

TEST_CASE("nothing is no text") {
    for (const auto* text : {"", " ", "\n\n", "\t", "\u00a0", "\u2003 \u3000"}) {
        INFO(text);
        CHECK(fault_of(text) == RefusalWord::text_empty);
    }
}

TEST_CASE("characters that hide or turn others are refused") {
    for (const auto* text : {"a\u202eb", "a\u2066b", "a\u200bb", "a\u200cb", "a\u200db", "a\ufeffb", "a\u00adb", "a\u2028b", "a\u034fb", "a\u115fb", "a\u3164b", "a\uffa0b", "a\x01" "b", "a\x7f" "b", "a\ue000b",
                             "a\U000e0041b", "a\u061cb", "a\u180eb", "a\u2060b", "a\u200d👩", "\u0301\u0301\u0301\u0301\u0301", "Z\u0351\u036b\u0343\u036a\u0302"}) {
        INFO(text);
        CHECK(fault_of(text) == RefusalWord::text_not_allowed);
    }
    CHECK(fault_of(std::string{"a\0b", 3}) == RefusalWord::text_not_allowed);
}

TEST_CASE("a nickname is welcome") {
    for (const auto* name : {"Mustikka", "Äiti-karhu 2", "J.", "李", "🌸 Kukka", "Ылья", "O'Neill", "käpy"}) {
        INFO(name);
        CHECK(name_fault_of(name) == std::nullopt);
    }
    CHECK(clean_name("  Mustikka  ", {}).value == "Mustikka");
}

TEST_CASE("a name that looks like a staff member's is refused") {
    for (const auto* name : {"Ohjaaja", "ohjaaja", "OHJAAJA", "Оhjaaja", "0hjaaja", "Ohjaaja 2", "O h j a a j a", "Ohjааја", "Moderaattori", "Mοderaattori", "moderaattori_1", "M0deraattori", "Ｍｏｄｅｒａａｔｔｏｒｉ",
                             "Anna Virtanen", "AnnaVirtanen", "Аnna Virtanen", "anna.virtanen", "Henkilökunta", "Ylläpito", "Staff", "Koordinaattori Kati", "Etäkahvila",
                             // Letters that look alike only as capitals, or only as small ones.
                             "М０dе𝐫ɑattor𝐢 1", "Мoｄｅraattοｒ𝐢 1", "Μ０ｄeraａtｔoｒ𝐢 2", "Μoderaаｔｔο𝐫і 1", "Μode𝐫aɑ𝐭ｔo𝐫i 2", "Мoԁeｒaaｔt０ri 2"}) {
        INFO(name);
        CHECK(name_fault_of(name) == RefusalWord::name_like_staff);
    }
}

TEST_CASE("the faults of a name have their own words") {
    CHECK(name_fault_of("") == RefusalWord::name_empty);
    CHECK(name_fault_of("   ") == RefusalWord::name_empty);
    CHECK(name_fault_of(std::string(41, 'a')) == RefusalWord::name_too_long);
    CHECK(name_fault_of("Musti\nkka") == RefusalWord::name_not_allowed);
    CHECK(name_fault_of("Musti\u202ekka") == RefusalWord::name_not_allowed);
    CHECK(name_fault_of("...") == RefusalWord::name_not_allowed);
}

TEST_CASE("a text is cut between its code points") {
    CHECK(domain::first_code_points("äöå", 2) == "äö");
    CHECK(domain::first_code_points("äöå", 3) == "äöå");
    CHECK(domain::first_code_points("äöå", 9) == "äöå");
    CHECK(domain::first_code_points("🙂🙂", 1) == "🙂");
    CHECK(domain::first_code_points("abc", 0).empty());
    CHECK(domain::first_code_points("", 5).empty());
}
