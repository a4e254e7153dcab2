#pragma once

// One client in a room.

#include <deque>

#include "net/websocket_peer.hpp"

namespace etakahvila::net {

inline constexpr std::size_t message_bytes_max = std::size_t{16} * 1024;
inline constexpr std::size_t waiting_bytes_max = std::size_t{256} * 1024;
/// Sent before the room has given the connection its place.
inline constexpr std::size_t early_commands_max = 64;

class WebsocketConnection final : public runtime::Line, public WebsocketPeer {
public:
    /// Answers the upgrade, which has been found good, and goes on by itself. `read_ahead`: what
    /// the client sent right behind it.
    static void serve(Worker& worker, const Services& services, Stream stream, Newcomers::Place place,
        const Upgrade& upgrade, std::string read_ahead, const std::vector<HeaderField>& fields);

    WebsocketConnection(
        Worker& worker, const Services& services, Stream stream, Newcomers::Place place, std::string read_ahead);

    // ---- Line
    void send(runtime::Frame frame) override { send_message(std::move(frame)); }
    void greet(runtime::Frame frame) override { send_greeting(std::move(frame)); }
    void close(runtime::CloseCode code, std::int64_t retry_after_ms) override { close_with(code, retry_after_ms, {}); }

private:
    std::shared_ptr<WebsocketConnection> self();

    // ---- WebsocketPeer
    void take(std::string_view message, bool is_text) override;
    void beat() override;
    void measured() override;
    void say_goodbye(runtime::CloseCode code, std::int64_t retry_after_ms) override;
    void line_ended(std::optional<milliseconds> silence) override;

    void take(protocol::Hello&& hello);
    void take(protocol::CommandFrame&& command);
    /// Without a command: its id alone could be read.
    void ask(std::string command_id, std::optional<protocol::Command> command);
    void take(protocol::AskVoiceTicket&&);
    void take(protocol::Caption&& line);
    void take(protocol::Leave&&);
    void arrive(const runtime::Pass& pass, protocol::Hello&& hello, std::shared_ptr<runtime::RoomHost> room);
    void taken(protocol::ConnectionId connection);

    std::shared_ptr<runtime::RoomHost> room_;
    protocol::Role role_{};
    protocol::ConnectionId connection_;
    bool has_told_ = false;
    bool has_left_ = false;
    std::deque<std::pair<std::string, std::optional<protocol::Command>>> early_;
};

}  // namespace etakahvila::net
