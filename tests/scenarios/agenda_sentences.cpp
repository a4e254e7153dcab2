#include <algorithm>

#include "scenarios/play.hpp"

namespace etakahvila::testing {
namespace {

AgendaItemId item_called(const Play& play, const std::string& title) {
    for (const auto& item : play.room().room().agenda.items) {
        if (item.title == title) return item.id;
    }
    fail_play("there is no item \"" + title + "\"");
}

/// When the session began in which carried questions were asked.
constexpr UtcTime a_week_before{first_stamp.utc.ms - std::chrono::milliseconds{7 * 24h}.count()};

const AgendaItem& current(const Sight& sight) {
    const auto& agenda = *sight.view.agenda();
    for (const auto& item : agenda.items) {
        if (item.id == agenda.current) return item;
    }
    fail_play("no item is current");
}

const ParkedQuestion& parked(const Sight& sight, const std::string& text) {
    for (const auto* question : sight.view.all<ParkedQuestion>()) {
        if (question->text == text) return *question;
    }
    fail_play("there is no such parked question");
}

/// Until the room knows all of it, as its host does.
void know_carried(Play& play) {
    Answer all;
    while (true) {
        auto answer = play.room().submit(KnowCarried{play.carried});
        if (!answer.is_done() || answer.events.empty()) break;
        all = std::move(answer);
    }
    play.keep(std::move(all));
}

ParkedId parked_id(const Play& play, const std::string& text) { return parked(play.sight_of_staff(), text).id; }

}  // namespace

void add_agenda_sentences(Sentences& says) {
    says.does("<person> moves on to <quote>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), SetCurrentItem{item_called(play, blanks.text(1))});
    });
    says.does("<person> moves on to an item that is not there.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), SetCurrentItem{AgendaItemId{999}}); });
    says.does("<person> gives the item <number> more minutes.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), ExtendItem{blanks.number(1)}); });
    says.does("<person> parks the question <quote>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), ParkQuestion{.message = {}, .text = blanks.text(1)});
    });
    says.does("<person> parks the message <quote>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0),
            ParkQuestion{
                .message = play.message(blanks.text(1)), .version = play.review_version(blanks.text(1)), .text = {}});
    });
    says.does("<person> shows everyone the question <quote> as <quote>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), ShowParked{.parked = parked_id(play, blanks.text(1)), .text = blanks.text(2)});
    });
    says.does("<person> marks the question <quote> as <word>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0),
            ResolveParked{.parked = parked_id(play, blanks.text(1)), .state = blanks.word<ParkedState>(2)});
    });

    says.does("The question <quote> comes up again, for <word>.", [](Play& play, const Blanks& blanks) {
        play.carried.push_back({.id = CarriedId{static_cast<std::int64_t>(play.carried.size()) + 1},
            .text = blanks.text(0),
            .seen_by = blanks.word<SeenBy>(1),
            .asked_at = a_week_before});
        know_carried(play);
    });
    says.does("The question <quote> is taken back where it was asked.", [](Play& play, const Blanks& blanks) {
        std::erase_if(play.carried, [&](const auto& question) { return question.text == blanks.text(0); });
        know_carried(play);
    });
    says.does("The records tell again what comes up.", [](Play& play, const Blanks&) { know_carried(play); });
    says.tells("The records keep <quote>, for <word>.", [](const Play& play, const Blanks& blanks) {
        const auto* resolved = play.last().find<ParkedResolved>();
        expect(resolved != nullptr && resolved->carried.has_value(), "nothing is carried");
        expect_same(resolved->carried->text, blanks.text(0), "what is carried");
        expect_same(resolved->carried->seen_by, blanks.word<SeenBy>(1), "it");
    });
    says.tells("The records keep nothing of it.", [](const Play& play, const Blanks&) {
        const auto* resolved = play.last().find<ParkedResolved>();
        expect(resolved != nullptr && !resolved->carried && !resolved->came_as, "they keep something");
    });
    says.tells("The records forget the question <quote>.", [](const Play& play, const Blanks& blanks) {
        const auto* withdrawn = play.last().find<CarriedWithdrawn>();
        expect(withdrawn != nullptr && !withdrawn->for_staff, "they do not");
        expect(withdrawn->parked == parked_id(play, blanks.text(0)), "they forget another");
    });

    says.sees("the item is <quote>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(current(sight).title, blanks.text(0), "the item");
    });
    says.sees("the item's question is <quote>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(current(sight).question.value_or(""), blanks.text(0), "the question");
    });
    says.sees("the item lasts <number> minutes.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(current(sight).minutes, blanks.number(0), "the item");
    });
    says.sees("the parked question <quote>.",
        [](const Sight& sight, const Blanks& blanks) { parked(sight, blanks.text(0)); });
    says.sees("the parked question <quote> is <word>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(parked(sight, blanks.text(0)).state, blanks.word<ParkedState>(1), "the question");
    });
    says.sees("the parked question <quote> is for the staff.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(parked(sight, blanks.text(0)).seen_by, SeenBy::staff, "the question");
    });
    says.sees("the parked question <quote> comes from an earlier day.", [](const Sight& sight, const Blanks& blanks) {
        expect(parked(sight, blanks.text(0)).carried_from == a_week_before, "it does not");
    });
    says.sees("the parked question <quote> is for all.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(parked(sight, blanks.text(0)).seen_by, SeenBy::all, "the question");
    });
    says.sees("the parked question <quote> tells nobody who asked.", [](const Sight& sight, const Blanks& blanks) {
        const auto& question = parked(sight, blanks.text(0));
        expect(!question.asked_by && !question.message && !question.shown_as, "it tells more than its words");
    });
    says.sees("<quote> is kept for later.", [](const Sight& sight, const Blanks& blanks) {
        expect(sight.message(blanks.text(0)).kept.value_or(false), "it is not kept");
    });
    says.sees("the item has not begun.",
        [](const Sight& sight, const Blanks&) { expect(!sight.view.agenda()->since, "it has begun"); });
    says.sees("the item has been on for <time>.", [](const Sight& sight, const Blanks& blanks) {
        expect(sight.view.agenda()->since.has_value(), "it has not begun");
        expect_same(sight.play.room().now().at - *sight.view.agenda()->since, blanks.time(0), "the item");
    });
    says.sees("the parked question <quote> was asked by <person>.", [](const Sight& sight, const Blanks& blanks) {
        expect(parked(sight, blanks.text(0)).asked_by == blanks.person(1), "it was asked by somebody else, or nobody");
    });
}

const Subject agenda_sentences{add_agenda_sentences};

}  // namespace etakahvila::testing
