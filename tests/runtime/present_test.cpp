// Who is here, and on which hub.

#include "runtime/present.hpp"
#include "runtime/simulated.hpp"
#include "support/catch.hpp"
#include "support/room_driver.hpp"

namespace etakahvila::runtime {
namespace {

using namespace std::chrono_literals;
using protocol::Role;

constexpr PersonId mustikka{1};
constexpr PersonId kanerva{2};

struct Here {
    SimulatedTime time;
    std::shared_ptr<Hub> first = std::make_shared<Hub>(time);
    std::shared_ptr<Hub> second = std::make_shared<Hub>(time);
    Present present{domain::Room{}};

    ConnectionId come(PersonId person, const std::shared_ptr<Hub>& hub) {
        const auto connection = present.new_connection();
        present.add(connection, {.person = person, .role = Role::participant, .hub = hub});
        return connection;
    }
};

TEST_CASE("present: who comes is found, and who goes is not") {
    Here here;
    CHECK(here.present.is_empty());
    const auto connection = here.come(mustikka, here.first);
    REQUIRE(here.present.find(connection) != nullptr);
    CHECK(here.present.find(connection)->person == mustikka);
    here.present.remove(connection);
    CHECK(here.present.find(connection) == nullptr);
    CHECK(here.present.is_empty());
}

TEST_CASE("present: a hub is there as long as it serves somebody, in the order in which they came") {
    Here here;
    const auto one = here.come(mustikka, here.first);
    const auto two = here.come(kanerva, here.second);
    const auto three = here.come(kanerva, here.first);
    CHECK(here.present.hubs() == Present::Hubs{{here.first, 2}, {here.second, 1}});
    here.present.remove(one);
    CHECK(here.present.hubs() == Present::Hubs{{here.first, 1}, {here.second, 1}});
    here.present.remove(three);
    CHECK(here.present.hubs() == Present::Hubs{{here.second, 1}});
    here.present.remove(two);
    CHECK(here.present.hubs().empty());
}

TEST_CASE("present: a person has a place for eight connections, and for another when one has gone") {
    Here here;
    const auto first = here.come(mustikka, here.first);
    for (std::ptrdiff_t count = 1; count < connections_per_person_max; ++count) here.come(mustikka, here.first);
    CHECK_FALSE(here.present.has_place_for(mustikka));
    CHECK(here.present.has_place_for(kanerva));
    CHECK(here.present.of(mustikka).size() == 8);
    here.present.remove(first);
    CHECK(here.present.has_place_for(mustikka));
}

TEST_CASE("present: the pace is the person's own, over all their connections and over going and coming") {
    Here here;
    const auto connection = here.come(mustikka, here.first);
    for (int count = 0; count < commands_burst; ++count) REQUIRE(here.present.pace_of(mustikka).take(0ms));
    here.present.remove(connection);
    here.come(mustikka, here.second);
    CHECK_FALSE(here.present.pace_of(mustikka).take(0ms));
    CHECK(here.present.pace_of(kanerva).take(0ms));
    CHECK(here.present.pace_of(mustikka).take(50ms));
}

TEST_CASE("present: connections are counted on from those of the journal") {
    testing::RoomDriver room;
    const auto person = room.admit("Mustikka");
    const auto known = room.connect(person);
    Present present{room.room()};
    CHECK(present.new_connection().value == known.value + 1);
    CHECK(present.new_connection().value == known.value + 2);
}

TEST_CASE("present: what differs from the room's account is told once: who has gone, and who is not known") {
    testing::RoomDriver room;
    const auto person = room.admit("Mustikka");
    const auto other = room.admit("Kanerva");
    Present present{room.room()};
    // The room has one line of each up; here is one that it does not know.
    const auto unknown = present.new_connection();
    SimulatedTime time;
    present.add(unknown, {.person = person, .role = Role::participant, .hub = std::make_shared<Hub>(time)});
    const auto of_other = room.member(other).stays.back().connection;
    present.note_end(of_other, base::RoomTime{77});

    const auto differences = present.differences_from(room.room());
    REQUIRE(differences.gone.size() == 2);
    CHECK(differences.gone[0].person == person);
    CHECK_FALSE(differences.gone[0].silent_since);
    CHECK(differences.gone[1].connection == of_other);
    CHECK(differences.gone[1].silent_since == base::RoomTime{77});
    REQUIRE(differences.unknown.size() == 1);
    CHECK(differences.unknown[0].connection == unknown);
    CHECK(differences.unknown[0].person == person);
    CHECK_FALSE(present.differences_from(room.room()).gone[1].silent_since);
}

}  // namespace
}  // namespace etakahvila::runtime
