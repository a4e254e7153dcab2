// The drill: last night's backup is put into a second server, on another machine, and the day goes on there.

#include <set>

#include "backup/backup.hpp"
#include "backup/restore.hpp"
#include "base/secret.hpp"
#include "house/house.hpp"
#include "keeping/registry.hpp"
#include "keeping/tombstones.hpp"
#include "people/provider_sign_in.hpp"
#include "people/second_step.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/test_house.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;
using namespace std::chrono_literals;
using protocol::Role;

namespace {

protocol::SendMessage said(std::string text) {
    return {.channel = protocol::Channel::room, .text = std::move(text), .reply_to = {}};
}

backup::Made back_up(TestHouse& house) {
    return backup::make_backup(house.store(),
        {.database = house.store().file(),
            .folder = house.settings.backup_folder,
            .keeping = {.newest = house.settings.backup_keep, .days = house.settings.backup_days},
            .goes_on = {}},
        house.clock)
        .made;
}

/// The house is closed, gets the backup in place of what it has, and opens again.
backup::RestoreDone put_back(TestHouse& house, const std::filesystem::path& place) {
    house.house.reset();
    auto done = backup::restore(
        {.backup = place,
            .database = house::data_file(house.settings),
            .replaces = true,
            .bring_forward = house::migrate,
            .heading_of = keeping::tombstone_heading,
            .erase_again = [](journal::SqliteStore&, const std::filesystem::path&) { return std::int64_t{0}; }},
        house.clock);
    house.open_anew();
    return done;
}

/// The texts of the room that a newcomer is shown.
std::vector<std::string> texts_for(RoomClient& client) {
    std::vector<std::string> texts;
    const auto shown = client.expect<protocol::Batch>();
    for (const auto& change : shown.changes) {
        if (const auto* message = std::get_if<protocol::Message>(&change)) {
            if (message->text) texts.push_back(*message->text);
        }
    }
    return texts;
}

}  // namespace

TEST_CASE("Drill: last night's backup is restored into a second server, links open, and the room goes on") {
    TestHouse first;
    const auto session = first.plan_session();
    const auto olli = first.invite(session, Role::facilitator, "Olli");
    const auto maija = first.invite(session, Role::participant, "Maija Mäki");
    std::filesystem::path place;
    protocol::Welcome before;
    std::int64_t seq_before{};
    {
        RoomClient facilitator{first};
        before = facilitator.come_in(enter(first, olli));
        REQUIRE_FALSE(facilitator.outcome_of("a1", protocol::OpenDoors{}).refusal);
        REQUIRE_FALSE(facilitator.outcome_of("a2", protocol::GoLive{}).refusal);
        RoomClient participant{first};
        participant.come_in(enter(first, maija, "Mustikka"));
        REQUIRE_FALSE(participant.outcome_of("b1", said("Nukuin hyvin.")).refusal);
        // While both are in the room.
        const auto made = back_up(first);
        place = made.place;
        REQUIRE(made.manifest.rooms.size() == 1);
        CHECK_FALSE(made.manifest.rooms[0].damaged_from);
        seq_before = participant.outcome_of("b2", said("Vasta varmuuskopion jälkeen.")).seq;
        CHECK(seq_before > made.manifest.rooms[0].steps);
    }

    TestHouse second;
    const auto done = put_back(second, place);
    CHECK(done.manifest.rooms.size() == 1);
    CHECK(done.aside);
    for (const auto* event : {"room_damaged", "room_newer", "marks_ahead", "marks_damaged"})
        CHECK(second.log().find(event) == std::string::npos);

    // Who was there comes back with what they know, and starts over: what was said after the backup is not.
    RoomClient facilitator{second};
    const auto welcome = facilitator.come_in(
        enter(second, olli), protocol::ResumePoint{.epoch = before.epoch, .seq = seq_before});
    CHECK_FALSE(welcome.resumed);
    CHECK(welcome.epoch != before.epoch);
    CHECK(welcome.me == before.me);
    CHECK(texts_for(facilitator) == std::vector<std::string>{"Nukuin hyvin."});
    RoomClient participant{second};
    participant.come_in(enter(second, maija, "Mustikka"));
    const auto outcome = participant.outcome_of("b3", said("Päivä jatkuu."));
    CHECK_FALSE(outcome.refusal);
    REQUIRE_FALSE(facilitator.outcome_of("a3", protocol::CloseSession{}).refusal);

    // And over a restart.
    second.open_anew();
    CHECK(second.store().behind_marks().empty());
    CHECK(second.store().digest_faults().empty());
    RoomClient again{second};
    again.come_in(enter(second, olli));
    CHECK(texts_for(again) == std::vector<std::string>{"Nukuin hyvin.", "Päivä jatkuu."});
}

TEST_CASE("Drill: after a restore nobody is signed in, and what opened something once opens nothing") {
    TestHouse first;
    const auto aino = first.add_account("Aino", {{.role = people::StaffRole::coordinator, .series = {}}});
    const auto signed_in = sign_in(first, "Aino");
    std::optional<people::Secret> link;
    first.store().write_and_wait([&](records::Database& database) {
        const auto now = first.clock.utc();
        link = std::get<people::Secret>(people::make_password_link(database, aino, now, base::fill_random));
        people::begin_half_sign_in(database, aino, now, base::fill_random);
        people::begin_second_step(database, aino, now, base::fill_random);
        people::wait_for_binding(
            database, {.issuer = "https://login.example", .subject = "s-17"}, now, base::fill_random);
    });
    // Secrets that live for days at most: whatever table is added, it is among them here.
    std::set<std::string> living;
    for (const auto& listed : keeping::registry()) {
        const auto columns = " " + std::string{listed.columns} + " ";
        const bool has_secret = columns.find(" secret_hash ") != columns.npos ||
                                columns.find(" secret ") != columns.npos;
        if (has_secret &&
            listed.fate == std::variant<protocol::KeepingRule, keeping::Stays>{keeping::Stays::ends_by_itself})
            living.emplace(listed.table);
    }
    CHECK(living.size() == 5);
    for (const auto& table : living) {
        CAPTURE(table);
        CHECK(first.store().open_reader()->has("SELECT 1 FROM " + table));
    }
    const auto made = back_up(first);

    TestHouse second;
    put_back(second, made.place);
    for (const auto& table : living) {
        CAPTURE(table);
        CHECK_FALSE(second.store().open_reader()->has("SELECT 1 FROM " + table));
    }
    CHECK(ask(second, "GET", "/api/me", {}, signed_in.fields(second)).status == 401);
    CHECK(ask(second, "POST", "/api/password/look", secret_body(link->to_link())).status == 404);
    CHECK(try_to_sign_in(second, "Aino", TestHouse::password).status == 200);
}

TEST_CASE("A site of before is copied aside before it is brought forward, and that is logged with its place") {
    const TestHouse house{{.site_before = test_file("data/sites/before-seasons.sql")}};
    const auto made = backup::backups_in(backup::before_upgrade_folder(house.store().file()));
    REQUIRE(made.size() == 1);
    CHECK(house.log().find("backup_before_upgrade") != std::string::npos);
    CHECK(house.log().find(made[0].place.filename().string()) != std::string::npos);
    CHECK(journal::format_of(*house.store().open_reader())->before_upgrade == made[0].place.string());
}

TEST_CASE("An older database beside newer marks is told at the start, with what to do") {
    TestHouse house;
    const auto session = house.plan_session();
    const auto olli = house.invite(session, Role::facilitator, "Olli");
    const auto file = house.store().file();
    const auto older = house.folder.path() / "older";
    const auto act = [&](const std::string& id, protocol::Command command) {
        RoomClient facilitator{house};
        facilitator.come_in(enter(house, olli));
        REQUIRE_FALSE(facilitator.outcome_of(id, std::move(command)).refusal);
    };
    act("a1", protocol::OpenDoors{});
    house.house.reset();
    std::filesystem::copy(file, older);
    house.open_anew();
    act("a2", protocol::GoLive{});
    house.house.reset();
    std::filesystem::rename(older, file);
    house.open_anew();
    CHECK(house.log().find("marks_ahead") != std::string::npos);
    CHECK(house.log().find("etakahvila restore --replace") != std::string::npos);
}
