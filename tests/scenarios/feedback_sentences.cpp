#include "scenarios/play.hpp"

namespace etakahvila::testing {
namespace {

const Feedback& seen(const Sight& sight) {
    const auto all = sight.view.all<Feedback>();
    expect(!all.empty(), "nobody has asked for feedback");
    return *all.front();
}

void expect_word(const std::optional<RefusalWord>& word, const std::string& wanted) {
    expect_same(word ? std::string{base::name_of(*word)} : std::string{"they may"}, wanted, "whether they may");
}

}  // namespace

void add_feedback_sentences(Sentences& says) {
    says.does("<person> opens the feedback.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), OpenFeedback{}); });
    says.does("The house closes the feedback, with <number> answers.", [](Play& play, const Blanks& blanks) {
        play.happen([&] { play.keep(play.room().submit(EndFeedback{blanks.number(0)})); });
    });

    says.tells("<person> may give feedback.", [](const Play& play, const Blanks& blanks) {
        const auto& room = play.room();
        expect_word(why_no_feedback(room.room(), blanks.person(0), room.now().utc), "they may");
    });
    says.tells("<person> may not give feedback: <word>.", [](const Play& play, const Blanks& blanks) {
        const auto& room = play.room();
        expect_word(why_no_feedback(room.room(), blanks.person(0), room.now().utc), blanks.text(1));
    });
    says.tells("Staff may note the feedback of <person>.", [](const Play& play, const Blanks& blanks) {
        const auto& room = play.room();
        expect_word(why_no_feedback_noted(room.room(), blanks.person(0), room.now().utc), "they may");
    });
    says.tells("Staff may not note the feedback of <person>: <word>.", [](const Play& play, const Blanks& blanks) {
        const auto& room = play.room();
        expect_word(why_no_feedback_noted(room.room(), blanks.person(0), room.now().utc), blanks.text(1));
    });
    says.tells("Feedback may come from <number>.", [](const Play& play, const Blanks& blanks) {
        expect_same(feedback_may_come_from(play.room().room()), blanks.number(0), "how many may give it");
    });

    says.sees("the feedback is <word>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(seen(sight).state, blanks.word<FeedbackState>(0), "the feedback");
    });
    says.sees("how many gave feedback.",
        [](const Sight& sight, const Blanks&) { expect(seen(sight).answers.has_value(), "it is not told"); });
    says.sees("<number> gave feedback.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(seen(sight).answers.value_or(-1), blanks.number(0), "how many gave it");
    });
}

const Subject feedback_sentences{add_feedback_sentences};

}  // namespace etakahvila::testing
