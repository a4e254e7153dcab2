#include "net/websocket_peer.hpp"

#include <charconv>

namespace etakahvila::net {
namespace {

using runtime::CloseCode;

constexpr std::size_t gathered_max = Stream::buffers_max;

std::string_view name_of(CloseCode code) {
    switch (code) {
        case CloseCode::bad_frame: return "bad_frame";
        case CloseCode::no_hello: return "no_hello";
        case CloseCode::slow_reader: return "slow_reader";
        case CloseCode::gap: return "gap";
        case CloseCode::silent: return "silent";
        case CloseCode::restart: return "restart";
        case CloseCode::room_line_gone: return "room_line_gone";
        case CloseCode::flood: return "flood";
        case CloseCode::too_many_lines: return "too_many_lines";
        case CloseCode::bad_ticket: return "bad_ticket";
        case CloseCode::removed: return "removed";
        case CloseCode::session_over: return "session_over";
        case CloseCode::version: return "version";
        case CloseCode::left: return "left";
        case CloseCode::voice_off: return "voice_off";
    }
    return {};
}

/// Which of RFC 6455's codes Beast has answered with.
std::uint16_t code_of(error_code error) {
    if (error == websocket::error::bad_frame_payload) return websocket::close_code::bad_payload;
    if (error == websocket::error::message_too_big || error == websocket::error::buffer_overflow)
        return websocket::close_code::too_big;
    return websocket::close_code::protocol_error;
}

bool is_of_framing(error_code error) { return error.category() == error_code{websocket::error::closed}.category(); }

}  // namespace

// ------------------------------------------------------------------------------------------ gate

FrameGate::executor_type FrameGate::get_executor() { return peer_.stream_.get_executor(); }
Socket& FrameGate::socket() { return peer_.stream_.socket(); }
Attempt FrameGate::read(asio::mutable_buffer into) { return peer_.read_some(into); }
Attempt FrameGate::write(std::string bytes) { return peer_.write_some(std::move(bytes)); }
void FrameGate::tear_down() { peer_.flush(); }

void teardown(beast::role_type, FrameGate& gate, error_code& error) {
    gate.tear_down();
    error = {};
}
void beast_close_socket(FrameGate& gate) {
    error_code ignored;
    (void)gate.socket().close(ignored);
}

// ----------------------------------------------------------------------------------- coming in

WebsocketPeer::WebsocketPeer(Worker& worker, const Services& services, Stream stream, Newcomers::Place place,
    std::string read_ahead, Limits limits)
    : worker_{worker},
      services_{services},
      limits_{limits},
      stream_{std::move(stream)},
      socket_{*this},
      place_{std::move(place)},
      read_ahead_{std::move(read_ahead)} {
    ++worker_.metrics().websockets_open;
    heard_at_ = worker_.now();
}

WebsocketPeer::~WebsocketPeer() {
    --worker_.metrics().websockets_open;
    --worker_.metrics().connections_open;
}

void WebsocketPeer::accept(const Upgrade& upgrade, const std::vector<HeaderField>& fields) {
    socket_.read_message_max(limits_.message_bytes_max);
    socket_.set_option(websocket::stream_base::decorator([&](websocket::response_type& response) {
        for (const auto& field : fields) response.set(field.name, field.value);
    }));
    socket_.control_callback([this](websocket::frame_type kind, beast::string_view payload) {
        if (kind == websocket::frame_type::pong) answered({payload.data(), payload.size()});
    });
    place_.hand_over([weak = weak_from_this()] {
        if (const auto self = weak.lock()) {
            ++self->worker_.metrics().connections_sent_away;
            self->end();
        }
    });
    deadline(worker_.now() + hello_within);
    socket_.async_accept(upgrade, [self = shared_from_this()](error_code error) {
        if (error || self->state_ != State::shaking_hands) return self->reading_ended(error);
        self->state_ = State::awaiting_hello;
        self->read();
    });
}

void WebsocketPeer::read() {
    socket_.async_read(buffer_, [self = shared_from_this()](error_code error, std::size_t) { self->was_read(error); });
}

void WebsocketPeer::was_read(error_code error) {
    if (error) return reading_ended(error);
    if (is_open()) {
        ++worker_.metrics().frames_received;
        const auto bytes = buffer_.cdata();
        take({static_cast<const char*>(bytes.data()), bytes.size()}, socket_.got_text());
    }
    buffer_.clear();
    if (state_ != State::ended) read();
}

void WebsocketPeer::greeted(protocol::SessionId session, protocol::ConnectionId connection) {
    state_ = State::greeted;
    session_ = session;
    connection_ = connection;
    place_.leave();
    ++worker_.metrics().hellos;
    const auto now = worker_.now();
    // A room's connections beat together, rooms apart.
    const milliseconds phase{session.value * Wheel::tick.count() % beat_every.count()};
    beat_at_ = now - (now - phase) % beat_every + beat_every;
    deadline(std::min(beat_at_, heard_at_ + dead_after));
}

// ------------------------------------------------------------------------------------- the talk

void WebsocketPeer::send_message(runtime::Frame frame, Outgoing::Opcode opcode) {
    if (!is_open()) return;
    const auto is_too_much = [this] { return outgoing_.bytes() > limits_.waiting_bytes_max + greeting_bytes_; };
    if (is_too_much()) flush();
    if (is_too_much()) return close_with(CloseCode::slow_reader, 0, {});
    outgoing_.add_message(std::move(frame), opcode);
    ++worker_.metrics().frames_sent;
    flush_soon();
}

void WebsocketPeer::send_greeting(runtime::Frame frame) {
    send_message(std::move(frame));
    greeting_bytes_ = outgoing_.bytes();
}

void WebsocketPeer::flush_soon() {
    if (is_flush_due_ || is_waiting_to_write_) return;
    is_flush_due_ = true;
    auto& gathered = worker_.to_flush();
    gathered.push_back(shared_from_this());
    if (gathered.size() > 1) return;
    asio::post(worker_.context(), [&worker = worker_] {
        for (const auto& peer : std::exchange(worker.to_flush(), {})) peer->flush();
    });
}

/// The only writer of the socket.
void WebsocketPeer::flush() {
    is_flush_due_ = false;
    if (is_waiting_to_write_ || state_ == State::ended) return;
    std::array<asio::const_buffer, gathered_max> pieces;
    while (!outgoing_.is_empty()) {
        const auto count = outgoing_.gather(pieces);
        const auto attempt = stream_.try_write({pieces.data(), count});
        if (!attempt.is_done()) {
            is_waiting_to_write_ = true;
            const auto side = attempt.wait == Attempt::Wait::readable ? Socket::wait_read : Socket::wait_write;
            stream_.socket().async_wait(side, [self = shared_from_this()](error_code error) {
                self->is_waiting_to_write_ = false;
                if (!error) self->flush();
            });
            return;
        }
        if (attempt.error) return end();
        ++worker_.metrics().writes;
        worker_.metrics().bytes_sent += static_cast<std::int64_t>(attempt.bytes);
        outgoing_.consume(attempt.bytes);
        greeting_bytes_ -= std::min(greeting_bytes_, attempt.bytes);
    }
    if (state_ == State::lingering) stream_.end_sending();
}

Attempt WebsocketPeer::read_some(asio::mutable_buffer into) {
    Attempt attempt;
    if (!read_ahead_.empty()) {
        attempt.bytes = asio::buffer_copy(into, asio::buffer(read_ahead_));
        read_ahead_.erase(0, attempt.bytes);
    } else {
        attempt = stream_.try_read(into);
    }
    if (attempt.bytes == 0) return attempt;
    heard_at_ = worker_.now();
    if (!is_open()) return attempt;
    const bool is_sound = meter_.read({static_cast<const char*>(into.data()), attempt.bytes});
    bool is_calm = true;
    for (auto count = meter_.take_count(); count != 0; --count) is_calm = frames_.take(heard_at_) && is_calm;
    if (is_sound && is_calm) return attempt;
    close_with(is_sound ? CloseCode::flood : CloseCode::bad_frame, 0, {});
    return {.error = asio::error::connection_aborted};
}

Attempt WebsocketPeer::write_some(std::string bytes) {
    const auto size = bytes.size();
    // After our goodbye Beast has nothing to add.
    if (is_open()) {
        outgoing_.add_bytes(std::move(bytes));
        flush();
        // Pongs too wait for one who does not read.
        if (is_open() && outgoing_.bytes() > limits_.waiting_bytes_max + greeting_bytes_)
            close_with(CloseCode::slow_reader, 0, {});
    }
    return {.bytes = size};
}

// ----------------------------------------------------------------------------------- the beat

milliseconds WebsocketPeer::visit(milliseconds now) {
    if (state_ == State::ended) return now + dead_after;
    if (now < deadline_) return deadline_;
    if (!is_open()) {
        end();
        return now + dead_after;
    }
    if (state_ != State::greeted) {
        close_with(CloseCode::no_hello, 0, {});
        return deadline_;
    }
    if (now - heard_at_ >= dead_after) {
        close_with(CloseCode::silent, 0, now - heard_at_);
        return deadline_;
    }
    if (now >= beat_at_) ping(now);
    if (is_open()) deadline_ = std::min(beat_at_, heard_at_ + dead_after);
    return deadline_;
}

void WebsocketPeer::ping(milliseconds now) {
    beat_at_ += ((now - beat_at_) / beat_every + 1) * beat_every;
    pinged_at_ = now;
    outgoing_.add_control(Outgoing::Opcode::ping, std::to_string(now.count()));
    flush_soon();
    beat();
}

void WebsocketPeer::answered(std::string_view ping) {
    std::int64_t sent_at{};
    const auto [end, error] = std::from_chars(ping.data(), ping.data() + ping.size(), sent_at);
    if (error != std::errc{} || end != ping.data() + ping.size() || milliseconds{sent_at} != pinged_at_) return;
    times_.add(worker_.now() - pinged_at_);
    pinged_at_ = milliseconds{-1};
    if (state_ == State::greeted) measured();
}

// ------------------------------------------------------------------------------------ the end

void WebsocketPeer::close_with(CloseCode code, std::int64_t retry_after_ms, std::optional<milliseconds> silence) {
    if (!is_open()) return;
    state_ = State::closing;
    count_close(static_cast<std::uint16_t>(code));
    line_ended(silence);
    if (code == CloseCode::slow_reader) outgoing_.drop_unsent(stream_.bytes_under_way());
    say_goodbye(code, retry_after_ms);
    const auto number = static_cast<std::uint16_t>(code);
    std::string reason{static_cast<char>(number >> 8), static_cast<char>(number & 0xff)};
    outgoing_.add_control(Outgoing::Opcode::close, reason.append(name_of(code)));
    deadline(worker_.now() + close_within);
    flush();
}

/// The client has closed, broken the rules of framing, or its line broke.
void WebsocketPeer::reading_ended(error_code error) {
    if (state_ == State::ended) return;
    if (is_open()) {
        if (error == websocket::error::closed) {
            count_close(socket_.reason().code);
        } else if (is_of_framing(error)) {
            count_close(code_of(error));
        } else {
            count_close(websocket::close_code::abnormal);
        }
    }
    const bool was_closing = state_ == State::closing;
    state_ = State::lingering;
    line_ended({});
    if (!is_of_framing(error) && !was_closing) return end();
    deadline(worker_.now() + close_within);
    flush();
    // Both have said goodbye and all has been sent: the server hangs up first (RFC 6455 §7.1.1).
    if (error == websocket::error::closed && outgoing_.is_empty()) return end();
    linger();
}

/// What was said last is brought to the client: a socket closed with unread bytes would take it back.
void WebsocketPeer::linger() {
    if (state_ == State::ended) return;
    const auto scratch = buffer_.prepare(4096);
    stream_.async_read_some(asio::mutable_buffer{scratch}, [self = shared_from_this()](error_code error, std::size_t) {
        if (error) return self->end();
        self->linger();
    });
}

void WebsocketPeer::end() {
    if (state_ == State::ended) return;
    state_ = State::ended;
    line_ended({});
    place_.leave();
    stream_.close();
}

void WebsocketPeer::deadline(milliseconds at) {
    deadline_ = at;
    worker_.wheel().put(shared_from_this(), at);
}

void WebsocketPeer::count_close(std::uint16_t code) {
    worker_.metrics().count_close(code);
    worker_.log().info("line_closed", {{"code", code}, {"session", session_}, {"connection", connection_}});
}

}  // namespace etakahvila::net
