// The order in which things happen around a room: write it down, then say it.

#include "runtime/room_scene.hpp"
#include "support/catch.hpp"
#include "support/client_view.hpp"

namespace etakahvila::runtime {
namespace {

using namespace std::chrono_literals;
using namespace protocol;
using domain::Admit;

/// What a client holds, by the rule of protocol/room.md.
class Picture {
public:
    void apply(const Batch& batch) {
        if (batch.to <= have_ && batch.from != 0) return;
        REQUIRE(batch.from <= have_);
        if (batch.from == 0) view_ = {};
        view_.take(batch.changes);
        have_ = batch.to;
    }
    domain::Seq have() const { return have_; }
    bool operator==(const Picture& other) const { return view_ == other.view_; }

private:
    testing::ClientView view_;
    domain::Seq have_{};
};

Picture picture(const SimulatedLine& line) {
    Picture picture;
    for (const auto& batch : line.all<Batch>()) picture.apply(batch);
    return picture;
}

TEST_CASE("a newcomer gets welcome, then a snapshot") {
    RoomScene hosted;
    const auto mustikka = hosted.come(1, Role::participant, "Mustikka");
    REQUIRE(mustikka.line->frames.size() == 2);
    const auto welcome = std::get<Welcome>(mustikka.line->frames[0]);
    CHECK_FALSE(welcome.resumed);
    CHECK(welcome.me == PersonId{1});
    CHECK_FALSE(welcome.next_ticket.empty());
    const auto batch = std::get<Batch>(mustikka.line->frames[1]);
    CHECK(batch.from == 0);
    CHECK(batch.to == welcome.seq);
}

TEST_CASE("nothing leaves, not even the sender's own outcome, before it is durable") {
    RoomScene hosted;
    auto ohjaaja = hosted.come(1, Role::facilitator, "Ohjaaja");
    const auto mustikka = hosted.come(2, Role::participant, "Mustikka");
    const auto heard = mustikka.line->frames.size();
    hosted.journal.is_held = true;
    const auto id = hosted.command(ohjaaja, OpenDoors{});
    CHECK(outcome_of(ohjaaja.line, id) == nullptr);
    CHECK(mustikka.line->frames.size() == heard);
    hosted.journal.sync();
    hosted.time.run();
    REQUIRE(outcome_of(ohjaaja.line, id) != nullptr);
    CHECK_FALSE(outcome_of(ohjaaja.line, id)->refusal);
    CHECK(mustikka.line->frames.size() == heard + 1);
}

TEST_CASE("a newcomer's snapshot waits for the disk too") {
    RoomScene hosted;
    auto ohjaaja = hosted.come(1, Role::facilitator, "Ohjaaja");
    CHECK_FALSE(hosted.admit(PersonId{2}, Role::participant, "Mustikka"));
    hosted.journal.is_held = true;
    hosted.command(ohjaaja, OpenDoors{});
    const auto mustikka = hosted.arrive(PersonId{2}, Role::participant);
    CHECK(mustikka.line->frames.empty());
    hosted.journal.sync();
    hosted.time.run();
    hosted.journal.sync();
    hosted.time.run();
    CHECK(mustikka.line->frames.size() == 2);
}

TEST_CASE("while one commit is under way the next gathers, and each audience gets one batch of it") {
    RoomScene hosted;
    auto ohjaaja = hosted.come(1, Role::facilitator, "Ohjaaja");
    const auto mustikka = hosted.come(2, Role::participant, "Mustikka");
    hosted.command(ohjaaja, OpenDoors{});
    hosted.journal.is_held = true;
    const auto heard = mustikka.line->all<Batch>().size();
    for (const auto* line : {"yksi", "kaksi", "kolme"}) hosted.command(ohjaaja, SetWhereWeAre{{line}});
    CHECK(hosted.journal.waiting() == 1);
    hosted.journal.sync();
    hosted.time.run();
    hosted.journal.sync();
    hosted.time.run();
    CHECK(mustikka.line->all<Batch>().size() == heard + 2);
    hosted.journal.is_held = false;
    CHECK(picture(*mustikka.line) == picture(*hosted.arrive(PersonId{2}, Role::participant).line));
}

TEST_CASE("the same bytes go to all of an audience") {
    RoomScene hosted;
    auto ohjaaja = hosted.come(1, Role::facilitator, "Ohjaaja");
    const auto mustikka = hosted.come(2, Role::participant, "Mustikka");
    const auto kanerva = hosted.come(3, Role::participant, "Kanerva");
    hosted.command(ohjaaja, OpenDoors{});
    CHECK(mustikka.line->bytes.back().get() == kanerva.line->bytes.back().get());
}

TEST_CASE("a repeated command gets the first outcome and does nothing, also after a restart") {
    RoomScene hosted;
    auto ohjaaja = hosted.come(1, Role::facilitator, "Ohjaaja");
    const auto id = hosted.command(ohjaaja, OpenDoors{});
    const auto first = *outcome_of(ohjaaja.line, id);
    const bool restarts = GENERATE(false, true);
    if (restarts) {
        hosted.die_and_open();
        ohjaaja = hosted.arrive(PersonId{1}, Role::facilitator);
    } else {
        ohjaaja.line->frames.clear();
    }
    hosted.host->command(ohjaaja.connection, id, OpenDoors{});
    hosted.time.run();
    REQUIRE(outcome_of(ohjaaja.line, id) != nullptr);
    CHECK(*outcome_of(ohjaaja.line, id) == first);
}

TEST_CASE("a refusal is kept as well: the same answer comes for a repeat") {
    RoomScene hosted;
    auto ohjaaja = hosted.come(1, Role::facilitator, "Ohjaaja");
    const auto id = hosted.command(ohjaaja, GoLive{});
    const auto first = *outcome_of(ohjaaja.line, id);
    REQUIRE(first.refusal);
    CHECK(first.refusal->word == RefusalWord::not_now);
    hosted.command(ohjaaja, OpenDoors{});
    ohjaaja.line->frames.clear();
    hosted.host->command(ohjaaja.connection, id, GoLive{});
    hosted.time.run();
    CHECK(*outcome_of(ohjaaja.line, id) == first);
}

TEST_CASE("who comes back gets just what was missed, from any step") {
    RoomScene hosted;
    auto ohjaaja = hosted.come(1, Role::facilitator, "Ohjaaja");
    auto mustikka = hosted.come(2, Role::participant, "Mustikka");
    hosted.command(ohjaaja, OpenDoors{});
    const auto before = picture(*mustikka.line);
    const auto welcome = mustikka.line->all<Welcome>().front();
    hosted.host->lost(mustikka.connection, std::nullopt);
    hosted.time.run();
    hosted.command(ohjaaja, SetWhereWeAre{{"Puhumme unesta."}});
    hosted.command(ohjaaja, GoLive{});
    const auto back = hosted.arrive(
        PersonId{2}, Role::participant, ResumePoint{.epoch = welcome.epoch, .seq = before.have()});
    CHECK(back.line->all<Welcome>().front().resumed);
    auto caught_up = before;
    for (const auto& batch : back.line->all<Batch>()) {
        CHECK(batch.from == before.have());
        caught_up.apply(batch);
    }
    CHECK(caught_up == picture(*hosted.arrive(PersonId{2}, Role::participant).line));
}

TEST_CASE("a resume point of another epoch, or of the future, gets a snapshot") {
    RoomScene hosted;
    hosted.come(1, Role::facilitator, "Ohjaaja");
    const auto epoch = hosted.arrive(PersonId{1}, Role::facilitator).line->all<Welcome>().front().epoch;
    const auto point = GENERATE_COPY(
        ResumePoint{.epoch = "other", .seq = 1}, ResumePoint{.epoch = epoch, .seq = 1'000'000});
    const auto back = hosted.arrive(PersonId{1}, Role::facilitator, point);
    CHECK_FALSE(back.line->all<Welcome>().front().resumed);
    CHECK(back.line->all<Batch>().front().from == 0);
}

TEST_CASE("to go on from step 0 is to be shown everything") {
    RoomScene hosted;
    const auto welcome = hosted.come(1, Role::facilitator, "Ohjaaja").line->all<Welcome>().front();
    const auto back = hosted.arrive(PersonId{1}, Role::facilitator, ResumePoint{.epoch = welcome.epoch, .seq = 0});
    CHECK_FALSE(back.line->all<Welcome>().front().resumed);
    CHECK(picture(*back.line) == picture(*hosted.arrive(PersonId{1}, Role::facilitator).line));
    const auto changes = back.line->all<Batch>().front().changes;
    CHECK(std::any_of(
        changes.begin(), changes.end(), [](const Change& change) { return std::holds_alternative<ChatInfo>(change); }));
}

TEST_CASE("a line that is lost and comes back within a second is told once, and to the staff alone") {
    RoomScene hosted;
    const auto ohjaaja = hosted.come(1, Role::facilitator, "Ohjaaja");
    auto mustikka = hosted.come(2, Role::participant, "Mustikka");
    const auto kanerva = hosted.come(3, Role::participant, "Kanerva");
    hosted.time.pass(5s);
    const auto told = [](const RoomScene::Guest& guest) { return guest.line->all<Batch>().size(); };
    const auto told_to_staff = told(ohjaaja);
    const auto told_to_others = told(kanerva);
    const auto come_and_go = [&] {
        hosted.host->lost(mustikka.connection, {});
        hosted.time.pass(10ms);
        mustikka = hosted.arrive(PersonId{2}, Role::participant);
        hosted.time.pass(20ms);
    };
    come_and_go();
    hosted.time.pass(2s);
    CHECK(told(ohjaaja) == told_to_staff + 1);
    CHECK(told(kanerva) == told_to_others);

    // As fast as it goes, for fifteen seconds.
    for (int count = 0; count < 500; ++count) come_and_go();
    hosted.time.pass(2s);
    CHECK(told(ohjaaja) <= told_to_staff + 1 + 18 + 1);
    // The suggestion of help that comes of so many losses is the person's own and the staff's.
    CHECK(told(kanerva) == told_to_others);
    hosted.host->look([](const domain::Room& room) {
        const auto& member = *room.member(PersonId{2});
        CHECK(member.losses == 501);
        CHECK(member.stays.size() == 502);
        CHECK(member.open_stays.size() == 1);
        CHECK(member.told.losses == 501);
        for (std::size_t next = 1; next < member.stays.size(); ++next)
            CHECK(member.stays[next].from == *member.stays[next - 1].to + 10ms);
    });
    hosted.time.run();
}

TEST_CASE("when saving fails, nothing of it is said, the room says so, and reading goes on") {
    RoomScene hosted;
    auto ohjaaja = hosted.come(1, Role::facilitator, "Ohjaaja");
    const auto mustikka = hosted.come(2, Role::participant, "Mustikka");
    hosted.command(ohjaaja, OpenDoors{});
    hosted.journal.is_held = true;
    const auto id = hosted.command(ohjaaja, SetWhereWeAre{{"ei koskaan"}});
    hosted.stop_saving(journal::Saves::nothing);
    CHECK(outcome_of(ohjaaja.line, id) == nullptr);
    REQUIRE(mustikka.line->all<Saving>().size() == 1);
    CHECK(mustikka.line->all<Saving>().front().state == SavingState::stopped);
    const auto later = hosted.command(ohjaaja, GoLive{});
    REQUIRE(outcome_of(ohjaaja.line, later) != nullptr);
    CHECK(outcome_of(ohjaaja.line, later)->refusal->word == RefusalWord::not_saving);
    const auto reader = hosted.arrive(PersonId{2}, Role::participant);
    CHECK(picture(*reader.line) == picture(*mustikka.line));
    CHECK(reader.line->all<Saving>().size() == 1);
}

TEST_CASE("after kill -9 the room goes on where it was, and everyone is away by an outage") {
    RoomScene hosted;
    auto ohjaaja = hosted.come(1, Role::facilitator, "Ohjaaja");
    hosted.come(2, Role::participant, "Mustikka");
    hosted.command(ohjaaja, OpenDoors{});
    hosted.command(ohjaaja, GoLive{});
    const auto seen = picture(*ohjaaja.line);
    hosted.time.pass(30s);
    hosted.die_and_open();
    ohjaaja = hosted.arrive(PersonId{1}, Role::facilitator,
        ResumePoint{.epoch = ohjaaja.line->all<Welcome>().front().epoch, .seq = seen.have()});
    CHECK(ohjaaja.line->all<Welcome>().front().resumed);
    hosted.host->look([](const domain::Room& room) {
        CHECK(room.session.phase == Phase::live);
        REQUIRE(room.session.outages.size() == 1);
        CHECK(room.member(PersonId{2})->up == 0);
        CHECK(room.member(PersonId{2})->stays.back().by_outage);
    });
    hosted.time.run();
}

TEST_CASE(
    "of a day that is over a restart takes no other duty, though the site has changed what its kind makes of it") {
    RoomScene hosted;
    hosted.plan.roster = {{.person = PersonId{2},
        .role = Role::participant,
        .decision_type = "tyopajatoiminta",
        .duty = Duty::obligatory,
        .excused = false}};
    hosted.host->plan(hosted.plan);
    auto ohjaaja = hosted.come(1, Role::facilitator, "Ohjaaja");
    hosted.command(ohjaaja, OpenDoors{});
    hosted.command(ohjaaja, GoLive{});
    hosted.time.pass(4h);
    hosted.command(ohjaaja, CloseSession{});
    hosted.plan.roster[0].duty = Duty::own_will;
    hosted.die_and_open();
    hosted.host->look([](const domain::Room& room) {
        CHECK(room.session.plan.roster.at(0).duty == Duty::obligatory);
        CHECK(room.attendance.rows.at(PersonId{2}).proposed.proposal == Proposal::not_seen);
    });
    hosted.time.run();
}

TEST_CASE("twenty commands a second, forty at once, then too_fast; the same id may come again") {
    RoomScene hosted;
    auto ohjaaja = hosted.come(1, Role::facilitator, "Ohjaaja");
    std::string refused_id;
    int done = 0;
    for (int count = 0; count < 60; ++count) {
        const auto id = hosted.command(ohjaaja, SetWhereWeAre{{"rivi"}});
        const auto* outcome = outcome_of(ohjaaja.line, id);
        REQUIRE(outcome != nullptr);
        if (outcome->refusal && outcome->refusal->word == RefusalWord::too_fast)
            refused_id = id;
        else
            ++done;
    }
    CHECK(done == 40);
    REQUIRE_FALSE(refused_id.empty());
    hosted.time.pass(2s);
    ohjaaja.line->frames.clear();
    hosted.host->command(ohjaaja.connection, refused_id, OpenDoors{});
    hosted.time.run();
    CHECK_FALSE(outcome_of(ohjaaja.line, refused_id)->refusal);
}

TEST_CASE("a removed person's connections are closed, and do not come in again") {
    RoomScene hosted;
    auto moderaattori = hosted.come(1, Role::moderator, "Moderaattori");
    auto mustikka = hosted.come(2, Role::participant, "Mustikka");
    const auto second = hosted.arrive(PersonId{2}, Role::participant);
    hosted.command(moderaattori, OpenDoors{});
    hosted.command(moderaattori, RemovePerson{.person = PersonId{2}, .reason = "Häiritsi muita", .ban = false});
    CHECK(mustikka.line->closed == CloseCode::removed);
    CHECK(second.line->closed == CloseCode::removed);
    CHECK(hosted.arrive(PersonId{2}, Role::participant).line->closed == CloseCode::removed);
    CHECK(hosted.admit(PersonId{2}, Role::participant, "Mustikka")->word == RefusalWord::removed);
}

TEST_CASE("who goes gets no last batch that was made for the others: they come back to what was theirs") {
    RoomScene hosted;
    auto moderaattori = hosted.come(1, Role::moderator, "Moderaattori");
    auto mustikka = hosted.come(2, Role::participant, "Mustikka");
    hosted.command(moderaattori, OpenDoors{});
    hosted.command(moderaattori, SilencePerson{.person = PersonId{2}, .minutes = 5, .reason = "Tauko"});
    const auto own = picture(*mustikka.line);
    const auto seq = mustikka.line->all<Batch>().back().to;

    hosted.host->lost(mustikka.connection, {});
    hosted.time.run();
    CHECK(mustikka.line->closed == CloseCode::silent);
    CHECK(mustikka.line->all<Batch>().back().to == seq);
    CHECK(picture(*mustikka.line) == own);
}

TEST_CASE("who is removed in the moment of coming in is hung up all the same") {
    RoomScene hosted;
    auto moderaattori = hosted.come(1, Role::moderator, "Moderaattori");
    hosted.command(moderaattori, OpenDoors{});
    CHECK_FALSE(hosted.admit(PersonId{2}, Role::participant, "Mustikka"));
    const auto line = std::make_shared<SimulatedLine>();
    hosted.host->arrive({.pass = {.session = session, .person = PersonId{2}, .role = Role::participant},
                            .line = line,
                            .hub = hosted.hub},
        [](ConnectionId) {});
    hosted.host->command(moderaattori.connection, "removing",
        RemovePerson{.person = PersonId{2}, .reason = "Häiritsi muita", .ban = false});
    hosted.time.run();
    CHECK(line->closed == CloseCode::removed);
    CHECK(line->frames.empty());
}

TEST_CASE("the staff are told of the lines of those who wait for help: at once, then gathered, and never kept") {
    RoomScene hosted;
    auto moderator = hosted.come(1, Role::moderator, "Moderaattori");
    auto mustikka = hosted.come(2, Role::participant, "Mustikka");
    auto kanerva = hosted.come(3, Role::participant, "Kanerva");
    const auto told = [&] { return moderator.line->all<LineFigures>(); };
    hosted.host->line_times(mustikka.connection, {.median = 80ms, .worst = 90ms});
    hosted.time.run();
    CHECK_FALSE(hosted.host->wants_line_times());
    CHECK(told().empty());

    hosted.command(moderator, OpenDoors{});
    hosted.command(mustikka, AskForHelp{.kind = HelpKind::cannot_hear, .words = {}, .call_back = {}});
    CHECK(hosted.host->wants_line_times());
    const auto steps = hosted.memory.load(session).steps.size();
    const auto before = told().size();
    hosted.time.pass(2s);
    hosted.host->line_times(mustikka.connection, {.median = 80ms, .worst = 90ms});
    hosted.host->line_times(kanerva.connection, {.median = 10ms, .worst = 10ms});
    hosted.time.run();
    REQUIRE(told().size() == before + 1);
    CHECK(told().back().lines ==
          std::vector{LineFigure{.person = mustikka.person, .rtt_median_ms = 80, .rtt_worst_ms = 90}});

    for (int number = 1; number <= 20; ++number)
        hosted.host->line_times(
            mustikka.connection, {.median = 80ms, .worst = std::chrono::milliseconds{100 * number}});
    hosted.time.run();
    CHECK(told().size() == before + 1);
    hosted.time.pass(2s);
    REQUIRE(told().size() == before + 2);
    CHECK(told().back().lines.front().rtt_worst_ms == 2000);
    CHECK(mustikka.line->all<LineFigures>().empty());
    CHECK(kanerva.line->all<LineFigures>().empty());
    CHECK(hosted.memory.load(session).steps.size() == steps);

    hosted.time.pass(2s);
    hosted.command(mustikka, CancelHelp{HelpId{moderator.line->all<Batch>().back().to}});
    CHECK_FALSE(hosted.host->wants_line_times());
    CHECK(told().back().lines.empty());
}

TEST_CASE("shutting down says goodbye, and is done when all is durable") {
    RoomScene hosted;
    const auto ohjaaja = hosted.come(1, Role::facilitator, "Ohjaaja");
    hosted.journal.is_held = true;
    bool is_done = false;
    hosted.host->shut_down(100, [&] { is_done = true; });
    hosted.time.run();
    CHECK_FALSE(is_done);
    hosted.journal.sync();
    hosted.time.run();
    CHECK(is_done);
    CHECK(ohjaaja.line->closed == CloseCode::restart);
    CHECK(hosted.arrive(PersonId{1}, Role::facilitator).line->closed == CloseCode::restart);
}

TEST_CASE("a step of the wall clock changes no duration") {
    RoomScene hosted;
    auto ohjaaja = hosted.come(1, Role::facilitator, "Ohjaaja");
    const auto before = hosted.host->clock().room;
    hosted.time.pass(10min);
    hosted.time.step_wall_clock(-1h);
    CHECK(hosted.host->clock().room - before == 10min);
}

TEST_CASE("who comes to the door while it cannot be saved is told so, and does not wait for ever") {
    RoomScene hosted;
    hosted.come(1, Role::facilitator, "Ohjaaja");
    hosted.journal.is_held = true;
    std::optional<Refusal> answer;
    hosted.host->admit(
        {.person = PersonId{2}, .role = Role::participant, .name = "Mustikka", .accepts_netiquette = true},
        [&](auto refusal) { answer = refusal; });
    hosted.time.run();
    CHECK_FALSE(answer);
    hosted.stop_saving(journal::Saves::nothing);
    REQUIRE(answer);
    CHECK(answer->word == RefusalWord::not_saving);
    // Later too; and who is known already is let in to look on.
    CHECK(hosted.admit(PersonId{2}, Role::participant, "Mustikka")->word == RefusalWord::not_saving);
    CHECK_FALSE(hosted.admit(PersonId{1}, Role::facilitator, "Ohjaaja"));
    const auto again = hosted.arrive(PersonId{1}, Role::facilitator);
    CHECK(again.line->all<Welcome>().size() == 1);
    CHECK(again.line->all<Saving>().back().state == SavingState::stopped);
}

TEST_CASE("shutting down ends also when it cannot be saved") {
    RoomScene hosted;
    hosted.come(1, Role::facilitator, "Ohjaaja");
    hosted.journal.is_held = true;
    bool is_done = false;
    hosted.host->shut_down(0, [&] { is_done = true; });
    hosted.time.run();
    CHECK_FALSE(is_done);
    hosted.stop_saving(journal::Saves::nothing);
    CHECK(is_done);
}

TEST_CASE("who was coming in when saving failed is greeted all the same") {
    RoomScene hosted;
    hosted.come(1, Role::facilitator, "Ohjaaja");
    const auto mustikka = hosted.come(2, Role::participant, "Mustikka");
    hosted.journal.is_held = true;
    const auto saves = GENERATE(journal::Saves::vital_only, journal::Saves::nothing_yet, journal::Saves::nothing);
    CAPTURE(static_cast<int>(saves));
    const auto second = hosted.arrive(PersonId{2}, Role::participant);
    CHECK(second.line->frames.empty());
    hosted.stop_saving(saves);
    REQUIRE(second.line->all<Welcome>().size() == 1);
    CHECK(second.line->all<Batch>().size() == 1);
    CHECK(second.line->all<Saving>().back().state == SavingState::stopped);
    CHECK_FALSE(second.line->closed);
    hosted.host->look([&](const domain::Room& room) {
        CHECK(room.member(PersonId{2})->up == (saves == journal::Saves::vital_only ? 2 : 1));
    });
    hosted.time.run();
}

TEST_CASE("a removal that could not be saved never happened: the line is closed, and may come back") {
    RoomScene hosted;
    auto moderaattori = hosted.come(1, Role::moderator, "Moderaattori");
    const auto mustikka = hosted.come(2, Role::participant, "Mustikka");
    hosted.command(moderaattori, OpenDoors{});
    hosted.journal.is_held = true;
    hosted.command(moderaattori, RemovePerson{.person = PersonId{2}, .reason = "Häiritsi muita", .ban = false});
    hosted.stop_saving(journal::Saves::nothing);
    CHECK(mustikka.line->closed == CloseCode::gap);
    CHECK_FALSE(hosted.arrive(PersonId{2}, Role::participant).line->closed);
    CHECK(hosted.hub->seat_count() == 2);
}

TEST_CASE("on a full disk help is taken and nothing else, and all is again when there is space") {
    RoomScene hosted;
    auto ohjaaja = hosted.come(1, Role::facilitator, "Ohjaaja");
    auto mustikka = hosted.come(2, Role::participant, "Mustikka");
    hosted.command(ohjaaja, OpenDoors{});
    hosted.journal.is_held = true;
    const auto dropped = hosted.command(ohjaaja, SetWhereWeAre{{"ei vielä"}});
    hosted.stop_saving(journal::Saves::vital_only);
    CHECK(outcome_of(ohjaaja.line, dropped) == nullptr);
    REQUIRE(ohjaaja.line->all<Saving>().size() == 1);
    CHECK(ohjaaja.line->all<Saving>().front().trouble == SavingTrouble::disk_full);
    CHECK_FALSE(mustikka.line->all<Saving>().front().trouble);

    const auto refused = hosted.command(mustikka, SendMessage{.channel = Channel::room, .text = "Hei", .reply_to = {}});
    CHECK(outcome_of(mustikka.line, refused)->refusal->word == RefusalWord::not_saving);
    const auto help = hosted.command(mustikka, AskForHelp{.kind = HelpKind::cannot_hear});
    CHECK_FALSE(outcome_of(mustikka.line, help)->refusal);
    CHECK(hosted.arrive(PersonId{2}, Role::participant).line->all<Welcome>().size() == 1);

    hosted.save_again();
    CHECK(ohjaaja.line->all<Saving>().back().state == SavingState::ok);
    // The client sends again what has no answer.
    hosted.host->command(ohjaaja.connection, dropped, SetWhereWeAre{{"ei vielä"}});
    hosted.time.run();
    CHECK_FALSE(outcome_of(ohjaaja.line, dropped)->refusal);
    const auto other = hosted.arrive(PersonId{1}, Role::facilitator);
    CHECK(picture(*ohjaaja.line) == picture(*other.line));
}

TEST_CASE("on a full disk no work is taken, and the room is told when there is space what the records know of it") {
    RoomScene hosted;
    auto ohjaaja = hosted.come(1, Role::facilitator, "Ohjaaja");
    hosted.come(2, Role::participant, "Mustikka");
    hosted.plan.assignments.emplace().push_back(
        {.assignment = AssignmentId{1}, .item = {}, .version = 1, .minutes = 60});
    hosted.plan.day_ends_at = UtcTime{4'000'000'000'000};
    hosted.host->plan(hosted.plan);
    hosted.command(ohjaaja, OpenDoors{});
    const auto opened = hosted.command(ohjaaja, OpenAssignment{AssignmentId{1}});
    CHECK_FALSE(outcome_of(ohjaaja.line, opened)->refusal);

    const auto act = [&](domain::WorkAct done) {
        std::optional<Refusal> answer;
        hosted.host->act_on_work({.by = PersonId{2},
                                     .work = SubmissionId{9},
                                     .assignment = AssignmentId{1},
                                     .person = PersonId{2},
                                     .act = std::move(done)},
            [&](auto refusal) { answer = refusal; });
        hosted.time.run();
        return answer;
    };
    const auto noted = [&] {
        std::optional<domain::WorkNoted> found;
        hosted.host->look([&](const domain::Room& room) {
            const auto work = room.work.submissions.find(SubmissionId{9});
            if (work != room.work.submissions.end()) found = work->second;
        });
        hosted.time.run();
        return found;
    };
    hosted.memory.set_saves(journal::Saves::vital_only);
    hosted.time.run();
    CHECK(act(domain::ReturnWork{})->word == RefusalWord::not_saving);
    domain::WorkNoted row;
    row.work = SubmissionId{9};
    row.assignment = AssignmentId{1};
    row.person = PersonId{2};
    row.state = WorkState::returned;
    row.version = 1;
    hosted.host->know_work({.rows = {row}});
    CHECK_FALSE(noted());

    hosted.save_again();
    REQUIRE(noted());
    CHECK(noted()->state == WorkState::returned);
    CHECK_FALSE(act(domain::TakeBackWork{}));
    CHECK(noted()->version == 2);
    // What it knew then is older than what has happened since.
    hosted.memory.set_saves(journal::Saves::vital_only);
    hosted.time.run();
    hosted.save_again();
    CHECK(noted()->state == WorkState::draft);
}

TEST_CASE("what the records knew when the room was opened does not come back after a rehearsal that has ended") {
    RoomScene hosted;
    auto ohjaaja = hosted.come(1, Role::facilitator, "Ohjaaja");
    hosted.come(2, Role::participant, "Mustikka");
    hosted.command(ohjaaja, StartRehearsal{});
    const auto works = [&] {
        std::size_t count = 0;
        hosted.host->look([&](const domain::Room& room) { count = room.work.submissions.size(); });
        hosted.time.run();
        return count;
    };
    domain::WorkNoted row;
    row.work = SubmissionId{9};
    row.assignment = AssignmentId{1};
    row.person = PersonId{2};
    row.state = WorkState::returned;
    row.version = 1;
    hosted.host->know_work({.rows = {row}});
    CHECK(works() == 1);
    hosted.command(ohjaaja, EndRehearsal{});
    CHECK(works() == 0);
    hosted.memory.set_saves(journal::Saves::vital_only);
    hosted.time.run();
    hosted.save_again();
    CHECK(works() == 0);
}

TEST_CASE("who went while nothing could be saved is away since then, and marked as inferred") {
    RoomScene hosted;
    auto ohjaaja = hosted.come(1, Role::facilitator, "Ohjaaja");
    const auto mustikka = hosted.come(2, Role::participant, "Mustikka");
    hosted.stop_saving(journal::Saves::nothing_yet);
    hosted.time.pass(10s);
    const auto left_at = hosted.host->clock().room;
    hosted.host->lost(mustikka.connection, std::nullopt);
    hosted.time.pass(40s);
    hosted.save_again();
    hosted.host->look([&](const domain::Room& room) {
        const auto& stay = room.member(PersonId{2})->stays.back();
        REQUIRE(stay.to);
        CHECK(*stay.to == left_at);
        CHECK(stay.is_inferred);
        CHECK(room.member(PersonId{1})->is_up());
    });
    hosted.time.run();
}

TEST_CASE("a room that is refused again by a journal that saves everything else is not damaged, and goes on") {
    RoomScene hosted;
    auto ohjaaja = hosted.come(1, Role::facilitator, "Ohjaaja");
    hosted.command(ohjaaja, OpenDoors{});
    const auto refuse = [&] {
        hosted.journal.is_held = true;
        const auto id = hosted.command(ohjaaja, SetWhereWeAre{{"Uni"}});
        hosted.journal.sync(false);
        hosted.journal.is_held = false;
        hosted.time.run();
        CHECK(outcome_of(ohjaaja.line, id) == nullptr);
        return id;
    };
    refuse();
    CHECK(ohjaaja.line->all<Saving>().size() == 1);
    const auto dropped = refuse();
    // What is refused every time is not tried as fast as it can be: what is asked meanwhile waits, for a second.
    const auto meanwhile = hosted.command(ohjaaja, GoLive{});
    CHECK(outcome_of(ohjaaja.line, meanwhile) == nullptr);
    hosted.time.pass(read_back_again);
    REQUIRE(ohjaaja.line->all<Saving>().size() == 2);
    CHECK(ohjaaja.line->all<Saving>().back().state == SavingState::ok);
    REQUIRE(outcome_of(ohjaaja.line, meanwhile) != nullptr);
    CHECK_FALSE(outcome_of(ohjaaja.line, meanwhile)->refusal);
    // The client sends again what has no answer.
    hosted.host->command(ohjaaja.connection, dropped, SetWhereWeAre{{"Uni"}});
    hosted.time.run();
    REQUIRE(outcome_of(ohjaaja.line, dropped) != nullptr);
    CHECK_FALSE(outcome_of(ohjaaja.line, dropped)->refusal);
}

TEST_CASE("a disk that is full twice within ten seconds, and has space again each time, damages no room") {
    RoomScene hosted;
    auto ohjaaja = hosted.come(1, Role::facilitator, "Ohjaaja");
    for (int time = 0; time < 2; ++time) {
        hosted.journal.is_held = true;
        hosted.command(ohjaaja, SetWhereWeAre{{"Uni"}});
        hosted.memory.set_saves(journal::Saves::vital_only);
        // Before the room hears that its commit was refused there is space again.
        hosted.memory.set_saves(journal::Saves::everything);
        hosted.journal.sync(false);
        hosted.journal.is_held = false;
        hosted.time.pass(2s);
    }
    CHECK(ohjaaja.line->all<Saving>().back().state == SavingState::ok);
    const auto later = hosted.command(ohjaaja, OpenDoors{});
    REQUIRE(outcome_of(ohjaaja.line, later) != nullptr);
    CHECK_FALSE(outcome_of(ohjaaja.line, later)->refusal);
}

TEST_CASE("a damaged room is served as far as it is whole, says so to the staff, and saves nothing") {
    RoomScene hosted;
    auto ohjaaja = hosted.come(1, Role::facilitator, "Ohjaaja");
    hosted.come(2, Role::participant, "Mustikka");
    hosted.command(ohjaaja, OpenDoors{});
    auto stored = hosted.memory.load(session);
    stored.damaged_at = static_cast<domain::Seq>(stored.steps.size());
    stored.steps.pop_back();
    hosted.host = RoomHost::open({.session = session,
                                     .loop = hosted.time,
                                     .clock = hosted.time,
                                     .journal = hosted.journal,
                                     .tickets = hosted.tickets,
                                     .voice_tickets = hosted.voice_tickets,
                                     .voice_figures = hosted.voice_figures},
        stored);
    hosted.host->plan({.session = session, .theme = "Muu", .series = "Etäkahvila"});
    hosted.time.run();
    ohjaaja = hosted.arrive(
        PersonId{1}, Role::facilitator, ResumePoint{.epoch = stored.epoch, .seq = *stored.damaged_at});
    // Who has seen more than there is begins anew.
    CHECK_FALSE(ohjaaja.line->all<Welcome>().front().resumed);
    REQUIRE(ohjaaja.line->all<Saving>().size() == 1);
    CHECK(ohjaaja.line->all<Saving>().front().trouble == SavingTrouble::damaged);
    CHECK_FALSE(hosted.arrive(PersonId{2}, Role::participant).line->all<Saving>().front().trouble);
    const auto refused = hosted.command(ohjaaja, OpenDoors{});
    CHECK(outcome_of(ohjaaja.line, refused)->refusal->word == RefusalWord::not_saving);
    CHECK(hosted.memory.load(session).steps.size() == stored.steps.size() + 1);
}

TEST_CASE("a line that ends while the room is read back holds up nothing that is said afterwards") {
    RoomScene hosted;
    auto ohjaaja = hosted.come(1, Role::facilitator, "Ohjaaja");
    const auto mustikka = hosted.come(2, Role::participant, "Mustikka");
    hosted.journal.is_held = true;
    hosted.command(ohjaaja, OpenDoors{});
    hosted.memory.set_saves(journal::Saves::nothing);
    hosted.journal.sync(false);
    hosted.journal.is_held = false;
    hosted.host->lost(mustikka.connection, {});
    hosted.time.run();
    CHECK(mustikka.line->closed == CloseCode::silent);
    REQUIRE(ohjaaja.line->all<Saving>().size() == 1);
    CHECK(ohjaaja.line->all<Saving>().front().state == SavingState::stopped);
    const auto refused = hosted.command(ohjaaja, OpenDoors{});
    REQUIRE(outcome_of(ohjaaja.line, refused) != nullptr);
    CHECK(outcome_of(ohjaaja.line, refused)->refusal->word == RefusalWord::not_saving);
}

TEST_CASE("who has been removed does not look on either while nothing can be saved") {
    RoomScene hosted;
    auto moderaattori = hosted.come(1, Role::moderator, "Moderaattori");
    hosted.come(2, Role::participant, "Mustikka");
    hosted.command(moderaattori, OpenDoors{});
    hosted.command(moderaattori, RemovePerson{.person = PersonId{2}, .reason = "Häiritsi muita", .ban = false});
    hosted.stop_saving(journal::Saves::nothing);
    const auto again = hosted.arrive(PersonId{2}, Role::participant);
    CHECK(again.line->closed == CloseCode::removed);
    CHECK(again.line->frames.empty());
}

TEST_CASE("one person has no more than eight lines, and a new one again when one has ended") {
    RoomScene hosted;
    hosted.come(1, Role::facilitator, "Ohjaaja");
    CHECK_FALSE(hosted.admit(PersonId{2}, Role::participant, "Mustikka"));
    std::vector<RoomScene::Guest> lines;
    for (int count = 0; count < connections_per_person_max; ++count)
        lines.push_back(hosted.arrive(PersonId{2}, Role::participant));
    CHECK_FALSE(lines.back().line->closed);
    const auto one_more = hosted.arrive(PersonId{2}, Role::participant);
    CHECK(one_more.line->closed == CloseCode::too_many_lines);
    CHECK(one_more.line->frames.empty());
    hosted.host->lost(lines.front().connection, {});
    hosted.time.run();
    CHECK_FALSE(hosted.arrive(PersonId{2}, Role::participant).line->closed);
}

TEST_CASE("who is shut out loses every line, and is away like anyone whose line is lost") {
    RoomScene hosted;
    const auto ohjaaja = hosted.come(1, Role::facilitator, "Ohjaaja");
    const auto mustikka = hosted.come(2, Role::participant, "Mustikka");
    const auto second = hosted.arrive(PersonId{2}, Role::participant);
    hosted.host->shut_out(PersonId{2});
    hosted.time.run();
    CHECK(mustikka.line->closed == CloseCode::bad_ticket);
    CHECK(second.line->closed == CloseCode::bad_ticket);
    CHECK_FALSE(ohjaaja.line->closed);
    hosted.host->look([](const domain::Room& room) { CHECK(room.member(PersonId{2})->up == 0); });
    hosted.time.run();
}

TEST_CASE("whose right ends between their ticket and their place in the room does not come in") {
    RoomScene hosted;
    hosted.come(1, Role::facilitator, "Ohjaaja");
    CHECK_FALSE(hosted.admit(PersonId{2}, Role::participant, "Mustikka"));
    const auto arrive = [&](const Pass& pass) {
        const auto line = std::make_shared<SimulatedLine>();
        hosted.host->arrive(
            {.pass = pass, .line = line, .hub = hosted.hub, .device = {}, .resume = {}}, [](ConnectionId) {});
        return line;
    };
    const Pass mustikka{.session = session, .person = PersonId{2}, .role = Role::participant};
    const auto redeemed = hosted.tickets.redeem(hosted.tickets.issue(mustikka, 0ms, 60s), 1ms).pass;
    REQUIRE(redeemed);
    // As RoomDirectory::shut_out does it: the tickets first, then the room, which knows of no line yet.
    hosted.tickets.forget(PersonId{2}, session);
    hosted.host->shut_out(PersonId{2});
    hosted.time.run();
    const auto late = arrive(*redeemed);
    hosted.time.run();
    CHECK(late->closed == CloseCode::bad_ticket);
    CHECK(late->frames.empty());

    // In the room before the tickets are void, greeted after: the ticket for the next time is void as well.
    const auto again = hosted.tickets.redeem(hosted.tickets.issue(mustikka, 0ms, 60s), 1ms).pass;
    REQUIRE(again);
    auto ohjaaja = hosted.arrive(PersonId{1}, Role::facilitator);
    hosted.journal.is_held = true;
    hosted.command(ohjaaja, OpenDoors{});
    const auto line = arrive(*again);
    hosted.time.run();
    hosted.tickets.forget(PersonId{2}, session);
    hosted.journal.is_held = false;
    hosted.journal.sync();
    hosted.time.run();
    const auto welcomes = line->all<Welcome>();
    REQUIRE(welcomes.size() == 1);
    CHECK_FALSE(hosted.tickets.redeem(welcomes.front().next_ticket, 1ms).pass);
    hosted.host->shut_out(PersonId{2});
    hosted.time.run();
    CHECK(line->closed == CloseCode::bad_ticket);

    // Whoever is given the right anew comes in.
    const auto anew = hosted.tickets.redeem(hosted.tickets.issue(mustikka, 0ms, 60s), 1ms).pass;
    REQUIRE(anew);
    const auto back = arrive(*anew);
    hosted.time.run();
    CHECK_FALSE(back->closed);
    CHECK(back->all<Welcome>().size() == 1);
}

TEST_CASE("a pass is good until its right is taken away, and issues no ticket that works after that") {
    TicketOffice office;
    const protocol::SessionId other{session.value + 1};
    const auto given = [&](protocol::SessionId where, std::int64_t person) {
        return *office.redeem(office.issue({.session = where, .person = PersonId{person}}, 0ms, 60s), 1ms).pass;
    };
    const auto here = given(session, 1);
    const auto there = given(other, 1);
    const auto of_another = given(session, 2);
    office.forget(PersonId{1}, session);
    CHECK_FALSE(office.is_good(here));
    CHECK(office.is_good(there));
    CHECK(office.is_good(of_another));
    CHECK_FALSE(office.redeem(office.issue(here, 1ms, 12h), 2ms).pass);
    CHECK(office.redeem(office.issue(there, 1ms, 12h), 2ms).pass);
    const auto anew = given(session, 1);
    CHECK(office.is_good(anew));
    office.forget(PersonId{1});
    CHECK_FALSE(office.is_good(anew));
    CHECK_FALSE(office.is_good(there));
    CHECK(office.is_good(of_another));
}

TEST_CASE("who looks from outside is told what is durable, and what could not be saved never was") {
    RoomScene hosted;
    auto ohjaaja = hosted.come(1, Role::facilitator, "Ohjaaja");
    auto mustikka = hosted.come(2, Role::participant, "Mustikka");
    hosted.command(ohjaaja, OpenDoors{});
    hosted.command(ohjaaja, GoLive{});
    std::vector<std::size_t> told;
    const auto look = [&] {
        hosted.host->show([&](const domain::Room& room) -> base::Task {
            return [&told, count = room.chat.messages.size()] { told.push_back(count); };
        });
        hosted.time.run();
    };
    look();
    CHECK(told == std::vector<std::size_t>{0});
    hosted.journal.is_held = true;
    hosted.command(mustikka, SendMessage{.channel = Channel::room, .text = "Hei", .reply_to = {}});
    look();
    CHECK(told.size() == 1);
    hosted.journal.sync();
    hosted.time.run();
    CHECK(told == std::vector<std::size_t>{0, 1});

    hosted.command(mustikka, SendMessage{.channel = Channel::room, .text = "Ei tallennu", .reply_to = {}});
    look();
    CHECK(told.size() == 2);
    hosted.journal.sync(false);
    hosted.journal.is_held = false;
    hosted.time.run();
    CHECK(told == std::vector<std::size_t>{0, 1, 1});
    look();
    CHECK(told.back() == 1);
}

TEST_CASE("one person's tickets make way for each other, and for nobody else's") {
    TicketOffice office;
    const Pass mustikka{.session = session, .person = PersonId{1}, .role = Role::participant};
    const Pass kanerva{.session = session, .person = PersonId{2}, .role = Role::participant};
    const auto of_another = office.issue(kanerva, 0ms, 60s);
    std::vector<std::string> theirs;
    for (std::size_t count = 0; count < TicketOffice::tickets_per_person_max + 3; ++count)
        theirs.push_back(office.issue(mustikka, 0ms, 60s));
    for (std::size_t count = 0; count < 3; ++count) CHECK_FALSE(office.redeem(theirs[count], 1ms).pass);
    CHECK(office.redeem(theirs[3], 1ms).pass);
    CHECK(office.redeem(theirs.back(), 1ms).pass);
    CHECK(office.redeem(of_another, 1ms).pass);
}

TEST_CASE("a full office forgets what has run out, and then the oldest of whoever holds most") {
    TicketOffice office;
    const auto pass_of = [](std::int64_t person) {
        return Pass{.session = session, .person = PersonId{person}, .role = Role::participant};
    };
    const auto innocent = office.issue(pass_of(1), 0ms, 12h);
    for (std::int64_t person = 2;
        TicketOffice::tickets_max > static_cast<std::size_t>(person - 2) * TicketOffice::tickets_per_person_max;
        ++person) {
        for (std::size_t count = 0; count < TicketOffice::tickets_per_person_max; ++count)
            office.issue(pass_of(person), 0ms, 12h);
    }
    const auto newcomer = office.issue(pass_of(1'000'000), 0ms, 12h);
    CHECK(office.redeem(innocent, 1ms).pass);
    CHECK(office.redeem(newcomer, 1ms).pass);
}

TEST_CASE("who comes too often is told how long to wait, keeps the ticket, and holds up nobody else") {
    TicketOffice office;
    const Pass mustikka{.session = session, .person = PersonId{1}, .role = Role::participant};
    const Pass kanerva{.session = session, .person = PersonId{2}, .role = Role::participant};
    for (int count = 0; count < comings_burst; ++count)
        REQUIRE(office.redeem(office.issue(mustikka, 0ms, 60s), 0ms).pass);
    const auto ticket = office.issue(mustikka, 0ms, 60s);
    const auto refused = office.redeem(ticket, 0ms);
    CHECK_FALSE(refused.pass);
    CHECK(refused.wait > 0ms);
    CHECK(refused.wait <= 1001ms);
    CHECK(office.redeem(office.issue(kanerva, 0ms, 60s), 0ms).pass);
    CHECK(office.redeem(ticket, refused.wait).pass);

    for (int count = 0; count < entries_burst; ++count) REQUIRE(office.ask_entry(PersonId{1}, 0ms) == 0ms);
    const auto wait = office.ask_entry(PersonId{1}, 0ms);
    CHECK(wait > 0ms);
    CHECK(office.ask_entry(PersonId{2}, 0ms) == 0ms);
    CHECK(office.ask_entry(PersonId{1}, wait) == 0ms);
}

TEST_CASE("a phone whose line flaps for a minute, beside a laptop, comes in each time") {
    TicketOffice office;
    const Pass mustikka{.session = session, .person = PersonId{1}, .role = Role::participant};
    for (auto now = 0ms; now < 60s; now += 700ms) REQUIRE(office.redeem(office.issue(mustikka, now, 60s), now).pass);
}

TEST_CASE("tickets are void when the right behind them is taken away") {
    TicketOffice office;
    const protocol::SessionId other{session.value + 1};
    const auto here = office.issue({.session = session, .person = PersonId{1}}, 0ms, 60s);
    const auto there = office.issue({.session = other, .person = PersonId{1}}, 0ms, 60s);
    const auto of_another = office.issue({.session = session, .person = PersonId{2}}, 0ms, 60s);
    office.forget(PersonId{1}, session);
    CHECK_FALSE(office.redeem(here, 1ms).pass);
    CHECK(office.redeem(there, 1ms).pass);
    CHECK(office.redeem(of_another, 1ms).pass);
    const auto late = office.issue({.session = other, .person = PersonId{1}}, 0ms, 60s);
    office.forget(PersonId{1});
    CHECK_FALSE(office.redeem(late, 1ms).pass);
}

TEST_CASE("a ticket works once, and for its time") {
    TicketOffice office;
    const Pass pass{.session = session, .person = PersonId{1}, .role = Role::guest};
    const auto ticket = office.issue(pass, 0ms, 60s);
    CHECK_FALSE(office.redeem(ticket + "x", 1ms).pass);
    const auto redeemed = office.redeem(ticket, 1ms).pass;
    REQUIRE(redeemed);
    CHECK(redeemed->role == Role::guest);
    CHECK_FALSE(office.redeem(ticket, 2ms).pass);
    CHECK_FALSE(office.redeem(office.issue(pass, 0ms, 60s), 61s).pass);
}

}  // namespace
}  // namespace etakahvila::runtime
