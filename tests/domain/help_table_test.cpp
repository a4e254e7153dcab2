// Every command on a help request in every state of it: the whole table, for a person to read.

#include <functional>
#include <iostream>

#include "chat_room.hpp"
#include "support/files.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

struct State {
    std::string_view name;
    std::function<HelpId(ChatRoom&)> make;
};

struct Act {
    std::string_view name;
    std::function<Answer(ChatRoom&, HelpId)> act;
};

// Mustikka is in trouble, Hauki is not; Moderaattori acts, Toinen moderaattori is the other one.

HelpId open(ChatRoom& room) {
    return room.ask(room.mustikka, AskForHelp{.kind = HelpKind::cannot_hear, .words = {}, .call_back = {}})
        .id<HelpId>();
}

HelpId claimed(ChatRoom& room, PersonId by) {
    const auto id = open(room);
    room.ask(by, ClaimHelp{id});
    return id;
}

HelpId suggested(ChatRoom& room) {
    Answer lost;
    for (int times = 0; times < 3; ++times) {
        lost = room.lose(room.mustikka);
        room.connect(room.mustikka);
    }
    return lost.id<HelpId>();
}

const std::vector<State> states{
    {"no such request", [](ChatRoom&) { return HelpId{999'999}; }},
    {"suggested", suggested},
    {"suggestion dropped",
        [](ChatRoom& room) {
            const auto id = suggested(room);
            room.ask(room.mustikka, CancelHelp{id});
            return id;
        }},
    {"open", open},
    {"claimed by me", [](ChatRoom& room) { return claimed(room, room.moderaattori); }},
    {"claimed by other", [](ChatRoom& room) { return claimed(room, room.toinen); }},
    {"claimed by one away",
        [](ChatRoom& room) {
            const auto id = claimed(room, room.toinen);
            room.lose(room.toinen);
            return id;
        }},
    {"claim came back",
        [](ChatRoom& room) {
            const auto id = claimed(room, room.toinen);
            room.lose(room.toinen);
            room.pass(1min);
            return id;
        }},
    {"solved by other",
        [](ChatRoom& room) {
            const auto id = open(room);
            room.ask(room.toinen, SolveHelp{id});
            return id;
        }},
    {"handed over",
        [](ChatRoom& room) {
            const auto id = open(room);
            room.ask(room.toinen, HandOverHelp{.help = id, .to = "Omatyöntekijä"});
            return id;
        }},
    {"cancelled by the end",
        [](ChatRoom& room) {
            const auto id = open(room);
            room.ask(room.ohjaaja, CloseSession{});
            room.ask(room.ohjaaja, ReopenSession{});
            return id;
        }},
    {"cancelled",
        [](ChatRoom& room) {
            const auto id = open(room);
            room.ask(room.mustikka, CancelHelp{id});
            return id;
        }},
};

const std::vector<Act> acts{
    {"claim", [](ChatRoom& room, HelpId id) { return room.ask(room.moderaattori, ClaimHelp{id}); }},
    {"release", [](ChatRoom& room, HelpId id) { return room.ask(room.moderaattori, ReleaseHelp{id}); }},
    {"solve", [](ChatRoom& room, HelpId id) { return room.ask(room.moderaattori, SolveHelp{id}); }},
    {"hand over",
        [](ChatRoom& room, HelpId id) {
            return room.ask(room.moderaattori, HandOverHelp{.help = id, .to = "Omatyöntekijä"});
        }},
    {"hand over, 121",
        [](ChatRoom& room, HelpId id) {
            return room.ask(room.moderaattori, HandOverHelp{.help = id, .to = std::string(121, 'a')});
        }},
    {"hand over to nobody",
        [](ChatRoom& room, HelpId id) { return room.ask(room.moderaattori, HandOverHelp{.help = id, .to = " "}); }},
    {"staff write", [](ChatRoom& room,
                        HelpId id) { return room.ask(room.moderaattori, AddHelpMessage{.help = id, .text = "Hei"}); }},
    {"staff write 501",
        [](ChatRoom& room, HelpId id) {
            return room.ask(room.moderaattori, AddHelpMessage{.help = id, .text = std::string(501, 'a')});
        }},
    {"staff cancel", [](ChatRoom& room, HelpId id) { return room.ask(room.moderaattori, CancelHelp{id}); }},
    {"staff raise",
        [](ChatRoom& room, HelpId) {
            return room.ask(
                room.moderaattori, RaiseHelpFor{.person = room.mustikka, .kind = HelpKind::not_heard, .words = {}});
        }},
    {"person asks",
        [](ChatRoom& room, HelpId) {
            return room.ask(room.mustikka, AskForHelp{.kind = HelpKind::not_heard, .words = {}, .call_back = {}});
        }},
    {"person asks, no number",
        [](ChatRoom& room, HelpId) {
            return room.ask(room.mustikka, AskForHelp{.kind = HelpKind::not_heard, .words = {}, .call_back = "soita"});
        }},
    {"person writes",
        [](ChatRoom& room, HelpId id) { return room.ask(room.mustikka, AddHelpMessage{.help = id, .text = "Hei"}); }},
    {"person cancels", [](ChatRoom& room, HelpId id) { return room.ask(room.mustikka, CancelHelp{id}); }},
    {"person solves", [](ChatRoom& room, HelpId id) { return room.ask(room.mustikka, SolveHelp{id}); }},
    {"other writes",
        [](ChatRoom& room, HelpId id) { return room.ask(room.hauki, AddHelpMessage{.help = id, .text = "Hei"}); }},
    {"other cancels", [](ChatRoom& room, HelpId id) { return room.ask(room.hauki, CancelHelp{id}); }},
};

std::string table() {
    std::string out;
    for (const auto& state : states) {
        out += std::string{state.name} + "\n";
        for (const auto& act : acts) {
            ChatRoom room;
            const auto answer = act.act(room, state.make(room));
            out += "    " + std::string{act.name} + std::string(24 - act.name.size(), ' ') +
                   (answer.refusal ? std::string{base::name_of(*answer.refusal)} : "ok") + "\n";
        }
    }
    return out;
}

}  // namespace

TEST_CASE("every command on every state of a help request has its word") {
    const auto found = table();
    std::cout << found;
    CHECK(found == test_file("data/help-table.txt"));
}
