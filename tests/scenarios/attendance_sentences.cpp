#include <algorithm>

#include "scenarios/play.hpp"

namespace etakahvila::testing {
namespace {

AttendanceFacts facts_of(const Play& play, PersonId person) {
    for (const auto& row : attendance_of(play.room().room(), play.room().now().at)) {
        if (row.person == person) return row;
    }
    fail_play("there is no row");
}

const Attendance& day_of(const Play& play) { return play.room().room().attendance; }

std::int64_t version_of(const Play& play, PersonId person) { return play.sight_of_staff().attendance(person).version; }

void mark(Play& play, PersonId by, PersonId person, Mark mark, std::optional<std::int64_t> minutes = {},
    std::optional<MarkSource> source = {}) {
    play.ask(by, MarkAttendance{.person = person,
                     .version = version_of(play, person),
                     .mark = mark,
                     .minutes = minutes,
                     .reason = {},
                     .source = source});
}

/// The counted window with its start and its end moved.
void move_window(Play& play, PersonId by, Milliseconds start, Milliseconds end) {
    const auto windows = counted_windows(play.room().room(), play.room().now().at);
    expect(!windows.empty(), "nothing is counted");
    play.ask(by, CorrectWindow{.from = windows.front().from + start, .to = windows.back().to + end});
}

void replan(Play& play, PersonId person,
    const std::function<void(std::vector<RosterPerson>&, std::vector<RosterPerson>::iterator)>& change) {
    auto plan = play.room().room().session.plan;
    change(plan.roster, std::find_if(plan.roster.begin(), plan.roster.end(),
                            [&](const RosterPerson& each) { return each.person == person; }));
    play.keep(play.room().submit(PlanSession{plan}));
}

}  // namespace

void add_attendance_sentences(Sentences& says) {
    says.does("<person> asks: are you with us?",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), SendCheckpoint{}); });
    says.does("<person> answers: I am with you.", [](Play& play, const Blanks& blanks) {
        const auto& sent = play.room().room().attendance.checkpoints;
        expect(!sent.empty(), "nobody has asked");
        play.ask(blanks.person(0), AnswerCheckpoint{sent.back().id});
    });

    says.does("<person> marks <person> as <word>.",
        [](Play& play, const Blanks& blanks) { mark(play, blanks.person(0), blanks.person(1), blanks.word<Mark>(2)); });
    says.does("<person> marks <person> as <word>, by <word>.", [](Play& play, const Blanks& blanks) {
        mark(play, blanks.person(0), blanks.person(1), blanks.word<Mark>(2), {}, blanks.word<MarkSource>(3));
    });
    says.does("<person> marks <person> as partial, <number> minutes.", [](Play& play, const Blanks& blanks) {
        mark(play, blanks.person(0), blanks.person(1), Mark::partial, blanks.number(2));
    });
    says.does("<person> decides on all who are clear.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), MarkAllClear{}); });
    says.does("<person> takes the last marks back.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), TakeBackMarks{day_of(play).version}); });
    says.does("<person> seals the day.",
        [](Play& play, const Blanks& blanks) { play.ask(blanks.person(0), SealAttendance{day_of(play).version}); });
    says.does("<person> corrects <person> to <word>: <quote>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), CorrectAttendance{.person = blanks.person(1),
                                       .version = version_of(play, blanks.person(1)),
                                       .mark = blanks.word<Mark>(2),
                                       .minutes = {},
                                       .reason = blanks.text(3),
                                       .source = {}});
    });
    says.does("<person> corrects <person> to <word>, by <word>: <quote>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), CorrectAttendance{.person = blanks.person(1),
                                       .version = version_of(play, blanks.person(1)),
                                       .mark = blanks.word<Mark>(2),
                                       .minutes = {},
                                       .reason = blanks.text(4),
                                       .source = blanks.word<MarkSource>(3)});
    });
    says.does("<person> leaves the day of <person> as it was sealed.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0),
            DismissLateJoin{.person = blanks.person(1), .version = version_of(play, blanks.person(1))});
    });
    says.does("<person> has the window begin <time> earlier.",
        [](Play& play, const Blanks& blanks) { move_window(play, blanks.person(0), -blanks.time(1), {}); });
    says.does("<person> has the window end <time> earlier.",
        [](Play& play, const Blanks& blanks) { move_window(play, blanks.person(0), {}, -blanks.time(1)); });
    says.does("It becomes known that <person> had told of their absence.", [](Play& play, const Blanks& blanks) {
        replan(play, blanks.person(0), [](auto&, auto entry) { entry->excused = true; });
    });
    says.does("<person> is taken off the roster.", [](Play& play, const Blanks& blanks) {
        replan(play, blanks.person(0), [](auto& roster, auto entry) { roster.erase(entry); });
    });

    says.tells("<person> has been in the room for <time>.", [](const Play& play, const Blanks& blanks) {
        expect_same(facts_of(play, blanks.person(0)).connected, blanks.time(1), "the time");
    });
    says.tells("<person> has been in the room for no time.", [](const Play& play, const Blanks& blanks) {
        expect_same(facts_of(play, blanks.person(0)).connected, Milliseconds{}, "the time");
    });
    says.tells("The counted window is <time>.", [](const Play& play, const Blanks& blanks) {
        expect_same(
            attendance_of(play.room().room(), play.room().now().at).front().window, blanks.time(0), "the window");
    });
    says.tells("<person> has been away <number> time(s) in between.", [](const Play& play, const Blanks& blanks) {
        expect_same(facts_of(play, blanks.person(0)).gaps, blanks.number(1), "the number");
    });
    says.tells("<person> has taken part.", [](const Play& play, const Blanks& blanks) {
        expect(facts_of(play, blanks.person(0)).took_part, "they have given no sign");
    });
    says.tells("<person> has given no sign.", [](const Play& play, const Blanks& blanks) {
        expect(!facts_of(play, blanks.person(0)).took_part, "they have taken part");
    });
    says.tells("To \"are you with us?\" <person> is <word>.", [](const Play& play, const Blanks& blanks) {
        const auto replies = facts_of(play, blanks.person(0)).checkpoints;
        expect(!replies.empty(), "nobody has asked");
        expect_same(replies.back(), blanks.word<CheckpointReply>(1), "the reply");
    });

    says.sees("the question, are you with us?", [](const Sight& sight, const Blanks&) {
        expect(sight.view.checkpoint() != nullptr, "nobody asks");
        expect(!sight.view.checkpoint()->answered, "it is answered");
    });
    says.sees("the question, are you with us, as answered.", [](const Sight& sight, const Blanks&) {
        expect(sight.view.checkpoint() != nullptr, "nobody asks");
        expect(sight.view.checkpoint()->answered, "it is not answered");
    });
    says.sees("<person> is proposed as <word>.", [](const Sight& sight, const Blanks& blanks) {
        const auto& row = sight.attendance(blanks.person(0));
        expect(row.proposal.has_value(), "nothing is proposed");
        expect_same(*row.proposal, blanks.word<Proposal>(1), "the proposal");
    });
    says.sees("nothing to decide for <person>.", [](const Sight& sight, const Blanks& blanks) {
        expect(!sight.attendance(blanks.person(0)).proposal, "something is proposed");
    });
    says.sees("<person> is marked as <word>.", [](const Sight& sight, const Blanks& blanks) {
        const auto& row = sight.attendance(blanks.person(0));
        expect(row.mark.has_value(), "there is no mark");
        expect_same(*row.mark, blanks.word<Mark>(1), "the mark");
    });
    says.sees("<person> is marked by <person>.", [](const Sight& sight, const Blanks& blanks) {
        expect(sight.attendance(blanks.person(0)).marked_by == blanks.person(1), "the one who marked them is another");
    });
    says.sees("<person> is marked for <number> minutes.", [](const Sight& sight, const Blanks& blanks) {
        expect(sight.attendance(blanks.person(0)).minutes == blanks.number(1), "the minutes is another");
    });
    says.sees("<person> is marked with the source <word>.", [](const Sight& sight, const Blanks& blanks) {
        expect(sight.attendance(blanks.person(0)).source == blanks.word<MarkSource>(1), "the source is another");
    });
    says.sees("no mark of <person>.", [](const Sight& sight, const Blanks& blanks) {
        expect(!sight.attendance(blanks.person(0)).mark, "there is a mark");
    });
    says.sees("that <person> had told of their absence.", [](const Sight& sight, const Blanks& blanks) {
        expect(sight.attendance(blanks.person(0)).absence_told.value_or(false), "there is no notice");
    });
    says.sees("<word> as a reason for <person>'s proposal.", [](const Sight& sight, const Blanks& blanks) {
        const auto why = sight.attendance(blanks.person(1)).why.value_or(std::vector<ProposalReason>{});
        expect(std::find(why.begin(), why.end(), blanks.word<ProposalReason>(0)) != why.end(), "it is none");
    });
    says.sees("a decision of <word> by which <person> comes.", [](const Sight& sight, const Blanks& blanks) {
        const auto& row = sight.attendance(blanks.person(1));
        expect(row.decision_type == blanks.text(0) && row.duty.has_value(), "it is another, or none");
    });
    says.sees("that <person> came late.", [](const Sight& sight, const Blanks& blanks) {
        expect(sight.attendance(blanks.person(0)).came_late_at.has_value(), "they did not");
    });
    says.sees("a correction proposed for <person>.", [](const Sight& sight, const Blanks& blanks) {
        expect(sight.attendance(blanks.person(0)).correction_proposed.value_or(false), "none is proposed");
    });
    says.sees("a correction of <person> from <word>: <quote>.", [](const Sight& sight, const Blanks& blanks) {
        const auto corrections =
            sight.attendance(blanks.person(0)).corrections.value_or(std::vector<AttendanceCorrection>{});
        expect(!corrections.empty(), "there is none");
        expect(corrections.back().was == blanks.word<Mark>(1), "the mark before it is another");
        expect_same(corrections.back().reason, blanks.text(2), "the reason");
    });
    says.sees("<number> day(s) to decide on.", [](const Sight& sight, const Blanks& blanks) {
        const auto* day = sight.view.find<AttendanceDay>(ChangeKind::attendance_day);
        expect(day != nullptr, "nothing is seen of the day");
        expect_same(day->to_decide, blanks.number(0), "the number");
    });
    says.sees("the day sealed by <person>.", [](const Sight& sight, const Blanks& blanks) {
        const auto* day = sight.view.find<AttendanceDay>(ChangeKind::attendance_day);
        expect(day != nullptr && day->sealed_by.has_value(), "it is not sealed");
        expect(*day->sealed_by == blanks.person(0), "someone else sealed it");
    });
    says.sees("an attendance line of <person>.",
        [](const Sight& sight, const Blanks& blanks) { sight.attendance(blanks.person(0)); });
    says.sees("an attendance line of <person>, made <number> time(s).", [](const Sight& sight, const Blanks& blanks) {
        expect_same(sight.attendance(blanks.person(0)).version, blanks.number(1), "the version");
    });
}

const Subject attendance_sentences{add_attendance_sentences};

}  // namespace etakahvila::testing
