#include "net/voice_connection.hpp"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include "base/json.hpp"

namespace etakahvila::net {
namespace {

using runtime::CloseCode;

constexpr std::int64_t voice_version_spoken = 1;

/// What cannot be set stays as it is: it is a bound, not a promise.
void keep_little(int socket) {
    ::setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &voice_send_buffer_bytes, sizeof voice_send_buffer_bytes);
    ::setsockopt(socket, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &voice_unsent_bytes_max, sizeof voice_unsent_bytes_max);
}

}  // namespace

void VoiceConnection::serve(Worker& worker, const Services& services, Stream stream, Newcomers::Place place,
    const Upgrade& upgrade, std::string read_ahead, const std::vector<HeaderField>& fields) {
    const auto connection = std::make_shared<VoiceConnection>(
        worker, services, std::move(stream), std::move(place), std::move(read_ahead));
    connection->accept(upgrade, fields);
}

VoiceConnection::VoiceConnection(
    Worker& worker, const Services& services, Stream stream, Newcomers::Place place, std::string read_ahead)
    : WebsocketPeer{worker, services, std::move(stream), std::move(place), std::move(read_ahead),
          {.message_bytes_max = voice_message_bytes_max, .waiting_bytes_max = voice_texts_waiting_bytes_max}} {
    keep_little(this->stream().socket().native_handle());
}

std::shared_ptr<VoiceConnection> VoiceConnection::self() {
    return std::static_pointer_cast<VoiceConnection>(shared_from_this());
}

// ----------------------------------------------------------------------------------- coming in

void VoiceConnection::take(std::string_view message, bool is_text) {
    if (!is_text) return state() == State::awaiting_hello ? close(CloseCode::no_hello) : speak(message);
    static thread_local simdjson::dom::parser parser{voice_message_bytes_max};
    auto frame = base::json::from_text<protocol::VoiceClientFrame>(parser, message);
    if (std::holds_alternative<base::json::Fault>(frame)) return close(CloseCode::bad_frame);
    std::visit([this](auto&& one) { take(std::forward<decltype(one)>(one)); },
        std::get<protocol::VoiceClientFrame>(std::move(frame)));
}

void VoiceConnection::take(protocol::VoiceHello&& hello) {
    if (state() != State::awaiting_hello) return close(CloseCode::bad_frame);
    if (hello.version != voice_version_spoken) return close(CloseCode::version);
    const auto [pass, wait] = services().voice_tickets.redeem(hello.ticket, worker().clock().monotonic());
    if (wait.count() > 0) return close(CloseCode::flood);
    if (!pass) return close(CloseCode::bad_ticket);
    arriving();
    services().rooms.find(pass->session, [self = this->self(), pass = *pass, listens = hello.listen](
                                             std::shared_ptr<runtime::RoomHost> room) mutable {
        self->worker().post(
            [self, pass, listens, room = std::move(room)]() mutable { self->arrive(pass, listens, std::move(room)); });
    });
}

void VoiceConnection::arrive(const runtime::Pass& pass, bool listens, std::shared_ptr<runtime::RoomHost> room) {
    if (!is_open()) return;
    if (!room) return close(CloseCode::bad_ticket);
    room_ = std::move(room);
    room_line_ = pass.connection;
    room_->arrive_voice({.pass = pass, .line = self(), .hub = worker().voice_hub(), .listens = listens});
}

void VoiceConnection::seated(const Seated& seated) {
    seated_ = seated;
    if (!is_open()) return line_ended({});
    greeted(room_->session(), room_line_);
}

// ------------------------------------------------------------------------------------- the talk

void VoiceConnection::speak(std::string_view message) {
    if (state() != State::greeted) return;
    auto& figures = worker().metrics().voice;
    ++figures.frames_received;
    const auto taken = gate_.take(message, worker().now());
    if (const auto* refused = std::get_if<voice::SpeakerGate::Refused>(&taken)) {
        ++figures.frames_refused;
        if (*refused == voice::SpeakerGate::Refused::closed_as_bad_frame) close(CloseCode::bad_frame);
        if (*refused == voice::SpeakerGate::Refused::closed_as_flood) close(CloseCode::flood);
        return;
    }
    std::optional<voice::Frame> frame = std::get<voice::Frame>(taken);
    if (frame->kind == voice::Kind::samples) frame = encoded(*frame);
    if (frame) room_->speak(seated_.voice, {.message = voice::message_of(0, *frame), .flags = frame->flags});
}

std::optional<voice::Frame> VoiceConnection::encoded(const voice::Frame& samples) {
    if (!may_speak_) {
        ++worker().metrics().voice.frames_unheard;
        return std::nullopt;
    }
    if (!encoder_) {
        auto place = seated_.encoders->take();
        if (!place) {
            ++worker().metrics().voice.frames_unheard;
            return std::nullopt;
        }
        encoder_.emplace(std::move(*place), seated_.frame_ms);
    }
    return encoder_->encode(samples);
}

void VoiceConnection::hear(const runtime::Frame& frame) {
    if (!is_open()) return;
    if (outgoing().bytes() + frame->size() > voice_waiting_bytes_max) {
        ++worker().metrics().voice.deliveries_dropped;
        return;
    }
    ++worker().metrics().voice.deliveries;
    send_message(frame, Outgoing::Opcode::binary);
}

void VoiceConnection::may_speak(bool may) {
    may_speak_ = may;
    if (!may) encoder_.reset();
    say(std::make_shared<const std::string>(
        base::json::to_text(protocol::VoiceServerFrame{protocol::VoiceMaySpeak{may}})));
}

// ------------------------------------------------------------------------------------ the end

void VoiceConnection::line_ended(std::optional<milliseconds>) {
    encoder_.reset();
    if (room_ && seated_.voice != 0) room_->voice_lost(std::exchange(seated_.voice, 0));
}

}  // namespace etakahvila::net
