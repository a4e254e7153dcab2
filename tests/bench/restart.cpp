// How long a room of four full hours takes from its file to its first resumed client: reading the
// steps, applying them, the first greeting. CPU time, by number of steps.

#include <ctime>
#include <iostream>

#include "journal/sqlite_store.hpp"
#include "support/random_command.hpp"
#include "support/room_driver.hpp"
#include "support/temporary_folder.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

/// The process's own time: other work may run on the machine. The file is in the page cache.
double now_ms() { return static_cast<double>(std::clock()) * 1e3 / CLOCKS_PER_SEC; }

/// 90 people who write, ask, speak and drop, until there are so many steps.
std::vector<Step> day_of(std::int64_t steps) {
    RoomDriver room;
    Chance chance{1};
    const auto ohjaaja = room.admit("Ohjaaja", Role::facilitator);
    std::vector<PersonId> people;
    for (int number = 0; number < 90; ++number) people.push_back(room.admit("Nimi " + std::to_string(number)));
    room.go_live(ohjaaja);
    while (room.seq() < steps) {
        const auto person = chance.one_of(people);
        room.pass(Milliseconds{chance.number(200, 1'000)});
        switch (chance.number(1, 12)) {
            case 1: room.ask(person, RequestFloor{.kind = FloorRequestKind::speak}); break;
            case 2: room.ask(ohjaaja, GrantFloor{.request = {}, .expected_turn = room.room().floor.turn ? std::optional{room.room().floor.turn->id} : std::nullopt}); break;
            case 3:
                if (room.member(person).is_up()) room.lose(person);
                else room.connect(person, "Android");
                break;
            default: room.ask(person, SendMessage{.channel = Channel::room, .text = "Minua auttaa kirja, pari sivua " + std::to_string(room.seq())});
        }
    }
    return room.steps();
}

}  // namespace

int main() {
    for (const std::int64_t count : {5'000, 10'000, 15'000, 20'000}) {
        const TemporaryFolder folder;
        const auto file = folder.path() / "etakahvila.sqlite";
        {
            journal::SqliteStore store{file};
            store.load(SessionId{7});
            const auto steps = day_of(count);
            for (std::size_t begin = 0; begin < steps.size(); begin += 50) {
                store.append(SessionId{7}, {steps.begin() + static_cast<std::ptrdiff_t>(begin), steps.begin() + static_cast<std::ptrdiff_t>(std::min(begin + 50, steps.size()))}, [](bool) {});
            }
        }
        const auto begun = now_ms();
        journal::SqliteStore store{file};
        const auto opened = now_ms();
        const auto stored = store.load(SessionId{7});
        const auto loaded = now_ms();
        const auto room = replayed(stored.steps);
        const auto applied = now_ms();
        const auto missed = changes_since(room, room.seq - 20, Viewer{.audience = Audience::participants, .person = PersonId{5}});
        const auto greeted = now_ms();
        std::cout << stored.steps.size() << " steps: opened in " << opened - begun << " ms, read in " << loaded - opened << " ms, applied in " << applied - loaded << " ms, first client resumed in " << greeted - applied << " ms; all of it "
                  << greeted - begun << " ms\n";
    }
}
