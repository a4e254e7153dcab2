// When the room is told that time passes.

#include "runtime/room_timer.hpp"
#include "runtime/simulated.hpp"
#include "support/catch.hpp"
#include "support/room_driver.hpp"

namespace etakahvila::runtime {
namespace {

using namespace std::chrono_literals;

/// A room that is driven by hand. It is to be seen now and then that the server is there while somebody is in it, and
/// whoever has lost their line is away when that has lasted.
struct Timed {
    SimulatedTime time;
    testing::RoomDriver room;
    protocol::PersonId mustikka = room.admit("Mustikka");
    protocol::PersonId kanerva = room.admit("Kanerva");
    std::shared_ptr<RoomLoop> loop = std::make_shared<RoomLoop>(time);
    RoomClock clock{time, room.room()};
    int told = 0;
    bool can_be_told = true;
    RoomTimer timer{{.loop = *loop, .clock = clock, .room = room.room(), .time_passes = [this] {
                         ++told;
                         if (can_be_told) room.pass(clock.stamp().at - room.now().at);
                         return can_be_told;
                     }}};

    std::chrono::milliseconds until_due() const { return *next_due(room.room()) - clock.stamp().at; }
};

TEST_CASE("timer: the room is told when something is due, and then of what is due next") {
    Timed timed;
    timed.room.lose(timed.mustikka);
    timed.timer.set();
    timed.timer.set();
    const auto wait = timed.until_due();
    REQUIRE(wait > 0ms);
    timed.time.pass(wait - 1ms);
    CHECK(timed.told == 0);
    timed.time.pass(1ms);
    CHECK(timed.told == 1);
    timed.time.pass(timed.until_due());
    CHECK(timed.told == 2);
}

TEST_CASE("timer: what comes to be due earlier is told then, and not once more later") {
    Timed timed;
    timed.timer.set();
    const auto before = timed.until_due();
    timed.room.lose(timed.mustikka);
    timed.timer.set_soon();
    timed.timer.set_soon();
    const auto wait = timed.until_due();
    REQUIRE(wait < before);
    timed.time.pass(wait);
    CHECK(timed.told == 1);
    timed.time.pass(timed.until_due());
    CHECK(timed.told == 2);
}

TEST_CASE("timer: a room that cannot be told is told when the timer is set again") {
    Timed timed;
    timed.room.lose(timed.mustikka);
    timed.timer.set();
    timed.can_be_told = false;
    timed.time.pass(timed.until_due());
    CHECK(timed.told == 1);
    timed.time.pass(1h);
    CHECK(timed.told == 1);
    timed.can_be_told = true;
    timed.timer.set();
    timed.time.pass(0ms);
    CHECK(timed.told == 2);
}

}  // namespace
}  // namespace etakahvila::runtime
