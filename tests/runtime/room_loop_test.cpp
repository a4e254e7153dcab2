// How notes reach a room.

#include "runtime/room_loop.hpp"
#include "runtime/simulated.hpp"
#include "support/catch.hpp"

namespace etakahvila::runtime {
namespace {

using namespace std::chrono_literals;

TEST_CASE("loop: a note keeps its room until it has been looked at, and what is for later does not") {
    struct Room : RoomLoop {
        using RoomLoop::RoomLoop;
        int looked_at = 0;
    };
    SimulatedTime time;
    auto room = std::make_shared<Room>(time);
    const std::weak_ptr<Room> weak = room;
    int done = 0;
    room->post([&done, room = room.get()] { done = ++room->looked_at; });
    room->after(10ms, [&done] { done = 100; });
    room.reset();
    CHECK_FALSE(weak.expired());
    time.run();
    CHECK(done == 1);
    CHECK(weak.expired());
    time.pass(10ms);
    CHECK(done == 1);
}

}  // namespace
}  // namespace etakahvila::runtime
