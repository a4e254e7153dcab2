// What the keeper asks of a running house: the store's pages are not written anew under people's feet, the list of what
// was erased lies beside the backups, and the end of the house waits for an erasure that has begun.

#include <future>
#include <thread>

#include "backup/tombstone_copy.hpp"
#include "house/house.hpp"
#include "records/sqlite_database.hpp"
#include "reports/day_store.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace std::chrono_literals;
using protocol::Role;

namespace {

/// The plan says another time than people do.
void move_session(TestHouse& house, protocol::SessionId session, std::chrono::milliseconds by) {
    house.store().write_and_wait([&](records::Database& database) {
        database.write("UPDATE sessions SET starts_at = starts_at + ?, ends_at = ends_at + ? WHERE id = ?", by.count(),
            by.count(), session);
    });
}

std::size_t threads_now() {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& thread : std::filesystem::directory_iterator{"/proc/self/task"}) ++count;
    return count;
}

}  // namespace

TEST_CASE("Keeping: while somebody is in a room the pages are not written anew, whatever the plan says") {
    TestHouse house;
    const auto session = house.plan_session();
    const auto olli = house.invite(session, Role::facilitator, "Olli");
    house::DirectoryRooms rooms{house.store(), house.house->directory(), *house.log_};
    move_session(house, session, 1h);
    {
        RoomClient early{house};
        early.come_in(enter(house, olli));
        CHECK_FALSE(rooms.write_pages_anew());
        CHECK(house.log().find("keeping_pages_failed") == std::string::npos);
    }
    wait_until([&] { return rooms.write_pages_anew(); });
}

TEST_CASE("Keeping: pages that could not be written anew are logged") {
    TestHouse house;
    house::DirectoryRooms rooms{house.store(), house.house->directory(), *house.log_};
    records::SqliteDatabase other{house.store().file().string(), records::SqliteDatabase::Access::write_beside_others};
    other.script("BEGIN IMMEDIATE");
    CHECK_FALSE(rooms.write_pages_anew());
    CHECK(house.log().find("keeping_pages_failed") != std::string::npos);
    other.script("ROLLBACK");
    CHECK(rooms.write_pages_anew());
}

TEST_CASE("Keeping: what was erased is told beside the backups at once") {
    TestHouse house;
    const auto session = house.plan_session();
    const auto maija = house.invite(session, Role::participant, "Maija Mäki");
    move_session(house, session, 24h);
    const auto copy = backup::shelved_tombstones(house.settings.backup_folder);
    SECTION("where there are backups") {
        std::filesystem::create_directories(house.settings.backup_folder);
        house.house->keeper().erase_person(maija.person);
        const auto list = backup::read_tombstones(backup::tombstones_of(house.store().file()));
        CHECK(list.find(" person " + std::to_string(maija.person.value) + " ") != std::string::npos);
        CHECK(backup::read_tombstones(copy) == list);
    }
    SECTION("where there are none yet") {
        house.house->keeper().erase_person(maija.person);
        CHECK_FALSE(std::filesystem::exists(house.settings.backup_folder));
    }
    SECTION("where it cannot be") {
        std::filesystem::create_directories(copy);
        house.house->keeper().erase_person(maija.person);
        CHECK(house.log().find("tombstones_not_copied") != std::string::npos);
    }
}

TEST_CASE("Keeping: a house that is closed while a person is being erased ends, and the erasure with it") {
    TestHouse house;
    // Those that have nothing to do end before the one that has.
    house.settings.api_threads = 4;
    house.open_anew();
    const auto session = house.plan_session();
    const auto maija = house.invite(session, Role::participant, "Maija Mäki");
    const auto key = house.coordinator_key();
    {
        RoomClient theirs{house};
        theirs.come_in(enter(house, maija, "Mustikka"));
    }
    house::DirectoryRooms rooms{house.store(), house.house->directory(), *house.log_};
    wait_until([&] { return rooms.write_pages_anew(); });
    house.store().write_and_wait([&](records::Database& database) {
        reports::keep_day(database,
            {.session = session,
                .version = 1,
                .phase = protocol::Phase::sealed,
                .lines = {},
                .sealed_at = house.clock.utc()},
            house.clock.utc());
    });
    move_session(house, session, -24h);

    // The disk takes its time. What has been asked by then goes on when the house is at its end.
    std::promise<void> disk;
    std::promise<bool> is_held;
    house.store().write(
        [&](records::Database&) {
            is_held.set_value(true);
            disk.get_future().wait();
        },
        [](bool) {});
    is_held.get_future().wait();
    {
        RawClient asks{house};
        const std::string body = R"({"is_understood":true})";
        asks.send("POST /api/people/" + std::to_string(maija.person.value) +
                  "/erasure HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + bearer(key) +
                  "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
        wait_until([&] { return house.store().waiting() > 0; });
    }
    const auto threads = threads_now();
    auto closing = std::async(std::launch::async, [&] { house.house->close(); });
    // The two keepers of time, and whoever the house ends next: the one that closes it has come.
    wait_until([&] { return threads_now() + 2 <= threads; });
    disk.set_value();
    wait_until([&] { return closing.wait_for(0s) == std::future_status::ready; });
    CHECK(house.store().open_reader()->one<std::string>("SELECT name FROM people WHERE id = ?", maija.person) !=
          "Maija Mäki");
}
