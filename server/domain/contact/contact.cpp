#include "domain/contact/contact.hpp"

#include <algorithm>

#include "domain/room/room.hpp"

namespace etakahvila::domain {
namespace {

const RosterPerson* roster_row(const Room& room, PersonId person) {
    const auto& roster = room.session.plan.roster;
    const auto found = std::find_if(roster.begin(), roster.end(),
        [&](const auto& each) { return each.person == person && each.role == Role::participant; });
    return found == roster.end() ? nullptr : &*found;
}

/// As it was noted last, whether an absence was told or not.
ContactNoted noted_of(const Room& room, PersonId person) {
    if (const auto found = room.contacts.of.find(person); found != room.contacts.of.end()) return found->second.now;
    ContactNoted nothing;
    nothing.person = person;
    return nothing;
}

bool is_way(const Room& room, SessionWay way) { return way_of(room.session.plan) == way; }

/// Somebody's own decision, made without a line to the room.
Context as(const Context& context, PersonId by) {
    auto theirs = context;
    theirs.actor.person = by;
    return theirs;
}

/// Each act, on how it stands before: how it stands then, the same where nothing is to be done, or why not.
struct Acts {
    const ContactNoted& before;
    UtcTime now;
    using Outcome = std::variant<ContactNoted, RefusalWord>;

    Outcome operator()(const CallAnswered&) const {
        if (has_answered() && before.tries.empty()) return before;
        auto after = answered();
        if (!has_answered()) after.state = ContactState::called;
        return after;
    }
    Outcome operator()(const CallUnanswered&) const {
        if (before.state == ContactState::checked) return RefusalWord::not_now;
        if (!before.tries.empty() && now.ms < before.tries.back().ms + next_try_after.count()) return before;
        auto after = before;
        after.tries.push_back(now);
        if (after.tries.size() >= tries_until_not_reached) after.state = ContactState::not_reached;
        return after;
    }
    Outcome operator()(const TaskGiven&) const {
        if (before.state == ContactState::checked) return RefusalWord::not_now;
        auto after = answered();
        after.state = ContactState::doing;
        return after;
    }
    Outcome operator()(const TaskNotReady&) const {
        if (before.state != ContactState::doing) return RefusalWord::not_now;
        return answered();
    }
    Outcome operator()(const TaskChecked& act) const {
        if (act.seconds <= 0 || act.seconds > contact_seconds_max) return RefusalWord::invalid;
        auto after = answered();
        after.state = ContactState::checked;
        after.seconds = act.seconds;
        after.source = act.source;
        return after;
    }
    /// Is of the history, and decided by itself.
    Outcome operator()(const ContactTakenBack&) const { return before; }

private:
    bool has_answered() const {
        return before.state == ContactState::called || before.state == ContactState::doing ||
               before.state == ContactState::checked;
    }
    ContactNoted answered() const {
        auto after = before;
        after.tries.clear();
        return after;
    }
};

/// How it stands when what was done last is taken back.
std::optional<ContactNoted> taken_back(const Room& room, PersonId person) {
    const auto found = room.contacts.of.find(person);
    if (found == room.contacts.of.end()) return std::nullopt;
    const auto& history = found->second;
    if (history.before.empty()) return std::nullopt;
    auto after = history.before.back();
    after.takes_back = history.now.version;
    return after;
}

/// What would be the room's after these events.
Room room_after(const Room& room, const Context& context, const std::vector<Event>& events, std::size_t from) {
    auto next = room;
    for (auto index = from; index < events.size(); ++index)
        std::visit([&](const auto& happened) { apply(next, context, happened); }, events[index].any());
    return next;
}

}  // namespace

ContactNoted contact_of(const Room& room, const RosterPerson& expected, const ContactNoted* instead) {
    const bool is_about_to_be = instead != nullptr && instead->person == expected.person;
    auto standing = is_about_to_be ? *instead : noted_of(room, expected.person);
    const bool is_unheard = standing.state == ContactState::to_call || standing.state == ContactState::not_reached;
    if (is_unheard && expected.excused) standing.state = ContactState::excused;
    return standing;
}

Decision decide(const Room& room, const Context& context, const NoteContact& input) {
    const auto phase = room.session.phase;
    if (!has_no_room(room.session.plan) || (phase != Phase::planned && phase != Phase::closed))
        return RefusalWord::not_now;
    if (roster_row(room, input.person) == nullptr) return RefusalWord::not_found;
    const auto before = noted_of(room, input.person);
    if (before.version != input.version) {
        const auto by = before.version == 0 ? std::nullopt : std::optional{before.by};
        return refused(RefusalWord::version_conflict, before.version, by);
    }

    ContactNoted now;
    if (std::holds_alternative<ContactTakenBack>(input.act)) {
        const auto back = taken_back(room, input.person);
        if (!back) return RefusalWord::not_now;
        now = *back;
    } else {
        const auto outcome = std::visit(Acts{.before = before, .now = context.stamp.utc}, input.act);
        if (const auto* word = std::get_if<RefusalWord>(&outcome)) return *word;
        now = std::get<ContactNoted>(outcome);
        // A press that was the same one again. What is not ready has another time, and what was checked other words.
        const bool is_call = std::holds_alternative<CallAnswered>(input.act) ||
                             std::holds_alternative<CallUnanswered>(input.act);
        if (is_call && now == before) return done();
        now.takes_back.reset();
    }
    now.version = before.version + 1;
    now.by = input.by;
    return done(std::move(now));
}

Decision decide(const Room& room, const Context& context, const CloseOutside& input) {
    if (!has_no_room(room.session.plan) || room.session.phase != Phase::planned) return RefusalWord::not_now;
    std::vector<Event> events;
    add_phase_change(room, as(context, input.by), PhaseChanged{.phase = Phase::closed, .break_ends_at = {}}, events);
    return events;
}

Decision decide(const Room& room, const Context& context, const HoldAppointment& input) {
    if (!is_way(room, SessionWay::appointment) || room.session.phase != Phase::planned) return RefusalWord::not_now;
    if (roster_row(room, input.person) == nullptr) return RefusalWord::not_found;
    if (input.seconds < 0 || input.seconds > contact_seconds_max) return RefusalWord::invalid;
    const auto theirs = as(context, input.by);

    auto noted = noted_of(room, input.person);
    ++noted.version;
    noted.by = input.by;
    noted.takes_back.reset();
    noted.state = input.mark == Mark::excused ? ContactState::excused : ContactState::not_reached;
    if (input.seconds > 0) {
        noted.state = ContactState::checked;
        noted.seconds = input.seconds;
        noted.source = input.source;
    }
    // Each part is decided on the room as the part before it leaves it.
    std::vector<Event> events;
    events.emplace_back(noted);
    auto next = room_after(room, theirs, events, 0);
    const auto closing = events.size();
    add_phase_change(next, theirs, PhaseChanged{.phase = Phase::closed, .break_ends_at = {}}, events);
    next = room_after(next, theirs, events, closing);
    const auto marked = decide(next, theirs,
        MarkAttendance{.person = input.person,
            .version = next.attendance.rows.at(input.person).version,
            .mark = input.mark,
            .minutes = input.minutes,
            .reason = input.reason,
            .source = input.source});
    if (marked.refusal()) return *marked.refusal();
    events.insert(events.end(), marked.events().begin(), marked.events().end());
    return events;
}

Decision decide(const Room& room, const Context& context, const TakeBackAppointment& input) {
    const auto phase = room.session.phase;
    const bool is_unsealed = phase == Phase::planned || phase == Phase::closed;
    if (!is_way(room, SessionWay::appointment) || !is_unsealed) return RefusalWord::not_now;
    std::vector<Event> events;
    AttendanceLinesDropped dropped;
    for (const auto& [person, row] : room.attendance.rows) dropped.people.push_back(person);
    if (!dropped.people.empty()) events.emplace_back(std::move(dropped));
    add_phase_change(room, as(context, input.by), PhaseChanged{.phase = Phase::cancelled, .break_ends_at = {}}, events);
    return events;
}

Decision decide(const Room& room, const Context& context, const SealOutside& input) {
    if (!has_no_room(room.session.plan) || room.session.phase != Phase::closed) return RefusalWord::not_now;
    const auto version = input.version.value_or(room.attendance.version);
    return decide(room, as(context, input.by), SealAttendance{.version = version});
}

void apply(Room& room, const Context&, const ContactNoted& event) {
    auto& history = room.contacts.of[event.person];
    // Before the first act nothing was noted: that stands again too.
    history.now.person = event.person;
    if (!event.takes_back)
        history.before.push_back(history.now);
    else if (!history.before.empty())
        history.before.pop_back();
    history.now = event;
}

void ContactRule::clear(Room& room, const Context& context) const { clear_all(room, context, *this); }

void ContactRule::add_kept(const Room& room, RoomCompacted& out) const {
    for (const auto& [person, history] : room.contacts.of) out.contacts.push_back(history.now);
}

void ContactRule::note_kept(Room& room, const Context&, const RoomCompacted& event) const {
    for (const auto& noted : event.contacts) room.contacts.of[noted.person].now = noted;
}

}  // namespace etakahvila::domain
