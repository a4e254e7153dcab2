#include "support/catch.hpp"
#include "support/room_driver.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

TEST_CASE("presence: the log has the true times, per connection") {
    RoomDriver room;
    const auto mustikka = room.admit("Mustikka");
    room.pass(10s);
    const auto laptop = room.connect(mustikka, "Windows, Firefox");
    room.pass(10s);
    room.lose(mustikka, laptop, 7s);
    room.pass(10s);
    room.leave(mustikka);
    const auto& stays = room.member(mustikka).stays;
    REQUIRE(stays.size() == 2);
    CHECK(stays[0].from == RoomTime{0});
    CHECK(stays[0].to == RoomTime{30'000});
    CHECK_FALSE(stays[0].is_inferred);
    CHECK(stays[1].from == RoomTime{10'000});
    CHECK(stays[1].to == RoomTime{13'000});
    CHECK(stays[1].is_inferred);
    CHECK(room.member(mustikka).device == "Windows, Firefox");
}

TEST_CASE("presence: the first connection joined, each later one resumed") {
    RoomDriver room;
    REQUIRE(room.knock(PersonId{1}, "Mustikka").is_done());
    CHECK(room.submit(OpenConnection{.person = PersonId{1}, .connection = ConnectionId{1}, .device = {}})
              .find<ConnectionJoined>() != nullptr);
    room.lose(PersonId{1}, ConnectionId{1});
    CHECK(room.submit(OpenConnection{.person = PersonId{1}, .connection = ConnectionId{2}, .device = {}})
              .find<ConnectionResumed>() != nullptr);
}

TEST_CASE("presence: a connection that is not up is neither lost nor left a second time") {
    RoomDriver room;
    const auto mustikka = room.admit("Mustikka");
    const auto line = room.member(mustikka).stays.front().connection;
    room.lose(mustikka, line);
    const auto seq = room.seq();
    CHECK(room.lose(mustikka, line).events.empty());
    CHECK(room.leave(mustikka, line).events.empty());
    CHECK(room.lose(mustikka, ConnectionId{999}).events.empty());
    CHECK(room.leave(PersonId{999}, line).events.empty());
    CHECK(room.seq() == seq);
}

TEST_CASE("presence: an end is inferred no earlier than the connection began") {
    RoomDriver room;
    room.pass(1min);
    const auto mustikka = room.admit("Mustikka");
    room.pass(1s);
    room.lose(mustikka, {}, 15s);
    CHECK(room.member(mustikka).stays.front().to == room.member(mustikka).stays.front().from);
}

TEST_CASE("presence: a loss and a return within a second are told once, to the staff; what is on record is as it was") {
    RoomDriver room;
    const auto ohjaaja = room.admit("Ohjaaja", Role::facilitator);
    const auto mustikka = room.admit("Mustikka");
    room.pass(5s);
    const auto seen = room.seq();
    room.lose(mustikka);
    room.pass(300ms);
    room.connect(mustikka, "Android, Chrome");
    CHECK(changes_since(room.room(), seen, room.viewer(ohjaaja)).empty());
    room.pass(700ms);
    CHECK(room.view(ohjaaja).person(mustikka)->losses == 1);
    CHECK(room.view(ohjaaja).person(mustikka)->connections == 1);
    CHECK(changes_since(room.room(), seen, room.viewer(ohjaaja)).size() == 1);
    CHECK(changes_since(room.room(), seen, Viewer{.audience = Audience::participants, .person = {}}).empty());
    CHECK(room.member(mustikka).stays[0].to == RoomTime{5'000});
    CHECK(room.member(mustikka).stays[1].from == RoomTime{5'300});
    CHECK_FALSE(room.member(mustikka).tell_at);
}

TEST_CASE("presence: coming back takes the timers of being away with it") {
    RoomDriver room;
    const auto mustikka = room.admit("Mustikka");
    const auto kanerva = room.admit("Kanerva");
    room.lose(mustikka);
    room.pass(14s);
    room.connect(mustikka);
    for (const auto& event : room.pass(10min)) CHECK_FALSE(std::holds_alternative<PersonWentAway>(event.any()));
    CHECK(room.view(kanerva).person(mustikka)->presence == PresenceState::present);
}

TEST_CASE("presence: nobody who was only admitted is shown") {
    RoomDriver room;
    const auto ohjaaja = room.admit("Ohjaaja", Role::facilitator);
    REQUIRE(room.knock(PersonId{7}, "Mustikka").is_done());
    CHECK(room.view(ohjaaja).person(PersonId{7}) == nullptr);
    room.connect(PersonId{7});
    CHECK(room.view(ohjaaja).person(PersonId{7}) != nullptr);
}

TEST_CASE("presence: three hundred people are a full room") {
    RoomDriver room;
    for (std::int64_t person = 1; person <= 300; ++person)
        REQUIRE(room.knock(PersonId{person}, "Marja " + std::to_string(person)).is_done());
    CHECK(room.knock(PersonId{301}, "Marja 301").refusal == RefusalWord::room_full);
    CHECK(room.knock(PersonId{7}, "Marja 7").is_done());
}

TEST_CASE("presence: what only the staff, or only the person, is told") {
    RoomDriver room;
    const auto moderaattori = room.admit("Moderaattori", Role::moderator);
    const auto mustikka = room.admit("Mustikka");
    const auto kanerva = room.admit("Kanerva");
    room.ask(moderaattori, OpenDoors{});
    room.connect(mustikka, "Android, Chrome");
    REQUIRE(room.knock(mustikka, "Pihla").is_done());
    REQUIRE(room.ask(moderaattori, SilencePerson{.person = mustikka, .minutes = 5, .reason = "Hetki."}).is_done());
    const auto by_staff = room.view(moderaattori);
    CHECK(by_staff.person(mustikka)->connections == 2);
    CHECK(by_staff.person(mustikka)->device == "Android, Chrome");
    CHECK(by_staff.person(mustikka)->second_name == "Pihla");
    CHECK(by_staff.person(mustikka)->silence_reason == "Hetki.");
    const auto by_self = room.view(mustikka);
    CHECK(by_self.person(mustikka)->silence_reason == "Hetki.");
    CHECK(by_self.person(mustikka)->second_name == "Pihla");
    CHECK_FALSE(by_self.person(mustikka)->device);
    const auto by_other = room.view(kanerva);
    CHECK_FALSE(by_other.person(mustikka)->silenced_until);
    CHECK_FALSE(by_other.person(mustikka)->connections);
    CHECK_FALSE(by_other.person(mustikka)->second_name);
}

TEST_CASE("presence: which of two names is right is said by the person, and the other stays beside it") {
    RoomDriver room;
    const auto moderaattori = room.admit("Moderaattori", Role::moderator);
    const auto mustikka = room.admit("Mustikka");
    room.ask(moderaattori, OpenDoors{});
    REQUIRE(room.knock(mustikka, "Pihla").is_done());
    REQUIRE(room.ask(mustikka, ChangeName{"Mustikka"}).is_done());
    CHECK(room.member(mustikka).name == "Mustikka");
    CHECK(room.member(mustikka).second_name == "Pihla");
    CHECK(room.view(moderaattori).person(mustikka)->name_settled == true);
    CHECK_FALSE(room.view(mustikka).person(mustikka)->second_name);
    CHECK_FALSE(room.view(mustikka).person(mustikka)->name_settled);

    // Said again nothing happens; the other device may say otherwise, and the last word holds.
    CHECK(room.ask(mustikka, ChangeName{"Mustikka"}).events.empty());
    REQUIRE(room.ask(mustikka, ChangeName{"Pihla"}).is_done());
    CHECK(room.member(mustikka).name == "Pihla");
    CHECK(room.member(mustikka).second_name == "Mustikka");

    // A nickname of one's own is neither, and settles nothing.
    REQUIRE(room.knock(mustikka, "Marja").is_done());
    REQUIRE(room.ask(mustikka, ChangeName{"Kielo"}).is_done());
    CHECK(room.member(mustikka).name == "Kielo");
    CHECK(room.view(mustikka).person(mustikka)->second_name == "Marja");
    CHECK_FALSE(room.view(moderaattori).person(mustikka)->name_settled);
}

TEST_CASE("presence: a removed person's connections end with the removal, and their commands are refused") {
    RoomDriver room;
    const auto moderaattori = room.admit("Moderaattori", Role::moderator);
    const auto mustikka = room.admit("Mustikka");
    room.connect(mustikka);
    room.go_live(moderaattori);
    room.pass(1min);
    REQUIRE(room.ask(moderaattori, RemovePerson{.person = mustikka, .reason = "Uhkaili.", .ban = false}).is_done());
    for (const auto& stay : room.member(mustikka).stays) CHECK(stay.to == room.now().at);
    CHECK_FALSE(room.member(mustikka).is_up());
    CHECK(room.ask(mustikka, SayImBack{}).refusal == RefusalWord::removed);
    CHECK(room.submit(OpenConnection{.person = mustikka, .connection = ConnectionId{77}, .device = {}}).refusal ==
          RefusalWord::removed);
    CHECK(room.ask(moderaattori, RemovePerson{.person = mustikka, .reason = "Taas.", .ban = false}).refusal ==
          RefusalWord::already_handled);
    CHECK(room.ask(moderaattori, RemovePerson{.person = mustikka, .reason = "Ja esto.", .ban = true}).is_done());
    CHECK(room.member(mustikka).is_banned());
}

TEST_CASE("presence: no name looks like what one of the staff is called in the room, whatever was planned") {
    RoomDriver room;
    const auto moderaattori = room.admit("Moderaattori", Role::moderator);
    const auto mustikka = room.admit("Mustikka");
    room.ask(moderaattori, OpenDoors{});
    REQUIRE(room.ask(moderaattori, ChangeName{"Sirkka-Liisa"}).is_done());
    // As it is, in other letters, and with what the eye passes over.
    for (const auto* name : {"Sirkka-Liisa", "sirkka liisa", "Sirkkaliisa", "Ѕirkka-Liisa", "Sirkka‐Liisa",
             "𝐒irkka-Liisa", "Sirkkа-Liisа"}) {
        INFO(name);
        CHECK(room.ask(mustikka, ChangeName{name}).refusal == RefusalWord::name_like_staff);
        CHECK(room.knock(PersonId{77}, name).refusal == RefusalWord::name_like_staff);
    }
    CHECK(room.ask(mustikka, ChangeName{"Sirkka"}).is_done());
}

TEST_CASE("presence: a person who is not in the room is told no more than that") {
    RoomDriver room;
    const auto answer = room.ask_by({.person = PersonId{99}, .role = Role::coordinator, .connection = {}}, OpenDoors{});
    CHECK(answer.refusal == RefusalWord::removed);
    CHECK(answer.events.empty());
}

TEST_CASE("who is on the phone is present without a connection, until staff say that the call has ended") {
    auto plan = usual_plan();
    const PersonId caller{70};
    plan.roster.push_back(
        {.person = caller, .role = Role::participant, .decision_type = "work_activity", .excused = false});
    RoomDriver room{plan};
    const auto ohjaaja = room.admit("Ohjaaja", Role::facilitator);
    const auto mustikka = room.admit("Mustikka");
    room.go_live(ohjaaja);
    const auto call = [&](PersonId person, bool on, std::optional<std::string> name = {}) {
        return room.ask(ohjaaja, SetOnPhone{.person = person, .on = on, .name = std::move(name)}).refusal;
    };

    CHECK(room.ask(mustikka, SetOnPhone{.person = caller, .on = true, .name = "Lumikko"}).refusal ==
          RefusalWord::not_permitted);
    CHECK(call(PersonId{4711}, true, "Lumikko") == RefusalWord::not_found);
    CHECK(call(caller, false) == RefusalWord::not_found);
    CHECK(call(caller, true) == RefusalWord::name_empty);
    CHECK(call(caller, true, "Ohjaaja") == RefusalWord::name_like_staff);
    CHECK(call(ohjaaja, true) == RefusalWord::not_permitted);
    CHECK(room.view(mustikka).person(caller) == nullptr);

    CHECK(call(caller, true, "Lumikko") == std::nullopt);
    CHECK(room.ask(ohjaaja, SetOnPhone{.person = caller, .on = true}).events.empty());
    CHECK(room.view(mustikka).person(caller) != nullptr);
    room.pass(1h);
    room.restart(1min);
    room.pass(10min);
    {
        const auto view = room.view(Audience::staff);
        CHECK(view.person(caller)->presence == PresenceState::present);
        CHECK(view.person(caller)->on_phone == true);
    }
    CHECK(call(caller, false) == std::nullopt);
    const auto view = room.view(Audience::participants);
    CHECK(view.person(caller)->presence == PresenceState::gone);
    CHECK(view.person(caller)->on_phone == std::nullopt);

    room.connect(mustikka);
    CHECK(call(mustikka, true) == std::nullopt);
    room.lose(mustikka);
    room.pass(20min);
    CHECK(room.member(mustikka).presence == PresenceState::present);
    room.connect(mustikka);
    CHECK(call(mustikka, false) == std::nullopt);
    CHECK(room.member(mustikka).presence == PresenceState::present);
    room.ask(ohjaaja, RemovePerson{.person = mustikka, .reason = "Uhkaili.", .ban = false});
    CHECK(call(mustikka, true) == RefusalWord::person_gone);
}
