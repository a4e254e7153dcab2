// How long it takes to read a room's journal back, as it grows: a busy day is played into a room
// and written into a store; then it is read, checked and applied, as after a restart. One line of
// JSON for each length.

#include <chrono>
#include <filesystem>
#include <future>
#include <iostream>

#include "journal/sqlite_store.hpp"
#include "support/room_driver.hpp"
#include "support/temporary_folder.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point began) {
    return std::chrono::duration<double, std::milli>(Clock::now() - began).count();
}

/// 90 people; a message every 2 s, a floor change every 10 s, a line lost and found every 20 s.
class BusyDay {
public:
    BusyDay() : facilitator_{room.admit("Ohjaaja", Role::facilitator)} {
        room.go_live(facilitator_);
        for (int number = 0; number < 89; ++number) people_.push_back(room.admit("Vieras " + std::to_string(number)));
    }

    void go_on() {
        ++moment_;
        room.pass(2s);
        const auto person = people_[moment_ * 7 % people_.size()];
        room.ask(
            person, SendMessage{.channel = Channel::room,
                        .text = "Minua auttaa kirja, pari sivua, ja kahvia vasta aamulla kun olen herännyt kunnolla " +
                                std::to_string(moment_)});
        if (moment_ % 5 == 0) {
            room.ask(person, RequestFloor{.kind = FloorRequestKind::speak});
            const auto& turn = room.room().floor.turn;
            room.ask(facilitator_,
                GrantFloor{.request = {}, .expected_turn = turn ? std::optional{turn->id} : std::nullopt});
        }
        if (moment_ % 10 == 0) {
            room.lose(person);
            room.connect(person);
        }
    }

    RoomDriver room;

private:
    PersonId facilitator_;
    std::vector<PersonId> people_;
    std::size_t moment_{};
};

}  // namespace

int main() {
    const TemporaryFolder folder;
    constexpr protocol::SessionId session{1};
    // Half an hour to eight: four full hours are the fourth.
    for (const int minutes : {30, 60, 120, 240, 480}) {
        const auto file = folder.path() / ("day-" + std::to_string(minutes) + ".db");
        journal::SqliteStore store{file};
        BusyDay day;
        for (int moment = 0; moment < minutes * 30; ++moment) day.go_on();
        store.load(session);
        std::promise<bool> written;
        store.append(session, day.room.steps(), [&](bool durable) { written.set_value(durable); });
        if (!written.get_future().get()) return 1;

        const auto began = Clock::now();
        const auto stored = store.load(session);
        const auto load_ms = ms_since(began);
        const auto applied = Clock::now();
        Room room;
        for (const auto& step : stored.steps) apply(room, step);
        const auto restore_ms = ms_since(applied);
        const auto kib = (std::filesystem::file_size(file) + std::filesystem::file_size(file.string() + "-wal")) / 1024;
        std::cout << R"({"minutes":)" << minutes << R"(,"steps":)" << stored.steps.size() << R"(,"load_ms":)" << load_ms
                  << R"(,"restore_ms":)" << restore_ms << R"(,"kib":)" << kib << "}" << std::endl;
    }
}
