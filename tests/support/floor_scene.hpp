#pragma once

// A live room with the usual people, for the tests of speaking turns.

#include <string>

#include "support/catch.hpp"
#include "support/room_driver.hpp"

namespace etakahvila::testing {

struct FloorScene : RoomDriver {
    PersonId ohjaaja = admit("Ohjaaja", Role::facilitator);
    PersonId toinen_ohjaaja = admit("Ohjaaja Kaksi", Role::facilitator);
    PersonId moderaattori = admit("Moderaattori", Role::moderator);
    PersonId mustikka = admit("Mustikka");
    PersonId kanerva = admit("Kanerva");
    PersonId siili = admit("Siili");
    PersonId vieras = admit("Unihoitaja", Role::guest);

    explicit FloorScene(SessionPlan plan = usual_plan()) : RoomDriver{std::move(plan)} { go_live(ohjaaja); }

    /// Asks for a turn, and is in the queue (or waits for the chair).
    RequestId request(PersonId person, FloorRequestKind kind = FloorRequestKind::speak) {
        const auto answer = ask(
            person, RequestFloor{.kind = kind,
                        .text = kind == FloorRequestKind::written ? std::optional<std::string>{"Kävely auttaa."}
                                                                  : std::nullopt});
        REQUIRE(answer.refusal == std::nullopt);
        return answer.id<RequestId>();
    }
    RequestId request_for(PersonId staff, PersonId beneficiary) {
        const auto answer = ask(staff, RequestFloor{.kind = FloorRequestKind::speak, .beneficiary = beneficiary});
        REQUIRE(answer.refusal == std::nullopt);
        return answer.id<RequestId>();
    }

    /// "Next", pressed by a facilitator who sees what is on now.
    Answer press_next() { return ask(ohjaaja, GrantFloor{.request = {}, .expected_turn = turn_on()}); }
    TurnId next() {
        const auto answer = press_next();
        REQUIRE(answer.refusal == std::nullopt);
        return answer.id<TurnId>();
    }
    TurnId give(RequestId request) {
        const auto answer = ask(ohjaaja, GrantFloor{.request = request, .expected_turn = turn_on()});
        REQUIRE(answer.refusal == std::nullopt);
        return answer.id<TurnId>();
    }
    void release() {
        const auto turn = room().floor.turn.value();
        REQUIRE(ask(turn.kind == FloorRequestKind::written ? ohjaaja : turn.speaker, ReleaseTurn{.turn = turn.id})
                    .refusal == std::nullopt);
    }

    std::optional<TurnId> turn_on() const {
        return room().floor.turn ? std::optional{room().floor.turn->id} : std::nullopt;
    }
    std::optional<PersonId> speaker() const {
        return room().floor.turn ? std::optional{room().floor.turn->speaker} : std::nullopt;
    }
    Turn turn() const {
        const auto seen = view(Audience::participants);
        REQUIRE(seen.turn() != nullptr);
        return *seen.turn();
    }
    std::vector<RequestId> waiting() const { return waiting_requests(room()); }
    std::vector<PersonId> queue_of_people() const {
        std::vector<PersonId> people;
        for (const auto id : waiting()) people.push_back(room().floor.requests.at(id).beneficiary);
        return people;
    }
    std::optional<FloorRequestState> state_for_staff(RequestId id) const {
        const auto seen = view(Audience::staff);
        const auto* found = seen.request(id);
        return found == nullptr ? std::nullopt : std::optional{found->state};
    }
    Contribution voice(PersonId person) const {
        const auto seen = view(Audience::staff);
        const auto* found = seen.contribution(person);
        return found == nullptr ? Contribution{.person = person} : *found;
    }
    std::vector<RoundMark> marks() const {
        std::vector<RoundMark> all;
        if (room().floor.round)
            for (const auto& seat : room().floor.round->seats) all.push_back(seat.mark);
        return all;
    }
    std::vector<PersonId> round_people() const {
        std::vector<PersonId> all;
        if (room().floor.round)
            for (const auto& seat : room().floor.round->seats) all.push_back(seat.person);
        return all;
    }
};

using People = std::vector<PersonId>;
using Marks = std::vector<RoundMark>;

}  // namespace etakahvila::testing
