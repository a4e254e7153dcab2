#include <algorithm>

#include "scenarios/play.hpp"

namespace etakahvila::testing {
namespace {

/// "Kyllä / Ei" are two.
std::vector<std::string> parts_of(const std::string& text) {
    std::vector<std::string> parts;
    for (std::size_t from = 0; from <= text.size();) {
        const auto slash = std::min(text.find(" / ", from), text.size());
        parts.push_back(text.substr(from, slash - from));
        from = slash + 3;
    }
    return parts;
}

std::string joined(const std::vector<std::int64_t>& numbers) {
    std::string text;
    for (const auto number : numbers) text += (text.empty() ? "" : ", ") + std::to_string(number);
    return text;
}

std::vector<std::int64_t> places_of(const std::vector<std::string>& options, const std::string& chosen) {
    std::vector<std::int64_t> places;
    for (const auto& each : parts_of(chosen)) {
        const auto found = std::find(options.begin(), options.end(), each);
        // What is none of them is a number that is none of theirs.
        places.push_back(found == options.end() ? 5 : found - options.begin());
    }
    return places;
}

PollId poll_called(const Play& play, const std::string& question) {
    const auto found = play.polls.find(question);
    expect(found != play.polls.end(), "there is no poll \"" + question + "\"");
    return found->second;
}

/// The poll that is open, or was asked last.
const PollItem& poll_at_hand(const Play& play) {
    const auto& room = play.room().room();
    if (const auto* open = open_poll(room)) return *open;
    expect(!room.polls.all.empty(), "there is no poll");
    return room.polls.all.rbegin()->second;
}

void make(Play& play, PersonId person, MakePoll command) {
    const auto question = command.question;
    play.ask(person, std::move(command));
    if (const auto* made = play.last().find<PollMade>()) play.polls[question] = made->poll;
}

const Poll& seen(const Sight& sight, const std::string& question) {
    const auto id = poll_called(sight.play, question);
    for (const auto* poll : sight.view.all<Poll>()) {
        if (poll->id == id) return *poll;
    }
    fail_play("the poll is not seen");
}

}  // namespace

void add_poll_sentences(Sentences& says) {
    // ---- what the staff do
    says.does("<person> makes a poll <quote> of <quote>.", [](Play& play, const Blanks& blanks) {
        make(play, blanks.person(0), MakePoll{.question = blanks.text(1), .options = parts_of(blanks.text(2))});
    });
    says.does("<person> makes a poll <quote> of <quote>, of which up to <number> may be chosen.",
        [](Play& play, const Blanks& blanks) {
            make(play, blanks.person(0),
                MakePoll{
                    .question = blanks.text(1), .options = parts_of(blanks.text(2)), .choices_max = blanks.number(3)});
        });
    says.does("<person> makes a quiz <quote> of <quote>, where <quote> is right: <quote>.",
        [](Play& play, const Blanks& blanks) {
            const auto options = parts_of(blanks.text(2));
            make(play, blanks.person(0),
                MakePoll{.question = blanks.text(1),
                    .options = options,
                    .right = places_of(options, blanks.text(3)),
                    .why = blanks.text(4)});
        });
    says.does("<person> asks everyone at once <quote>.", [](Play& play, const Blanks& blanks) {
        make(play, blanks.person(0),
            MakePoll{.question = blanks.text(1), .options = {"Kyllä", "Ei", "En osaa sanoa"}, .open = true});
    });
    says.does("<person> changes the poll <quote> to <quote> of <quote>.", [](Play& play, const Blanks& blanks) {
        const auto id = poll_called(play, blanks.text(1));
        play.ask(blanks.person(0), ChangePoll{.poll = id,
                                       .version = play.room().room().polls.all.at(id).version,
                                       .question = blanks.text(2),
                                       .options = parts_of(blanks.text(3))});
        if (play.last().is_done()) play.polls[blanks.text(2)] = id;
    });
    says.does(
        "<person> changes the poll <quote>, not knowing of the last change.", [](Play& play, const Blanks& blanks) {
            const auto id = poll_called(play, blanks.text(1));
            play.ask(blanks.person(0), ChangePoll{.poll = id,
                                           .version = play.room().room().polls.all.at(id).version - 1,
                                           .question = blanks.text(1),
                                           .options = {"Kyllä", "Ei"}});
        });
    says.does("<person> opens the poll <quote>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), OpenPoll{poll_called(play, blanks.text(1))});
    });
    says.does("<person> closes the poll.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), ClosePoll{poll_at_hand(play).id}); });
    says.does("<person> shows the poll <quote>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), ShowPoll{.poll = poll_called(play, blanks.text(1)), .why = {}});
    });
    says.does("<person> shows the poll <quote>, and why: <quote>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), ShowPoll{.poll = poll_called(play, blanks.text(1)), .why = blanks.text(2)});
    });
    says.does("<person> withdraws the poll <quote>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), WithdrawPoll{poll_called(play, blanks.text(1))});
    });

    // ---- what people choose
    says.does("<person> chooses <quote>.", [](Play& play, const Blanks& blanks) {
        const auto& poll = poll_at_hand(play);
        play.ask(blanks.person(0), AnswerPoll{.poll = poll.id, .options = places_of(poll.options, blanks.text(1))});
    });
    says.does("<person> chooses nothing.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), AnswerPoll{.poll = poll_at_hand(play).id, .options = {}});
    });
    says.does("<people> choose <quote>.", [](Play& play, const Blanks& blanks) {
        const auto& poll = poll_at_hand(play);
        for (const auto person : blanks.people(0)) {
            play.ask(person, AnswerPoll{.poll = poll.id, .options = places_of(poll.options, blanks.text(1))});
            expect(play.last().is_done(), "one of them was refused");
        }
    });
    says.does("<person> notes for <person>: <quote>.", [](Play& play, const Blanks& blanks) {
        const auto& poll = poll_at_hand(play);
        play.ask(blanks.person(0),
            AnswerPollFor{
                .poll = poll.id, .person = blanks.person(1), .options = places_of(poll.options, blanks.text(2))});
    });

    // ---- what is seen
    says.sees("the poll <quote>.", [](const Sight& sight, const Blanks& blanks) { seen(sight, blanks.text(0)); });
    says.sees("the poll <quote> is <word>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(seen(sight, blanks.text(0)).state, blanks.word<PollState>(1), "the poll");
    });
    says.sees("<number> have answered <quote>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(seen(sight, blanks.text(1)).answered.value_or(-1), blanks.number(0), "how many have answered");
    });
    says.sees("how many have answered <quote>.", [](const Sight& sight, const Blanks& blanks) {
        expect(seen(sight, blanks.text(0)).answered.has_value(), "it is not told");
    });
    says.sees("that <person> has answered <quote>.", [](const Sight& sight, const Blanks& blanks) {
        const auto id = poll_called(sight.play, blanks.text(1));
        const auto answers = sight.view.all<PollAnswer>();
        expect(std::any_of(answers.begin(), answers.end(),
                   [&](const auto* answer) { return answer->person == blanks.person(0) && answer->poll == id; }),
            "it is not told");
    });
    says.sees("a result of <quote>.", [](const Sight& sight, const Blanks& blanks) {
        expect(seen(sight, blanks.text(0)).counts.has_value(), "there is none");
    });
    says.sees("the result of <quote> is <quote>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(joined(seen(sight, blanks.text(0)).counts.value_or(std::vector<std::int64_t>{})), blanks.text(1),
            "the result");
    });
    says.sees("the right answer to <quote>.", [](const Sight& sight, const Blanks& blanks) {
        expect(seen(sight, blanks.text(0)).right.has_value(), "it is not told");
    });
    says.sees("the right answer to <quote> is <quote>, because <quote>.", [](const Sight& sight, const Blanks& blanks) {
        const auto& poll = seen(sight, blanks.text(0));
        expect(poll.right == places_of(poll.options, blanks.text(1)), "another is right, or none");
        expect_same(poll.why.value_or(""), blanks.text(2), "why");
    });
}

const Subject poll_sentences{add_poll_sentences};

}  // namespace etakahvila::testing
