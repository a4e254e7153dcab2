#include "scenarios/play.hpp"

namespace etakahvila::testing {
namespace {

AttendanceRow row_of(const Play& play, PersonId person) {
    for (const auto& row : attendance_of(play.room().room(), play.room().now().at)) {
        if (row.person == person) return row;
    }
    fail_play("there is no row");
}

}  // namespace

void add_attendance_sentences(Sentences& says) {
    says.does("<person> asks: are you with us?", [](Play& play, const Words& words) { play.ask(words.person(0), SendCheckpoint{}); });
    says.does("<person> answers: I am with you.", [](Play& play, const Words& words) {
        const auto& sent = play.room().room().attendance.checkpoints;
        expect(!sent.empty(), "nobody has asked");
        play.ask(words.person(0), AnswerCheckpoint{sent.back().id});
    });

    says.tells("<person> has been in the room for <time>.", [](const Play& play, const Words& words) { expect_same(row_of(play, words.person(0)).connected, words.time(1), "the time"); });
    says.tells("<person> has been in the room for no time.", [](const Play& play, const Words& words) { expect_same(row_of(play, words.person(0)).connected, Milliseconds{}, "the time"); });
    says.tells("The counted window is <time>.", [](const Play& play, const Words& words) { expect_same(attendance_of(play.room().room(), play.room().now().at).front().window, words.time(0), "the window"); });
    says.tells("<person> has been away <number> time(s) in between.", [](const Play& play, const Words& words) { expect_same(row_of(play, words.person(0)).gaps, words.number(1), "the number"); });
    says.tells("<person> has taken part.", [](const Play& play, const Words& words) { expect(row_of(play, words.person(0)).took_part, "they have given no sign"); });
    says.tells("<person> has given no sign.", [](const Play& play, const Words& words) { expect(!row_of(play, words.person(0)).took_part, "they have taken part"); });
    says.tells("To \"are you with us?\" <person> is <word>.", [](const Play& play, const Words& words) {
        const auto replies = row_of(play, words.person(0)).checkpoints;
        expect(!replies.empty(), "nobody has asked");
        expect_same(replies.back(), words.word<CheckpointReply>(1), "the reply");
    });

    says.sees("the question, are you with us?", [](const Sight& sight, const Words&) {
        expect(sight.view.checkpoint() != nullptr, "nobody asks");
        expect(!sight.view.checkpoint()->answered, "it is answered");
    });
    says.sees("the question, are you with us, as answered.", [](const Sight& sight, const Words&) {
        expect(sight.view.checkpoint() != nullptr, "nobody asks");
        expect(sight.view.checkpoint()->answered, "it is not answered");
    });
    says.sees("<person> is proposed as <word>.", [](const Sight& sight, const Words& words) {
        const auto& line = sight.attendance(words.person(0));
        expect(line.proposal.has_value(), "nothing is proposed");
        expect_same(*line.proposal, words.word<Proposal>(1), "the proposal");
    });
    says.sees("nothing to decide for <person>.", [](const Sight& sight, const Words& words) { expect(!sight.attendance(words.person(0)).proposal, "something is proposed"); });
    says.sees("an attendance line of <person>.", [](const Sight& sight, const Words& words) { sight.attendance(words.person(0)); });
    says.sees("an attendance line of <person>, made <number> time(s).", [](const Sight& sight, const Words& words) { expect_same(sight.attendance(words.person(0)).version, words.number(1), "the version"); });
}

}  // namespace etakahvila::testing
