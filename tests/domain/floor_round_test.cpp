#include "support/floor_scene.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

using enum RoundMark;

TEST_CASE("a round: participants and guests who are present, in the order they came; the policy is round meanwhile") {
    FloorScene room;
    room.ask(room.ohjaaja, SetFloorPolicy{FloorPolicy::approval});
    room.lose(room.kanerva);
    const auto begun = room.ask(room.ohjaaja, StartRound{});
    REQUIRE(begun.is_done());
    CHECK(room.round_people() == People{room.mustikka, room.siili, room.vieras});
    CHECK(room.view(room.mustikka).floor()->policy == FloorPolicy::round);
    CHECK(room.ask(room.mustikka, RequestFloor{.kind = FloorRequestKind::speak}).refusal == RefusalWord::queue_closed);
    CHECK(room.ask(room.ohjaaja, SetFloorPolicy{FloorPolicy::open}).refusal == RefusalWord::not_now);
    const auto twice = room.ask(room.toinen_ohjaaja, StartRound{});
    CHECK(twice.refusal == RefusalWord::already_open);
    CHECK(twice.details->by == room.ohjaaja);
    CHECK(room.ask(room.ohjaaja, EndRound{}).is_done());
    CHECK(room.ask(room.ohjaaja, EndRound{}).refusal == RefusalWord::not_in_round);
    CHECK(room.view(room.mustikka).floor()->policy == FloorPolicy::approval);
    CHECK(room.view(room.mustikka).round() == nullptr);
}

TEST_CASE("each speaks in turn, and the round ends by itself with the last") {
    FloorScene room;
    room.ask(room.ohjaaja, StartRound{});
    for (const auto person : {room.mustikka, room.kanerva, room.siili, room.vieras}) {
        room.next();
        CHECK(room.speaker() == person);
        room.pass(20s);
    }
    CHECK(room.marks() == Marks{spoken, spoken, spoken, speaking});
    CHECK(room.press_next().refusal == RefusalWord::nobody_waiting);
    room.release();
    CHECK(room.view(room.mustikka).round() == nullptr);
    CHECK(room.view(room.mustikka).floor()->policy == FloorPolicy::open);
    CHECK(room.voice(room.vieras).turns == 1);
}

TEST_CASE("a shuffled round has the order of its recorded seed, on any machine") {
    FloorScene room;
    room.ask(room.ohjaaja, StartRound{.seed = 4127});
    const auto order = room.round_people();
    CHECK(order == People{room.kanerva, room.mustikka, room.siili, room.vieras});
    CHECK(room.view(room.mustikka).round()->seed == 4127);
    FloorScene other;
    other.ask(other.ohjaaja, StartRound{.seed = 4127});
    CHECK(other.round_people() == order);
    FloorScene third;
    third.ask(third.ohjaaja, StartRound{.seed = 4128});
    CHECK(third.round_people() != order);
}

TEST_CASE("pass and later, before one's turn and in it; later once") {
    FloorScene room;
    CHECK(room.ask(room.mustikka, PassRound{}).refusal == RefusalWord::not_in_round);
    room.ask(room.ohjaaja, StartRound{});
    CHECK(room.ask(room.moderaattori, PassRound{}).refusal == RefusalWord::not_in_round);
    CHECK(room.ask(room.kanerva, PassRound{}).is_done());
    CHECK(room.ask(room.kanerva, PassRound{}).refusal == RefusalWord::not_in_round);
    room.next();
    room.pass(3s);
    CHECK(room.ask(room.mustikka, TakeRoundLater{}).is_done());
    CHECK(room.speaker() == std::nullopt);
    CHECK(room.voice(room.mustikka).turns == 0);
    CHECK(room.round_people() == People{room.kanerva, room.siili, room.vieras, room.mustikka});
    CHECK(room.marks() == Marks{passed, waiting, waiting, later});
    CHECK(room.ask(room.mustikka, TakeRoundLater{}).refusal == RefusalWord::later_used);
    room.next();
    CHECK(room.speaker() == room.siili);
    CHECK(room.ask(room.siili, PassRound{}).is_done());
    CHECK(room.speaker() == std::nullopt);
    room.next();
    room.next();
    CHECK(room.speaker() == room.mustikka);
    CHECK(room.ask(room.mustikka, ReleaseTurn{.turn = *room.turn_on(), .later = true}).refusal ==
          RefusalWord::later_used);
    room.release();
    CHECK(room.marks().empty());
}

TEST_CASE("those not there are skipped and marked, and come to the end when they are back") {
    FloorScene room;
    room.ask(room.ohjaaja, StartRound{});
    room.lose(room.mustikka);
    room.next();
    CHECK(room.speaker() == room.kanerva);
    CHECK(room.marks() == Marks{absent, speaking, waiting, waiting});
    room.connect(room.mustikka);
    CHECK(room.round_people() == People{room.kanerva, room.siili, room.vieras, room.mustikka});
    CHECK(room.marks().back() == waiting);
    const auto uusi = room.admit("Käpy");
    CHECK(room.round_people().back() == uusi);
    CHECK(room.marks().size() == 5);
    room.leave(room.siili);
    CHECK(room.marks()[1] == absent);
}

TEST_CASE("a round's speaker who drops goes on; given on, they keep the place") {
    FloorScene room;
    room.ask(room.ohjaaja, StartRound{});
    room.next();
    room.pass(5s);
    room.lose(room.mustikka);
    CHECK(room.turn().state == TurnState::suspended);
    SECTION("back in time") {
        room.connect(room.mustikka);
        CHECK(room.turn().state == TurnState::speaking);
    }
    SECTION("given on, then back: first again") {
        room.next();
        CHECK(room.marks() == Marks{waiting, speaking, waiting, waiting});
        room.connect(room.mustikka);
        room.next();
        CHECK(room.speaker() == room.mustikka);
    }
    SECTION("not back: absent, and the round goes on") {
        room.pass(120s);
        CHECK(room.speaker() == std::nullopt);
        CHECK(room.marks() == Marks{absent, waiting, waiting, waiting});
    }
}

TEST_CASE("who has no microphone writes the turn of the round") {
    FloorScene room;
    room.ask(room.ohjaaja, StartRound{});
    CHECK(room.ask(room.kanerva, RequestFloor{.kind = FloorRequestKind::written, .text = "Kirja auttaa."}).is_done());
    room.next();
    room.next();
    CHECK(room.turn().speaker == room.kanerva);
    CHECK(room.turn().text == "Kirja auttaa.");
    room.release();
    CHECK(room.marks() == Marks{spoken, spoken, waiting, waiting});
    CHECK(room.voice(room.kanerva).written_turns == 1);
}

TEST_CASE("who has their turn of the round and writes it instead is read aloud at its end, also after a later") {
    FloorScene room;
    room.ask(room.ohjaaja, StartRound{});
    room.ask(room.mustikka, TakeRoundLater{});
    for (int others = 0; others < 3; ++others) room.next();
    const auto turn = room.next();
    CHECK(room.speaker() == room.mustikka);
    room.request(room.mustikka, FloorRequestKind::written);
    CHECK(room.ask(room.mustikka, ReleaseTurn{.turn = turn, .later = true}).is_done());
    room.next();
    CHECK(room.speaker() == room.mustikka);
    CHECK(room.turn().kind == FloorRequestKind::written);
    room.release();
    CHECK(room.room().floor.round == std::nullopt);
    CHECK(room.voice(room.mustikka).turns == 0);
}

TEST_CASE("the queue waits while a round is on; staff still add to it, and grant from it") {
    FloorScene room;
    const auto standing = room.request(room.mustikka);
    room.ask(room.ohjaaja, StartRound{});
    room.request_for(room.ohjaaja, room.siili);
    room.next();
    CHECK(room.turn().request == std::nullopt);
    CHECK(room.waiting().front() == standing);
    room.give(standing);
    CHECK(room.speaker() == room.mustikka);
    CHECK(room.ask(room.ohjaaja, GrantFloorTo{.person = room.vieras, .expected_turn = room.turn_on()}).is_done());
    CHECK(room.marks() == Marks{spoken, waiting, waiting, speaking});
    room.ask(room.ohjaaja, EndRound{});
    CHECK(room.speaker() == room.vieras);
    CHECK(room.queue_of_people() == People{room.siili});
}

TEST_CASE("no round without anyone") {
    RoomDriver room;
    const auto ohjaaja = room.admit("Ohjaaja", Role::facilitator);
    room.go_live(ohjaaja);
    CHECK(room.ask(ohjaaja, StartRound{}).refusal == RefusalWord::nobody_waiting);
}
