// Each way in which a backup can be wrong is found and told: in words, and as what it is.

#include "backup/helpers.hpp"
#include "records/sqlite_database.hpp"

namespace etakahvila::backup {
namespace {

using Catch::Contains;

void change(const std::filesystem::path& place, const std::string& sql) {
    {
        records::SqliteDatabase database{(place / database_name).string()};
        database.script(sql);
    }
    sign_anew(place);
}

void say(const std::filesystem::path& place, const std::function<void(Manifest&)>& change) {
    auto manifest = read_manifest(bytes_of(place / manifest_name));
    REQUIRE(manifest);
    change(*manifest);
    put_bytes(place / manifest_name, to_text(*manifest));
    sign_anew(place);
}

}  // namespace

TEST_CASE("a byte that has turned over in any file of a backup is found, wherever it is") {
    Site site;
    const auto place = site.back_up().made.place;
    REQUIRE(problems_of(place).empty());
    for (const auto& name : names_in(place)) {
        const auto whole = bytes_of(place / name);
        for (std::size_t tried = 0; tried < 40; ++tried) {
            const auto at = tried * (whole.size() - 1) / 39;
            auto harmed = whole;
            harmed[at] = static_cast<char>(harmed[at] ^ (1 << (tried % 8)));
            put_bytes(place / name, harmed);
            INFO(name << " at " << at);
            CHECK_FALSE(verify(place).problems.empty());
        }
        put_bytes(place / name, whole);
    }
    CHECK(problems_of(place).empty());
}

TEST_CASE("files that are cut, missing, or of another backup are named") {
    Site site;
    const auto place = site.back_up().made.place;
    go_on(*site.store, room, 6, 9);
    site.clock.now.ms += second_ms;
    const auto later = site.back_up().made.place;
    for (const auto& name : names_in(place)) {
        const auto whole = bytes_of(place / name);
        INFO(name);
        put_bytes(place / name, whole.substr(0, whole.size() / 2));
        CHECK_FALSE(problems_of(place).empty());
        put_bytes(place / name, bytes_of(later / name));
        CHECK_THAT(problems_of(place), Contains("damaged, or from another backup"));
        std::filesystem::remove(place / name);
        CHECK_THAT(problems_of(place), Contains("A file is missing: " + name));
        put_bytes(place / name, whole);
    }
    put_bytes(place / "notes.txt", "x");
    CHECK_THAT(problems_of(place), Contains("no part of a backup: notes.txt"));
    CHECK_THAT(problems_of(site.folder.path() / "nothing"), Contains("There is no backup here"));
    CHECK_THAT(problems_of(later / manifest_name), Contains("There is no backup here"));
    CHECK_THAT(problems_of(site.folder.path()), Contains("A file is missing"));
}

TEST_CASE("what only the digests of the steps and the manifest can tell is told, though the sums are right") {
    Site site;
    const auto place = site.back_up().made.place;
    const auto [harm, told] = GENERATE(table<std::string, std::string>({
        {"UPDATE steps SET record = replace(record, 'Rivi 3', 'Rivi 9') WHERE session = 7",
            "Session 7 is damaged from step 3 on"},
        {"DELETE FROM steps WHERE session = 8 AND seq = 2", "Session 8 is damaged from step 2 on"},
        {"DELETE FROM steps WHERE session = 8 AND seq = 5", "Session 8 ends at step 4, and the manifest says 5"},
        {"DELETE FROM steps WHERE session = 8; DELETE FROM rooms WHERE session = 8", "Session 8 is missing"},
        {"INSERT INTO rooms (session, epoch, chained_with) VALUES (9, 'x', 'x')",
            "Session 9 is there, and not in the manifest"},
        {"UPDATE rooms SET epoch = 'x', chained_with = 'x' WHERE session = 7", "Session 7 is damaged from step 1 on"},
        {"INSERT INTO ballots VALUES (7, 3, 4, '.x......')", "answers to a poll that was open"},
        {"UPDATE schema_version SET version = 99 WHERE part = 'people'", "tells of other tables"},
        {"UPDATE data_format SET level = 1", "says format"},
        {"DROP TABLE steps", "not the data of this program"},
        {"CREATE TRIGGER sly AFTER INSERT ON steps BEGIN DELETE FROM steps; END", "has a trigger"},
        {"CREATE VIEW sly AS SELECT * FROM steps", "has a view"},
    }));
    CAPTURE(harm);
    change(place, harm);
    CHECK_THAT(problems_of(place), Contains(told));
}

TEST_CASE("a database that SQLite cannot read is named, though the sums are right") {
    Site site;
    const auto place = site.back_up().made.place;
    auto bytes = bytes_of(place / database_name);
    // Every page but the first.
    for (std::size_t at = 4096; at + 64 < bytes.size(); at += 4096) bytes.replace(at, 64, std::string(64, '\x7f'));
    put_bytes(place / database_name, bytes);
    sign_anew(place);
    CHECK_THAT(problems_of(place), Contains("etakahvila.sqlite is damaged"));
    put_bytes(place / database_name, "This is no database.");
    sign_anew(place);
    CHECK_FALSE(problems_of(place).empty());
}

TEST_CASE("a backup of a newer program is told as that, and not as damage") {
    Site site;
    const auto place = site.back_up().made.place;
    say(place, [](Manifest& manifest) {
        manifest.level = journal::format_level + 1;
        manifest.program = "9.1.0";
    });
    const auto verified = verify(place);
    REQUIRE(verified.problems.size() == 1);
    CHECK_THAT(verified.problems[0],
        Contains("made by a newer version of the program: etakahvila 9.1.0") && Contains("It is no damage"));
}

TEST_CASE("a room that was damaged before the backup was made is no fault of the backup") {
    Site site;
    site.store->write_and_wait([](records::Database& database) {
        database.script("UPDATE steps SET record = '{}' WHERE session = 7 AND seq = 4");
    });
    const auto made = site.back_up().made;
    CHECK(made.manifest.rooms.at(0).damaged_from == 4);
    const auto verified = verify(made.place);
    CHECK(verified.problems.empty());
    REQUIRE(verified.notes.size() == 1);
    CHECK_THAT(verified.notes[0], Contains("Session 7 was damaged already when the backup was made, from step 4"));
}

TEST_CASE("a manifest and sums are read as they are written, and nothing else is") {
    const Manifest manifest{.program = "0.1.0",
        .level = 2,
        .made_at = first_night,
        .parts = {{.part = "journal", .version = 3}},
        .rooms = {{.session = room, .steps = 5, .digest = std::string(32, 'a'), .damaged_from = 3}}};
    CHECK(read_manifest(to_text(manifest)) == manifest);
    auto odd = manifest;
    odd.rooms[0].digest = std::string(32, 'g');
    CHECK_FALSE(read_manifest(to_text(odd)));
    odd = manifest;
    odd.manifest = 2;
    CHECK_FALSE(read_manifest(to_text(odd)));
    for (const auto* text : {"", "{}", "[]", "null"}) CHECK_FALSE(read_manifest(text));

    const Sums sums{{"etakahvila.sqlite", std::string(64, '0')}, {"manifest.json", std::string(64, 'f')}};
    CHECK(read_sums(to_text(sums)) == sums);
    for (const auto& text : {std::string(64, '0') + "  a", std::string(64, '0') + " *a\n",
             std::string(64, 'G') + "  a\n", std::string(64, '0') + "  ../a\n", std::string(64, '0') + "  .a\n",
             std::string(64, '0') + "  a\n" + std::string(64, '1') + "  a\n", std::string("\n")})
        CHECK_FALSE(read_sums(text));
}

}  // namespace etakahvila::backup
