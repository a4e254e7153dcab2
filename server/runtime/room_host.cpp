#include "runtime/room_host.hpp"

#include <utility>

namespace etakahvila::runtime {

RoomHost::RoomHost(Parts parts, const journal::StoredRoom& stored)
    : RoomLoop{parts.loop}, room_{*this, std::move(parts), stored} {}

std::shared_ptr<RoomHost> RoomHost::open(
    Parts parts, const journal::StoredRoom& stored, std::optional<domain::SessionPlan> plan) {
    std::shared_ptr<RoomHost> opened{new RoomHost{std::move(parts), stored}};
    opened->post([&room = opened->room_, plan = std::move(plan)]() mutable { room.begin(std::move(plan)); });
    return opened;
}

void RoomHost::plan(domain::SessionPlan plan) {
    post([this, plan = std::move(plan)]() mutable { room_.plan(std::move(plan)); });
}

void RoomHost::know_work(domain::KnowWork work) {
    post([this, work = std::move(work)]() mutable { room_.know_work(std::move(work)); });
}

void RoomHost::know_carried(domain::KnowCarried carried) {
    post([this, carried = std::move(carried)]() mutable { room_.know_carried(std::move(carried)); });
}

// -------------------------------------------------------------------- those who are not in the room

void RoomHost::take_from_outside(domain::Input input, OutsideAnswer answer) {
    post([this, input = std::move(input), answer = std::move(answer)] { room_.take_from_outside(input, answer); });
}

void RoomHost::look_at_clock() {
    post([this] { room_.time_passes(); });
}

void RoomHost::look(std::function<void(const domain::Room&)> look) {
    post([this, look = std::move(look)] { look(room_.room()); });
}

void RoomHost::show(Look look) {
    post([this, look = std::move(look)] { room_.show(look); });
}

void RoomHost::count(std::function<void(const RoomFigures&)> counted) {
    post([this, counted = std::move(counted)] { counted(room_.figures()); });
}

// -------------------------------------------------------------------------------------- connections

void RoomHost::arrive(Arrival arrival, std::function<void(ConnectionId)> taken) {
    post([this, arrival = std::move(arrival), taken = std::move(taken)]() mutable {
        room_.connections().arrive(std::move(arrival), taken);
    });
}

void RoomHost::command(ConnectionId connection, std::string command_id, std::optional<protocol::Command> command) {
    post([this, connection, command_id = std::move(command_id), command = std::move(command),
             asked_at = base::instant_now()]() mutable {
        room_.command(connection, std::move(command_id), std::move(command), asked_at);
    });
}

void RoomHost::lost(ConnectionId connection, std::optional<base::Milliseconds> silence) {
    post([this, connection, silence] { room_.connections().lost(connection, silence); });
}

void RoomHost::left(ConnectionId connection) {
    post([this, connection] { room_.connections().left(connection); });
}

void RoomHost::shut_out(PersonId person) {
    post([this, person] { room_.connections().shut_out(person); });
}

// ------------------------------------------------------------------------------- what is never kept

void RoomHost::line_times(ConnectionId connection, RoundTrips trips) {
    post([this, connection, trips] { room_.ephemeral().note_line(connection, trips); });
}

void RoomHost::write_speech(ConnectionId connection, protocol::Caption written) {
    post([this, connection, written = std::move(written)] { room_.ephemeral().write_speech(connection, written); });
}

void RoomHost::ask_voice_ticket(ConnectionId connection) {
    post([this, connection] { room_.voice().ask_ticket(connection); });
}

void RoomHost::arrive_voice(VoiceArrival arrival) {
    post([this, arrival = std::move(arrival)]() mutable { room_.arrive_voice(std::move(arrival)); });
}

void RoomHost::voice_lost(voice::VoiceId voice) {
    post([this, voice] { room_.voice().lost(voice); });
}

void RoomHost::speak(voice::VoiceId voice, SpokenFrame frame) {
    post([this, voice, frame = std::move(frame)]() mutable { room_.voice().speak(voice, std::move(frame)); });
}

// --------------------------------------------------------------------------------------- the server

void RoomHost::journal_changed() {
    post([this] { room_.journal_changed(); });
}

void RoomHost::shut_down(std::int64_t retry_after_ms, base::Task done) {
    post([this, retry_after_ms, done = std::move(done)] { room_.shut_down(retry_after_ms, done); });
}

}  // namespace etakahvila::runtime
