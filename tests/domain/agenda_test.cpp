#include "support/catch.hpp"
#include "support/room_driver.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

TEST_CASE("agenda: the first item of the plan is current from the beginning") {
    RoomDriver room;
    const auto mustikka = room.admit("Mustikka");
    const auto view = room.view(mustikka);
    CHECK(view.agenda()->current == AgendaItemId{1});
    CHECK(view.agenda()->items == usual_plan().agenda);
}

TEST_CASE("agenda: a plan without items has none that is current") {
    auto plan = usual_plan();
    plan.agenda.clear();
    RoomDriver room{plan};
    const auto ohjaaja = room.admit("Ohjaaja", Role::facilitator);
    room.go_live(ohjaaja);
    CHECK_FALSE(room.view(ohjaaja).agenda()->current);
    CHECK(room.ask(ohjaaja, ExtendItem{.minutes = 5}).refusal == RefusalWord::not_found);
}

TEST_CASE("agenda: the first item begins with the session, however long ahead it was planned") {
    RoomDriver room;
    const auto ohjaaja = room.admit("Ohjaaja", Role::facilitator);
    room.skip(7 * 24h);
    CHECK_FALSE(room.view(ohjaaja).agenda()->since);
    room.go_live(ohjaaja);
    CHECK(room.view(ohjaaja).agenda()->since == room.now().at);
    const auto began = room.now().at;
    room.pass(10min);
    REQUIRE(room.ask(ohjaaja, CloseSession{}).is_done());
    room.pass(10min);
    REQUIRE(room.ask(ohjaaja, ReopenSession{}).is_done());
    CHECK(room.view(ohjaaja).agenda()->since == began);
}

TEST_CASE("agenda: what the staff say among themselves is not everyone's by being parked") {
    RoomDriver room;
    const auto ohjaaja = room.admit("Ohjaaja", Role::facilitator);
    const auto mustikka = room.admit("Mustikka");
    room.go_live(ohjaaja);
    const auto said = room.ask(
        ohjaaja, SendMessage{.channel = Channel::staff, .text = "Kuka soittaa Mustikan ohjaajalle?"});
    const auto parked = room.ask(ohjaaja, ParkQuestion{.message = said.id<MessageId>(), .version = {}, .text = {}});
    REQUIRE(parked.is_done());
    CHECK(room.view(ohjaaja).find<ParkedQuestion>(ChangeKind::parked_question, parked.seq)->seen_by == SeenBy::staff);
    CHECK(room.view(mustikka).find<ParkedQuestion>(ChangeKind::parked_question, parked.seq) == nullptr);
}

TEST_CASE(
    "agenda: who saw a parked question is told to drop it when it is taken back, and who never did is told nothing") {
    RoomDriver room;
    const auto ohjaaja = room.admit("Ohjaaja", Role::facilitator);
    const auto mustikka = room.admit("Mustikka");
    const auto kanerva = room.admit("Kanerva");
    room.go_live(ohjaaja);
    const auto said = room.ask(mustikka, SendMessage{.channel = Channel::room, .text = "Mistä saa bussikortin?"});
    const auto parked = room.ask(ohjaaja, ParkQuestion{.message = said.id<MessageId>(), .version = {}, .text = {}});
    const auto seen = room.seq();
    REQUIRE(room.ask(mustikka, RetractMessage{.message = said.id<MessageId>()}).is_done());
    const auto is_of_it = [&](const Change& change) {
        const auto* dropped = std::get_if<Dropped>(&change);
        return std::holds_alternative<ParkedQuestion>(change) ||
               (dropped != nullptr && dropped->kind == ChangeKind::parked_question && dropped->id == parked.seq);
    };
    const auto missed = changes_since(room.room(), seen, room.viewer(kanerva));
    CHECK(std::count_if(missed.begin(), missed.end(), is_of_it) == 1);
    const auto all = snapshot(room.room(), room.viewer(kanerva));
    CHECK(std::none_of(all.begin(), all.end(), is_of_it));

    REQUIRE(room.ask(ohjaaja, SetChatMode{ChatMode::all_held}).is_done());
    const auto held = room.ask(mustikka, SendMessage{.channel = Channel::room, .text = "Jotain omaa"});
    const auto before = room.seq();
    REQUIRE(room.ask(ohjaaja, ParkQuestion{.message = held.id<MessageId>(), .version = 1, .text = {}}).is_done());
    CHECK(changes_since(room.room(), before, room.viewer(kanerva)).empty());
}

TEST_CASE("agenda: an item that begins is dated, and its extension is its own") {
    RoomDriver room;
    const auto ohjaaja = room.admit("Ohjaaja", Role::facilitator);
    room.go_live(ohjaaja);
    room.pass(30min);
    REQUIRE(room.ask(ohjaaja, SetCurrentItem{AgendaItemId{2}}).is_done());
    CHECK(room.view(ohjaaja).agenda()->since == room.now().at);
    REQUIRE(room.ask(ohjaaja, ExtendItem{.minutes = 15}).is_done());
    CHECK(room.view(ohjaaja).agenda()->items[0].minutes == 30);
    CHECK(room.view(ohjaaja).agenda()->items[1].minutes == 75);
}

TEST_CASE("agenda: an item gets no longer than eight hours, which is what can be told of it") {
    RoomDriver room;
    const auto ohjaaja = room.admit("Ohjaaja", Role::facilitator);
    room.go_live(ohjaaja);
    const auto planned = usual_plan().agenda[0].minutes;
    auto minutes = planned;
    for (; minutes + 60 <= domain::item_minutes_max; minutes += 60)
        REQUIRE(room.ask(ohjaaja, ExtendItem{.minutes = 60}).is_done());
    CHECK(room.ask(ohjaaja, ExtendItem{.minutes = 60}).refusal == RefusalWord::not_now);
    REQUIRE(room.ask(ohjaaja, ExtendItem{.minutes = domain::item_minutes_max - minutes}).is_done());
    CHECK(room.ask(ohjaaja, ExtendItem{.minutes = 1}).refusal == RefusalWord::not_now);
    CHECK(room.view(ohjaaja).agenda()->items[0].minutes == domain::item_minutes_max);
}

TEST_CASE("agenda: a person added or an absence told in the middle of the day takes no minutes back") {
    RoomDriver room;
    const auto ohjaaja = room.admit("Ohjaaja", Role::facilitator);
    room.go_live(ohjaaja);
    REQUIRE(room.ask(ohjaaja, ExtendItem{.minutes = 15}).is_done());
    auto plan = usual_plan();
    plan.roster.push_back(
        {.person = PersonId{77}, .role = Role::participant, .decision_type = "work_activity", .excused = true});
    REQUIRE(room.submit(PlanSession{plan}).is_done());
    CHECK(room.view(ohjaaja).agenda()->items[0].minutes == usual_plan().agenda[0].minutes + 15);
    plan.agenda[0].minutes = 20;
    REQUIRE(room.submit(PlanSession{plan}).is_done());
    CHECK(room.view(ohjaaja).agenda()->items[0].minutes == 20);
}

TEST_CASE("agenda: what is parked has words, its message's or its own") {
    RoomDriver room;
    const auto ohjaaja = room.admit("Ohjaaja", Role::facilitator);
    room.go_live(ohjaaja);
    CHECK(room.ask(ohjaaja, ParkQuestion{}).refusal == RefusalWord::text_empty);
    CHECK(room.ask(ohjaaja, ParkQuestion{.message = MessageId{999}, .text = {}}).refusal == RefusalWord::not_found);
    CHECK(room.ask(ohjaaja, ParkQuestion{.message = {}, .text = "a\u202eb"}).refusal == RefusalWord::text_not_allowed);
    const auto parked = room.ask(ohjaaja, ParkQuestion{.message = {}, .text = "  Entä liikunta?  "});
    REQUIRE(parked.is_done());
    const auto view = room.view(ohjaaja);
    const auto* question = view.find<ParkedQuestion>(ChangeKind::parked_question, parked.seq);
    REQUIRE(question != nullptr);
    CHECK(question->text == "Entä liikunta?");
    CHECK(question->state == ParkedState::waiting);
    CHECK_FALSE(question->asked_by);
}

TEST_CASE("agenda: the item that is on stays on when others come before it, and makes way when it is taken out") {
    RoomDriver room;
    const auto ohjaaja = room.admit("Ohjaaja", Role::facilitator);
    auto plan = usual_plan();
    const auto second = plan.agenda[1].id;
    room.go_live(ohjaaja);
    room.pass(30min);
    REQUIRE(room.ask(ohjaaja, SetCurrentItem{second}).is_done());
    plan.agenda.insert(plan.agenda.begin(),
        {.id = AgendaItemId{90}, .kind = AgendaKind::guest, .title = "Vieras", .minutes = 20, .question = {}});
    REQUIRE(room.submit(PlanSession{plan}).is_done());
    CHECK(room.view(ohjaaja).agenda()->current == second);
    std::erase_if(plan.agenda, [&](const auto& item) { return item.id == second; });
    REQUIRE(room.submit(PlanSession{plan}).is_done());
    CHECK(room.view(ohjaaja).agenda()->current == AgendaItemId{90});
    CHECK(room.view(ohjaaja).agenda()->since == room.now().at);
    plan.agenda.clear();
    REQUIRE(room.submit(PlanSession{plan}).is_done());
    CHECK_FALSE(room.view(ohjaaja).agenda()->current);
}

TEST_CASE("agenda: what comes up from an earlier day takes a step for each question, once") {
    RoomDriver room;
    const auto ohjaaja = room.admit("Ohjaaja", Role::facilitator);
    const auto mustikka = room.admit("Mustikka");
    const KnowCarried two{{{.id = CarriedId{4}, .text = "Bussikortti?", .seen_by = SeenBy::all, .asked_at = UtcTime{1}},
        {.id = CarriedId{9}, .text = "Äitini juo", .seen_by = SeenBy::staff, .asked_at = UtcTime{2}}}};
    const auto first = room.submit(two);
    const auto second = room.submit(two);
    CHECK(first.count<QuestionBroughtUp>() == 1);
    CHECK(second.count<QuestionBroughtUp>() == 1);
    CHECK(room.submit(two).events.empty());
    const auto* seen = room.view(mustikka).find<ParkedQuestion>(ChangeKind::parked_question, first.seq);
    REQUIRE(seen != nullptr);
    CHECK(seen->carried_from == UtcTime{1});
    CHECK(room.view(mustikka).find<ParkedQuestion>(ChangeKind::parked_question, second.seq) == nullptr);

    // Taken away by a moderator where it was asked, it is the staff's here too.
    auto hidden = two;
    hidden.questions[0].seen_by = SeenBy::staff;
    CHECK(room.submit(hidden).find<QuestionBroughtUp>()->parked == first.id<ParkedId>());
    CHECK(room.view(mustikka).find<ParkedQuestion>(ChangeKind::parked_question, first.seq) == nullptr);

    room.go_live(ohjaaja);
    REQUIRE(room.ask(ohjaaja, CloseSession{}).is_done());
    const auto carried = room.ask(
        ohjaaja, ResolveParked{.parked = second.id<ParkedId>(), .state = ParkedState::carried});
    const auto* resolved = carried.find<ParkedResolved>();
    REQUIRE(resolved != nullptr);
    CHECK(resolved->came_as == CarriedId{9});
    CHECK(resolved->carried ==
          CarriedWords{.text = "Äitini juo", .seen_by = SeenBy::staff, .is_anew = false, .asked_at = UtcTime{2}});
    auto more = hidden;
    more.questions.push_back({.id = CarriedId{11}, .text = "Uusi?", .seen_by = SeenBy::all, .asked_at = UtcTime{3}});
    CHECK(room.submit(more).events.empty());
}

TEST_CASE("agenda: a carried question whose message a moderator takes away goes on for the staff alone") {
    RoomDriver room;
    const auto ohjaaja = room.admit("Ohjaaja", Role::facilitator);
    const auto moderaattori = room.admit("Moderaattori", Role::moderator);
    const auto mustikka = room.admit("Mustikka");
    room.go_live(ohjaaja);
    const auto said = room.ask(mustikka, SendMessage{.channel = Channel::room, .text = "Mistä saa bussikortin?"});
    const auto parked = room.ask(ohjaaja, ParkQuestion{.message = said.id<MessageId>(), .version = {}, .text = {}});
    REQUIRE(room.ask(ohjaaja, ResolveParked{.parked = parked.id<ParkedId>(), .state = ParkedState::carried}).is_done());
    const auto taken = room.ask(
        moderaattori, RetractMessage{.message = said.id<MessageId>(), .reason = "Siinä oli nimi."});
    REQUIRE(taken.is_done());
    CHECK(*taken.find<CarriedWithdrawn>() == CarriedWithdrawn{.parked = parked.id<ParkedId>(), .for_staff = true});
}
