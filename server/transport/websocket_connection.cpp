#include "transport/websocket_connection.hpp"

#include <charconv>

#include "base/json.hpp"
#include "base/secret.hpp"

namespace etakahvila::transport {
namespace {

using runtime::CloseCode;

constexpr std::int64_t version_spoken = 1;
constexpr std::size_t gathered_max = Stream::buffers_max;

std::string_view name_of(CloseCode code) {
    switch (code) {
        case CloseCode::bad_frame: return "bad_frame";
        case CloseCode::no_hello: return "no_hello";
        case CloseCode::slow_reader: return "slow_reader";
        case CloseCode::gap: return "gap";
        case CloseCode::silent: return "silent";
        case CloseCode::restart: return "restart";
        case CloseCode::flood: return "flood";
        case CloseCode::bad_ticket: return "bad_ticket";
        case CloseCode::removed: return "removed";
        case CloseCode::session_over: return "session_over";
        case CloseCode::version: return "version";
        case CloseCode::left: return "left";
    }
    return {};
}

/// After a restart the staff come back first, and nobody all at once.
std::int64_t spread_ms(protocol::Role role) {
    std::uint32_t dice{};
    base::fill_random(std::as_writable_bytes(std::span{&dice, 1}));
    return dice % (domain::is_staff(role) ? 500 : 3000);
}

/// Which of RFC 6455's codes Beast has answered with.
std::uint16_t code_of(error_code error) {
    if (error == websocket::error::bad_frame_payload) return websocket::close_code::bad_payload;
    if (error == websocket::error::message_too_big || error == websocket::error::buffer_overflow) return websocket::close_code::too_big;
    return websocket::close_code::protocol_error;
}

bool is_of_framing(error_code error) { return error.category() == error_code{websocket::error::closed}.category(); }

}  // namespace

// ------------------------------------------------------------------------------------------ gate

FrameGate::executor_type FrameGate::get_executor() { return connection_.stream_.get_executor(); }
Socket& FrameGate::socket() { return connection_.stream_.socket(); }
Attempt FrameGate::read(asio::mutable_buffer into) { return connection_.read_some(into); }
Attempt FrameGate::write(std::string bytes) { return connection_.write_some(std::move(bytes)); }
void FrameGate::tear_down() { connection_.flush(); }

void teardown(beast::role_type, FrameGate& gate, error_code& error) {
    gate.tear_down();
    error = {};
}
void beast_close_socket(FrameGate& gate) {
    error_code ignored;
    gate.socket().close(ignored);
}

// ----------------------------------------------------------------------------------- coming in

void WebsocketConnection::serve(Worker& worker, const Doors& doors, Stream stream, Doorstep::Place place, const Upgrade& upgrade, std::string read_ahead,
                                const std::vector<HeaderField>& fields) {
    const auto connection = std::make_shared<WebsocketConnection>(worker, doors, std::move(stream), std::move(place), std::move(read_ahead));
    connection->accept(upgrade, fields);
}

WebsocketConnection::WebsocketConnection(Worker& worker, const Doors& doors, Stream stream, Doorstep::Place place, std::string read_ahead)
    : worker_{worker}, doors_{doors}, stream_{std::move(stream)}, socket_{*this}, place_{std::move(place)}, read_ahead_{std::move(read_ahead)} {
    ++worker_.metrics().websockets_open;
    heard_at_ = worker_.now();
}

WebsocketConnection::~WebsocketConnection() {
    --worker_.metrics().websockets_open;
    --worker_.metrics().connections_open;
}

void WebsocketConnection::accept(const Upgrade& upgrade, const std::vector<HeaderField>& fields) {
    socket_.read_message_max(message_bytes_max);
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

void WebsocketConnection::read() {
    socket_.async_read(buffer_, [self = shared_from_this()](error_code error, std::size_t) { self->was_read(error); });
}

void WebsocketConnection::was_read(error_code error) {
    if (error) return reading_ended(error);
    if (is_open()) {
        ++worker_.metrics().frames_received;
        const auto bytes = buffer_.cdata();
        if (socket_.got_text()) {
            take(std::string_view{static_cast<const char*>(bytes.data()), bytes.size()});
        } else {
            close(CloseCode::bad_frame, 0);
        }
    }
    buffer_.clear();
    if (state_ != State::ended) read();
}

void WebsocketConnection::take(std::string_view message) {
    static thread_local simdjson::dom::parser parser{message_bytes_max};
    auto frame = base::json::from_text<protocol::ClientFrame>(parser, message);
    if (std::holds_alternative<base::json::Fault>(frame)) return close(CloseCode::bad_frame, 0);
    std::visit([this](auto&& one) { take(std::move(one)); }, std::get<protocol::ClientFrame>(std::move(frame)));
}

void WebsocketConnection::take(protocol::Hello&& hello) {
    if (state_ != State::awaiting_hello) return close(CloseCode::bad_frame, 0);
    if (hello.version != version_spoken) return close(CloseCode::version, 0);
    const auto pass = doors_.tickets.redeem(hello.ticket, worker_.clock().monotonic());
    if (!pass) return close(CloseCode::bad_ticket, 0);
    state_ = State::arriving;
    role_ = pass->role;
    doors_.rooms.find(pass->session, [self = shared_from_this(), pass = *pass, hello = std::move(hello)](std::shared_ptr<runtime::RoomHost> room) mutable {
        self->worker_.post([self, pass, hello = std::move(hello), room = std::move(room)]() mutable { self->arrive(pass, std::move(hello), std::move(room)); });
    });
}

void WebsocketConnection::arrive(const runtime::Pass& pass, protocol::Hello&& hello, std::shared_ptr<runtime::RoomHost> room) {
    if (!is_open()) return;
    if (!room) return close(CloseCode::bad_ticket, 0);
    room_ = std::move(room);
    const auto self = shared_from_this();
    room_->arrive({.pass = pass, .line = self, .hub = worker_.hub(), .device = std::move(hello.device), .resume = std::move(hello.resume)},
                  [self](protocol::ConnectionId connection) { self->worker_.post([self, connection] { self->taken(connection); }); });
}

void WebsocketConnection::taken(protocol::ConnectionId connection) {
    connection_ = connection;
    if (!is_open()) return tell_lost({});
    state_ = State::in_room;
    place_.leave();
    ++worker_.metrics().hellos;
    const auto now = worker_.now();
    // A room's connections beat together, rooms apart.
    const milliseconds phase{room_->session().value * Wheel::tick.count() % beat_every.count()};
    beat_at_ = now - (now - phase) % beat_every + beat_every;
    deadline(std::min(beat_at_, heard_at_ + dead_after));
    for (auto& command : std::exchange(early_, {})) room_->command(connection_, std::move(command.id), std::move(command.command));
}

// ------------------------------------------------------------------------------------- the talk

void WebsocketConnection::take(protocol::CommandFrame&& command) {
    if (state_ == State::awaiting_hello) return close(CloseCode::no_hello, 0);
    if (state_ == State::arriving) {
        if (early_.size() >= early_commands_max) return close(CloseCode::flood, 0);
        early_.push_back(std::move(command));
        return;
    }
    room_->command(connection_, std::move(command.id), std::move(command.command));
}

void WebsocketConnection::take(protocol::Leave&&) {
    if (state_ == State::awaiting_hello) return close(CloseCode::no_hello, 0);
    has_left_ = true;
    close(CloseCode::left, 0);
}

void WebsocketConnection::send(runtime::Frame frame) {
    if (!is_open()) return;
    if (outgoing_.bytes() > waiting_bytes_max) flush();
    if (outgoing_.bytes() > waiting_bytes_max) return close(CloseCode::slow_reader, 0);
    outgoing_.add_message(std::move(frame));
    ++worker_.metrics().frames_sent;
    if (is_flush_due_ || is_waiting_to_write_) return;
    is_flush_due_ = true;
    worker_.flush_soon(shared_from_this());
}

/// The only writer of the socket.
void WebsocketConnection::flush() {
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
    }
    if (state_ == State::lingering) stream_.end_sending();
}

Attempt WebsocketConnection::read_some(asio::mutable_buffer into) {
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
    close(is_sound ? CloseCode::flood : CloseCode::bad_frame, 0);
    return {.error = asio::error::connection_aborted};
}

Attempt WebsocketConnection::write_some(std::string bytes) {
    const auto size = bytes.size();
    // After our goodbye Beast has nothing to add.
    if (is_open()) {
        outgoing_.add_bytes(std::move(bytes));
        flush();
    }
    return {.bytes = size};
}

// ----------------------------------------------------------------------------------- the beat

milliseconds WebsocketConnection::visit(milliseconds now) {
    if (state_ == State::ended) return now + dead_after;
    if (now < deadline_) return deadline_;
    if (!is_open()) {
        end();
        return now + dead_after;
    }
    if (state_ != State::in_room) {
        close(CloseCode::no_hello, 0);
        return deadline_;
    }
    if (now - heard_at_ >= dead_after) {
        close_with(CloseCode::silent, 0, now - heard_at_);
        return deadline_;
    }
    if (now >= beat_at_) beat(now);
    if (is_open()) deadline_ = std::min(beat_at_, heard_at_ + dead_after);
    return deadline_;
}

void WebsocketConnection::beat(milliseconds now) {
    beat_at_ += ((now - beat_at_) / beat_every + 1) * beat_every;
    pinged_at_ = now;
    outgoing_.add_control(Outgoing::Opcode::ping, std::to_string(now.count()));
    send(worker_.heartbeat_of(*room_));
}

void WebsocketConnection::answered(std::string_view ping) {
    std::int64_t sent_at{};
    const auto [end, error] = std::from_chars(ping.data(), ping.data() + ping.size(), sent_at);
    if (error != std::errc{} || end != ping.data() + ping.size() || milliseconds{sent_at} != pinged_at_) return;
    times_.add(worker_.now() - pinged_at_);
    pinged_at_ = milliseconds{-1};
    if (state_ != State::in_room || !room_->wants_line_times()) return;
    if (const auto figure = times_.figure()) room_->line_times(connection_, *figure);
}

// ------------------------------------------------------------------------------------ the end

void WebsocketConnection::close(CloseCode code, std::int64_t retry_after_ms) { close_with(code, retry_after_ms, {}); }

void WebsocketConnection::close_with(CloseCode code, std::int64_t retry_after_ms, std::optional<milliseconds> silence) {
    if (!is_open()) return;
    state_ = State::closing;
    count_close(static_cast<std::uint16_t>(code));
    tell_lost(silence);
    if (code == CloseCode::slow_reader) outgoing_.drop_unsent(stream_.bytes_under_way());
    if (code == CloseCode::restart) retry_after_ms += spread_ms(role_);

    const auto number = static_cast<std::int64_t>(code);
    protocol::Goodbye goodbye{.code = number, .retry_after_ms = {}};
    if (retry_after_ms != 0) goodbye.retry_after_ms = retry_after_ms;
    outgoing_.add_message(std::make_shared<const std::string>(base::json::to_text(protocol::ServerFrame{goodbye})));
    std::string reason{static_cast<char>(number >> 8), static_cast<char>(number & 0xff)};
    outgoing_.add_control(Outgoing::Opcode::close, reason.append(name_of(code)));
    deadline(worker_.now() + close_within);
    flush();
}

void WebsocketConnection::tell_lost(std::optional<milliseconds> silence) {
    if (has_told_ || !room_ || !connection_) return;
    has_told_ = true;
    if (has_left_) {
        room_->left(connection_);
    } else {
        room_->lost(connection_, silence);
    }
}

/// The client has closed, broken the rules of framing, or its line broke.
void WebsocketConnection::reading_ended(error_code error) {
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
    tell_lost({});
    if (!is_of_framing(error) && !was_closing) return end();
    deadline(worker_.now() + close_within);
    flush();
    // Both have said goodbye and all has been sent: the server hangs up first (RFC 6455 §7.1.1).
    if (error == websocket::error::closed && outgoing_.is_empty()) return end();
    linger();
}

/// What was said last is brought to the client: a socket closed with unread bytes would take it back.
void WebsocketConnection::linger() {
    if (state_ == State::ended) return;
    const auto scratch = buffer_.prepare(4096);
    stream_.async_read_some(asio::mutable_buffer{scratch}, [self = shared_from_this()](error_code error, std::size_t) {
        if (error) return self->end();
        self->linger();
    });
}

void WebsocketConnection::end() {
    if (state_ == State::ended) return;
    state_ = State::ended;
    tell_lost({});
    place_.leave();
    stream_.close();
    early_.clear();
}

void WebsocketConnection::deadline(milliseconds at) {
    deadline_ = at;
    worker_.wheel().put(shared_from_this(), at);
}

void WebsocketConnection::count_close(std::uint16_t code) {
    worker_.metrics().count_close(code);
    worker_.log().info("line_closed", {{"code", code}, {"session", room_ ? room_->session() : protocol::SessionId{}}, {"connection", connection_}});
}

}  // namespace etakahvila::transport
