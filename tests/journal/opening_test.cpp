// What an operator is told when the data cannot be opened, and what a room's host gets that asks
// without waiting.

#include <fstream>
#include <future>

#include "journal/memory_journal.hpp"
#include "journal/sqlite_store.hpp"
#include "support/catch.hpp"
#include "support/simulated_disk.hpp"
#include "support/temporary_folder.hpp"

namespace etakahvila::journal {
namespace {

using namespace domain;
using Catch::StartsWith;
using testing::SimulatedDisk;
using testing::TemporaryFolder;

constexpr SessionId room{7};
constexpr auto simulated_file = "kahvila.sqlite";

Step step_of(Seq seq) {
    Step step{.seq = seq,
        .stamp = {.at = {seq * 10}, .utc = {1'600'000'000'000 + seq}},
        .member = {},
        .command = {},
        .refusal = {},
        .events = {}};
    step.events.emplace_back(WhereWeAreSet{{"Rivi"}});
    return step;
}

std::optional<StoredRoom> loaded_later(Journal& journal, SessionId session) {
    std::promise<std::optional<StoredRoom>> loaded;
    journal.load_later(session, [&](auto stored) { loaded.set_value(std::move(stored)); });
    return loaded.get_future().get();
}

}  // namespace

TEST_CASE("data of a newer program is refused with a sentence, and is left as it is") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "kahvila.sqlite";
    { const SqliteStore store{file}; }
    {
        records::SqliteDatabase database{file.string()};
        database.script("UPDATE schema_version SET version = 1000 WHERE part = 'journal'");
    }
    CHECK_THROWS_WITH(SqliteStore{file}, StartsWith("This data was written by a newer version"));
    records::SqliteDatabase database{file.string()};
    CHECK(database.one<int>("SELECT version FROM schema_version WHERE part = 'journal'") == 1000);
}

TEST_CASE("a file that is no database, and a folder that is none, are named") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "kahvila.sqlite";
    std::ofstream{file} << std::string(4096, 'x');
    CHECK_THROWS_WITH(SqliteStore{file}, StartsWith("The data is damaged and cannot be opened: " + file.string()));
    CHECK_THROWS_WITH(SqliteStore{folder.path() / "no such folder" / "kahvila.sqlite"},
        StartsWith("The data folder cannot be written"));
    std::filesystem::create_directory(folder.path() / "folder.sqlite");
    CHECK_THROWS_WITH(SqliteStore{folder.path() / "folder.sqlite"}, StartsWith("The data cannot be opened"));
}

TEST_CASE("a disk that fails on the log is not written to") {
    SimulatedDisk disk;
    {
        SqliteStore store{simulated_file, {.vfs = disk.vfs(), .has_thread = false}};
        store.load(room);
        store.append(room, {step_of(1)}, [](bool durable) { CHECK(durable); });
        store.commit_waiting();
        disk.stop_process();
    }
    disk.after_kill();
    disk.fail_sync_at(1);
    CHECK_THROWS_WITH((SqliteStore{simulated_file, {.vfs = disk.vfs(), .has_thread = false}}),
        StartsWith("The data cannot be opened: the disk failed on the log"));
    disk.stop_process();
    disk.after_kill();
    SqliteStore store{simulated_file, {.vfs = disk.vfs(), .has_thread = false}};
    CHECK(store.load(room).steps.size() == 1);
}

TEST_CASE(
    "who asks for a room without waiting gets it after what was appended before, and nothing of one that is not "
    "there") {
    const TemporaryFolder folder;
    SqliteStore store{folder.path() / "kahvila.sqlite"};
    const auto epoch = store.load(room).epoch;
    store.append(room, {step_of(1), step_of(2)}, [](bool) {});
    const auto stored = loaded_later(store, room);
    REQUIRE(stored);
    CHECK(stored->epoch == epoch);
    CHECK(stored->steps.size() == 2);
    CHECK_FALSE(loaded_later(store, SessionId{8}));

    MemoryJournal memory;
    CHECK(loaded_later(memory, room)->epoch == memory.load(room).epoch);
}

TEST_CASE("a store that cannot be read says so to who waits, and nothing to who does not") {
    SimulatedDisk disk;
    SqliteStore store{simulated_file, {.vfs = disk.vfs(), .has_thread = false}};
    store.load(room);
    disk.stop_process();
    CHECK_THROWS(store.load(room));
    bool is_told = false;
    store.load_later(room, [&](const auto& stored) {
        is_told = true;
        CHECK_FALSE(stored);
    });
    store.commit_waiting();
    CHECK(is_told);
}

TEST_CASE("a journal in memory says what it saves to who watches, and keeps what is vital when told to") {
    MemoryJournal memory;
    int changes = 0;
    memory.watch([&] { return ++changes < 2; });
    memory.set_saves(Saves::vital_only);
    std::vector<bool> durable;
    memory.append(room, {step_of(1)}, [&](bool is) { durable.push_back(is); });
    memory.append(room, {step_of(1)}, [&](bool is) { durable.push_back(is); }, Need::vital);
    memory.append(room, {step_of(1)}, [&](bool is) { durable.push_back(is); }, Need::vital);
    CHECK(durable == std::vector{false, true, false});
    CHECK(memory.saves() == Saves::vital_only);
    memory.set_saves(Saves::everything);
    memory.set_saves(Saves::nothing);
    CHECK(changes == 2);
}

}  // namespace etakahvila::journal
