#include "domain/room/beyond.hpp"
#include "support/catch.hpp"
#include "support/room_driver.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

TEST_CASE("session: the counted window is open from live to the end of live") {
    RoomDriver room;
    const auto ohjaaja = room.admit("Ohjaaja", Role::facilitator);
    room.pass(5min);
    room.go_live(ohjaaja);
    const auto from = room.now().at;
    room.pass(1h);
    REQUIRE(room.ask(ohjaaja, StartBreak{.minutes = 10}).is_done());
    CHECK(room.view(ohjaaja).room()->break_ends_at == room.now().at + 10min);
    room.pass(10min);
    REQUIRE(room.ask(ohjaaja, EndBreak{}).is_done());
    CHECK(room.room().session.live == std::vector<Span>{{from, {}}});
    room.pass(1h);
    REQUIRE(room.ask(ohjaaja, StartDebrief{}).is_done());
    const auto to = room.now().at;
    room.pass(10min);
    REQUIRE(room.ask(ohjaaja, CloseSession{}).is_done());
    CHECK(room.room().session.live == std::vector<Span>{{from, to}});
    room.pass(1min);
    REQUIRE(room.ask(ohjaaja, ReopenSession{}).is_done());
    CHECK(room.room().session.live == std::vector<Span>{{from, to}, {room.now().at, {}}});
}

TEST_CASE("session: a rehearsal counts nothing") {
    RoomDriver room;
    const auto ohjaaja = room.admit("Ohjaaja", Role::facilitator);
    REQUIRE(room.ask(ohjaaja, StartRehearsal{}).is_done());
    room.pass(10min);
    REQUIRE(room.ask(ohjaaja, EndRehearsal{}).is_done());
    CHECK(room.room().session.live.empty());
    CHECK(room.view(ohjaaja).room()->phase == Phase::planned);
}

TEST_CASE("session: while anyone is here the server notes every ten seconds that it is alive") {
    RoomDriver room;
    CHECK_FALSE(next_due(room.room()));
    const auto ohjaaja = room.admit("Ohjaaja", Role::facilitator);
    CHECK(next_due(room.room()) == room.now().at + alive_every);
    CHECK(room.pass(1min).size() == 6);
    room.leave(ohjaaja);
    CHECK(room.pass(1h).empty());
}

TEST_CASE("session: an outage begins with the last step on record and ends with the restart") {
    RoomDriver room;
    const auto ohjaaja = room.admit("Ohjaaja", Role::facilitator);
    room.go_live(ohjaaja);
    room.pass(14s);
    REQUIRE(room.ask(ohjaaja, SayImBack{}).is_done());
    const auto last = room.now().at;
    room.skip(5s);
    room.restart(4min);
    CHECK(room.room().session.outages == std::vector<Span>{{last, room.now().at}});
    CHECK_FALSE(room.member(ohjaaja).is_up());
    CHECK(room.member(ohjaaja).stays.front().to == last);
    CHECK(room.member(ohjaaja).stays.front().by_outage);
}

TEST_CASE("session: a restart without anyone here, and not live, is nothing") {
    RoomDriver room;
    const auto seq = room.seq();
    CHECK(room.restart(1h).events.empty());
    CHECK(room.seq() == seq);
}

namespace {

SessionPlan plan_with_doors() {
    auto plan = usual_plan();
    plan.doors_minutes = 20;
    return plan;
}

}  // namespace

TEST_CASE("session: doors open by themselves at their minute, in a room in which nobody is") {
    RoomDriver room{plan_with_doors()};
    CHECK(doors_due(room.room()) == room.now().at + 10min);
    CHECK(next_due(room.room()) == doors_due(room.room()));
    CHECK(room.pass(10min - 1ms).empty());
    CHECK(room.pass(1ms).size() == 1);
    CHECK(room.room().session.phase == Phase::doors_open);
    CHECK_FALSE(next_due(room.room()));
}

TEST_CASE("session: a server that was down opens the doors until the last moment of the day, and not after it") {
    for (const auto& [down, phase] :
        {std::pair{270min - 1ms, Phase::doors_open}, std::pair{270min + 0ms, Phase::planned}}) {
        RoomDriver room{plan_with_doors()};
        CHECK(room.restart(down).events.empty());
        // What is due says so once, and is then not due any more.
        CHECK(room.pass(0ms).size() == 1);
        CHECK(room.room().session.phase == phase);
        CHECK_FALSE(next_due(room.room()));
    }
}

TEST_CASE("session: the wall's clock decides when the doors open, and one that is set back makes them wait") {
    RoomDriver room{plan_with_doors()};
    room.set_wall_clock_by(-5min);
    room.pass(10min);
    CHECK(room.room().session.phase == Phase::planned);
    CHECK(next_due(room.room()) == room.now().at + 5min);
    room.pass(5min);
    CHECK(room.room().session.phase == Phase::doors_open);

    RoomDriver other{plan_with_doors()};
    other.set_wall_clock_by(11min);
    CHECK(other.submit(TimePasses{}).events.size() == 1);
    CHECK(other.room().session.phase == Phase::doors_open);
}

TEST_CASE("session: a room whose doors open on another day may rest until then") {
    auto plan = plan_with_doors();
    plan.starts_at.ms += Milliseconds{72h}.count();
    plan.ends_at.ms += Milliseconds{72h}.count();
    RoomDriver room{plan};
    REQUIRE(next_due(room.room()));
    CHECK(may_rest(room.room(), room.now()));
    room.skip(71h);
    CHECK_FALSE(may_rest(room.room(), room.now()));
}

TEST_CASE("session: a day that is cancelled lets nobody in, and whoever is in it sees that it is") {
    RoomDriver room;
    const auto mustikka = room.admit("Mustikka");
    REQUIRE(room.submit(CancelSession{}).is_done());
    CHECK(room.view(mustikka).room()->phase == Phase::cancelled);
    CHECK(room.knock(PersonId{9}, "Kanerva", Role::participant).refusal == RefusalWord::over);
    CHECK(room.knock(mustikka, "Mustikka", Role::participant).refusal == RefusalWord::over);
    CHECK(room.ask(mustikka, SendMessage{.channel = Channel::room, .text = "Hei", .reply_to = {}}).refusal ==
          RefusalWord::not_now);
    CHECK(room.submit(CancelSession{}).refusal == RefusalWord::not_now);
    CHECK(attendance_of(room.room(), room.now().at).size() == 1);
    CHECK(room.room().attendance.rows.empty());
}

TEST_CASE("session: the lines for latecomers are clean, or refused") {
    RoomDriver room;
    const auto ohjaaja = room.admit("Ohjaaja", Role::facilitator);
    room.go_live(ohjaaja);
    REQUIRE(room.ask(ohjaaja, SetWhereWeAre{.lines = {"  Puhumme unesta. "}}).is_done());
    CHECK(room.view(ohjaaja).room()->where_we_are == std::vector<std::string>{"Puhumme unesta."});
    CHECK(room.ask(ohjaaja, SetWhereWeAre{.lines = {std::string(121, 'a')}}).refusal == RefusalWord::text_too_long);
    CHECK(room.ask(ohjaaja, SetWhereWeAre{.lines = {"a\u202eb"}}).refusal == RefusalWord::text_not_allowed);
    REQUIRE(room.ask(ohjaaja, SetWhereWeAre{.lines = {}}).is_done());
    CHECK(room.view(ohjaaja).room()->where_we_are.empty());
}

TEST_CASE("session: a command that was given before gets its first answer and does nothing") {
    RoomDriver room;
    const auto ohjaaja = room.admit("Ohjaaja", Role::facilitator);
    const auto refused = room.ask_as(ohjaaja, "a1", GoLive{});
    CHECK(refused.refusal == RefusalWord::not_now);
    REQUIRE(room.ask_as(ohjaaja, "a2", OpenDoors{}).is_done());
    const auto seq = room.seq();
    const auto again = room.ask_as(ohjaaja, "a1", GoLive{});
    CHECK(again.is_repeat);
    CHECK(again.refusal == RefusalWord::not_now);
    CHECK(again.seq == refused.seq);
    CHECK(room.seq() == seq);
    CHECK(room.view(ohjaaja).room()->phase == Phase::doors_open);
}

TEST_CASE("session: the room's clock never goes back, whatever stamp is handed in") {
    RoomDriver room;
    const auto ohjaaja = room.admit("Ohjaaja", Role::facilitator);
    room.pass(1min);
    REQUIRE(room.ask(ohjaaja, OpenDoors{}).is_done());
    const auto step = decide(room.room(), Stop{}, Stamp{.at = RoomTime{0}, .utc = {}});
    CHECK(step.stamp.at == room.room().now.at);
}
