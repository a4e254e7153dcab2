#include "domain/session/session.hpp"

#include <algorithm>

#include "domain/room/room.hpp"
#include "text/text.hpp"

namespace etakahvila::domain {
namespace {

PhaseChanged to(Phase phase) { return PhaseChanged{.phase = phase, .break_ends_at = {}}; }

bool is_live(Phase phase) { return phase == Phase::live || phase == Phase::paused; }

/// Nothing of a rehearsal stays, but for those who are connected.
void clear_rehearsal(Room& room, const Asked& asked) {
    std::vector<ThingRef> things;
    add_floor_things(room, things);
    add_chat_things(room, Viewer{.audience = Audience::staff, .person = {}}, things);
    add_help_things(room, things);
    add_attendance_things(room, things);
    add_turn_text_things(room, things);
    reset_agenda(room, asked);
    room.session.where_we_are.clear();
    room.floor = {};
    room.chat = {};
    room.help = {};
    room.attendance = {};
    room.turn_texts.clear();
    for (const auto thing : things) room.touch(asked, thing.kind, thing.id);
}

/// All that ends with the session: turns, requests, claims.
void add_all_over(const Room& room, const Asked& asked, std::vector<Event>& out) {
    add_floor_over(room, asked, out);
    add_chat_over(room, asked, out);
    add_help_over(room, asked, out);
    add_checkpoint_over(room, out);
}

}  // namespace

std::int64_t people_up(const Room& room) {
    return std::count_if(room.presence.members.begin(), room.presence.members.end(),
        [](const auto& entry) { return entry.second.is_up(); });
}

Decision decide(const Room&, const Asked&, const StartRehearsal&) { return done(to(Phase::rehearsal)); }
Decision decide(const Room& room, const Asked& asked, const EndRehearsal&) {
    std::vector<Event> events;
    add_all_over(room, asked, events);
    events.emplace_back(to(Phase::planned));
    return events;
}
Decision decide(const Room&, const Asked&, const OpenDoors&) { return done(to(Phase::doors_open)); }
Decision decide(const Room&, const Asked&, const GoLive&) { return done(to(Phase::live)); }
Decision decide(const Room&, const Asked& asked, const StartBreak& asks) {
    return done(
        PhaseChanged{.phase = Phase::paused, .break_ends_at = asked.stamp.at + std::chrono::minutes{asks.minutes}});
}
Decision decide(const Room&, const Asked&, const EndBreak&) { return done(to(Phase::live)); }
Decision decide(const Room& room, const Asked& asked, const StartDebrief&) {
    std::vector<Event> events;
    add_floor_over(room, asked, events);
    add_checkpoint_over(room, events);
    events.emplace_back(to(Phase::debrief));
    return events;
}
Decision decide(const Room& room, const Asked& asked, const CloseSession&) {
    std::vector<Event> events;
    add_all_over(room, asked, events);
    events.emplace_back(to(Phase::closed));
    add_attendance_proposals(room, asked, events);
    return events;
}
Decision decide(const Room&, const Asked&, const ReopenSession&) { return done(to(Phase::live)); }

Decision decide(const Room&, const Asked&, const SetWhereWeAre& asks) {
    WhereWeAreSet set;
    for (const auto& line : asks.lines) {
        const auto text = clean_text(line, 120);
        if (text.fault) return *text.fault;
        set.lines.push_back(text.value);
    }
    return done(std::move(set));
}

void apply(Room& room, const Asked& asked, const SessionPlanned& event) {
    set_agenda(room, asked, event.plan.agenda);
    start_agenda(room, asked);
    room.session.plan = event.plan;
    room.touch(asked, ChangeKind::room);
}

void apply(Room& room, const Asked& asked, const PhaseChanged& event) {
    auto& session = room.session;
    if (session.phase == Phase::rehearsal && event.phase == Phase::planned) clear_rehearsal(room, asked);
    const bool was_live = is_live(session.phase);
    const bool now_live = is_live(event.phase);
    if (!was_live && now_live) session.live.push_back({.from = asked.stamp.at, .to = {}});
    if (was_live && !now_live) session.live.back().to = asked.stamp.at;
    if (session.phase == Phase::closed && now_live) forget_corrected_window(room, asked);
    // The counted window is shown with the day.
    if (room.attendance.version != 0) room.touch(asked, ChangeKind::attendance_day);
    if (event.phase == Phase::paused)
        session.breaks.push_back({.from = asked.stamp.at, .to = {}});
    else if (session.phase == Phase::paused)
        session.breaks.back().to = asked.stamp.at;
    session.phase = event.phase;
    session.since = asked.stamp.at;
    session.break_ends_at = event.break_ends_at;
    room.touch(asked, ChangeKind::room);
    start_agenda(room, asked);
}

void apply(Room& room, const Asked& asked, const WhereWeAreSet& event) {
    room.session.where_we_are = event.lines;
    room.touch(asked, ChangeKind::room);
}

void apply(Room& room, const Asked& asked, const ServerSeen&) { room.session.alive_at = asked.stamp.at; }

void apply(Room& room, const Asked& asked, const ServerRestarted& event) {
    room.session.outages.push_back({.from = event.down_since, .to = asked.stamp.at});
    room.session.alive_at = asked.stamp.at;
    end_stays_by_outage(room, asked, event.down_since);
}

void add_session_due(const Room& room, const Stamp& now, std::vector<Event>& out) {
    if (const auto people = people_up(room); people > 0 && now.at >= room.session.alive_at + alive_every)
        out.emplace_back(ServerSeen{people});
}

std::optional<RoomTime> session_next_due(const Room& room) {
    if (people_up(room) == 0) return std::nullopt;
    return room.session.alive_at + alive_every;
}

std::optional<Change> see_room(const Room& room, const Viewer&) {
    const auto& session = room.session;
    return RoomInfo{.session = session.plan.session,
        .theme = session.plan.theme,
        .series = session.plan.series,
        .starts_at = session.plan.starts_at,
        .ends_at = session.plan.ends_at,
        .phase = session.phase,
        .since = session.since,
        .break_ends_at = session.break_ends_at,
        .help_phone = session.plan.help_phone,
        .where_we_are = session.where_we_are};
}

}  // namespace etakahvila::domain
