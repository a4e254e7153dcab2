#include "support/catch.hpp"

#include "text/call_back.hpp"
#include "support/word_table.hpp"

using namespace etakahvila;

TEST_CASE("the number to call is read out of whatever is typed or pasted, and the rest is words") {
    const auto table = testing::word_table("call_back.txt");
    CHECK(table.innocent.size() >= 40);
    CHECK(table.hostile.size() >= 40);
    for (const auto& row : table.all()) {
        INFO(row.line);
        const auto read = text::read_call_back(row.input);
        CHECK(read.number.value_or("-") + " | " + (read.words.empty() ? "-" : read.words) == row.result);
        if (read.number) CHECK(text::read_call_back(*read.number).number == read.number);
    }
}

TEST_CASE("of a long text that is pasted as a number the first 200 characters are read") {
    const auto read = text::read_call_back("040 1234567 " + std::string(500, 'x'));
    CHECK(read.number == "040 1234567");
    CHECK(read.words == std::string(188, 'x'));
}

TEST_CASE("words for those who may not see a number have none, and dates and times stay") {
    const auto table = testing::word_table("numbers.txt");
    CHECK(table.innocent.size() >= 40);
    CHECK(table.hostile.size() >= 40);
    for (const auto& row : table.all()) {
        INFO(row.line);
        const auto wanted = row.result == "=" ? row.input : row.result;
        CHECK(text::without_numbers(row.input) == wanted);
        CHECK(text::tells_number(row.input) == (row.result != "="));
        CHECK_FALSE(text::tells_number(wanted));
    }
}
