#pragma once

// A day in a room as chance has it, the same for the same seed: people of all roles come, drop,
// leave and command anything, plausible or not; time passes, the server restarts.

#include "support/room_driver.hpp"

namespace etakahvila::testing {

/// SplitMix64: the same numbers for a seed on any machine.
class Chance {
public:
    explicit Chance(std::uint64_t seed) : state_{seed} {}

    /// least … most, each as likely.
    std::int64_t number(std::int64_t least, std::int64_t most);
    /// Once in `times`.
    bool once_in(std::int64_t times) { return number(1, times) == 1; }
    template <class List>
    const auto& one_of(const List& list) { return *std::next(list.begin(), number(0, static_cast<std::int64_t>(list.size()) - 1)); }

private:
    std::uint64_t state_;
};

class RandomDay {
public:
    explicit RandomDay(std::uint64_t seed);

    /// Hands one more input to the room.
    void go_on();

    RoomDriver room;

private:
    void pass_time();
    void connect_or_lose();
    void flap();
    void command();
    Command someones_command(PersonId& person);
    bool is_refused(PersonId person, const Command& command) const;
    void go_back_on(Command& command, PersonId& person) const;
    Command any_command();
    Command attendance_command();
    SessionPlan another_plan();
    Command next_phase();

    Chance chance_;
};

}  // namespace etakahvila::testing
