// What the room has to say, and in which order it leaves; and what is done when it never does.

#include "runtime/telling.hpp"
#include "runtime/simulated.hpp"
#include "support/catch.hpp"
#include "support/room_driver.hpp"

namespace etakahvila::runtime {
namespace {

using namespace std::chrono_literals;
using namespace protocol;

constexpr SessionId session{5};

/// A room that is driven by hand, with a moderator and a participant who have been greeted.
struct Told {
    SimulatedTime time;
    testing::RoomDriver room;
    PersonId moderaattori = room.admit("Moderaattori", Role::moderator);
    PersonId mustikka = room.admit("Mustikka");
    RoomClock clock{time, room.room()};
    TicketOffice tickets;
    Present present{room.room()};
    RoomSaving saving{false, journal::Saves::everything};
    SpeechBoard speech;
    Telling telling{{.session = session,
                        .epoch = "epoch",
                        .clock = clock,
                        .tickets = tickets,
                        .present = present,
                        .saving = saving,
                        .speech = speech},
        room.seq()};
    std::shared_ptr<Hub> hub = std::make_shared<Hub>(time);

    struct Guest {
        ConnectionId connection;
        std::shared_ptr<SimulatedLine> line = std::make_shared<SimulatedLine>();
    };
    Guest of_moderator = come(moderaattori);
    Guest of_mustikka = come(mustikka);

    Told() { send(); }

    Guest come(PersonId person, std::optional<ResumePoint> resume = {}) {
        Guest guest{.connection = present.new_connection()};
        const auto role = room.role(person);
        present.add(guest.connection, {.person = person, .role = role, .hub = hub});
        telling.greet(guest.connection, {.pass = {.session = session, .person = person, .role = role},
                                            .line = guest.line,
                                            .hub = hub,
                                            .device = {},
                                            .resume = std::move(resume)});
        return guest;
    }
    /// As when all that it tells of is durable at once.
    void send() {
        telling.gather(room.room()).leave();
        time.run();
    }
    static void forget(const Guest& guest) {
        guest.line->frames.clear();
        guest.line->bytes.clear();
    }
    void go(const Guest& guest, CloseCode code) {
        telling.say_goodbye(guest.connection, code, 0);
        present.remove(guest.connection);
    }
};

TEST_CASE("telling: nothing leaves before its parcel does") {
    Told told;
    told.forget(told.of_mustikka);
    REQUIRE(told.room.ask(told.moderaattori, OpenDoors{}).is_done());
    told.telling.tell(told.of_mustikka.connection, frame_of(VoiceOff{}));
    const auto parcel = told.telling.gather(told.room.room());
    told.time.run();
    CHECK(told.of_mustikka.line->frames.empty());
    parcel.leave();
    told.time.run();
    REQUIRE(told.of_mustikka.line->frames.size() == 2);
    CHECK(std::holds_alternative<Batch>(told.of_mustikka.line->frames[0]));
    CHECK(std::holds_alternative<VoiceOff>(told.of_mustikka.line->frames[1]));
}

TEST_CASE("telling: a newcomer gets welcome and a snapshot; who comes back, what they missed") {
    Told told;
    const auto& frames = told.of_mustikka.line->frames;
    REQUIRE(frames.size() == 2);
    const auto welcome = std::get<Welcome>(frames[0]);
    CHECK(welcome.me == told.mustikka);
    CHECK(welcome.seq == told.room.seq());
    CHECK(std::get<Batch>(frames[1]).from == 0);

    REQUIRE(told.room.ask(told.moderaattori, OpenDoors{}).is_done());
    const auto back = told.come(told.mustikka, ResumePoint{.epoch = "epoch", .seq = welcome.seq});
    told.send();
    CHECK(std::get<Welcome>(back.line->frames[0]).resumed);
    CHECK(std::get<Batch>(back.line->frames[1]).from == welcome.seq);
    const auto stranger = told.come(told.mustikka, ResumePoint{.epoch = "another", .seq = welcome.seq});
    told.send();
    CHECK_FALSE(std::get<Welcome>(stranger.line->frames[0]).resumed);
}

TEST_CASE("telling: each audience gets one batch, the same bytes for all of it; what the staff see wakes no other") {
    Told told;
    const auto kanerva = told.come(told.room.admit("Kanerva"));
    told.send();
    told.forget(told.of_mustikka);
    told.forget(kanerva);
    REQUIRE(told.room.ask(told.moderaattori, OpenDoors{}).is_done());
    REQUIRE(told.room.ask(told.moderaattori, SetWhereWeAre{{"Uni"}}).is_done());
    told.send();
    REQUIRE(told.of_mustikka.line->all<Batch>().size() == 1);
    CHECK(told.of_mustikka.line->bytes[0].get() == kanerva.line->bytes[0].get());

    told.forget(told.of_mustikka);
    const auto heard = told.of_moderator.line->all<Batch>().size();
    told.room.connect(told.mustikka);
    told.room.lose(told.mustikka);
    told.room.pass(2s);
    told.send();
    CHECK(told.of_moderator.line->all<Batch>().size() > heard);
    CHECK(told.of_mustikka.line->all<Batch>().empty());
}

TEST_CASE("telling: who says goodbye gets what is for them alone, and nothing that is for the others") {
    Told told;
    told.forget(told.of_mustikka);
    REQUIRE(told.room.ask(told.moderaattori, OpenDoors{}).is_done());
    told.telling.tell(told.of_mustikka.connection, frame_of(VoiceOff{}));
    told.go(told.of_mustikka, CloseCode::left);
    told.send();
    CHECK(told.of_mustikka.line->frames.size() == 1);
    CHECK(told.of_mustikka.line->all<VoiceOff>().size() == 1);
    CHECK(told.of_mustikka.line->closed == CloseCode::left);
    CHECK(told.hub->seat_count() == 1);
}

TEST_CASE("telling: who goes before they were greeted is hung up at once") {
    Told told;
    const auto late = told.come(told.mustikka);
    CHECK_FALSE(told.telling.say_goodbye(late.connection, CloseCode::removed, 0));
    told.present.remove(late.connection);
    told.time.run();
    CHECK(late.line->closed == CloseCode::removed);
    told.send();
    CHECK(late.line->frames.empty());
}

TEST_CASE("telling: what waits for the parcel is run after it, or when it is dropped") {
    Told told;
    std::string done;
    told.telling.when_told([&] { done += "saved "; }, [&] { done += "dropped "; });
    const auto parcel = told.telling.gather(told.room.room());
    CHECK(done.empty());
    const bool is_saved = GENERATE(false, true);
    (is_saved ? parcel.leave : parcel.undo)();
    CHECK(done == (is_saved ? "saved " : "dropped "));

    done.clear();
    told.telling.when_told([&] { done += "saved "; }, [&] { done += "dropped "; });
    told.telling.drop()();
    CHECK(done == "dropped ");
    CHECK_FALSE(told.telling.gather(told.room.room()).undo);
}

TEST_CASE("telling: of a parcel that never leaves, who came is greeted again and who was removed comes back") {
    Told told;
    const auto newcomer = told.come(told.mustikka);
    told.go(told.of_mustikka, CloseCode::removed);
    const auto parcel = told.telling.gather(told.room.room());
    REQUIRE(parcel.undo);
    parcel.undo();
    told.time.run();
    CHECK(told.of_mustikka.line->closed == CloseCode::gap);
    CHECK(newcomer.line->frames.empty());
    told.send();
    CHECK(newcomer.line->all<Welcome>().size() == 1);

    // Or is hung up, when they have gone meanwhile.
    const auto gone = told.come(told.mustikka);
    const auto never = told.telling.gather(told.room.room());
    told.present.remove(gone.connection);
    never.undo();
    told.time.run();
    CHECK(gone.line->closed == CloseCode::gap);
}

TEST_CASE("telling: after going back the next batch begins where the last one ended that was told") {
    Told told;
    told.forget(told.of_mustikka);
    const auto before = told.room.seq();
    auto room = told.room.room();
    REQUIRE(told.room.ask(told.moderaattori, OpenDoors{}).is_done());
    // Not saved, and not told.
    told.telling.gather(told.room.room());
    told.telling.drop();
    const bool is_whole = GENERATE(true, false);
    told.telling.go_back(before, is_whole);
    const auto step = decide(
        room, domain::MemberCommand{{told.moderaattori, Role::moderator, {}}, "again", OpenDoors{}}, told.room.now());
    apply(room, step);
    told.telling.gather(room).leave();
    told.time.run();
    REQUIRE(told.of_mustikka.line->all<Batch>().size() == 1);
    CHECK(told.of_mustikka.line->all<Batch>().front().from == before);
    CHECK(told.of_mustikka.line->all<Batch>().front().to == before + 1);
}

TEST_CASE("telling: how it is with saving is told to all, and in a greeting while it is not well") {
    Told told;
    told.saving.follow(journal::Saves::nothing);
    told.telling.tell_saving();
    const auto newcomer = told.come(told.mustikka);
    told.send();
    CHECK(told.of_moderator.line->all<Saving>().back().trouble == SavingTrouble::disk_failed);
    CHECK_FALSE(told.of_mustikka.line->all<Saving>().back().trouble);
    CHECK(newcomer.line->all<Saving>().size() == 1);
}

TEST_CASE("telling: what is spoken goes to all who have a seat, and what is for the staff to them") {
    Told told;
    told.telling.speak(frame_of(Speech{.turn = TurnId{1}, .text = "N", .by = told.mustikka}));
    told.telling.tell_staff(frame_of(LineFigures{}));
    told.send();
    CHECK(told.of_moderator.line->all<Speech>().size() == 1);
    CHECK(told.of_mustikka.line->all<Speech>().size() == 1);
    CHECK(told.of_moderator.line->all<LineFigures>().size() == 1);
    CHECK(told.of_mustikka.line->all<LineFigures>().empty());
}

}  // namespace
}  // namespace etakahvila::runtime
