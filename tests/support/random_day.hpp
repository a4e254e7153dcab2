#pragma once

// A day in a room as chance has it, the same for the same seed: people of all roles come, drop,
// leave and command anything, plausible or not; time passes, the server restarts.

#include "support/chance.hpp"
#include "support/room_driver.hpp"

namespace etakahvila::testing {

class RandomDay {
public:
    explicit RandomDay(std::uint64_t seed) : RandomDay{Chance{seed}} {}
    explicit RandomDay(Chance chance);

    /// Hands one more input to the room.
    void go_on();

    /// Of a day whose chance is somebody's bytes: they are used up.
    bool is_out_of_dice() const { return !chance_.has_bytes(); }

    RoomDriver room;

private:
    void pass_time();
    void connect_or_lose();
    void restart();
    void stop_cancel_or_end_feedback();
    void flap();
    void command();
    void work();
    KnowWork rows_of_work();
    void carried();
    void contact();
    Command someones_command(PersonId& person);
    bool is_refused(PersonId person, const Command& command) const;
    Command attendance_command();
    SessionPlan another_plan();

    Chance chance_;
};

}  // namespace etakahvila::testing
