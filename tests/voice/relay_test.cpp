// Whose voice is passed on.

#include "support/catch.hpp"
#include "voice/relay.hpp"

namespace etakahvila::voice {
namespace {

using namespace std::chrono_literals;

constexpr PersonId mustikka{3}, kanerva{4}, halla{5}, pihla{6}, ohjaaja{1};

struct Stand {
    Relay relay;
    milliseconds now{1'000'000};

    explicit Stand(Floor floor) { relay.set_floor(std::move(floor)); }
    auto sound(PersonId person, VoiceId voice = 0, std::uint8_t flags = 0) {
        return relay.take(voice != 0 ? voice : person.value, person, flags, now += 20ms);
    }
    bool hears(PersonId person, VoiceId voice = 0, std::uint8_t flags = 0) {
        return sound(person, voice, flags).has_value();
    }
};

}  // namespace

TEST_CASE("only those whom the floor lets be heard are, and not one frame longer") {
    Stand stand{{.heard = {mustikka}, .holder = mustikka}};
    CHECK_FALSE(stand.hears(kanerva));
    CHECK(stand.hears(mustikka));
    stand.relay.set_floor({});
    CHECK_FALSE(stand.hears(mustikka));
    stand.relay.set_floor({.heard = {kanerva}, .holder = kanerva});
    CHECK_FALSE(stand.hears(mustikka));
    CHECK(stand.hears(kanerva));
}

TEST_CASE("a speaker has one short id for ever, is new once, and begins a spurt with each grant") {
    Stand stand{{.heard = {mustikka, kanerva}, .holder = {}}};
    const auto first = stand.sound(mustikka);
    REQUIRE(first);
    CHECK(first->speaker == 1);
    CHECK(first->is_new);
    CHECK(first->flags == spurt_begins);
    const auto second = stand.sound(mustikka);
    CHECK_FALSE(second->is_new);
    CHECK(second->flags == 0);
    CHECK(stand.sound(kanerva)->speaker == 2);
    stand.relay.set_floor({});
    stand.relay.set_floor({.heard = {mustikka}, .holder = mustikka});
    const auto third = stand.sound(mustikka);
    CHECK(third->speaker == 1);
    CHECK_FALSE(third->is_new);
    CHECK(third->flags == spurt_begins);
    CHECK(stand.relay.known_speakers().size() == 2);
}

TEST_CASE("four are heard at once; a fifth waits until one has been silent for a second") {
    Stand stand{{.heard = {ohjaaja, mustikka, kanerva, halla, pihla}, .holder = {}}};
    for (const auto person : {ohjaaja, mustikka, kanerva, halla}) CHECK(stand.hears(person));
    CHECK_FALSE(stand.hears(pihla));
    stand.now += 800ms;
    for (const auto person : {ohjaaja, mustikka, kanerva}) CHECK(stand.hears(person));
    CHECK_FALSE(stand.hears(pihla));
    stand.now += 200ms;
    CHECK(stand.hears(pihla));
    CHECK_FALSE(stand.hears(halla));
}

TEST_CASE("the holder of the turn never waits: who began last does") {
    Stand stand{{.heard = {ohjaaja, mustikka, kanerva, halla, pihla}, .holder = pihla}};
    for (const auto person : {ohjaaja, mustikka, kanerva, halla}) CHECK(stand.hears(person));
    CHECK(stand.hears(pihla));
    CHECK_FALSE(stand.hears(halla));
    CHECK(stand.hears(kanerva));
}

TEST_CASE("of two devices of one person the one that began last is heard, until it is muted or gone") {
    Stand stand{{.heard = {mustikka}, .holder = mustikka}};
    constexpr VoiceId phone = 10, laptop = 11;
    CHECK(stand.hears(mustikka, phone));
    const auto taken_over = stand.sound(mustikka, laptop);
    REQUIRE(taken_over);
    CHECK(taken_over->flags == spurt_begins);
    CHECK_FALSE(stand.hears(mustikka, phone));
    CHECK_FALSE(stand.hears(mustikka, phone, spurt_begins));
    CHECK(stand.hears(mustikka, laptop));
    // A pause is not the end of it.
    CHECK(stand.hears(mustikka, laptop, spurt_ends));
    CHECK_FALSE(stand.hears(mustikka, phone));
    CHECK(stand.hears(mustikka, laptop, muted));
    CHECK(stand.sound(mustikka, phone)->flags == spurt_begins);
    CHECK(stand.hears(mustikka, laptop));
    CHECK_FALSE(stand.hears(mustikka, phone));
    stand.relay.gone(laptop);
    CHECK(stand.hears(mustikka, phone));
}

TEST_CASE("the end of a spurt, or a muting, of one who was not heard is not passed on") {
    Stand stand{{.heard = {mustikka}, .holder = mustikka}};
    CHECK_FALSE(stand.hears(mustikka, 0, muted));
    CHECK_FALSE(stand.hears(mustikka, 0, spurt_ends));
    CHECK(stand.relay.known_speakers().empty());
    CHECK(stand.hears(mustikka));
    CHECK(stand.hears(mustikka, 0, muted));
}

TEST_CASE("the floor that is durable and the floor that is decided: only whom both let is heard") {
    const Floor durable{.heard = {mustikka, kanerva}, .holder = mustikka};
    const Floor decided{.heard = {kanerva, halla}, .holder = halla};
    const auto both = durable.both(decided);
    CHECK(both.heard == std::vector{kanerva});
    CHECK_FALSE(both.holder);
    CHECK(durable.both(durable) == durable);
}

}  // namespace etakahvila::voice
