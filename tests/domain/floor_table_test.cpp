// The answer of every floor command in every state of a request and of a turn, for a person to
// read: data/floor-request-table.txt, data/floor-turn-table.txt. A dot is "done".

#include <functional>

#include "support/files.hpp"
#include "support/floor_scene.hpp"

using namespace etakahvila;
using namespace etakahvila::testing;

namespace {

struct Case {
    std::string name;
    /// Brings the room there; what is asked about then.
    std::function<void(FloorScene&)> arrange;
};

struct Asking {
    std::string name;
    std::function<Answer(FloorScene&)> ask;
};

std::string table_of(const std::vector<Case>& cases, const std::vector<Asking>& commands) {
    std::string table;
    const auto cell = [&](std::string text, std::size_t width) {
        text.resize(std::max(width, text.size()), ' ');
        table += text;
    };
    const auto end_line = [&] {
        table.erase(table.find_last_not_of(' ') + 1);
        table += '\n';
    };
    constexpr std::size_t first_width = 20;
    constexpr std::size_t width = 18;
    cell("", first_width);
    for (const auto& each : cases) cell(each.name, width);
    end_line();
    for (const auto& command : commands) {
        cell(command.name, first_width);
        for (const auto& each : cases) {
            FloorScene room;
            each.arrange(room);
            const auto seq = room.seq();
            const auto answer = command.ask(room);
            // A refusal is a step, and changes nothing.
            if (answer.refusal)
                CHECK(changes_since(room.room(), seq, Viewer{.audience = Audience::staff, .person = {}}).empty());
            cell(answer.refusal ? std::string{base::name_of(*answer.refusal)} : ".", width);
        }
        end_line();
    }
    return table;
}

RequestId newest(const FloorScene& room, PersonId person) {
    RequestId found{4711};
    for (const auto& [id, request] : room.room().floor.requests) {
        if (request.beneficiary == person) found = id;
    }
    return found;
}

}  // namespace

TEST_CASE("the table of floor commands by the state of the request") {
    const auto mine = [](FloorScene& room) { return newest(room, room.mustikka); };
    const std::vector<Case> cases{
        {"unknown", [](FloorScene&) {}},
        {"pending",
            [](FloorScene& room) {
                room.ask(room.ohjaaja, SetFloorPolicy{FloorPolicy::approval});
                room.request(room.mustikka);
            }},
        {"accepted", [](FloorScene& room) { room.request(room.mustikka); }},
        {"away",
            [](FloorScene& room) {
                room.request(room.mustikka);
                room.lose(room.mustikka);
            }},
        {"granted",
            [](FloorScene& room) {
                room.request(room.mustikka);
                room.next();
            }},
        {"released",
            [](FloorScene& room) {
                room.request(room.mustikka);
                room.next();
                room.release();
            }},
        {"denied",
            [](FloorScene& room) {
                room.ask(room.ohjaaja, SetFloorPolicy{FloorPolicy::approval});
                const auto id = room.request(room.mustikka);
                room.ask(room.ohjaaja, DenyFloorRequest{.request = id});
            }},
        {"cancelled",
            [](FloorScene& room) {
                const auto id = room.request(room.mustikka);
                room.ask(room.mustikka, CancelFloorRequest{id});
            }},
        {"revoked",
            [](FloorScene& room) {
                const auto id = room.request(room.mustikka);
                room.ask(room.ohjaaja, DenyFloorRequest{.request = id});
            }},
        {"expired, back",
            [](FloorScene& room) {
                room.request(room.mustikka);
                room.lose(room.mustikka);
                room.pass(2min);
                room.connect(room.mustikka);
            }},
        {"expired, gone",
            [](FloorScene& room) {
                room.request(room.mustikka);
                room.lose(room.mustikka);
                room.pass(2min);
            }},
    };
    const std::vector<Asking> commands{
        {"request again",
            [](FloorScene& room) { return room.ask(room.mustikka, RequestFloor{.kind = FloorRequestKind::speak}); }},
        {"request for them",
            [](FloorScene& room) {
                return room.ask(
                    room.moderaattori, RequestFloor{.kind = FloorRequestKind::speak, .beneficiary = room.mustikka});
            }},
        {"cancel", [=](FloorScene& room) { return room.ask(room.mustikka, CancelFloorRequest{mine(room)}); }},
        {"cancel another's", [=](FloorScene& room) { return room.ask(room.kanerva, CancelFloorRequest{mine(room)}); }},
        {"approve", [=](FloorScene& room) { return room.ask(room.ohjaaja, ApproveFloorRequest{mine(room)}); }},
        {"deny", [=](FloorScene& room) { return room.ask(room.ohjaaja, DenyFloorRequest{.request = mine(room)}); }},
        {"restore", [=](FloorScene& room) { return room.ask(room.ohjaaja, RestoreFloorRequest{mine(room)}); }},
        {"grant it",
            [=](FloorScene& room) {
                return room.ask(room.ohjaaja, GrantFloor{.request = mine(room), .expected_turn = room.turn_on()});
            }},
        {"grant to them",
            [](FloorScene& room) {
                return room.ask(room.ohjaaja, GrantFloorTo{.person = room.mustikka, .expected_turn = room.turn_on()});
            }},
        {"next", [](FloorScene& room) { return room.press_next(); }},
        {"reorder to it", [=](FloorScene& room) { return room.ask(room.ohjaaja, ReorderLineUp{{mine(room)}}); }},
        {"least heard first", [](FloorScene& room) { return room.ask(room.ohjaaja, OrderLeastHeardFirst{}); }},
        {"policy: closed",
            [](FloorScene& room) { return room.ask(room.ohjaaja, SetFloorPolicy{FloorPolicy::closed}); }},
        {"start a round", [](FloorScene& room) { return room.ask(room.ohjaaja, StartRound{}); }},
    };
    const auto table = table_of(cases, commands);
    CHECK(table == test_file("data/floor-request-table.txt"));
}

TEST_CASE("the table of floor commands by the state of the turn") {
    // The turn that is asked about is Mustikka's first; Kanerva waits.
    const auto first = [](FloorScene& room) {
        for (const auto& step : room.steps()) {
            for (const auto& event : step.events) {
                if (const auto* granted = std::get_if<FloorGranted>(&event.any())) return granted->turn;
            }
        }
        return TurnId{4711};
    };
    const auto speak = [](FloorScene& room) {
        room.request(room.mustikka);
        room.request(room.kanerva);
        room.next();
        room.pass(10s);
    };
    const std::vector<Case> cases{
        {"none yet", [](FloorScene& room) { room.request(room.kanerva); }},
        {"speaking", speak},
        {"paused",
            [=](FloorScene& room) {
                speak(room);
                room.ask(room.ohjaaja, PauseTurn{*room.turn_on()});
            }},
        {"suspended",
            [=](FloorScene& room) {
                speak(room);
                room.lose(room.mustikka);
            }},
        {"written",
            [](FloorScene& room) {
                room.request(room.mustikka, FloorRequestKind::written);
                room.request(room.kanerva);
                room.next();
            }},
        {"released",
            [=](FloorScene& room) {
                speak(room);
                room.release();
            }},
        {"revoked",
            [=](FloorScene& room) {
                speak(room);
                room.ask(room.ohjaaja, RevokeTurn{*room.turn_on()});
            }},
        {"expired",
            [=](FloorScene& room) {
                speak(room);
                room.lose(room.mustikka);
                room.pass(2min);
                room.connect(room.mustikka);
            }},
        {"another is on",
            [=](FloorScene& room) {
                speak(room);
                room.next();
                room.request(room.siili);
            }},
        {"two ago",
            [=](FloorScene& room) {
                speak(room);
                room.next();
                room.release();
                room.request(room.siili);
            }},
        {"in a round",
            [](FloorScene& room) {
                room.ask(room.ohjaaja, StartRound{});
                room.next();
            }},
    };
    const std::vector<Asking> commands{
        {"release", [=](FloorScene& room) { return room.ask(room.mustikka, ReleaseTurn{.turn = first(room)}); }},
        {"release, later",
            [=](FloorScene& room) { return room.ask(room.mustikka, ReleaseTurn{.turn = first(room), .later = true}); }},
        {"release another's", [=](FloorScene& room) { return room.ask(room.siili, ReleaseTurn{.turn = first(room)}); }},
        {"revoke", [=](FloorScene& room) { return room.ask(room.ohjaaja, RevokeTurn{first(room)}); }},
        {"pause", [=](FloorScene& room) { return room.ask(room.ohjaaja, PauseTurn{first(room)}); }},
        {"continue", [=](FloorScene& room) { return room.ask(room.ohjaaja, ContinueTurn{first(room)}); }},
        {"nudge", [=](FloorScene& room) { return room.ask(room.ohjaaja, NudgeSpeaker{first(room)}); }},
        {"next, seeing it",
            [=](FloorScene& room) {
                return room.ask(room.ohjaaja, GrantFloor{.request = {}, .expected_turn = first(room)});
            }},
        {"next, seeing none", [](FloorScene& room) { return room.ask(room.ohjaaja, GrantFloor{}); }},
        {"grant to Siili",
            [=](FloorScene& room) {
                return room.ask(room.ohjaaja, GrantFloorTo{.person = room.siili, .expected_turn = first(room)});
            }},
        {"ask to reply",
            [](FloorScene& room) { return room.ask(room.siili, RequestFloor{.kind = FloorRequestKind::reply}); }},
        {"reply to oneself",
            [](FloorScene& room) { return room.ask(room.mustikka, RequestFloor{.kind = FloorRequestKind::reply}); }},
        {"pass", [](FloorScene& room) { return room.ask(room.mustikka, PassRound{}); }},
        {"later", [](FloorScene& room) { return room.ask(room.mustikka, TakeRoundLater{}); }},
        {"end the round", [](FloorScene& room) { return room.ask(room.ohjaaja, EndRound{}); }},
        {"limit: 60 s, hard",
            [](FloorScene& room) { return room.ask(room.ohjaaja, SetTurnLimit{.seconds = 60, .hard = true}); }},
        {"leave",
            [](FloorScene& room) { return room.member(room.mustikka).is_up() ? room.leave(room.mustikka) : Answer{}; }},
    };
    const auto table = table_of(cases, commands);
    CHECK(table == test_file("data/floor-turn-table.txt"));
}
