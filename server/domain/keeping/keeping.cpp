#include "domain/keeping/keeping.hpp"

#include <algorithm>
#include <set>

#include "domain/room/room.hpp"

namespace etakahvila::domain {
namespace {

Milliseconds united_length(std::vector<CountedSpan> spans) {
    std::sort(spans.begin(), spans.end(), [](const auto& one, const auto& other) { return one.from < other.from; });
    Milliseconds length{};
    RoomTime covered;
    for (const auto& span : spans) {
        const auto from = std::max(span.from, covered);
        if (span.to <= from) continue;
        length += span.to - from;
        covered = span.to;
    }
    return length;
}

Milliseconds in_room(const Member& member, RoomTime now) {
    std::vector<CountedSpan> spans;
    spans.reserve(member.stays.size());
    for (const auto& stay : member.stays) spans.push_back({.from = stay.from, .to = stay.to.value_or(now)});
    return united_length(std::move(spans));
}

std::map<PersonId, std::int64_t> reactions_by_person(const Room& room) {
    std::map<PersonId, std::int64_t> by_person;
    for (const auto& [id, message] : room.chat.messages) {
        std::set<PersonId> people;
        for (const auto& [reaction, theirs] : message.reactions) people.insert(theirs.begin(), theirs.end());
        for (const auto person : people) ++by_person[person];
    }
    return by_person;
}

/// Of each who was admitted: of the day while it is here, and as it was kept afterwards.
std::map<PersonId, KeptFigures> passing_figures(const Room& room) {
    if (room.keeping.is_compacted) return room.keeping.figures;
    const auto reactions = reactions_by_person(room);
    std::map<PersonId, KeptFigures> all;
    for (const auto& [person, member] : room.presence.members) {
        const auto theirs = reactions.find(person);
        KeptFigures figures{.person = person,
            .in_room_ms = in_room(member, room.now.at).count(),
            .reactions = theirs == reactions.end() ? 0 : theirs->second,
            .answered_a_poll = {}};
        if (room.polls.voters.contains(person)) figures.answered_a_poll = true;
        const bool is_any = figures.in_room_ms > 0 || figures.reactions > 0 || figures.answered_a_poll;
        if (is_any) all.emplace(person, figures);
    }
    return all;
}

void add_things_of_all(const Room& room, std::vector<ThingRef>& out) {
    const Viewer staff{.audience = Audience::staff, .person = {}};
    for_each_rule([&](const auto& rule) { rule.add_things(room, staff, out); });
}

}  // namespace

bool is_compacted(const Room& room) { return room.keeping.is_compacted; }

bool may_compact(const Room& room) {
    const auto phase = room.session.phase;
    return (phase == Phase::sealed || phase == Phase::cancelled) && room.work.leaving.empty();
}

RoomCompacted compacted(const Room& room) {
    RoomCompacted event;
    for_each_rule([&](const auto& rule) { rule.add_kept(room, event); });
    return event;
}

Step compacted_step(const Room& room) {
    Step step{.seq = 1, .stamp = room.now, .member = {}, .command = {}, .refusal = {}, .events = {}};
    step.events.emplace_back(compacted(room));
    return step;
}

std::vector<PersonFigures> figures_of(const Room& room) {
    const auto passing = passing_figures(room);
    std::map<PersonId, PersonFigures> by_person;
    for (const auto& [person, member] : room.presence.members) {
        auto& figures = by_person[person];
        figures.person = person;
        figures.role = member.role;
        figures.losses = member.losses;
        figures.on_phone = united_length(ended_spans(member.calls, room.now.at));
        if (const auto voice = room.floor.voices.find(person); voice != room.floor.voices.end()) {
            figures.turns = voice->second.turns;
            figures.spoken = voice->second.spoken;
            figures.written_turns = voice->second.written_turns;
        }
        if (const auto author = room.chat.authors.find(person); author != room.chat.authors.end())
            figures.messages = author->second.published;
        figures.has_returned = counted_work(room, person, room.now.at).has_value();
        const auto kept = passing.find(person);
        if (kept == passing.end()) continue;
        figures.in_room = Milliseconds{kept->second.in_room_ms};
        figures.reactions = kept->second.reactions;
        figures.has_answered_poll = kept->second.answered_a_poll.value_or(false);
    }
    for (const auto& [id, help] : room.help.cases) {
        const auto found = by_person.find(help.person);
        const auto waited = waited_for_help(help, room.now.at);
        if (found == by_person.end() || !waited) continue;
        ++found->second.help;
        found->second.help_waited += *waited;
    }
    std::vector<PersonFigures> all;
    all.reserve(by_person.size());
    for (auto& [person, figures] : by_person) all.push_back(figures);
    return all;
}

void apply(Room& room, const Context& context, const RoomCompacted& event) {
    std::vector<ThingRef> things;
    add_things_of_all(room, things);
    static_cast<RuleStates&>(room) = {};
    room.outcomes.clear();
    for_each_rule([&](const auto& rule) { rule.note_kept(room, context, event); });
    add_things_of_all(room, things);
    for (const auto thing : things) room.touch(context, thing.kind, thing.id);
}

void KeepingRule::add_kept(const Room& room, RoomCompacted& out) const {
    out.earlier = room.keeping.earlier;
    for (const auto& [person, figures] : passing_figures(room)) out.figures.push_back(figures);
}

void KeepingRule::note_kept(Room& room, const Context&, const RoomCompacted& event) const {
    room.keeping.is_compacted = true;
    room.keeping.earlier = event.earlier;
    for (const auto& figures : event.figures) room.keeping.figures.emplace(figures.person, figures);
}

}  // namespace etakahvila::domain
