#include "records/sqlite_damage.hpp"

#include "records/sqlite_database.hpp"
#include "support/catch.hpp"

using namespace etakahvila::records;

TEST_CASE("what SQLite takes for a missing value is looked at, and a value that is missing is damage") {
    SqliteDatabase database{":memory:"};
    // Its key does not stand first: SQLite 3.40.1 calls the name a NULL.
    database.script(
        "CREATE TABLE names (account INTEGER NOT NULL, name TEXT NOT NULL, name_key TEXT NOT NULL,"
        " PRIMARY KEY (account, name_key)) STRICT, WITHOUT ROWID;"
        "INSERT INTO names VALUES (3, 'Kanerva', 'kanerva')");
    for (const auto look : {DamageLook::quick, DamageLook::whole}) CHECK(damage_in(database, look).empty());
    database.script(
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, note TEXT); INSERT INTO notes VALUES (1, NULL);"
        "PRAGMA writable_schema = ON;"
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE notes (id INTEGER PRIMARY KEY, note TEXT NOT NULL)'"
        " WHERE name = 'notes'; PRAGMA writable_schema = RESET");
    CHECK(damage_in(database, DamageLook::quick) == std::vector<std::string>{"NULL value in notes.note"});
}
