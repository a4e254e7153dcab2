#include "support/catch.hpp"

#include "text/text.hpp"
#include "support/word_table.hpp"

using namespace etakahvila;
using protocol::RefusalWord;
using text::clean_name;
using text::clean_one_line;
using text::clean_or_cut;
using text::clean_text;

namespace {

std::optional<RefusalWord> fault_of(std::string_view text) { return clean_text(text, 1000).fault; }
std::optional<RefusalWord> name_fault_of(std::string_view name) {
    return clean_name(name, {"Ohjaaja", "Moderaattori", "Anna Virtanen"}).fault;
}

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

TEST_CASE("words are mended, and only what deceives is refused") {
    const auto table = testing::word_table("words.txt");
    CHECK(table.innocent.size() >= 40);
    CHECK(table.hostile.size() >= 40);
    for (const auto& row : table.all()) {
        INFO(row.line);
        const auto clean = clean_text(row.input, 1000);
        if (row.result.starts_with("refused ")) {
            CHECK(clean.fault == RefusalWord::text_not_allowed);
        } else if (row.result == "empty") {
            CHECK(clean.fault == RefusalWord::text_empty);
        } else {
            CHECK(clean.fault == std::nullopt);
            CHECK(clean.value == (row.result == "=" ? row.input : row.result));
        }
        // Words that stop nothing have no fault, and what is clean stays as it is.
        const auto mended = clean_or_cut(row.input, 1000);
        if (!clean.fault) CHECK(mended == clean.value);
        CHECK(clean_or_cut(mended, 1000) == mended);
    }
    for (const auto& row : table.innocent) {
        INFO(row.line);
        CHECK(clean_text(row.input, 1000).fault == std::nullopt);
    }
}

TEST_CASE("words that stop nothing are cut where they are too long, between characters") {
    CHECK(clean_or_cut(std::string(600, 'a'), 500) == std::string(500, 'a'));
    CHECK(clean_or_cut("aina \u202eväärin", 500) == "aina väärin");
    CHECK(clean_or_cut("me 👩‍🍳", 5) == "me 👩");
    CHECK(clean_or_cut("🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", 4) == "🏴");
    CHECK(clean_or_cut("\u200b \u202e", 5).empty());
}

TEST_CASE("a line has single spaces in the place of its line breaks") {
    CHECK(clean_one_line(" yksi\n\nkaksi \t kolme\u2028neljä ", 100).value == "yksi kaksi kolme neljä");
    CHECK(clean_one_line("\n", 100).fault == RefusalWord::text_empty);
    CHECK(clean_one_line("a\u202eb", 100).fault == RefusalWord::text_not_allowed);
}

TEST_CASE("names are taken, but those that say of themselves that they are staff") {
    const auto table = testing::word_table("names.txt");
    CHECK(table.innocent.size() >= 40);
    CHECK(table.hostile.size() >= 40);
    for (const auto& row : table.all()) {
        INFO(row.line);
        const auto clean = clean_name(
            row.input, {"Minna", "Fanni Ohjaaja", "Anna Virtanen", "Kari Mäki-Laine", "Sirkka-Liisa", "Ohjaaja 1"});
        if (row.result == "like staff")
            CHECK(clean.fault == RefusalWord::name_like_staff);
        else if (row.result == "not allowed")
            CHECK(clean.fault == RefusalWord::name_not_allowed);
        else if (row.result == "empty")
            CHECK(clean.fault == RefusalWord::name_empty);
        else if (row.result == "too long")
            CHECK(clean.fault == RefusalWord::name_too_long);
        else
            CHECK(clean.value == (row.result == "=" ? row.input : row.result));
    }
}

TEST_CASE("a name in letters of other alphabets that look like those of a role is refused") {
    // Letters that look alike only as capitals, or only as small ones.
    for (const auto* name : {"М０dе𝐫ɑattor𝐢 1", "Мoｄｅraattοｒ𝐢 1", "Μ０ｄeraａtｔoｒ𝐢 2", "Μoderaаｔｔο𝐫і 1",
             "Μode𝐫aɑ𝐭ｔo𝐫i 2", "Мoԁeｒaaｔt０ri 2"}) {
        INFO(name);
        CHECK(clean_name(name, {}).fault == RefusalWord::name_like_staff);
    }
}

TEST_CASE("two names look alike, or they do not") {
    CHECK(text::look_alike("Ohjaaja Anna", "Ohjaaja Аnna"));
    CHECK(text::look_alike("Ohjaaja Anna", "ohjaaja anna"));
    CHECK(text::look_alike("Ohjaaja Anna", "Ohjaaja.Anna"));
    CHECK_FALSE(text::look_alike("Ohjaaja Anna", "Ohjaaja Hanna"));
    CHECK_FALSE(text::look_alike("Ohjaaja 1", "Ohjaaja 2"));
}

TEST_CASE("the faults of a name have their own words") {
    CHECK(name_fault_of("") == RefusalWord::name_empty);
    CHECK(name_fault_of("   ") == RefusalWord::name_empty);
    CHECK(name_fault_of(std::string(41, 'a')) == RefusalWord::name_too_long);
    CHECK(name_fault_of("Musti\u202ekka") == RefusalWord::name_not_allowed);
    CHECK(name_fault_of("...") == RefusalWord::name_not_allowed);
}

TEST_CASE("a text is cut between its code points") {
    CHECK(text::first_code_points("äöå", 2) == "äö");
    CHECK(text::first_code_points("äöå", 3) == "äöå");
    CHECK(text::first_code_points("äöå", 9) == "äöå");
    CHECK(text::first_code_points("🙂🙂", 1) == "🙂");
    CHECK(text::first_code_points("abc", 0).empty());
    CHECK(text::first_code_points("", 5).empty());
}
