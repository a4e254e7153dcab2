#include "runtime/connections.hpp"

#include <utility>

namespace etakahvila::runtime {
namespace {

using journal::Need;

CloseCode close_code_of(const protocol::Refusal& refusal) {
    return refusal.word == protocol::RefusalWord::removed ? CloseCode::removed : CloseCode::bad_ticket;
}

}  // namespace

void Connections::arrive(Arrival arrival, const std::function<void(ConnectionId)>& taken) {
    const auto connection = present_.new_connection();
    taken(connection);
    if (const auto code = take_in(arrival, connection)) return close_unseated(arrival, *code);
    present_.add(connection, {.person = arrival.pass.person, .role = arrival.pass.role, .hub = arrival.hub});
    parts_.telling.greet(connection, std::move(arrival));
    parts_.writer.flush_soon();
}

std::optional<CloseCode> Connections::take_in(const Arrival& arrival, ConnectionId connection) {
    if (is_shut_) return CloseCode::restart;
    // Who is shut out from now on is found among those present.
    if (!parts_.tickets.is_good(arrival.pass)) return CloseCode::bad_ticket;
    const auto person = arrival.pass.person;
    if (!present_.has_place_for(person)) return CloseCode::too_many_lines;
    if (parts_.saving.is_reading_back()) return std::nullopt;
    const domain::OpenConnection opening{.person = person, .connection = connection, .device = arrival.device};
    const auto refusal = parts_.saving.saves(Need::vital) ? parts_.step(opening).refusal
                                                          : decide(parts_.room, opening, parts_.clock.stamp()).refusal;
    return refusal ? std::optional{close_code_of(*refusal)} : std::nullopt;
}

void Connections::lost(ConnectionId connection, std::optional<base::Milliseconds> silence) {
    const auto* here = present_.find(connection);
    if (here == nullptr) return;
    const auto at = parts_.clock.stamp().at - silence.value_or(base::Milliseconds{0});
    end(connection, CloseCode::silent,
        domain::LoseConnection{.person = here->person,
            .connection = connection,
            .silent_since = silence ? std::optional{at} : std::nullopt},
        at);
}

void Connections::left(ConnectionId connection) {
    const auto* here = present_.find(connection);
    if (here == nullptr) return;
    end(connection, CloseCode::left, domain::LeaveConnection{.person = here->person, .connection = connection},
        parts_.clock.stamp().at);
}

void Connections::shut_out(PersonId person) {
    for (const auto connection : present_.of(person)) {
        end(connection, CloseCode::bad_ticket,
            domain::LoseConnection{.person = person, .connection = connection, .silent_since = {}},
            parts_.clock.stamp().at);
    }
}

void Connections::end(ConnectionId connection, CloseCode code, const domain::Input& ended, base::RoomTime at) {
    hang_up(connection, code);
    if (parts_.saving.saves(Need::vital))
        parts_.step(ended);
    else
        present_.note_end(connection, at);
}

void Connections::hang_up(ConnectionId connection, CloseCode code, std::int64_t retry_after_ms) {
    if (!present_.has(connection)) return;
    parts_.voice.hang_up(connection, code);
    if (parts_.telling.say_goodbye(connection, code, retry_after_ms)) {
        parts_.ephemeral.forget_line(connection);
        parts_.writer.flush_soon();
    }
    present_.remove(connection);
}

void Connections::hang_up_all(CloseCode code, std::int64_t retry_after_ms) {
    while (!present_.is_empty()) hang_up(present_.all().begin()->first, code, retry_after_ms);
}

void Connections::catch_up() {
    if (!parts_.saving.saves(Need::vital)) return;
    const auto differences = present_.differences_from(parts_.room);
    for (const auto& gone : differences.gone) parts_.step(gone);
    for (const auto& unknown : differences.unknown) {
        if (const auto refusal = parts_.step(unknown).refusal) hang_up(unknown.connection, close_code_of(*refusal));
    }
}

}  // namespace etakahvila::runtime
