// The order in which things happen around a room: write it down, then say it.

#include "runtime/room_house.hpp"
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
    House house;
    const auto mustikka = house.come(1, Role::participant, "Mustikka");
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
    House house;
    auto ohjaaja = house.come(1, Role::facilitator, "Ohjaaja");
    const auto mustikka = house.come(2, Role::participant, "Mustikka");
    const auto heard = mustikka.line->frames.size();
    house.journal.is_held = true;
    const auto id = house.command(ohjaaja, OpenDoors{});
    CHECK(outcome_of(ohjaaja.line, id) == nullptr);
    CHECK(mustikka.line->frames.size() == heard);
    house.journal.sync();
    house.time.run();
    REQUIRE(outcome_of(ohjaaja.line, id) != nullptr);
    CHECK_FALSE(outcome_of(ohjaaja.line, id)->refusal);
    CHECK(mustikka.line->frames.size() == heard + 1);
}

TEST_CASE("a newcomer's snapshot waits for the disk too") {
    House house;
    auto ohjaaja = house.come(1, Role::facilitator, "Ohjaaja");
    CHECK_FALSE(house.admit(PersonId{2}, Role::participant, "Mustikka"));
    house.journal.is_held = true;
    house.command(ohjaaja, OpenDoors{});
    const auto mustikka = house.arrive(PersonId{2}, Role::participant);
    CHECK(mustikka.line->frames.empty());
    house.journal.sync();
    house.time.run();
    house.journal.sync();
    house.time.run();
    CHECK(mustikka.line->frames.size() == 2);
}

TEST_CASE("while one commit is under way the next gathers, and each audience gets one batch of it") {
    House house;
    auto ohjaaja = house.come(1, Role::facilitator, "Ohjaaja");
    const auto mustikka = house.come(2, Role::participant, "Mustikka");
    house.command(ohjaaja, OpenDoors{});
    house.journal.is_held = true;
    const auto heard = mustikka.line->all<Batch>().size();
    for (const auto* line : {"yksi", "kaksi", "kolme"}) house.command(ohjaaja, SetWhereWeAre{{line}});
    CHECK(house.journal.waiting() == 1);
    house.journal.sync();
    house.time.run();
    house.journal.sync();
    house.time.run();
    CHECK(mustikka.line->all<Batch>().size() == heard + 2);
    house.journal.is_held = false;
    CHECK(picture(*mustikka.line) == picture(*house.arrive(PersonId{2}, Role::participant).line));
}

TEST_CASE("the same bytes go to all of an audience") {
    House house;
    auto ohjaaja = house.come(1, Role::facilitator, "Ohjaaja");
    const auto mustikka = house.come(2, Role::participant, "Mustikka");
    const auto kanerva = house.come(3, Role::participant, "Kanerva");
    house.command(ohjaaja, OpenDoors{});
    CHECK(mustikka.line->bytes.back().get() == kanerva.line->bytes.back().get());
}

TEST_CASE("a repeated command gets the first outcome and does nothing, also after a restart") {
    House house;
    auto ohjaaja = house.come(1, Role::facilitator, "Ohjaaja");
    const auto id = house.command(ohjaaja, OpenDoors{});
    const auto first = *outcome_of(ohjaaja.line, id);
    const bool restarts = GENERATE(false, true);
    if (restarts) {
        house.die_and_open();
        ohjaaja = house.arrive(PersonId{1}, Role::facilitator);
    } else {
        ohjaaja.line->frames.clear();
    }
    house.host->command(ohjaaja.connection, id, OpenDoors{});
    house.time.run();
    REQUIRE(outcome_of(ohjaaja.line, id) != nullptr);
    CHECK(*outcome_of(ohjaaja.line, id) == first);
}

TEST_CASE("a refusal is kept as well: the same answer comes for a repeat") {
    House house;
    auto ohjaaja = house.come(1, Role::facilitator, "Ohjaaja");
    const auto id = house.command(ohjaaja, GoLive{});
    const auto first = *outcome_of(ohjaaja.line, id);
    REQUIRE(first.refusal);
    CHECK(first.refusal->word == RefusalWord::not_now);
    house.command(ohjaaja, OpenDoors{});
    ohjaaja.line->frames.clear();
    house.host->command(ohjaaja.connection, id, GoLive{});
    house.time.run();
    CHECK(*outcome_of(ohjaaja.line, id) == first);
}

TEST_CASE("who comes back gets just what was missed, from any step") {
    House house;
    auto ohjaaja = house.come(1, Role::facilitator, "Ohjaaja");
    auto mustikka = house.come(2, Role::participant, "Mustikka");
    house.command(ohjaaja, OpenDoors{});
    const auto before = picture(*mustikka.line);
    const auto welcome = mustikka.line->all<Welcome>().front();
    house.host->lost(mustikka.connection, std::nullopt);
    house.time.run();
    house.command(ohjaaja, SetWhereWeAre{{"Puhumme unesta."}});
    house.command(ohjaaja, GoLive{});
    const auto back = house.arrive(
        PersonId{2}, Role::participant, ResumePoint{.epoch = welcome.epoch, .seq = before.have()});
    CHECK(back.line->all<Welcome>().front().resumed);
    auto caught_up = before;
    for (const auto& batch : back.line->all<Batch>()) {
        CHECK(batch.from == before.have());
        caught_up.apply(batch);
    }
    CHECK(caught_up == picture(*house.arrive(PersonId{2}, Role::participant).line));
}

TEST_CASE("a resume point of another epoch, or of the future, gets a snapshot") {
    House house;
    house.come(1, Role::facilitator, "Ohjaaja");
    const auto epoch = house.arrive(PersonId{1}, Role::facilitator).line->all<Welcome>().front().epoch;
    const auto point = GENERATE_COPY(
        ResumePoint{.epoch = "other", .seq = 1}, ResumePoint{.epoch = epoch, .seq = 1'000'000});
    const auto back = house.arrive(PersonId{1}, Role::facilitator, point);
    CHECK_FALSE(back.line->all<Welcome>().front().resumed);
    CHECK(back.line->all<Batch>().front().from == 0);
}

TEST_CASE("to go on from step 0 is to be shown everything") {
    House house;
    const auto welcome = house.come(1, Role::facilitator, "Ohjaaja").line->all<Welcome>().front();
    const auto back = house.arrive(PersonId{1}, Role::facilitator, ResumePoint{.epoch = welcome.epoch, .seq = 0});
    CHECK_FALSE(back.line->all<Welcome>().front().resumed);
    CHECK(picture(*back.line) == picture(*house.arrive(PersonId{1}, Role::facilitator).line));
    const auto changes = back.line->all<Batch>().front().changes;
    CHECK(std::any_of(
        changes.begin(), changes.end(), [](const Change& change) { return std::holds_alternative<ChatInfo>(change); }));
}

TEST_CASE("a line that is lost and comes back within a second is told once, and to the staff alone") {
    House house;
    const auto ohjaaja = house.come(1, Role::facilitator, "Ohjaaja");
    auto mustikka = house.come(2, Role::participant, "Mustikka");
    const auto kanerva = house.come(3, Role::participant, "Kanerva");
    house.time.pass(5s);
    const auto told = [](const House::Guest& guest) { return guest.line->all<Batch>().size(); };
    const auto told_to_staff = told(ohjaaja);
    const auto told_to_others = told(kanerva);
    const auto come_and_go = [&] {
        house.host->lost(mustikka.connection, {});
        house.time.pass(10ms);
        mustikka = house.arrive(PersonId{2}, Role::participant);
        house.time.pass(20ms);
    };
    come_and_go();
    house.time.pass(2s);
    CHECK(told(ohjaaja) == told_to_staff + 1);
    CHECK(told(kanerva) == told_to_others);

    // As fast as it goes, for fifteen seconds.
    for (int count = 0; count < 500; ++count) come_and_go();
    house.time.pass(2s);
    CHECK(told(ohjaaja) <= told_to_staff + 1 + 18 + 1);
    // The suggestion of help that comes of so many losses is the person's own and the staff's.
    CHECK(told(kanerva) == told_to_others);
    house.host->look([](const domain::Room& room) {
        const auto& member = *room.member(PersonId{2});
        CHECK(member.losses == 501);
        CHECK(member.stays.size() == 502);
        CHECK(member.open_stays.size() == 1);
        CHECK(member.told.losses == 501);
        for (std::size_t next = 1; next < member.stays.size(); ++next)
            CHECK(member.stays[next].from == *member.stays[next - 1].to + 10ms);
    });
    house.time.run();
}

TEST_CASE("when saving fails, nothing of it is said, the room says so, and reading goes on") {
    House house;
    auto ohjaaja = house.come(1, Role::facilitator, "Ohjaaja");
    const auto mustikka = house.come(2, Role::participant, "Mustikka");
    house.command(ohjaaja, OpenDoors{});
    house.journal.is_held = true;
    const auto id = house.command(ohjaaja, SetWhereWeAre{{"ei koskaan"}});
    house.stop_saving(journal::Saves::nothing);
    CHECK(outcome_of(ohjaaja.line, id) == nullptr);
    REQUIRE(mustikka.line->all<Saving>().size() == 1);
    CHECK(mustikka.line->all<Saving>().front().state == SavingState::stopped);
    const auto later = house.command(ohjaaja, GoLive{});
    REQUIRE(outcome_of(ohjaaja.line, later) != nullptr);
    CHECK(outcome_of(ohjaaja.line, later)->refusal->word == RefusalWord::not_saving);
    const auto reader = house.arrive(PersonId{2}, Role::participant);
    CHECK(picture(*reader.line) == picture(*mustikka.line));
    CHECK(reader.line->all<Saving>().size() == 1);
}

TEST_CASE("after kill -9 the room goes on where it was, and everyone is away by an outage") {
    House house;
    auto ohjaaja = house.come(1, Role::facilitator, "Ohjaaja");
    house.come(2, Role::participant, "Mustikka");
    house.command(ohjaaja, OpenDoors{});
    house.command(ohjaaja, GoLive{});
    const auto seen = picture(*ohjaaja.line);
    house.time.pass(30s);
    house.die_and_open();
    ohjaaja = house.arrive(PersonId{1}, Role::facilitator,
        ResumePoint{.epoch = ohjaaja.line->all<Welcome>().front().epoch, .seq = seen.have()});
    CHECK(ohjaaja.line->all<Welcome>().front().resumed);
    house.host->look([](const domain::Room& room) {
        CHECK(room.session.phase == Phase::live);
        REQUIRE(room.session.outages.size() == 1);
        CHECK(room.member(PersonId{2})->up == 0);
        CHECK(room.member(PersonId{2})->stays.back().by_outage);
    });
    house.time.run();
}

TEST_CASE("twenty commands a second, forty at once, then too_fast; the same id may come again") {
    House house;
    auto ohjaaja = house.come(1, Role::facilitator, "Ohjaaja");
    std::string refused_id;
    int done = 0;
    for (int count = 0; count < 60; ++count) {
        const auto id = house.command(ohjaaja, SetWhereWeAre{{"rivi"}});
        const auto* outcome = outcome_of(ohjaaja.line, id);
        REQUIRE(outcome != nullptr);
        if (outcome->refusal && outcome->refusal->word == RefusalWord::too_fast)
            refused_id = id;
        else
            ++done;
    }
    CHECK(done == 40);
    REQUIRE_FALSE(refused_id.empty());
    house.time.pass(2s);
    ohjaaja.line->frames.clear();
    house.host->command(ohjaaja.connection, refused_id, OpenDoors{});
    house.time.run();
    CHECK_FALSE(outcome_of(ohjaaja.line, refused_id)->refusal);
}

TEST_CASE("a removed person's connections are closed, and do not come in again") {
    House house;
    auto moderaattori = house.come(1, Role::moderator, "Moderaattori");
    auto mustikka = house.come(2, Role::participant, "Mustikka");
    const auto second = house.arrive(PersonId{2}, Role::participant);
    house.command(moderaattori, OpenDoors{});
    house.command(moderaattori, RemovePerson{.person = PersonId{2}, .reason = "Häiritsi muita", .ban = false});
    CHECK(mustikka.line->closed == CloseCode::removed);
    CHECK(second.line->closed == CloseCode::removed);
    CHECK(house.arrive(PersonId{2}, Role::participant).line->closed == CloseCode::removed);
    CHECK(house.admit(PersonId{2}, Role::participant, "Mustikka")->word == RefusalWord::removed);
}

TEST_CASE("who goes gets no last batch that was made for the others: they come back to what was theirs") {
    House house;
    auto moderaattori = house.come(1, Role::moderator, "Moderaattori");
    auto mustikka = house.come(2, Role::participant, "Mustikka");
    house.command(moderaattori, OpenDoors{});
    house.command(moderaattori, SilencePerson{.person = PersonId{2}, .minutes = 5, .reason = "Tauko"});
    const auto own = picture(*mustikka.line);
    const auto seq = mustikka.line->all<Batch>().back().to;

    house.host->lost(mustikka.connection, {});
    house.time.run();
    CHECK(mustikka.line->closed == CloseCode::silent);
    CHECK(mustikka.line->all<Batch>().back().to == seq);
    CHECK(picture(*mustikka.line) == own);
}

TEST_CASE("who is removed in the moment of coming in is hung up all the same") {
    House house;
    auto moderaattori = house.come(1, Role::moderator, "Moderaattori");
    house.command(moderaattori, OpenDoors{});
    CHECK_FALSE(house.admit(PersonId{2}, Role::participant, "Mustikka"));
    const auto line = std::make_shared<SimulatedLine>();
    house.host->arrive({.pass = {.session = session, .person = PersonId{2}, .role = Role::participant},
                           .line = line,
                           .hub = house.hub},
        [](ConnectionId) {});
    house.host->command(moderaattori.connection, "removing",
        RemovePerson{.person = PersonId{2}, .reason = "Häiritsi muita", .ban = false});
    house.time.run();
    CHECK(line->closed == CloseCode::removed);
    CHECK(line->frames.empty());
}

TEST_CASE("the staff are told of the lines of those who wait for help: at once, then gathered, and never kept") {
    House house;
    auto moderator = house.come(1, Role::moderator, "Moderaattori");
    auto mustikka = house.come(2, Role::participant, "Mustikka");
    auto kanerva = house.come(3, Role::participant, "Kanerva");
    const auto told = [&] { return moderator.line->all<LineFigures>(); };
    house.host->line_times(mustikka.connection, {.median = 80ms, .worst = 90ms});
    house.time.run();
    CHECK_FALSE(house.host->wants_line_times());
    CHECK(told().empty());

    house.command(moderator, OpenDoors{});
    house.command(mustikka, AskForHelp{.kind = HelpKind::cannot_hear, .words = {}, .call_back = {}});
    CHECK(house.host->wants_line_times());
    const auto steps = house.memory.load(session).steps.size();
    const auto before = told().size();
    house.time.pass(2s);
    house.host->line_times(mustikka.connection, {.median = 80ms, .worst = 90ms});
    house.host->line_times(kanerva.connection, {.median = 10ms, .worst = 10ms});
    house.time.run();
    REQUIRE(told().size() == before + 1);
    CHECK(told().back().lines ==
          std::vector{LineFigure{.person = mustikka.person, .rtt_median_ms = 80, .rtt_worst_ms = 90}});

    for (int number = 1; number <= 20; ++number)
        house.host->line_times(mustikka.connection, {.median = 80ms, .worst = std::chrono::milliseconds{100 * number}});
    house.time.run();
    CHECK(told().size() == before + 1);
    house.time.pass(2s);
    REQUIRE(told().size() == before + 2);
    CHECK(told().back().lines.front().rtt_worst_ms == 2000);
    CHECK(mustikka.line->all<LineFigures>().empty());
    CHECK(kanerva.line->all<LineFigures>().empty());
    CHECK(house.memory.load(session).steps.size() == steps);

    house.time.pass(2s);
    house.command(mustikka, CancelHelp{HelpId{moderator.line->all<Batch>().back().to}});
    CHECK_FALSE(house.host->wants_line_times());
    CHECK(told().back().lines.empty());
}

TEST_CASE("shutting down says goodbye, and is done when all is durable") {
    House house;
    const auto ohjaaja = house.come(1, Role::facilitator, "Ohjaaja");
    house.journal.is_held = true;
    bool is_done = false;
    house.host->shut_down(100, [&] { is_done = true; });
    house.time.run();
    CHECK_FALSE(is_done);
    house.journal.sync();
    house.time.run();
    CHECK(is_done);
    CHECK(ohjaaja.line->closed == CloseCode::restart);
    CHECK(house.arrive(PersonId{1}, Role::facilitator).line->closed == CloseCode::restart);
}

TEST_CASE("a step of the wall clock changes no duration") {
    House house;
    auto ohjaaja = house.come(1, Role::facilitator, "Ohjaaja");
    const auto before = house.host->clock().room;
    house.time.pass(10min);
    house.time.step_wall_clock(-1h);
    CHECK(house.host->clock().room - before == 10min);
}

TEST_CASE("who comes to the door while it cannot be saved is told so, and does not wait for ever") {
    House house;
    house.come(1, Role::facilitator, "Ohjaaja");
    house.journal.is_held = true;
    std::optional<Refusal> answer;
    house.host->admit(
        {.person = PersonId{2}, .role = Role::participant, .name = "Mustikka", .accepts_netiquette = true},
        [&](auto refusal) { answer = refusal; });
    house.time.run();
    CHECK_FALSE(answer);
    house.stop_saving(journal::Saves::nothing);
    REQUIRE(answer);
    CHECK(answer->word == RefusalWord::not_saving);
    // Later too; and who is known already is let in to look on.
    CHECK(house.admit(PersonId{2}, Role::participant, "Mustikka")->word == RefusalWord::not_saving);
    CHECK_FALSE(house.admit(PersonId{1}, Role::facilitator, "Ohjaaja"));
    const auto again = house.arrive(PersonId{1}, Role::facilitator);
    CHECK(again.line->all<Welcome>().size() == 1);
    CHECK(again.line->all<Saving>().back().state == SavingState::stopped);
}

TEST_CASE("shutting down ends also when it cannot be saved") {
    House house;
    house.come(1, Role::facilitator, "Ohjaaja");
    house.journal.is_held = true;
    bool is_done = false;
    house.host->shut_down(0, [&] { is_done = true; });
    house.time.run();
    CHECK_FALSE(is_done);
    house.stop_saving(journal::Saves::nothing);
    CHECK(is_done);
}

TEST_CASE("who was coming in when saving failed is greeted all the same") {
    House house;
    house.come(1, Role::facilitator, "Ohjaaja");
    const auto mustikka = house.come(2, Role::participant, "Mustikka");
    house.journal.is_held = true;
    const auto saves = GENERATE(journal::Saves::vital_only, journal::Saves::nothing_yet, journal::Saves::nothing);
    CAPTURE(static_cast<int>(saves));
    const auto second = house.arrive(PersonId{2}, Role::participant);
    CHECK(second.line->frames.empty());
    house.stop_saving(saves);
    REQUIRE(second.line->all<Welcome>().size() == 1);
    CHECK(second.line->all<Batch>().size() == 1);
    CHECK(second.line->all<Saving>().back().state == SavingState::stopped);
    CHECK_FALSE(second.line->closed);
    house.host->look([&](const domain::Room& room) {
        CHECK(room.member(PersonId{2})->up == (saves == journal::Saves::vital_only ? 2 : 1));
    });
    house.time.run();
}

TEST_CASE("a removal that could not be saved never happened: the line is closed, and may come back") {
    House house;
    auto moderaattori = house.come(1, Role::moderator, "Moderaattori");
    const auto mustikka = house.come(2, Role::participant, "Mustikka");
    house.command(moderaattori, OpenDoors{});
    house.journal.is_held = true;
    house.command(moderaattori, RemovePerson{.person = PersonId{2}, .reason = "Häiritsi muita", .ban = false});
    house.stop_saving(journal::Saves::nothing);
    CHECK(mustikka.line->closed == CloseCode::gap);
    CHECK_FALSE(house.arrive(PersonId{2}, Role::participant).line->closed);
    CHECK(house.hub->seat_count() == 2);
}

TEST_CASE("on a full disk help is taken and nothing else, and all is again when there is space") {
    House house;
    auto ohjaaja = house.come(1, Role::facilitator, "Ohjaaja");
    auto mustikka = house.come(2, Role::participant, "Mustikka");
    house.command(ohjaaja, OpenDoors{});
    house.journal.is_held = true;
    const auto dropped = house.command(ohjaaja, SetWhereWeAre{{"ei vielä"}});
    house.stop_saving(journal::Saves::vital_only);
    CHECK(outcome_of(ohjaaja.line, dropped) == nullptr);
    REQUIRE(ohjaaja.line->all<Saving>().size() == 1);
    CHECK(ohjaaja.line->all<Saving>().front().trouble == SavingTrouble::disk_full);
    CHECK_FALSE(mustikka.line->all<Saving>().front().trouble);

    const auto refused = house.command(mustikka, SendMessage{.channel = Channel::room, .text = "Hei", .reply_to = {}});
    CHECK(outcome_of(mustikka.line, refused)->refusal->word == RefusalWord::not_saving);
    const auto help = house.command(mustikka, AskForHelp{.kind = HelpKind::cannot_hear});
    CHECK_FALSE(outcome_of(mustikka.line, help)->refusal);
    CHECK(house.arrive(PersonId{2}, Role::participant).line->all<Welcome>().size() == 1);

    house.save_again();
    CHECK(ohjaaja.line->all<Saving>().back().state == SavingState::ok);
    // The client sends again what has no answer.
    house.host->command(ohjaaja.connection, dropped, SetWhereWeAre{{"ei vielä"}});
    house.time.run();
    CHECK_FALSE(outcome_of(ohjaaja.line, dropped)->refusal);
    const auto other = house.arrive(PersonId{1}, Role::facilitator);
    CHECK(picture(*ohjaaja.line) == picture(*other.line));
}

TEST_CASE("who went while nothing could be saved is away since then, and marked as inferred") {
    House house;
    auto ohjaaja = house.come(1, Role::facilitator, "Ohjaaja");
    const auto mustikka = house.come(2, Role::participant, "Mustikka");
    house.stop_saving(journal::Saves::nothing_yet);
    house.time.pass(10s);
    const auto left_at = house.host->clock().room;
    house.host->lost(mustikka.connection, std::nullopt);
    house.time.pass(40s);
    house.save_again();
    house.host->look([&](const domain::Room& room) {
        const auto& stay = room.member(PersonId{2})->stays.back();
        REQUIRE(stay.to);
        CHECK(*stay.to == left_at);
        CHECK(stay.is_inferred);
        CHECK(room.member(PersonId{1})->is_up());
    });
    house.time.run();
}

TEST_CASE("a room that is refused again by a journal that saves everything else is not damaged, and goes on") {
    House house;
    auto ohjaaja = house.come(1, Role::facilitator, "Ohjaaja");
    house.command(ohjaaja, OpenDoors{});
    const auto refuse = [&] {
        house.journal.is_held = true;
        const auto id = house.command(ohjaaja, SetWhereWeAre{{"Uni"}});
        house.journal.sync(false);
        house.journal.is_held = false;
        house.time.run();
        CHECK(outcome_of(ohjaaja.line, id) == nullptr);
        return id;
    };
    refuse();
    CHECK(ohjaaja.line->all<Saving>().size() == 1);
    const auto dropped = refuse();
    // What is refused every time is not tried as fast as it can be: what is asked meanwhile waits, for a second.
    const auto meanwhile = house.command(ohjaaja, GoLive{});
    CHECK(outcome_of(ohjaaja.line, meanwhile) == nullptr);
    house.time.pass(read_back_again);
    REQUIRE(ohjaaja.line->all<Saving>().size() == 2);
    CHECK(ohjaaja.line->all<Saving>().back().state == SavingState::ok);
    REQUIRE(outcome_of(ohjaaja.line, meanwhile) != nullptr);
    CHECK_FALSE(outcome_of(ohjaaja.line, meanwhile)->refusal);
    // The client sends again what has no answer.
    house.host->command(ohjaaja.connection, dropped, SetWhereWeAre{{"Uni"}});
    house.time.run();
    REQUIRE(outcome_of(ohjaaja.line, dropped) != nullptr);
    CHECK_FALSE(outcome_of(ohjaaja.line, dropped)->refusal);
}

TEST_CASE("a disk that is full twice within ten seconds, and has space again each time, damages no room") {
    House house;
    auto ohjaaja = house.come(1, Role::facilitator, "Ohjaaja");
    for (int time = 0; time < 2; ++time) {
        house.journal.is_held = true;
        house.command(ohjaaja, SetWhereWeAre{{"Uni"}});
        house.memory.set_saves(journal::Saves::vital_only);
        // Before the room hears that its commit was refused there is space again.
        house.memory.set_saves(journal::Saves::everything);
        house.journal.sync(false);
        house.journal.is_held = false;
        house.time.pass(2s);
    }
    CHECK(ohjaaja.line->all<Saving>().back().state == SavingState::ok);
    const auto later = house.command(ohjaaja, OpenDoors{});
    REQUIRE(outcome_of(ohjaaja.line, later) != nullptr);
    CHECK_FALSE(outcome_of(ohjaaja.line, later)->refusal);
}

TEST_CASE("a damaged room is served as far as it is whole, says so to the staff, and saves nothing") {
    House house;
    auto ohjaaja = house.come(1, Role::facilitator, "Ohjaaja");
    house.come(2, Role::participant, "Mustikka");
    house.command(ohjaaja, OpenDoors{});
    auto stored = house.memory.load(session);
    stored.damaged_at = static_cast<domain::Seq>(stored.steps.size());
    stored.steps.pop_back();
    house.host = RoomHost::open({.session = session,
                                    .loop = house.time,
                                    .clock = house.time,
                                    .journal = house.journal,
                                    .tickets = house.tickets,
                                    .voice_tickets = house.voice_tickets,
                                    .voice_figures = house.voice_figures},
        stored);
    house.host->plan({.session = session, .theme = "Muu", .series = "Etäkahvila"});
    house.time.run();
    ohjaaja = house.arrive(
        PersonId{1}, Role::facilitator, ResumePoint{.epoch = stored.epoch, .seq = *stored.damaged_at});
    // Who has seen more than there is begins anew.
    CHECK_FALSE(ohjaaja.line->all<Welcome>().front().resumed);
    REQUIRE(ohjaaja.line->all<Saving>().size() == 1);
    CHECK(ohjaaja.line->all<Saving>().front().trouble == SavingTrouble::damaged);
    CHECK_FALSE(house.arrive(PersonId{2}, Role::participant).line->all<Saving>().front().trouble);
    const auto refused = house.command(ohjaaja, OpenDoors{});
    CHECK(outcome_of(ohjaaja.line, refused)->refusal->word == RefusalWord::not_saving);
    CHECK(house.memory.load(session).steps.size() == stored.steps.size() + 1);
}

TEST_CASE("a line that ends while the room is read back holds up nothing that is said afterwards") {
    House house;
    auto ohjaaja = house.come(1, Role::facilitator, "Ohjaaja");
    const auto mustikka = house.come(2, Role::participant, "Mustikka");
    house.journal.is_held = true;
    house.command(ohjaaja, OpenDoors{});
    house.memory.set_saves(journal::Saves::nothing);
    house.journal.sync(false);
    house.journal.is_held = false;
    house.host->lost(mustikka.connection, {});
    house.time.run();
    CHECK(mustikka.line->closed == CloseCode::silent);
    REQUIRE(ohjaaja.line->all<Saving>().size() == 1);
    CHECK(ohjaaja.line->all<Saving>().front().state == SavingState::stopped);
    const auto refused = house.command(ohjaaja, OpenDoors{});
    REQUIRE(outcome_of(ohjaaja.line, refused) != nullptr);
    CHECK(outcome_of(ohjaaja.line, refused)->refusal->word == RefusalWord::not_saving);
}

TEST_CASE("who has been removed does not look on either while nothing can be saved") {
    House house;
    auto moderaattori = house.come(1, Role::moderator, "Moderaattori");
    house.come(2, Role::participant, "Mustikka");
    house.command(moderaattori, OpenDoors{});
    house.command(moderaattori, RemovePerson{.person = PersonId{2}, .reason = "Häiritsi muita", .ban = false});
    house.stop_saving(journal::Saves::nothing);
    const auto again = house.arrive(PersonId{2}, Role::participant);
    CHECK(again.line->closed == CloseCode::removed);
    CHECK(again.line->frames.empty());
}

TEST_CASE("one person has no more than eight lines, and a new one again when one has ended") {
    House house;
    house.come(1, Role::facilitator, "Ohjaaja");
    CHECK_FALSE(house.admit(PersonId{2}, Role::participant, "Mustikka"));
    std::vector<House::Guest> lines;
    for (int count = 0; count < connections_per_person_max; ++count)
        lines.push_back(house.arrive(PersonId{2}, Role::participant));
    CHECK_FALSE(lines.back().line->closed);
    const auto one_more = house.arrive(PersonId{2}, Role::participant);
    CHECK(one_more.line->closed == CloseCode::too_many_lines);
    CHECK(one_more.line->frames.empty());
    house.host->lost(lines.front().connection, {});
    house.time.run();
    CHECK_FALSE(house.arrive(PersonId{2}, Role::participant).line->closed);
}

TEST_CASE("who is shut out loses every line, and is away like anyone whose line is lost") {
    House house;
    const auto ohjaaja = house.come(1, Role::facilitator, "Ohjaaja");
    const auto mustikka = house.come(2, Role::participant, "Mustikka");
    const auto second = house.arrive(PersonId{2}, Role::participant);
    house.host->shut_out(PersonId{2});
    house.time.run();
    CHECK(mustikka.line->closed == CloseCode::bad_ticket);
    CHECK(second.line->closed == CloseCode::bad_ticket);
    CHECK_FALSE(ohjaaja.line->closed);
    house.host->look([](const domain::Room& room) { CHECK(room.member(PersonId{2})->up == 0); });
    house.time.run();
}

TEST_CASE("whose right ends between their ticket and their place in the room does not come in") {
    House house;
    house.come(1, Role::facilitator, "Ohjaaja");
    CHECK_FALSE(house.admit(PersonId{2}, Role::participant, "Mustikka"));
    const auto arrive = [&](const Pass& pass) {
        const auto line = std::make_shared<SimulatedLine>();
        house.host->arrive(
            {.pass = pass, .line = line, .hub = house.hub, .device = {}, .resume = {}}, [](ConnectionId) {});
        return line;
    };
    const Pass mustikka{.session = session, .person = PersonId{2}, .role = Role::participant};
    const auto redeemed = house.tickets.redeem(house.tickets.issue(mustikka, 0ms, 60s), 1ms).pass;
    REQUIRE(redeemed);
    // As RoomDirectory::shut_out does it: the tickets first, then the room, which knows of no line yet.
    house.tickets.forget(PersonId{2}, session);
    house.host->shut_out(PersonId{2});
    house.time.run();
    const auto late = arrive(*redeemed);
    house.time.run();
    CHECK(late->closed == CloseCode::bad_ticket);
    CHECK(late->frames.empty());

    // In the room before the tickets are void, greeted after: the ticket for the next time is void as well.
    const auto again = house.tickets.redeem(house.tickets.issue(mustikka, 0ms, 60s), 1ms).pass;
    REQUIRE(again);
    auto ohjaaja = house.arrive(PersonId{1}, Role::facilitator);
    house.journal.is_held = true;
    house.command(ohjaaja, OpenDoors{});
    const auto line = arrive(*again);
    house.time.run();
    house.tickets.forget(PersonId{2}, session);
    house.journal.is_held = false;
    house.journal.sync();
    house.time.run();
    const auto welcomes = line->all<Welcome>();
    REQUIRE(welcomes.size() == 1);
    CHECK_FALSE(house.tickets.redeem(welcomes.front().next_ticket, 1ms).pass);
    house.host->shut_out(PersonId{2});
    house.time.run();
    CHECK(line->closed == CloseCode::bad_ticket);

    // Whoever is given the right anew comes in.
    const auto anew = house.tickets.redeem(house.tickets.issue(mustikka, 0ms, 60s), 1ms).pass;
    REQUIRE(anew);
    const auto back = arrive(*anew);
    house.time.run();
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
    House house;
    auto ohjaaja = house.come(1, Role::facilitator, "Ohjaaja");
    auto mustikka = house.come(2, Role::participant, "Mustikka");
    house.command(ohjaaja, OpenDoors{});
    house.command(ohjaaja, GoLive{});
    std::vector<std::size_t> told;
    const auto look = [&] {
        house.host->show([&](const domain::Room& room) -> base::Task {
            return [&told, count = room.chat.messages.size()] { told.push_back(count); };
        });
        house.time.run();
    };
    look();
    CHECK(told == std::vector<std::size_t>{0});
    house.journal.is_held = true;
    house.command(mustikka, SendMessage{.channel = Channel::room, .text = "Hei", .reply_to = {}});
    look();
    CHECK(told.size() == 1);
    house.journal.sync();
    house.time.run();
    CHECK(told == std::vector<std::size_t>{0, 1});

    house.command(mustikka, SendMessage{.channel = Channel::room, .text = "Ei tallennu", .reply_to = {}});
    look();
    CHECK(told.size() == 2);
    house.journal.sync(false);
    house.journal.is_held = false;
    house.time.run();
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
