// What a grant costs the room beside a chat message, as the queue grows; and a reordering. CPU
// time of decide, apply and the batch for both audiences, per step, and its bytes.

#include <ctime>
#include <iostream>

#include "base/json.hpp"
#include "support/room_driver.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

double cpu_us() { return static_cast<double>(std::clock()) * 1e6 / CLOCKS_PER_SEC; }

struct Cost {
    double us{};
    std::size_t bytes{};
};

/// The step and what goes out of it, encoded once for each audience.
template <class Act>
Cost cost_of(RoomDriver& room, int times, Act act) {
    Cost cost;
    for (int time = 0; time < times; ++time) {
        const auto before = room.seq();
        const auto begun = cpu_us();
        act(time);
        for (const auto audience : all_audiences) cost.bytes += base::json::to_text(changes_since(room.room(), before, Viewer{.audience = audience, .person = {}})).size();
        cost.us += cpu_us() - begun;
    }
    return {cost.us / times, cost.bytes / static_cast<std::size_t>(times)};
}

void tell(const char* what, std::size_t waiting, const Cost& cost) {
    std::cout << what << ", " << waiting << " waiting: " << cost.us << " us, " << cost.bytes << " bytes for both audiences\n";
}

}  // namespace

int main() {
    for (const int waiting : {2, 20, 290}) {
        RoomDriver room;
        const auto ohjaaja = room.admit("Ohjaaja", Role::facilitator);
        room.go_live(ohjaaja);
        std::vector<PersonId> people;
        for (int number = 0; number < waiting; ++number) people.push_back(room.admit("Nimi " + std::to_string(1000 + number)));
        for (const auto person : people) room.ask(person, RequestFloor{.kind = FloorRequestKind::speak});
        room.ask(ohjaaja, OrderLeastHeardFirst{});
        const auto turn_on = [&] { return room.room().floor.turn ? std::optional{room.room().floor.turn->id} : std::nullopt; };
        tell("grant and a request", static_cast<std::size_t>(waiting), cost_of(room, 200, [&](int) {
            room.skip(60s);
            room.ask(ohjaaja, GrantFloor{.request = {}, .expected_turn = turn_on()});
            // Who spoke asks again, so that the queue stays as long.
            room.ask(room.room().floor.turn->speaker, RequestFloor{.kind = FloorRequestKind::speak});
        }));
        tell("request", static_cast<std::size_t>(waiting), cost_of(room, 1, [&](int) { room.ask(ohjaaja, RequestFloor{.kind = FloorRequestKind::speak}); }));
        tell("reorder", static_cast<std::size_t>(waiting), cost_of(room, 200, [&](int) {
            const auto line = waiting_line(room.room());
            room.ask(ohjaaja, ReorderLineUp{{line.rbegin(), line.rend()}});
        }));
        tell("message", static_cast<std::size_t>(waiting), cost_of(room, 200, [&](int time) { room.ask(ohjaaja, SendMessage{.channel = Channel::room, .text = "Minua auttaa kirja, pari sivua " + std::to_string(time)}); }));
    }
}
