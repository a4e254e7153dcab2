#include "scenarios/play.hpp"

namespace etakahvila::testing {
namespace {

std::int64_t noted_version(const Play& play, PersonId person) {
    const auto& contacts = play.room().room().contacts.of;
    const auto found = contacts.find(person);
    return found == contacts.end() ? 0 : found->second.now.version;
}

ContactNoted contact(const Play& play, PersonId person) {
    const auto& room = play.room().room();
    for (const auto& expected : room.session.plan.roster) {
        if (expected.person == person) return contact_of(room, expected);
    }
    fail_play("nobody expects them");
}

void note(Play& play, PersonId by, PersonId person, ContactAct act) {
    play.happen([&] {
        play.keep(play.room().submit(
            NoteContact{.by = by, .person = person, .version = noted_version(play, person), .act = std::move(act)}));
    });
}

void hold(Play& play, PersonId by, PersonId person, std::int64_t minutes, Mark mark, MarkSource source) {
    play.happen([&] {
        play.keep(play.room().submit(HoldAppointment{.person = person,
            .seconds = minutes * 60,
            .mark = mark,
            .minutes = {},
            .reason = {},
            .source = source,
            .by = by}));
    });
}

}  // namespace

void add_contact_sentences(Sentences& says) {
    says.does("It is a day of the way <word>.",
        [](Play& play, const Blanks& blanks) { play.plan().way = blanks.word<SessionWay>(0); });

    says.does("<person> calls <person>, who answers.",
        [](Play& play, const Blanks& blanks) { note(play, blanks.person(0), blanks.person(1), CallAnswered{}); });
    says.does("<person> calls <person>, who does not answer.",
        [](Play& play, const Blanks& blanks) { note(play, blanks.person(0), blanks.person(1), CallUnanswered{}); });
    says.does("<person> gives <person> a task.",
        [](Play& play, const Blanks& blanks) { note(play, blanks.person(0), blanks.person(1), TaskGiven{}); });
    says.does("<person> asks <person>, who is not ready.",
        [](Play& play, const Blanks& blanks) { note(play, blanks.person(0), blanks.person(1), TaskNotReady{}); });
    says.does("<person> asks <person>, who has done <number> minutes.", [](Play& play, const Blanks& blanks) {
        note(play, blanks.person(0), blanks.person(1),
            TaskChecked{.seconds = blanks.number(2) * 60, .source = MarkSource::phone});
    });
    says.does("<person> takes back what was done with <person>.",
        [](Play& play, const Blanks& blanks) { note(play, blanks.person(0), blanks.person(1), ContactTakenBack{}); });
    says.does(
        "<person> calls <person>, who answers, by a row that was read before.", [](Play& play, const Blanks& blanks) {
            const auto person = blanks.person(1);
            play.happen([&] {
                play.keep(play.room().submit(NoteContact{.by = blanks.person(0),
                    .person = person,
                    .version = noted_version(play, person) - 1,
                    .act = CallAnswered{}}));
            });
        });
    says.does("<person> ends the calls.", [](Play& play, const Blanks& blanks) {
        play.happen([&] { play.keep(play.room().submit(CloseOutside{blanks.person(0)})); });
    });
    says.does("<person> holds the appointment with <person>, <number> minutes, by <word>: <word>.",
        [](Play& play, const Blanks& blanks) {
            hold(play, blanks.person(0), blanks.person(1), blanks.number(2), blanks.word<Mark>(4),
                blanks.word<MarkSource>(3));
        });
    says.does("<person> notes that <person> did not come: <word>.", [](Play& play, const Blanks& blanks) {
        hold(play, blanks.person(0), blanks.person(1), 0, blanks.word<Mark>(2), MarkSource::in_person);
    });
    says.does("<person> takes the appointment back.", [](Play& play, const Blanks& blanks) {
        play.happen([&] { play.keep(play.room().submit(TakeBackAppointment{blanks.person(0)})); });
    });
    says.does("<person> seals the day without a line.", [](Play& play, const Blanks& blanks) {
        play.happen([&] { play.keep(play.room().submit(SealOutside{.by = blanks.person(0), .version = {}})); });
    });

    says.tells("<person> is <word> on the list.", [](const Play& play, const Blanks& blanks) {
        expect_same(contact(play, blanks.person(0)).state, blanks.word<ContactState>(1), "how it stands");
    });
    says.tells("<person> has not answered <number> time(s).", [](const Play& play, const Blanks& blanks) {
        expect_same(static_cast<std::int64_t>(contact(play, blanks.person(0)).tries.size()), blanks.number(1),
            "the number of tries");
    });

    says.sees("<number> minutes of <person> by <word>.", [](const Sight& sight, const Blanks& blanks) {
        const auto& row = sight.attendance(blanks.person(1));
        expect_same(row.contact_seconds.value_or(0), blanks.number(0) * 60, "the time");
        expect(row.contact_source == blanks.word<MarkSource>(2), "the source is another");
    });
}

const Subject contact_sentences{add_contact_sentences};

}  // namespace etakahvila::testing
