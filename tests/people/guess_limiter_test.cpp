#include "people/guess_limiter.hpp"
#include "people/helpers.hpp"

using namespace etakahvila::people;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

std::string code(int number) { return "code " + std::to_string(number); }
std::string address(int number) { return "10." + std::to_string(number / 65536) + '.' + std::to_string(number / 256 % 256) + '.' + std::to_string(number % 256); }

}  // namespace

TEST_CASE("One code may be tried five times, then once a minute") {
    GuessLimiter limiter;
    for (int times = 0; times < 5; ++times) CHECK_FALSE(limiter.take("K7PM 4RXT", address(times), seconds{0}));
    CHECK(limiter.take("K7PM 4RXT", address(9), seconds{0}) == Milliseconds{60'000});
    CHECK(limiter.take("K7PM 4RXT", address(9), seconds{59}) == Milliseconds{1'000});
    CHECK_FALSE(limiter.take("K7PM 4RXT", address(9), seconds{60}));
    CHECK(limiter.take("K7PM 4RXT", address(9), seconds{60}));
    CHECK_FALSE(limiter.take("2222 2222", address(9), seconds{60}));
}

TEST_CASE("One address may try thirty codes, as a day centre does; another is not hindered") {
    GuessLimiter limiter;
    for (int times = 0; times < 30; ++times) CHECK_FALSE(limiter.take(code(times), "192.0.2.1", seconds{0}));
    CHECK(limiter.take(code(99), "192.0.2.1", seconds{0}) == Milliseconds{10'000});
    CHECK_FALSE(limiter.take(code(99), "192.0.2.2", seconds{0}));
    CHECK_FALSE(limiter.take(code(98), "192.0.2.1", seconds{10}));
}

TEST_CASE("Right codes cost nothing: ninety people of one address come in at once") {
    GuessLimiter limiter;
    for (int person = 0; person < 90; ++person) {
        CHECK_FALSE(limiter.take(code(person), "192.0.2.1", seconds{0}));
        limiter.give_back(code(person), "192.0.2.1");
    }
    for (int again = 0; again < 20; ++again) {
        CHECK_FALSE(limiter.take(code(1), "192.0.2.1", seconds{0}));
        limiter.give_back(code(1), "192.0.2.1");
    }
}

TEST_CASE("What is no code at all counts by its address only") {
    GuessLimiter limiter;
    for (int times = 0; times < 20; ++times) CHECK_FALSE(limiter.take("", address(times), seconds{0}));
    for (int times = 0; times < 30; ++times) (void)limiter.take("", "192.0.2.1", seconds{0});
    CHECK(limiter.take("", "192.0.2.1", seconds{0}));
}

TEST_CASE("A million guesses from everywhere in a day: the overall rate holds, and so does the memory") {
    GuessLimiter limiter;
    int tried = 0;
    for (int guess = 0; guess < 1'000'000; ++guess) {
        const Milliseconds now{guess * 86'400LL / 1000};
        if (!limiter.take(code(guess), address(guess), now)) ++tried;
    }
    CHECK(tried >= 24 * 300);
    CHECK(tried <= 200 + 24 * 300 + 1);
    CHECK(limiter.remembered() <= 2 * GuessLimits{}.remembered_max);
    // 90 codes that work: the chance that one of these guesses is right.
    double codes = 1;
    for (std::size_t character = 0; character < 8; ++character) codes *= 21;
    CHECK(tried * 90 / codes < 0.00002);
}

TEST_CASE("What is whole again is forgotten at the limit") {
    GuessLimits limits;
    limits.remembered_max = 10;
    GuessLimiter limiter{limits};
    for (int person = 0; person < 500; ++person) {
        const Milliseconds now = person * minutes{10};
        CHECK_FALSE(limiter.take(code(person), address(person), now));
        CHECK(limiter.remembered() <= 20);
    }
}

TEST_CASE("Addresses count by what one household has") {
    CHECK(address_key("192.0.2.1") != address_key("192.0.2.2"));
    CHECK(address_key("::ffff:192.0.2.1") == address_key("192.0.2.1"));
    CHECK(address_key("2001:db8:1:2::1") == address_key("2001:db8:1:2:ffff::9"));
    CHECK(address_key("2001:db8:1:2::1") != address_key("2001:db8:1:3::1"));
    CHECK(address_key("nonsense") == address_key(""));
}
