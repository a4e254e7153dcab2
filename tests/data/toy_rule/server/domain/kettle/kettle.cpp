#include "domain/kettle/kettle.hpp"

#include "domain/room/room.hpp"

namespace etakahvila::domain {

Decision decide(const Room& room, const Context& context, const PutKettleOn&) {
    if (room.kettle) return refused(RefusalWord::already_handled, {}, room.kettle->by);
    return done(KettlePutOn{context.actor.person});
}

void apply(Room& room, const Context& context, const KettlePutOn& event) {
    room.kettle = KettleOn{.by = event.by, .since = context.stamp.at};
    room.touch(context, ChangeKind::kettle);
    note_sign(room, context, event.by);
}

void apply(Room& room, const Context& context, const CoffeeReady&) {
    if (!room.kettle) return;
    room.kettle->is_ready = true;
    room.touch(context, ChangeKind::kettle);
}

void KettleRule::add_due(const Room& room, const Stamp& now, std::vector<Event>& out) const {
    if (const auto due = next_due(room); due && now.at >= *due) out.emplace_back(CoffeeReady{});
}

std::optional<RoomTime> KettleRule::next_due(const Room& room) const {
    if (!room.kettle || room.kettle->is_ready) return std::nullopt;
    return room.kettle->since + kettle_boils_for;
}

void KettleRule::clear(Room& room, const Context& context) const { clear_all(room, context, *this); }

void KettleRule::add_things(const Room& room, const Viewer&, std::vector<ThingRef>& out) const {
    if (room.kettle) out.push_back({ChangeKind::kettle, 0});
}

std::optional<Change> KettleRule::see(const Room& room, ThingRef, const Viewer&) const {
    if (!room.kettle) return Dropped{.kind = ChangeKind::kettle, .id = 0};
    return Kettle{.by = room.kettle->by, .since = room.kettle->since, .ready = room.kettle->is_ready};
}

}  // namespace etakahvila::domain
