#include "scenarios/play.hpp"

namespace etakahvila::testing {
namespace {

const RoomInfo& room_of(const Sight& sight) { return *sight.view.room(); }

/// A quote of names with commas between them.
std::vector<std::string> names_in(const std::string& quote) {
    std::vector<std::string> names;
    for (std::size_t from = 0; from < quote.size();) {
        const auto comma = std::min(quote.find(", ", from), quote.size());
        names.push_back(quote.substr(from, comma - from));
        from = comma + 2;
    }
    return names;
}

void plan_anew(Play& play, SessionPlan plan) { play.keep(play.room().submit(PlanSession{std::move(plan)})); }

}  // namespace

void add_session_sentences(Sentences& says) {
    // ---- before anything happens
    says.does("The plan gives <number> seconds of grace.",
        [](Play& play, const Blanks& blanks) { play.plan().grace_seconds = blanks.number(0); });
    says.does("The plan calls <number> percent of the time present.",
        [](Play& play, const Blanks& blanks) { play.plan().present_percent = blanks.number(0); });
    says.does("The plan calls <number> minutes present.",
        [](Play& play, const Blanks& blanks) { play.plan().present_minutes = blanks.number(0); });
    says.does("The word list holds <quote>.",
        [](Play& play, const Blanks& blanks) { play.plan().word_list.push_back(blanks.text(0)); });
    says.does("<person> is expected, by a decision of <word>.", [](Play& play, const Blanks& blanks) {
        play.plan().roster.push_back({.person = play.newcomer(blanks.text(0)),
            .role = Role::participant,
            .decision_type = blanks.text(1),
            .duty = {},
            .excused = false});
    });
    says.does("<person> is expected, by a decision of <word>, and has told of their absence.",
        [](Play& play, const Blanks& blanks) {
            play.plan().roster.push_back({.person = play.newcomer(blanks.text(0)),
                .role = Role::participant,
                .decision_type = blanks.text(1),
                .duty = {},
                .excused = true});
        });
    says.does("<person> is expected, by a decision of <word>, which is <word>.", [](Play& play, const Blanks& blanks) {
        play.plan().roster.push_back({.person = play.newcomer(blanks.text(0)),
            .role = Role::participant,
            .decision_type = blanks.text(1),
            .duty = blanks.word<Duty>(2),
            .excused = false});
    });
    says.does("<person> is expected as <word>.", [](Play& play, const Blanks& blanks) {
        play.plan().roster.push_back({.person = play.newcomer(blanks.text(0)),
            .role = blanks.word<Role>(1),
            .decision_type = {},
            .duty = {},
            .excused = false});
    });

    says.does("The doors open by themselves <number> minutes before the start.",
        [](Play& play, const Blanks& blanks) { play.plan().doors_minutes = blanks.number(0); });

    says.does("It is an experience-story day, with the nicknames <quote>.", [](Play& play, const Blanks& blanks) {
        play.plan().anonymous_among_participants = true;
        play.plan().nicknames = names_in(blanks.text(0));
    });
    says.does(
        "The day becomes an experience-story day, with the nicknames <quote>.", [](Play& play, const Blanks& blanks) {
            auto plan = play.room().room().session.plan;
            plan.anonymous_among_participants = true;
            plan.nicknames = names_in(blanks.text(0));
            plan_anew(play, std::move(plan));
        });
    says.does("The day is an ordinary day again.", [](Play& play, const Blanks&) {
        auto plan = play.room().room().session.plan;
        plan.anonymous_among_participants.reset();
        plan.nicknames.reset();
        plan_anew(play, std::move(plan));
    });

    // ---- the phases
    const auto moves = [&](std::string_view by_someone, std::string_view by_staff, auto command) {
        says.does(by_someone, [command](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), command); });
        if (!by_staff.empty())
            says.does(by_staff, [command](Play& play, const Blanks&) { play.ask(play.staff(), command); });
    };
    moves("<person> starts the rehearsal.", "The rehearsal starts.", StartRehearsal{});
    moves("<person> ends the rehearsal.", "The rehearsal ends.", EndRehearsal{});
    moves("<person> opens the doors.", "The doors open.", OpenDoors{});
    moves("<person> goes live.", "The session goes live.", GoLive{});
    moves("<person> ends the break.", "The break ends.", EndBreak{});
    moves("<person> starts the debrief.", "The debrief starts.", StartDebrief{});
    moves("<person> closes the session.", "The session closes.", CloseSession{});
    moves("<person> reopens the session.", "The session is reopened.", ReopenSession{});
    says.does("<person> starts a break of <number> minutes.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), StartBreak{.minutes = blanks.number(1)}); });
    says.does("<person> tells latecomers: <quote>.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), SetWhereWeAre{.lines = {blanks.text(1)}}); });
    says.does("<person> tells latecomers: <quote> and <quote>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), SetWhereWeAre{.lines = {blanks.text(1), blanks.text(2)}});
    });

    says.does("The session is moved by <time>.", [](Play& play, const Blanks& blanks) {
        auto plan = play.room().room().session.plan;
        plan.starts_at.ms += blanks.time(0).count();
        plan.ends_at.ms += blanks.time(0).count();
        plan_anew(play, std::move(plan));
    });
    says.does("The day is cancelled.",
        [](Play& play, const Blanks&) { play.happen([&] { play.keep(play.room().submit(CancelSession{})); }); });

    // ---- the time
    says.does("<time> pass(es).", [](Play& play, const Blanks& blanks) {
        play.room().pass(blanks.time(0));
        play.keep({});
    });
    says.does("The server is down for <time>.",
        [](Play& play, const Blanks& blanks) { play.keep(play.room().restart(blanks.time(0))); });
    says.does("The server is set up from a backup within <time>.",
        [](Play& play, const Blanks& blanks) { play.keep(play.room().restart_from_backup(blanks.time(0))); });
    says.does("The clock on the wall is set back by <time>.", [](Play& play, const Blanks& blanks) {
        play.room().set_wall_clock_by(-blanks.time(0));
        play.keep({});
    });
    says.does("The clock on the wall is set forward by <time>.", [](Play& play, const Blanks& blanks) {
        play.room().set_wall_clock_by(blanks.time(0));
        play.keep({});
    });

    // ---- what came of the last thing that was asked
    says.tells("It is refused: <word>.", [](const Play& play, const Blanks& blanks) {
        expect(!play.last().is_done(), "it was done");
        expect_same(*play.last().refusal, blanks.word<RefusalWord>(0), "the refusal");
        play.refusal_was_told();
    });
    says.tells("It is refused: <word>, by <person>.", [](const Play& play, const Blanks& blanks) {
        expect(!play.last().is_done(), "it was done");
        expect_same(*play.last().refusal, blanks.word<RefusalWord>(0), "the refusal");
        expect(play.last().details->by == blanks.person(1), "somebody else is named, or nobody");
        play.refusal_was_told();
    });
    says.tells("It is refused: <word>, for <number> seconds.", [](const Play& play, const Blanks& blanks) {
        expect(!play.last().is_done(), "it was done");
        expect_same(*play.last().refusal, blanks.word<RefusalWord>(0), "the refusal");
        expect_same(play.last().details->wait_seconds.value_or(-1), blanks.number(1), "the wait");
        play.refusal_was_told();
    });
    says.tells("It is refused: <word>, naming <person>'s request.", [](const Play& play, const Blanks& blanks) {
        expect(!play.last().is_done(), "it was done");
        expect_same(*play.last().refusal, blanks.word<RefusalWord>(0), "the refusal");
        expect_same(
            play.last().details->standing.value_or(0), play.request(blanks.person(1)).value, "what stands in the way");
        play.refusal_was_told();
    });
    says.tells("Nothing happens.", [](const Play& play, const Blanks&) {
        expect(play.last().is_done() && play.last().events.empty(), "something happened");
    });

    // ---- what is seen
    says.sees("the phase is <word>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(room_of(sight).phase, blanks.word<Phase>(0), "the phase");
    });
    says.sees("the theme is <quote>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(room_of(sight).theme, blanks.text(0), "the theme");
    });
    says.sees("the break ends in <time>.", [](const Sight& sight, const Blanks& blanks) {
        expect(room_of(sight).break_ends_at.has_value(), "there is no break");
        expect_same(
            *room_of(sight).break_ends_at - sight.play.room().now().at, blanks.time(0), "the rest of the break");
    });
    says.sees("where we are, <quote>.", [](const Sight& sight, const Blanks& blanks) {
        const auto& lines = room_of(sight).where_we_are;
        expect(std::find(lines.begin(), lines.end(), blanks.text(0)) != lines.end(), "there is no such line");
    });
}

const Subject session_sentences{add_session_sentences};

}  // namespace etakahvila::testing
