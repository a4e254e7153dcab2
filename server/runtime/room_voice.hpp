#pragma once

// Voice in one room, on the room's thread: who has a socket, and whom the floor lets be heard. Each frame
// is asked for its right to pass here, where the floor is.
//
// The floor closes at once, and opens when it is durable:
// - After the step in which a turn ends not one frame of it passes.
// - Nobody is heard, or told that they may speak, before their turn is on stable storage.

#include <map>
#include <memory>
#include <set>

#include "base/clock.hpp"
#include "domain/room/beyond.hpp"
#include "runtime/present.hpp"
#include "runtime/step_writer.hpp"
#include "runtime/telling.hpp"
#include "runtime/ticket_office.hpp"
#include "runtime/voice_hub.hpp"
#include "voice/figures.hpp"
#include "voice/relay.hpp"

namespace etakahvila::runtime {

/// Sockets of voice beside one line: a person's devices, and those that are lost and not yet counted so.
inline constexpr std::ptrdiff_t voices_per_connection_max = 4;

/// What voice_hello asked for.
struct VoiceArrival {
    Pass pass;
    std::shared_ptr<VoiceLine> line;
    /// Of the worker that serves the line.
    std::shared_ptr<VoiceHub> hub;
    bool listens{};
};

/// A frame on its way to the room: as its listeners get it, but for the speaker.
struct SpokenFrame {
    std::string message;
    std::uint8_t flags{};
};

class RoomVoice {
public:
    /// The room whose voice it is, who is in it, what they are told, and where what is to be durable first is held.
    /// They stay where they are.
    struct Parts {
        protocol::SessionId session;
        const base::Clock& clock;
        voice::Figures& figures;
        const domain::Room& room;
        Present& present;
        TicketOffice& tickets;
        Telling& telling;
        StepWriter& writer;
    };

    explicit RoomVoice(const Parts& parts) : parts_{parts} {}

    bool is_empty() const { return voices_.empty(); }

    /// Answers the connection with a ticket for voice, or that there is none.
    void ask_ticket(protocol::ConnectionId connection);
    /// The pass has been found good. The socket is told who speaks, and whether it may; or it is closed: where there
    /// is no voice now, no connection of the room that it is beside, or too many sockets beside that.
    void arrive(VoiceArrival arrival);
    /// The socket has ended by itself.
    void lost(voice::VoiceId voice);
    void speak(voice::VoiceId voice, SpokenFrame frame);

    /// A step has been applied to the room.
    void follow(const domain::Beyond& beyond);
    /// A connection of the room is hung up: when that is durable, so are its sockets.
    void hang_up(protocol::ConnectionId connection, CloseCode code);
    /// The room is as it was before: so is its floor, and sockets beside connections that are not here are closed.
    void go_back();

private:
    struct Voice {
        protocol::PersonId person;
        protocol::ConnectionId connection;
        std::shared_ptr<VoiceHub> hub;
        bool listens{};
        bool was_told_may{};
    };
    using Voices = std::map<voice::VoiceId, Voice>;

    std::optional<CloseCode> why_not(protocol::ConnectionId connection) const;

    /// Follows the floor as it is decided. Who may no longer be heard is silent at once. Who may be heard from now on
    /// speaks when the decision is durable.
    void follow_floor();
    /// Follows a floor that has become durable: who is let by it, and still is, may speak.
    void open_to(const voice::Floor& floor);

    void end_of(protocol::ConnectionId connection, CloseCode code);
    void end_all(CloseCode code);

    /// A note for the line, by way of its hub.
    template <class Note>
    void to_line(voice::VoiceId id, const Voice& voice, Note note) const;
    Voices::iterator end_one(Voices::iterator at, std::optional<CloseCode> code);

    const Parts parts_;
    const std::shared_ptr<voice::EncoderPlaces> encoders_ = std::make_shared<voice::EncoderPlaces>();
    voice::Relay relay_;
    /// As the floor stands, durable or not.
    voice::Floor decided_;
    Voices voices_;
    /// Those with listeners, and how many.
    std::map<std::shared_ptr<VoiceHub>, std::size_t> listening_;
    voice::VoiceId last_voice_{};
};

}  // namespace etakahvila::runtime
