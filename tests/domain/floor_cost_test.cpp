// What a grant costs on the wire does not grow with the queue.

#include "support/floor_scene.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

std::size_t bytes_since(const RoomDriver& room, Seq since, Audience audience) {
    return base::json::to_text(changes_since(room.room(), since, Viewer{.audience = audience, .person = {}})).size();
}

/// A room with so many waiting, once moved by staff, and a turn on.
struct Full {
    RoomDriver room;
    PersonId ohjaaja = room.admit("Ohjaaja", Role::facilitator);
    explicit Full(int waiting) {
        room.go_live(ohjaaja);
        const auto speaker = room.admit("Puhuja");
        room.ask(ohjaaja, GrantFloorTo{.person = speaker});
        for (int number = 0; number < waiting; ++number) {
            // Distinct by digits written out: nobody looks like the staff.
            const auto person = room.admit("Nimi " + std::to_string(1000 + number));
            REQUIRE(room.ask(person, RequestFloor{.kind = FloorRequestKind::speak}).is_done());
        }
        room.pass(60s);
        room.ask(ohjaaja, OrderLeastHeardFirst{});
    }
    Answer next() { return room.ask(ohjaaja, GrantFloor{.request = {}, .expected_turn = room.room().floor.turn->id}); }
};

}  // namespace

TEST_CASE("a grant is a delta: as many bytes with 290 waiting as with 5") {
    const auto bytes_with = [](int waiting, Audience audience) {
        Full full{waiting};
        // The first turn tells everyone how long turns are; then that is known.
        REQUIRE(full.next().is_done());
        full.room.pass(60s);
        const auto before = full.room.seq();
        REQUIRE(full.next().is_done());
        return bytes_since(full.room, before, audience);
    };
    for (const auto audience : all_audiences) {
        const auto few = bytes_with(5, audience);
        const auto many = bytes_with(290, audience);
        INFO("bytes of a grant: " << few << " with 5 waiting, " << many << " with 290");
        // Ids have more digits in a longer day.
        CHECK(many <= few + 20);
        CHECK(many < 600);
    }
}

TEST_CASE("reordering 290 is one event and one thing") {
    Full full{290};
    const auto waiting = waiting_requests(full.room.room());
    const std::vector<RequestId> backwards(waiting.rbegin(), waiting.rend());
    const auto before = full.room.seq();
    const auto answer = full.room.ask(full.ohjaaja, ReorderLineUp{backwards});
    REQUIRE(answer.is_done());
    CHECK(answer.events.size() == 1);
    CHECK(
        changes_since(full.room.room(), before, Viewer{.audience = Audience::participants, .person = {}}).size() == 1);
}
