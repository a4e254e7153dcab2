// What giving the floor costs the room beside a chat message, as the queue grows, and what a
// reordering costs. CPU time of one step: decide, apply and the batch for both audiences, encoded
// once each; and the bytes of the batches, which are what every connection is sent.

#include <algorithm>
#include <ctime>
#include <functional>

#include <fmt/format.h>

#include "base/json.hpp"
#include "support/room_driver.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

constexpr int times = 300;

double cpu_us() {
    std::timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) * 1e-3;
}

/// A full room: a facilitator, a turn that is on, and so many who wait, once moved by staff.
struct Full {
    RoomDriver room;
    PersonId ohjaaja = room.admit("Ohjaaja", Role::facilitator);

    explicit Full(int waiting) {
        room.go_live(ohjaaja);
        for (int number = 0; number <= waiting; ++number) {
            const auto person = room.admit("Nimi " + std::to_string(1000 + number));
            room.ask(person, RequestFloor{.kind = FloorRequestKind::speak});
        }
        next();
        room.ask(ohjaaja, OrderLeastHeardFirst{});
    }

    Answer next() {
        room.skip(60s);
        const auto& turn = room.room().floor.turn;
        return room.ask(
            ohjaaja, GrantFloor{.request = {}, .expected_turn = turn ? std::optional{turn->id} : std::nullopt});
    }
    /// Who has the floor asks again, so that the queue stays as long.
    void fill_up() { room.ask(room.room().floor.turn->speaker, RequestFloor{.kind = FloorRequestKind::speak}); }
};

/// The median over many steps of one kind.
void measure(const char* what, int waiting, const std::function<Answer(Full&, int)>& act) {
    Full full{waiting};
    std::vector<double> us;
    std::size_t events = 0;
    std::size_t bytes = 0;
    for (int time = 0; time < times; ++time) {
        full.fill_up();
        const auto before = full.room.seq();
        const auto begun = cpu_us();
        const auto answer = act(full, time);
        std::size_t encoded = 0;
        for (const auto audience : all_audiences)
            encoded += base::json::to_text(
                changes_since(full.room.room(), before, Viewer{.audience = audience, .person = {}}))
                           .size();
        us.push_back(cpu_us() - begun);
        if (!answer.is_done()) throw std::logic_error{"refused: the bench measures nothing"};
        events = std::max(events, answer.events.size());
        bytes += encoded;
    }
    std::nth_element(us.begin(), us.begin() + times / 2, us.end());
    fmt::print("{:<10} {:>4} waiting  {:>8.1f} us  {:>2} events  {:>6} bytes for both audiences\n", what, waiting,
        us[times / 2], events, bytes / times);
}

}  // namespace

int main() {
    for (const int waiting : {3, 30, 298}) {
        measure("message", waiting, [](Full& full, int time) {
            return full.room.ask(
                full.ohjaaja, SendMessage{.channel = Channel::room,
                                  .text = "Minua auttaa kirja, pari sivua illassa. " + std::to_string(time)});
        });
        measure("grant", waiting, [](Full& full, int) { return full.next(); });
        measure("reorder", waiting, [](Full& full, int) {
            const auto line = waiting_requests(full.room.room());
            return full.room.ask(full.ohjaaja, ReorderLineUp{{line.rbegin(), line.rend()}});
        });
    }
}
