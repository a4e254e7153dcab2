// Whether a room saves: whole, reading back, damaged.

#include "runtime/room_saving.hpp"
#include "journal/memory_journal.hpp"
#include "runtime/simulated.hpp"
#include "support/catch.hpp"
#include "support/room_driver.hpp"

namespace etakahvila::runtime {
namespace {

using namespace std::chrono_literals;
using journal::Need;
using journal::Saves;
using protocol::Role;
using protocol::SavingState;
using protocol::SavingTrouble;

TEST_CASE("saving: a whole room saves what its journal saves, and tells the staff why it does not") {
    RoomSaving saving{false, Saves::everything};
    CHECK(saving.saves_everything());
    CHECK(saving.told_to(Role::moderator).state == SavingState::ok);

    CHECK(saving.follow(Saves::vital_only));
    CHECK_FALSE(saving.follow(Saves::vital_only));
    CHECK(saving.saves(Need::vital));
    CHECK_FALSE(saving.saves(Need::ordinary));
    CHECK(saving.told_to(Role::moderator).trouble == SavingTrouble::disk_full);
    CHECK(saving.told_to(Role::participant).state == SavingState::stopped);
    CHECK_FALSE(saving.told_to(Role::participant).trouble);

    CHECK(saving.follow(Saves::nothing_yet));
    CHECK_FALSE(saving.saves(Need::vital));
    CHECK(saving.told_to(Role::moderator).trouble == SavingTrouble::disk_full);
    CHECK(saving.follow(Saves::nothing));
    CHECK(saving.told_to(Role::moderator).trouble == SavingTrouble::disk_failed);
}

TEST_CASE("saving: while the room is read back nothing is saved, and what is asked waits") {
    RoomSaving saving{false, Saves::everything};
    std::string done;
    std::vector<base::Task> undo{[&] { done += "undo "; }};
    CHECK(saving.begin_reading_back(Saves::nothing, 0ms, undo) == 0ms);
    CHECK(saving.is_reading_back());
    CHECK_FALSE(saving.saves(Need::vital));
    CHECK_FALSE(saving.follow(Saves::vital_only));
    saving.postpone([&] { done += "asked "; });
    CHECK(saving.postponed() == 1);

    const auto left = saving.go_on(true, Saves::nothing);
    for (const auto& task : left.undo) task();
    for (const auto& task : left.postponed) task();
    CHECK(done == "undo asked ");
    CHECK_FALSE(saving.is_reading_back());
    CHECK(saving.told_to(Role::moderator).trouble == SavingTrouble::disk_failed);
}

TEST_CASE("saving: a room of which something is lost is damaged until a restart") {
    const bool is_found_at_start = GENERATE(false, true);
    RoomSaving saving{is_found_at_start, Saves::everything};
    if (!is_found_at_start) {
        saving.begin_reading_back(Saves::everything, 0ms, {});
        saving.go_on(false, Saves::everything);
    }
    CHECK(saving.is_damaged());
    CHECK_FALSE(saving.saves(Need::vital));
    CHECK_FALSE(saving.follow(Saves::nothing));
    CHECK(saving.told_to(Role::moderator).trouble == SavingTrouble::damaged);
    CHECK_FALSE(saving.told_to(Role::participant).trouble);
}

TEST_CASE("saving: a room that is refused again within ten seconds, and others are not, waits a second") {
    RoomSaving saving{false, Saves::everything};
    const auto refused_at = [&](std::chrono::milliseconds now, Saves saves = Saves::everything) {
        const auto wait = saving.begin_reading_back(saves, now, {});
        saving.go_on(true, Saves::everything);
        return wait;
    };
    CHECK(refused_at(0ms) == 0ms);
    CHECK(refused_at(9'999ms) == read_back_again);
    CHECK(refused_at(12'000ms) == read_back_again);
    CHECK(refused_at(22'000ms) == 0ms);
    // A full disk is everybody's.
    CHECK(refused_at(22'001ms, Saves::vital_only) == 0ms);
    CHECK(saving.saves_everything());
}

TEST_CASE("saving: what is read back is whole when it is what was acknowledged, and the journal goes on from it") {
    testing::RoomDriver driver;
    driver.admit("Mustikka");
    driver.admit("Kanerva");
    journal::StoredRoom stored{.epoch = "epoch", .steps = driver.steps(), .damaged_at = {}};
    const auto all = driver.seq();
    CHECK(read_back(stored, all, Saves::everything).is_whole);
    CHECK(read_back(stored, all, Saves::everything).room.seq == all);

    // Less than was acknowledged.
    CHECK_FALSE(read_back(stored, all + 1, Saves::everything).is_whole);
    CHECK_FALSE(read_back(stored, all + 1, Saves::nothing).is_whole);
    // More: after a failed fsync that is nothing to go by, and is passed over. A journal that saves takes no step
    // that comes between.
    const auto less = read_back(stored, all - 1, Saves::nothing);
    CHECK(less.is_whole);
    CHECK(less.room.seq == all - 1);
    CHECK_FALSE(read_back(stored, all - 1, Saves::everything).is_whole);
    stored.damaged_at = all + 1;
    CHECK_FALSE(read_back(stored, all, Saves::everything).is_whole);
}

/// Cannot be read so many times.
class TroubledJournal final : public journal::Journal {
public:
    explicit TroubledJournal(int troubles) : troubles_{troubles} {}

    void append(protocol::SessionId session, std::vector<domain::Step> steps, Done done, Need need) override {
        kept_.append(session, std::move(steps), std::move(done), need);
    }
    journal::StoredRoom load(protocol::SessionId session) override { return kept_.load(session); }
    void load_later(protocol::SessionId session, Loaded loaded) override {
        if (troubles_-- > 0) return loaded(std::nullopt);
        kept_.load_later(session, std::move(loaded));
    }
    void compact(protocol::SessionId session, domain::Seq through, domain::Step step, Done done) override {
        kept_.compact(session, through, std::move(step), std::move(done));
    }
    Saves saves() const override { return kept_.saves(); }
    void watch(std::function<bool()> changed) override { kept_.watch(std::move(changed)); }

private:
    journal::MemoryJournal kept_;
    int troubles_;
};

TEST_CASE("saving: a room is read back on its own thread, and again each second until it can be read") {
    constexpr protocol::SessionId session{5};
    testing::RoomDriver driver;
    driver.admit("Mustikka");
    const int troubles = GENERATE(0, 2);
    TroubledJournal journal{troubles};
    journal.append(session, driver.steps(), [](bool) {}, Need::vital);
    SimulatedTime time;
    const auto loop = std::make_shared<RoomLoop>(time);
    std::vector<domain::Seq> read;
    read_back_later(*loop, journal, session, driver.seq(), [&](const ReadBack& back) {
        CHECK(back.is_whole);
        read.push_back(back.room.seq);
    });
    CHECK(read.empty());
    time.run();
    for (int waits = 0; waits < troubles; ++waits) {
        CHECK(read.empty());
        time.pass(read_back_again);
    }
    CHECK(read == std::vector{driver.seq()});
}

}  // namespace
}  // namespace etakahvila::runtime
