#include "people/guess_limiter.hpp"
#include "people/helpers.hpp"

using namespace etakahvila::people;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

std::string code(int number) { return "code " + std::to_string(number); }
std::string address(int number) {
    return "10." + std::to_string(number / 65536) + '.' + std::to_string(number / 256 % 256) + '.' +
           std::to_string(number % 256);
}

/// So many addresses guess as fast as they are let, `each_second` times a second each, for this long.
int guess_from(GuessLimiter& limiter, int addresses, Milliseconds from, Milliseconds until, Milliseconds every) {
    int tried = 0;
    int number = 0;
    for (auto now = from; now < until; now += every) {
        for (int guesser = 0; guesser < addresses; ++guesser) {
            if (!limiter.take(code(++number), address(guesser), now)) ++tried;
        }
    }
    return tried;
}

}  // namespace

TEST_CASE("One guess may be made five times from one network, then once a minute; from elsewhere it is another's") {
    GuessLimiter limiter;
    for (int times = 0; times < 5; ++times) CHECK_FALSE(limiter.take("K7PM 4RXT", "192.0.2.1", seconds{0}));
    CHECK(limiter.take("K7PM 4RXT", "192.0.2.1", seconds{0}) == Milliseconds{60'000});
    CHECK(limiter.take("K7PM 4RXT", "192.0.2.1", seconds{59}) == Milliseconds{1'000});
    CHECK_FALSE(limiter.take("K7PM 4RXT", "192.0.2.1", seconds{60}));
    CHECK(limiter.take("K7PM 4RXT", "192.0.2.1", seconds{60}));
    CHECK_FALSE(limiter.take("2222 2222", "192.0.2.1", seconds{60}));
    CHECK_FALSE(limiter.take("K7PM 4RXT", "192.0.2.2", seconds{60}));
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

TEST_CASE("However many addresses guess, everyone else has ten tries of their own") {
    for (const int guessers : {1, 6, 8, 50, 1'000}) {
        GuessLimiter limiter;
        INFO(guessers);
        // Two a second each, for two minutes: what is shared is used up.
        guess_from(limiter, guessers, seconds{0}, minutes{2}, Milliseconds{500});
        for (int person = 0; person < 100; ++person) {
            const auto theirs = "203.0.113." + std::to_string(person);
            for (int mistake = 0; mistake < 9; ++mistake)
                REQUIRE_FALSE(limiter.take(code(-1 - mistake), theirs, minutes{2}));
            CHECK_FALSE(limiter.take("right", theirs, minutes{2}));
        }
    }
}

TEST_CASE("Guessing stays hopeless: what a day of it comes to, by how many addresses take part") {
    double codes = 1;
    for (std::size_t character = 0; character < 8; ++character) codes *= 21;
    for (const auto& [guessers, most] : {std::pair{1, 7'600}, std::pair{50, 15'200}, std::pair{300, 54'000}}) {
        GuessLimiter limiter;
        const int tried = guess_from(limiter, guessers, seconds{0}, hours{24}, seconds{30});
        INFO(guessers << " addresses tried " << tried);
        CHECK(tried <= most);
        // 90 codes that work all day.
        CHECK(tried * 90 / codes < 0.00015);
    }
    // A whole year of fifty, as the header says.
    CHECK((14'400.0 * 365) * 90 / codes < 0.013);
}

TEST_CASE("Whoever owns a house of IPv6 has its sixty-five thousand networks together as sixteen") {
    GuessLimiter limiter;
    int tried = 0;
    for (int network = 0; network < 20'000; ++network) {
        std::ostringstream name;
        name << "2001:db8:1:" << std::hex << network << "::7";
        if (!limiter.take(code(network), name.str(), seconds{0})) ++tried;
    }
    CHECK(tried == 16 * 10 + 200);
    // Another house is not touched, and neither is its own allowance what is shared.
    CHECK_FALSE(limiter.take("right", "2001:db8:2:3::1", seconds{0}));
    CHECK(limiter.take("right", "2001:db8:1:ffff::1", seconds{0}));
}

TEST_CASE("A network is fresh until it has guessed wrong, and again when that is forgotten") {
    GuessLimiter limiter;
    CHECK(limiter.is_fresh("192.0.2.1", seconds{0}));
    CHECK_FALSE(limiter.take("right", "192.0.2.1", seconds{0}));
    limiter.give_back("right", "192.0.2.1");
    CHECK(limiter.is_fresh("192.0.2.1", seconds{0}));
    CHECK_FALSE(limiter.take("wrong", "192.0.2.1", seconds{0}));
    CHECK_FALSE(limiter.is_fresh("192.0.2.1", seconds{0}));
    CHECK(limiter.is_fresh("192.0.2.2", seconds{0}));
    CHECK(limiter.is_fresh("192.0.2.1", minutes{10}));
    CHECK_FALSE(limiter.take("wrong", "2001:db8:1:2::1", seconds{0}));
    CHECK_FALSE(limiter.is_fresh("2001:db8:1:ff00::1", seconds{0}));
}

TEST_CASE("What is no code at all counts by its network only") {
    GuessLimiter limiter;
    for (int times = 0; times < 20; ++times) CHECK_FALSE(limiter.take("", address(times), seconds{0}));
    for (int times = 0; times < 30; ++times) (void)limiter.take("", "192.0.2.1", seconds{0});
    CHECK(limiter.take("", "192.0.2.1", seconds{0}));
}

TEST_CASE("The memory of guesses is bounded, and at its bound those who guess most are remembered") {
    GuessLimits limits;
    limits.remembered_max = 100;
    GuessLimiter limiter{limits};
    for (int times = 0; times < 40; ++times) (void)limiter.take(code(times), "192.0.2.1", seconds{0});
    for (int guess = 0; guess < 5'000; ++guess) (void)limiter.take(code(guess), address(guess), seconds{1});
    CHECK(limiter.remembered() <= 3 * limits.remembered_max);
    CHECK(limiter.take("again", "192.0.2.1", seconds{1}));
    // A day later all of it is whole, and forgotten as others come.
    for (int person = 0; person < 500; ++person)
        CHECK_FALSE(limiter.take(code(person), address(person), hours{48} + person * minutes{10}));
}

TEST_CASE("Addresses count by what one household has") {
    CHECK(address_key("192.0.2.1") != address_key("192.0.2.2"));
    CHECK(address_key("::ffff:192.0.2.1") == address_key("192.0.2.1"));
    CHECK(address_key("2001:db8:1:2::1") == address_key("2001:db8:1:2:ffff::9"));
    CHECK(address_key("2001:db8:1:2::1") == address_key("2001:db8:1:3::1"));
    CHECK(address_key("2001:db8:1:200::1") != address_key("2001:db8:1:300::1"));
    CHECK(address_key("nonsense") == address_key(""));
}

TEST_CASE("What an operator is told of an address is too wide to be a person's") {
    CHECK(network_text("192.0.2.66") == "192.0.2.0/24");
    CHECK(network_text("::ffff:192.0.2.66") == "192.0.2.0/24");
    CHECK(network_text("2001:db8:1:2:3:4:5:6") == "2001:db8:1::/48");
    CHECK(network_text("nonsense") == "unknown");
}
