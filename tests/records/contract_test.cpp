// What records/database.hpp promises, of every store. One more store is a struct here and its name in `every_store`.

#include <algorithm>
#include <functional>
#include <limits>
#include <memory>

#include "records/sqlite_database.hpp"
#include "support/catch.hpp"
#include "support/simulated_disk.hpp"
#include "support/temporary_folder.hpp"

namespace etakahvila::records {

enum class Colour : std::uint8_t { red, green };
constexpr std::array<std::string_view, 2> names_of(Colour) { return {"red", "green"}; }

namespace {

using namespace std::string_literals;
using Key = std::array<unsigned char, 4>;
using ThingId = base::Id<struct ThingIdTag>;

struct TestStore {
    virtual ~TestStore() = default;
    /// Another connection to the same database, in which the table `things` is.
    virtual std::unique_ptr<Database> connect() = 0;
    /// From now on there is no room for more; there is again.
    virtual void fill(Database& connection) = 0;
    virtual void make_room(Database& connection) = 0;
};

constexpr const char* sqlite_tables =
    "CREATE TABLE IF NOT EXISTS things (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, number INTEGER CHECK "
    "(number <> 13), bytes BLOB) STRICT";

struct SqliteTestStore : TestStore {
    explicit SqliteTestStore(std::string file, std::string vfs = {}) : file_{std::move(file)}, vfs_{std::move(vfs)} {}
    std::unique_ptr<Database> connect() override {
        auto made = std::make_unique<SqliteDatabase>(file_, SqliteDatabase::Access::make, vfs_);
        made->script("PRAGMA busy_timeout = 0");
        made->script(sqlite_tables);
        return made;
    }
    void fill(Database& connection) override { connection.one<int>("PRAGMA max_page_count = 1"); }
    void make_room(Database& connection) override { connection.one<int>("PRAGMA max_page_count = 1000000"); }

private:
    std::string file_;
    std::string vfs_;
};

/// Gone with its last connection.
struct MemoryStore final : SqliteTestStore {
    MemoryStore() : SqliteTestStore{"/records", "memdb"} {}
    std::unique_ptr<Database> kept = connect();
};

struct FileStore final : SqliteTestStore {
    explicit FileStore(std::unique_ptr<testing::TemporaryFolder> made = std::make_unique<testing::TemporaryFolder>())
        : SqliteTestStore{(made->path() / "records.sqlite").string()}, folder{std::move(made)} {}
    std::unique_ptr<testing::TemporaryFolder> folder;
};

/// As the server has it: a write-ahead log, through other file operations than the system's.
struct DiskStore final : TestStore {
    std::unique_ptr<Database> connect() override {
        auto made = std::make_unique<SqliteDatabase>("/records.sqlite", SqliteDatabase::Access::make, disk.vfs());
        made->script("PRAGMA journal_mode = WAL");
        made->script(sqlite_tables);
        return made;
    }
    void fill(Database&) override { disk.set_capacity(disk.used()); }
    void make_room(Database&) override { disk.set_capacity(std::numeric_limits<std::uint64_t>::max()); }
    testing::SimulatedDisk disk;
};

std::unique_ptr<TestStore> store_named(const std::string& name) {
    if (name == "SQLite in memory") return std::make_unique<MemoryStore>();
    if (name == "SQLite in a file") return std::make_unique<FileStore>();
    return std::make_unique<DiskStore>();
}
const auto every_store = {"SQLite in memory"s, "SQLite in a file"s, "SQLite on a simulated disk"s};

struct Contract {
    explicit Contract(const std::string& name) : store{store_named(name)} {}
    std::unique_ptr<TestStore> store;
    std::unique_ptr<Database> first = store->connect();
    Database& database = *first;

    ThingId add(const std::optional<std::string>& name) {
        return database.add<ThingId>("INSERT INTO things (name) VALUES (?) RETURNING id", name);
    }
    std::int64_t count() { return database.one<std::int64_t>("SELECT count(*) FROM things").value(); }
};

/// What comes of it; nothing when nothing was thrown.
std::optional<Error> error_of(const std::function<void()>& what) {
    try {
        what();
    } catch (const Error& error) {
        return error;
    }
    return std::nullopt;
}

std::optional<Fault> fault_of(const std::function<void()>& what) {
    const auto error = error_of(what);
    return error ? std::optional{error->fault()} : std::nullopt;
}

}  // namespace

TEST_CASE("values come back as they went in, of every store") {
    const auto name = GENERATE(values(every_store));
    CAPTURE(name);
    Contract made{name};
    auto& database = made.database;

    SECTION("a text whole: zeros, odd bytes, nothing, quotes") {
        const auto text = GENERATE(as<std::string>{}, "", "a\0b"s, "\0"s, "\xff\xfe\x80"s, "'); DROP TABLE things; --",
            "?", "Äkäslompolo 🌲", std::string(100'000, 'x'));
        made.add(text);
        CHECK(database.one<std::string>("SELECT name FROM things") == text);
        CHECK(database.has("SELECT 1 FROM things WHERE name = ?", text));
        auto row = database.read("SELECT name FROM things");
        REQUIRE(row.next());
        CHECK(row.view(0) == text);
        CHECK_FALSE(row.is_null(0));
    }

    SECTION("what is empty is not null") {
        made.add("");
        made.add({});
        auto rows = database.read("SELECT name FROM things ORDER BY id");
        REQUIRE(rows.next());
        CHECK(rows.text_or_none(0) == "");
        REQUIRE(rows.next());
        CHECK(rows.is_null(0));
        CHECK(rows.text_or_none(0) == std::nullopt);
        CHECK(rows.text(0).empty());
        CHECK(rows.number(0) == 0);
        CHECK_FALSE(rows.next());
        const auto empty = database.add<ThingId>("INSERT INTO things (bytes) VALUES (?) RETURNING id", Bytes{});
        CHECK(database.has("SELECT 1 FROM things WHERE id = ? AND bytes IS NOT NULL", empty));
        CHECK(database.has("SELECT 1 FROM things WHERE name IS NOT DISTINCT FROM ?", std::optional<std::string>{}));
    }

    SECTION("a number of 64 bits") {
        const auto number = GENERATE(std::numeric_limits<std::int64_t>::min(), std::int64_t{-1}, std::int64_t{0},
            (std::int64_t{1} << 53) + 1, std::numeric_limits<std::int64_t>::max());
        database.write("INSERT INTO things (number) VALUES (?)", number);
        CHECK(database.one<std::int64_t>("SELECT number FROM things") == number);
        CHECK(database.one<base::UtcTime>("SELECT number FROM things") == base::UtcTime{number});
        CHECK(database.has("SELECT 1 FROM things WHERE number = ?", ThingId{number}));
    }

    SECTION("bytes, all of them, and none of another number") {
        std::string all;
        for (int byte = 0; byte < 256; ++byte) all.push_back(static_cast<char>(byte));
        database.write("INSERT INTO things (bytes) VALUES (?)", std::as_bytes(std::span{all}));
        auto row = database.read("SELECT bytes FROM things");
        REQUIRE(row.next());
        CHECK(row.view(0) == all);
        CHECK(row.get<std::optional<Key>>(0) == std::nullopt);
        const Key key{0, 255, 0, 7};
        const auto id = database.add<ThingId>("INSERT INTO things (bytes) VALUES (?) RETURNING id", key);
        CHECK(database.one<Key>("SELECT bytes FROM things WHERE id = ?", id) == key);
        CHECK(database.has("SELECT 1 FROM things WHERE bytes = ?", key));
    }

    SECTION("a name of an enum; one that is none is nothing") {
        database.write("INSERT INTO things (name) VALUES (?)", Colour::green);
        CHECK(database.one<std::string>("SELECT name FROM things") == "green");
        CHECK(database.one<Colour>("SELECT name FROM things") == Colour::green);
        database.write("UPDATE things SET name = 'blue'");
        CHECK(database.one<Colour>("SELECT name FROM things") == std::nullopt);
    }
}

TEST_CASE("statements are prepared once and used again, of every store") {
    const auto name = GENERATE(values(every_store));
    CAPTURE(name);
    Contract made{name};
    auto& database = made.database;

    SECTION("RETURNING gives each row that was changed, once") {
        const auto ids = database.returning<ThingId>(
            "INSERT INTO things (name) VALUES (?), (?), (?) RETURNING id", "a"s, "b"s, "c"s);
        REQUIRE(ids.size() == 3);
        CHECK(made.count() == 3);
        auto names = database.returning<std::string>(
            "UPDATE things SET number = 1 WHERE name <> ? RETURNING name", "b"s);
        std::sort(names.begin(), names.end());
        CHECK(names == std::vector<std::string>{"a", "c"});
        CHECK(database.changes("DELETE FROM things WHERE name = ? RETURNING 1", "a"s));
        CHECK_FALSE(database.changes("DELETE FROM things WHERE name = ? RETURNING 1", "a"s));
        CHECK_FALSE(database.changes("INSERT INTO things (name) VALUES (?) ON CONFLICT DO NOTHING RETURNING 1", "b"s));
    }

    SECTION("behind the last row there is none, however often it is asked") {
        auto rows = database.read("INSERT INTO things (name) VALUES ('once') RETURNING id");
        REQUIRE(rows.next());
        CHECK_FALSE(rows.next());
        CHECK_FALSE(rows.next());
        CHECK(made.count() == 1);
    }

    SECTION("within itself, and after it was left in its midst") {
        for (const auto* each : {"a", "b", "c"}) made.add(each);
        const std::string sql = "SELECT id FROM things ORDER BY id";
        int pairs = 0;
        auto outer = database.read(sql);
        while (outer.next()) {
            auto inner = database.read(sql);
            while (inner.next()) ++pairs;
            CHECK(database.one<std::int64_t>(sql) == 1);
        }
        CHECK(pairs == 9);
    }

    SECTION("after an error, with other values") {
        made.add("a");
        CHECK(fault_of([&] { made.add("a"); }) == Fault::unique);
        CHECK_NOTHROW(made.add("b"));
        CHECK(fault_of([&] { made.add("a"); }) == Fault::unique);
        CHECK(made.count() == 2);
    }

    SECTION("with each value of its own, and one statement at a time") {
        CHECK(fault_of([&] { database.write("INSERT INTO things (name) VALUES (?)"); }) == Fault::other);
        CHECK(fault_of([&] { database.write("DELETE FROM things", 1); }) == Fault::other);
        CHECK(fault_of([&] { database.write("DELETE FROM things; DELETE FROM things"); }) == Fault::other);
        CHECK(fault_of([&] { database.write("DELETE FROM nothing"); }) == Fault::other);
        CHECK_NOTHROW(made.add("a"));
    }

    SECTION("a great many texts of statements") {
        for (int number = 0; number < 1'200; ++number)
            CHECK(database.one<int>("SELECT " + std::to_string(number)) == number);
    }
}

TEST_CASE("a fault has one of five names and holds no value, of every store") {
    const auto name = GENERATE(values(every_store));
    CAPTURE(name);
    Contract made{name};
    auto& database = made.database;
    const auto secret = "Salainen Nimi"s;

    SECTION("a row that is there already") {
        made.add(secret);
        const auto error = error_of([&] { made.add(secret); });
        REQUIRE(error);
        CHECK(error->fault() == Fault::unique);
        CHECK_THAT(error->what(), !Catch::Contains("Salainen"));
        CHECK(fault_of([&] { database.write("INSERT INTO things (id) VALUES (?)", 1); }) == Fault::unique);
    }

    SECTION("a row that may not be, or a value of another kind") {
        const auto error = error_of(
            [&] { database.write("INSERT INTO things (name, number) VALUES (?, ?)", secret, 13); });
        REQUIRE(error);
        CHECK(error->fault() == Fault::other);
        CHECK_THAT(error->what(), !Catch::Contains("Salainen") && !Catch::Contains("13)"));
        const auto other = error_of([&] { database.write("INSERT INTO things (number) VALUES (?)", secret); });
        REQUIRE(other);
        CHECK(other->fault() == Fault::other);
        CHECK_THAT(other->what(), !Catch::Contains("Salainen"));
        CHECK(made.count() == 0);
    }

    SECTION("no room: nothing of it is kept, and there is room again") {
        made.add("before");
        made.store->fill(database);
        const auto error = error_of([&] {
            Transaction transaction{database};
            for (int row = 0; row < 200; ++row) made.add(secret + std::to_string(row) + std::string(4'000, 'x'));
            transaction.commit();
        });
        REQUIRE(error);
        CHECK(error->fault() == Fault::full);
        CHECK_THAT(error->what(), !Catch::Contains("Salainen"));
        CHECK_FALSE(database.is_in_transaction());
        CHECK(made.count() == 1);
        made.store->make_room(database);
        CHECK_NOTHROW(made.add("after"));
    }
}

TEST_CASE("all or nothing, of every store") {
    const auto name = GENERATE(values(every_store));
    CAPTURE(name);
    Contract made{name};
    auto& database = made.database;

    SECTION("a transaction that was committed is there, one that was left is not") {
        {
            Transaction kept{database};
            made.add("kept");
            kept.commit();
        }
        {
            const Transaction left{database};
            made.add("left");
            CHECK(made.count() == 2);
        }
        CHECK(made.count() == 1);
        CHECK_FALSE(database.is_in_transaction());
    }

    SECTION("one within another is refused, and the outer goes on") {
        Transaction outer{database};
        made.add("outer");
        CHECK(fault_of([&] { const Transaction inner{database}; }) == Fault::other);
        outer.commit();
        CHECK(made.count() == 1);
    }

    SECTION("a unit stands alone, within a transaction and within another unit") {
        {
            Unit alone{database};
            made.add("alone");
            alone.keep();
        }
        {
            const Unit left{database};
            made.add("left");
        }
        CHECK(made.count() == 1);
        Transaction transaction{database};
        {
            Unit outer{database};
            made.add("outer");
            {
                const Unit inner{database};
                made.add("inner");
            }
            outer.keep();
        }
        {
            const Unit left{database};
            made.add("left");
            Unit kept_within{database};
            made.add("kept within what is left");
            kept_within.keep();
        }
        CHECK(made.count() == 2);
        transaction.commit();
        CHECK(made.count() == 2);
    }

    SECTION("a unit in which something failed is undone, and what is around it is kept") {
        Transaction transaction{database};
        made.add("a");
        CHECK(fault_of([&] {
            Unit unit{database};
            made.add("b");
            made.add("a");
            unit.keep();
        }) == Fault::unique);
        made.add("c");
        transaction.commit();
        CHECK(made.count() == 2);
    }

    SECTION("what a connection leaves open is undone with it") {
        {
            const auto other = made.store->connect();
            other->begin_transaction();
            other->write("INSERT INTO things (name) VALUES ('left')");
        }
        CHECK(made.count() == 0);
        CHECK_NOTHROW(made.add("left"));
    }
}

TEST_CASE("one connection sees what another has committed, and nothing else, of every store") {
    const auto name = GENERATE(values(every_store));
    CAPTURE(name);
    Contract made{name};
    const auto other = made.store->connect();
    const auto seen = [&] { return other->one<std::int64_t>("SELECT count(*) FROM things"); };
    {
        Transaction transaction{made.database};
        made.add("a");
        CHECK(made.count() == 1);
        // Or it is told at once that somebody is in the way, where readers and a writer exclude each other.
        std::optional<std::int64_t> meanwhile;
        const auto refused = fault_of([&] { meanwhile = seen(); });
        CHECK((refused ? refused == Fault::aborted : meanwhile == 0));
        transaction.commit();
    }
    CHECK(seen() == 1);
    CHECK(fault_of([&] { other->write("INSERT INTO things (name) VALUES ('a')"); }) == Fault::unique);
    other->write("INSERT INTO things (name) VALUES ('b')");
    CHECK(made.count() == 2);
}

}  // namespace etakahvila::records
