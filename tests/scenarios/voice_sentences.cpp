#include "scenarios/play.hpp"

namespace etakahvila::testing {
namespace {

/// The turn that is on, or the one before it.
TurnId turn_written(const Play& play) { return play.earlier_turn ? *play.earlier_turn : play.turn(); }

bool may_write(const Play& play, const Blanks& blanks) {
    const auto person = blanks.person(0);
    const auto& room = play.room();
    return may_write_speech(room.room(), {.person = person, .role = room.room().member(person)->role, .connection = {}},
        turn_written(play), room.now().at);
}

}  // namespace

void add_voice_sentences(Sentences& says) {
    says.does("<person> keeps the text of the turn: <quote>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), KeepTurnText{.turn = turn_written(play), .text = blanks.text(1)});
    });
    says.does("<person> takes away the text of the turn.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), KeepTurnText{.turn = turn_written(play), .text = ""});
    });

    says.tells("<person> may write what is said.",
        [](const Play& play, const Blanks& blanks) { expect(may_write(play, blanks), "they may not"); });
    says.tells("<person> may not write what is said.",
        [](const Play& play, const Blanks& blanks) { expect(!may_write(play, blanks), "they may"); });
    says.tells("<person> may be heard.", [](const Play& play, const Blanks& blanks) {
        expect(may_be_heard(play.room().room(), blanks.person(0)), "they may not");
    });
    says.tells("<person> may not be heard.", [](const Play& play, const Blanks& blanks) {
        expect(!may_be_heard(play.room().room(), blanks.person(0)), "they may");
    });

    says.sees("the text of the turn of <person>, <quote>.", [](const Sight& sight, const Blanks& blanks) {
        const auto* kept = sight.view.turn_text(turn_written(sight.play));
        expect(kept != nullptr, "no text is kept");
        expect_same(sight.play.name(kept->speaker), sight.play.name(blanks.person(0)), "the speaker");
        expect_same(kept->text, blanks.text(1), "the text");
    });
    says.sees("the text of the turn was kept by <person>.", [](const Sight& sight, const Blanks& blanks) {
        const auto* kept = sight.view.turn_text(turn_written(sight.play));
        expect(kept != nullptr, "no text is kept");
        expect_same(sight.play.name(kept->by), sight.play.name(blanks.person(0)), "who kept it");
    });
}

const Subject voice_sentences{add_voice_sentences};

}  // namespace etakahvila::testing
