#include "chat_room.hpp"

#include "domain/help/help.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

constexpr PersonId stranger{4711};

struct DoorRoom : ChatRoom {
    Answer knock_for_help(PersonId person, std::optional<std::string> words = {}, Role role = Role::participant) {
        return submit(AskAtDoor{.person = person,
            .role = role,
            .kind = HelpKind::something_else,
            .words = std::move(words),
            .call_back = "040 123 4567"});
    }
};

}  // namespace

TEST_CASE("somebody at the door stands in the moderators' queue, without a name and without a sign of taking part") {
    DoorRoom room;
    const auto before = room.view(room.hauki);
    const auto called = room.knock_for_help(stranger, "En pääse sisään");
    REQUIRE(called.is_done());
    const auto seen = room.view(room.moderaattori);
    const auto* help = seen.help(called.id<HelpId>());
    REQUIRE(help != nullptr);
    CHECK(help->person == stranger);
    CHECK(help->at_door == true);
    CHECK(help->words == "En pääse sisään");
    CHECK(help->has_call_back);
    CHECK_FALSE(help->call_back);
    CHECK(room.room().member(stranger) == nullptr);
    // Nobody among the participants learns of it.
    CHECK(room.view(room.hauki) == before);
    CHECK(room.ask(room.moderaattori, ClaimHelp{called.id<HelpId>()}).is_done());
    CHECK(room.view(room.moderaattori).help(called.id<HelpId>())->call_back == "040 123 4567");
    CHECK(room.ask(room.moderaattori, SolveHelp{called.id<HelpId>()}).is_done());
}

TEST_CASE("whoever waits already is not in the queue twice") {
    DoorRoom room;
    REQUIRE(room.knock_for_help(stranger).is_done());
    const auto again = room.knock_for_help(stranger, "Vieläkin");
    CHECK(again.is_done());
    CHECK(again.events.empty());
    // Nor who has asked inside and lost the line.
    REQUIRE(room.ask(room.mustikka, AskForHelp{.kind = HelpKind::cannot_hear, .words = {}, .call_back = {}}).is_done());
    room.lose(room.mustikka);
    CHECK(room.knock_for_help(room.mustikka).events.empty());
}

TEST_CASE("coming in solves what was asked at the door, and not what was asked inside") {
    DoorRoom room;
    const auto called = room.knock_for_help(stranger).id<HelpId>();
    room.knock(stranger, "Puolukka");
    CHECK(room.view(room.moderaattori).help(called)->state == HelpState::open);
    room.connect(stranger);
    CHECK(room.view(room.moderaattori).help(called)->state == HelpState::solved);
    const auto inside =
        room.ask(room.mustikka, AskForHelp{.kind = HelpKind::cannot_hear, .words = {}, .call_back = {}}).id<HelpId>();
    room.lose(room.mustikka);
    room.connect(room.mustikka);
    CHECK(room.view(room.moderaattori).help(inside)->state == HelpState::open);
}

TEST_CASE("the door is helped while it is open, by the table, and never for who was removed") {
    DoorRoom room;
    CHECK(room.knock_for_help(stranger, {}, Role::facilitator).refusal == RefusalWord::not_permitted);
    REQUIRE(room.ask(room.moderaattori, RemovePerson{.person = room.hauki, .reason = "syy"}).is_done());
    CHECK(room.knock_for_help(room.hauki).refusal == RefusalWord::removed);
    const auto called = room.knock_for_help(stranger).id<HelpId>();
    REQUIRE(room.ask(room.ohjaaja, CloseSession{}).is_done());
    CHECK(room.view(room.moderaattori).help(called)->state == HelpState::cancelled);
    CHECK(room.knock_for_help(stranger).refusal == RefusalWord::not_now);
}

TEST_CASE("what was asked at the door is the same after a restart") {
    DoorRoom room;
    const auto called = room.knock_for_help(stranger).id<HelpId>();
    const auto again = replayed(room.steps());
    CHECK(again.help.cases.at(called).is_at_door);
    CHECK(ClientView{snapshot(again, room.viewer(room.moderaattori))} == room.view(room.moderaattori));
}
