#include "support/floor_scene.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

TEST_CASE("the queue is in the order in which the server received the requests") {
    FloorScene room;
    room.request(room.kanerva);
    room.request(room.mustikka);
    room.pass(5s);
    room.request(room.siili);
    CHECK(room.queue_of_people() == People{room.kanerva, room.mustikka, room.siili});
    const auto view = room.view(room.siili);
    const auto seen = view.queue();
    REQUIRE(seen.size() == 3);
    CHECK(seen[2]->beneficiary == room.siili);
}

TEST_CASE("one open request per person and kind: asking again names the one that stands") {
    FloorScene room;
    const auto first = room.request(room.mustikka);
    const auto again = room.ask(room.mustikka, RequestFloor{.kind = FloorRequestKind::speak});
    CHECK(again.refusal == RefusalWord::already_requested);
    CHECK(again.details->standing == first.value);
    CHECK(room.ask(room.mustikka, RequestFloor{.kind = FloorRequestKind::written, .text = "Luen illalla."}).is_done());
    room.give(first);
    CHECK(room.ask(room.mustikka, RequestFloor{.kind = FloorRequestKind::speak}).is_done());
}

TEST_CASE("policies: open, approval, closed") {
    FloorScene room;
    CHECK(room.ask(room.ohjaaja, SetFloorPolicy{FloorPolicy::closed}).is_done());
    CHECK(room.ask(room.mustikka, RequestFloor{.kind = FloorRequestKind::speak}).refusal == RefusalWord::queue_closed);
    const auto by_staff = room.request_for(room.moderaattori, room.mustikka);
    CHECK(room.state_for_staff(by_staff) == FloorRequestState::accepted);

    CHECK(room.ask(room.ohjaaja, SetFloorPolicy{FloorPolicy::approval}).is_done());
    const auto kanervas = room.request(room.kanerva);
    const auto siilis = room.request(room.siili);
    CHECK(room.state_for_staff(kanervas) == FloorRequestState::pending);
    CHECK(room.view(room.kanerva).request(kanervas) != nullptr);
    CHECK(room.view(room.siili).request(kanervas) == nullptr);
    CHECK(room.waiting() == std::vector{by_staff});

    CHECK(room.ask(room.ohjaaja, ApproveFloorRequest{siilis}).is_done());
    const auto twice = room.ask(room.toinen_ohjaaja, ApproveFloorRequest{siilis});
    CHECK(twice.refusal == RefusalWord::already_handled);
    CHECK(twice.details->by == room.ohjaaja);

    CHECK(room.ask(room.ohjaaja, SetFloorPolicy{FloorPolicy::open}).is_done());
    CHECK(room.state_for_staff(kanervas) == FloorRequestState::accepted);
    CHECK(room.ask(room.ohjaaja, SetFloorPolicy{FloorPolicy::round}).refusal == RefusalWord::invalid);
    CHECK(room.ask(room.ohjaaja, SetFloorPolicy{FloorPolicy::open}).events.empty());
}

TEST_CASE("a denial tells the person why, and nobody else") {
    FloorScene room;
    room.ask(room.ohjaaja, SetFloorPolicy{FloorPolicy::approval});
    const auto id = room.request(room.mustikka);
    CHECK(room.ask(room.ohjaaja, DenyFloorRequest{.request = id, .reason = "Palataan tähän tauon jälkeen."}).is_done());
    REQUIRE(room.view(room.mustikka).request(id) != nullptr);
    CHECK(room.view(room.mustikka).request(id)->state == FloorRequestState::denied);
    CHECK(room.view(room.mustikka).request(id)->note == "Palataan tähän tauon jälkeen.");
    CHECK(room.view(room.kanerva).request(id) == nullptr);
    const auto second = room.ask(room.toinen_ohjaaja, ApproveFloorRequest{id});
    CHECK(second.refusal == RefusalWord::already_handled);
    CHECK(second.details->by == room.ohjaaja);
    SECTION("asking anew takes its place") {
        const auto anew = room.request(room.mustikka);
        CHECK(room.view(room.mustikka).request(id) == nullptr);
        CHECK(room.view(room.mustikka).request(anew) != nullptr);
    }
}

TEST_CASE("a request in the queue that staff take out is revoked") {
    FloorScene room;
    const auto id = room.request(room.mustikka);
    CHECK(room.ask(room.ohjaaja, DenyFloorRequest{.request = id}).is_done());
    CHECK(room.state_for_staff(id) == FloorRequestState::revoked);
    CHECK(room.view(room.kanerva).request(id) == nullptr);
}

TEST_CASE("a person takes back their own request; another's is not theirs") {
    FloorScene room;
    const auto id = room.request(room.mustikka);
    CHECK(room.ask(room.kanerva, CancelFloorRequest{id}).refusal == RefusalWord::not_permitted);
    CHECK(room.ask(room.mustikka, CancelFloorRequest{id}).is_done());
    CHECK(room.waiting().empty());
    CHECK(room.ask(room.mustikka, CancelFloorRequest{id}).refusal == RefusalWord::already_handled);
    CHECK(room.ask(room.kanerva, CancelFloorRequest{id}).refusal == RefusalWord::not_found);
    CHECK(room.ask(room.mustikka, CancelFloorRequest{RequestId{4711}}).refusal == RefusalWord::not_found);
}

TEST_CASE("staff ask for someone: both may take it back, nobody else asks for others") {
    FloorScene room;
    const auto id = room.request_for(room.moderaattori, room.mustikka);
    CHECK(room.view(room.kanerva).request(id)->requested_by == room.moderaattori);
    CHECK(room.ask(room.kanerva, RequestFloor{.kind = FloorRequestKind::speak, .beneficiary = room.siili}).refusal ==
          RefusalWord::not_permitted);
    CHECK(room.ask(room.moderaattori, RequestFloor{.kind = FloorRequestKind::speak, .beneficiary = PersonId{999}})
              .refusal == RefusalWord::not_found);
    CHECK(room.ask(room.moderaattori, CancelFloorRequest{id}).is_done());
    const auto again = room.request_for(room.moderaattori, room.mustikka);
    CHECK(room.ask(room.mustikka, CancelFloorRequest{again}).is_done());
    room.ask(room.moderaattori, RemovePerson{.person = room.siili, .reason = "Levoton.", .ban = false});
    CHECK(
        room.ask(room.moderaattori, RequestFloor{.kind = FloorRequestKind::speak, .beneficiary = room.siili}).refusal ==
        RefusalWord::person_gone);
}

TEST_CASE("words of a request are clean, bounded, and for the person and the staff") {
    FloorScene room;
    CHECK(room.ask(room.mustikka, RequestFloor{.kind = FloorRequestKind::written, .text = std::string(1001, 'a')})
              .refusal == RefusalWord::text_too_long);
    CHECK(room.ask(room.mustikka, RequestFloor{.kind = FloorRequestKind::written, .text = "a\u202eb"}).refusal ==
          RefusalWord::text_not_allowed);
    CHECK(room.ask(room.mustikka, RequestFloor{.kind = FloorRequestKind::written}).refusal == RefusalWord::text_empty);
    CHECK(room.ask(room.mustikka, RequestFloor{.kind = FloorRequestKind::written, .text = "  \n "}).refusal ==
          RefusalWord::text_empty);
    CHECK(room.ask(room.mustikka, RequestFloor{.kind = FloorRequestKind::speak, .text = "Ei tähän."}).refusal ==
          RefusalWord::invalid);
    const auto answer = room.ask(room.mustikka, RequestFloor{.kind = FloorRequestKind::speak, .note = "  Kahvista. "});
    REQUIRE(answer.is_done());
    const auto id = answer.id<RequestId>();
    CHECK(room.view(room.mustikka).request(id)->note == "Kahvista.");
    CHECK(room.view(room.ohjaaja).request(id)->note == "Kahvista.");
    CHECK(room.view(room.kanerva).request(id)->note == std::nullopt);
    std::vector<PersonId> personal;
    add_personal_viewers(room.room(), {ChangeKind::floor_request, id.value}, personal);
    CHECK(personal == People{room.mustikka});
}

TEST_CASE("a silenced person may ask for the floor") {
    FloorScene room;
    REQUIRE(room.ask(room.moderaattori, SilencePerson{.person = room.mustikka, .minutes = 5, .reason = "Rauhoitutaan."})
            .is_done());
    room.request(room.mustikka);
    CHECK(room.queue_of_people() == People{room.mustikka});
}

TEST_CASE("a facilitator moves the queue by naming all of it; a stale list is refused") {
    FloorScene room;
    const auto a = room.request(room.mustikka);
    const auto b = room.request(room.kanerva);
    const auto c = room.request(room.siili);
    CHECK(room.ask(room.mustikka, ReorderLineUp{{a, b, c}}).refusal == RefusalWord::not_permitted);
    CHECK(room.ask(room.ohjaaja, ReorderLineUp{{c, a}}).refusal == RefusalWord::queue_stale);
    CHECK(room.ask(room.ohjaaja, ReorderLineUp{{c, a, b, RequestId{4711}}}).refusal == RefusalWord::queue_stale);
    CHECK(room.ask(room.ohjaaja, ReorderLineUp{{c, a, a}}).refusal == RefusalWord::invalid);
    CHECK(room.ask(room.ohjaaja, ReorderLineUp{{c, a, b}}).is_done());
    CHECK(room.waiting() == std::vector{c, a, b});
    room.ask(room.mustikka, CancelFloorRequest{a});
    CHECK(room.ask(room.ohjaaja, ReorderLineUp{{b, c, a}}).refusal == RefusalWord::queue_stale);
    const auto d = room.request(room.mustikka);
    CHECK(room.waiting() == std::vector{c, b, d});
}

TEST_CASE("replies stay before the others when the queue is moved") {
    FloorScene room;
    room.request(room.vieras);
    room.next();
    const auto a = room.request(room.mustikka);
    const auto reply = room.request(room.kanerva, FloorRequestKind::reply);
    CHECK(room.waiting() == std::vector{reply, a});
    CHECK(room.ask(room.ohjaaja, ReorderLineUp{{a, reply}}).refusal == RefusalWord::invalid);
}

TEST_CASE("least heard first is one press, recorded with its reason") {
    FloorScene room;
    CHECK(room.ask(room.ohjaaja, OrderLeastHeardFirst{}).refusal == RefusalWord::nobody_waiting);
    // Mustikka has had a long turn, Kanerva a short one, Siili wrote one, the guest none.
    room.request(room.mustikka);
    room.next();
    room.pass(3min);
    room.request(room.kanerva);
    room.next();
    room.pass(20s);
    room.release();
    room.request(room.siili, FloorRequestKind::written);
    room.next();
    room.pass(30s);
    room.release();
    const auto mustikka = room.request(room.mustikka);
    const auto kanerva = room.request(room.kanerva);
    const auto siili = room.request(room.siili);
    const auto vieras = room.request(room.vieras);
    CHECK(room.ask(room.ohjaaja, OrderLeastHeardFirst{}).is_done());
    CHECK(room.waiting() == std::vector{vieras, siili, kanerva, mustikka});
    CHECK(room.view(room.mustikka).floor()->line_up_reason == "least_heard_first");
    CHECK(room.ask(room.ohjaaja, ReorderLineUp{{mustikka, vieras, siili, kanerva}}).is_done());
    CHECK(room.view(room.mustikka).floor()->line_up_reason == std::nullopt);
}

TEST_CASE("who speaks now has been heard too, when the least heard go first") {
    FloorScene room;
    room.request(room.mustikka);
    room.next();
    const auto again = room.request(room.mustikka);
    const auto other = room.request(room.kanerva);
    room.ask(room.ohjaaja, OrderLeastHeardFirst{});
    CHECK(room.waiting() == std::vector{other, again});
}

TEST_CASE("someone waiting who drops keeps the place for the grace, is skipped, and takes it again") {
    FloorScene room;
    const auto a = room.request(room.mustikka);
    const auto b = room.request(room.kanerva);
    room.pass(10s);
    room.lose(room.mustikka);
    CHECK(room.view(room.siili).request(a)->away_until == room.now().at + 120s);
    CHECK(room.ask(room.ohjaaja, GrantFloor{.request = a}).refusal == RefusalWord::person_gone);
    room.next();
    CHECK(room.speaker() == room.kanerva);
    CHECK(room.waiting() == std::vector{a});
    CHECK(room.press_next().refusal == RefusalWord::nobody_waiting);
    room.pass(119s);
    room.connect(room.mustikka);
    CHECK(room.view(room.siili).request(a)->away_until == std::nullopt);
    room.next();
    CHECK(room.speaker() == room.mustikka);
    CHECK(room.room().floor.requests.contains(b));
}

TEST_CASE("after the grace the place expires, and staff put it back on top in one press") {
    FloorScene room;
    const auto a = room.request(room.mustikka);
    const auto b = room.request(room.kanerva);
    const auto asked_at = room.now().at;
    room.lose(room.mustikka);
    room.pass(120s);
    CHECK(room.state_for_staff(a) == FloorRequestState::expired);
    CHECK(room.waiting() == std::vector{b});
    CHECK(room.view(room.siili).request(a) == nullptr);
    CHECK(room.ask(room.ohjaaja, RestoreFloorRequest{a}).refusal == RefusalWord::person_gone);
    room.connect(room.mustikka);
    CHECK(room.view(room.mustikka).request(a)->state == FloorRequestState::expired);
    CHECK(room.ask(room.ohjaaja, RestoreFloorRequest{a}).is_done());
    CHECK(room.waiting() == std::vector{a, b});
    CHECK(room.view(room.siili).request(a)->since == asked_at);
    CHECK(room.ask(room.toinen_ohjaaja, RestoreFloorRequest{a}).refusal == RefusalWord::already_requested);
    room.ask(room.mustikka, CancelFloorRequest{a});
    CHECK(room.ask(room.ohjaaja, RestoreFloorRequest{a}).refusal == RefusalWord::already_handled);
}

TEST_CASE("leaving takes one's requests along; removal revokes them") {
    FloorScene room;
    const auto a = room.request(room.mustikka);
    const auto b = room.request(room.kanerva);
    room.leave(room.mustikka);
    CHECK(room.state_for_staff(a) == FloorRequestState::cancelled);
    room.ask(room.moderaattori, RemovePerson{.person = room.kanerva, .reason = "Levoton.", .ban = false});
    CHECK(room.state_for_staff(b) == FloorRequestState::revoked);
    CHECK(room.waiting().empty());
}

TEST_CASE("during a break the queue stays, and grace runs as ever") {
    FloorScene room;
    const auto a = room.request(room.mustikka);
    const auto b = room.request(room.kanerva);
    room.ask(room.ohjaaja, StartBreak{.minutes = 10});
    room.lose(room.mustikka);
    room.pass(120s);
    CHECK(room.state_for_staff(a) == FloorRequestState::expired);
    CHECK(room.waiting() == std::vector{b});
    room.request(room.siili);
    room.ask(room.ohjaaja, EndBreak{});
    CHECK(room.queue_of_people() == People{room.kanerva, room.siili});
}

TEST_CASE("what ended is kept once for a person and kind, however long the day") {
    FloorScene room;
    for (int time = 0; time < 50; ++time) {
        const auto id = room.request(room.mustikka);
        room.ask(room.mustikka, CancelFloorRequest{id});
        room.request(room.kanerva);
        room.next();
        room.release();
    }
    CHECK(room.room().floor.requests.size() == 2);
}

TEST_CASE("the session closes: all that waits ends, and the floor is free") {
    FloorScene room;
    const auto speaking = room.request(room.kanerva);
    room.next();
    const auto waiting = room.request(room.mustikka);
    room.ask(room.ohjaaja, StartRound{});
    room.pass(1min);
    CHECK(room.ask(room.ohjaaja, CloseSession{}).is_done());
    CHECK(room.view(room.kanerva).turn() == nullptr);
    CHECK(room.view(room.kanerva).round() == nullptr);
    CHECK(room.state_for_staff(waiting) == FloorRequestState::revoked);
    CHECK(room.state_for_staff(speaking) == std::nullopt);
    CHECK(room.voice(room.kanerva).spoken_seconds == 60);
    CHECK(room.room().floor.policy == FloorPolicy::open);
}

TEST_CASE("nothing of a rehearsal's floor stays") {
    RoomDriver room;
    const auto ohjaaja = room.admit("Ohjaaja", Role::facilitator);
    const auto mustikka = room.admit("Mustikka");
    room.ask(ohjaaja, StartRehearsal{});
    room.ask(ohjaaja, SetFloorPolicy{FloorPolicy::closed});
    room.ask(ohjaaja, GrantFloorTo{.person = mustikka});
    room.pass(1min);
    const auto before = room.seq();
    auto client = room.view(mustikka);
    room.ask(ohjaaja, EndRehearsal{});
    client.take(changes_since(room.room(), before, room.viewer(mustikka)));
    CHECK(client.difference(room.view(mustikka)) == "");
    CHECK(client.floor()->policy == FloorPolicy::open);
    CHECK(client.floor()->stage == People{ohjaaja});
    CHECK(room.view(Audience::staff).contribution(mustikka) == nullptr);
}
