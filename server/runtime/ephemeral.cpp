#include "runtime/ephemeral.hpp"

#include <utility>

namespace etakahvila::runtime {

void Ephemeral::write_speech(ConnectionId connection, const protocol::Caption& written) {
    const auto* here = parts_.present.find(connection);
    if (here == nullptr) return;
    const domain::Actor actor{.person = here->person, .role = here->role, .connection = connection};
    if (!may_write_speech(parts_.room, actor, written.turn, parts_.clock.stamp().at)) return;
    const auto wait = speech_.write(
        {.turn = written.turn, .text = domain::speech_of(written.text), .by = actor.person}, parts_.clock.monotonic());
    if (!wait) return;
    parts_.loop.after(*wait, [this] {
        auto speech = speech_.tell(turn_on(), parts_.clock.monotonic());
        if (!speech) return;
        tell_speech(std::move(speech));
        parts_.writer.flush_soon();
    });
}

void Ephemeral::tell_speech(std::optional<protocol::Speech> speech) {
    if (speech) parts_.telling.speak(frame_of(std::move(*speech)));
}

std::optional<protocol::TurnId> Ephemeral::turn_on() const {
    const auto& turn = parts_.room.floor.turn;
    return turn ? std::optional{turn->id} : std::nullopt;
}

void Ephemeral::note_line(ConnectionId connection, RoundTrips trips) {
    const auto* here = parts_.present.find(connection);
    if (here == nullptr) return;
    lines_.note(connection, here->person, trips);
    tell_lines();
}

void Ephemeral::forget_line(ConnectionId connection) {
    lines_.forget(connection);
    tell_lines();
}

/// At once, and then no more often than every line_figures_every.
void Ephemeral::tell_lines() {
    const auto figures = lines_.take_news();
    if (!figures) return;
    parts_.telling.tell_staff(frame_of(*figures));
    parts_.writer.flush_soon();
    parts_.loop.after(line_figures_every, [this] {
        lines_.rested();
        tell_lines();
    });
}

void Ephemeral::follow(const domain::Beyond& beyond) {
    changes_help_ = changes_help_ || beyond.changes_help;
    for (const auto person : beyond.silenced) tell_speech(speech_.silence(person));
    for (const auto turn : beyond.texts_taken_away) tell_speech(speech_.take_away(turn));
}

void Ephemeral::before_telling() {
    if (!std::exchange(changes_help_, false)) return;
    watch();
    tell_lines();
}

void Ephemeral::go_back() {
    changes_help_ = false;
    watch();
}

}  // namespace etakahvila::runtime
