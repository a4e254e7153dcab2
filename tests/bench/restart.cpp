// How long it takes to read a room's journal back, as it grows: a busy day is played into a room
// and written into a store; then it is read, checked and applied, as after a restart. One line of
// JSON for each length.

#include <chrono>
#include <filesystem>
#include <future>
#include <iostream>

#include "bench/busy_day.hpp"
#include "journal/sqlite_store.hpp"
#include "support/temporary_folder.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point began) {
    return std::chrono::duration<double, std::milli>(Clock::now() - began).count();
}

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
