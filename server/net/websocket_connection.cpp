#include "net/websocket_connection.hpp"

#include "base/json.hpp"
#include "base/secret.hpp"
#include "runtime/command_id.hpp"

namespace etakahvila::net {
namespace {

using runtime::CloseCode;

constexpr std::int64_t version_spoken = 1;

/// After a restart the staff come back first, and nobody all at once.
std::int64_t spread_ms(protocol::Role role) {
    std::uint32_t dice{};
    base::fill_random(std::as_writable_bytes(std::span{&dice, 1}));
    return dice % (domain::is_staff(role) ? 500 : 3000);
}

}  // namespace

void WebsocketConnection::serve(Worker& worker, const Services& services, Stream stream, Newcomers::Place place,
    const Upgrade& upgrade, std::string read_ahead, const std::vector<HeaderField>& fields) {
    const auto connection = std::make_shared<WebsocketConnection>(
        worker, services, std::move(stream), std::move(place), std::move(read_ahead));
    connection->accept(upgrade, fields);
}

WebsocketConnection::WebsocketConnection(
    Worker& worker, const Services& services, Stream stream, Newcomers::Place place, std::string read_ahead)
    : WebsocketPeer{worker, services, std::move(stream), std::move(place), std::move(read_ahead),
          {.message_bytes_max = message_bytes_max, .waiting_bytes_max = waiting_bytes_max}} {}

std::shared_ptr<WebsocketConnection> WebsocketConnection::self() {
    return std::static_pointer_cast<WebsocketConnection>(shared_from_this());
}

// ----------------------------------------------------------------------------------- coming in

void WebsocketConnection::take(std::string_view message, bool is_text) {
    if (!is_text) return close(CloseCode::bad_frame, 0);
    static thread_local simdjson::dom::parser parser{message_bytes_max};
    auto frame = base::json::from_text<protocol::ClientFrame>(parser, message);
    if (std::holds_alternative<base::json::Fault>(frame)) {
        auto id = runtime::command_id_of(message);
        return id ? ask(std::move(*id), {}) : close(CloseCode::bad_frame, 0);
    }
    std::visit([this](auto&& one) { take(std::forward<decltype(one)>(one)); },
        std::get<protocol::ClientFrame>(std::move(frame)));
}

void WebsocketConnection::take(protocol::Hello&& hello) {
    if (state() != State::awaiting_hello) return close(CloseCode::bad_frame, 0);
    if (hello.version != version_spoken) return close(CloseCode::version, 0);
    const auto [pass, wait] = services().tickets.redeem(hello.ticket, worker().clock().monotonic());
    if (wait.count() > 0) return close(CloseCode::flood, wait.count());
    if (!pass) return close(CloseCode::bad_ticket, 0);
    arriving();
    role_ = pass->role;
    services().rooms.find(pass->session,
        [self = this->self(), pass = *pass, hello = std::move(hello)](std::shared_ptr<runtime::RoomHost> room) mutable {
            self->worker().post([self, pass, hello = std::move(hello), room = std::move(room)]() mutable {
                self->arrive(pass, std::move(hello), std::move(room));
            });
        });
}

void WebsocketConnection::arrive(
    const runtime::Pass& pass, protocol::Hello&& hello, std::shared_ptr<runtime::RoomHost> room) {
    if (!is_open()) return;
    if (!room) return close(CloseCode::bad_ticket, 0);
    room_ = std::move(room);
    const auto self = this->self();
    room_->arrive({.pass = pass,
                      .line = self,
                      .hub = worker().hub(),
                      .device = std::move(hello.device),
                      .resume = std::move(hello.resume)},
        [self](protocol::ConnectionId connection) {
            self->worker().post([self, connection] { self->taken(connection); });
        });
}

void WebsocketConnection::taken(protocol::ConnectionId connection) {
    connection_ = connection;
    if (!is_open()) return line_ended({});
    greeted(room_->session(), connection);
    for (auto& [id, command] : std::exchange(early_, {}))
        room_->command(connection_, std::move(id), std::move(command));
}

// ------------------------------------------------------------------------------------- the talk

void WebsocketConnection::take(protocol::CommandFrame&& command) {
    ask(std::move(command.id), std::move(command.command));
}

void WebsocketConnection::ask(std::string command_id, std::optional<protocol::Command> command) {
    if (state() == State::awaiting_hello) return close(CloseCode::no_hello, 0);
    if (state() == State::arriving) {
        if (early_.size() >= early_commands_max) return close(CloseCode::flood, 0);
        early_.emplace_back(std::move(command_id), std::move(command));
        return;
    }
    room_->command(connection_, std::move(command_id), std::move(command));
}

/// Before the room has given a place nobody has a turn, and a ticket can be asked for again.
void WebsocketConnection::take(protocol::AskVoiceTicket&&) {
    if (state() == State::awaiting_hello) return close(CloseCode::no_hello, 0);
    if (state() == State::greeted) room_->ask_voice_ticket(connection_);
}

void WebsocketConnection::take(protocol::Caption&& line) {
    if (state() == State::awaiting_hello) return close(CloseCode::no_hello, 0);
    if (state() == State::greeted) room_->write_speech(connection_, std::move(line));
}

void WebsocketConnection::take(protocol::Leave&&) {
    if (state() == State::awaiting_hello) return close(CloseCode::no_hello, 0);
    has_left_ = true;
    close(CloseCode::left, 0);
}

void WebsocketConnection::beat() { send(worker().heartbeat_of(*room_)); }

void WebsocketConnection::measured() {
    if (!room_->wants_line_times()) return;
    if (const auto figure = times().figure()) room_->line_times(connection_, *figure);
}

// ------------------------------------------------------------------------------------ the end

void WebsocketConnection::say_goodbye(CloseCode code, std::int64_t retry_after_ms) {
    if (code == CloseCode::restart) retry_after_ms += spread_ms(role_);
    protocol::Goodbye goodbye{.code = static_cast<std::int64_t>(code), .retry_after_ms = {}};
    if (retry_after_ms != 0) goodbye.retry_after_ms = retry_after_ms;
    outgoing().add_message(std::make_shared<const std::string>(base::json::to_text(protocol::ServerFrame{goodbye})));
}

void WebsocketConnection::line_ended(std::optional<milliseconds> silence) {
    if (!room_ || !connection_ || std::exchange(has_told_, true)) return;
    early_.clear();
    if (has_left_) {
        room_->left(connection_);
    } else {
        room_->lost(connection_, silence);
    }
}

}  // namespace etakahvila::net
