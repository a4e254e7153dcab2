// Polls: what may be asked, who may choose, and what is counted.

#include "support/catch.hpp"
#include "support/room_driver.hpp"

namespace etakahvila::testing {
namespace {

const std::vector<std::string> yes_or_no{"Kyllä", "Ei", "En osaa sanoa"};

class PollRoom {
public:
    RoomDriver room;
    PersonId chair = room.admit("Ohjaaja", Role::facilitator);
    std::vector<PersonId> people;

    explicit PollRoom(int count = 6) {
        for (int number = 1; number <= count; ++number) people.push_back(room.admit("Nimi " + std::to_string(number)));
        room.go_live(chair);
    }

    PollId ask_at_once(std::int64_t choices_max = 1) {
        const auto made = room.ask(
            chair, MakePoll{.question = "Tauko?", .options = yes_or_no, .choices_max = choices_max, .open = true});
        REQUIRE(made.is_done());
        return made.id<PollId>();
    }
    /// On the phone, and noted by the chair.
    void note(PollId poll, PersonId person, std::int64_t option) {
        if (!room.member(person).is_on_phone)
            REQUIRE(room.ask(chair, SetOnPhone{.person = person, .on = true}).is_done());
        REQUIRE(room.ask(chair, AnswerPollFor{.poll = poll, .person = person, .options = {option}}).is_done());
    }
    Poll seen(PersonId viewer, PollId poll) const {
        const auto view = room.view(viewer);
        for (const auto* each : view.all<Poll>()) {
            if (each->id == poll) return *each;
        }
        FAIL("the poll is not seen");
        return {};
    }
};

}  // namespace

TEST_CASE("polls that were planned go with a day that is moved, once, and those that were opened do not") {
    RoomDriver before;
    const auto chair = before.admit("Ohjaaja", Role::facilitator);
    const auto make = [&](MakePoll poll) { return before.ask(chair, std::move(poll)).id<PollId>(); };
    const MakePoll plain{.question = "Tauko?", .options = yes_or_no, .choices_max = 2};
    const MakePoll quiz{.question = "Montako?",
        .options = {"5", "7"},
        .choices_max = 1,
        .right = std::vector<std::int64_t>{1},
        .why = "Keho palautuu."};
    make(plain);
    make(quiz);
    const auto gone = make({.question = "Turha?", .options = yes_or_no});
    REQUIRE(before.ask(chair, WithdrawPoll{.poll = gone}).is_done());
    REQUIRE(before.ask(chair, OpenDoors{}).is_done());
    make({.question = "Kuuluuko?", .options = yes_or_no, .open = true});
    const auto planned = planned_polls(before.room());
    CHECK(planned == std::vector{plain, quiz});

    RoomDriver after;
    const auto take_all = [&] {
        for (std::size_t place = 0; place < planned.size(); ++place)
            REQUIRE_FALSE(
                after.submit(TakePoll{static_cast<std::int64_t>(place) + 1, planned[place]}).refusal.has_value());
    };
    take_all();
    CHECK(planned_polls(after.room()) == planned);
    // A room that is opened again has them already, also when one of them is there no more.
    const auto other = after.admit("Ohjaaja", Role::facilitator);
    const auto first = after.room().polls.all.begin()->first;
    REQUIRE(after.ask(other, WithdrawPoll{.poll = first}).is_done());
    after.restart(1s);
    take_all();
    CHECK(planned_polls(after.room()) == std::vector{quiz});
}

TEST_CASE("a poll's words are cleaned, and what cannot be asked is refused with its reason") {
    PollRoom day;
    const auto make = [&](MakePoll command) { return day.room.ask(day.chair, std::move(command)); };
    const std::string long_option(81, 'x');
    CHECK(make({.question = " ", .options = yes_or_no}).refusal == RefusalWord::text_empty);
    CHECK(make({.question = std::string(201, 'x'), .options = yes_or_no}).refusal == RefusalWord::text_too_long);
    CHECK(make({.question = "Tauko?", .options = {"Kyllä"}}).refusal == RefusalWord::invalid);
    CHECK(make({.question = "Tauko?", .options = {"Kyllä", " "}}).refusal == RefusalWord::text_empty);
    CHECK(make({.question = "Tauko?", .options = {"Kyllä", long_option}}).refusal == RefusalWord::text_too_long);
    // Two that cannot be told apart.
    CHECK(make({.question = "Tauko?", .options = {"Kyllä", " kyllä "}}).refusal == RefusalWord::invalid);
    CHECK(make({.question = "Tauko?", .options = yes_or_no, .right = std::vector<std::int64_t>{3}}).refusal ==
          RefusalWord::invalid);
    CHECK(make({.question = "Tauko?", .options = {"1", "2", "3", "4", "5", "6", "7"}}).refusal == RefusalWord::invalid);

    const auto made = make({.question = "  Tauko\nnyt? ",
        .options = {"Kyllä\u200b", " Ei"},
        .choices_max = 6,
        .right = std::vector<std::int64_t>{1, 1, 0},
        .why = "  "});
    REQUIRE(made.is_done());
    const auto poll = day.seen(day.chair, made.id<PollId>());
    CHECK(poll.question == "Tauko nyt?");
    CHECK(poll.options == std::vector<std::string>{"Kyllä", "Ei"});
    CHECK(poll.choices_max == 2);
    CHECK(poll.right == std::vector<std::int64_t>{0, 1});
    CHECK_FALSE(poll.why);
}

TEST_CASE("what is asked at once while another is open leaves nothing behind") {
    PollRoom day;
    const auto open = day.ask_at_once();
    const auto again = day.room.ask(day.chair, MakePoll{.question = "Ja nyt?", .options = yes_or_no, .open = true});
    CHECK(again.refusal == RefusalWord::poll_is_open);
    CHECK(again.details->standing == open.value);
    CHECK(day.room.room().polls.all.size() == 1);
}

TEST_CASE("there are only so many polls in a day") {
    PollRoom day;
    for (std::size_t number = 0; number < polls_max; ++number) {
        REQUIRE(day.room.ask(day.chair, MakePoll{.question = "Kysymys " + std::to_string(number), .options = yes_or_no})
                .is_done());
    }
    CHECK(day.room.ask(day.chair, MakePoll{.question = "Vielä yksi", .options = yes_or_no}).refusal ==
          RefusalWord::limit_reached);
}

TEST_CASE("no step has a choice in its events, and no view has one") {
    PollRoom day;
    const auto poll = day.ask_at_once(2);
    REQUIRE(day.room.ask(day.people[0], AnswerPoll{.poll = poll, .options = {2, 0, 2}}).is_done());
    const auto& step = day.room.steps().back();
    REQUIRE(step.ballot);
    CHECK(step.ballot->options == std::vector<std::int64_t>{0, 2});
    REQUIRE(step.events.size() == 1);
    CHECK(std::get<PollVoted>(step.events.front().any()) == PollVoted{.poll = poll, .person = day.people[0], .by = {}});

    // The same room, in which the person chose something else, looks the same to everyone.
    auto steps = day.room.steps();
    steps.back().ballot->options = {1};
    const auto other = replayed(steps);
    CHECK(other.polls.box.at(day.people[0]) == std::vector<std::int64_t>{1});
    for (const auto& viewer : all_viewers(other)) CHECK((snapshot(day.room.room(), viewer) == snapshot(other, viewer)));
}

TEST_CASE("five answers are counted, four are not") {
    const int answers = GENERATE(0, 1, 4, 5, 6);
    CAPTURE(answers);
    PollRoom day;
    const auto poll = day.ask_at_once();
    for (int number = 0; number < answers; ++number) {
        const auto person = day.people[static_cast<std::size_t>(number)];
        REQUIRE(day.room.ask(person, AnswerPoll{.poll = poll, .options = {0}}).is_done());
    }
    const auto closing = day.room.ask(day.chair, ClosePoll{poll});
    REQUIRE(closing.is_done());
    const auto* closed = closing.find<PollClosed>();
    REQUIRE(closed != nullptr);
    CHECK(closed->counts.has_value() == (answers >= 5));
    CHECK(closed->answered.has_value() == (answers >= 5));
    CHECK(day.room.room().polls.box.empty());
    CHECK(day.seen(day.chair, poll).counts.has_value() == (answers >= 5));
    CHECK_FALSE(day.seen(day.people[0], poll).counts);
}

TEST_CASE("staff who noted some answers cannot take them off the result and see what few others chose") {
    const auto [noted, own, is_counted] = GENERATE(table<int, int, bool>({
        {1, 4, false},
        {4, 1, false},
        {4, 4, false},
        {1, 5, true},
        {5, 0, true},
        {4, 0, false},
        {5, 1, false},
    }));
    CAPTURE(noted, own);
    PollRoom day{noted + own};
    const auto poll = day.ask_at_once();
    for (int number = 0; number < noted + own; ++number) {
        const auto person = day.people[static_cast<std::size_t>(number)];
        if (number < noted)
            day.note(poll, person, 1);
        else
            REQUIRE(day.room.ask(person, AnswerPoll{.poll = poll, .options = {0}}).is_done());
    }
    REQUIRE(day.room.ask(day.chair, ClosePoll{poll}).is_done());
    CHECK(day.seen(day.chair, poll).counts.has_value() == is_counted);
}

TEST_CASE("who has put down the phone and chooses anew answers by themselves, and is told so alone") {
    PollRoom day{5};
    const auto poll = day.ask_at_once();
    day.note(poll, day.people[0], 1);
    for (const auto person : day.people)
        REQUIRE(day.room.ask(person, AnswerPoll{.poll = poll, .options = {0}}).is_done());
    CHECK(day.seen(day.chair, poll).answered == 5);
    REQUIRE(day.room.ask(day.chair, ClosePoll{poll}).is_done());
    CHECK(day.seen(day.chair, poll).counts == std::vector<std::int64_t>{5, 0, 0});
    CHECK(day.room.view(day.chair).all<PollAnswer>().size() == 1);
    CHECK(day.room.view(day.people[1]).all<PollAnswer>().size() == 1);
}

TEST_CASE("nobody's answer is noted who is not on the phone, not a participant, or not here") {
    PollRoom day;
    const auto guest = day.room.admit("Vieras", Role::guest);
    const auto poll = day.ask_at_once();
    const auto note = [&](PersonId person) {
        return day.room.ask(day.chair, AnswerPollFor{.poll = poll, .person = person, .options = {0}}).refusal;
    };
    CHECK(note(PersonId{999}) == RefusalWord::not_found);
    CHECK(note(guest) == RefusalWord::not_permitted);
    CHECK(note(day.chair) == RefusalWord::not_permitted);
    CHECK(note(day.people[0]) == RefusalWord::not_now);
}

TEST_CASE("a ballot of somebody who has not answered, or of another poll, is not put into the box") {
    PollRoom day;
    const auto poll = day.ask_at_once();
    REQUIRE(day.room.ask(day.people[0], AnswerPoll{.poll = poll, .options = {0}}).is_done());
    auto room = day.room.room();
    put_in_box(room, {.poll = poll, .person = day.people[1], .options = {0}});
    put_in_box(room, {.poll = PollId{poll.value + 1}, .person = day.people[0], .options = {1}});
    put_in_box(room, {.poll = poll, .person = day.people[0], .options = {7}});
    CHECK(room.polls.box == std::map<PersonId, std::vector<std::int64_t>>{{day.people[0], {0}}});
}

}  // namespace etakahvila::testing
