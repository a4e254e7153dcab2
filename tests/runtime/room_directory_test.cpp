// Which rooms are open: each once, side by side, and as long as somebody needs it.

#include "runtime/room_directory.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <future>
#include <thread>
#include <utility>

#include "journal/memory_journal.hpp"
#include "runtime/simulated.hpp"
#include "support/catch.hpp"
#include "support/room_driver.hpp"

namespace etakahvila::runtime {
namespace {

using namespace std::chrono_literals;
using namespace protocol;

constexpr SessionId one{1};
constexpr SessionId other{2};

/// A journal whose reading the test holds up.
class SlowJournal final : public journal::Journal {
public:
    void append(protocol::SessionId session, std::vector<domain::Step> steps, Done done, journal::Need need) override {
        kept.append(session, std::move(steps), std::move(done), need);
    }
    journal::StoredRoom load(protocol::SessionId session) override {
        ++loads;
        if (on_load) on_load(session);
        return kept.load(session);
    }
    void load_later(protocol::SessionId session, Loaded loaded) override {
        kept.load_later(session, std::move(loaded));
    }
    void compact(protocol::SessionId session, domain::Seq through, domain::Step step, Done done) override {
        kept.compact(session, through, std::move(step), std::move(done));
    }
    journal::Saves saves() const override { return kept.saves(); }
    void watch(std::function<bool()> changed) override { kept.watch(std::move(changed)); }

    journal::MemoryJournal kept;
    std::atomic<int> loads{0};
    std::function<void(protocol::SessionId)> on_load;
};

struct Rooms {
    SimulatedTime time;
    SlowJournal journal;
    TicketOffice tickets;
    TicketOffice voice_tickets;
    voice::Figures voice_figures;
    std::atomic<std::int64_t> starts_at_ms{0};
    std::atomic<int> themes{1};
    std::shared_ptr<Hub> hub = std::make_shared<Hub>(time);
    RoomDirectory directory{{.loops = {&time},
        .clock = time,
        .journal = journal,
        .tickets = tickets,
        .voice_tickets = voice_tickets,
        .voice_figures = voice_figures,
        .plan_of = [this](SessionId session) -> std::optional<domain::SessionPlan> {
            if (session != one && session != other) return std::nullopt;
            return domain::SessionPlan{.session = session,
                .theme = std::to_string(themes),
                .series = "Etäkahvila",
                .starts_at = UtcTime{starts_at_ms},
                .ends_at = UtcTime{starts_at_ms + (4h / 1ms)}};
        },
        .damaged = {}}};

    /// Long enough that whoever rests is put away.
    void wait() { time.pass(put_away_after + 2 * put_away_every); }
    bool is_open(SessionId session) {
        const auto open = directory.open_rooms();
        return std::any_of(open.begin(), open.end(), [&](const auto& host) { return host->session() == session; });
    }

    std::string theme(SessionId session) {
        std::string theme;
        directory.room(session)->look([&](const domain::Room& room) { theme = room.session.plan.theme; });
        time.run();
        return theme;
    }

    std::pair<ConnectionId, std::shared_ptr<SimulatedLine>> come(SessionId session, PersonId person, Role role) {
        const auto room = directory.room(session);
        room->admit({.person = person, .role = role, .name = "Ohjaaja", .accepts_netiquette = true}, [](auto) {});
        time.run();
        ConnectionId connection;
        const auto line = std::make_shared<SimulatedLine>();
        room->arrive({.pass = {.session = session, .person = person, .role = role}, .line = line, .hub = hub},
            [&](ConnectionId id) { connection = id; });
        time.run();
        return {connection, line};
    }
};

TEST_CASE("directory: two rooms open side by side") {
    Rooms rooms;
    std::mutex mutex;
    std::condition_variable both;
    int reading = 0;
    bool have_met = true;
    // Each is read only when the other is being read as well.
    rooms.journal.on_load = [&](SessionId) {
        std::unique_lock lock{mutex};
        ++reading;
        both.notify_all();
        have_met = both.wait_for(lock, 10s, [&] { return reading == 2; }) && have_met;
    };
    auto first = std::async(std::launch::async, [&] { return rooms.directory.room(one); });
    auto second = std::async(std::launch::async, [&] { return rooms.directory.room(other); });
    const auto opened = first.get();
    CHECK(opened != second.get());
    CHECK(have_met);
    CHECK(rooms.directory.size() == 2);
}

TEST_CASE("directory: an open room is found while another is being read") {
    Rooms rooms;
    const auto open = rooms.directory.room(one);
    std::promise<void> reads;
    std::promise<void> may_go_on;
    rooms.journal.on_load = [&](SessionId) {
        reads.set_value();
        may_go_on.get_future().wait();
    };
    auto slow = std::async(std::launch::async, [&] { return rooms.directory.room(other); });
    reads.get_future().wait();
    auto found = std::async(std::launch::async, [&] { return rooms.directory.room(one); });
    CHECK(found.wait_for(10s) == std::future_status::ready);
    may_go_on.set_value();
    CHECK(found.get() == open);
    CHECK(slow.get() != nullptr);
}

TEST_CASE("directory: one room that several ask for at once is opened once") {
    Rooms rooms;
    std::promise<void> may_go_on;
    const auto go_on = may_go_on.get_future().share();
    rooms.journal.on_load = [&](SessionId) { go_on.wait(); };
    std::vector<std::future<std::shared_ptr<RoomHost>>> askers;
    for (int count = 0; count < 4; ++count)
        askers.push_back(std::async(std::launch::async, [&] { return rooms.directory.room(one); }));
    while (rooms.journal.loads == 0) std::this_thread::yield();
    may_go_on.set_value();
    const auto room = rooms.directory.room(one);
    for (auto& asker : askers) CHECK(asker.get() == room);
    CHECK(rooms.journal.loads == 1);
}

TEST_CASE("directory: a room that could not be read is asked for again, by each who waited") {
    Rooms rooms;
    rooms.journal.on_load = [](SessionId) { throw std::runtime_error{"the store cannot be read"}; };
    CHECK_THROWS_AS(rooms.directory.room(one), std::runtime_error);
    rooms.journal.on_load = {};
    CHECK(rooms.directory.room(one) != nullptr);
    CHECK(rooms.directory.room(SessionId{99}) == nullptr);
}

TEST_CASE("directory: a plan that changes while the room is being opened is not missed") {
    Rooms rooms;
    std::promise<void> reads;
    std::promise<void> may_go_on;
    rooms.journal.on_load = [&](SessionId) {
        reads.set_value();
        may_go_on.get_future().wait();
    };
    auto opening = std::async(std::launch::async, [&] { return rooms.directory.room(one); });
    reads.get_future().wait();
    rooms.themes = 2;
    auto changing = std::async(std::launch::async, [&] { rooms.directory.plan_changed(one); });
    may_go_on.set_value();
    opening.get();
    changing.get();
    rooms.time.run();
    CHECK(rooms.theme(one) == "2");
}

TEST_CASE(
    "directory: a day that was only looked at is put away, leaves no trace, and comes back when it is asked for") {
    Rooms rooms;
    CHECK(rooms.theme(one) == "1");
    const auto steps = rooms.journal.kept.load(one).steps.size();
    const auto epoch = rooms.journal.kept.load(one).epoch;
    const std::weak_ptr<RoomHost> was = rooms.directory.open_room(one);
    rooms.wait();
    CHECK_FALSE(rooms.is_open(one));
    CHECK(was.expired());
    CHECK(rooms.theme(one) == "1");
    CHECK(rooms.journal.loads == 2);
    CHECK(rooms.journal.kept.load(one).steps.size() == steps);
    CHECK(rooms.journal.kept.load(one).epoch == epoch);
}

TEST_CASE("directory: who was in a room finds it as it was, and a command done then is done") {
    Rooms rooms;
    const auto [connection, line] = rooms.come(one, PersonId{1}, Role::facilitator);
    rooms.directory.room(one)->command(connection, "doors", OpenDoors{});
    rooms.directory.room(one)->command(connection, "first", SetWhereWeAre{{"Uni"}});
    rooms.time.run();
    rooms.directory.room(one)->left(connection);
    rooms.wait();
    CHECK_FALSE(rooms.is_open(one));
    const auto steps = rooms.journal.kept.load(one).steps.size();
    const auto [again, line_again] = rooms.come(one, PersonId{1}, Role::facilitator);
    CHECK(again.value > connection.value);
    rooms.directory.room(one)->command(again, "first", SetWhereWeAre{{"Toinen"}});
    rooms.time.run();
    rooms.directory.room(one)->look(
        [](const domain::Room& room) { CHECK(room.session.where_we_are == std::vector<std::string>{"Uni"}); });
    rooms.time.run();
    // The connection alone.
    CHECK(rooms.journal.kept.load(one).steps.size() == steps + 1);
}

TEST_CASE("directory: a room stays open while anyone is in it, while anyone holds it, and on its day") {
    Rooms rooms;
    SECTION("somebody is in it") {
        const auto guest = rooms.come(one, PersonId{1}, Role::facilitator);
        rooms.wait();
        CHECK(rooms.is_open(one));
        rooms.directory.room(one)->left(guest.first);
        rooms.wait();
        CHECK_FALSE(rooms.is_open(one));
    }
    SECTION("somebody holds it") {
        auto held = rooms.directory.room(one);
        rooms.wait();
        CHECK(rooms.is_open(one));
        held.reset();
        rooms.wait();
        CHECK_FALSE(rooms.is_open(one));
    }
    SECTION("somebody asks for it now and then") {
        for (int count = 0; count < 6; ++count) {
            rooms.directory.room(one);
            rooms.time.pass(put_away_after - put_away_every);
        }
        CHECK(rooms.is_open(one));
        rooms.wait();
        CHECK_FALSE(rooms.is_open(one));
    }
    SECTION("it is its day") {
        rooms.starts_at_ms = rooms.time.utc().ms;
        rooms.directory.room(one);
        rooms.wait();
        CHECK(rooms.is_open(one));
        rooms.time.pass(29h);
        CHECK_FALSE(rooms.is_open(one));
    }
}

TEST_CASE("directory: while the journal does not save everything every room stays as it is") {
    Rooms rooms;
    rooms.directory.room(one);
    rooms.time.run();
    const auto saves = GENERATE(journal::Saves::vital_only, journal::Saves::nothing_yet, journal::Saves::nothing);
    rooms.journal.kept.set_saves(saves);
    rooms.wait();
    CHECK(rooms.is_open(one));
    rooms.journal.kept.set_saves(journal::Saves::everything);
    rooms.wait();
    CHECK_FALSE(rooms.is_open(one));
}

TEST_CASE("directory: what the journal tells is told to the rooms that are open") {
    Rooms rooms;
    const auto guest = rooms.come(one, PersonId{1}, Role::facilitator);
    rooms.journal.kept.set_saves(journal::Saves::nothing_yet);
    rooms.time.run();
    REQUIRE(guest.second->all<Saving>().size() == 1);
    CHECK(guest.second->all<Saving>().back().state == SavingState::stopped);
}

/// A day that is sealed, as its journal has it.
std::vector<domain::Step> sealed_day() {
    testing::RoomDriver room;
    const auto moderator = room.admit("Moderaattori", Role::moderator);
    const auto mustikka = room.admit("Mustikka");
    room.go_live(moderator);
    room.ask(mustikka, SendMessage{.channel = Channel::room, .text = "Nukuin huonosti", .reply_to = {}});
    room.pass(4h);
    room.ask(moderator, CloseSession{});
    room.ask(moderator, MarkAllClear{});
    room.ask(moderator, SealAttendance{.version = room.room().attendance.version});
    room.leave(moderator);
    room.leave(mustikka);
    return room.steps();
}

/// On a thread of its own, while this one is the room's.
Compaction compact(Rooms& rooms, SessionId session) {
    auto compacting = std::async(std::launch::async, [&] { return rooms.directory.compact(session); });
    while (compacting.wait_for(0s) != std::future_status::ready) rooms.time.run();
    return compacting.get();
}

TEST_CASE("directory: a day that nobody has open is compacted, stays closed, and is opened as one step") {
    Rooms rooms;
    rooms.journal.kept.append(one, sealed_day(), [](bool durable) { REQUIRE(durable); });
    const auto epoch = rooms.journal.kept.load(one).epoch;
    CHECK(rooms.directory.compact(one) == Compaction::done);
    CHECK(rooms.directory.size() == 0);
    CHECK(rooms.journal.kept.load(one).epoch != epoch);
    CHECK(rooms.directory.compact(one) == Compaction::was_done);
    rooms.directory.room(one)->look([](const domain::Room& room) {
        CHECK(is_compacted(room));
        CHECK(room.chat.messages.empty());
        CHECK(room.attendance.sealed);
    });
    rooms.time.run();
    // Its plan is another one by now, and is not taken.
    CHECK(rooms.journal.kept.load(one).steps.size() == 1);
    rooms.wait();
    CHECK_FALSE(rooms.is_open(one));
}

TEST_CASE("directory: who is in a day that is compacted is told to come again, and starts over") {
    Rooms rooms;
    rooms.journal.kept.append(one, sealed_day(), [](bool durable) { REQUIRE(durable); });
    const auto [connection, line] = rooms.come(one, PersonId{1}, Role::moderator);
    const auto held = rooms.directory.room(one);
    REQUIRE(line->all<Welcome>().size() == 1);
    CHECK(compact(rooms, one) == Compaction::done);
    rooms.time.run();
    CHECK(line->closed == CloseCode::restart);
    CHECK_FALSE(rooms.is_open(one));
    // Whoever still holds what was open writes nothing by it.
    held->command(connection, "late", SetWhereWeAre{{"Uni"}});
    held->admit({.person = PersonId{9}, .role = Role::moderator, .name = "Myöhäinen"},
        [](const auto& refusal) { CHECK(refusal->word == RefusalWord::not_saving); });
    rooms.time.run();
    CHECK(rooms.journal.kept.load(one).steps.size() == 1);

    const auto [again, line_again] = rooms.come(one, PersonId{1}, Role::moderator);
    REQUIRE(line_again->all<Welcome>().size() == 1);
    CHECK(line_again->all<Welcome>().front().epoch != line->all<Welcome>().front().epoch);
    CHECK_FALSE(rooms.journal.kept.load(one).damaged_at);
}

TEST_CASE("directory: whoever asks for a room while it is compacted waits for it") {
    Rooms rooms;
    rooms.journal.kept.append(one, sealed_day(), [](bool durable) { REQUIRE(durable); });
    std::promise<void> reads;
    std::promise<void> may_go_on;
    rooms.journal.on_load = [&, is_first = true](SessionId) mutable {
        if (!std::exchange(is_first, false)) return;
        reads.set_value();
        may_go_on.get_future().wait();
    };
    auto compacting = std::async(std::launch::async, [&] { return rooms.directory.compact(one); });
    reads.get_future().wait();
    CHECK(rooms.directory.open_room(one) == nullptr);
    auto asker = std::async(std::launch::async, [&] { return rooms.directory.room(one); });
    auto second = std::async(std::launch::async, [&] { return rooms.directory.compact(one); });
    may_go_on.set_value();
    CHECK(compacting.get() == Compaction::done);
    while (second.wait_for(0s) != std::future_status::ready) rooms.time.run();
    CHECK(second.get() == Compaction::was_done);
    asker.get()->look([](const domain::Room& room) { CHECK(is_compacted(room)); });
    rooms.time.run();
    CHECK(rooms.journal.kept.load(one).steps.size() == 1);
}

TEST_CASE("directory: a day that is not sealed is left as it is, and so is one that cannot be saved") {
    Rooms rooms;
    SECTION("it is live") {
        const auto [connection, line] = rooms.come(one, PersonId{1}, Role::facilitator);
        const auto host = rooms.directory.open_room(one);
        CHECK(compact(rooms, one) == Compaction::not_sealed);
        rooms.time.run();
        CHECK(rooms.directory.open_room(one) == host);
        CHECK_FALSE(line->closed);
    }
    SECTION("nobody has it open") { CHECK(rooms.directory.compact(other) == Compaction::not_sealed); }
    SECTION("the disk is full") {
        rooms.journal.kept.append(one, sealed_day(), [](bool durable) { REQUIRE(durable); });
        rooms.journal.kept.set_saves(journal::Saves::vital_only);
        CHECK(rooms.directory.compact(one) == Compaction::not_saved);
        rooms.journal.kept.set_saves(journal::Saves::everything);
        CHECK(rooms.directory.compact(one) == Compaction::done);
    }
}

}  // namespace
}  // namespace etakahvila::runtime
