#pragma once

// One socket of voice: what a speaker sends, and what a listener hears. It is bound to a connection
// of the room and ends with it.

#include "protocol/voice.hpp"
#include "net/websocket_peer.hpp"
#include "voice/speaker_gate.hpp"

namespace etakahvila::net {

/// A frame of samples is 648 bytes. One that is a little too large is dropped. One that is larger than this
/// closes the socket (RFC 6455: 1009).
inline constexpr std::size_t voice_message_bytes_max = std::size_t{2} * 1024;
/// What may wait for one listener, about a second of one speaker: further frames are dropped.
inline constexpr std::size_t voice_waiting_bytes_max = std::size_t{4} * 1024;
/// Texts too: then the line is given up as slow_reader.
inline constexpr std::size_t voice_texts_waiting_bytes_max = std::size_t{6} * 1024;
/// What the system may hold for one listener, and of that what it has not even sent: the less it
/// holds the less old speech a slow line gets.
inline constexpr int voice_send_buffer_bytes = 16 * 1024;
inline constexpr int voice_unsent_bytes_max = 1024;

class VoiceConnection final : public runtime::VoiceLine, public WebsocketPeer {
public:
    /// As WebsocketConnection's.
    static void serve(Worker& worker, const Services& services, Stream stream, Newcomers::Place place,
        const Upgrade& upgrade, std::string read_ahead, const std::vector<HeaderField>& fields);

    VoiceConnection(
        Worker& worker, const Services& services, Stream stream, Newcomers::Place place, std::string read_ahead);

    // ---- VoiceLine
    void seated(const Seated& seated) override;
    void say(runtime::Frame text) override { send_message(std::move(text)); }
    void hear(const runtime::Frame& frame) override;
    void may_speak(bool may) override;
    void close(runtime::CloseCode code) override { close_with(code, 0, {}); }

private:
    std::shared_ptr<VoiceConnection> self();

    // ---- WebsocketPeer
    void take(std::string_view message, bool is_text) override;
    void line_ended(std::optional<milliseconds> silence) override;

    void take(protocol::VoiceHello&& hello);
    void arrive(const runtime::Pass& pass, bool listens, std::shared_ptr<runtime::RoomHost> room);
    void speak(std::string_view message);
    /// As Opus; nothing when there is nothing to be passed on yet, or nobody to encode it.
    std::optional<voice::Frame> encoded(const voice::Frame& samples);

    std::shared_ptr<runtime::RoomHost> room_;
    protocol::ConnectionId room_line_;
    Seated seated_;
    voice::SpeakerGate gate_;
    /// As the room has told last. The room is asked all the same.
    bool may_speak_ = false;
    std::optional<voice::SampleEncoder> encoder_;
};

}  // namespace etakahvila::net
