#pragma once

// A client over a WebSocket, whatever it came for. Beast shakes hands and reads. All that is sent goes
// through one queue with one writer: what others say to the client, what we say, and what Beast says by
// itself (pongs, close frames). So two writers cannot meet.
//
// What is said is the business of those who derive from this: WebsocketConnection (the room) and
// VoiceConnection.

#include <optional>

#include "base/token_bucket.hpp"
#include "runtime/line.hpp"
#include "runtime/room_host.hpp"
#include "net/beast.hpp"
#include "net/services.hpp"
#include "net/frame_meter.hpp"
#include "net/line_times.hpp"
#include "net/outgoing.hpp"
#include "net/stream.hpp"
#include "net/worker.hpp"

namespace etakahvila::net {

inline constexpr milliseconds hello_within{10'000};
inline constexpr milliseconds beat_every{5'000};
inline constexpr milliseconds dead_after{15'000};
inline constexpr milliseconds close_within{3'000};
/// Frames of any kind; ten times the commands that a person may send.
inline constexpr double frames_per_second = 10 * runtime::commands_per_second;
inline constexpr double frames_burst = 10 * runtime::commands_burst;

class WebsocketPeer;

/// The byte stream that Beast sees: reads are metered, writes go to the connection's queue.
class FrameGate {
public:
    using executor_type = Stream::executor_type;

    explicit FrameGate(WebsocketPeer& peer) : peer_{peer} {}

    executor_type get_executor();
    Socket& socket();

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& into, Token&& token) {
        return async_attempt(
            *this, [this, first = Stream::first_of(into)] { return read(first); }, std::forward<Token>(token));
    }

    template <class Buffers, class Token>
    auto async_write_some(const Buffers& from, Token&& token) {
        return async_attempt(
            *this, [this, from] { return write(beast::buffers_to_string(from)); }, std::forward<Token>(token));
    }

    void tear_down();

private:
    Attempt read(asio::mutable_buffer into);
    Attempt write(std::string bytes);

    WebsocketPeer& peer_;
};

void teardown(beast::role_type, FrameGate& gate, error_code& error);
void beast_close_socket(FrameGate& gate);

template <class Handler>
void async_teardown(beast::role_type, FrameGate& gate, Handler&& handler) {
    gate.tear_down();
    asio::post(gate.get_executor(), beast::bind_front_handler(std::forward<Handler>(handler), error_code{}));
}

class WebsocketPeer : public Visited, public std::enable_shared_from_this<WebsocketPeer> {
public:
    using Upgrade = http::request<http::string_body>;

    struct Limits {
        std::size_t message_bytes_max;
        /// What may wait for the client when something more is to be sent; above it: slow_reader. A
        /// greeting may be larger, and is sent however slowly the line takes it: what waits behind it counts.
        std::size_t waiting_bytes_max;
    };

    ~WebsocketPeer() override;

    /// Answers the upgrade, which has been found good, and goes on by itself.
    void accept(const Upgrade& upgrade, const std::vector<HeaderField>& fields);

    // ---- Visited
    milliseconds visit(milliseconds now) override;
    void stop() override { close_with(runtime::CloseCode::restart, 0, {}); }

    /// Round-trip times of the last minute.
    const LineTimes& times() const { return times_; }

protected:
    /// `closing`: goodbye has been said, the client's is awaited. `lingering`: all has been read
    /// that makes sense; what was said is still on its way.
    enum class State : std::uint8_t { shaking_hands, awaiting_hello, arriving, greeted, closing, lingering, ended };

    /// `read_ahead`: what the client sent right behind the upgrade.
    WebsocketPeer(Worker& worker, const Services& services, Stream stream, Newcomers::Place place,
        std::string read_ahead, Limits limits);

    // ---- what each kind of client is about

    /// A whole message, while the connection is open.
    virtual void take(std::string_view message, bool is_text) = 0;
    /// Every `beat_every`, after the ping.
    virtual void beat() {}
    /// The client has answered a ping, and has been greeted.
    virtual void measured() {}
    /// The last message, before the close frame.
    virtual void say_goodbye(runtime::CloseCode, std::int64_t /*retry_after_ms*/) {}
    /// The client is no longer there. It was closed, has closed, broke off, or was silent for so long.
    /// Called at least once, and again for each further sign of it.
    virtual void line_ended(std::optional<milliseconds> silence) = 0;

    // ---- for their use

    Worker& worker() { return worker_; }
    const Services& services() const { return services_; }
    Stream& stream() { return stream_; }
    Outgoing& outgoing() { return outgoing_; }
    State state() const { return state_; }
    bool is_open() const { return state_ < State::closing; }
    /// Hello was good, and the room is asked.
    void arriving() { state_ = State::arriving; }
    /// The room has given the connection its place: it beats from now on.
    void greeted(protocol::SessionId session, protocol::ConnectionId connection);
    /// Sent after all that was sent before, at the end of this turn of the loop.
    void send_message(runtime::Frame frame, Outgoing::Opcode opcode = Outgoing::Opcode::text);
    void send_greeting(runtime::Frame frame);
    /// Once, after all that this turn of the loop has for the client.
    void flush_soon();
    void close_with(runtime::CloseCode code, std::int64_t retry_after_ms, std::optional<milliseconds> silence);

private:
    friend class FrameGate;

    void read();
    void was_read(error_code error);
    void ping(milliseconds now);
    void answered(std::string_view ping);
    Attempt read_some(asio::mutable_buffer into);
    Attempt write_some(std::string bytes);
    void flush();
    void reading_ended(error_code error);
    void linger();
    void end();
    void deadline(milliseconds at);
    void count_close(std::uint16_t code);

    Worker& worker_;
    const Services& services_;
    const Limits limits_;
    Stream stream_;
    websocket::stream<FrameGate, false> socket_;
    Newcomers::Place place_;
    std::string read_ahead_;
    beast::flat_buffer buffer_;
    FrameMeter meter_;
    base::TokenBucket frames_{frames_per_second, frames_burst};

    Outgoing outgoing_;
    /// Of what waits, what is the greeting or goes before it.
    std::size_t greeting_bytes_ = 0;
    bool is_waiting_to_write_ = false;
    bool is_flush_due_ = false;

    State state_ = State::shaking_hands;
    milliseconds deadline_{};
    milliseconds heard_at_{};
    milliseconds beat_at_{};
    milliseconds pinged_at_{-1};
    LineTimes times_;

    protocol::SessionId session_;
    protocol::ConnectionId connection_;
};

}  // namespace etakahvila::net
