#pragma once

// The parts of a room put together as it does it, without the room: the test says what is decided.

#include "journal/memory_journal.hpp"
#include "runtime/connections.hpp"
#include "runtime/simulated.hpp"
#include "support/catch.hpp"
#include "support/room_driver.hpp"

namespace etakahvila::runtime {

struct RoomOfParts {
    static constexpr SessionId session{5};

    SimulatedTime time;
    testing::RoomDriver driver;
    PersonId moderaattori = driver.admit("Moderaattori", protocol::Role::moderator);
    PersonId ohjaaja = driver.admit("Ohjaaja", protocol::Role::facilitator);
    PersonId mustikka = driver.admit("Mustikka");
    PersonId kanerva = driver.admit("Kanerva");
    std::shared_ptr<RoomLoop> loop = std::make_shared<RoomLoop>(time);
    journal::MemoryJournal journal;
    TicketOffice tickets;
    TicketOffice voice_tickets;
    voice::Figures figures;
    RoomClock clock{time, driver.room()};
    RoomSaving saving{false, journal::Saves::everything};
    /// What was to be decided on.
    std::vector<domain::Input> asked;

    StepWriter writer{{.session = session,
        .loop = *loop,
        .journal = journal,
        .room = driver.room(),
        .keep_day = {},
        .tell =
            [this] {
                ephemeral.before_telling();
                auto parcel = telling.gather(driver.room());
                writer.hold(std::move(parcel.leave), std::move(parcel.undo));
            },
        .refused = [] { FAIL("not saved"); }}};
    Connections connections{{.clock = clock,
        .room = driver.room(),
        .tickets = tickets,
        .saving = saving,
        .writer = writer,
        .telling = telling,
        .ephemeral = ephemeral,
        .voice = voice,
        .step = [this](const domain::Input& input) { return step(input); }}};
    Ephemeral ephemeral{{.loop = *loop,
        .clock = clock,
        .room = driver.room(),
        .present = connections.present(),
        .telling = telling,
        .writer = writer}};
    Telling telling{{.session = session,
                        .epoch = "epoch",
                        .clock = clock,
                        .tickets = tickets,
                        .present = connections.present(),
                        .saving = saving,
                        .speech = ephemeral.speech()},
        driver.seq()};
    RoomVoice voice{{.session = session,
        .clock = time,
        .figures = figures,
        .room = driver.room(),
        .present = connections.present(),
        .tickets = voice_tickets,
        .telling = telling,
        .writer = writer}};
    std::shared_ptr<Hub> hub = std::make_shared<Hub>(time);

    RoomOfParts() {
        journal.append(session, driver.steps(), [](bool) {}, journal::Need::vital);
    }

    domain::Outcome step(const domain::Input& input) {
        asked.push_back(input);
        const auto known = driver.seq();
        set_clock();
        const auto answer = driver.submit(input);
        if (driver.seq() != known) follow(driver.steps().back());
        return {.seq = answer.seq, .refusal = answer.details};
    }
    /// A command of a person who may.
    void command(PersonId person, const protocol::Command& command) {
        set_clock();
        REQUIRE(driver.ask(person, command).is_done());
        follow(driver.steps().back());
        time.run();
    }
    /// What is decided is decided at the scene's own moment.
    void set_clock() { driver.skip(clock.stamp().at - driver.now().at); }
    void follow(const domain::Step& last) {
        ephemeral.follow(domain::beyond(driver.room(), last));
        writer.add(last, journal::Need::vital, false);
    }

    struct Guest {
        ConnectionId connection;
        std::shared_ptr<SimulatedLine> line = std::make_shared<SimulatedLine>();
    };
    Guest come(PersonId person) {
        Guest guest;
        connections.arrive({.pass = {.session = session, .person = person, .role = driver.role(person)},
                               .line = guest.line,
                               .hub = hub,
                               .device = {},
                               .resume = {}},
            [&](ConnectionId connection) {
                CHECK(guest.line->frames.empty());
                guest.connection = connection;
            });
        time.run();
        return guest;
    }
};

}  // namespace etakahvila::runtime
