#include "scenarios/play.hpp"

namespace etakahvila::testing {
namespace {

/// The session's day ends at midnight in Helsinki: 3 December 2020, 22:00 UTC.
constexpr UtcTime midnight{first_stamp.utc.ms + (15 * 60 + 30) * 60'000};

AssignmentId assignment(std::int64_t number) { return AssignmentId{number}; }
/// As the records would number them.
SubmissionId submission(PersonId person, std::int64_t number = 1) { return SubmissionId{person.value * 10 + number}; }

void plan_assignment(Play& play, std::int64_t number, std::optional<AgendaItemId> item) {
    auto& plan = play.plan();
    if (!plan.assignments) plan.assignments.emplace();
    plan.assignments->push_back({.assignment = assignment(number), .item = item, .version = 1, .minutes = 60});
    plan.day_ends_at = midnight;
}

void act(Play& play, PersonId by, PersonId author, WorkAct act, std::int64_t number = 1) {
    play.keep(play.room().submit(ActOnWork{.by = by,
        .work = submission(author, number),
        .assignment = assignment(number),
        .person = author,
        .act = std::move(act)}));
}

const Assignment& assignment_of(const Sight& sight, std::int64_t number) {
    const auto* seen = sight.view.find<Assignment>(ChangeKind::assignment, number);
    expect(seen != nullptr, "the assignment is not seen");
    return *seen;
}

const Submission& work_of(const Sight& sight, PersonId person) {
    const Submission* last = nullptr;
    for (const auto* each : sight.view.all<Submission>()) {
        if (each->person == person) last = each;
    }
    expect(last != nullptr, "no work is seen");
    return *last;
}

}  // namespace

void add_work_sentences(Sentences& says) {
    // ---- the plan
    says.does("Assignment <number> is planned for <quote>.", [](Play& play, const Blanks& blanks) {
        for (const auto& item : play.plan().agenda) {
            if (item.title == blanks.text(1)) return plan_assignment(play, blanks.number(0), item.id);
        }
        fail_play("there is no such item");
    });
    says.does("Assignment <number> is planned.",
        [](Play& play, const Blanks& blanks) { plan_assignment(play, blanks.number(0), {}); });
    says.does("The session is moved to the next day.", [](Play& play, const Blanks&) {
        auto plan = play.room().room().session.plan;
        const auto day = 24 * 60 * 60'000;
        plan.starts_at.ms += day;
        plan.ends_at.ms += day;
        plan.day_ends_at->ms += day;
        play.keep(play.room().submit(PlanSession{plan}));
    });
    says.does("<person> opens assignment <number>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), OpenAssignment{assignment(blanks.number(1))});
    });
    says.does("<person> closes assignment <number>.", [](Play& play, const Blanks& blanks) {
        play.ask(blanks.person(0), CloseAssignment{assignment(blanks.number(1))});
    });
    says.does("It is one tenth of a second to midnight.", [](Play& play, const Blanks&) {
        play.room().pass(Milliseconds{midnight.ms - play.room().now().utc.ms - 100});
    });
    says.does("It is midnight.",
        [](Play& play, const Blanks&) { play.room().pass(Milliseconds{midnight.ms - play.room().now().utc.ms}); });

    // ---- what the person does
    says.does("<person> returns the work.",
        [](Play& play, const Blanks& blanks) { act(play, blanks.person(0), blanks.person(0), ReturnWork{}); });
    says.does("<person> returns the work on assignment <number>.", [](Play& play, const Blanks& blanks) {
        act(play, blanks.person(0), blanks.person(0), ReturnWork{}, blanks.number(1));
    });
    says.does("<person> takes the work back.",
        [](Play& play, const Blanks& blanks) { act(play, blanks.person(0), blanks.person(0), TakeBackWork{}); });
    says.does("<person> wishes to be called.", [](Play& play, const Blanks& blanks) {
        act(play, blanks.person(0), blanks.person(0), WishForCall{.wants_call = true, .answers_by_phone = {}});
    });
    says.does("<person> wishes to tell it on the phone.", [](Play& play, const Blanks& blanks) {
        act(play, blanks.person(0), blanks.person(0), WishForCall{.wants_call = {}, .answers_by_phone = true});
    });
    says.does("<person> reads the answer.",
        [](Play& play, const Blanks& blanks) { act(play, blanks.person(0), blanks.person(0), ReadAnswer{}); });

    // ---- what the staff do
    says.does("<person> takes the work of <person>.",
        [](Play& play, const Blanks& blanks) { act(play, blanks.person(0), blanks.person(1), ClaimWork{}); });
    says.does("<person> gives the work of <person> to the others.",
        [](Play& play, const Blanks& blanks) { act(play, blanks.person(0), blanks.person(1), ReleaseWork{}); });
    says.does("<person> takes the work of <person> over: <quote>.", [](Play& play, const Blanks& blanks) {
        act(play, blanks.person(0), blanks.person(1), TakeOverWork{blanks.text(2)});
        if (const auto* sent = play.last().find<MessageSent>()) play.messages[sent->text] = sent->message;
    });
    says.does("<person> takes the work of <person> over without a word.",
        [](Play& play, const Blanks& blanks) { act(play, blanks.person(0), blanks.person(1), TakeOverWork{{}}); });
    says.does("<person> writes an answer for <person>.",
        [](Play& play, const Blanks& blanks) { act(play, blanks.person(0), blanks.person(1), BeginAnswer{}); });
    says.does("<person> sends the answer for <person>.",
        [](Play& play, const Blanks& blanks) { act(play, blanks.person(0), blanks.person(1), SendAnswer{}); });
    says.does("<person> takes the answer for <person> back.",
        [](Play& play, const Blanks& blanks) { act(play, blanks.person(0), blanks.person(1), TakeBackAnswer{}); });
    says.does("<person> tells that <person> has heard the answer.",
        [](Play& play, const Blanks& blanks) { act(play, blanks.person(0), blanks.person(1), ReadAnswer{}); });
    says.does("<person> writes down what <person> told by <word>.", [](Play& play, const Blanks& blanks) {
        act(play, blanks.person(0), blanks.person(1), ReturnWork{blanks.word<WorkSource>(2)});
    });
    says.does("<person> has called <person>.", [](Play& play, const Blanks& blanks) {
        act(play, blanks.person(0), blanks.person(1), WishForCall{.wants_call = false, .answers_by_phone = {}});
    });
    says.does("<person> deals what is free among <people>.", [](Play& play, const Blanks& blanks) {
        play.keep(play.room().submit(
            DealWork{.by = blanks.person(0), .assignment = {}, .among = blanks.people(1), .answered_before = {}}));
    });
    says.does("<person>, who answered <person> last time, deals what is free among <people>.",
        [](Play& play, const Blanks& blanks) {
            play.keep(play.room().submit(DealWork{.by = blanks.person(0),
                .assignment = {},
                .among = blanks.people(2),
                .answered_before = {{.person = blanks.person(1), .by = blanks.person(0)}}}));
        });
    says.does(
        "The records bring the work of <person> as <word>, version <number>.", [](Play& play, const Blanks& blanks) {
            WorkNoted row;
            row.work = submission(blanks.person(0));
            row.assignment = assignment(1);
            row.person = blanks.person(0);
            row.state = blanks.word<WorkState>(1);
            row.version = blanks.number(2);
            row.returned_at = play.room().now().utc;
            play.keep(play.room().submit(KnowWork{{row}}));
        });

    // ---- what is seen
    says.sees("assignment <number> is <word>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(assignment_of(sight, blanks.number(0)).state, blanks.word<AssignmentState>(1), "it");
    });
    says.sees("the work of <person> is <word>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(work_of(sight, blanks.person(0)).state, blanks.word<WorkState>(1), "it");
    });
    says.sees(
        "the work of <person>.", [](const Sight& sight, const Blanks& blanks) { work_of(sight, blanks.person(0)); });
    says.sees("the work of <person> is late.", [](const Sight& sight, const Blanks& blanks) {
        expect(work_of(sight, blanks.person(0)).late, "it is in time");
    });
    says.sees("<person> has the work of <person>.", [](const Sight& sight, const Blanks& blanks) {
        expect(work_of(sight, blanks.person(1)).claimed_by == blanks.person(0), "another has it, or nobody");
    });
    says.sees("the work of <person> came by <word>.", [](const Sight& sight, const Blanks& blanks) {
        expect_same(work_of(sight, blanks.person(0)).source, blanks.word<WorkSource>(1), "it");
    });
    says.sees("<person>'s wish for a call.", [](const Sight& sight, const Blanks& blanks) {
        expect(work_of(sight, blanks.person(0)).wants_call.value_or(false), "no call is wished for");
    });
    says.sees("<person>'s wish to tell it on the phone.", [](const Sight& sight, const Blanks& blanks) {
        expect(work_of(sight, blanks.person(0)).answers_by_phone.value_or(false), "it is not wished for");
    });
    says.sees(
        "the day of <person> as <number> min + assignment <number> min.", [](const Sight& sight, const Blanks& blanks) {
            const auto& row = sight.attendance(blanks.person(0));
            expect_same(row.connected_seconds / 60, blanks.number(1), "the time of the connection");
            expect_same(row.work_seconds.value_or(0) / 60, blanks.number(2), "that of the assignment");
        });
    says.sees("that <person> returned the work late.", [](const Sight& sight, const Blanks& blanks) {
        expect(sight.attendance(blanks.person(0)).returned_late.value_or(false), "it was in time, or not returned");
    });
}

const Subject work_sentences{add_work_sentences};

}  // namespace etakahvila::testing
