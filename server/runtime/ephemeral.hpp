#pragma once

// What is told beside the room's steps and is never kept: the speech line as it is written, and the figures of lines of
// people who wait for help. Of each the latest is told, no more often than its board says.

#include "domain/room/beyond.hpp"
#include "runtime/line_board.hpp"
#include "runtime/room_clock.hpp"
#include "runtime/room_loop.hpp"
#include "runtime/speech_board.hpp"
#include "runtime/step_writer.hpp"
#include "runtime/telling.hpp"

namespace etakahvila::runtime {

/// On the room's thread, but for `is_watching`.
class Ephemeral {
public:
    /// They stay where they are.
    struct Parts {
        RoomLoop& loop;
        const RoomClock& clock;
        const domain::Room& room;
        const Present& present;
        Telling& telling;
        StepWriter& writer;
    };

    explicit Ephemeral(const Parts& parts) : parts_{parts} { watch(); }

    const SpeechBoard& speech() const { return speech_; }
    /// What is being said in the turn, as it is written. What the rules do not allow is passed over.
    void write_speech(ConnectionId connection, const protocol::Caption& written);

    /// Whether anyone's line matters. From any thread; as it was a moment ago.
    bool is_watching() const { return lines_.is_watching(); }
    /// How the connection's line is. Told to the staff when its person waits for help.
    void note_line(ConnectionId connection, RoundTrips trips);
    void forget_line(ConnectionId connection);

    /// A step has been applied to the room. What is being written follows at once. Whose lines are watched is looked at
    /// before the room tells.
    void follow(const domain::Beyond& beyond);
    /// The room is about to tell what it has.
    void before_telling();
    /// The room is as it was before.
    void go_back();

private:
    std::optional<protocol::TurnId> turn_on() const;
    void tell_speech(std::optional<protocol::Speech> speech);
    void watch() { lines_.watch(domain::people_to_help(parts_.room)); }
    void tell_lines();

    const Parts parts_;
    SpeechBoard speech_;
    LineBoard lines_;
    /// Others may wait for help than those who are watched.
    bool changes_help_ = false;
};

}  // namespace etakahvila::runtime
