// Every command on a message in every state of it: the whole table, for a person to read.

#include <functional>
#include <iostream>

#include "chat_room.hpp"
#include "support/files.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

struct State {
    std::string_view name;
    std::function<MessageId(ChatRoom&)> make;
};

struct Act {
    std::string_view name;
    std::function<Answer(ChatRoom&, MessageId)> act;
};

// The author is Mustikka, another participant Hauki; the one who decides is Moderaattori, the
// other moderator Toinen moderaattori.

MessageId flagged(ChatRoom& room) {
    const auto kapy = room.admit("Käpy");
    const auto id = room.sent(room.mustikka, "Huomenta");
    room.flag(kapy, id);
    return id;
}

const std::vector<State> states{
    {"no such message", [](ChatRoom&) { return MessageId{999'999}; }},
    {"staff's own", [](ChatRoom& room) { return room.sent(room.toinen, "Keskenämme", Channel::staff); }},
    {"held", [](ChatRoom& room) { return room.held(room.mustikka, "Huomenta"); }},
    {"held, mine",
        [](ChatRoom& room) {
            const auto id = room.held(room.mustikka, "Huomenta");
            room.claim(room.moderaattori, id);
            return id;
        }},
    {"held, another's",
        [](ChatRoom& room) {
            const auto id = room.held(room.mustikka, "Huomenta");
            room.claim(room.toinen, id);
            return id;
        }},
    {"held, expired",
        [](ChatRoom& room) {
            const auto id = room.held(room.mustikka, "Huomenta");
            room.claim(room.toinen, id);
            room.pass(61s);
            return id;
        }},
    {"published", [](ChatRoom& room) { return room.sent(room.mustikka, "Huomenta"); }},
    {"published by other",
        [](ChatRoom& room) {
            const auto id = room.held(room.mustikka, "Huomenta");
            room.publish(room.toinen, id);
            return id;
        }},
    {"flagged", flagged},
    {"flagged, another's",
        [](ChatRoom& room) {
            const auto id = flagged(room);
            room.claim(room.toinen, id);
            return id;
        }},
    {"rejected by me",
        [](ChatRoom& room) {
            const auto id = room.held(room.mustikka, "Huomenta");
            room.reject(room.moderaattori, id);
            return id;
        }},
    {"rejected long ago",
        [](ChatRoom& room) {
            const auto id = room.held(room.mustikka, "Huomenta");
            room.reject(room.moderaattori, id);
            room.pass(1min);
            return id;
        }},
    {"rejected by other",
        [](ChatRoom& room) {
            const auto id = room.held(room.mustikka, "Huomenta");
            room.reject(room.toinen, id);
            return id;
        }},
    {"made a parked question",
        [](ChatRoom& room) {
            const auto id = room.held(room.mustikka, "Huomenta");
            room.ask(room.toinen, ParkQuestion{.message = id, .version = 1, .text = {}});
            return id;
        }},
    {"left at the session's end",
        [](ChatRoom& room) {
            const auto id = room.held(room.mustikka, "Huomenta");
            room.ask(room.ohjaaja, CloseSession{});
            room.ask(room.ohjaaja, ReopenSession{});
            return id;
        }},
    {"withdrawn",
        [](ChatRoom& room) {
            const auto id = room.held(room.mustikka, "Huomenta");
            room.retract(room.mustikka, id);
            return id;
        }},
    {"retracted by author",
        [](ChatRoom& room) {
            const auto id = room.sent(room.mustikka, "Huomenta");
            room.retract(room.mustikka, id);
            return id;
        }},
    {"retracted by other",
        [](ChatRoom& room) {
            const auto id = room.sent(room.mustikka, "Huomenta");
            room.retract(room.toinen, id, "Syy");
            return id;
        }},
};

const std::vector<Act> acts{
    {"claim", [](ChatRoom& room, MessageId id) { return room.claim(room.moderaattori, id); }},
    {"release", [](ChatRoom& room, MessageId id) { return room.ask(room.moderaattori, ReleaseReview{id}); }},
    {"publish", [](ChatRoom& room, MessageId id) { return room.publish(room.moderaattori, id); }},
    {"publish old",
        [](ChatRoom& room, MessageId id) {
            return room.ask(room.moderaattori, PublishMessage{.message = id, .version = 99});
        }},
    {"reject", [](ChatRoom& room, MessageId id) { return room.reject(room.moderaattori, id); }},
    {"reject long",
        [](ChatRoom& room, MessageId id) { return room.reject(room.moderaattori, id, std::string(201, 'a')); }},
    {"undo", [](ChatRoom& room, MessageId id) { return room.ask(room.moderaattori, UndoRejection{id}); }},
    {"retract", [](ChatRoom& room, MessageId id) { return room.retract(room.moderaattori, id, "Syy"); }},
    {"retract, seen",
        [](ChatRoom& room, MessageId id) {
            return room.ask(
                room.moderaattori, RetractMessage{.message = id, .reason = "Syy", .version = room.version(id)});
        }},
    {"retract, seen old",
        [](ChatRoom& room, MessageId id) {
            return room.ask(room.moderaattori, RetractMessage{.message = id, .reason = "Syy", .version = 99});
        }},
    {"retract long",
        [](ChatRoom& room, MessageId id) { return room.retract(room.moderaattori, id, std::string(201, 'a')); }},
    {"retract, no reason", [](ChatRoom& room, MessageId id) { return room.retract(room.moderaattori, id); }},
    {"author retracts", [](ChatRoom& room, MessageId id) { return room.retract(room.mustikka, id); }},
    {"other retracts", [](ChatRoom& room, MessageId id) { return room.retract(room.hauki, id, "Syy"); }},
    {"other flags", [](ChatRoom& room, MessageId id) { return room.flag(room.hauki, id); }},
    {"author flags", [](ChatRoom& room, MessageId id) { return room.flag(room.mustikka, id); }},
    {"other reacts",
        [](ChatRoom& room, MessageId id) {
            return room.ask(room.hauki, ReactToMessage{.message = id, .reaction = Reaction::heart, .on = true});
        }},
    {"author reacts",
        [](ChatRoom& room, MessageId id) {
            return room.ask(room.mustikka, ReactToMessage{.message = id, .reaction = Reaction::heart, .on = true});
        }},
    {"other answers", [](ChatRoom& room, MessageId id) { return room.write(room.hauki, "Niin", id); }},
    {"author answers", [](ChatRoom& room, MessageId id) { return room.write(room.mustikka, "Niin", id); }},
    {"to park",
        [](ChatRoom& room, MessageId id) {
            return room.ask(room.moderaattori, ParkQuestion{.message = id, .version = room.version(id), .text = {}});
        }},
    {"to park, unseen",
        [](ChatRoom& room, MessageId id) {
            return room.ask(room.moderaattori, ParkQuestion{.message = id, .version = {}, .text = {}});
        }},
    {"to floor",
        [](ChatRoom& room, MessageId id) {
            return room.ask(room.moderaattori, RequestFloorFromMessage{.message = id, .version = room.version(id)});
        }},
    {"to help",
        [](ChatRoom& room, MessageId id) {
            return room.ask(room.moderaattori, AskHelpFromMessage{.message = id, .version = room.version(id)});
        }},
};

std::string cell(const State& state, const Act& act) {
    ChatRoom room;
    const auto answer = act.act(room, state.make(room));
    return answer.refusal ? std::string{base::name_of(*answer.refusal)} : "ok";
}

std::string table() {
    std::string out;
    for (const auto& state : states) {
        out += std::string{state.name} + "\n";
        for (const auto& act : acts)
            out += "    " + std::string{act.name} + std::string(20 - act.name.size(), ' ') + cell(state, act) + "\n";
    }
    return out;
}

}  // namespace

TEST_CASE("every command on every state of a message has its word") {
    const auto found = table();
    std::cout << found;
    CHECK(found == test_file("data/review-table.txt"));
}
