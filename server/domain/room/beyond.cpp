#include "domain/room/beyond.hpp"

namespace etakahvila::domain {
namespace {

/// What each event means by itself; most mean nothing.
struct Meaning {
    Beyond& beyond;

    void operator()(const AttendanceProposed&) const { beyond.makes_report = true; }
    void operator()(const AttendanceSealed&) const { beyond.makes_report = true; }
    void operator()(const AttendanceCorrected&) const { beyond.makes_report = true; }
    void operator()(const CameLate&) const { beyond.makes_report = true; }
    void operator()(const WorkAfterSeal&) const { beyond.makes_report = true; }
    void operator()(const PhaseChanged& event) const {
        if (event.phase == Phase::cancelled) beyond.makes_report = true;
    }
    void operator()(const PersonRemoved& event) const { beyond.removed.push_back(event.person); }
    void operator()(const PersonSilenced& event) const { beyond.silenced.push_back(event.person); }
    void operator()(const TurnTextTakenAway& event) const { beyond.texts_taken_away.push_back(event.turn); }
    template <class Other>
    void operator()(const Other&) const {}
};

}  // namespace

Beyond beyond(const Room& room, const Step& step) {
    Beyond beyond;
    for (const auto& event : step.events) std::visit(Meaning{beyond}, event.any());
    room.changes.each_of(step.seq, [&](const ThingRef& thing) {
        const auto kind = thing.kind;
        if (kind == ChangeKind::floor || kind == ChangeKind::turn || kind == ChangeKind::person)
            beyond.moves_voice = true;
        if (kind == ChangeKind::help_request) beyond.changes_help = true;
    });
    return beyond;
}

bool has_voice(const Room& room) {
    const auto& session = room.session;
    return session.plan.voice.value_or(true) && !is_over(session.phase);
}

bool has_taken_part(const Room& room, PersonId person) {
    const auto* member = room.member(person);
    return (member != nullptr && !member->stays.empty()) || room.contacts.of.contains(person);
}

std::set<PersonId> people_to_help(const Room& room) {
    std::set<PersonId> people;
    for (const auto& [id, help] : room.help.cases) {
        if (help.is_waiting() || help.is_suggested()) people.insert(help.person);
    }
    return people;
}

bool may_rest(const Room& room, const Stamp& now) {
    const auto& plan = room.session.plan;
    const auto apart = day_apart.count();
    const bool is_another_day = now.utc.ms < plan.starts_at.ms - apart || now.utc.ms > plan.ends_at.ms + apart;
    // For its doors it is asked for in time.
    const bool has_due = next_due(room) != doors_due(room);
    return is_another_day && people_up(room) == 0 && !has_due && is_empty(decide(room, Restart{}, now));
}

}  // namespace etakahvila::domain
