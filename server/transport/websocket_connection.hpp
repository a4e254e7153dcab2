#pragma once

// One client in a room. Beast shakes hands and reads; whatever is to be sent, by the room, by us
// or by Beast itself (pongs, close frames), goes through one queue with one writer, so two
// writers cannot meet.

#include <deque>
#include <optional>

#include "base/token_bucket.hpp"
#include "runtime/line.hpp"
#include "runtime/room_host.hpp"
#include "transport/beast.hpp"
#include "transport/doors.hpp"
#include "transport/frame_meter.hpp"
#include "transport/line_times.hpp"
#include "transport/outgoing.hpp"
#include "transport/stream.hpp"
#include "transport/worker.hpp"

namespace etakahvila::transport {

inline constexpr std::size_t message_bytes_max = 16 * 1024;
/// What may wait for one client when something more is to be sent; above it: slow_reader.
inline constexpr std::size_t waiting_bytes_max = 256 * 1024;
inline constexpr milliseconds hello_within{10'000};
inline constexpr milliseconds beat_every{5'000};
inline constexpr milliseconds dead_after{15'000};
inline constexpr milliseconds close_within{3'000};
/// Frames of any kind; ten times the commands that a person may send.
inline constexpr double frames_per_second = 10 * runtime::commands_per_second;
inline constexpr double frames_burst = 10 * runtime::commands_burst;
/// Sent before the room has given the connection its place.
inline constexpr std::size_t early_commands_max = 64;

class WebsocketConnection;

/// The byte stream that Beast sees: reads are metered, writes go to the connection's queue.
class FrameGate {
public:
    using executor_type = Stream::executor_type;

    explicit FrameGate(WebsocketConnection& connection) : connection_{connection} {}

    executor_type get_executor();
    Socket& socket();

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& into, Token&& token) {
        return async_attempt(*this, [this, first = Stream::first_of(into)] { return read(first); }, std::forward<Token>(token));
    }

    template <class Buffers, class Token>
    auto async_write_some(const Buffers& from, Token&& token) {
        return async_attempt(*this, [this, from] { return write(beast::buffers_to_string(from)); }, std::forward<Token>(token));
    }

    void tear_down();

private:
    Attempt read(asio::mutable_buffer into);
    Attempt write(std::string bytes);

    WebsocketConnection& connection_;
};

void teardown(beast::role_type, FrameGate& gate, error_code& error);
void beast_close_socket(FrameGate& gate);

template <class Handler>
void async_teardown(beast::role_type, FrameGate& gate, Handler&& handler) {
    gate.tear_down();
    asio::post(gate.get_executor(), beast::bind_front_handler(std::forward<Handler>(handler), error_code{}));
}

class WebsocketConnection final : public runtime::Line, public Visited, public Flushed, public std::enable_shared_from_this<WebsocketConnection> {
public:
    using Upgrade = http::request<http::string_body>;

    /// Answers the upgrade, which has been found good, and goes on by itself. `read_ahead`: what
    /// the client sent right behind it.
    static void serve(Worker& worker, const Doors& doors, Stream stream, Doorstep::Place place, const Upgrade& upgrade, std::string read_ahead,
                      const std::vector<HeaderField>& fields);

    WebsocketConnection(Worker& worker, const Doors& doors, Stream stream, Doorstep::Place place, std::string read_ahead);
    ~WebsocketConnection() override;

    // ---- Line
    void send(runtime::Frame frame) override;
    void close(runtime::CloseCode code, std::int64_t retry_after_ms) override;

    // ---- Visited
    milliseconds visit(milliseconds now) override;
    void stop() override { close(runtime::CloseCode::restart, 0); }

    // ---- Flushed
    void flush() override;

private:
    friend class FrameGate;

    /// `closing`: goodbye has been said, the client's is awaited. `lingering`: all has been read
    /// that makes sense; what was said is still on its way.
    enum class State : std::uint8_t { shaking_hands, awaiting_hello, arriving, in_room, closing, lingering, ended };

    void accept(const Upgrade& upgrade, const std::vector<HeaderField>& fields);
    void read();
    void was_read(error_code error);
    void take(std::string_view message);
    void take(protocol::Hello&& hello);
    void take(protocol::CommandFrame&& command);
    void take(protocol::Leave&&);
    void arrive(const runtime::Pass& pass, protocol::Hello&& hello, std::shared_ptr<runtime::RoomHost> room);
    void taken(protocol::ConnectionId connection);
    void beat(milliseconds now);
    void answered(std::string_view ping);

    Attempt read_some(asio::mutable_buffer into);
    Attempt write_some(std::string bytes);
    bool is_open() const { return state_ < State::closing; }
    void close_with(runtime::CloseCode code, std::int64_t retry_after_ms, std::optional<milliseconds> silence);
    void reading_ended(error_code error);
    void linger();
    void end();
    void tell_lost(std::optional<milliseconds> silence);
    void deadline(milliseconds at);
    void count_close(std::uint16_t code);

    Worker& worker_;
    const Doors& doors_;
    Stream stream_;
    websocket::stream<FrameGate, false> socket_;
    Doorstep::Place place_;
    std::string read_ahead_;
    beast::flat_buffer buffer_;
    FrameMeter meter_;
    base::TokenBucket frames_{frames_per_second, frames_burst};

    Outgoing outgoing_;
    bool is_waiting_to_write_ = false;
    bool is_flush_due_ = false;

    State state_ = State::shaking_hands;
    milliseconds deadline_{};
    milliseconds heard_at_{};
    milliseconds beat_at_{};
    milliseconds pinged_at_{-1};
    LineTimes times_;

    std::shared_ptr<runtime::RoomHost> room_;
    protocol::Role role_{};
    protocol::ConnectionId connection_;
    bool has_told_ = false;
    bool has_left_ = false;
    std::deque<protocol::CommandFrame> early_;
};

}  // namespace etakahvila::transport
