// The ballots of an open poll: kept exactly as the steps are, handed over when the room is loaded, and gone with the
// close; then nothing in any file of the store tells who has chosen what.

#include <array>
#include <filesystem>
#include <fstream>
#include <future>
#include <map>
#include <numeric>
#include <sstream>

#include "journal/digest_chain.hpp"
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
constexpr PollId poll{4};
constexpr auto file = "etakahvila.sqlite";
/// So large that its bytes are found among all others, and not larger than a number of JSON may be.
constexpr std::int64_t first_person = 0x001a2b3c4d5e6f00;

PersonId person_at(std::size_t place) { return PersonId{first_person + static_cast<std::int64_t>(place)}; }

Step step_of(Seq seq, Event event) {
    Step step{.seq = seq,
        .stamp = {.at = {seq * 10}, .utc = {1'600'000'000'000 + seq}},
        .member = {},
        .command = {},
        .refusal = {},
        .events = {}};
    step.events.push_back(std::move(event));
    return step;
}

Step vote(Seq seq, PersonId person, std::vector<std::int64_t> options) {
    auto step = step_of(seq, PollVoted{.poll = poll, .person = person, .by = {}});
    step.ballot = Ballot{.poll = poll, .person = person, .options = std::move(options)};
    return step;
}

Step close(Seq seq) {
    return step_of(
        seq, PollClosed{.poll = poll, .counts = std::vector<std::int64_t>{30, 30, 30}, .answered = 90, .by = {}});
}

bool append_and_wait(Journal& journal, SessionId session, std::vector<Step> steps) {
    std::promise<bool> durable;
    journal.append(session, std::move(steps), [&](bool is) { durable.set_value(is); });
    return durable.get_future().get();
}

using Box = std::map<PersonId, std::vector<std::int64_t>>;

Box box_of(const StoredRoom& stored) {
    Box box;
    for (const auto& ballot : stored.ballots) box[ballot.person] = ballot.options;
    return box;
}

/// What lies in the box after the first so many of the steps.
Box box_after(const std::vector<Step>& steps, std::size_t count) {
    Box box;
    for (std::size_t index = 0; index < count; ++index) {
        if (!emptied_by(steps[index]).empty()) box.clear();
        if (const auto& ballot = steps[index].ballot) box[ballot->person] = ballot->options;
    }
    return box;
}

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    std::ostringstream out;
    out << in.rdbuf();
    return std::move(out).str();
}

/// A person as a row of the ballots has them, and no step does: eight bytes, the highest first.
std::string bytes_of(PersonId person) {
    std::string bytes;
    for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(person.value >> shift & 0xff);
    return bytes;
}

/// How many of ninety people are found as rows in any file of the folder.
std::size_t found_in(const std::filesystem::path& folder, std::size_t first = 0) {
    std::size_t found = 0;
    for (std::size_t place = first; place < first + 90; ++place) {
        const auto bytes = bytes_of(person_at(place));
        for (const auto& entry : std::filesystem::directory_iterator{folder}) {
            if (entry.path().extension() == ".reserve") continue;
            if (bytes_of(entry.path()).find(bytes) == std::string::npos) continue;
            ++found;
            break;
        }
    }
    return found;
}

std::unique_ptr<SqliteStore> store_without_thread(const std::filesystem::path& path) {
    return std::make_unique<SqliteStore>(path, SqliteStore::Options{.vfs = {}, .has_thread = false});
}

/// Each in a commit of its own.
void append_all(SqliteStore& store, SessionId session, const std::vector<Step>& steps) {
    for (const auto& step : steps) {
        store.append(session, {step}, [](bool durable) { REQUIRE(durable); });
        store.commit_waiting();
    }
}

/// Ninety people vote, and some think better of it; who chooses what is told by `choice`.
template <class Choice>
std::vector<Step> votes(const Choice& choice, std::size_t first_place = 0) {
    std::vector<Step> steps;
    Seq seq = 0;
    for (std::size_t place = 0; place < 90; ++place)
        steps.push_back(vote(++seq, person_at(first_place + place), {choice(place)}));
    for (std::size_t place = 0; place < 90; place += 7)
        steps.push_back(vote(++seq, person_at(first_place + place), {choice(place)}));
    return steps;
}

}  // namespace

TEST_CASE("ballots are kept with their steps, in place of the earlier ones, until their poll ends") {
    const auto name = GENERATE(as<std::string>{}, "memory", "sqlite");
    CAPTURE(name);
    const TemporaryFolder folder;
    const auto path = folder.path() / "kahvila.sqlite";
    MemoryJournal memory;
    std::unique_ptr<SqliteStore> sqlite;
    if (name == "sqlite") sqlite = std::make_unique<SqliteStore>(path);
    const auto journal = [&]() -> Journal& { return sqlite ? static_cast<Journal&>(*sqlite) : memory; };
    const auto open_anew = [&] {
        if (!sqlite) return;
        sqlite.reset();
        sqlite = std::make_unique<SqliteStore>(path);
    };
    journal().load(room);
    journal().load(other_room);
    const auto [one, another] = std::pair{person_at(1), person_at(2)};
    REQUIRE(append_and_wait(journal(), room, {vote(1, one, {0, 2}), vote(2, another, {5})}));
    REQUIRE(append_and_wait(journal(), other_room, {vote(1, one, {3})}));
    open_anew();
    CHECK(box_of(journal().load(room)) == Box{{one, {0, 2}}, {another, {5}}});
    CHECK(box_of(journal().load(other_room)) == Box{{one, {3}}});

    REQUIRE(append_and_wait(journal(), room, {vote(3, one, {1})}));
    // What leaves a hole is not kept, nor what goes with it.
    CHECK_FALSE(append_and_wait(journal(), room, {vote(9, one, {4})}));
    CHECK_FALSE(append_and_wait(journal(), room, {close(9)}));
    open_anew();
    CHECK(box_of(journal().load(room)) == Box{{one, {1}}, {another, {5}}});

    SECTION("closed, and in the same breath another is opened and answered") {
        REQUIRE(append_and_wait(journal(), room, {close(4), vote(5, another, {0})}));
        open_anew();
        CHECK(box_of(journal().load(room)) == Box{{another, {0}}});
    }
    SECTION("withdrawn") {
        REQUIRE(append_and_wait(journal(), room, {step_of(4, PollWithdrawn{.poll = poll, .by = {}})}));
        open_anew();
        CHECK(journal().load(room).ballots.empty());
    }
    SECTION("another is withdrawn, which had none") {
        REQUIRE(
            append_and_wait(journal(), room, {step_of(4, PollWithdrawn{.poll = PollId{poll.value + 1}, .by = {}})}));
        open_anew();
        CHECK(box_of(journal().load(room)) == Box{{one, {1}}, {another, {5}}});
    }
    SECTION("begun anew") {
        REQUIRE(append_and_wait(journal(), room, {step_of(4, PollBegunAnew{poll})}));
        open_anew();
        CHECK(journal().load(room).ballots.empty());
    }
    CHECK(box_of(journal().load(other_room)) == Box{{one, {3}}});
}

TEST_CASE("no record of a step has its ballot") {
    const auto step = vote(1, person_at(1), {0, 2});
    auto without = step;
    without.ballot.reset();
    CHECK(encode_step(step) == encode_step(without));
    CHECK_FALSE(decode_step(1, encode_step(step))->ballot);
}

TEST_CASE("after the close no file of the store has a row of who has voted; another room's stay") {
    const TemporaryFolder folder;
    const auto store = store_without_thread(folder.path() / "kahvila.sqlite");
    store->load(room);
    store->load(other_room);
    const auto ours = votes([](std::size_t place) { return static_cast<std::int64_t>(place % 3); });
    const auto theirs = votes([](std::size_t) { return 1; }, 1000);
    for (std::size_t index = 0; index < ours.size(); ++index) {
        append_all(*store, room, {ours[index]});
        append_all(*store, other_room, {theirs[index]});
    }
    // That it would be found.
    REQUIRE(found_in(folder.path()) == 90);
    append_all(*store, room, {close(static_cast<Seq>(ours.size()) + 1)});
    CHECK(found_in(folder.path()) == 0);
    CHECK(found_in(folder.path(), 1000) == 90);
    CHECK(std::filesystem::file_size(folder.path() / "kahvila.sqlite-wal") == 0);
    CHECK(box_of(store->load(other_room)).size() == 90);
    append_all(*store, other_room, {close(static_cast<Seq>(theirs.size()) + 1)});
    CHECK(found_in(folder.path(), 1000) == 0);
}

TEST_CASE("the files are the same whoever chose what") {
    // Of two stores in which the same people did the same, and chose otherwise: as many each.
    std::array<std::map<std::string, std::string>, 2> files;
    for (const std::size_t shift : {0U, 1U}) {
        const TemporaryFolder folder;
        {
            const auto store = store_without_thread(folder.path() / "kahvila.sqlite");
            // An epoch is drawn by lot, and the digests begin with it.
            store->write_and_wait([](records::Database& database) { add_room(database, room, "epoch"); });
            store->load(room);
            const auto steps = votes([&](std::size_t place) { return static_cast<std::int64_t>((place + shift) % 3); });
            append_all(*store, room, steps);
            append_all(*store, room, {close(static_cast<Seq>(steps.size()) + 1)});
            for (const auto& entry : std::filesystem::directory_iterator{folder.path()}) {
                const auto name = entry.path().filename().string();
                // How SQLite finds its way in a log, which is empty; and what keeps room on the disk.
                if (name.ends_with("-shm") || name.ends_with(".reserve")) continue;
                files[shift][name] = bytes_of(entry.path());
            }
        }
    }
    REQUIRE(files[0].size() == files[1].size());
    CHECK(files[0].size() >= 3);
    for (const auto& [name, bytes] : files[0]) {
        INFO(name);
        CHECK((files[1].at(name) == bytes));
    }
}

TEST_CASE("whoever still reads what was there is waited for, and then it goes") {
    const TemporaryFolder folder;
    const auto store = store_without_thread(folder.path() / "kahvila.sqlite");
    store->load(room);
    append_all(*store, room, votes([](std::size_t) { return 2; }));
    {
        const auto reader = store->open_reader();
        auto rows = reader->read("SELECT seq FROM steps");
        REQUIRE(rows.next());
        append_all(*store, room, {close(104)});
        REQUIRE(found_in(folder.path()) > 0);
    }
    store->commit_waiting();
    CHECK(found_in(folder.path()) == 0);
}

TEST_CASE("a server that is killed between the close and the writing over of its log does that when it is up again") {
    SimulatedDisk disk;
    const SqliteStore::Options options{.vfs = disk.vfs(), .has_thread = false};
    auto store = std::make_unique<SqliteStore>(file, options);
    store->load(room);
    append_all(*store, room, votes([](std::size_t) { return 2; }));
    store->append(room, {close(104)}, [&](bool durable) {
        REQUIRE(durable);
        disk.stop_process();
    });
    store->commit_waiting();
    store.reset();
    disk.after_kill();
    const auto found = [&] {
        for (const auto& name : disk.files()) {
            if (disk.bytes(name).find(bytes_of(person_at(0))) != std::string::npos) return true;
        }
        return false;
    };
    REQUIRE(found());
    store = std::make_unique<SqliteStore>(file, options);
    CHECK(store->load(room).ballots.empty());
    store->commit_waiting();
    CHECK_FALSE(found());
    CHECK(store->load(room).steps.size() == 104);
    CHECK_FALSE(store->load(room).damaged_at);
}

TEST_CASE("a power cut at any moment of a poll leaves the box as the steps that are there have left it") {
    std::vector<Step> steps;
    for (Seq seq = 1; seq <= 8; ++seq)
        steps.push_back(vote(seq, person_at(static_cast<std::size_t>(seq) % 5), {seq % 3}));
    steps.push_back(close(9));
    for (Seq seq = 10; seq <= 14; ++seq) steps.push_back(vote(seq, person_at(static_cast<std::size_t>(seq)), {1}));
    steps.push_back(close(15));
    Chance chance{15};
    std::uint64_t effects = 1;
    for (std::uint64_t cut = 1; cut <= effects; ++cut) {
        for (const std::size_t sector : {512U, 4096U}) {
            INFO("cut at effect " << cut << ", sectors of " << sector);
            SimulatedDisk disk;
            const SqliteStore::Options options{.vfs = disk.vfs(), .has_thread = false};
            auto store = std::make_unique<SqliteStore>(file, options);
            store->load(room);
            const auto begun = disk.effects();
            disk.on_effect = [&] {
                if (disk.effects() == begun + cut) disk.stop_process();
            };
            std::size_t acknowledged = 0;
            for (const auto& step : steps) {
                store->append(room, {step}, [&](bool durable) { acknowledged += durable ? 1 : 0; });
                store->commit_waiting();
            }
            effects = std::max(effects, disk.effects() - begun);
            store.reset();
            disk.on_effect = {};
            disk.stop_process();
            disk.after_power_cut(chance, sector);
            for (int start = 0; start < 2; ++start) {
                store = std::make_unique<SqliteStore>(file, options);
                const auto stored = store->load(room);
                REQUIRE_FALSE(stored.damaged_at);
                REQUIRE(stored.steps.size() >= acknowledged);
                REQUIRE(stored.steps.size() <= steps.size());
                REQUIRE(box_of(stored) == box_after(steps, stored.steps.size()));
                REQUIRE_FALSE(store->damage());
                // What was left in the log is written over, and the store starts once more on what that leaves.
                store->commit_waiting();
                store.reset();
                disk.stop_process();
                disk.after_power_cut(chance, sector);
            }
        }
    }
}

}  // namespace etakahvila::journal
