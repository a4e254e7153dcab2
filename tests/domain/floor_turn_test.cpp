#include "domain/floor/parts.hpp"
#include "support/floor_scene.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

TEST_CASE("a turn is given, spoken and released; seconds are counted") {
    FloorScene room;
    const auto id = room.request(room.mustikka);
    const auto turn = room.next();
    CHECK(room.turn().id == turn);
    CHECK(room.turn().request == id);
    CHECK(room.view(room.kanerva).request(id) == nullptr);
    room.pass(90s);
    CHECK(room.ask(room.kanerva, ReleaseTurn{.turn = turn}).refusal == RefusalWord::not_your_turn);
    CHECK(room.ask(room.mustikka, ReleaseTurn{.turn = turn}).is_done());
    CHECK(room.view(room.kanerva).turn() == nullptr);
    CHECK(room.voice(room.mustikka) ==
          Contribution{
              .person = room.mustikka, .turns = 1, .spoken_seconds = 90, .written_turns = 0, .item_heard = true});
    CHECK(room.view(room.mustikka).contribution(room.mustikka) == nullptr);
    CHECK(room.ask(room.mustikka, ReleaseTurn{.turn = turn}).refusal == RefusalWord::already_handled);
}

TEST_CASE("next ends the turn that is on, and says so") {
    FloorScene room;
    room.request(room.mustikka);
    room.request(room.kanerva);
    const auto first = room.next();
    room.pass(10s);
    const auto answer = room.press_next();
    REQUIRE(answer.find<TurnEnded>() != nullptr);
    CHECK(answer.find<TurnEnded>()->turn == first);
    CHECK(answer.find<TurnEnded>()->how == TurnEnd::next);
    CHECK(room.speaker() == room.kanerva);
    CHECK(room.voice(room.mustikka).turns == 1);
}

TEST_CASE("a facilitator grants anyone, out of order, pending ones too") {
    FloorScene room;
    room.request(room.mustikka);
    room.ask(room.ohjaaja, SetFloorPolicy{FloorPolicy::approval});
    const auto pending = room.request(room.kanerva);
    room.give(pending);
    CHECK(room.speaker() == room.kanerva);
    CHECK(room.view(room.kanerva).request(pending) == nullptr);
}

TEST_CASE("two facilitators press next at once: the floor is given once, and nobody is skipped") {
    FloorScene room;
    room.request(room.mustikka);
    room.request(room.kanerva);
    SECTION("while nobody speaks") {
        const auto first = room.ask(room.ohjaaja, GrantFloor{});
        const auto second = room.ask(room.toinen_ohjaaja, GrantFloor{});
        CHECK(first.is_done());
        CHECK(second.refusal == RefusalWord::turn_is_on);
        CHECK(second.details->standing == first.seq);
        CHECK(second.details->by == room.ohjaaja);
        CHECK(room.speaker() == room.mustikka);
    }
    SECTION("while someone speaks") {
        room.request(room.siili);
        const auto turn = room.next();
        const auto first = room.ask(room.ohjaaja, GrantFloor{.request = {}, .expected_turn = turn});
        const auto second = room.ask(room.toinen_ohjaaja, GrantFloor{.request = {}, .expected_turn = turn});
        CHECK(first.is_done());
        CHECK(second.refusal == RefusalWord::already_handled);
        CHECK(second.details->by == room.ohjaaja);
        CHECK(room.speaker() == room.kanerva);
        CHECK(room.queue_of_people() == People{room.siili});
    }
    SECTION("the speaker has just finished by themselves") {
        const auto turn = room.next();
        room.release();
        CHECK(room.ask(room.ohjaaja, GrantFloor{.request = {}, .expected_turn = turn}).is_done());
        CHECK(room.speaker() == room.kanerva);
        room.release();
        CHECK(room.ask(room.toinen_ohjaaja, GrantFloor{.request = {}, .expected_turn = turn}).refusal ==
              RefusalWord::already_handled);
    }
    SECTION("the same request") {
        const auto id = room.waiting().front();
        CHECK(room.ask(room.ohjaaja, GrantFloor{.request = id}).is_done());
        const auto second = room.ask(room.toinen_ohjaaja, GrantFloor{.request = id});
        CHECK(second.refusal == RefusalWord::already_handled);
        CHECK(second.details->by == room.ohjaaja);
    }
}

TEST_CASE("the floor is given to someone who had not asked") {
    FloorScene room;
    CHECK(room.ask(room.ohjaaja, GrantFloorTo{.person = room.mustikka}).is_done());
    CHECK(room.speaker() == room.mustikka);
    CHECK(room.ask(room.toinen_ohjaaja, GrantFloorTo{.person = room.kanerva}).refusal == RefusalWord::turn_is_on);
    CHECK(
        room.ask(room.toinen_ohjaaja, GrantFloorTo{.person = room.mustikka, .expected_turn = room.turn_on()}).refusal ==
        RefusalWord::turn_is_on);
    CHECK(room.ask(room.ohjaaja, GrantFloorTo{.person = PersonId{999}, .expected_turn = room.turn_on()}).refusal ==
          RefusalWord::not_found);
    room.lose(room.kanerva);
    CHECK(room.ask(room.ohjaaja, GrantFloorTo{.person = room.kanerva, .expected_turn = room.turn_on()}).refusal ==
          RefusalWord::person_gone);
    const auto standing = room.request(room.siili);
    CHECK(room.ask(room.ohjaaja, GrantFloorTo{.person = room.siili, .expected_turn = room.turn_on()}).is_done());
    CHECK(room.turn().request == standing);
    CHECK(room.waiting().empty());
}

TEST_CASE("pause stops the clock, continue lets it run, and both say who was first") {
    FloorScene room;
    room.request(room.mustikka);
    const auto turn = room.next();
    room.pass(30s);
    CHECK(room.ask(room.ohjaaja, PauseTurn{turn}).is_done());
    const auto twice = room.ask(room.toinen_ohjaaja, PauseTurn{turn});
    CHECK(twice.refusal == RefusalWord::already_handled);
    CHECK(twice.details->by == room.ohjaaja);
    room.pass(5min);
    CHECK(room.turn().state == TurnState::paused);
    CHECK(room.turn().spoken_ms == 30'000);
    CHECK(room.ask(room.ohjaaja, ContinueTurn{turn}).is_done());
    CHECK(room.ask(room.ohjaaja, ContinueTurn{turn}).refusal == RefusalWord::already_handled);
    room.pass(10s);
    room.release();
    CHECK(room.voice(room.mustikka).spoken_seconds == 40);
}

TEST_CASE("staff end a turn, and remind of the time") {
    FloorScene room;
    room.request(room.mustikka);
    const auto turn = room.next();
    room.pass(4min);
    CHECK(room.ask(room.ohjaaja, NudgeSpeaker{turn}).is_done());
    CHECK(room.turn().nudged_at == room.now().at);
    CHECK(room.ask(room.ohjaaja, RevokeTurn{turn}).is_done());
    CHECK(room.view(room.mustikka).turn() == nullptr);
    const auto late = room.ask(room.toinen_ohjaaja, RevokeTurn{turn});
    CHECK(late.refusal == RefusalWord::already_handled);
    CHECK(late.details->by == room.ohjaaja);
    CHECK(room.ask(room.ohjaaja, NudgeSpeaker{TurnId{4711}}).refusal == RefusalWord::no_turn);
}

TEST_CASE("a soft limit never cuts anyone off") {
    FloorScene room;
    CHECK(room.ask(room.ohjaaja, SetTurnLimit{.seconds = 180, .hard = false}).is_done());
    room.request(room.mustikka);
    room.next();
    CHECK(room.turn().soft_limit_seconds == 180);
    room.pass(1h);
    CHECK(room.speaker() == room.mustikka);
}

TEST_CASE("a hard limit that staff chose ends the turn when its own speech is full") {
    FloorScene room;
    room.ask(room.ohjaaja, SetTurnLimit{.seconds = 60, .hard = true});
    room.request(room.mustikka);
    const auto turn = room.next();
    room.pass(30s);
    room.ask(room.ohjaaja, PauseTurn{turn});
    room.pass(10min);
    room.ask(room.ohjaaja, ContinueTurn{turn});
    room.pass(29'999ms);
    CHECK(room.speaker() == room.mustikka);
    const auto happened = room.pass(1ms);
    CHECK(room.speaker() == std::nullopt);
    CHECK(room.voice(room.mustikka).spoken_seconds == 60);
    CHECK(room.view(Audience::staff).all<FloorRequest>().empty());
}

TEST_CASE("the turn that is on is never given less than it began with") {
    FloorScene room;
    room.ask(room.ohjaaja, SetTurnLimit{.seconds = 120, .hard = true});
    room.request(room.mustikka);
    room.next();
    room.pass(100s);
    room.ask(room.ohjaaja, SetTurnLimit{.seconds = 60, .hard = true});
    CHECK(room.turn().soft_limit_seconds == 120);
    CHECK(room.speaker() == room.mustikka);
    room.ask(room.ohjaaja, SetTurnLimit{.seconds = 300, .hard = false});
    CHECK(room.turn().soft_limit_seconds == 300);
    CHECK_FALSE(room.turn().limit_is_hard);
    room.ask(room.ohjaaja, SetTurnLimit{.seconds = 0, .hard = true});
    CHECK(room.turn().soft_limit_seconds == std::nullopt);
    CHECK_FALSE(room.view(room.mustikka).floor()->limit_is_hard);
    room.pass(1h);
    CHECK(room.speaker() == room.mustikka);
}

TEST_CASE("a speaker who drops goes on within the grace; the clock stood meanwhile") {
    FloorScene room;
    room.request(room.mustikka);
    const auto turn = room.next();
    room.pass(40s);
    room.lose(room.mustikka);
    CHECK(room.turn().state == TurnState::suspended);
    CHECK(room.turn().suspended_until == room.now().at + 120s);
    CHECK(room.ask(room.ohjaaja, PauseTurn{turn}).refusal == RefusalWord::person_gone);
    CHECK(room.ask(room.ohjaaja, ContinueTurn{turn}).refusal == RefusalWord::person_gone);
    room.pass(100s);
    room.connect(room.mustikka);
    CHECK(room.turn().id == turn);
    CHECK(room.turn().state == TurnState::speaking);
    CHECK(room.turn().spoken_ms == 40'000);
    room.pass(20s);
    room.release();
    CHECK(room.voice(room.mustikka).spoken_seconds == 60);
    CHECK(room.voice(room.mustikka).turns == 1);
}

TEST_CASE("a paused speaker who drops is paused still when they are back") {
    FloorScene room;
    room.request(room.mustikka);
    const auto turn = room.next();
    room.ask(room.ohjaaja, PauseTurn{turn});
    room.lose(room.mustikka);
    room.connect(room.mustikka);
    CHECK(room.turn().state == TurnState::paused);
}

TEST_CASE("the floor is given on while the speaker is away: their request stands on top") {
    FloorScene room;
    const auto a = room.request(room.mustikka);
    room.request(room.kanerva);
    room.request(room.siili);
    room.next();
    room.pass(50s);
    room.lose(room.mustikka);
    room.pass(20s);
    room.next();
    CHECK(room.speaker() == room.kanerva);
    CHECK(room.queue_of_people() == People{room.mustikka, room.siili});
    CHECK(room.view(room.siili).request(a)->away_until == room.now().at + 100s);
    CHECK(room.voice(room.mustikka).turns == 0);
    CHECK(room.voice(room.mustikka).spoken_seconds == 50);
    SECTION("back in time") {
        room.connect(room.mustikka);
        room.next();
        CHECK(room.speaker() == room.mustikka);
        CHECK(room.turn().spoken_ms == 0);
        room.pass(10s);
        room.release();
        CHECK(room.voice(room.mustikka).turns == 1);
        CHECK(room.voice(room.mustikka).spoken_seconds == 60);
    }
    SECTION("not back in time: expired, and restored by staff") {
        room.pass(100s);
        CHECK(room.state_for_staff(a) == FloorRequestState::expired);
        room.connect(room.mustikka);
        CHECK(room.ask(room.ohjaaja, RestoreFloorRequest{a}).is_done());
        CHECK(room.queue_of_people() == People{room.mustikka, room.siili});
    }
}

TEST_CASE("given on, and the speaker had asked anew: that request goes on top, and they have one") {
    FloorScene room;
    room.request(room.mustikka);
    room.next();
    room.request(room.kanerva);
    const auto anew = room.request(room.mustikka);
    room.request(room.siili);
    room.lose(room.mustikka);
    room.next();
    CHECK(room.speaker() == room.kanerva);
    CHECK(room.waiting().front() == anew);
    CHECK(room.queue_of_people() == People{room.mustikka, room.siili});
}

TEST_CASE("a suspended turn that nobody gives on expires with the grace; staff can put it back") {
    FloorScene room;
    const auto id = room.request(room.mustikka);
    room.next();
    room.pass(10s);
    room.lose(room.mustikka);
    room.pass(120s);
    CHECK(room.view(room.kanerva).turn() == nullptr);
    CHECK(room.state_for_staff(id) == FloorRequestState::expired);
    room.connect(room.mustikka);
    CHECK(room.ask(room.ohjaaja, RestoreFloorRequest{id}).is_done());
    room.next();
    CHECK(room.speaker() == room.mustikka);
}

TEST_CASE("leaving releases the turn; removal revokes it") {
    FloorScene room;
    room.request(room.mustikka);
    room.next();
    room.pass(10s);
    const auto left = room.leave(room.mustikka);
    REQUIRE(left.find<TurnEnded>() != nullptr);
    CHECK(left.find<TurnEnded>()->how == TurnEnd::released);
    room.request(room.kanerva);
    room.next();
    const auto removed = room.ask(
        room.moderaattori, RemovePerson{.person = room.kanerva, .reason = "Levoton.", .ban = false});
    REQUIRE(removed.find<TurnEnded>() != nullptr);
    CHECK(removed.find<TurnEnded>()->how == TurnEnd::revoked);
    CHECK(room.speaker() == std::nullopt);
}

TEST_CASE("a written turn is granted like others, read aloud by staff, and counts as a turn") {
    FloorScene room;
    const auto id = room.request(room.mustikka, FloorRequestKind::written);
    CHECK(room.view(room.kanerva).request(id)->text == std::nullopt);
    CHECK(room.view(room.mustikka).request(id)->text == "Kävely auttaa.");
    CHECK(room.view(room.ohjaaja).request(id)->text == "Kävely auttaa.");
    room.lose(room.mustikka);
    room.pass(10min);
    const auto turn = room.next();
    CHECK(room.view(room.kanerva).turn()->text == "Kävely auttaa.");
    CHECK_FALSE(may_be_heard(room.room(), room.mustikka));
    CHECK(room.ask(room.kanerva, ReleaseTurn{.turn = turn}).refusal == RefusalWord::not_your_turn);
    room.pass(40s);
    CHECK(room.ask(room.moderaattori, ReleaseTurn{.turn = turn}).is_done());
    CHECK(
        room.voice(room.mustikka) ==
        Contribution{.person = room.mustikka, .turns = 0, .spoken_seconds = 0, .written_turns = 1, .item_heard = true});
    CHECK(room.view(room.mustikka).floor()->usual_turn_seconds == 0);
}

TEST_CASE("replies: first in the queue, at most three a turn, and only while a turn is on") {
    FloorScene room;
    CHECK(room.ask(room.mustikka, RequestFloor{.kind = FloorRequestKind::reply}).refusal == RefusalWord::no_turn);
    room.request(room.vieras);
    const auto turn = room.next();
    room.request(room.mustikka);
    CHECK(room.ask(room.vieras, RequestFloor{.kind = FloorRequestKind::reply}).refusal == RefusalWord::turn_is_on);
    const auto one = room.request(room.kanerva, FloorRequestKind::reply);
    const auto two = room.request(room.siili, FloorRequestKind::reply);
    const auto three = room.request(room.mustikka, FloorRequestKind::reply);
    CHECK(room.turn().reply_count == 3);
    CHECK(room.queue_of_people() == People{room.kanerva, room.siili, room.mustikka, room.mustikka});
    const auto full = room.ask(room.moderaattori, RequestFloor{.kind = FloorRequestKind::reply});
    CHECK(full.refusal == RefusalWord::replies_full);
    CHECK(full.details->standing == turn.value);
    SECTION("one taken back frees a place") {
        room.ask(room.siili, CancelFloorRequest{two});
        CHECK(room.turn().reply_count == 2);
        room.request(room.moderaattori, FloorRequestKind::reply);
    }
    SECTION("they are heard after the turn too, and answer the same turn") {
        room.release();
        CHECK(room.waiting().front() == one);
        room.next();
        CHECK(room.turn().kind == FloorRequestKind::reply);
        CHECK(room.turn().reply_count == 3);
        CHECK(
            room.ask(room.vieras, RequestFloor{.kind = FloorRequestKind::reply}).refusal == RefusalWord::replies_full);
        room.next();
        CHECK(room.speaker() == room.siili);
        CHECK(room.waiting().front() == three);
    }
    SECTION("and expire when a turn begins that is not a reply") {
        const auto speak = room.waiting().back();
        room.give(speak);
        CHECK(room.state_for_staff(one) == FloorRequestState::expired);
        CHECK(room.waiting().empty());
        CHECK(room.turn().reply_count == 0);
        CHECK(room.ask(room.ohjaaja, RestoreFloorRequest{two}).is_done());
        CHECK(room.view(room.siili).request(two)->kind == FloorRequestKind::speak);
    }
}

TEST_CASE("a break stops the clock of the turn that is on, and its end lets it run") {
    FloorScene room;
    room.request(room.mustikka);
    room.next();
    room.pass(20s);
    room.ask(room.ohjaaja, StartBreak{.minutes = 15});
    CHECK(room.turn().state == TurnState::paused);
    room.pass(5min);
    SECTION("also when the line is lost in the break") {
        room.lose(room.mustikka);
        room.connect(room.mustikka);
        CHECK(room.turn().state == TurnState::paused);
    }
    room.ask(room.ohjaaja, EndBreak{});
    CHECK(room.turn().state == TurnState::speaking);
    room.pass(10s);
    room.release();
    CHECK(room.voice(room.mustikka).spoken_seconds == 30);
}

TEST_CASE("what staff paused before the break is paused after it") {
    FloorScene room;
    room.request(room.mustikka);
    const auto turn = room.next();
    room.ask(room.ohjaaja, PauseTurn{turn});
    room.ask(room.ohjaaja, StartBreak{.minutes = 15});
    room.ask(room.ohjaaja, EndBreak{});
    CHECK(room.turn().state == TurnState::paused);
}

TEST_CASE("an outage of the server costs nobody a turn, a place or a second") {
    FloorScene room;
    room.request(room.mustikka);
    const auto away = room.request(room.kanerva);
    const auto waits = room.request(room.siili);
    room.next();
    room.lose(room.kanerva);
    room.pass(10s);
    const auto down_since = room.room().session.alive_at;
    const auto spoken_before = down_since - room.turn().since;
    room.restart(5min);
    CHECK(room.turn().state == TurnState::suspended);
    CHECK(room.turn().spoken_ms == spoken_before.count());
    CHECK(room.view(room.vieras).request(waits)->away_until == room.now().at + 120s);
    CHECK(room.view(room.vieras).request(away)->away_until > room.now().at);
    room.pass(30s);
    for (const auto person : {room.mustikka, room.kanerva, room.siili}) room.connect(person);
    CHECK(room.turn().state == TurnState::speaking);
    CHECK(room.waiting() == std::vector{away, waits});
    CHECK(room.view(room.vieras).request(away)->away_until == std::nullopt);
}

TEST_CASE("the stage: facilitators by their role, guests when invited") {
    FloorScene room;
    CHECK(room.view(room.mustikka).floor()->stage == People{room.ohjaaja, room.toinen_ohjaaja});
    CHECK(may_be_heard(room.room(), room.ohjaaja));
    CHECK_FALSE(may_be_heard(room.room(), room.vieras));
    CHECK(room.ask(room.ohjaaja, SetOnStage{.person = room.vieras, .on = true}).is_done());
    CHECK(may_be_heard(room.room(), room.vieras));
    CHECK(room.ask(room.ohjaaja, SetOnStage{.person = room.toinen_ohjaaja, .on = false}).is_done());
    CHECK(room.view(room.mustikka).floor()->stage == People{room.ohjaaja, room.vieras});
    CHECK(room.ask(room.ohjaaja, SetOnStage{.person = PersonId{999}, .on = true}).refusal == RefusalWord::not_found);
    CHECK_FALSE(may_be_heard(room.room(), room.mustikka));
    room.request(room.mustikka);
    room.next();
    CHECK(may_be_heard(room.room(), room.mustikka));
    room.ask(room.moderaattori, RemovePerson{.person = room.vieras, .reason = "Väärä huone.", .ban = false});
    CHECK_FALSE(may_be_heard(room.room(), room.vieras));
    CHECK(room.ask(room.ohjaaja, SetOnStage{.person = room.vieras, .on = true}).refusal == RefusalWord::person_gone);
}

TEST_CASE("who has been heard is counted for each item of the agenda, and told anew when it changes") {
    FloorScene room;
    room.request(room.mustikka);
    room.next();
    room.pass(10s);
    room.release();
    room.request(room.kanerva);
    room.next();
    room.pass(10s);
    auto client = room.view(room.ohjaaja);
    const auto before = room.seq();
    room.ask(room.ohjaaja, SetCurrentItem{AgendaItemId{2}});
    client.take(changes_since(room.room(), before, room.viewer(room.ohjaaja)));
    CHECK(client.difference(room.view(room.ohjaaja)) == "");
    CHECK_FALSE(room.voice(room.mustikka).item_heard);
    CHECK(room.voice(room.mustikka).turns == 1);
    room.pass(10s);
    room.release();
    CHECK(room.voice(room.kanerva).item_heard);
    room.ask(room.ohjaaja, SetCurrentItem{AgendaItemId{1}});
    CHECK(room.voice(room.mustikka).item_heard);
    CHECK(room.voice(room.kanerva).item_heard);
}

TEST_CASE("the usual turn is the median, told anew when it has changed by a quarter") {
    FloorScene room;
    const auto speak = [&](Milliseconds span) {
        room.request(room.mustikka);
        room.next();
        room.pass(span);
        room.release();
    };
    speak(60s);
    CHECK(room.view(room.siili).floor()->usual_turn_seconds == 60);
    speak(70s);
    CHECK(room.view(room.siili).floor()->usual_turn_seconds == 60);
    speak(200s);
    speak(210s);
    speak(220s);
    CHECK(room.view(room.siili).floor()->usual_turn_seconds == 200);
}

TEST_CASE("not now: the turn is handed back, costs no turn, and stands at the end of the queue") {
    FloorScene room;
    room.request(room.mustikka);
    room.request(room.kanerva);
    const auto turn = room.next();
    room.pass(5s);
    room.ask(room.ohjaaja, SetFloorPolicy{FloorPolicy::closed});
    CHECK(room.ask(room.mustikka, ReleaseTurn{.turn = turn, .later = true}).is_done());
    CHECK(room.speaker() == std::nullopt);
    CHECK(room.queue_of_people() == People{room.kanerva, room.mustikka});
    CHECK(room.voice(room.mustikka).turns == 0);
    CHECK(room.voice(room.mustikka).spoken_seconds == 5);
}

TEST_CASE("written instead of spoken: the text waits in place of the turn, which costs nothing") {
    FloorScene room;
    room.request(room.mustikka);
    room.request(room.kanerva);
    const auto turn = room.next();
    room.ask(room.ohjaaja, SetFloorPolicy{GENERATE(FloorPolicy::open, FloorPolicy::approval, FloorPolicy::closed)});
    const auto text = room.request(room.mustikka, FloorRequestKind::written);
    CHECK(room.ask(room.mustikka, ReleaseTurn{.turn = turn, .later = true}).is_done());
    CHECK(room.state_for_staff(text) == FloorRequestState::accepted);
    CHECK(waiting_request(room.room(), room.mustikka, FloorRequestKind::speak) == nullptr);
    CHECK(room.voice(room.mustikka).turns == 0);
    room.give(text);
    room.release();
    CHECK(room.voice(room.mustikka).written_turns == 1);
}
