// What the data says of its own shape, and how what is older, newer, moved or put back by hand is told apart from what
// is damaged.

#include <fstream>
#include <future>

#include "journal/ballot_box.hpp"
#include "journal/sqlite_store.hpp"
#include "journal/step_codec.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

namespace etakahvila::journal {
namespace {

using namespace domain;
using Catch::Contains;
using Catch::StartsWith;
using testing::TemporaryFolder;

constexpr SessionId room{7};
constexpr SessionId other_room{8};

Step step_of(Seq seq) {
    Step step{.seq = seq,
        .stamp = {.at = {seq * 10}, .utc = {1'600'000'000'000 + seq}},
        .member = PersonId{3},
        .command = "c" + std::to_string(seq),
        .refusal = {},
        .events = {}};
    step.events.emplace_back(WhereWeAreSet{{"Rivi " + std::to_string(seq)}});
    return step;
}

bool append_and_wait(Journal& journal, SessionId session, std::vector<Step> steps) {
    std::promise<bool> durable;
    journal.append(session, std::move(steps), [&](bool is) { durable.set_value(is); });
    return durable.get_future().get();
}

/// A store as it was before there was a level: digests that begin with zeros.
void make_store_of_before(const std::filesystem::path& file, Seq steps) {
    records::SqliteDatabase database{file.string()};
    database.script(
        "PRAGMA journal_mode = WAL;"
        "CREATE TABLE schema_version (part TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT;"
        "CREATE TABLE rooms (session INTEGER PRIMARY KEY, epoch TEXT NOT NULL) STRICT;"
        "CREATE TABLE steps (session INTEGER NOT NULL, seq INTEGER NOT NULL, record TEXT NOT NULL, digest BLOB NOT "
        "NULL,"
        " PRIMARY KEY (session, seq)) STRICT, WITHOUT ROWID;"
        "INSERT INTO schema_version VALUES ('journal', 2)");
    make_ballot_table(database);
    database.write("INSERT INTO rooms VALUES (?, 'before')", room);
    Digest digest{};
    for (Seq seq = 1; seq <= steps; ++seq) {
        const auto text = encode_step(step_of(seq));
        digest = chained(digest, seq, text);
        database.write("INSERT INTO steps VALUES (?, ?, ?, ?)", room, seq, text, digest);
    }
}

}  // namespace

TEST_CASE("a new store says its level and the program that wrote it, and is opened again as it is") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "kahvila.sqlite";
    for (int times = 0; times < 2; ++times) {
        const SqliteStore store{file, {.before_upgrade = [](const Format&, const SqliteStore::Options::Copy&) {
                                    FAIL("there is nothing to go back to");
                                    return std::string{};
                                }}};
        const auto format = format_of(*store.open_reader());
        REQUIRE(format);
        CHECK(format->level == format_level);
        CHECK_FALSE(format->program.empty());
        CHECK(format->before_upgrade.empty());
    }
}

TEST_CASE("data of a newer level is refused by name, with what to do, and is left as it is") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "kahvila.sqlite";
    { const SqliteStore store{file}; }
    {
        records::SqliteDatabase database{file.string()};
        database.write(
            "UPDATE data_format SET level = ?, program = '9.1.0', before_upgrade = '/srv/before/x'", format_level + 1);
    }
    CHECK_THROWS_AS(SqliteStore{file}, NewerData);
    CHECK_THROWS_WITH(SqliteStore{file},
        StartsWith("This data was written by a newer version of the program: etakahvila 9.1.0") &&
            Contains("Install 9.1.0 again, or go back to what was before the upgrade: etakahvila restore --replace "
                     "/srv/before/x."));
    records::SqliteDatabase database{file.string()};
    CHECK(format_of(database)->level == format_level + 1);
    CHECK(format_of(database)->program == "9.1.0");
}

TEST_CASE("the digests of a store of before go on verifying, with what comes behind them") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "kahvila.sqlite";
    make_store_of_before(file, 3);
    SqliteStore store{file};
    const auto loaded = store.load(room);
    CHECK(loaded.epoch == "before");
    CHECK(loaded.steps.size() == 3);
    CHECK_FALSE(loaded.damaged_at);
    REQUIRE(append_and_wait(store, room, {step_of(4)}));
    CHECK(store.load(room).steps.size() == 4);
    CHECK(store.digest_faults().empty());
    CHECK_FALSE(room_row(*store.open_reader(), room)->chained_with);
}

TEST_CASE("before data of an older level is changed its backup is made, and where none can be made it stays") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "kahvila.sqlite";
    make_store_of_before(file, 3);
    CHECK_THROWS_WITH(
        (SqliteStore{file, {.before_upgrade = [](const Format&, const SqliteStore::Options::Copy&) -> std::string {
                         throw std::runtime_error{"no room"};
                     }}}),
        "no room");
    {
        const records::SqliteDatabase database{file.string()};
        CHECK(journal_version(database) == 2);
        CHECK(format_of(database)->level == 1);
    }
    const auto copied = folder.path() / "copied.sqlite";
    std::ofstream{copied};
    {
        const SqliteStore store{
            file, {.before_upgrade = [&](const Format& found, const SqliteStore::Options::Copy& copy) {
                CHECK(found.level == 1);
                copy(copied);
                return copied.string();
            }}};
        CHECK(format_of(*store.open_reader())->before_upgrade == copied.string());
    }
    const records::SqliteDatabase database{copied.string()};
    CHECK(journal_version(database) == 2);
    CHECK(database.one<int>("SELECT count(*) FROM steps") == 3);
    CHECK(walk_chain(database, room_rows(database).at(0)).steps == 3);
}

TEST_CASE("steps that were copied under another session, or from another life of the room, do not verify") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "kahvila.sqlite";
    {
        SqliteStore store{file};
        for (const auto session : {room, other_room}) {
            store.load(session);
            REQUIRE(append_and_wait(store, session, {step_of(1), step_of(2)}));
        }
    }
    // Of the same texts, whole, with their room's row: only the room is another.
    const auto harm = GENERATE(as<std::string>{},
        "DELETE FROM steps WHERE session = 8; INSERT INTO steps SELECT 8, seq, record, digest FROM steps",
        "DELETE FROM steps WHERE session = 8; DELETE FROM rooms WHERE session = 8;"
        "INSERT INTO steps SELECT 8, seq, record, digest FROM steps;"
        "INSERT INTO rooms (session, epoch, chained_with) SELECT 8, epoch, chained_with FROM rooms",
        "UPDATE rooms SET epoch = 'another', chained_with = 'another' WHERE session = 8",
        "UPDATE rooms SET chained_with = NULL WHERE session = 8");
    CAPTURE(harm);
    records::SqliteDatabase{file.string()}.script(harm);
    SqliteStore store{file};
    CHECK(store.load(room).steps.size() == 2);
    CHECK(store.load(other_room).damaged_at == 1);
    const auto faults = store.digest_faults();
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].session == other_room);
    CHECK(faults[0].step == 1);
    CHECK_FALSE(faults[0].is_newer);
}

TEST_CASE("a step of a newer program is named as that, and not as damage") {
    const TemporaryFolder folder;
    SqliteStore store{folder.path() / "kahvila.sqlite"};
    store.load(room);
    REQUIRE(append_and_wait(store, room, {step_of(1)}));
    auto text = encode_step(step_of(2));
    const std::string known = "\"WhereWeAreSet\"";
    REQUIRE(text.find(known) != text.npos);
    text.replace(text.find(known), known.size(), "\"CoffeeWasMade\"");
    store.write_and_wait([&](records::Database& database) {
        const std::array records{Record{.seq = 2, .text = text}};
        insert_records(database, room, records);
    });
    const auto loaded = store.load(room);
    CHECK(loaded.damaged_at == 2);
    CHECK(loaded.is_newer);
    CHECK(loaded.steps.size() == 1);
    const auto faults = store.digest_faults();
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].is_newer);

    store.write_and_wait([](records::Database& database) { database.script("UPDATE steps SET record = '{}'"); });
    CHECK_FALSE(store.load(room).is_newer);
}

TEST_CASE("a room gets another epoch with the same steps, and damage stays to be seen") {
    const TemporaryFolder folder;
    SqliteStore store{folder.path() / "kahvila.sqlite"};
    for (const auto session : {room, other_room}) {
        store.load(session);
        REQUIRE(append_and_wait(store, session, {step_of(1), step_of(2), step_of(3)}));
    }
    store.write_and_wait([](records::Database& database) {
        database.script("UPDATE steps SET record = '{}' WHERE session = 8 AND seq = 2");
        CHECK_FALSE(chain_anew(database, room, "new life"));
        CHECK(chain_anew(database, other_room, "new life") == 2);
    });
    CHECK(store.load(room).epoch == "new life");
    CHECK(store.load(room).steps.size() == 3);
    CHECK(store.load(other_room).epoch == "new life");
    CHECK(store.load(other_room).damaged_at == 2);
    REQUIRE(append_and_wait(store, room, {step_of(4)}));
    CHECK(store.load(room).steps.size() == 4);
}

TEST_CASE("an older database beside newer marks is told for what it is") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "kahvila.sqlite";
    const auto older = folder.path() / "older";
    {
        SqliteStore store{file};
        store.load(room);
        REQUIRE(append_and_wait(store, room, {step_of(1), step_of(2), step_of(3)}));
    }
    std::filesystem::copy(file, older);
    {
        SqliteStore store{file};
        REQUIRE(append_and_wait(store, room, {step_of(4), step_of(5)}));
        CHECK(store.behind_marks().empty());
        CHECK(sentence_of(store.behind_marks()).empty());
    }
    std::filesystem::rename(older, file);
    SqliteStore store{file};
    const auto behind = store.behind_marks();
    REQUIRE(behind.size() == 1);
    CHECK(behind[0].kept == 3);
    CHECK(behind[0].acknowledged == 5);
    CHECK_THAT(
        sentence_of(behind), Contains("session 7 ends at step 3 of 5") && Contains("etakahvila restore --replace"));
    CHECK(store.load(room).damaged_at == 4);
}

TEST_CASE("while a restore is not finished nothing is opened in its place") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "kahvila.sqlite";
    std::ofstream{restore_mark(file)} << "/srv/backup\n";
    CHECK_THROWS_WITH(SqliteStore{file}, StartsWith("A restore of this data was not finished"));
    CHECK_FALSE(std::filesystem::exists(file));
    std::filesystem::remove(restore_mark(file));
    CHECK_NOTHROW(SqliteStore{file});
}

}  // namespace etakahvila::journal
