// What a step means to those outside the room.

#include "domain/room/beyond.hpp"
#include "support/catch.hpp"
#include "support/room_driver.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

/// Of the newest step.
Beyond last_beyond(const RoomDriver& room) { return beyond(room.room(), room.steps().back()); }

struct LiveRoom : RoomDriver {
    PersonId ohjaaja = admit("Ohjaaja", Role::facilitator);
    PersonId moderaattori = admit("Moderaattori", Role::moderator);
    PersonId mustikka = admit("Mustikka");

    LiveRoom() { go_live(ohjaaja); }
};

}  // namespace

TEST_CASE("beyond: words of the chat mean nothing outside the room") {
    LiveRoom room;
    REQUIRE(room.ask(room.mustikka, SendMessage{.channel = Channel::room, .text = "Hei", .reply_to = {}}).is_done());
    const auto seen = last_beyond(room);
    CHECK_FALSE(seen.makes_report);
    CHECK_FALSE(seen.moves_voice);
    CHECK_FALSE(seen.changes_help);
    CHECK(seen.removed.empty());
    CHECK(seen.silenced.empty());
    CHECK(seen.texts_taken_away.empty());
}

TEST_CASE("beyond: a turn moves voice, and so does whoever comes and goes") {
    LiveRoom room;
    REQUIRE(room.ask(room.ohjaaja, GrantFloorTo{.person = room.mustikka, .expected_turn = {}}).is_done());
    CHECK(last_beyond(room).moves_voice);
    REQUIRE(room.ask(room.ohjaaja, SetOnStage{.person = room.mustikka, .on = true}).is_done());
    CHECK(last_beyond(room).moves_voice);
    room.admit("Kanerva");
    CHECK(last_beyond(room).moves_voice);
}

TEST_CASE("beyond: a call for help, its answer and its end are told, and who is to be helped is known") {
    LiveRoom room;
    CHECK(people_to_help(room.room()).empty());
    const auto asked = room.ask(room.mustikka, AskForHelp{.kind = HelpKind::cannot_hear, .words = {}, .call_back = {}});
    REQUIRE(asked.is_done());
    CHECK(last_beyond(room).changes_help);
    CHECK(people_to_help(room.room()) == std::set{room.mustikka});
    REQUIRE(room.ask(room.moderaattori, ClaimHelp{asked.id<HelpId>()}).is_done());
    CHECK(last_beyond(room).changes_help);
    CHECK(people_to_help(room.room()) == std::set{room.mustikka});
    REQUIRE(room.ask(room.moderaattori, SolveHelp{asked.id<HelpId>()}).is_done());
    CHECK(last_beyond(room).changes_help);
    CHECK(people_to_help(room.room()).empty());
}

TEST_CASE("beyond: who is removed or silenced, and whose text is taken away, is named") {
    LiveRoom room;
    REQUIRE(room.ask(room.ohjaaja, GrantFloorTo{.person = room.mustikka, .expected_turn = {}}).is_done());
    const auto turn = room.room().floor.turn.value().id;
    REQUIRE(room.ask(room.mustikka, KeepTurnText{.turn = turn, .text = "Nukun"}).is_done());
    CHECK(last_beyond(room).texts_taken_away.empty());
    REQUIRE(room.ask(room.moderaattori, KeepTurnText{.turn = turn, .text = ""}).is_done());
    CHECK(last_beyond(room).texts_taken_away == std::vector{turn});
    REQUIRE(
        room.ask(room.moderaattori, SilencePerson{.person = room.mustikka, .minutes = 5, .reason = "Tauko"}).is_done());
    CHECK(last_beyond(room).silenced == std::vector{room.mustikka});
    REQUIRE(room.ask(room.moderaattori, RemovePerson{.person = room.mustikka, .reason = "Häiritsi", .ban = false})
            .is_done());
    CHECK(last_beyond(room).removed == std::vector{room.mustikka});
}

TEST_CASE("beyond: the close of a session makes its report, and ends voice") {
    LiveRoom room;
    CHECK(has_voice(room.room()));
    REQUIRE(room.ask(room.ohjaaja, StartDebrief{}).is_done());
    CHECK_FALSE(last_beyond(room).makes_report);
    REQUIRE(room.ask(room.ohjaaja, CloseSession{}).is_done());
    CHECK(last_beyond(room).makes_report);
    CHECK_FALSE(has_voice(room.room()));
}

TEST_CASE("beyond: where no voice was planned there is none") {
    auto plan = usual_plan();
    plan.voice = false;
    CHECK_FALSE(has_voice(RoomDriver{plan}.room()));
}

TEST_CASE("rest: of another day, with nobody in it and nothing due") {
    LiveRoom room;
    const auto& plan = room.room().session.plan;
    const Stamp weeks_later{.at = room.now().at + 24h * 21, .utc = UtcTime{plan.ends_at.ms + (24h * 21 / 1ms)}};
    CHECK_FALSE(may_rest(room.room(), weeks_later));
    REQUIRE(room.ask(room.ohjaaja, StartDebrief{}).is_done());
    REQUIRE(room.ask(room.ohjaaja, CloseSession{}).is_done());
    CHECK_FALSE(may_rest(room.room(), weeks_later));
    for (const auto person : {room.ohjaaja, room.moderaattori, room.mustikka}) room.leave(person);
    room.pass(1h);
    CHECK(may_rest(room.room(), weeks_later));
    CHECK_FALSE(may_rest(room.room(), {.at = weeks_later.at, .utc = UtcTime{plan.ends_at.ms + (23h / 1ms)}}));
    CHECK_FALSE(may_rest(room.room(), {.at = weeks_later.at, .utc = UtcTime{plan.starts_at.ms - (23h / 1ms)}}));
    CHECK(may_rest(room.room(), {.at = weeks_later.at, .utc = UtcTime{plan.starts_at.ms - (25h / 1ms)}}));
}

TEST_CASE("rest: a session that nobody closed is never at rest: to start on it again is an outage") {
    LiveRoom room;
    for (const auto person : {room.ohjaaja, room.moderaattori, room.mustikka}) room.leave(person);
    room.pass(1h);
    const Stamp weeks_later{
        .at = room.now().at + 24h * 21, .utc = UtcTime{room.room().session.plan.ends_at.ms + (24h * 21 / 1ms)}};
    CHECK_FALSE(may_rest(room.room(), weeks_later));
}
