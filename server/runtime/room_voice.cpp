#include "runtime/room_voice.hpp"

#include <algorithm>

#include "base/json.hpp"
#include "protocol/voice.hpp"

namespace etakahvila::runtime {
namespace {

Frame text_of(const protocol::VoiceServerFrame& frame) {
    return std::make_shared<const std::string>(base::json::to_text(frame));
}

}  // namespace

template <class Note>
void RoomVoice::to_line(voice::VoiceId id, const Voice& voice, Note note) const {
    voice.hub->loop().post([hub = voice.hub, session = parts_.session, id, note = std::move(note)] {
        if (const auto line = hub->line(session, id)) note(*line);
    });
}

std::optional<CloseCode> RoomVoice::why_not(protocol::ConnectionId connection) const {
    if (!has_voice(parts_.room)) return CloseCode::voice_off;
    if (!parts_.present.has(connection)) return CloseCode::room_line_gone;
    const auto beside = std::count_if(
        voices_.begin(), voices_.end(), [&](const auto& each) { return each.second.connection == connection; });
    return beside >= voices_per_connection_max ? std::optional{CloseCode::flood} : std::nullopt;
}

void RoomVoice::ask_ticket(protocol::ConnectionId connection) {
    const auto* here = parts_.present.find(connection);
    const auto now = parts_.clock.monotonic();
    if (here == nullptr || !parts_.present.pace_of(here->person).take(now)) return;
    protocol::ServerFrame answer = protocol::VoiceOff{};
    if (has_voice(parts_.room)) {
        const Pass pass{
            .session = parts_.session, .person = here->person, .role = here->role, .connection = connection};
        answer = protocol::VoiceTicket{parts_.tickets.issue(pass, now, TicketOffice::voice_ticket_life)};
    }
    parts_.telling.tell(connection, frame_of(answer));
    parts_.writer.flush_soon();
}

void RoomVoice::arrive(VoiceArrival arrival) {
    if (const auto code = why_not(arrival.pass.connection))
        return arrival.hub->loop().post([line = arrival.line, code = *code] { line->close(code); });
    // While nobody hears or speaks the floor is not followed.
    if (is_empty()) follow_floor();
    const bool has_many = parts_.room.session.plan.many_listeners.value_or(false);
    const int frame_ms = has_many ? voice::many_listeners_ms : voice::usual_ms;
    const auto id = ++last_voice_;
    const auto person = arrival.pass.person;
    const bool may = relay_.floor().has(person);
    std::vector<Frame> greeting{text_of(protocol::VoiceWelcome{.frame_ms = frame_ms, .me = relay_.speaker_id(person)})};
    for (const auto& [known, speaker] : relay_.known_speakers())
        greeting.push_back(text_of(protocol::VoiceSpeaker{.speaker = speaker, .person = known}));
    arrival.hub->loop().post(
        [hub = arrival.hub, session = parts_.session, line = arrival.line, greeting = std::move(greeting), may,
            seat = VoiceHub::Seat{.voice = id, .person = person, .listens = arrival.listens, .line = arrival.line},
            seated = VoiceLine::Seated{.voice = id, .frame_ms = frame_ms, .encoders = encoders_}] {
            hub->seat(session, seat);
            line->seated(seated);
            for (const auto& text : greeting) line->say(text);
            if (may) line->may_speak(true);
        });
    if (arrival.listens) ++listening_[arrival.hub];
    voices_.emplace(id, Voice{.person = person,
                            .connection = arrival.pass.connection,
                            .hub = std::move(arrival.hub),
                            .listens = arrival.listens,
                            .was_told_may = may});
}

void RoomVoice::lost(voice::VoiceId id) {
    if (const auto found = voices_.find(id); found != voices_.end()) end_one(found, {});
}

void RoomVoice::speak(voice::VoiceId id, SpokenFrame spoken) {
    const auto from = voices_.find(id);
    if (from == voices_.end()) return;
    const auto person = from->second.person;
    const auto passed = relay_.take(id, person, spoken.flags, parts_.clock.monotonic());
    if (!passed) {
        ++parts_.figures.frames_unheard;
        return;
    }
    ++parts_.figures.frames_passed;
    voice::set_speaker(spoken.message, passed->speaker);
    voice::add_flags(spoken.message, passed->flags);
    const auto frame = std::make_shared<const std::string>(std::move(spoken.message));
    const auto introduction = passed->is_new
                                  ? text_of(protocol::VoiceSpeaker{.speaker = passed->speaker, .person = person})
                                  : nullptr;
    for (const auto& [hub, listeners] : listening_) {
        hub->loop().post([hub = hub, session = parts_.session, person, introduction, frame] {
            hub->pass_on(session, person, introduction, frame);
        });
    }
}

void RoomVoice::follow(const domain::Beyond& beyond) {
    if (is_empty()) return;
    if (beyond.moves_voice) follow_floor();
    if (has_voice(parts_.room)) return;
    const auto code = parts_.room.session.plan.voice.value_or(true) ? CloseCode::session_over : CloseCode::voice_off;
    parts_.writer.hold([this, code] { end_all(code); });
}

void RoomVoice::follow_floor() {
    const auto& turn = parts_.room.floor.turn;
    voice::Floor floor{
        .heard = people_heard(parts_.room), .holder = turn ? std::optional{turn->speaker} : std::nullopt};
    if (floor != decided_) {
        decided_ = floor;
        relay_.set_floor(relay_.floor().both(decided_));
    }
    parts_.writer.hold([this, floor = std::move(floor)] { open_to(floor); });
}

void RoomVoice::open_to(const voice::Floor& floor) {
    relay_.set_floor(floor.both(decided_));
    for (auto& [id, voice] : voices_) {
        const bool may = relay_.floor().has(voice.person);
        if (std::exchange(voice.was_told_may, may) != may)
            to_line(id, voice, [may](VoiceLine& line) { line.may_speak(may); });
    }
}

void RoomVoice::end_of(protocol::ConnectionId connection, CloseCode code) {
    for (auto at = voices_.begin(); at != voices_.end();)
        at = at->second.connection == connection ? end_one(at, code) : std::next(at);
}

void RoomVoice::end_all(CloseCode code) {
    for (auto at = voices_.begin(); at != voices_.end();) at = end_one(at, code);
}

void RoomVoice::hang_up(protocol::ConnectionId connection, CloseCode code) {
    if (code == CloseCode::silent) code = CloseCode::room_line_gone;
    parts_.writer.hold([this, connection, code] { end_of(connection, code); });
}

void RoomVoice::go_back() {
    for (auto at = voices_.begin(); at != voices_.end();) {
        const bool is_beside = parts_.present.has(at->second.connection);
        at = is_beside ? std::next(at) : end_one(at, CloseCode::room_line_gone);
    }
    follow_floor();
}

RoomVoice::Voices::iterator RoomVoice::end_one(Voices::iterator at, std::optional<CloseCode> code) {
    const auto& [id, voice] = *at;
    relay_.gone(id);
    if (voice.listens && --listening_[voice.hub] == 0) listening_.erase(voice.hub);
    voice.hub->loop().post([hub = voice.hub, session = parts_.session, id = id, code] {
        const auto line = hub->line(session, id);
        hub->unseat(session, id);
        if (line && code) line->close(*code);
    });
    return voices_.erase(at);
}

}  // namespace etakahvila::runtime
