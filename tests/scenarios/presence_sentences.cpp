#include <algorithm>

#include "scenarios/play.hpp"

namespace etakahvila::testing {
namespace {

void come_in(Play& play, const std::string& name, Role role, std::optional<std::string> decision_type,
    std::optional<Duty> duty = {}) {
    const auto person = play.newcomer(name);
    play.keep(play.room().knock(person, name, role, std::move(decision_type), true, duty));
    if (play.last().is_done()) play.room().connect(person);
}

/// Of several connections "the line" is the one that was there first.
ConnectionId oldest_up(const Play& play, PersonId person) {
    for (const auto& stay : play.room().member(person).stays) {
        if (!stay.to) return stay.connection;
    }
    fail_play("they have no line");
}

}  // namespace

void add_presence_sentences(Sentences& says) {
    // ---- coming and going
    says.does("<person> comes in.",
        [](Play& play, const Blanks& blanks) { come_in(play, blanks.text(0), Role::participant, "work_activity"); });
    says.does("<person> comes in as <word>.",
        [](Play& play, const Blanks& blanks) { come_in(play, blanks.text(0), blanks.word<Role>(1), {}); });
    says.does("<person> comes in, by a decision of <word>.",
        [](Play& play, const Blanks& blanks) { come_in(play, blanks.text(0), Role::participant, blanks.text(1)); });
    says.does("<person> comes in, by a decision of <word>, which is <word>.", [](Play& play, const Blanks& blanks) {
        come_in(play, blanks.text(0), Role::participant, blanks.text(1), blanks.word<Duty>(2));
    });
    says.does("<number> people come in.", [](Play& play, const Blanks& blanks) {
        for (std::int64_t number = 1; number <= blanks.number(0); ++number)
            come_in(play, "Marja" + std::to_string(number), Role::participant, "work_activity");
    });
    says.does("<person> knocks under the name <quote>.", [](Play& play, const Blanks& blanks) {
        const auto person = play.is_known(blanks.text(0)) ? blanks.person(0) : play.newcomer(blanks.text(0));
        play.keep(play.room().knock(person, blanks.text(1)));
    });
    says.does("<person> knocks without accepting the netiquette.", [](Play& play, const Blanks& blanks) {
        play.keep(play.room().knock(
            play.newcomer(blanks.text(0)), blanks.text(0), Role::participant, "work_activity", false));
    });
    says.does("<person>'s line is lost.", [](Play& play, const Blanks& blanks) {
        play.keep(play.room().lose(blanks.person(0), oldest_up(play, blanks.person(0))));
    });
    says.does("<person>'s line is lost, silent for <time>.", [](Play& play, const Blanks& blanks) {
        play.keep(play.room().lose(blanks.person(0), oldest_up(play, blanks.person(0)), blanks.time(1)));
    });
    says.does("<person> is back.", [](Play& play, const Blanks& blanks) {
        play.room().connect(blanks.person(0));
        play.keep({});
    });
    says.does(
        "<person> leaves.", [](Play& play, const Blanks& blanks) { play.keep(play.room().leave(blanks.person(0))); });
    says.does("<person> comes in with the <word> too.", [](Play& play, const Blanks& blanks) {
        play.devices[{blanks.person(0), blanks.text(1)}] = play.room().connect(blanks.person(0), blanks.text(1));
        play.keep({});
    });
    says.does("<person>'s <word> is lost.", [](Play& play, const Blanks& blanks) {
        play.keep(play.room().lose(blanks.person(0), play.devices.at({blanks.person(0), blanks.text(1)})));
    });
    says.does("<person> closes the <word>.", [](Play& play, const Blanks& blanks) {
        play.keep(play.room().leave(blanks.person(0), play.devices.at({blanks.person(0), blanks.text(1)})));
    });
    says.does("Everyone's line is lost.", [](Play& play, const Blanks&) {
        std::vector<PersonId> up;
        for (const auto& [person, member] : play.room().room().presence.members) {
            if (member.is_up()) up.push_back(person);
        }
        for (const auto person : up) play.keep(play.room().lose(person));
    });
    says.does("Everyone is back.", [](Play& play, const Blanks&) {
        std::vector<PersonId> down;
        for (const auto& [person, member] : play.room().room().presence.members) {
            if (!member.is_up()) down.push_back(person);
        }
        for (const auto person : down) play.room().connect(person);
        play.keep({});
    });

    // ---- by phone
    says.does("<person> takes a call from <person>.", [](Play& play, const Blanks& blanks) {
        const auto& name = blanks.text(1);
        play.ask(blanks.person(0), SetOnPhone{.person = blanks.person(1), .on = true, .name = name});
    });
    says.does("<person> takes a call from <person>, without a name.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), SetOnPhone{.person = blanks.person(1), .on = true});
    });
    says.does("<person> has ended the call with <person>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), SetOnPhone{.person = blanks.person(1), .on = false});
    });

    // ---- what people do
    says.does("<person> takes the name <quote>.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), ChangeName{blanks.text(1)}); });
    says.does("<person> presses \"I am back\".",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), SayImBack{}); });
    says.does("<person> silences <person> for <number> minute(s): <quote>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0),
            SilencePerson{.person = blanks.person(1), .minutes = blanks.number(2), .reason = blanks.text(3)});
    });
    says.does("<person> ends the silence of <person>.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), EndSilence{blanks.person(1)}); });
    says.does("<person> removes <person>: <quote>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), RemovePerson{.person = blanks.person(1), .reason = blanks.text(2), .ban = false});
    });
    says.does("<person> removes and bans <person>: <quote>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), RemovePerson{.person = blanks.person(1), .reason = blanks.text(2), .ban = true});
    });
    says.does("<person> lets <person> in again.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), ReadmitPerson{blanks.person(1)}); });

    // ---- what is seen
    says.sees("<person> is <word>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.of(blanks.person(0)).presence, blanks.word<PresenceState>(1), "the person");
    });
    says.sees("<person> is here under the name <quote>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.of(blanks.person(0)).name, blanks.text(1), "the name");
    });
    says.sees("<person> is here under a free nickname.", [](const Sight& sight, const Blanks& blanks) {
        const auto& members = sight.play.room().room().presence.members;
        const auto& name = sight.of(blanks.person(0)).name;
        expect(name != blanks.text(0), "it is their own name");
        const auto count = std::count_if(
            members.begin(), members.end(), [&](const auto& one) { return one.second.name == name; });
        expect(count == 1, "somebody else has it");
    });
    says.sees("<person> is on the phone.", [](const Sight& sight, const Blanks& blanks) {
        expect(sight.of(blanks.person(0)).on_phone.value_or(false), "they are not");
    });
    says.sees("<person> has <number> connection(s).", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.of(blanks.person(0)).connections.value_or(-1), blanks.number(1), "the number");
    });
    says.sees("<person> has lost <number> line(s).", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.of(blanks.person(0)).losses.value_or(-1), blanks.number(1), "the number");
    });
    says.sees("<person> gave the name <quote> too.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.of(blanks.person(0)).second_name.value_or(""), blanks.text(1), "the second name");
    });
    says.sees("<person> has settled the name.", [](const Sight& sight, const Blanks& blanks) {
        expect(sight.of(blanks.person(0)).name_settled.value_or(false), "they have not");
    });
    says.sees("<person> is silenced for <time>: <quote>.", [](const Sight& sight, const Blanks& blanks) {
        const auto& seen = sight.of(blanks.person(0));
        expect(seen.silenced_until.has_value(), "the person is not silenced");
        expect_same(*seen.silenced_until - sight.play.room().now().at, blanks.time(1), "the silence");
        expect_same(seen.silence_reason.value_or(""), blanks.text(2), "the reason");
    });
    says.sees("<person> was removed by <person>: <quote>.", [](const Sight& sight, const Blanks& blanks) {
        const auto& seen = sight.of(blanks.person(0));
        expect(seen.removed_by == blanks.person(1), "they were removed by somebody else, or not at all");
        expect_same(seen.removal_reason.value_or(""), blanks.text(2), "the reason");
    });
    says.sees("<person> is banned.", [](const Sight& sight, const Blanks& blanks) {
        expect(sight.of(blanks.person(0)).banned == true, "they are not banned");
    });
    says.sees("<person> is not silenced.", [](const Sight& sight, const Blanks& blanks) {
        expect(!sight.of(blanks.person(0)).silenced_until, "the person is silenced");
    });
    says.sees("<person>.", [](const Sight& sight, const Blanks& blanks) { sight.of(blanks.person(0)); });
}

const Subject presence_sentences{add_presence_sentences};

}  // namespace etakahvila::testing
