// What journal.hpp promises, of every store.

#include <filesystem>
#include <future>

#include <sqlite3.h>

#include "journal/memory_journal.hpp"
#include "journal/sqlite_store.hpp"
#include "journal/step_codec.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

namespace etakahvila::journal {
namespace {

using namespace domain;
using testing::TemporaryFolder;

constexpr SessionId room{7};
constexpr SessionId other_room{8};
const protocol::Refusal standing{
    .word = RefusalWord::already_requested, .standing = 12, .by = PersonId{3}, .wait_seconds = 5};

Step step_of(Seq seq) {
    Step step{.seq = seq,
        .stamp = {.at = {seq * 10}, .utc = {1'600'000'000'000 + seq}},
        .member = PersonId{3},
        .command = "c" + std::to_string(seq),
        .refusal = {},
        .events = {}};
    step.events.emplace_back(WhereWeAreSet{{"Rivi \"yksi\"\n", "ä ö €"}});
    return step;
}

Step refused_step(Seq seq) {
    Step step{.seq = seq,
        .stamp = {.at = {seq * 10}, .utc = {1}},
        .member = PersonId{4},
        .command = "no",
        .refusal = standing,
        .events = {}};
    return step;
}

bool append_and_wait(Journal& journal, SessionId session, std::vector<Step> steps) {
    std::promise<bool> durable;
    journal.append(session, std::move(steps), [&](bool is) { durable.set_value(is); });
    return durable.get_future().get();
}

void check_same(const Step& kept, const Step& told) {
    CHECK(encode_step(kept) == encode_step(told));
    CHECK(kept.seq == told.seq);
}

/// A store, and a way to open it anew as after a restart.
struct Store {
    virtual ~Store() = default;
    virtual Journal& journal() = 0;
    virtual void open_anew() = 0;
};

struct MemoryStore final : Store {
    MemoryJournal memory;
    Journal& journal() override { return memory; }
    void open_anew() override {}
};

struct FileStore final : Store {
    TemporaryFolder folder;
    std::unique_ptr<SqliteStore> sqlite = std::make_unique<SqliteStore>(folder.path() / "kahvila.sqlite");
    Journal& journal() override { return *sqlite; }
    void open_anew() override {
        sqlite.reset();
        sqlite = std::make_unique<SqliteStore>(folder.path() / "kahvila.sqlite");
    }
};

std::unique_ptr<Store> store_named(const std::string& name) {
    if (name == "memory") return std::make_unique<MemoryStore>();
    return std::make_unique<FileStore>();
}

TEST_CASE("a journal keeps the contract of journal.hpp") {
    const auto name = GENERATE(as<std::string>{}, "memory", "sqlite");
    CAPTURE(name);
    const auto store = store_named(name);

    SECTION("a room without steps has an epoch, which stays") {
        const auto first = store->journal().load(room);
        CHECK_FALSE(first.epoch.empty());
        CHECK(first.steps.empty());
        store->open_anew();
        CHECK(store->journal().load(room).epoch == first.epoch);
        CHECK(store->journal().load(other_room).epoch != first.epoch);
    }

    SECTION("what was acknowledged is there after a restart, whole and in order") {
        store->journal().load(room);
        REQUIRE(append_and_wait(store->journal(), room, {step_of(1), step_of(2)}));
        REQUIRE(append_and_wait(store->journal(), other_room, {step_of(1)}));
        REQUIRE(append_and_wait(store->journal(), room, {refused_step(3), step_of(4)}));
        store->open_anew();
        const auto loaded = store->journal().load(room);
        REQUIRE(loaded.steps.size() == 4);
        CHECK_FALSE(loaded.damaged_at);
        check_same(loaded.steps[0], step_of(1));
        check_same(loaded.steps[1], step_of(2));
        check_same(loaded.steps[2], refused_step(3));
        check_same(loaded.steps[3], step_of(4));
        CHECK(loaded.steps[2].refusal == standing);
        CHECK(store->journal().load(other_room).steps.size() == 1);
    }

    SECTION("steps that leave a hole, or come again, are not acknowledged and not kept") {
        const Seq wrong = GENERATE(Seq{1}, Seq{3});
        store->journal().load(room);
        REQUIRE(append_and_wait(store->journal(), room, {step_of(1)}));
        CHECK_FALSE(append_and_wait(store->journal(), room, {step_of(wrong)}));
        store->open_anew();
        CHECK(store->journal().load(room).steps.size() == 1);
    }

    SECTION("a great many steps at once") {
        store->journal().load(room);
        std::vector<Step> steps;
        for (Seq seq = 1; seq <= 5000; ++seq) steps.push_back(step_of(seq));
        REQUIRE(append_and_wait(store->journal(), room, steps));
        CHECK(store->journal().load(room).steps.size() == 5000);
    }
}

TEST_CASE("a second server on the same file is refused with a sentence") {
    const TemporaryFolder folder;
    const SqliteStore first{folder.path() / "kahvila.sqlite"};
    CHECK_THROWS_WITH(
        SqliteStore{folder.path() / "kahvila.sqlite"}, Catch::StartsWith("Another server is using this data"));
}

TEST_CASE("a record that was changed, moved or taken out is found and named") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "kahvila.sqlite";
    {
        SqliteStore store{file};
        store.load(room);
        REQUIRE(append_and_wait(store, room, {step_of(1), step_of(2), step_of(3), step_of(4)}));
    }
    const auto [harm, damaged_at] = GENERATE(table<std::string, Seq>({
        {"UPDATE steps SET record = replace(record, 'Rivi', 'Rivj') WHERE seq = 3", 3},
        {"UPDATE steps SET digest = zeroblob(16) WHERE seq = 2", 2},
        {"DELETE FROM steps WHERE seq = 2", 2},
        {"DELETE FROM steps WHERE seq = 1", 1},
        {"UPDATE steps SET record = '{}' WHERE seq = 4", 4},
    }));
    CAPTURE(harm);
    records::SqliteDatabase{file.string()}.script(harm);
    SqliteStore store{file};
    const auto loaded = store.load(room);
    REQUIRE(loaded.damaged_at);
    CHECK(*loaded.damaged_at == damaged_at);
    CHECK(static_cast<Seq>(loaded.steps.size()) == damaged_at - 1);
}

TEST_CASE("a write that throws undoes itself alone, within the same commit") {
    const TemporaryFolder folder;
    SqliteStore store{folder.path() / "kahvila.sqlite"};
    store.write_and_wait([](records::Database& database) { database.script("CREATE TABLE note (text TEXT) STRICT"); });
    CHECK_THROWS_AS(store.write_and_wait([](records::Database& database) {
        database.script("INSERT INTO note VALUES ('half')");
        throw std::runtime_error("no");
    }),
        std::runtime_error);
    store.write_and_wait([](records::Database& database) { database.script("INSERT INTO note VALUES ('whole')"); });
    CHECK(store.open_reader()->one<std::string>("SELECT group_concat(text) FROM note") == "whole");
}

TEST_CASE("what goes with a step is written exactly when the step is") {
    TemporaryFolder folder;
    const auto file = folder.path() / "data.sqlite";
    const auto notes = [](SqliteStore& store) { return store.open_reader()->one<int>("SELECT count(*) FROM notes"); };
    bool works = true;
    {
        SqliteStore store{file};
        store.write_and_wait([](records::Database& database) {
            database.script("CREATE TABLE notes (session INTEGER, seq INTEGER) STRICT");
        });
        store.accompany([&works](SessionId session, const Step& step) -> SqliteStore::Write {
            if (step.seq % 2 == 1) return {};
            return [&works, session, seq = step.seq](records::Database& database) {
                database.script(
                    "INSERT INTO notes VALUES (" + std::to_string(session.value) + ", " + std::to_string(seq) + ")");
                if (!works) throw std::runtime_error{"it does not work"};
            };
        });
        CHECK(append_and_wait(store, room, {step_of(1), step_of(2), step_of(3), step_of(4)}));
        CHECK(notes(store) == 2);
        works = false;
        CHECK_FALSE(append_and_wait(store, room, {step_of(5), step_of(6)}));
        CHECK(store.load(room).steps.size() == 4);
        CHECK(notes(store) == 2);
    }
    SqliteStore store{file};
    CHECK(store.load(room).steps.size() == 4);
    CHECK(notes(store) == 2);
}

TEST_CASE("readers cannot write") {
    const TemporaryFolder folder;
    const SqliteStore store{folder.path() / "kahvila.sqlite"};
    const auto reader = store.open_reader();
    CHECK_THROWS_AS(reader->script("CREATE TABLE note (text TEXT)"), records::Error);
}

TEST_CASE("records that nobody wrote are not understood") {
    const auto record = GENERATE(as<std::string>{}, "", "{}", "null", "[]", R"({"v":2,"at":1,"utc":1,"events":[]})",
        R"({"v":1,"at":1,"utc":1,"events":[{"type":"NeverHeard"}]})", R"({"v":1,"at":1,"utc":1,"events":[],"more":1})",
        "\xff");
    CAPTURE(record);
    CHECK_FALSE(decode_step(1, record));
    CHECK(decode_step(1, R"({"v":1,"at":1,"utc":1,"events":[]})"));
}

}  // namespace
}  // namespace etakahvila::journal
