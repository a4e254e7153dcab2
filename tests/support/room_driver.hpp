#pragma once

// Drives a room as its host does, without a socket, a clock or a store: hands in the time and
// the ids, runs every timer when it is due, keeps the steps, finds the outcome of a repeat.
//
//     RoomDriver room;
//     const auto ohjaaja = room.admit("Ohjaaja", Role::facilitator);
//     const auto mustikka = room.admit("Mustikka");
//     room.ask(ohjaaja, OpenDoors{});
//     CHECK(room.ask(mustikka, SayImBack{}).refusal == RefusalWord::not_now);
//     room.pass(std::chrono::minutes{2});
//     CHECK(room.view(ohjaaja).person(mustikka)->presence == PresenceState::present);

#include <optional>
#include <string>
#include <vector>

#include "domain/room/room.hpp"
#include "support/client_view.hpp"

namespace etakahvila::testing {

using namespace domain;
using namespace std::chrono_literals;

/// What came of one input.
struct Answer {
    Seq seq{};
    std::optional<RefusalWord> refusal;
    std::optional<Refusal> details;
    std::vector<Event> events;
    /// Told again, for a command id that had been used before.
    bool is_repeat{};

    bool is_done() const { return !refusal; }

    template <class Happened>
    const Happened* find() const {
        for (const auto& event : events) {
            if (const auto* is = std::get_if<Happened>(&event.any())) return is;
        }
        return nullptr;
    }
    template <class Happened>
    std::size_t count() const {
        std::size_t number = 0;
        for (const auto& event : events) number += std::holds_alternative<Happened>(event.any()) ? 1 : 0;
        return number;
    }
    /// What the step made takes the step's number.
    template <class SomeId>
    SomeId id() const {
        return SomeId{seq};
    }
};

/// 3 December 2020, 08:30 in Helsinki.
inline constexpr Stamp first_stamp{.at = RoomTime{0}, .utc = UtcTime{1'606'977'000'000}};

/// "Uni ja lepo", 09:00-13:00, three items; staff called Ohjaaja and Moderaattori.
SessionPlan usual_plan();

class RoomDriver {
public:
    explicit RoomDriver(SessionPlan plan = usual_plan());

    // ---- people

    /// Comes to the door and in, with a first connection. Work activity for a participant.
    PersonId admit(std::string name, Role role = Role::participant);
    PersonId admit(std::string name, Role role, std::optional<std::string> decision_type);
    /// Comes to the door with a name, under a link that is known by its person.
    Answer knock(PersonId person, std::string name, Role role = Role::participant,
        std::optional<std::string> decision_type = "work_activity", bool accepts_netiquette = true,
        std::optional<Duty> duty = {});
    /// One more connection of the person; its id.
    ConnectionId connect(PersonId person, std::optional<std::string> device = {});
    /// The person's newest connection that is up, or the one named, is lost.
    Answer lose(
        PersonId person, std::optional<ConnectionId> connection = {}, std::optional<Milliseconds> silent_for = {});
    /// ... or says goodbye.
    Answer leave(PersonId person, std::optional<ConnectionId> connection = {});

    // ---- commands

    /// With a command id of its own.
    Answer ask(PersonId person, Command command);
    /// With a command id that may have been used before: then the first outcome is told again.
    Answer ask_as(PersonId person, std::string command_id, Command command);
    /// As anyone at all: a role that is not the record's, a person who is not in the room.
    Answer ask_by(Actor actor, Command command);

    /// Doors open and live, asked for by the person.
    void go_live(PersonId staff);

    // ---- time

    /// Lets the time go by, and every timer do what is due at its moment. What the timers did.
    std::vector<Event> pass(Milliseconds span);
    /// Only the clocks: as in a server that is late.
    void skip(Milliseconds span);
    /// The wall's clock is set; the room's own goes on.
    void set_wall_clock_by(Milliseconds span) { now_.utc.ms += span.count(); }
    /// The server is killed, and is up again after `down`. Connections end with it. The room is made anew from what is
    /// kept: its steps and, unless it is a backup's, the ballots beside them.
    Answer restart(Milliseconds down);
    Answer restart_from_backup(Milliseconds down);

    /// The room is put away, and its steps give way to one, as a store has them. Connections have ended.
    void compact();

    /// Any input, now.
    Answer submit(Input input);

    // ---- looking

    const Room& room() const { return room_; }
    Stamp now() const { return now_; }
    const std::vector<Step>& steps() const { return steps_; }
    Seq seq() const { return room_.seq; }

    /// What a newcomer in the person's place is shown.
    ClientView view(PersonId person) const { return ClientView{snapshot(room_, viewer(person))}; }
    ClientView view(Audience audience) const {
        return ClientView{snapshot(room_, Viewer{.audience = audience, .person = {}})};
    }
    Viewer viewer(PersonId person) const;
    const Member& member(PersonId person) const;
    Role role(PersonId person) const { return member(person).role; }

    struct Given {
        Input input;
        Stamp stamp;
        /// By a room that was made anew, without the ballots.
        bool is_from_backup{};
    };
    /// All that was handed in, with its stamp: for the laws.
    const std::vector<Given>& given() const { return given_; }

private:
    Answer restart(Milliseconds down, bool is_from_backup);
    Answer take(Input input, bool is_from_backup);

    Room room_;
    Stamp now_ = first_stamp;
    std::vector<Step> steps_;
    std::vector<Given> given_;
    std::int64_t last_person_ = 0;
    std::int64_t last_connection_ = 0;
    std::int64_t last_command_ = 0;
};

/// A room made from what is kept, as after a restart: the records of its steps, which hold no ballot, and the ballots.
Room replayed(const std::vector<Step>& steps);
Room replayed(const std::vector<Step>& steps, const std::vector<Ballot>& ballots);

/// What lies in the box after these steps, as a store keeps it.
std::vector<Ballot> ballots_after(const std::vector<Step>& steps);

/// Everyone who can look: both audiences as such, and each member.
std::vector<Viewer> all_viewers(const Room& room);

}  // namespace etakahvila::testing
