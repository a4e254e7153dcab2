#pragma once

// A room and those who come into it, under a simulated clock, loop and disk.

#include "journal/memory_journal.hpp"
#include "runtime/room_host.hpp"
#include "runtime/simulated.hpp"
#include "support/catch.hpp"

namespace etakahvila::runtime {

using namespace std::chrono_literals;
using namespace protocol;
using domain::Admit;

inline constexpr SessionId session{5};

struct RoomScene {
    SimulatedTime time;
    journal::MemoryJournal memory;
    HeldJournal journal{memory};
    TicketOffice tickets;
    TicketOffice voice_tickets;
    voice::Figures voice_figures;
    std::shared_ptr<Hub> hub = std::make_shared<Hub>(time);
    std::shared_ptr<RoomHost> host;

    RoomScene() {
        journal.watch([this] {
            host->journal_changed();
            return true;
        });
        open();
    }

    domain::SessionPlan plan{.session = session, .theme = "Uni", .series = "Etäkahvila"};

    void open() {
        host = RoomHost::open({.session = session,
                                  .loop = time,
                                  .clock = time,
                                  .journal = journal,
                                  .tickets = tickets,
                                  .voice_tickets = voice_tickets,
                                  .voice_figures = voice_figures},
            journal.load(session), plan);
        time.run();
    }

    /// kill -9: whatever was under way is gone.
    void die_and_open() {
        host.reset();
        hub = std::make_shared<Hub>(time);
        open();
    }

    /// What waits for the disk is refused, and from now on only this is saved.
    void stop_saving(journal::Saves saves) {
        memory.set_saves(saves);
        journal.sync(false);
        journal.is_held = false;
        time.run();
    }
    void save_again() {
        memory.set_saves(journal::Saves::everything);
        time.run();
    }

    struct Guest {
        PersonId person;
        Role role{};
        std::shared_ptr<SimulatedLine> line;
        ConnectionId connection;
        int commands = 0;
    };

    std::optional<Refusal> admit(PersonId person, Role role, std::string name) {
        std::optional<Refusal> answer;
        bool is_answered = false;
        host->admit(
            {.person = person, .role = role, .name = std::move(name), .accepts_netiquette = true}, [&](auto refusal) {
                answer = refusal;
                is_answered = true;
            });
        time.run();
        CHECK(is_answered);
        return answer;
    }

    Guest arrive(PersonId person, Role role, std::optional<ResumePoint> resume = {}) {
        Guest guest{.person = person, .role = role, .line = std::make_shared<SimulatedLine>()};
        host->arrive({.pass = {.session = session, .person = person, .role = role},
                         .line = guest.line,
                         .hub = hub,
                         .device = "Android, Chrome",
                         .resume = resume},
            [&](ConnectionId connection) { guest.connection = connection; });
        time.run();
        return guest;
    }

    Guest come(std::int64_t person, Role role, const std::string& name) {
        CHECK_FALSE(admit(PersonId{person}, role, name));
        return arrive(PersonId{person}, role);
    }

    std::string command(Guest& guest, Command command) {
        auto id = "c" + std::to_string(++guest.commands);
        host->command(guest.connection, id, std::move(command));
        time.run();
        return id;
    }
};

inline const Outcome* outcome_of(const std::shared_ptr<SimulatedLine>& line, const std::string& id) {
    for (const auto& frame : line->frames) {
        if (const auto* outcome = std::get_if<Outcome>(&frame); outcome != nullptr && outcome->id == id) return outcome;
    }
    return nullptr;
}

/// A live session in which Mustikka has the floor.
struct Speaking : RoomScene {
    Guest ohjaaja = come(1, Role::facilitator, "Ohjaaja");
    Guest mustikka = come(3, Role::participant, "Mustikka");
    Guest kanerva = come(4, Role::participant, "Kanerva");
    TurnId turn;

    Speaking() {
        command(ohjaaja, OpenDoors{});
        command(ohjaaja, GoLive{});
        command(ohjaaja, GrantFloorTo{.person = mustikka.person, .expected_turn = {}});
        turn = TurnId{outcome_of(ohjaaja.line, "c3")->seq};
    }
};

}  // namespace etakahvila::runtime
