// A room's steps give way to one: in every store the same, whenever the power goes, and without covering up damage.

#include <fstream>
#include <future>
#include <iterator>

#include <sqlite3.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/json.hpp"
#include "journal/memory_journal.hpp"
#include "journal/sqlite_store.hpp"
#include "journal/step_codec.hpp"
#include "support/catch.hpp"
#include "support/simulated_disk.hpp"
#include "support/temporary_folder.hpp"

namespace etakahvila::journal {
namespace {

using namespace domain;
using testing::Chance;
using testing::SimulatedDisk;
using testing::TemporaryFolder;

constexpr SessionId room{7};
constexpr SessionId other_room{8};
constexpr auto file = "etakahvila.sqlite";
const std::string words = "KANARIALINTU kertoi asiansa";

Step step_of(Seq seq) {
    Step step{.seq = seq,
        .stamp = {.at = {seq * 10}, .utc = {1'600'000'000'000 + seq}},
        .member = PersonId{3},
        .command = "c" + std::to_string(seq),
        .refusal = {},
        .events = {}};
    step.events.emplace_back(WhereWeAreSet{{words + std::to_string(seq), std::string(40, 'y')}});
    return step;
}

std::vector<Step> steps_of(Seq first, Seq last) {
    std::vector<Step> steps;
    for (auto seq = first; seq <= last; ++seq) steps.push_back(step_of(seq));
    return steps;
}

Step the_one_step() {
    Step step{.seq = 1, .stamp = {.at = {90}, .utc = {1'600'000'000'009}}, .member = {}, .command = {}, .events = {}};
    RoomCompacted event;
    event.session.phase = Phase::sealed;
    event.attendance.version = 9;
    step.events.emplace_back(std::move(event));
    return step;
}

bool append_and_wait(Journal& journal, SessionId session, std::vector<Step> steps) {
    std::promise<bool> durable;
    journal.append(session, std::move(steps), [&](bool is) { durable.set_value(is); });
    return durable.get_future().get();
}

bool compact_and_wait(Journal& journal, SessionId session, Seq through) {
    std::promise<bool> durable;
    journal.compact(session, through, the_one_step(), [&](bool is) { durable.set_value(is); });
    return durable.get_future().get();
}

const RoomCompacted& event_in(const StoredRoom& stored) {
    return std::get<RoomCompacted>(stored.steps.front().events.front().any());
}

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

std::unique_ptr<SqliteStore> open(SimulatedDisk& disk) {
    return std::make_unique<SqliteStore>(file, SqliteStore::Options{.vfs = disk.vfs(), .has_thread = false});
}

}  // namespace

TEST_CASE("compacting: one step of another epoch stands in the place of all, and the room goes on from it") {
    const TemporaryFolder folder;
    const auto name = GENERATE(as<std::string>{}, "memory", "sqlite");
    CAPTURE(name);
    const auto place = folder.path() / "kahvila.sqlite";
    std::unique_ptr<Journal> journal;
    const auto open_anew = [&] {
        if (name == "memory" && journal) return;
        journal.reset();
        if (name == "memory")
            journal = std::make_unique<MemoryJournal>();
        else
            journal = std::make_unique<SqliteStore>(place);
    };
    open_anew();
    const auto epoch = journal->load(room).epoch;
    journal->load(other_room);
    REQUIRE(append_and_wait(*journal, room, steps_of(1, 9)));
    REQUIRE(append_and_wait(*journal, other_room, steps_of(1, 3)));

    SECTION("another last step than the one that it was made from is refused, and nothing changes") {
        const Seq wrong = GENERATE(Seq{0}, Seq{8}, Seq{10});
        CHECK_FALSE(compact_and_wait(*journal, room, wrong));
        open_anew();
        const auto stored = journal->load(room);
        CHECK(stored.epoch == epoch);
        CHECK(stored.steps.size() == 9);
        CHECK_FALSE(stored.damaged_at);
        CHECK(append_and_wait(*journal, room, {step_of(10)}));
    }

    SECTION("it is done, and is so after a restart") {
        REQUIRE(compact_and_wait(*journal, room, 9));
        CHECK_FALSE(append_and_wait(*journal, room, {step_of(10)}));
        open_anew();
        const auto stored = journal->load(room);
        CHECK(stored.epoch != epoch);
        CHECK_FALSE(stored.damaged_at);
        REQUIRE(stored.steps.size() == 1);
        CHECK(event_in(stored).earlier->steps == 9);
        CHECK(event_in(stored).attendance.version == 9);
        CHECK(append_and_wait(*journal, room, steps_of(2, 4)));
        open_anew();
        CHECK(journal->load(room).steps.size() == 4);
        CHECK_FALSE(journal->load(room).damaged_at);
        CHECK(journal->load(other_room).steps.size() == 3);

        REQUIRE(compact_and_wait(*journal, room, 4));
        open_anew();
        const auto again = journal->load(room);
        REQUIRE(again.steps.size() == 1);
        CHECK(event_in(again).earlier->steps == 4);
        CHECK(again.epoch != stored.epoch);
        CHECK_FALSE(again.damaged_at);
    }
}

TEST_CASE("compacting: the old chain's last digest is kept, its words are in no file, and its ballots are gone") {
    const TemporaryFolder folder;
    const auto place = folder.path() / "kahvila.sqlite";
    std::string digest;
    {
        SqliteStore store{place};
        store.load(room);
        REQUIRE(append_and_wait(store, room, steps_of(1, 299)));
        auto answered = step_of(300);
        answered.ballot = Ballot{.poll = PollId{5}, .person = PersonId{3}, .options = {1}};
        REQUIRE(append_and_wait(store, room, {answered}));
        REQUIRE(store.load(room).ballots.size() == 1);
        digest = *store.open_reader()->one<std::string>("SELECT lower(hex(digest)) FROM steps WHERE seq = 300");
        REQUIRE(compact_and_wait(store, room, 300));
        const auto stored = store.load(room);
        CHECK(event_in(stored).earlier->digest == digest);
        CHECK(stored.ballots.empty());
    }
    for (const auto& entry : std::filesystem::directory_iterator{folder.path()}) {
        INFO(entry.path());
        CHECK(bytes_of(entry.path()).find("KANARIALINTU") == std::string::npos);
    }
    SqliteStore again{place};
    CHECK_FALSE(again.load(room).damaged_at);
}

TEST_CASE("compacting: a room that is damaged is left as it is") {
    const TemporaryFolder folder;
    const auto place = folder.path() / "kahvila.sqlite";
    {
        SqliteStore store{place};
        store.load(room);
        REQUIRE(append_and_wait(store, room, steps_of(1, 6)));
    }
    records::SqliteDatabase{place.string()}.script(
        "UPDATE steps SET record = replace(record, 'KANARIALINTU', 'KANARIALINNU') WHERE seq = 3");
    SqliteStore store{place};
    CHECK_FALSE(compact_and_wait(store, room, 6));
    CHECK(store.load(room).damaged_at == Seq{3});
    CHECK(store.open_reader()->one<int>("SELECT count(*) FROM steps") == 6);
}

TEST_CASE("compacting: the power may go at any write; the room is the old one or the new one, and never damaged") {
    std::int64_t were_old = 0;
    std::int64_t were_new = 0;
    bool has_ended = false;
    for (std::int64_t cut = 1; !has_ended && cut < 2'000; ++cut) {
        INFO("cut at effect " << cut);
        SimulatedDisk disk;
        std::string epoch;
        bool is_acknowledged = false;
        {
            auto store = open(disk);
            epoch = store->load(room).epoch;
            store->load(other_room);
            for (const auto session : {room, other_room})
                store->append(session, steps_of(1, 12), [](bool durable) { REQUIRE(durable); });
            store->commit_waiting();
            std::int64_t left = cut;
            disk.on_effect = [&] {
                if (--left == 0) disk.stop_process();
            };
            store->compact(room, 12, the_one_step(), [&](bool durable) { is_acknowledged = durable; });
            store->commit_waiting();
            has_ended = left > 0;
            disk.stop_process();
        }
        disk.on_effect = {};
        Chance chance{static_cast<std::uint64_t>(cut)};
        if (cut % 3 == 0)
            disk.after_kill();
        else
            disk.after_power_cut(chance, cut % 2 == 0 ? 512 : 4096);
        for (int start = 0; start < 2; ++start) {
            const auto store = open(disk);
            const auto stored = store->load(room);
            CHECK_FALSE(stored.damaged_at);
            CHECK(store->behind_marks().empty());
            const bool is_new = stored.epoch != epoch;
            const Seq kept = is_new ? 1 : 12;
            CHECK((is_new || !is_acknowledged));
            CHECK(static_cast<Seq>(stored.steps.size()) == kept + start);
            CHECK_FALSE(store->load(other_room).damaged_at);
            if (start == 0) (is_new ? were_new : were_old) += 1;
            store->append(room, {step_of(kept + start + 1)}, [](bool durable) { CHECK(durable); });
            store->commit_waiting();
        }
    }
    CHECK(has_ended);
    CHECK(were_old > 0);
    CHECK(were_new > 0);
}

TEST_CASE("compacting: what a compacted room has lost at its end is found, and so is a chain that is gone") {
    SimulatedDisk disk;
    std::string older;
    {
        auto store = open(disk);
        store->load(room);
        store->append(room, steps_of(1, 12), [](bool durable) { REQUIRE(durable); });
        store->commit_waiting();
        store.reset();
        older = disk.bytes(file);
        store = open(disk);
        store->compact(room, 12, the_one_step(), [](bool durable) { REQUIRE(durable); });
        store->commit_waiting();
        store->append(room, steps_of(2, 4), [](bool durable) { REQUIRE(durable); });
        store->commit_waiting();
        disk.stop_process();
    }
    disk.after_kill();

    SECTION("the log's end") {
        disk.put(std::string{file} + "-wal", {});
        const auto store = open(disk);
        CHECK(store->load(room).damaged_at == Seq{2});
        CHECK(store->behind_marks().size() == 1);
    }

    SECTION("an older database beside newer marks: what was erased is back, and saves nothing") {
        disk.put(file, older);
        disk.put(std::string{file} + "-wal", {});
        const auto store = open(disk);
        CHECK(store->load(room).damaged_at == Seq{13});
        CHECK(store->behind_marks().size() == 1);
    }

    SECTION("without marks it is whole, as far as it goes, and its next end is found") {
        disk.remove(std::string{file} + ".marks");
        {
            const auto store = open(disk);
            CHECK_FALSE(store->load(room).damaged_at);
            // What the log holds at the start is written over behind the first commit; the second stays in it.
            for (const Seq seq : {5, 6}) {
                store->append(room, {step_of(seq)}, [](bool durable) { REQUIRE(durable); });
                store->commit_waiting();
            }
            disk.stop_process();
        }
        disk.after_kill();
        disk.put(std::string{file} + "-wal", {});
        CHECK(open(disk)->load(room).damaged_at == Seq{6});
    }
}

TEST_CASE("while the pages are written anew their second copy lies in the folder of the data, and nowhere else") {
    const TemporaryFolder folder;
    SqliteStore store{folder.path() / file};
    // More than SQLite keeps in memory.
    store.write_and_wait([](records::Database& database) {
        database.script("CREATE TABLE much (bytes BLOB NOT NULL) STRICT");
        for (int row = 0; row < 8; ++row) database.script("INSERT INTO much VALUES (randomblob(1000000))");
    });
    const int watch = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    REQUIRE(::inotify_add_watch(watch, folder.path().c_str(), IN_CREATE) >= 0);
    CHECK(store.rewrite_and_wait());
    std::array<char, 4096> told{};
    const auto count = ::read(watch, told.data(), told.size());
    ::close(watch);
    REQUIRE(count > 0);
    CHECK(std::string_view{told.data(), static_cast<std::size_t>(count)}.find("etilqs_") != std::string_view::npos);
}

}  // namespace etakahvila::journal
