// A spoken code as messages, letters and hands bring it: the table that the page is held to as well.

#include <simdjson.h>

#include "people/secret.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

using namespace etakahvila::people;

TEST_CASE("A code is found in what is pasted, and made of nothing else") {
    simdjson::dom::parser parser;
    const auto text = etakahvila::testing::test_file("data/pasted/codes.json");
    const simdjson::dom::element table = parser.parse(text);
    const auto code = SpokenCode::normalize_code(std::string_view{table["code"]});
    REQUIRE(code);
    std::size_t taken = 0;
    for (const std::string_view typed : table["taken"].get_array()) {
        CAPTURE(typed);
        CHECK(SpokenCode::normalize_code(typed) == code);
        ++taken;
    }
    std::size_t refused = 0;
    for (const std::string_view typed : table["refused"].get_array()) {
        CAPTURE(typed);
        CHECK_FALSE(SpokenCode::normalize_code(typed));
        ++refused;
    }
    CHECK(taken >= 40);
    CHECK(refused >= 40);
}

TEST_CASE("Of several codes in a text the later one with a figure is meant") {
    const auto meant = [](std::string_view typed) { return SpokenCode::normalize_code(typed).value().to_text(); };
    CHECK(meant("vanha 2222 3333, uusi 2793 8F2P") == "2793 8F2P");
    // A word of eight letters that a code could have, before the code and behind it.
    CHECK(meant("koodi KOODISTO on 2793 8F2P") == "2793 8F2P");
    CHECK(meant("koodi 2793 8F2P on sinun, KOODISTO") == "2793 8F2P");
    // No code of two halves that stand apart.
    CHECK_FALSE(SpokenCode::normalize_code("2793 on alku ja 8F2P loppu"));
}

TEST_CASE("What is cut off within a character takes nothing of what follows it") {
    for (const std::string_view cut : {"\xc2", "\xe2", "\xe2\x80", "\xe2\x98", "\xe2\x9e", "\xef\xbc", "\xf0",
             "\xf0\x9f", "\xf0\x9f\x98", "\xff", "\x80", "\xed\xa0\xbd", "\xef\xbf\xbd"}) {
        INFO(std::string{cut});
        const std::string part{cut};
        CHECK(SpokenCode::normalize_code("2793 8F2P" + part)->to_text() == "2793 8F2P");
        CHECK(SpokenCode::normalize_code("2793 8F2P" + part + "-")->to_text() == "2793 8F2P");
        CHECK(SpokenCode::normalize_code(part + "2793 8F2P")->to_text() == "2793 8F2P");
        CHECK(SpokenCode::normalize_code("2793" + part + "8F2P")->to_text() == "2793 8F2P");
        CHECK_FALSE(SpokenCode::normalize_code(part));
    }
}
