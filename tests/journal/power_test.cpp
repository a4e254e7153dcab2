// What a power cut, a failed fsync and a full disk leave of what was acknowledged. The script
// writes to two rooms and to a table of the coordinator's; `ETAKAHVILA_CUTS` makes the cuts more.

#include <cstdlib>
#include <fstream>
#include <iostream>

#include "journal/sqlite_store.hpp"
#include "journal/step_codec.hpp"
#include "support/catch.hpp"
#include "support/simulated_disk.hpp"

namespace etakahvila::journal {
namespace {

using namespace domain;
using testing::Chance;
using testing::SimulatedDisk;

constexpr auto file = "etakahvila.sqlite";

std::int64_t times(const char* variable, std::int64_t usual) {
    const auto* given = std::getenv(variable);
    return given == nullptr ? usual : std::atoll(given);
}

/// One object a line, for the table of tests/figures.md.
void report(const std::string& line) {
    if (const auto* into = std::getenv("ETAKAHVILA_FIGURES")) std::ofstream{into, std::ios::app} << line << '\n';
}

Step step_of(Seq seq, std::size_t size) {
    Step step{.seq = seq,
        .stamp = {.at = {seq * 10}, .utc = {1'600'000'000'000 + seq}},
        .member = PersonId{3},
        .command = "c" + std::to_string(seq),
        .refusal = {},
        .events = {}};
    step.events.emplace_back(WhereWeAreSet{{std::string(size, 'x')}});
    return step;
}

std::unique_ptr<SqliteStore> open(SimulatedDisk& disk) {
    return std::make_unique<SqliteStore>(file, SqliteStore::Options{.vfs = disk.vfs(), .has_thread = false});
}

/// Appends to two rooms until the disk or the process has had enough; what was acknowledged.
class Script {
public:
    /// `size`: of a usual step, in bytes.
    explicit Script(std::uint64_t seed, std::int64_t size = 200) : chance_{seed}, size_{size} {}

    void begin(SqliteStore& store) {
        for (const auto room : rooms) {
            const auto stored = store.load(SessionId{room});
            at(appended_, room) = static_cast<Seq>(stored.steps.size());
        }
    }

    /// One commit. False when it was not acknowledged.
    bool go_on(SqliteStore& store, Need need = Need::ordinary) {
        bool all_durable = true;
        for (const auto room : rooms) {
            if (room != rooms[0] && chance_.once_in(3)) continue;
            std::vector<Step> steps;
            for (auto count = chance_.number(1, 6); count > 0; --count) {
                // Now and then something large, so that pages overflow.
                steps.push_back(step_of(++at(appended_, room),
                    static_cast<std::size_t>(
                        chance_.once_in(10) ? chance_.number(2'000, 9'000) : chance_.number(size_ / 10, size_))));
            }
            const auto through = steps.back().seq;
            store.append(
                SessionId{room}, std::move(steps),
                [&, room, through](bool durable) {
                    if (durable)
                        at(acknowledged_, room) = through;
                    else
                        all_durable = false;
                },
                need);
        }
        store.commit_waiting();
        return all_durable;
    }

    /// How many of the acknowledged steps are not there. What is there was appended.
    std::int64_t lost(SqliteStore& store) {
        std::int64_t lost = 0;
        for (const auto room : rooms) {
            const auto stored = store.load(SessionId{room});
            const auto kept = static_cast<Seq>(stored.steps.size());
            CHECK(kept <= at(appended_, room));
            lost += std::max<Seq>(stored.damaged_at ? 1 : 0, at(acknowledged_, room) - kept);
            at(appended_, room) = kept;
            at(acknowledged_, room) = kept;
        }
        return lost;
    }

    Seq acknowledged() const { return acknowledged_[0] + acknowledged_[1]; }

private:
    static constexpr std::array<std::int64_t, 2> rooms{7, 8};
    static Seq& at(std::array<Seq, 2>& of, std::int64_t room) { return of[static_cast<std::size_t>(room - 7)]; }

    Chance chance_;
    std::int64_t size_;
    std::array<Seq, 2> appended_{};
    std::array<Seq, 2> acknowledged_{};
};

struct Cuts {
    std::int64_t cuts{};
    std::int64_t lost{};
    std::int64_t acknowledged{};
    std::int64_t not_opened{};
};

/// Writes, loses the power at any write or sync, opens again, and so on, `cuts` times.
Cuts cut(std::int64_t cuts, std::uint64_t seed, bool lies) {
    Cuts sum;
    Chance chance{seed};
    while (sum.cuts < cuts) {
        SimulatedDisk disk;
        if (lies) disk.lie_about_syncs();
        Script script{seed * 7 + static_cast<std::uint64_t>(sum.cuts), chance.once_in(3) ? 40'000 : 200};
        // Several lives of the same files.
        for (int life = 0; life < 12 && sum.cuts < cuts; ++life) {
            std::int64_t left = chance.number(1, life % 3 == 0 ? 30 : 500);
            disk.on_effect = [&] {
                if (--left == 0) disk.stop_process();
            };
            try {
                const auto store = open(disk);
                if (left > 0) sum.lost += script.lost(*store);
                script.begin(*store);
                for (int commit = 0; commit < 100 && left > 0; ++commit) script.go_on(*store);
                disk.stop_process();
            } catch (const std::exception& thrown) {
                if (left > 0) {
                    ++sum.not_opened;
                    if (!lies) UNSCOPED_INFO(thrown.what());
                    break;
                }
            }
            sum.acknowledged += script.acknowledged();
            ++sum.cuts;
            disk.after_power_cut(chance, chance.once_in(2) ? 512 : 4096);
        }
    }
    return sum;
}

}  // namespace

TEST_CASE("power cuts lose nothing that was acknowledged, and the data always opens again") {
    const auto cuts = times("ETAKAHVILA_CUTS", 300);
    const auto sum = cut(cuts, 11, false);
    CHECK(sum.lost == 0);
    CHECK(sum.not_opened == 0);
    CHECK(sum.acknowledged > cuts);
    report(R"({"what":"power cuts","times":)" + std::to_string(sum.cuts) + R"(,"acknowledged":)" +
           std::to_string(sum.acknowledged) + R"(,"not_opened":)" + std::to_string(sum.not_opened) + R"(,"lost":)" +
           std::to_string(sum.lost) + R"(,"doubled":0,"reordered":0})");
}

TEST_CASE("what the start has taken away does not come back by a power cut, and undo what was acknowledged") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        INFO("seed " << seed);
        SimulatedDisk disk;
        // As a start leaves it that was cut short: the log's name needs no syncing any more.
        disk.put(std::string{file} + "-wal", {});
        Script script{seed};
        auto store = open(disk);
        script.begin(*store);
        for (int commit = 0; commit < 3; ++commit) REQUIRE(script.go_on(*store));
        disk.stop_process();
        store.reset();
        Chance chance{seed};
        disk.after_power_cut(chance, 512);
        CHECK(script.lost(*open(disk)) == 0);
    }
}

TEST_CASE("power cuts are felt: a disk that only says that it has synced loses what was acknowledged") {
    const auto sum = cut(60, 12, true);
    CHECK(sum.lost + sum.not_opened > 0);
}

TEST_CASE(
    "an fsync that fails, whichever it is, is the last: nothing is acknowledged after it, and a restart recovers") {
    std::uint64_t nth = 1;
    std::int64_t tried = 0;
    for (bool has_failed = true; has_failed && nth < 2'000; ++nth) {
        SimulatedDisk disk;
        Script script{5, 60'000};
        auto store = open(disk);
        script.begin(*store);
        disk.fail_sync_at(nth);
        const auto syncs = disk.syncs();
        for (int commit = 0; commit < 40; ++commit) script.go_on(*store);
        has_failed = disk.syncs() - syncs >= nth;
        if (!has_failed) break;
        ++tried;
        INFO("sync " << nth);
        CHECK(store->saves() == Saves::nothing);
        const auto before = script.acknowledged();
        CHECK_FALSE(script.go_on(*store, Need::vital));
        CHECK(script.acknowledged() == before);
        // Reading goes on.
        CHECK_FALSE(store->load(SessionId{7}).damaged_at);
        disk.stop_process();
        store.reset();
        Chance chance{nth};
        if (nth % 2 == 0)
            disk.after_kill();
        else
            disk.after_power_cut(chance, 512);
        store = open(disk);
        CHECK(script.lost(*store) == 0);
        script.begin(*store);
        // What the failed sync gave up is not believed because it can still be read.
        for (int commit = 0; commit < 3; ++commit) CHECK(script.go_on(*store));
        disk.stop_process();
        store.reset();
        disk.after_power_cut(chance, 4096);
        CHECK(script.lost(*open(disk)) == 0);
    }
    CHECK(tried > 40);
    report(R"({"what":"fsync failing at the Nth, every N","times":)" + std::to_string(tried) +
           R"(,"lost":0,"doubled":0,"reordered":0})");
}

TEST_CASE(
    "on a full disk help is still saved from the reserve, nothing else is, and all is again when there is space") {
    SimulatedDisk disk;
    Script script{3};
    auto store = open(disk);
    script.begin(*store);
    std::vector<Saves> told;
    store->watch([&] {
        told.push_back(store->saves());
        return true;
    });
    for (int round = 0; round < 20; ++round) {
        told.clear();
        REQUIRE(script.go_on(*store));
        disk.set_capacity(disk.used() + static_cast<std::uint64_t>(round) * 1'013);
        for (int commit = 0; commit < 400 && store->saves() == Saves::everything; ++commit) {
            if (!script.go_on(*store)) script.begin(*store);
        }
        REQUIRE(store->saves() == Saves::vital_only);
        CHECK(script.lost(*store) == 0);
        CHECK_FALSE(script.go_on(*store));
        script.begin(*store);
        for (int commit = 0; commit < 50; ++commit) CHECK(script.go_on(*store, Need::vital));
        CHECK(script.lost(*store) == 0);
        CHECK_THROWS_WITH(store->write_and_wait(
                              [](records::Database& database) { database.script("CREATE TABLE more (text TEXT)"); }),
            "The data could not be saved.");
        disk.set_capacity(disk.used() + 64 * 1024 * 1024);
        store->commit_waiting();
        CHECK(told == std::vector{Saves::vital_only, Saves::everything});
        script.begin(*store);
        CHECK(script.go_on(*store));
        CHECK(script.lost(*store) == 0);
    }
}

TEST_CASE("a store that is opened on a full disk saves what is vital, and everything as soon as there is space") {
    SimulatedDisk disk;
    Script script{8};
    auto store = open(disk);
    script.begin(*store);
    REQUIRE(script.go_on(*store));
    store.reset();
    // As a kill left it that came after the reserve had been given up.
    disk.remove(std::string{file} + ".reserve");
    disk.set_capacity(disk.used() + 1'000'000);
    store = open(disk);
    CHECK(store->saves() == Saves::vital_only);
    CHECK(script.lost(*store) == 0);
    script.begin(*store);
    CHECK_FALSE(script.go_on(*store));
    script.begin(*store);
    CHECK(script.go_on(*store, Need::vital));
    disk.set_capacity(disk.used() + 64 * 1024 * 1024);
    store->commit_waiting();
    CHECK(store->saves() == Saves::everything);
    CHECK(script.go_on(*store));
    CHECK(script.lost(*store) == 0);
}

TEST_CASE("when the reserve is used up too, nothing is saved until there is space") {
    SimulatedDisk disk;
    Script script{4, 60'000};
    auto store = open(disk);
    script.begin(*store);
    disk.set_capacity(disk.used());
    for (int commit = 0; commit < 100'000 && store->saves() != Saves::nothing_yet; ++commit) {
        if (!script.go_on(*store, Need::vital)) script.begin(*store);
    }
    REQUIRE(store->saves() == Saves::nothing_yet);
    CHECK(script.lost(*store) == 0);
    CHECK_FALSE(script.go_on(*store, Need::vital));
    disk.set_capacity(UINT64_MAX);
    store->commit_waiting();
    CHECK(store->saves() == Saves::everything);
    script.begin(*store);
    CHECK(script.go_on(*store));
    disk.stop_process();
    store.reset();
    disk.after_kill();
    CHECK(script.lost(*open(disk)) == 0);
}

}  // namespace etakahvila::journal
