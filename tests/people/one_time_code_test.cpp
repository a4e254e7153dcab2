#include "people/one_time_code.hpp"

#include <algorithm>

#include "support/catch.hpp"

using namespace etakahvila::people;
using etakahvila::base::UtcTime;

namespace {

/// The key of RFC 6238, appendix B: the text "12345678901234567890".
OneTimeKey key_of_rfc() {
    OneTimeKey key{};
    const std::string_view text = "12345678901234567890";
    std::copy(text.begin(), text.end(), key.begin());
    return key;
}

constexpr UtcTime at_second(std::int64_t second) { return {second * 1000}; }

}  // namespace

TEST_CASE("codes are those of RFC 6238, of which an app shows the last six digits") {
    const auto key = key_of_rfc();
    CHECK(one_time_code(key, at_second(59)) == "287082");
    CHECK(one_time_code(key, at_second(1'111'111'109)) == "081804");
    CHECK(one_time_code(key, at_second(1'111'111'111)) == "050471");
    CHECK(one_time_code(key, at_second(1'234'567'890)) == "005924");
    CHECK(one_time_code(key, at_second(2'000'000'000)) == "279037");
    CHECK(one_time_code(key, at_second(20'000'000'000)) == "353130");
    CHECK(one_time_key_text(key) == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
}

TEST_CASE("a code is taken within a half minute of its own, and no further") {
    const auto key = key_of_rfc();
    // 081804 is of the half minute from 1111111080 to 1111111110.
    for (const auto second : {1'111'111'050, 1'111'111'079, 1'111'111'080, 1'111'111'110, 1'111'111'139})
        CHECK(one_time_counter(key, "081804", at_second(second), 0) == 37'037'036);
    for (const auto second : {1'111'111'049, 1'111'111'140})
        CHECK_FALSE(one_time_counter(key, "081804", at_second(second), 0));
}

TEST_CASE("a code that was taken is not taken again, nor one before it") {
    const auto key = key_of_rfc();
    const auto now = at_second(1'111'111'109);
    const auto taken = one_time_counter(key, "081804", now, 0);
    REQUIRE(taken);
    CHECK_FALSE(one_time_counter(key, "081804", now, *taken));
    CHECK_FALSE(one_time_counter(key, one_time_code(key, at_second(1'111'111'079)), now, *taken));
    CHECK(one_time_counter(key, one_time_code(key, at_second(1'111'111'111)), now, *taken) == *taken + 1);
}

TEST_CASE("a code is read as people type it, and nothing else is one") {
    const auto key = key_of_rfc();
    const auto now = at_second(1'111'111'109);
    for (const auto* typed : {"081804", "081 804", " 081-804 "}) {
        CHECK(is_one_time_form(typed));
        CHECK(one_time_counter(key, typed, now, 0));
    }
    for (const auto* typed : {"", "81804", "0818040", "o81804", "081804\n", "K7PM 4RXT", "\xd9\xa0\xd9\xa8"}) {
        CHECK_FALSE(is_one_time_form(typed));
        CHECK_FALSE(one_time_counter(key, typed, now, 0));
    }
    CHECK_FALSE(one_time_counter(key, "081805", now, 0));
}

TEST_CASE("the address for the app names the site and the account, whatever is in their names") {
    CHECK(one_time_key_address(key_of_rfc(), "https://kahvila.example", "Äijä & Öljy: 100 %") ==
          "otpauth://totp/kahvila.example:%C3%84ij%C3%A4%20%26%20%C3%96ljy%3A%20100%20%25"
          "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=kahvila.example");
}
