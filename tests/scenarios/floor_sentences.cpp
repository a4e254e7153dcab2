#include <algorithm>

#include "scenarios/play.hpp"

namespace etakahvila::testing {
namespace {

void request(Play& play, PersonId by, RequestFloor asks) {
    const auto beneficiary = asks.beneficiary.value_or(by);
    play.ask(by, std::move(asks));
    if (play.last().is_done()) play.requests[beneficiary] = play.last().id<RequestId>();
}

Milliseconds spoken(const Sight& sight) {
    const auto& turn = sight.turn();
    Milliseconds spoken{turn.spoken_ms};
    if (turn.state == TurnState::speaking) spoken += sight.play.room().now().at - turn.since;
    return spoken;
}

std::vector<PersonId> queue(const Sight& sight) {
    std::vector<PersonId> people;
    for (const auto* request : sight.view.queue()) people.push_back(request->beneficiary);
    return people;
}

std::string names(const Play& play, const std::vector<PersonId>& people) {
    std::string names;
    for (const auto person : people) names += (names.empty() ? "" : ", ") + play.name(person);
    return names.empty() ? "nobody" : names;
}

const Contribution& contribution(const Sight& sight, PersonId person) {
    const auto* seen = sight.view.contribution(person);
    expect(seen != nullptr, "no contribution is seen");
    return *seen;
}

const RoundPlace& round_place(const Sight& sight, PersonId person) {
    expect(sight.view.round() != nullptr, "there is no round");
    for (const auto& place : sight.view.round()->places) {
        if (place.person == person) return place;
    }
    fail_play("they are not in the round");
}

}  // namespace

void add_floor_sentences(Sentences& says) {
    // ---- asking
    says.does("<person> asks for the floor.",
        [](Play& play, const Blanks& blanks) { request(play, blanks.person(0), {.kind = FloorRequestKind::speak}); });
    says.does("<person> asks for the floor: <quote>.", [](Play& play, const Blanks& blanks) {
        request(play, blanks.person(0),
            {.kind = FloorRequestKind::speak, .beneficiary = {}, .note = blanks.text(1), .text = {}});
    });
    says.does("<person> asks for the floor for <person>.", [](Play& play, const Blanks& blanks) {
        request(play, blanks.person(0),
            {.kind = FloorRequestKind::speak, .beneficiary = blanks.person(1), .note = {}, .text = {}});
    });
    says.does("<person> asks to reply.",
        [](Play& play, const Blanks& blanks) { request(play, blanks.person(0), {.kind = FloorRequestKind::reply}); });
    says.does("<person> asks for a turn in writing: <quote>.", [](Play& play, const Blanks& blanks) {
        request(play, blanks.person(0),
            {.kind = FloorRequestKind::written, .beneficiary = {}, .note = {}, .text = blanks.text(1)});
    });
    says.does("<person> takes their request back.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), CancelFloorRequest{play.request(blanks.person(0))});
    });
    says.does("<person> takes back the request of <person>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), CancelFloorRequest{play.request(blanks.person(1))});
    });
    says.does("<person> approves the request of <person>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), ApproveFloorRequest{play.request(blanks.person(1))});
    });
    says.does("<person> denies the request of <person>: <quote>.", [](Play& play, const Blanks& blanks) {
        play.ask(
            blanks.person(0), DenyFloorRequest{.request = play.request(blanks.person(1)), .reason = blanks.text(2)});
    });
    says.does("<person> puts the request of <person> back.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), RestoreFloorRequest{play.request(blanks.person(1))});
    });

    // ---- giving
    says.does("<person> gives the floor to the next.", [](Play& play, const Blanks& blanks) {
        const auto sight = play.sight_of_staff();
        play.ask(blanks.person(0),
            GrantFloor{.request = {},
                .expected_turn = sight.view.turn() ? std::optional{sight.view.turn()->id} : std::nullopt});
    });
    says.does("<person> gives the floor to the next, not knowing of the turn that is on.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), GrantFloor{}); });
    says.does("<person> gives the floor to <person>.", [](Play& play, const Blanks& blanks) {
        const auto sight = play.sight_of_staff();
        const auto expected = sight.view.turn() ? std::optional{sight.view.turn()->id} : std::nullopt;
        const auto to = blanks.person(1);
        for (const auto* waiting : sight.view.queue()) {
            if (waiting->beneficiary == to)
                return play.ask(blanks.person(0), GrantFloor{.request = waiting->id, .expected_turn = expected});
        }
        play.ask(blanks.person(0), GrantFloorTo{.person = to, .expected_turn = expected});
    });

    // ---- the turn
    says.does("<person> says that the speaker has finished.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), ReleaseTurn{.turn = play.turn(), .later = {}});
    });
    says.does("<person> has finished.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), ReleaseTurn{.turn = play.turn(), .later = {}});
    });
    says.does("<person> takes the floor from the speaker.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), RevokeTurn{play.turn()}); });
    says.does("<person> stops the clock of the turn.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), PauseTurn{play.turn()}); });
    says.does("<person> lets the clock of the turn run.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), ContinueTurn{play.turn()}); });
    says.does("<person> nudges the speaker.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), NudgeSpeaker{play.turn()}); });
    says.does("We remember this turn.", [](Play& play, const Blanks&) {
        play.earlier_turn = play.turn();
        play.keep({});
    });
    says.does("<person> ends the turn that we remember.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), RevokeTurn{play.earlier_turn.value()}); });

    // ---- the rules of the queue
    says.does("<person> makes the queue <word>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), SetFloorPolicy{blanks.word<FloorPolicy>(1)});
    });
    says.does("<person> wishes for turns of <number> seconds.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), SetTurnLimit{.seconds = blanks.number(1), .hard = false});
    });
    says.does("<person> ends turns at <number> seconds.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), SetTurnLimit{.seconds = blanks.number(1), .hard = true});
    });
    says.does("<person> orders the queue: <people>.", [](Play& play, const Blanks& blanks) {
        ReorderLineUp order;
        for (const auto person : blanks.people(1)) order.order.push_back(play.request(person));
        play.ask(blanks.person(0), std::move(order));
    });
    says.does("<person> lets those speak first who have been heard least.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), OrderLeastHeardFirst{}); });
    says.does("<person> asks <person> onto the stage.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), SetOnStage{.person = blanks.person(1), .on = true});
    });
    says.does("<person> asks <person> off the stage.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), SetOnStage{.person = blanks.person(1), .on = false});
    });

    // ---- the round
    says.does(
        "<person> begins a round.", [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), StartRound{}); });
    says.does("<person> begins a round, shuffled by <number>.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), StartRound{blanks.number(1)}); });
    says.does(
        "<person> ends the round.", [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), EndRound{}); });
    says.does("<person> passes.", [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), PassRound{}); });
    says.does("<person> says: later.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), TakeRoundLater{}); });

    // ---- what is seen
    says.sees("<person> speaks, <clock> spoken.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.play.name(sight.turn().speaker), sight.play.name(blanks.person(0)), "the speaker");
        expect_same(sight.turn().state, TurnState::speaking, "the turn");
        expect_same(spoken(sight), blanks.clock(1), "the time spoken");
    });
    says.sees("<person> speaks.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.play.name(sight.turn().speaker), sight.play.name(blanks.person(0)), "the speaker");
        expect_same(sight.turn().state, TurnState::speaking, "the turn");
    });
    says.sees("the turn of <person> is <word>, <clock> spoken.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.play.name(sight.turn().speaker), sight.play.name(blanks.person(0)), "the speaker");
        expect_same(sight.turn().state, blanks.word<TurnState>(1), "the turn");
        expect_same(spoken(sight), blanks.clock(2), "the time spoken");
    });
    says.sees("nobody speaks.",
        [](const Sight& sight, const Blanks&) { expect(sight.view.turn() == nullptr, "somebody speaks"); });
    says.sees("the turn is kept for <time>.", [](const Sight& sight, const Blanks& blanks) {
        expect(sight.turn().suspended_until.has_value(), "the turn is not kept");
        expect_same(*sight.turn().suspended_until - sight.play.room().now().at, blanks.time(0), "the time");
    });
    says.sees("the turn is wished to be <number> seconds.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.turn().soft_limit_seconds.value_or(0), blanks.number(0), "the limit");
    });
    says.sees("the speaker is nudged.",
        [](const Sight& sight, const Blanks&) { expect(sight.turn().nudged_at.has_value(), "nobody has nudged"); });
    says.sees("the turn has <number> repl(ies)(y).", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.turn().reply_count, blanks.number(0), "the number");
    });
    says.sees("the words <quote>, to be read aloud.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.turn().text.value_or(""), blanks.text(0), "the text");
    });
    says.sees("the queue is <people>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(names(sight.play, queue(sight)), names(sight.play, blanks.people(0)), "the queue");
    });
    says.sees("place <number> in the queue.", [](const Sight& sight, const Blanks& blanks) {
        const auto people = queue(sight);
        const auto mine = std::find(people.begin(), people.end(), sight.person.value());
        expect(mine != people.end(), "they are not in the queue");
        expect_same<std::int64_t>(mine - people.begin() + 1, blanks.number(0), "the place");
    });
    says.sees("the request of <person> is <word>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.request(blanks.person(0)).state, blanks.word<FloorRequestState>(1), "the request");
    });
    says.sees("the request of <person> was made by <person>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.play.name(sight.request(blanks.person(0)).requested_by), sight.play.name(blanks.person(1)),
            "who made it");
    });
    says.sees("the place of <person> is kept for <time>.", [](const Sight& sight, const Blanks& blanks) {
        expect(sight.request(blanks.person(0)).away_until.has_value(), "they are not away");
        expect_same(
            *sight.request(blanks.person(0)).away_until - sight.play.room().now().at, blanks.time(1), "the time");
    });
    says.sees("the place of <person> is not in danger.", [](const Sight& sight, const Blanks& blanks) {
        expect(!sight.request(blanks.person(0)).away_until, "they are away");
    });
    says.sees("the note of <person>, <quote>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.request(blanks.person(0)).note.value_or(""), blanks.text(1), "the note");
    });
    says.sees("the written turn of <person>, <quote>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.request(blanks.person(0)).text.value_or(""), blanks.text(1), "the text");
    });
    says.sees("the queue is of the kind <word>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.view.floor()->policy, blanks.word<FloorPolicy>(0), "the policy");
    });
    says.sees("the queue was ordered because of <word>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.view.floor()->line_up_reason.value_or(""), blanks.text(0), "the reason");
    });
    says.sees("<person> is on the stage.", [](const Sight& sight, const Blanks& blanks) {
        const auto& stage = sight.view.floor()->stage;
        expect(std::find(stage.begin(), stage.end(), blanks.person(0)) != stage.end(), "they are not on the stage");
    });
    says.sees("there is a round.",
        [](const Sight& sight, const Blanks&) { expect(sight.view.round() != nullptr, "there is no round"); });
    says.sees("the round is <people>.", [](const Sight& sight, const Blanks& blanks) {
        expect(sight.view.round() != nullptr, "there is no round");
        std::vector<PersonId> people;
        for (const auto& place : sight.view.round()->places) people.push_back(place.person);
        expect_same(names(sight.play, people), names(sight.play, blanks.people(0)), "the round");
    });
    says.sees("<person> is <word> in the round.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(round_place(sight, blanks.person(0)).mark, blanks.word<RoundMark>(1), "the mark");
    });
    says.sees("<person> has had <number> turn(s).", [](const Sight& sight, const Blanks& blanks) {
        expect_same(contribution(sight, blanks.person(0)).turns, blanks.number(1), "the number");
    });
    says.sees("<person> has spoken for <clock>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same<Milliseconds>(
            std::chrono::seconds{contribution(sight, blanks.person(0)).spoken_seconds}, blanks.clock(1), "the time");
    });
    says.sees("<person> has had <number> written turn(s).", [](const Sight& sight, const Blanks& blanks) {
        expect_same(contribution(sight, blanks.person(0)).written_turns, blanks.number(1), "the number");
    });
    says.sees("<person> has been heard in this item.", [](const Sight& sight, const Blanks& blanks) {
        expect(contribution(sight, blanks.person(0)).item_heard, "they have not");
    });
    says.sees("how much <person> has been heard.",
        [](const Sight& sight, const Blanks& blanks) { contribution(sight, blanks.person(0)); });
}

const Subject floor_sentences{add_floor_sentences};

}  // namespace etakahvila::testing
