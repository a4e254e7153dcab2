#include "scenarios/play.hpp"

namespace etakahvila::testing {
namespace {

void ask_for_help(Play& play, PersonId person, AskForHelp asks) {
    play.ask(person, std::move(asks));
    if (!play.last().is_done()) return;
    if (const auto* asked = play.last().find<HelpAsked>()) play.helps[person] = asked->help;
}

void ask_at_door(Play& play, const std::string& name, std::optional<std::string> words) {
    const auto person = play.is_known(name) ? play.person(name) : play.newcomer(name);
    play.keep(play.room().submit(AskAtDoor{.person = person,
        .role = Role::participant,
        .kind = HelpKind::something_else,
        .words = std::move(words),
        .call_back = {}}));
    if (const auto* asked = play.last().find<HelpAsked>()) play.helps[person] = asked->help;
}

}  // namespace

void add_help_sentences(Sentences& says) {
    // ---- what the person does
    says.does("<person> asks for help: <word>.", [](Play& play, const Blanks& blanks) {
        ask_for_help(play, blanks.person(0), {.kind = blanks.word<HelpKind>(1)});
    });
    says.does("<person> asks for help: <word>, <quote>.", [](Play& play, const Blanks& blanks) {
        ask_for_help(
            play, blanks.person(0), {.kind = blanks.word<HelpKind>(1), .words = blanks.text(2), .call_back = {}});
    });
    says.does("<person> asks for help: <word>, to be called at <quote>.", [](Play& play, const Blanks& blanks) {
        ask_for_help(
            play, blanks.person(0), {.kind = blanks.word<HelpKind>(1), .words = {}, .call_back = blanks.text(2)});
    });
    says.does("<person> asks for help at the door.",
        [](Play& play, const Blanks& blanks) { ask_at_door(play, blanks.text(0), {}); });
    says.does("<person> asks for help at the door: <quote>.",
        [](Play& play, const Blanks& blanks) { ask_at_door(play, blanks.text(0), blanks.text(1)); });
    says.does("<person> needs no help any more.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), CancelHelp{play.help(blanks.person(0))}); });
    says.does("<person> adds to the thread of <person>: <quote>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), AddHelpMessage{.help = play.help(blanks.person(1)), .text = blanks.text(2)});
    });

    // ---- what the staff do
    says.does("<person> raises a hand for <person>: <word>.", [](Play& play, const Blanks& blanks) {
        play.ask(
            blanks.person(0), RaiseHelpFor{.person = blanks.person(1), .kind = blanks.word<HelpKind>(2), .words = {}});
        if (const auto* raised = play.last().find<HelpRaised>()) play.helps[raised->person] = raised->help;
    });
    says.does("<person> takes the call of <person>.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), ClaimHelp{play.help(blanks.person(1))}); });
    says.does("<person> gives the call of <person> back.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), ReleaseHelp{play.help(blanks.person(1))}); });
    says.does("<person> has solved the trouble of <person>.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), SolveHelp{play.help(blanks.person(1))}); });
    says.does("<person> hands the trouble of <person> over to <quote>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), HandOverHelp{.help = play.help(blanks.person(1)), .to = blanks.text(2)});
    });
    says.does("<person> sees no need for the suggestion to help <person>.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), CancelHelp{play.help(blanks.person(1))}); });

    // ---- what is seen
    says.sees("the call of <person> is <word>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.help(blanks.person(0)).state, blanks.word<HelpState>(1), "the call");
    });
    says.sees("the call of <person> is <word>, by <person>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.help(blanks.person(0)).state, blanks.word<HelpState>(1), "the call");
        expect(sight.help(blanks.person(0)).claimed_by == blanks.person(2), "by somebody else, or nobody");
    });
    says.sees("the call of <person> is about <word>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.help(blanks.person(0)).kind, blanks.word<HelpKind>(1), "the trouble");
    });
    says.sees("the call of <person>, <quote>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.help(blanks.person(0)).words.value_or(""), blanks.text(1), "the words");
    });
    says.sees("the call of <person>.", [](const Sight& sight, const Blanks& blanks) { sight.help(blanks.person(0)); });
    says.sees("<person> has waited for <time>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.play.room().now().at - sight.help(blanks.person(0)).since, blanks.time(1), "the wait");
    });
    says.sees("the number of <person>, <quote>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.help(blanks.person(0)).call_back.value_or(""), blanks.text(1), "the number");
    });
    says.sees("there is a number for <person>.", [](const Sight& sight, const Blanks& blanks) {
        expect(sight.help(blanks.person(0)).has_call_back, "there is none");
    });
    says.sees("the trouble of <person> is with <quote>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.help(blanks.person(0)).handed_to.value_or(""), blanks.text(1), "with whom");
    });
    says.sees("the line <quote> by <person>.", [](const Sight& sight, const Blanks& blanks) {
        for (const auto* message : sight.view.all<HelpMessage>()) {
            if (message->text == blanks.text(0) && message->author == blanks.person(1)) return;
        }
        fail_play("there is no such line");
    });
}

const Subject help_sentences{add_help_sentences};

}  // namespace etakahvila::testing
