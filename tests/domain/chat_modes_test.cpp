#include "chat_room.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {
using Reasons = std::vector<HoldReason>;
}

TEST_CASE("in an open chat a message is there for all at once, and its author knows their own") {
    ChatRoom room;
    const auto answer = room.ask_as(
        room.mustikka, "a1b2c3-7", SendMessage{.channel = Channel::room, .text = "Huomenta!", .reply_to = {}});
    const auto id = answer.id<MessageId>();
    CHECK(room.message(room.hauki, id).text == "Huomenta!");
    CHECK(room.message(room.hauki, id).state == MessageState::published);
    CHECK_FALSE(room.message(room.hauki, id).command);
    CHECK_FALSE(room.message(room.moderaattori, id).command);
    CHECK(room.message(room.mustikka, id).command == "a1b2c3-7");
    CHECK(
        room.ask_as(
                room.mustikka, "a1b2c3-7", SendMessage{.channel = Channel::room, .text = "Huomenta!", .reply_to = {}})
            .is_repeat);
    CHECK(room.view(room.hauki).messages().size() == 1);
    CHECK(room.member(room.mustikka).last_sign == room.now().at);
}

TEST_CASE("a person's first message of the day waits until one has been published") {
    ChatRoom room;
    room.ask(room.moderaattori, SetChatMode{ChatMode::first_held});
    CHECK(room.view(room.mustikka).chat()->mode == ChatMode::first_held);
    const auto first = room.sent(room.mustikka, "Moikka kaikille");
    const auto second = room.sent(room.mustikka, "Olen täällä ensimmäistä kertaa");
    CHECK(room.reasons(first) == Reasons{HoldReason::first_message});
    CHECK(room.reasons(second) == Reasons{HoldReason::first_message});
    CHECK(room.publish(room.moderaattori, first).is_done());
    const auto third = room.sent(room.mustikka, "Kiitos!");
    CHECK(room.state(room.hauki, third) == MessageState::published);
    // The second one was caught before, and is decided on by itself.
    CHECK(room.state(room.mustikka, second) == MessageState::held);
    CHECK(room.state(room.hauki, second) == std::nullopt);
}

TEST_CASE("who has had a message published while the chat was open is known when first messages begin to wait") {
    ChatRoom room;
    room.sent(room.mustikka, "Huomenta");
    room.ask(room.ohjaaja, SetChatMode{ChatMode::first_held});
    CHECK(room.state(room.hauki, room.sent(room.mustikka, "Minä kuuntelen")) == MessageState::published);
    CHECK(room.state(room.mustikka, room.sent(room.hauki, "Minäkin")) == std::nullopt);
}

TEST_CASE("what waits is seen by its author and the staff, and by nobody else") {
    ChatRoom room;
    room.ask(room.moderaattori, SetChatMode{ChatMode::all_held});
    const auto before = room.view(room.hauki);
    const auto id = room.sent(room.mustikka, "Naapurini ei nuku ollenkaan.");
    CHECK(room.state(room.mustikka, id) == MessageState::held);
    CHECK(room.message(room.moderaattori, id).text == "Naapurini ei nuku ollenkaan.");
    CHECK(room.message(room.ohjaaja, id).state == MessageState::held);
    CHECK(room.view(room.hauki) == before);
    CHECK(room.view(Audience::participants).messages().empty());
    CHECK(room.reasons(id) == Reasons{HoldReason::all_held});
    CHECK(room.item(id)->author == room.mustikka);
    CHECK(room.item(id)->text == "Naapurini ei nuku ollenkaan.");
}

TEST_CASE("a message stands where it was published, not where it was received") {
    ChatRoom room;
    const auto waiting = room.held(room.mustikka, "Ensin kirjoitettu");
    const auto later = room.sent(room.hauki, "Sitten kirjoitettu");
    CHECK(room.message(room.mustikka, waiting).place < room.message(room.mustikka, later).place);
    const auto published = room.publish(room.moderaattori, waiting);
    CHECK(room.message(room.hauki, waiting).place == published.seq);
    CHECK(room.view(room.hauki).messages().back().id == waiting);
}

TEST_CASE("the staff are never held, whatever the mode and whatever they write") {
    ChatRoom room;
    for (const auto mode : {ChatMode::open, ChatMode::first_held, ChatMode::all_held, ChatMode::paused}) {
        room.ask(room.moderaattori, SetChatMode{mode});
        for (int round = 0; round < 8; ++round)
            CHECK(room.state(room.hauki, room.sent(room.ohjaaja, "hölmö: katso https://esimerkki.fi")) ==
                  MessageState::published);
    }
}

TEST_CASE("a paused chat is for the staff alone") {
    ChatRoom room;
    room.ask(room.moderaattori, SetChatMode{ChatMode::paused});
    CHECK(room.write(room.mustikka, "Hei").refusal == RefusalWord::chat_paused);
    CHECK(room.write(room.moderaattori, "Hetki, jatkamme pian").is_done());
    room.ask(room.moderaattori, SetChatMode{ChatMode::open});
    CHECK(room.write(room.mustikka, "Hei").is_done());
}

TEST_CASE("slow mode says how long to wait, and does not slow the staff") {
    ChatRoom room;
    room.ask(room.moderaattori, SetSlowMode{30});
    CHECK(room.view(room.mustikka).chat()->slow_seconds == 30);
    CHECK(room.write(room.mustikka, "Yksi").is_done());
    room.pass(10s + 1ms);
    const auto refusal = room.write(room.mustikka, "Kaksi");
    CHECK(refusal.refusal == RefusalWord::slow_mode);
    CHECK(refusal.details->wait_seconds == 20);
    CHECK(room.write(room.hauki, "Minä vasta ensimmäistä").is_done());
    CHECK(room.write(room.ohjaaja, "Yksi").is_done());
    CHECK(room.write(room.ohjaaja, "Kaksi").is_done());
    room.pass(20s - 2ms);
    CHECK(room.write(room.mustikka, "Kaksi").details->wait_seconds == 1);
    room.pass(1ms);
    CHECK(room.write(room.mustikka, "Kaksi").is_done());
    room.ask(room.moderaattori, SetSlowMode{0});
    CHECK(room.write(room.mustikka, "Kolme").is_done());
}

TEST_CASE("a silenced person is told so, and for how long") {
    ChatRoom room;
    room.ask(room.moderaattori, SilencePerson{.person = room.mustikka, .minutes = 5, .reason = "Hetki taukoa."});
    const auto refusal = room.write(room.mustikka, "Hei");
    CHECK(refusal.refusal == RefusalWord::silenced);
    CHECK(refusal.details->wait_seconds == 300);
    CHECK(
        room.ask(room.mustikka,
                AskForHelp{.kind = HelpKind::something_else, .words = "En voi kirjoittaa", .call_back = {}})
            .is_done());
    // A late timer keeps nobody silent any longer.
    room.skip(5min);
    CHECK(room.write(room.mustikka, "Hei taas").is_done());
}

TEST_CASE("the staff's own channel is theirs") {
    ChatRoom room;
    const auto before = room.view(room.hauki);
    const auto id = room.sent(room.moderaattori, "Otatko sinä apupyynnöt?", Channel::staff);
    CHECK(room.message(room.ohjaaja, id).channel == Channel::staff);
    CHECK(room.view(room.hauki) == before);
    CHECK(room.write(room.mustikka, "Hei", {}, Channel::staff).refusal == RefusalWord::not_permitted);
    CHECK(room.flag(room.mustikka, id).refusal == RefusalWord::not_found);
    CHECK(room.retract(room.mustikka, id).refusal == RefusalWord::not_found);
    CHECK(room.ask(room.mustikka, ReactToMessage{.message = id, .reaction = Reaction::heart, .on = true}).refusal ==
          RefusalWord::not_found);
    CHECK(room.flag(room.ohjaaja, id).refusal == RefusalWord::not_permitted);
}

TEST_CASE("an answer can be read by all together with what it answers") {
    ChatRoom room;
    const auto open = room.sent(room.hauki, "Kuka heräsi aikaisin?");
    CHECK(room.message(room.hauki, room.write(room.mustikka, "Minä!", open).id<MessageId>()).reply_to == open);
    const auto waiting = room.held(room.mustikka, "Odottava");
    CHECK(room.write(room.hauki, "Mitä?", waiting).refusal == RefusalWord::not_found);
    CHECK(room.write(room.mustikka, "Lisään vielä", waiting).refusal == RefusalWord::not_now);
    CHECK(room.write(room.moderaattori, "Odotahan", waiting).refusal == RefusalWord::not_now);
    CHECK(room.write(room.moderaattori, "Mitä tälle tehdään?", waiting, Channel::staff).is_done());
    const auto among_staff = room.sent(room.ohjaaja, "Meidän kesken", Channel::staff);
    CHECK(room.write(room.moderaattori, "Kaikille", among_staff).refusal == RefusalWord::not_now);
    CHECK(room.write(room.mustikka, "Hei", MessageId{999'999}).refusal == RefusalWord::not_found);
}

TEST_CASE("an announcement stays in view until it is taken away") {
    ChatRoom room;
    CHECK_FALSE(room.view(room.mustikka).chat()->announcement);
    CHECK(room.ask(room.mustikka, PinAnnouncement{"Tauko"}).refusal == RefusalWord::not_permitted);
    CHECK(room.ask(room.moderaattori, PinAnnouncement{"Tauko alkaa\nkello 10.30"}).is_done());
    CHECK(room.view(room.mustikka).chat()->announcement == "Tauko alkaa kello 10.30");
    CHECK(room.ask(room.moderaattori, PinAnnouncement{std::string(301, 'a')}).refusal == RefusalWord::text_too_long);
    CHECK(room.ask(room.moderaattori, PinAnnouncement{"  "}).is_done());
    CHECK_FALSE(room.view(room.mustikka).chat()->announcement);
}

TEST_CASE("what is set already sets nothing") {
    ChatRoom room;
    CHECK(room.ask(room.moderaattori, SetChatMode{ChatMode::open}).events.empty());
    CHECK(room.ask(room.moderaattori, SetSlowMode{0}).events.empty());
    CHECK(room.ask(room.moderaattori, PinAnnouncement{""}).events.empty());
}

TEST_CASE("in the debrief the staff are among themselves") {
    ChatRoom room;
    const auto earlier = room.sent(room.mustikka, "Kiitos kaikille");
    room.ask(room.ohjaaja, StartDebrief{});
    CHECK(room.write(room.mustikka, "Hei hei").refusal == RefusalWord::not_now);
    CHECK(room.write(room.ohjaaja, "Miten meni?", {}, Channel::staff).is_done());
    CHECK(room.retract(room.mustikka, earlier).is_done());
}

TEST_CASE("supportive signs are counted once for each person and kind") {
    ChatRoom room;
    const auto id = room.sent(room.mustikka, "Nukuin koko yön!");
    const auto react = [&](PersonId person, Reaction reaction, bool on) {
        return room.ask(person, ReactToMessage{.message = id, .reaction = reaction, .on = on});
    };
    using Counts = std::vector<ReactionCount>;
    CHECK(react(room.hauki, Reaction::heart, true).is_done());
    CHECK(react(room.hauki, Reaction::heart, true).events.empty());
    CHECK(react(room.moderaattori, Reaction::heart, true).is_done());
    CHECK(react(room.hauki, Reaction::strength, true).is_done());
    room.pass(1s);
    CHECK(room.message(room.ohjaaja, id).reactions == Counts{{Reaction::heart, 2}, {Reaction::strength, 1}});
    CHECK(react(room.hauki, Reaction::heart, false).is_done());
    CHECK(react(room.hauki, Reaction::thanks, false).events.empty());
    CHECK(react(room.hauki, Reaction::strength, false).is_done());
    room.pass(1s);
    CHECK(room.message(room.ohjaaja, id).reactions == Counts{{Reaction::heart, 1}});
    CHECK(react(room.moderaattori, Reaction::heart, false).is_done());
    room.pass(1s);
    CHECK_FALSE(room.message(room.ohjaaja, id).reactions);
}

TEST_CASE("however many give a sign, the room is told of it once a second at most") {
    ChatRoom room;
    std::vector<PersonId> people;
    for (int number = 0; number < 90; ++number) people.push_back(room.admit("Marja " + std::to_string(number)));
    const auto first = room.sent(room.mustikka, "Nukuin koko yön!");
    const auto second = room.sent(room.mustikka, "Ja toisenkin.");
    std::size_t told = 0;
    const auto tells = [&](Seq before) {
        for (const auto& change :
            changes_since(room.room(), before, Viewer{.audience = Audience::participants, .person = {}}))
            told += std::holds_alternative<Message>(change) ? 1 : 0;
    };
    for (const auto person : people) {
        for (const auto message : {first, second}) {
            const auto before = room.seq();
            room.skip(10ms);
            CHECK(room.ask(person, ReactToMessage{.message = message, .reaction = Reaction::heart, .on = true})
                    .is_done());
            room.pass(0s);
            tells(before);
        }
    }
    // 1.8 s of signs: the first at once, then one gathering for each of the two messages.
    CHECK(told == 3);
    const auto before = room.seq();
    room.pass(1s);
    tells(before);
    CHECK(told == 5);
    for (const auto message : {first, second})
        CHECK(room.message(room.hauki, message).reactions ==
              std::vector{ReactionCount{.reaction = Reaction::heart, .count = 90}});
    CHECK(room.room().chat.unshown_reactions.empty());
}

TEST_CASE("nothing of a rehearsal's chat stays, not even what a newcomer would no longer be shown") {
    RoomDriver room;
    const auto ohjaaja = room.admit("Ohjaaja", Role::facilitator);
    const auto moderaattori = room.admit("Moderaattori", Role::moderator);
    const auto mustikka = room.admit("Mustikka");
    room.ask(ohjaaja, StartRehearsal{});
    room.ask(mustikka, SendMessage{.channel = Channel::room, .text = "Kokeilen", .reply_to = {}});
    room.ask(moderaattori, SetChatMode{ChatMode::all_held});
    room.ask(mustikka, SendMessage{.channel = Channel::room, .text = "Tämä odottaa", .reply_to = {}});
    // So many of the staff's own that the first one is no longer among the staff's newest.
    for (std::size_t number = 0; number < messages_shown_max + 5; ++number)
        room.ask(ohjaaja, SendMessage{.channel = Channel::staff, .text = "Keskenämme", .reply_to = {}});
    std::map<PersonId, ClientView> clients;
    for (const auto person : {ohjaaja, moderaattori, mustikka}) clients[person] = room.view(person);
    CHECK(clients[mustikka].messages().size() == 2);
    const auto seen_until = room.seq();
    room.ask(ohjaaja, EndRehearsal{});
    for (auto& [person, client] : clients) {
        client.take(changes_since(room.room(), seen_until, room.viewer(person)));
        CHECK(client.messages().empty());
        CHECK(client.all<ReviewItem>().empty());
        CHECK(client.difference(room.view(person)).empty());
    }
    CHECK(room.room().chat.messages.empty());
}
