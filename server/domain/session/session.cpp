#include "domain/session/session.hpp"

#include <algorithm>

#include "domain/room/room.hpp"
#include "text/text.hpp"

namespace etakahvila::domain {
namespace {

Decision change_phase(const Room& room, const Context& context, const PhaseChanged& changed) {
    std::vector<Event> events;
    add_phase_change(room, context, changed, events);
    return events;
}

Decision change_phase(const Room& room, const Context& context, Phase phase) {
    return change_phase(room, context, PhaseChanged{.phase = phase, .break_ends_at = {}});
}

/// By the wall's clock, while that is still to come.
std::optional<UtcTime> planned_doors(const Session& session) {
    if (session.phase != Phase::planned || session.plan.doors_minutes.value_or(0) <= 0) return std::nullopt;
    if (has_no_room(session.plan)) return std::nullopt;
    const Milliseconds before = std::chrono::minutes{*session.plan.doors_minutes};
    return UtcTime{session.plan.starts_at.ms - before.count()};
}

}  // namespace

std::vector<CountedSpan> ended_spans(const std::vector<Span>& spans, RoomTime now) {
    std::vector<CountedSpan> ended;
    ended.reserve(spans.size());
    for (const auto& span : spans) ended.push_back({.from = span.from, .to = span.to.value_or(now)});
    return ended;
}

std::vector<Span> spans_of(const std::vector<CountedSpan>& ended) {
    std::vector<Span> spans;
    spans.reserve(ended.size());
    for (const auto& span : ended) spans.push_back({.from = span.from, .to = span.to});
    return spans;
}

std::optional<RoomTime> doors_due(const Room& room) {
    const auto at = planned_doors(room.session);
    if (!at || room.now.utc >= room.session.plan.ends_at) return std::nullopt;
    return room.now.at + Milliseconds{std::max<std::int64_t>(0, at->ms - room.now.utc.ms)};
}

std::int64_t people_up(const Room& room) {
    return std::count_if(room.presence.members.begin(), room.presence.members.end(),
        [](const auto& entry) { return entry.second.is_up(); });
}

void add_phase_change(const Room& room, const Context& context, const PhaseChanged& changed, std::vector<Event>& out) {
    for_each_rule([&](const auto& rule) { rule.add_phase_ends(room, context, changed.phase, out); });
    out.emplace_back(changed);
    for_each_rule([&](const auto& rule) { rule.add_phase_begins(room, context, changed.phase, out); });
}

Decision decide(const Room& room, const Context& context, const StartRehearsal&) {
    return change_phase(room, context, Phase::rehearsal);
}
Decision decide(const Room& room, const Context& context, const EndRehearsal&) {
    return change_phase(room, context, Phase::planned);
}
Decision decide(const Room& room, const Context& context, const OpenDoors&) {
    return change_phase(room, context, Phase::doors_open);
}
Decision decide(const Room& room, const Context& context, const GoLive&) {
    return change_phase(room, context, Phase::live);
}
Decision decide(const Room& room, const Context& context, const StartBreak& command) {
    return change_phase(room, context,
        PhaseChanged{
            .phase = Phase::paused, .break_ends_at = context.stamp.at + std::chrono::minutes{command.minutes}});
}
Decision decide(const Room& room, const Context& context, const EndBreak&) {
    return change_phase(room, context, Phase::live);
}
Decision decide(const Room& room, const Context& context, const StartDebrief&) {
    return change_phase(room, context, Phase::debrief);
}
Decision decide(const Room& room, const Context& context, const CloseSession&) {
    return change_phase(room, context, Phase::closed);
}
Decision decide(const Room& room, const Context& context, const ReopenSession&) {
    return change_phase(room, context, Phase::live);
}

Decision decide(const Room&, const Context&, const SetWhereWeAre& command) {
    WhereWeAreSet set;
    for (const auto& line : command.lines) {
        const auto text = text::clean_text(line, 120);
        if (text.fault) return *text.fault;
        set.lines.push_back(text.value);
    }
    return done(std::move(set));
}

Decision decide(const Room& room, const Context& context, const PlanSession& input) {
    if (is_compacted(room)) return done();
    std::vector<Event> events;
    events.emplace_back(SessionPlanned{input.plan});
    for_each_rule([&](const auto& rule) { rule.add_planned(room, context, input.plan, events); });
    return events;
}

Decision decide(const Room& room, const Context& context, const Restart&) {
    // Every step on record is a sign of life. A server that goes down again before anyone is back
    // was down all the same: the outage is on record while the session is live.
    const bool is_on = !room.session.live.empty() && !room.session.live.back().to;
    if (!is_on && people_up(room) == 0) return done();
    std::vector<Event> events;
    events.emplace_back(ServerRestarted{room.now.at});
    for_each_rule([&](const auto& rule) { rule.add_outage(room, context, room.now.at, events); });
    return events;
}

Decision decide(const Room& room, const Context&, const Stop&) {
    const auto people = people_up(room);
    return people > 0 ? done(ServerSeen{people}) : done();
}

Decision decide(const Room& room, const Context& context, const CancelSession&) {
    const auto phase = room.session.phase;
    if (phase != Phase::planned && phase != Phase::doors_open) return RefusalWord::not_now;
    return change_phase(room, context, Phase::cancelled);
}

void apply(Room& room, const Context& context, const SessionPlanned& event) {
    for_each_rule([&](const auto& rule) { rule.note_planned(room, context, event.plan); });
    room.session.plan = event.plan;
    room.touch(context, ChangeKind::room);
}

void apply(Room& room, const Context& context, const PhaseChanged& event) {
    auto& session = room.session;
    if (session.phase == Phase::rehearsal && event.phase == Phase::planned)
        for_each_rule([&](const auto& rule) { rule.clear(room, context); });
    for_each_rule([&](const auto& rule) { rule.note_phase_ends(room, context, event.phase); });
    const bool was_live = is_live(session.phase);
    const bool now_live = is_live(event.phase);
    if (!was_live && now_live) session.live.push_back({.from = context.stamp.at, .to = {}});
    if (was_live && !now_live) session.live.back().to = context.stamp.at;
    if (event.phase == Phase::paused)
        session.breaks.push_back({.from = context.stamp.at, .to = {}});
    else if (session.phase == Phase::paused)
        session.breaks.back().to = context.stamp.at;
    session.phase = event.phase;
    session.since = context.stamp.at;
    session.break_ends_at = event.break_ends_at;
    room.touch(context, ChangeKind::room);
    for_each_rule([&](const auto& rule) { rule.note_phase_begins(room, context); });
}

void apply(Room& room, const Context& context, const WhereWeAreSet& event) {
    room.session.where_we_are = event.lines;
    room.touch(context, ChangeKind::room);
}

void apply(Room& room, const Context& context, const ServerSeen&) { room.session.alive_at = context.stamp.at; }

void apply(Room& room, const Context& context, const ServerRestarted& event) {
    room.session.outages.push_back({.from = event.down_since, .to = context.stamp.at});
    room.session.alive_at = context.stamp.at;
    for_each_rule([&](const auto& rule) { rule.note_outage(room, context, event.down_since); });
}

// ---- what the room asks

void SessionRule::add_due(const Room& room, const Stamp& now, std::vector<Event>& out) const {
    const auto people = people_up(room);
    const auto doors = planned_doors(room.session);
    const bool is_time = doors && now.utc >= *doors && now.utc < room.session.plan.ends_at;
    const auto due = doors_due(room);
    const bool is_clock_set = due && now.at >= *due && !is_time;
    if ((people > 0 && now.at >= room.session.alive_at + alive_every) || is_clock_set)
        out.emplace_back(ServerSeen{people});
    if (!is_time) return;
    const Context context{.actor = {}, .stamp = now, .seq = room.seq + 1, .command_id = {}};
    add_phase_change(room, context, PhaseChanged{.phase = Phase::doors_open, .break_ends_at = {}}, out);
}

std::optional<RoomTime> SessionRule::next_due(const Room& room) const {
    const auto doors = doors_due(room);
    if (people_up(room) == 0) return doors;
    const auto alive = room.session.alive_at + alive_every;
    return doors ? std::min(alive, *doors) : alive;
}

void SessionRule::clear(Room& room, const Context&) const { room.session.where_we_are.clear(); }

void SessionRule::add_things(const Room&, const Viewer&, std::vector<ThingRef>& out) const {
    out.push_back({ChangeKind::room, 0});
}

std::optional<Change> SessionRule::see(const Room& room, ThingRef, const Viewer&) const {
    const auto& session = room.session;
    RoomInfo seen{.session = session.plan.session,
        .theme = session.plan.theme,
        .series = session.plan.series,
        .starts_at = session.plan.starts_at,
        .ends_at = session.plan.ends_at,
        .phase = session.phase,
        .since = session.since,
        .break_ends_at = session.break_ends_at,
        .help_phone = session.plan.help_phone,
        .where_we_are = session.where_we_are,
        .way = session.plan.way};
    if (is_anonymous(session.plan)) seen.anonymous_among_participants = true;
    return seen;
}

// ---- keeping

void SessionRule::add_kept(const Room& room, RoomCompacted& out) const {
    const auto& session = room.session;
    const auto now = room.now.at;
    out.session = {.plan = session.plan,
        .phase = session.phase,
        .since = session.since,
        .live = ended_spans(session.live, now),
        .breaks = ended_spans(session.breaks, now),
        .outages = ended_spans(session.outages, now)};
    out.session.plan.word_list.clear();
    out.session.plan.staff_names.clear();
    out.session.plan.nicknames.reset();
}

void SessionRule::note_kept(Room& room, const Context& context, const RoomCompacted& event) const {
    const auto& kept = event.session;
    auto& session = room.session;
    session.plan = kept.plan;
    session.phase = kept.phase;
    session.since = kept.since;
    session.live = spans_of(kept.live);
    session.breaks = spans_of(kept.breaks);
    session.outages = spans_of(kept.outages);
    session.alive_at = context.stamp.at;
}

}  // namespace etakahvila::domain
