#pragma once

// The connections of a room. Who comes gets a place and a greeting. Who goes is hung up with all that they had here,
// and the room is told how it ended: at once, or when it can be saved.

#include <functional>
#include <optional>
#include <utility>

#include "runtime/arrival.hpp"
#include "runtime/ephemeral.hpp"
#include "runtime/present.hpp"
#include "runtime/room_voice.hpp"
#include "runtime/telling.hpp"

namespace etakahvila::runtime {

/// On the room's thread.
class Connections {
public:
    /// They stay where they are.
    struct Parts {
        const RoomClock& clock;
        const domain::Room& room;
        TicketOffice& tickets;
        const RoomSaving& saving;
        StepWriter& writer;
        Telling& telling;
        Ephemeral& ephemeral;
        RoomVoice& voice;
        /// Decides on it, applies that and writes it down.
        std::function<domain::Outcome(const domain::Input&)> step;
    };

    explicit Connections(Parts parts) : parts_{std::move(parts)}, present_{parts_.room} {}

    Present& present() { return present_; }
    const Present& present() const { return present_; }

    /// Takes a connection in. `taken` gets its id before anything is sent. A refused one is closed.
    void arrive(Arrival arrival, const std::function<void(ConnectionId)>& taken);
    /// The line broke, or was silent since `silence` ago.
    void lost(ConnectionId connection, std::optional<base::Milliseconds> silence);
    void left(ConnectionId connection);
    /// Whoever they were let in as, they are no longer.
    void shut_out(PersonId person);

    /// Says goodbye. The room knows of it, or is told later (catch_up).
    void hang_up(ConnectionId connection, CloseCode code, std::int64_t retry_after_ms = 0);
    void hang_up_all(CloseCode code, std::int64_t retry_after_ms = 0);
    /// Those who are here and those of whom the room knows become the same again. Where it can be saved.
    void catch_up();

    /// Takes no more.
    void shut() { is_shut_ = true; }
    bool is_shut() const { return is_shut_; }

private:
    /// Opens the connection in the room; or the reason to close it.
    std::optional<CloseCode> take_in(const Arrival& arrival, ConnectionId connection);
    void end(ConnectionId connection, CloseCode code, const domain::Input& ended, base::RoomTime at);

    const Parts parts_;
    Present present_;
    bool is_shut_ = false;
};

}  // namespace etakahvila::runtime
