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
    // No code of two halves that stand apart, and none of bytes that are no text.
    CHECK_FALSE(SpokenCode::normalize_code("2793 on alku ja 8F2P loppu"));
    for (const std::string_view cut : {"2793 8F2P\xf0", "2793 8F2P \xf0\x9f", "\xe2", "2793\xe2\x80", "\xef\xbc"})
        CHECK_NOTHROW(SpokenCode::normalize_code(cut));
}
