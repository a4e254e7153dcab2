#include "scenarios/play.hpp"

namespace etakahvila::testing {

void add_keeping_sentences(Sentences& says) {
    says.does("The day is compacted.", [](Play& play, const Blanks&) {
        play.happen([&] {
            expect(may_compact(play.room().room()), "it may not be compacted");
            play.room().compact();
            play.keep({});
        });
    });
    says.tells("The day is not to be compacted.",
        [](const Play& play, const Blanks&) { expect(!may_compact(play.room().room()), "it may be compacted"); });
    says.tells("Nobody has a line.",
        [](const Play& play, const Blanks&) { expect(people_up(play.room().room()) == 0, "somebody is up"); });
    says.tells("<person> waited for help <number> time(s).", [](const Play& play, const Blanks& blanks) {
        for (const auto& figures : figures_of(play.room().room())) {
            if (figures.person == blanks.person(0)) return expect_same(figures.help, blanks.number(1), "the calls");
        }
        fail_play("nothing is known of them");
    });
    says.tells("The version of the day has risen.", [](const Play& play, const Blanks&) {
        const auto& attendance = play.room().room().attendance;
        expect(attendance.version > attendance.version_before, "it has not");
    });
}

const Subject keeping_sentences{add_keeping_sentences};

}  // namespace etakahvila::testing
