// A backup in the place of the data: rooms begin a new life, what was erased stays erased, and nothing that was there
// is lost.

#include "backup/before_upgrade.hpp"
#include "backup/restore.hpp"
#include "backup/tombstone_copy.hpp"
#include "backup/helpers.hpp"
#include "journal/store_lock.hpp"
#include "records/sqlite_database.hpp"

namespace etakahvila::backup {
namespace {

using Catch::Contains;
using Catch::StartsWith;

/// The site's store is closed, as when its server was stopped.
RestoreDone restored(Site& site, const std::filesystem::path& backup, bool replaces,
    const std::function<std::int64_t(journal::SqliteStore&, const std::filesystem::path&)>& erase_again = {},
    const std::optional<std::string>& heading = {}) {
    site.store.reset();
    return restore({.backup = backup,
                       .database = site.database,
                       .replaces = replaces,
                       .bring_forward = bring_forward,
                       .heading_of = [&](const records::Database&) { return heading; },
                       .erase_again =
                           [&](journal::SqliteStore& store, const std::filesystem::path& tombstones) {
                               return erase_again ? erase_again(store, tombstones) : std::int64_t{0};
                           }},
        site.clock);
}

}  // namespace

TEST_CASE("a restored room has its steps under a new epoch, goes on from them, and the marks agree") {
    Site site;
    const auto epoch = site.store->load(room).epoch;
    const auto place = site.back_up().made.place;
    go_on(*site.store, room, 6, 9);
    site.clock.now.ms += day_ms;
    const auto done = restored(site, place, true);
    CHECK(done.manifest.made_at == first_night);

    site.store.emplace(site.database);
    CHECK(site.store->behind_marks().empty());
    CHECK(site.store->digest_faults().empty());
    const auto loaded = site.store->load(room);
    CHECK(loaded.epoch != epoch);
    CHECK(loaded.steps.size() == 5);
    CHECK_FALSE(loaded.damaged_at);
    go_on(*site.store, room, 6, 6);
    CHECK(site.store->load(room).steps.size() == 6);
    const auto reader = site.store->open_reader();
    CHECK(journal::room_row(*reader, room)->chained_with == loaded.epoch);
    const auto from = restored_from(*reader);
    REQUIRE(from);
    CHECK(from->at == site.clock.now);
    CHECK(from->made_at == first_night);
    CHECK(last_good_backup(*reader) == first_night);
}

TEST_CASE("what was there before a restore lies aside, whole") {
    Site site;
    const auto place = site.back_up().made.place;
    go_on(*site.store, room, 6, 9);
    const auto done = restored(site, place, true);
    REQUIRE(done.aside);
    CHECK(*done.aside == site.database.parent_path() / "before-restore-2026-12-03T070000Z");
    {
        journal::SqliteStore before{*done.aside / "etakahvila.sqlite"};
        CHECK(before.load(room).steps.size() == 9);
        CHECK(before.behind_marks().empty());
    }
    // In the same second once more: nothing is written over.
    const auto again = restored(site, place, true);
    REQUIRE(again.aside);
    CHECK(*again.aside != *done.aside);
    CHECK_FALSE(std::filesystem::exists(site.database.parent_path() / ".restore.part"));
    CHECK_FALSE(std::filesystem::exists(journal::restore_mark(site.database)));
}

TEST_CASE("a restore that is not to be leaves the data as it is, and says why") {
    Site site;
    const auto place = site.back_up().made.place;
    go_on(*site.store, room, 6, 9);
    const RestoreWanted wanted{.backup = place,
        .database = site.database,
        .replaces = true,
        .bring_forward = bring_forward,
        .heading_of = [](const records::Database&) { return std::optional<std::string>{}; },
        .erase_again = [](journal::SqliteStore&, const std::filesystem::path&) { return std::int64_t{0}; }};
    SECTION("a server runs") {
        CHECK_THROWS_WITH(restore(wanted, site.clock), StartsWith("Another server is using this data"));
    }
    SECTION("there is data") {
        CHECK_THROWS_WITH(restored(site, place, false), Contains("there is data already") && Contains("--replace"));
    }
    SECTION("the backup is not whole") {
        auto bytes = bytes_of(place / database_name);
        bytes[5000] = static_cast<char>(bytes[5000] ^ 1);
        put_bytes(place / database_name, bytes);
        CHECK_THROWS_WITH(restored(site, place, true), Contains("this backup is not whole") && Contains("digest"));
    }
    SECTION("what was erased cannot be erased again") {
        CHECK_THROWS_WITH(restored(site, place, true,
                              [](journal::SqliteStore&, const std::filesystem::path&) -> std::int64_t {
                                  throw std::runtime_error{"no"};
                              }),
            "no");
    }
    CHECK_FALSE(std::filesystem::exists(site.database.parent_path() / ".restore.part"));
    site.store.reset();
    journal::SqliteStore store{site.database};
    CHECK(store.load(room).steps.size() == 9);
}

TEST_CASE("a restore into an empty folder needs no leave, and makes no folder aside") {
    Site site;
    const auto place = site.back_up().made.place;
    site.store.reset();
    std::filesystem::remove_all(site.database.parent_path());
    CHECK_FALSE(restored(site, place, false).aside);
    site.store.emplace(site.database);
    CHECK(site.store->load(room).steps.size() == 5);
}

TEST_CASE("a restore that was cut off is done again, from where it was") {
    Site site;
    const auto place = site.back_up().made.place;
    site.store.reset();
    // The old data is aside, and the new is not there yet.
    std::filesystem::create_directory(site.folder.path() / "aside");
    std::filesystem::rename(site.database, site.folder.path() / "aside" / "etakahvila.sqlite");
    put_bytes(journal::restore_mark(site.database), place.string() + '\n');
    CHECK_THROWS_WITH(journal::SqliteStore{site.database}, StartsWith("A restore of this data was not finished"));
    CHECK_THROWS_WITH(restored(site, place, false), Contains("there is data already"));
    restored(site, place, true);
    site.store.emplace(site.database);
    CHECK(site.store->load(room).steps.size() == 5);
}

TEST_CASE("what was erased since the backup is erased in it too, by the lists of both places") {
    Site site;
    const std::string heading = "etakahvila-tombstones 41\n";
    const auto list = tombstones_of(site.database);
    put_bytes(list, heading + "1 100 contacts 1 0\n");
    const auto place = site.back_up().made.place;
    CHECK(bytes_of(shelved_tombstones(site.shelf)) == bytes_of(list));
    put_bytes(list, heading + "1 100 contacts 1 0\n2 200 person 5 0\n3 30");
    std::string given;
    const auto done = restored(site, place, true, [&](journal::SqliteStore& store, const std::filesystem::path& file) {
        given = bytes_of(file);
        CHECK(store.load(room).steps.size() == 5);
        store.write_and_wait([&](records::Database& database) {
            database.script("CREATE TABLE erased (id INTEGER) STRICT; INSERT INTO erased VALUES (5)");
            store.note_erased();
        });
        return std::int64_t{1};
    });
    CHECK(done.erased == 1);
    CHECK(given == heading + "1 100 contacts 1 0\n2 200 person 5 0\n");
    CHECK(bytes_of(list) == given);
    site.store.emplace(site.database);
    CHECK(site.store->open_reader()->has("SELECT 1 FROM erased"));

    // On a new machine the copy beside the backups is all there is.
    site.store.reset();
    std::filesystem::remove_all(site.database.parent_path());
    restored(site, place, false, [&](journal::SqliteStore&, const std::filesystem::path& file) {
        given = bytes_of(file);
        return std::int64_t{0};
    });
    CHECK(given == heading + "1 100 contacts 1 0\n");
}

TEST_CASE("a restore without any list of what was erased says so") {
    Site site;
    const auto place = site.back_up().made.place;
    const auto done = restored(site, place, true);
    REQUIRE(done.notes.size() == 1);
    CHECK_THAT(done.notes[0], StartsWith("No list of what was erased was found") &&
                                  Contains(shelved_tombstones(site.shelf).string()) &&
                                  Contains(tombstones_of(site.database).string()));
    put_bytes(shelved_tombstones(site.shelf), "etakahvila-tombstones 41\n1 100 contacts 1 0\n");
    site.clock.now.ms += second_ms;
    CHECK(restored(site, place, true).notes.empty());
}

TEST_CASE("a list of other data is not used, and lies aside with the data that it is of") {
    Site site;
    const std::string own = "etakahvila-tombstones 41\n1 100 contacts 1 0\n";
    const std::string others = "etakahvila-tombstones 42\n1 100 person 5 0\n";
    const auto place = site.back_up().made.place;
    const auto list = tombstones_of(site.database);
    put_bytes(list, others);
    std::string given;
    const auto erase = [&](journal::SqliteStore&, const std::filesystem::path& file) {
        given = std::filesystem::exists(file) ? bytes_of(file) : "";
        return std::int64_t{0};
    };
    SECTION("its own is beside the backups") {
        put_bytes(shelved_tombstones(site.shelf), own);
        const auto done = restored(site, place, true, erase, "etakahvila-tombstones 41");
        CHECK(given == own);
        CHECK(bytes_of(list) == own);
        REQUIRE(done.aside);
        CHECK(bytes_of(*done.aside / list.filename()) == others);
        REQUIRE(done.notes.size() == 1);
        CHECK_THAT(done.notes[0], Contains("of other data") && Contains(list.string()));
    }
    SECTION("there is no other") {
        const auto done = restored(site, place, true, erase, "etakahvila-tombstones 41");
        CHECK(given.empty());
        CHECK_FALSE(std::filesystem::exists(list));
        REQUIRE(done.aside);
        CHECK(bytes_of(*done.aside / list.filename()) == others);
        CHECK(done.notes.size() == 2);
    }
}

TEST_CASE("lists of what was erased are put together by their lines, and those of other data are not mixed in") {
    const std::string heading = "etakahvila-tombstones 41\n";
    CHECK(union_of("", "").empty());
    CHECK(union_of(heading + "1 a\n2 b\n", heading + "1 a\n") == heading + "1 a\n2 b\n");
    CHECK(union_of(heading + "1 a\n10 c\n", heading + "1 a\n9 b\n9 b\n2") == heading + "1 a\n9 b\n10 c\n");
    CHECK(union_of("", heading + "1 a\n") == heading + "1 a\n");
    CHECK(union_of(heading + "1 a\n", "etakahvila-tombstones 42\n2 b\n") == heading + "1 a\n");

    Site site;
    put_bytes(tombstones_of(site.database), heading + "1 a\n");
    site.back_up();
    put_bytes(tombstones_of(site.database), "etakahvila-tombstones 42\n1 b\n");
    site.clock.now.ms += second_ms;
    site.back_up();
    CHECK(bytes_of(shelved_tombstones(site.shelf)) == "etakahvila-tombstones 42\n1 b\n");
    CHECK(bytes_of(site.shelf / "tombstones.of-other-data-1") == heading + "1 a\n");
    // Without a list the copy stays.
    std::filesystem::remove(tombstones_of(site.database));
    site.clock.now.ms += second_ms;
    site.back_up();
    CHECK(bytes_of(shelved_tombstones(site.shelf)) == "etakahvila-tombstones 42\n1 b\n");
}

TEST_CASE("before an upgrade a backup is made that restores, and a backup of an older level is brought forward") {
    Site site;
    site.store.reset();
    {
        // As it was before there was a level: digests that begin with zeros.
        records::SqliteDatabase database{site.database.string()};
        for (const auto& row : journal::room_rows(database)) {
            std::vector<std::pair<Seq, std::string>> records;
            journal::walk_chain(database, row, [&](Seq seq, std::string_view text) {
                records.emplace_back(seq, text);
                return true;
            });
            journal::Digest digest{};
            for (const auto& [seq, text] : records) {
                digest = journal::chained(digest, seq, text);
                database.write("UPDATE steps SET digest = ? WHERE session = ? AND seq = ?", digest, row.session, seq);
            }
        }
        database.script(
            "ALTER TABLE rooms DROP COLUMN chained_with; ALTER TABLE rooms DROP COLUMN compactions;"
            "DROP TABLE data_format;"
            "UPDATE schema_version SET version = 2 WHERE part = 'journal'");
    }
    std::filesystem::path place;
    {
        journal::SqliteStore store{
            site.database, with_backup_before_upgrade(site.database, site.clock,
                               [&](const std::filesystem::path& made, const journal::Format& from) {
                                   place = made;
                                   CHECK(from.level == 1);
                               })};
        CHECK(store.load(room).steps.size() == 5);
        CHECK(journal::format_of(*store.open_reader())->before_upgrade == place.string());
    }
    CHECK(place == before_upgrade_folder(site.database) / "etakahvila-2026-12-03T070000Z");
    CHECK(problems_of(place).empty());
    CHECK(verify(place).manifest->level == 1);
    // A later program has had the data meanwhile: this one does not open it, and puts back what was before.
    records::SqliteDatabase{site.database.string()}.script("UPDATE data_format SET level = 1000");
    CHECK_THROWS_AS(journal::SqliteStore{site.database}, journal::NewerData);
    restored(site, place, true);
    site.store.emplace(site.database);
    const auto loaded = site.store->load(room);
    CHECK(loaded.steps.size() == 5);
    CHECK(journal::room_row(*site.store->open_reader(), room)->chained_with == loaded.epoch);
}

}  // namespace etakahvila::backup
