// How long a backup of a season takes, and what the room that is live meanwhile notes of it: 19 days of 90 people are
// written into a store. Then one more room has a step saved every 5 ms, by turns while nothing else happens and while
// one backup follows another. One line of JSON: seconds for each backup, how long a step waits until it is durable, and
// the ratio of the slowest hundredths.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <future>
#include <iostream>
#include <thread>

#include "backup/backup.hpp"
#include "backup/facts.hpp"
#include "base/system_clock.hpp"
#include "bench/busy_day.hpp"
#include "journal/sqlite_store.hpp"
#include "people/storage.hpp"
#include "support/temporary_folder.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

using Clock = std::chrono::steady_clock;

constexpr int days = 19;
constexpr int moments_of_day = 240 * 30;
constexpr int rounds = 5;
constexpr std::size_t steps_of_round = 400;
constexpr protocol::SessionId live_room{1000};

double ms_since(Clock::time_point began) {
    return std::chrono::duration<double, std::milli>(Clock::now() - began).count();
}

bool append(journal::SqliteStore& store, protocol::SessionId session, std::vector<Step> steps) {
    std::promise<bool> written;
    store.append(session, std::move(steps), [&](bool durable) { written.set_value(durable); });
    return written.get_future().get();
}

/// The steps of a day that is played in the live room.
class LiveRoom {
public:
    LiveRoom(journal::SqliteStore& store, const std::vector<Step>& steps) : store_{store}, steps_{steps} {
        store_.load(live_room);
    }

    void go_on(std::vector<double>& waits) {
        for (std::size_t count = 0; count < steps_of_round; ++count) {
            std::this_thread::sleep_for(5ms);
            const auto began = Clock::now();
            if (!append(store_, live_room, {steps_.at(next_++)})) throw std::runtime_error{"not saved"};
            waits.push_back(ms_since(began));
        }
    }

private:
    journal::SqliteStore& store_;
    const std::vector<Step>& steps_;
    std::size_t next_ = 0;
};

double slowest_hundredth(std::vector<double> waits) {
    std::sort(waits.begin(), waits.end());
    return waits.at(waits.size() * 99 / 100);
}

}  // namespace

int main() {
    const TemporaryFolder folder;
    const auto file = folder.path() / "etakahvila.sqlite";
    journal::SqliteStore store{file};
    store.write_and_wait(people::migrate);
    store.write_and_wait(backup::migrate);
    BusyDay day;
    for (int moment = 0; moment < moments_of_day; ++moment) day.go_on();
    for (int number = 1; number <= days; ++number) {
        store.load(protocol::SessionId{number});
        if (!append(store, protocol::SessionId{number}, day.room.steps())) return 1;
    }
    const base::SystemClock clock;
    std::vector<double> backup_ms;
    std::vector<double> alone;
    std::vector<double> beside;
    LiveRoom room{store, day.room.steps()};
    for (int round = 0; round < rounds; ++round) {
        room.go_on(alone);
        std::atomic<bool> is_over{false};
        std::thread backups{[&] {
            while (!is_over) {
                const auto began = Clock::now();
                backup::make_backup(store,
                    {.database = file, .folder = folder.path() / "backups", .keeping = {.newest = 1}, .goes_on = {}},
                    clock);
                backup_ms.push_back(ms_since(began));
                // Two of one second would have the same name.
                std::this_thread::sleep_for(1s);
            }
        }};
        room.go_on(beside);
        is_over = true;
        backups.join();
    }
    std::sort(backup_ms.begin(), backup_ms.end());
    const auto kib = (std::filesystem::file_size(file) + std::filesystem::file_size(file.string() + "-wal")) / 1024;
    std::cout << R"({"kib":)" << kib << R"(,"steps":)" << days * day.room.steps().size() << R"(,"backups":)"
              << backup_ms.size() << R"(,"backup_ms_median":)" << backup_ms.at(backup_ms.size() / 2)
              << R"(,"backup_ms_most":)" << backup_ms.back() << R"(,"step_p99_ms_alone":)" << slowest_hundredth(alone)
              << R"(,"step_p99_ms_beside":)" << slowest_hundredth(beside) << R"(,"ratio":)"
              << slowest_hundredth(beside) / slowest_hundredth(alone) << "}" << std::endl;
}
