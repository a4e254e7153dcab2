#include "people/helpers.hpp"
#include "people/known_device.hpp"
#include "people/limit_book.hpp"

using namespace etakahvila::people;

namespace {

constexpr AccountId aino{3};
constexpr std::int64_t hour_ms = 60LL * 60 * 1000;
UtcTime at(std::int64_t ms) { return {1'796'281'200'000 + ms}; }

}  // namespace

TEST_CASE("What was held back is one entry for each kind and account, until an hour is quiet") {
    LimitBook book;
    for (int times = 0; times < 100; ++times) book.note(GuessKind::password, aino, "192.0.2.0/24", at(times * 1'000));
    book.note(GuessKind::password, {}, "192.0.2.0/24", at(1'000));
    book.note(GuessKind::password, aino, "198.51.100.0/24", at(101'000));
    book.note(GuessKind::code, {}, "192.0.2.0/24", at(200'000));
    auto entries = book.entries();
    REQUIRE(entries.size() == 3);
    CHECK(entries[0].kind == GuessKind::code);
    CHECK(entries[1].account == aino);
    CHECK(entries[1].times == 101);
    CHECK(entries[1].networks.size() == 2);
    CHECK(entries[1].began_at == at(0));
    CHECK(entries[1].last_at == at(101'000));
    book.note(GuessKind::code, {}, "192.0.2.0/24", at(200'001 + hour_ms));
    CHECK(book.entries().size() == 4);
}

TEST_CASE("A line of the log is due at the first time and at each doubling, by network") {
    LimitBook book;
    std::vector<std::int64_t> lines;
    for (int times = 0; times < 1'000; ++times) {
        if (const auto due = book.note(GuessKind::code, {}, "192.0.2.0/24", at(times))) lines.push_back(*due);
    }
    CHECK(lines == std::vector<std::int64_t>{1, 2, 4, 8, 16, 32, 64, 128, 256, 512});
    CHECK(book.note(GuessKind::code, {}, "198.51.100.0/24", at(0)) == 1);
    CHECK(book.note(GuessKind::code, {}, "192.0.2.0/24", at(2 * hour_ms)) == 1);
}

TEST_CASE("A hundred thousand networks and accounts take no more room than can be shown") {
    LimitBook book;
    int lines = 0;
    for (int number = 0; number < 100'000; ++number) {
        if (book.note(GuessKind::password, AccountId{number}, std::to_string(number), at(number))) ++lines;
    }
    CHECK(book.entries().size() == LimitBook::entries_max);
    CHECK(book.entries().front().account == AccountId{99'999});
    for (int number = 0; number < 100'000; ++number)
        book.note(GuessKind::code, {}, std::to_string(number), at(100'000 + number));
    CHECK(book.entries().front().times == 100'000);
    CHECK(book.entries().front().networks.size() == LimitBook::networks_max);
}

TEST_CASE("A device is known by what we have signed for this account, and for half a year") {
    Records records;
    CountedBytes random;
    CHECK_FALSE(device_key(records.database));
    const auto key = make_device_key(records.database, random.bytes());
    CHECK(make_device_key(records.database, random.bytes()) == key);
    CHECK(device_key(records.database) == key);
    const auto mark = device_mark(key, aino, at(0), random.bytes());
    const auto device = device_in(key, aino, mark, at(0));
    REQUIRE(device);
    CHECK(device_in(key, aino, mark, at(known_device_days * 24 * hour_ms - 1)) == device);
    CHECK(device_in(key, aino, device_mark(key, aino, at(0), random.bytes()), at(0)) != device);
    CHECK_FALSE(device_in(key, aino, mark, at(known_device_days * 24 * hour_ms)));
    CHECK_FALSE(device_in(key, AccountId{4}, mark, at(0)));
    Hash other = key;
    other[0] ^= 1;
    CHECK_FALSE(device_in(other, aino, mark, at(0)));
    // Changed in any one place, cut anywhere, or made up, it is none.
    for (std::size_t place = 0; place < mark.size(); ++place) {
        auto changed = mark;
        changed[place] = changed[place] == 'A' ? 'B' : 'A';
        CHECK_FALSE(device_in(key, aino, changed, at(0)));
        CHECK_FALSE(device_in(key, aino, mark.substr(0, place), at(0)));
    }
    for (const auto* text : {"", ".", "....", "3", "3.9999999999999.x", "3.9999999999999.x.", "\xff.\xff.\xff.\xff"})
        CHECK_FALSE(device_in(key, aino, text, at(0)));
}
