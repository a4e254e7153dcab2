// Every command of the chat that is about no message in particular, in every state of the chat and
// of its author: the whole table, for a person to read. review_table_test.cpp has those on a message.

#include <functional>
#include <iostream>

#include "chat_room.hpp"
#include "support/files.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

struct State {
    std::string_view name;
    std::function<void(ChatRoom&)> make;
};

struct Act {
    std::string_view name;
    std::function<Answer(ChatRoom&)> act;
};

SessionPlan plan_with_words() {
    auto plan = usual_plan();
    plan.word_list = {"hölmö"};
    return plan;
}

void write_many(ChatRoom& room, int count) {
    for (int number = 0; number < count; ++number) room.write(room.mustikka, "Viesti " + std::to_string(number));
}

// Mustikka writes; Hauki is another participant.
const std::vector<State> states{
    {"open", [](ChatRoom&) {}},
    {"first held", [](ChatRoom& room) { room.ask(room.moderaattori, SetChatMode{ChatMode::first_held}); }},
    {"first held, second message",
        [](ChatRoom& room) {
            room.sent(room.mustikka, "Huomenta");
            room.ask(room.moderaattori, SetChatMode{ChatMode::first_held});
        }},
    {"all held", [](ChatRoom& room) { room.ask(room.moderaattori, SetChatMode{ChatMode::all_held}); }},
    {"paused", [](ChatRoom& room) { room.ask(room.moderaattori, SetChatMode{ChatMode::paused}); }},
    {"slow, first", [](ChatRoom& room) { room.ask(room.moderaattori, SetSlowMode{30}); }},
    {"slow, too soon",
        [](ChatRoom& room) {
            room.ask(room.moderaattori, SetSlowMode{30});
            room.sent(room.mustikka, "Huomenta");
            room.pass(29s);
        }},
    {"slow, after it",
        [](ChatRoom& room) {
            room.ask(room.moderaattori, SetSlowMode{30});
            room.sent(room.mustikka, "Huomenta");
            room.pass(30s);
        }},
    {"silenced",
        [](ChatRoom& room) {
            room.ask(room.moderaattori, SilencePerson{.person = room.mustikka, .minutes = 5, .reason = "Hetki."});
        }},
    {"silence over",
        [](ChatRoom& room) {
            room.ask(room.moderaattori, SilencePerson{.person = room.mustikka, .minutes = 5, .reason = "Hetki."});
            room.pass(5min);
        }},
    {"removed",
        [](ChatRoom& room) {
            room.ask(room.moderaattori, RemovePerson{.person = room.mustikka, .reason = "Uhkaili.", .ban = false});
        }},
    {"a flood", [](ChatRoom& room) { write_many(room, 5); }},
    {"a flood that fills the queue", [](ChatRoom& room) { write_many(room, 35); }},
    {"said twice already",
        [](ChatRoom& room) {
            room.sent(room.mustikka, "Hei!");
            room.pass(20s);
            room.sent(room.mustikka, "Hei!");
            room.pass(20s);
        }},
    {"in a break", [](ChatRoom& room) { room.ask(room.ohjaaja, StartBreak{10}); }},
    {"debrief", [](ChatRoom& room) { room.ask(room.ohjaaja, StartDebrief{}); }},
    {"closed", [](ChatRoom& room) { room.ask(room.ohjaaja, CloseSession{}); }},
};

const std::vector<Act> acts{
    {"writes", [](ChatRoom& room) { return room.write(room.mustikka, "Hei!"); }},
    {"writes a listed word", [](ChatRoom& room) { return room.write(room.mustikka, "Olet hölmö"); }},
    {"writes a link", [](ChatRoom& room) { return room.write(room.mustikka, "esimerkki.fi"); }},
    {"writes nothing", [](ChatRoom& room) { return room.write(room.mustikka, " \n "); }},
    {"writes 1000", [](ChatRoom& room) { return room.write(room.mustikka, std::string(1000, 'a')); }},
    {"writes 1001", [](ChatRoom& room) { return room.write(room.mustikka, std::string(1001, 'a')); }},
    {"writes hidden signs",
        [](ChatRoom& room) {
            return room.write(room.mustikka,
                "a\xe2\x80\xae"
                "b");
        }},
    {"answers nothing", [](ChatRoom& room) { return room.write(room.mustikka, "Niin", MessageId{999'999}); }},
    {"writes to the staff", [](ChatRoom& room) { return room.write(room.mustikka, "Hei!", {}, Channel::staff); }},
    {"other writes", [](ChatRoom& room) { return room.write(room.hauki, "Hei!"); }},
    {"staff write", [](ChatRoom& room) { return room.write(room.moderaattori, "Hei!"); }},
    {"staff write to the staff",
        [](ChatRoom& room) { return room.write(room.moderaattori, "Hei!", {}, Channel::staff); }},
    {"sets the mode", [](ChatRoom& room) { return room.ask(room.mustikka, SetChatMode{ChatMode::open}); }},
    {"staff set the mode", [](ChatRoom& room) { return room.ask(room.moderaattori, SetChatMode{ChatMode::open}); }},
    {"staff set slow mode", [](ChatRoom& room) { return room.ask(room.moderaattori, SetSlowMode{10}); }},
    {"staff pin", [](ChatRoom& room) { return room.ask(room.moderaattori, PinAnnouncement{"Tauko kello 10.30."}); }},
    {"staff pin 301",
        [](ChatRoom& room) { return room.ask(room.moderaattori, PinAnnouncement{std::string(301, 'a')}); }},
    {"staff silence",
        [](ChatRoom& room) {
            return room.ask(
                room.moderaattori, SilencePerson{.person = room.mustikka, .minutes = 5, .reason = "Hetki."});
        }},
    {"staff silence, no reason",
        [](ChatRoom& room) {
            return room.ask(room.moderaattori, SilencePerson{.person = room.mustikka, .minutes = 5, .reason = " "});
        }},
    {"staff silence staff",
        [](ChatRoom& room) {
            return room.ask(room.moderaattori, SilencePerson{.person = room.ohjaaja, .minutes = 5, .reason = "Hetki."});
        }},
    {"staff end the silence", [](ChatRoom& room) { return room.ask(room.moderaattori, EndSilence{room.mustikka}); }},
    {"staff remove",
        [](ChatRoom& room) {
            return room.ask(
                room.moderaattori, RemovePerson{.person = room.mustikka, .reason = "Uhkaili.", .ban = false});
        }},
    {"staff remove, reason 201",
        [](ChatRoom& room) {
            return room.ask(room.moderaattori,
                RemovePerson{.person = room.mustikka, .reason = std::string(201, 'a'), .ban = false});
        }},
    {"staff ban",
        [](ChatRoom& room) {
            return room.ask(
                room.moderaattori, RemovePerson{.person = room.mustikka, .reason = "Uhkaili.", .ban = true});
        }},
    {"staff let back in", [](ChatRoom& room) { return room.ask(room.moderaattori, ReadmitPerson{room.mustikka}); }},
};

/// The refusal's word; else "ok", or why the message waits.
std::string cell(const State& state, const Act& act) {
    ChatRoom room{plan_with_words()};
    state.make(room);
    const auto answer = act.act(room);
    if (answer.refusal) return std::string{base::name_of(*answer.refusal)};
    const auto* sent = answer.find<MessageSent>();
    if (sent == nullptr || sent->reasons.empty()) return answer.events.empty() ? "nothing to do" : "ok";
    std::string reasons;
    for (const auto reason : sent->reasons)
        reasons += (reasons.empty() ? "held: " : ", ") + std::string{base::name_of(reason)};
    return reasons;
}

}  // namespace

TEST_CASE("every command of the chat in every state of it has its word") {
    std::string found;
    for (const auto& state : states) {
        found += std::string{state.name} + "\n";
        for (const auto& act : acts)
            found += "    " + std::string{act.name} + std::string(26 - act.name.size(), ' ') + cell(state, act) + "\n";
    }
    std::cout << found;
    CHECK(found == test_file("data/chat-table.txt"));
}
