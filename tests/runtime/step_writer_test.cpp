// Write it down, then say it: what is decided gathers, and what is said waits for it.

#include "runtime/step_writer.hpp"
#include "journal/memory_journal.hpp"
#include "runtime/simulated.hpp"
#include "support/catch.hpp"
#include "support/room_driver.hpp"

namespace etakahvila::runtime {
namespace {

using journal::Need;
using journal::Saves;

constexpr protocol::SessionId session{5};

/// A writer for a room that can go back. The disk is held.
struct Written {
    SimulatedTime time;
    testing::RoomDriver driver;
    protocol::PersonId mustikka = driver.admit("Mustikka");
    domain::Room room = driver.room();
    std::int64_t connections = 1;
    std::shared_ptr<RoomLoop> loop = std::make_shared<RoomLoop>(time);
    journal::MemoryJournal memory;
    HeldJournal journal{memory};
    /// What was done, in this order.
    std::string done;
    StepWriter writer{{.session = session,
        .loop = *loop,
        .journal = journal,
        .room = room,
        .keep_day = [this](const domain::Room&) { done += "day with " + std::to_string(journal.waiting()) + "; "; },
        .tell = [this] { done += "tell; "; },
        .refused = [this] { done += "refused; "; }}};

    Written() {
        memory.append(session, driver.steps(), [](bool) {}, Need::vital);
        journal.is_held = true;
    }

    void step(Need need = Need::vital, bool makes_report = false) {
        const domain::OpenConnection another{
            .person = mustikka, .connection = protocol::ConnectionId{++connections}, .device = {}};
        auto decided = decide(room, another, driver.now());
        apply(room, decided);
        writer.add(std::move(decided), need, makes_report);
    }
    void hold(const std::string& what) {
        writer.hold([this, what] { done += what + "; "; }, [this, what] { done += "not " + what + "; "; });
    }
    void sync(bool works = true) {
        journal.sync(works);
        time.run();
    }
    domain::Seq stored() { return static_cast<domain::Seq>(memory.load(session).steps.size()); }
};

TEST_CASE("writer: what comes in together is told once, and written by one commit") {
    Written written;
    CHECK(written.writer.is_idle());
    written.step();
    written.step();
    CHECK(written.writer.unwritten() == 2);
    CHECK(written.journal.waiting() == 0);
    written.time.run();
    CHECK(written.done == "tell; ");
    CHECK(written.journal.waiting() == 1);
    CHECK(written.writer.unwritten() == 0);
    CHECK_FALSE(written.writer.is_idle());
    written.sync();
    CHECK(written.stored() == written.room.seq);
    CHECK(written.writer.durable() == written.room.seq);
    CHECK(written.writer.is_idle());
}

TEST_CASE("writer: something is told without a step, and nothing is written then") {
    Written written;
    written.writer.flush_soon();
    written.writer.flush_soon();
    written.time.run();
    CHECK(written.done == "tell; ");
    CHECK(written.journal.waiting() == 0);
    CHECK(written.writer.is_idle());
}

TEST_CASE("writer: while one commit is under way the next gathers") {
    Written written;
    written.step();
    written.time.run();
    for (int more = 0; more < 3; ++more) {
        written.step();
        written.time.run();
    }
    CHECK(written.journal.waiting() == 1);
    CHECK(written.writer.unwritten() == 3);
    written.sync();
    CHECK(written.journal.waiting() == 1);
    CHECK(written.done == "tell; tell; ");
    written.sync();
    CHECK(written.stored() == written.room.seq);
}

TEST_CASE("writer: a room that always has something more still speaks") {
    Written written;
    int turns = 0;
    const std::function<void()> turn = [&] {
        if (!written.done.empty() || ++turns > 2 * turns_gathered_max) return;
        written.step();
        written.loop->post(turn);
    };
    turn();
    written.time.run();
    CHECK(turns <= turns_gathered_max + 1);
    CHECK(written.done.starts_with("tell; "));
}

TEST_CASE("writer: what is held leaves in its order when all before it is durable, and at once when it is") {
    Written written;
    written.hold("at once");
    CHECK(written.done == "at once; ");
    written.done.clear();
    written.step();
    written.hold("one");
    written.hold("two");
    written.time.run();
    written.step();
    written.hold("three");
    written.time.run();
    CHECK(written.done == "tell; ");
    written.sync();
    CHECK(written.done == "tell; one; two; tell; ");
    written.sync();
    CHECK(written.done == "tell; one; two; tell; three; ");
}

TEST_CASE("writer: a batch is vital when each of its steps is") {
    const auto first = GENERATE(Need::vital, Need::ordinary);
    Written written;
    written.memory.set_saves(Saves::vital_only);
    written.step(first);
    written.step(Need::vital);
    written.time.run();
    written.sync();
    CHECK(written.done == (first == Need::vital ? "tell; " : "tell; refused; "));
}

TEST_CASE("writer: the day is kept when the steps that made it are with the journal") {
    Written written;
    written.step(Need::vital, true);
    written.step();
    written.time.run();
    CHECK(written.done == "tell; day with 1; ");
    written.sync();
    written.step();
    written.time.run();
    CHECK(written.done == "tell; day with 1; tell; ");
    // There is no day yet that may have been left out.
    written.writer.keep_day();
    CHECK(written.done == "tell; day with 1; tell; ");
}

TEST_CASE("writer: what could not be saved is never said, and nothing is until the room has gone back") {
    Written written;
    const auto before = written.room;
    written.step();
    written.hold("one");
    written.time.run();
    written.step();
    written.sync(false);
    CHECK(written.done == "tell; refused; ");
    written.done.clear();

    for (const auto& undo : written.writer.drop()) undo();
    CHECK(written.done == "not one; ");
    CHECK(written.writer.unwritten() == 0);
    written.hold("meanwhile");
    written.writer.flush_soon();
    written.time.run();
    CHECK(written.done == "not one; ");
    CHECK_FALSE(written.writer.is_idle());

    written.room = before;
    written.writer.go_back();
    written.hold("after");
    written.writer.flush();
    CHECK(written.done == "not one; after; tell; ");
    CHECK(written.journal.waiting() == 0);
    CHECK(written.writer.is_idle());
    written.step();
    written.time.run();
    written.sync();
    CHECK(written.stored() == before.seq + 1);
    CHECK(written.writer.is_idle());
}

}  // namespace
}  // namespace etakahvila::runtime
