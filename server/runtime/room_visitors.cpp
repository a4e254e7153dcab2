// The notes that visitors leave for a room's host: each is looked at on the room's thread.

#include <utility>

#include "runtime/room_host.hpp"

namespace etakahvila::runtime {

namespace {

using journal::Need;
using protocol::RefusalWord;

}  // namespace

// ------------------------------------------------------------------------------- ask from outside

void RoomHost::plan(domain::SessionPlan plan) {
    post([plan = std::move(plan)](RoomHost& host) mutable {
        host.plan_ = std::move(plan);
        host.catch_up();
    });
}

void RoomHost::take_from_outside(domain::Input input, OutsideAnswer answer) {
    post([input = std::move(input), answer = std::move(answer)](RoomHost& host) {
        if (host.is_shut_ || host.saving_.is_reading_back()) return answer(domain::refused(RefusalWord::not_saving));
        if (!host.saving_.saves(Need::vital)) {
            // Who is known here changes nothing by coming in again, and may look on.
            const auto decided = decide(host.room_, input, host.clock_.stamp());
            if (decided.refusal) return answer(decided.refusal);
            return answer(is_empty(decided) ? std::nullopt : std::optional{domain::refused(RefusalWord::not_saving)});
        }
        const auto taken = host.step(input);
        host.telling_.when_told([answer, refusal = taken.refusal] { answer(refusal); },
            [answer] { answer(domain::refused(RefusalWord::not_saving)); });
        host.schedule_flush();
    });
}

void RoomHost::arrive(Arrival arrival, std::function<void(ConnectionId)> taken) {
    post([arrival = std::move(arrival), taken = std::move(taken)](RoomHost& host) mutable {
        const auto connection = host.present_.new_connection();
        taken(connection);
        if (const auto code = host.take_in(arrival, connection)) return close_unseated(arrival, *code);
        host.present_.add(connection, {.person = arrival.pass.person, .role = arrival.pass.role, .hub = arrival.hub});
        host.telling_.greet(connection, std::move(arrival));
        host.schedule_flush();
    });
}

std::optional<CloseCode> RoomHost::take_in(const Arrival& arrival, ConnectionId connection) {
    if (is_shut_) return CloseCode::restart;
    // Who is shut out from now on is found among those present.
    if (!parts_.tickets.is_good(arrival.pass)) return CloseCode::bad_ticket;
    const auto person = arrival.pass.person;
    if (!present_.has_place_for(person)) return CloseCode::too_many_lines;
    if (saving_.is_reading_back()) return std::nullopt;
    const domain::OpenConnection opening{.person = person, .connection = connection, .device = arrival.device};
    const auto opened = saving_.saves(Need::vital) ? step(opening) : decide(room_, opening, clock_.stamp());
    return opened.refusal ? std::optional{close_code_of(*opened.refusal)} : std::nullopt;
}

void RoomHost::look(std::function<void(const domain::Room&)> look) {
    post([look = std::move(look)](RoomHost& host) { look(host.room_); });
}

void RoomHost::show(Look look) {
    post([look = std::move(look)](RoomHost& host) {
        const auto again = [&host, look] { host.show(look); };
        if (host.saving_.is_reading_back()) return host.saving_.postpone(again);
        // What could not be saved never happened: then it is looked at anew.
        host.gate_.hold(host.room_.seq, look(host.room_), again);
    });
}

void RoomHost::journal_changed() {
    post([](RoomHost& host) {
        if (host.saving_.follow(host.parts_.journal.saves())) host.saves_anew();
    });
}

void RoomHost::shut_down(std::int64_t retry_after_ms, base::Task done) {
    post([retry_after_ms, done = std::move(done)](RoomHost& host) {
        // The journal gets its last sign of life: the outage begins now.
        if (host.saving_.saves(Need::vital)) host.step(domain::Stop{});
        host.is_shut_ = true;
        while (!host.present_.is_empty())
            host.hang_up(host.present_.all().begin()->first, CloseCode::restart, retry_after_ms);
        host.telling_.when_told(done, done);
        host.schedule_flush();
    });
}

// ------------------------------------------------------------------------------ those who are here

void RoomHost::lost(ConnectionId connection, std::optional<base::Milliseconds> silence) {
    post([connection, silence](RoomHost& host) {
        const auto* here = host.present_.find(connection);
        if (here == nullptr) return;
        const auto at = host.clock_.stamp().at - silence.value_or(base::Milliseconds{0});
        host.hang_up_and_tell(connection, CloseCode::silent,
            domain::LoseConnection{.person = here->person,
                .connection = connection,
                .silent_since = silence ? std::optional{at} : std::nullopt},
            at);
    });
}

void RoomHost::left(ConnectionId connection) {
    post([connection](RoomHost& host) {
        const auto* here = host.present_.find(connection);
        if (here == nullptr) return;
        host.hang_up_and_tell(connection, CloseCode::left,
            domain::LeaveConnection{.person = here->person, .connection = connection}, host.clock_.stamp().at);
    });
}

void RoomHost::shut_out(PersonId person) {
    post([person](RoomHost& host) {
        for (const auto connection : host.present_.of(person)) {
            host.hang_up_and_tell(connection, CloseCode::bad_ticket,
                domain::LoseConnection{.person = person, .connection = connection, .silent_since = {}},
                host.clock_.stamp().at);
        }
    });
}

void RoomHost::line_times(ConnectionId connection, RoundTrips trips) {
    post([connection, trips](RoomHost& host) {
        const auto* here = host.present_.find(connection);
        if (here == nullptr) return;
        host.lines_.note(connection, here->person, trips);
        host.tell_line_figures();
    });
}

// ----------------------------------------------------------------------- what they write and say

void RoomHost::write_speech(ConnectionId connection, protocol::Caption line) {
    post([connection, line = std::move(line)](RoomHost& host) {
        const auto* here = host.present_.find(connection);
        if (here == nullptr) return;
        const domain::Actor actor{.person = here->person, .role = here->role, .connection = connection};
        if (!may_write_speech(host.room_, actor, line.turn, host.clock_.stamp().at)) return;
        const auto wait = host.speech_.write(
            {.turn = line.turn, .text = domain::speech_of(line.text), .by = actor.person}, host.clock_.monotonic());
        if (!wait) return;
        host.after(*wait, [](RoomHost& later) {
            auto speech = later.speech_.tell(later.turn_on(), later.clock_.monotonic());
            if (!speech) return;
            later.telling_.speak(frame_of(std::move(*speech)));
            later.schedule_flush();
        });
    });
}

std::optional<protocol::TurnId> RoomHost::turn_on() const {
    return room_.floor.turn ? std::optional{room_.floor.turn->id} : std::nullopt;
}

void RoomHost::ask_voice_ticket(ConnectionId connection) {
    post([connection](RoomHost& host) {
        const auto* here = host.present_.find(connection);
        if (here == nullptr || !host.present_.pace_of(here->person).take(host.clock_.monotonic())) return;
        protocol::ServerFrame answer = protocol::VoiceOff{};
        if (has_voice(host.room_)) {
            const Pass pass{
                .session = host.session(), .person = here->person, .role = here->role, .connection = connection};
            answer = protocol::VoiceTicket{
                host.parts_.voice_tickets.issue(pass, host.clock_.monotonic(), TicketOffice::voice_ticket_life)};
        }
        host.telling_.tell(connection, frame_of(answer));
        host.schedule_flush();
    });
}

void RoomHost::arrive_voice(VoiceArrival arrival) {
    post([arrival = std::move(arrival)](RoomHost& host) mutable {
        if (!host.is_shut_) return host.voice_.arrive(std::move(arrival));
        arrival.hub->loop().post([line = arrival.line] { line->close(CloseCode::restart); });
    });
}

void RoomHost::voice_lost(voice::VoiceId voice) {
    post([voice](RoomHost& host) { host.voice_.lost(voice); });
}

void RoomHost::speak(voice::VoiceId voice, SpokenFrame frame) {
    post([voice, frame = std::move(frame)](RoomHost& host) mutable { host.voice_.speak(voice, std::move(frame)); });
}

// ---------------------------------------------------------------------------------- to be put away

bool RoomHost::may_rest() const {
    const bool has_nothing_to_do = unwritten_.steps.empty() && !is_writing_ && !flush_is_due_ && gate_.is_empty() &&
                                   (!plan_ || *plan_ == room_.session.plan);
    return present_.is_empty() && voice_.is_empty() && saving_.saves_everything() && has_nothing_to_do &&
           parts_.journal.saves() == journal::Saves::everything && domain::may_rest(room_, clock_.stamp());
}

}  // namespace etakahvila::runtime
