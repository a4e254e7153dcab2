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
#include "runtime/ticket_office.hpp"
#include "runtime/voice_hub.hpp"
#include "voice/figures.hpp"
#include "voice/relay.hpp"

namespace etakahvila::runtime {

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
    RoomVoice(protocol::SessionId session, const base::Clock& clock, voice::Figures& figures)
        : session_{session}, clock_{clock}, figures_{figures} {}

    bool is_empty() const { return voices_.empty(); }

    /// The pass has been found good. The socket is told who speaks, and whether it may.
    void arrive(VoiceArrival arrival, int frame_ms);
    /// How many sockets there are beside a connection of the room.
    std::ptrdiff_t count_beside(protocol::ConnectionId connection) const;
    /// The socket has ended by itself.
    void lost(voice::VoiceId voice);
    void speak(voice::VoiceId voice, SpokenFrame frame);

    /// As the floor stands, decided and not yet durable. From now on nobody is heard whom it does not let.
    /// Returns whether it has changed.
    bool close_to(voice::Floor floor);
    /// The floor as it stood in what is durable now. Whoever it lets, and the decided floor still lets, may
    /// speak.
    void open_to(const voice::Floor& floor);

    /// Closes the sockets of one connection of the room, or all.
    void end_of(protocol::ConnectionId connection, CloseCode code);
    void end_all(CloseCode code);
    std::set<protocol::ConnectionId> connections() const;

private:
    struct Voice {
        protocol::PersonId person;
        protocol::ConnectionId connection;
        std::shared_ptr<VoiceHub> hub;
        bool listens{};
        bool was_told_may{};
    };
    using Voices = std::map<voice::VoiceId, Voice>;

    /// A note for the line, by way of its hub.
    template <class Note>
    void to_line(voice::VoiceId id, const Voice& voice, Note note) const;
    Voices::iterator end_one(Voices::iterator at, std::optional<CloseCode> code);

    const protocol::SessionId session_;
    const base::Clock& clock_;
    voice::Figures& figures_;
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
