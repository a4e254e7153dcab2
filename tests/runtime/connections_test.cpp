// Who comes gets a place, who goes is hung up, and the room is told.

#include <algorithm>

#include "runtime/room_of_parts.hpp"

namespace etakahvila::runtime {
namespace {

using namespace std::chrono_literals;
using journal::Saves;

TEST_CASE("connections: who comes has a place, is known to the room, and is greeted") {
    RoomOfParts room;
    const auto guest = room.come(room.mustikka);
    CHECK(room.connections.present().has(guest.connection));
    REQUIRE(room.asked.size() == 1);
    CHECK(std::get<domain::OpenConnection>(room.asked.front()).connection == guest.connection);
    CHECK(guest.line->all<protocol::Welcome>().size() == 1);
    CHECK_FALSE(guest.line->closed);
}

TEST_CASE("connections: who may not come in is hung up, and has no place") {
    RoomOfParts room;
    room.come(room.moderaattori);
    SECTION("the room is shut") {
        room.connections.shut();
        CHECK(room.come(room.mustikka).line->closed == CloseCode::restart);
    }
    SECTION("they have as many connections as there may be") {
        for (std::ptrdiff_t more = 0; more < connections_per_person_max; ++more) room.come(room.mustikka);
        CHECK(room.come(room.mustikka).line->closed == CloseCode::too_many_lines);
        return;
    }
    SECTION("their right has been taken away since") {
        room.tickets.forget(room.mustikka, RoomOfParts::session);
        CHECK(room.come(room.mustikka).line->closed == CloseCode::bad_ticket);
    }
    SECTION("they have been removed, be it that nothing can be saved now") {
        room.command(room.moderaattori, protocol::OpenDoors{});
        room.command(room.moderaattori,
            protocol::RemovePerson{.person = room.mustikka, .reason = "Häiritsi muita", .ban = false});
        const bool is_saving = GENERATE(true, false);
        if (!is_saving) room.saving.follow(Saves::nothing);
        CHECK(room.come(room.mustikka).line->closed == CloseCode::removed);
    }
    CHECK(room.connections.present().all().size() == 1);
}

TEST_CASE("connections: while nothing can be saved who is known looks on, and the room is told of them later") {
    RoomOfParts room;
    room.saving.follow(Saves::nothing);
    const auto guest = room.come(room.mustikka);
    CHECK(guest.line->all<protocol::Welcome>().size() == 1);
    CHECK(room.asked.empty());
    room.connections.catch_up();
    CHECK(room.asked.empty());

    room.saving.follow(Saves::everything);
    room.connections.catch_up();
    const auto opened = std::find_if(room.asked.begin(), room.asked.end(),
        [](const domain::Input& input) { return std::holds_alternative<domain::OpenConnection>(input); });
    REQUIRE(opened != room.asked.end());
    CHECK(std::get<domain::OpenConnection>(*opened).connection == guest.connection);
}

TEST_CASE("connections: the room is told how a connection ended, and since when it was silent") {
    RoomOfParts room;
    const auto lost = room.come(room.mustikka);
    const auto left = room.come(room.mustikka);
    room.asked.clear();
    room.time.pass(20s);
    room.connections.lost(lost.connection, 15'000ms);
    room.connections.left(left.connection);
    // Once is enough.
    room.connections.lost(left.connection, {});
    room.time.run();
    CHECK(lost.line->closed == CloseCode::silent);
    CHECK(left.line->closed == CloseCode::left);
    CHECK(room.connections.present().is_empty());
    REQUIRE(room.asked.size() == 2);
    const auto& silent = std::get<domain::LoseConnection>(room.asked[0]);
    CHECK(silent.connection == lost.connection);
    CHECK(silent.silent_since == room.clock.stamp().at - 15'000ms);
    CHECK(std::get<domain::LeaveConnection>(room.asked[1]).connection == left.connection);
}

TEST_CASE("connections: of an end that could not be saved the room is told when it can, as of then") {
    RoomOfParts room;
    const auto guest = room.come(room.mustikka);
    room.saving.follow(Saves::nothing);
    room.asked.clear();
    const auto at = room.clock.stamp().at;
    room.connections.left(guest.connection);
    CHECK(room.asked.empty());
    room.time.pass(10s);
    room.saving.follow(Saves::everything);
    room.connections.catch_up();
    const auto told = std::find_if(room.asked.begin(), room.asked.end(), [&](const domain::Input& input) {
        const auto* lost = std::get_if<domain::LoseConnection>(&input);
        return lost != nullptr && lost->connection == guest.connection;
    });
    REQUIRE(told != room.asked.end());
    CHECK(std::get<domain::LoseConnection>(*told).silent_since == at);
}

TEST_CASE("connections: who is shut out loses all their connections, and nobody else") {
    RoomOfParts room;
    const auto staff = room.come(room.moderaattori);
    const auto phone = room.come(room.mustikka);
    const auto laptop = room.come(room.mustikka);
    room.connections.shut_out(room.mustikka);
    room.time.run();
    CHECK(phone.line->closed == CloseCode::bad_ticket);
    CHECK(laptop.line->closed == CloseCode::bad_ticket);
    CHECK_FALSE(staff.line->closed);
    room.connections.hang_up_all(CloseCode::gap);
    room.time.run();
    CHECK(staff.line->closed == CloseCode::gap);
    CHECK(room.connections.present().is_empty());
}

}  // namespace
}  // namespace etakahvila::runtime
