// How much each has been heard: today, and in the current item of the agenda. Shown to staff
// only, so that nobody is ranked before the others.

#include <algorithm>

#include "domain/floor/parts.hpp"

namespace etakahvila::domain {
namespace {

AgendaItemId current_item(const Room& room) { return room.agenda.current.value_or(AgendaItemId{}); }

void touch(Room& room, const Context& context, PersonId person) {
    room.touch(context, ChangeKind::contribution, person);
}

std::int64_t in_seconds(Milliseconds span) { return std::chrono::floor<std::chrono::seconds>(span).count(); }

/// The median is told anew only when it has changed by a quarter: it serves "about 6 minutes", and
/// goes out together with the whole line-up.
void tell_usual_turn(Room& room, const Context& context) {
    const auto& lengths = room.floor.turn_lengths;
    const auto median = std::max<std::int64_t>(1, in_seconds(lengths[lengths.size() / 2]));
    const auto told = room.floor.usual_turn_seconds;
    if (told != 0 && std::abs(median - told) * 4 < told) return;
    room.floor.usual_turn_seconds = median;
    if (median != told) room.touch(context, ChangeKind::floor);
}

}  // namespace

void count_voice(Room& room, const Context& context, const TurnOn& turn, Milliseconds spoken, bool is_turn) {
    auto& floor = room.floor;
    const bool is_written = turn.kind == FloorRequestKind::written;
    if (!is_turn && (is_written || spoken.count() == 0)) return;
    auto& voice = floor.voices[turn.speaker];
    if (is_written) {
        // The clock of a written turn is the reader's.
        ++voice.written_turns;
    } else {
        voice.turns += is_turn ? 1 : 0;
        voice.spoken += spoken;
    }
    if (is_written || spoken.count() > 0) floor.heard[current_item(room)].insert(turn.speaker);
    touch(room, context, turn.speaker);
    if (is_turn && turn.kind == FloorRequestKind::speak) {
        floor.turn_lengths.insert(
            std::upper_bound(floor.turn_lengths.begin(), floor.turn_lengths.end(), spoken), spoken);
        tell_usual_turn(room, context);
    }
}

void FloorRule::note_item_begins(Room& room, const Context& context, AgendaItemId item) const {
    auto& heard = room.floor.heard;
    const auto before = current_item(room);
    if (before == item) return;
    // Who speaks over the change has been heard in both.
    if (const auto& turn = room.floor.turn;
        turn && turn->kind != FloorRequestKind::written && spoken_until(*turn, context.stamp.at).count() > 0) {
        room.floor.voices.try_emplace(turn->speaker);
        heard[before].insert(turn->speaker);
    }
    for (const auto each : {before, item}) {
        for (const auto person : heard[each]) touch(room, context, person);
    }
}

std::optional<Change> see_contribution(const Room& room, PersonId person, const Viewer& viewer) {
    if (!viewer.is_staff()) return std::nullopt;
    const auto found = room.floor.voices.find(person);
    if (found == room.floor.voices.end()) return Dropped{.kind = ChangeKind::contribution, .id = person.value};
    const auto& voice = found->second;
    const auto heard = room.floor.heard.find(current_item(room));
    return Contribution{.person = person,
        .turns = voice.turns,
        .spoken_seconds = in_seconds(voice.spoken),
        .written_turns = voice.written_turns,
        .item_heard = heard != room.floor.heard.end() && heard->second.contains(person)};
}

}  // namespace etakahvila::domain
