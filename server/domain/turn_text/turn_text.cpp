#include "domain/turn_text/turn_text.hpp"

#include <algorithm>

#include "domain/room/room.hpp"
#include "text/text.hpp"

namespace etakahvila::domain {
namespace {

/// Whose turn it is, or was, when its text can still be kept.
std::optional<PersonId> speaker_of(const Floor& floor, TurnId turn) {
    if (floor.turn && floor.turn->id == turn) return floor.turn->speaker;
    if (!floor.turn && floor.last_turn && floor.last_turn->id == turn) return floor.last_turn->speaker;
    return std::nullopt;
}

bool may_write_for(const Actor& actor, PersonId speaker) { return actor.person == speaker || is_staff(actor.role); }

Decision take_away(const Room& room, const Context& context, TurnId turn) {
    const auto kept = room.turn_texts.find(turn);
    if (kept == room.turn_texts.end()) return RefusalWord::not_found;
    if (!may_write_for(context.actor, kept->second.speaker)) return refused(RefusalWord::not_your_turn, turn.value);
    return done(TurnTextTakenAway{.turn = turn, .by = context.actor.person});
}

}  // namespace

Decision decide(const Room& room, const Context& context, const KeepTurnText& command) {
    auto text = text::clean_text(command.text, turn_text_code_points_max);
    if (text.fault == RefusalWord::text_empty) return take_away(room, context, command.turn);
    if (is_anonymous(room.session.plan)) return RefusalWord::anonymous_day;
    const auto speaker = speaker_of(room.floor, command.turn);
    if (!speaker) return RefusalWord::no_turn;
    if (!may_write_for(context.actor, *speaker)) return refused(RefusalWord::not_your_turn, command.turn.value);
    if (auto refusal = why_silenced(room, context.actor.person, context.stamp.at)) return *refusal;
    if (text.fault) return *text.fault;
    return done(TurnTextKept{
        .turn = command.turn, .speaker = *speaker, .text = std::move(text.value), .by = context.actor.person});
}

void apply(Room& room, const Context& context, const TurnTextKept& event) {
    room.turn_texts.insert_or_assign(
        event.turn, KeptTurnText{.speaker = event.speaker, .text = event.text, .by = event.by, .at = context.stamp.at});
    if (event.by == event.speaker) note_sign(room, context, event.speaker);
    room.touch(context, ChangeKind::turn_text, event.turn);
}

void apply(Room& room, const Context& context, const TurnTextTakenAway& event) {
    room.turn_texts.erase(event.turn);
    room.touch(context, ChangeKind::turn_text, event.turn);
}

bool may_write_speech(const Room& room, const Actor& actor, TurnId turn, RoomTime now) {
    const auto& on = room.floor.turn;
    return on && on->id == turn && may_write_for(actor, on->speaker) && !why_silenced(room, actor.person, now);
}

std::string speech_of(std::string_view text) { return text::clean_or_cut(text, turn_text_code_points_max); }

// ---- what the room asks

void TurnTextRule::clear(Room& room, const Context& context) const { clear_all(room, context, *this); }

std::optional<Change> TurnTextRule::see(const Room& room, ThingRef thing, const Viewer&) const {
    const TurnId turn{thing.id};
    const auto kept = room.turn_texts.find(turn);
    if (kept == room.turn_texts.end()) return Dropped{.kind = ChangeKind::turn_text, .id = turn.value};
    return TurnText{.turn = turn,
        .speaker = kept->second.speaker,
        .text = kept->second.text,
        .by = kept->second.by,
        .at = kept->second.at};
}

void TurnTextRule::add_things(const Room& room, const Viewer&, std::vector<ThingRef>& out) const {
    for (const auto& [turn, kept] : room.turn_texts) out.push_back({ChangeKind::turn_text, turn.value});
}

}  // namespace etakahvila::domain
