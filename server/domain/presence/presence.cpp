#include "domain/presence/presence.hpp"

#include <algorithm>
#include <utility>

#include "domain/presence/nicknames.hpp"
#include "domain/room/room.hpp"
#include "text/text.hpp"

namespace etakahvila::domain {
namespace {

constexpr std::size_t recent_losses_kept = 3;
/// As long as a name can be registered: what is registered the door takes.
constexpr std::size_t planned_name_code_points_max = 80;

text::CleanText name_for(const Room& room, Role role, std::string_view name, bool is_planned = false) {
    if (has_nickname(room, role)) return free_nickname(room, name);
    if (!is_staff(role) && !is_planned) return text::clean_name(name, staff_names(room));
    auto clean = text::clean_one_line(name, planned_name_code_points_max);
    if (clean.fault) clean.fault = RefusalWord::name_not_allowed;
    return clean;
}

/// The connection's time in the room, while it is up.
Stay* find_stay(Member& member, ConnectionId connection) {
    const auto& open = member.open_stays;
    const auto found = std::find_if(
        open.begin(), open.end(), [&](std::size_t stay) { return member.stays[stay].connection == connection; });
    return found == open.end() ? nullptr : &member.stays[*found];
}

/// The person of an event. An event of someone who is not known changes nothing.
Member* member_of(Room& room, PersonId person) {
    const auto found = room.presence.members.find(person);
    return found == room.presence.members.end() ? nullptr : &found->second;
}

const Member* member_with_up(const Room& room, PersonId person, ConnectionId connection) {
    const auto* member = room.member(person);
    if (member == nullptr) return nullptr;
    const auto& open = member->open_stays;
    const bool is_up = std::any_of(
        open.begin(), open.end(), [&](std::size_t stay) { return member->stays[stay].connection == connection; });
    return is_up ? member : nullptr;
}

void set_presence(const Context& context, Member& member, PresenceState presence) {
    if (member.presence == presence) return;
    member.presence = presence;
    member.since = context.stamp.at;
}

void end_stay(Member& member, Stay& stay, RoomTime at, bool is_inferred) {
    stay.to = std::max(at, stay.from);
    stay.is_inferred = is_inferred;
    --member.up;
    if (!member.last_end || *stay.to > *member.last_end) member.last_end = stay.to;
    std::erase(member.open_stays, static_cast<std::size_t>(&stay - member.stays.data()));
}

void end_call(const Context& context, Member& member) {
    if (!std::exchange(member.is_on_phone, false)) return;
    member.calls.back().to = context.stamp.at;
}

/// All of the person's stays that are up, in the order of their start; ending one changes which are.
std::vector<std::size_t> all_open(const Member& member) { return member.open_stays; }

void set_told(const Context& context, Member& member) {
    member.told = {.connections = member.up, .losses = member.losses, .device = member.device};
    member.told_at = context.stamp.at;
    member.tell_at.reset();
}

/// The person may look different to anyone.
void touch(Room& room, const Context& context, Member& member) {
    set_told(context, member);
    room.touch(context, ChangeKind::person, member.id);
}

/// How many lines they have is the staff's to see: at once, or together with what comes within a second.
void touch_connections(Room& room, const Context& context, Member& member) {
    if (member.tell_at) return;
    if (member.told_at && context.stamp.at < *member.told_at + connections_told_every) {
        member.tell_at = *member.told_at + connections_told_every;
        return;
    }
    set_told(context, member);
    room.touch_for_staff(context, ChangeKind::person, member.id);
}

void begin_stay(Room& room, const Context& context, PersonId person, ConnectionId connection,
    const std::optional<std::string>& device) {
    auto* member = member_of(room, person);
    if (member == nullptr) return;
    member->open_stays.push_back(member->stays.size());
    member->stays.push_back({.connection = connection, .from = context.stamp.at, .to = {}});
    ++member->up;
    const bool is_seen_already = member->came && member->presence == PresenceState::present;
    if (!member->came) member->came = context.stamp.at;
    member->lost_at.reset();
    if (device) member->device = device;
    set_presence(context, *member, PresenceState::present);
    // The outage begins no earlier than the first who could notice it.
    if (room.session.alive_at < context.stamp.at) room.session.alive_at = context.stamp.at;
    if (is_seen_already)
        touch_connections(room, context, *member);
    else
        touch(room, context, *member);
}

std::optional<RoomTime> due_of(const Member& member) {
    std::optional<RoomTime> due;
    const auto sooner = [&](RoomTime at) {
        if (!due || at < *due) due = at;
    };
    if (member.lost_at && member.presence == PresenceState::present) sooner(*member.lost_at + away_after);
    if (member.lost_at && member.presence == PresenceState::away) sooner(*member.lost_at + gone_after);
    if (member.silenced_until) sooner(*member.silenced_until);
    if (member.tell_at) sooner(*member.tell_at);
    return due;
}

/// What every rule adds for a person who has a line more, or one less, or none on purpose.
void add_line_back(const Room& room, const Context& context, PersonId person, bool is_first, std::vector<Event>& out) {
    for_each_rule([&](const auto& rule) { rule.add_line_back(room, context, person, is_first, out); });
}
void add_line_lost(const Room& room, const Context& context, PersonId person, bool is_last, std::vector<Event>& out) {
    for_each_rule([&](const auto& rule) { rule.add_line_lost(room, context, person, is_last, out); });
}
void add_person_out(const Room& room, const Context& context, PersonId person, std::vector<Event>& out) {
    for_each_rule([&](const auto& rule) { rule.add_person_out(room, context, person, out); });
}

/// Participants are told of whoever has shown themselves, and of the staff.
bool is_seen_by_all(const Room& room, const Member& member) {
    return !has_nickname(room, member.role) || member.is_in_view;
}

}  // namespace

std::vector<std::string> staff_names(const Room& room) {
    auto names = room.session.plan.staff_names;
    for (const auto& [person, member] : room.presence.members) {
        if (is_staff(member.role)) names.push_back(member.name);
    }
    return names;
}

Decision decide(const Room& room, const Context&, const Admit& input) {
    if (room.session.phase == Phase::cancelled) return RefusalWord::over;
    if (has_no_room(room.session.plan) && !is_staff(input.role)) return RefusalWord::not_now;
    const auto* member = room.member(input.person);
    if (member != nullptr && member->presence == PresenceState::removed) return RefusalWord::removed;
    if (member == nullptr && !is_staff(input.role) && !input.accepts_netiquette)
        return RefusalWord::netiquette_not_accepted;
    if (member != nullptr && member->role != input.role && is_staff(member->role) && is_staff(input.role)) {
        return done(
            PersonAdmitted{.person = input.person, .role = input.role, .decision_type = {}, .name = member->name});
    }
    if (member != nullptr && (input.name.empty() || input.name == member->name)) return done();
    // Whatever else is given, whoever comes back has the nickname that they had.
    if (member != nullptr && has_nickname(room, input.role)) return done();
    const auto name = name_for(room, input.role, input.name, input.is_planned_name);
    if (name.fault) return *name.fault;
    if (member == nullptr) {
        if (room.presence.members.size() >= members_max) return RefusalWord::room_full;
        return done(PersonAdmitted{.person = input.person,
            .role = input.role,
            .decision_type = input.decision_type,
            .duty = input.duty,
            .name = name.value});
    }
    if (name.value == member->name || name.value == member->second_name) return done();
    // Nobody is connected under the old name: it is the same person with another nickname.
    if (!member->is_up()) return done(NameChanged{.person = input.person, .name = name.value, .settles = {}});
    return done(SecondNameGiven{.person = input.person, .name = name.value});
}

Decision decide(const Room& room, const Context& context, const OpenConnection& input) {
    const auto* member = room.member(input.person);
    if (member == nullptr) return RefusalWord::not_found;
    if (member->presence == PresenceState::removed) return RefusalWord::removed;
    std::vector<Event> events;
    if (member->stays.empty()) {
        events.emplace_back(
            ConnectionJoined{.person = input.person, .connection = input.connection, .device = input.device});
    } else {
        events.emplace_back(
            ConnectionResumed{.person = input.person, .connection = input.connection, .device = input.device});
    }
    add_line_back(room, context, input.person, !member->is_there(), events);
    return events;
}

Decision decide(const Room& room, const Context& context, const LoseConnection& input) {
    const auto* member = member_with_up(room, input.person, input.connection);
    if (member == nullptr) return done();
    std::vector<Event> events;
    events.emplace_back(
        ConnectionLost{.person = input.person, .connection = input.connection, .silent_since = input.silent_since});
    add_line_lost(room, context, input.person, member->up == 1 && member->hangs_on_connections(), events);
    return events;
}

Decision decide(const Room& room, const Context& context, const LeaveConnection& input) {
    const auto* member = member_with_up(room, input.person, input.connection);
    if (member == nullptr) return done();
    std::vector<Event> events;
    events.emplace_back(ConnectionLeft{.person = input.person, .connection = input.connection});
    if (member->up == 1 && member->hangs_on_connections()) add_person_out(room, context, input.person, events);
    return events;
}

Decision decide(const Room& room, const Context& context, const ChangeName& command) {
    // The nickname that somebody has is theirs for the day.
    if (has_nickname(room, context.actor.role)) return RefusalWord::name_not_offered;
    const auto* member = room.member(context.actor.person);
    const bool is_current = member != nullptr && command.name == member->name;
    // The door took both of two names: neither is judged anew.
    if (member != nullptr && member->second_name && (is_current || command.name == member->second_name)) {
        if (is_current && member->is_name_settled) return done();
        return done(NameChanged{.person = member->id, .name = command.name, .settles = true});
    }
    const auto name = name_for(room, context.actor.role, command.name);
    if (name.fault) return *name.fault;
    return done(NameChanged{.person = context.actor.person, .name = name.value, .settles = {}});
}

Decision decide(const Room&, const Context& context, const SayImBack&) {
    return done(SaidImBack{context.actor.person});
}

Decision decide(const Room& room, const Context& context, const SilencePerson& command) {
    const auto* member = room.member(command.person);
    if (member == nullptr) return RefusalWord::not_found;
    if (is_staff(member->role)) return RefusalWord::not_permitted;
    const auto reason = text::clean_text(command.reason, 200);
    if (reason.fault) return *reason.fault;
    return done(PersonSilenced{.person = command.person,
        .until = context.stamp.at + std::chrono::minutes{command.minutes},
        .reason = reason.value,
        .by = context.actor.person});
}

Decision decide(const Room& room, const Context&, const EndSilence& command) {
    const auto* member = room.member(command.person);
    if (member == nullptr || !member->silenced_until) return RefusalWord::not_found;
    return done(SilenceEnded{command.person});
}

Decision decide(const Room& room, const Context& context, const RemovePerson& command) {
    const auto* member = room.member(command.person);
    if (member == nullptr) return RefusalWord::not_found;
    if (is_staff(member->role)) return RefusalWord::not_permitted;
    if (member->presence == PresenceState::removed && member->is_banned() >= command.ban)
        return RefusalWord::already_handled;
    const auto reason = text::clean_text(command.reason, 200);
    if (reason.fault) return *reason.fault;
    std::vector<Event> events;
    events.emplace_back(PersonRemoved{
        .person = command.person, .reason = reason.value, .ban = command.ban, .by = context.actor.person});
    add_person_out(room, context, command.person, events);
    return events;
}

Decision decide(const Room& room, const Context& context, const ReadmitPerson& command) {
    const auto* member = room.member(command.person);
    if (member == nullptr || member->presence != PresenceState::removed) return RefusalWord::not_found;
    return done(PersonReadmitted{.person = command.person, .by = context.actor.person, .banned_at = member->banned_at});
}

namespace {

/// One who is registered and has not been admitted comes in by their call.
Decision come_by_phone(const Room& room, const Context& context, const SetOnPhone& command) {
    const auto& roster = room.session.plan.roster;
    const auto expected = std::find_if(
        roster.begin(), roster.end(), [&](const auto& each) { return each.person == command.person; });
    if (!command.on || expected == roster.end() || is_staff(expected->role)) return RefusalWord::not_found;
    auto wanted = command.name.value_or(std::string{});
    if (const auto offered = offered_nicknames(room, command.person); wanted.empty() && !offered.empty())
        wanted = offered.front();
    const auto name = name_for(room, expected->role, wanted);
    if (name.fault) return *name.fault;
    if (room.presence.members.size() >= members_max) return RefusalWord::room_full;
    std::vector<Event> events;
    events.emplace_back(PersonAdmitted{.person = command.person,
        .role = expected->role,
        .decision_type = expected->decision_type,
        .duty = expected->duty,
        .name = name.value});
    events.emplace_back(PhoneLineSet{.person = command.person, .on = true, .by = context.actor.person});
    add_line_back(room, context, command.person, true, events);
    return events;
}

}  // namespace

Decision decide(const Room& room, const Context& context, const SetOnPhone& command) {
    const auto* member = room.member(command.person);
    if (member == nullptr) return come_by_phone(room, context, command);
    if (is_staff(member->role)) return RefusalWord::not_permitted;
    if (member->presence == PresenceState::removed) return RefusalWord::person_gone;
    if (member->is_on_phone == command.on) return done();
    std::vector<Event> events;
    events.emplace_back(PhoneLineSet{.person = command.person, .on = command.on, .by = context.actor.person});
    if (member->is_up()) return events;
    if (command.on) {
        add_line_back(room, context, command.person, true, events);
    } else {
        // Hanging up is saying goodbye: an act of the person's own, which staff only report.
        auto theirs = context;
        theirs.actor.person = command.person;
        add_person_out(room, theirs, command.person, events);
    }
    return events;
}

// ---- time

void PresenceRule::add_due(const Room& room, const Stamp& now, std::vector<Event>& out) const {
    for (const auto& [person, member] : room.presence.members) {
        if (member.lost_at && member.presence == PresenceState::present && now.at >= *member.lost_at + away_after)
            out.emplace_back(PersonWentAway{person});
        if (member.lost_at && member.presence == PresenceState::away && now.at >= *member.lost_at + gone_after)
            out.emplace_back(PersonGone{person});
        if (member.silenced_until && now.at >= *member.silenced_until) out.emplace_back(SilenceEnded{person});
    }
    const auto& members = room.presence.members;
    const bool is_any_to_be_told = std::any_of(members.begin(), members.end(),
        [&](const auto& entry) { return entry.second.tell_at && now.at >= *entry.second.tell_at; });
    if (is_any_to_be_told) out.emplace_back(LinesShown{});
}

std::optional<RoomTime> PresenceRule::next_due(const Room& room) const {
    std::optional<RoomTime> next;
    for (const auto& [person, member] : room.presence.members) {
        const auto due = due_of(member);
        if (due && (!next || *due < *next)) next = due;
    }
    return next;
}

// ---- events

void apply(Room& room, const Context& context, const PersonAdmitted& event) {
    const auto [found, is_new] = room.presence.members.try_emplace(event.person);
    auto& member = found->second;
    member.id = event.person;
    member.role = event.role;
    member.decision_type = event.decision_type;
    member.duty = event.duty;
    member.name = event.name;
    // Staff who come in again in another role have been here since they came first.
    if (is_new) member.since = context.stamp.at;
}

void apply(Room& room, const Context& context, const NameChanged& event) {
    auto* member = member_of(room, event.person);
    if (member == nullptr) return;
    if (event.settles.value_or(false)) {
        member->is_name_settled = true;
        // The one that was not chosen stays beside it, for the staff.
        if (member->second_name == event.name) member->second_name = member->name;
    }
    member->name = event.name;
    touch(room, context, *member);
}

void apply(Room& room, const Context& context, const SecondNameGiven& event) {
    auto* member = member_of(room, event.person);
    if (member == nullptr) return;
    member->second_name = event.name;
    member->is_name_settled = false;
    touch(room, context, *member);
}

void apply(Room& room, const Context& context, const ConnectionJoined& event) {
    begin_stay(room, context, event.person, event.connection, event.device);
}
void apply(Room& room, const Context& context, const ConnectionResumed& event) {
    begin_stay(room, context, event.person, event.connection, event.device);
}

void apply(Room& room, const Context& context, const ConnectionLost& event) {
    auto* member = member_of(room, event.person);
    auto* stay = member == nullptr ? nullptr : find_stay(*member, event.connection);
    if (stay == nullptr) return;
    end_stay(*member, *stay, event.silent_since.value_or(context.stamp.at), event.silent_since.has_value());
    ++member->losses;
    member->recent_losses.push_back(context.stamp.at);
    if (member->recent_losses.size() > recent_losses_kept) member->recent_losses.erase(member->recent_losses.begin());
    if (!member->is_there()) member->lost_at = context.stamp.at;
    // They may be back before it is told.
    if (!member->tell_at) member->tell_at = context.stamp.at + connections_told_every;
}

void apply(Room& room, const Context& context, const ConnectionLeft& event) {
    auto* member = member_of(room, event.person);
    auto* stay = member == nullptr ? nullptr : find_stay(*member, event.connection);
    if (stay == nullptr) return;
    end_stay(*member, *stay, context.stamp.at, false);
    if (member->is_there()) return touch_connections(room, context, *member);
    set_presence(context, *member, PresenceState::gone);
    touch(room, context, *member);
}

void apply(Room& room, const Context& context, const PersonWentAway& event) {
    auto* member = member_of(room, event.person);
    if (member == nullptr) return;
    set_presence(context, *member, PresenceState::away);
    touch(room, context, *member);
}

void apply(Room& room, const Context& context, const PersonGone& event) {
    auto* member = member_of(room, event.person);
    if (member == nullptr) return;
    set_presence(context, *member, PresenceState::gone);
    member->lost_at.reset();
    touch(room, context, *member);
}

void apply(Room& room, const Context& context, const PersonSilenced& event) {
    auto* member = member_of(room, event.person);
    if (member == nullptr) return;
    member->silenced_until = event.until;
    member->silence_reason = event.reason;
    touch(room, context, *member);
}

void apply(Room& room, const Context& context, const SilenceEnded& event) {
    auto* member = member_of(room, event.person);
    if (member == nullptr) return;
    member->silenced_until.reset();
    member->silence_reason.reset();
    touch(room, context, *member);
}

void apply(Room& room, const Context& context, const PersonRemoved& event) {
    auto* member = member_of(room, event.person);
    if (member == nullptr) return;
    for (const auto stay : all_open(*member)) end_stay(*member, member->stays[stay], context.stamp.at, false);
    member->lost_at.reset();
    end_call(context, *member);
    member->removal_reason = event.reason;
    member->removed_by = event.by;
    if (event.ban) member->banned_at = context.stamp.utc;
    set_presence(context, *member, PresenceState::removed);
    touch(room, context, *member);
}

void apply(Room& room, const Context& context, const PersonReadmitted& event) {
    auto* member = member_of(room, event.person);
    if (member == nullptr) return;
    member->removal_reason.reset();
    member->removed_by.reset();
    member->banned_at.reset();
    set_presence(context, *member, PresenceState::gone);
    touch(room, context, *member);
}

void apply(Room& room, const Context& context, const PhoneLineSet& event) {
    auto* member = member_of(room, event.person);
    if (member == nullptr) return;
    end_call(context, *member);
    if (event.on) {
        member->is_on_phone = true;
        member->calls.push_back({.from = context.stamp.at, .to = {}});
        member->lost_at.reset();
        if (!member->came) member->came = context.stamp.at;
    }
    if (!member->is_up()) set_presence(context, *member, event.on ? PresenceState::present : PresenceState::gone);
    touch(room, context, *member);
}

void apply(Room& room, const Context& context, const LinesShown&) {
    for (auto& [person, member] : room.presence.members) {
        if (!member.tell_at || context.stamp.at < *member.tell_at) continue;
        set_told(context, member);
        room.touch_for_staff(context, ChangeKind::person, person);
    }
}

void apply(Room& room, const Context& context, const SaidImBack& event) { note_sign(room, context, event.person); }

void PresenceRule::note_outage(Room& room, const Context& context, RoomTime down_since) const {
    for (auto& [person, member] : room.presence.members) {
        if (!member.is_up()) continue;
        for (const auto stay : all_open(member)) {
            end_stay(member, member.stays[stay], down_since, true);
            member.stays[stay].by_outage = true;
        }
        if (!member.is_on_phone) member.lost_at = context.stamp.at;
        touch(room, context, member);
    }
}

std::optional<Refusal> why_silenced(const Room& room, PersonId person, RoomTime now) {
    const auto* member = room.member(person);
    if (member == nullptr || !member->silenced_until || now >= *member->silenced_until) return std::nullopt;
    return refused(
        RefusalWord::silenced, {}, {}, std::chrono::ceil<std::chrono::seconds>(*member->silenced_until - now).count());
}

void note_sign(Room& room, const Context& context, PersonId person) {
    if (room.member(person) == nullptr) return;
    for_each_rule([&](const auto& rule) { rule.note_sign(room, context, person); });
}

void PresenceRule::note_sign(Room& room, const Context& context, PersonId person) const {
    if (auto* member = member_of(room, person)) member->last_sign = context.stamp.at;
}

void bring_into_view(Room& room, const Context& context, PersonId person) {
    auto* member = member_of(room, person);
    if (member == nullptr || member->is_in_view) return;
    member->is_in_view = true;
    if (has_nickname(room, member->role)) room.touch(context, ChangeKind::person, person);
}

void PresenceRule::add_planned(
    const Room& room, const Context&, const SessionPlan& plan, std::vector<Event>& out) const {
    add_nicknames(room, plan, out);
}

void PresenceRule::note_planned(Room& room, const Context& context, const SessionPlan& plan) const {
    if (is_anonymous(plan) == is_anonymous(room.session.plan)) return;
    for (auto& [person, member] : room.presence.members) {
        if (is_anonymous(plan)) {
            member.was_in_view = member.came.has_value();
            member.is_in_view = false;
        }
        room.touch(context, ChangeKind::person, person);
    }
}

void PresenceRule::clear(Room& room, const Context& context) const {
    for (auto& [person, member] : room.presence.members) {
        if (!std::exchange(member.is_in_view, false) || !has_nickname(room, member.role)) continue;
        member.was_in_view = true;
        room.touch(context, ChangeKind::person, person);
    }
}

// ---- what is shown

void PresenceRule::add_things(const Room& room, const Viewer&, std::vector<ThingRef>& out) const {
    for (const auto& [person, member] : room.presence.members) out.push_back({ChangeKind::person, person.value});
}

std::optional<Change> PresenceRule::see(const Room& room, ThingRef thing, const Viewer& viewer) const {
    const PersonId person{thing.id};
    const auto* member = room.member(person);
    if (member == nullptr || !member->came) return std::nullopt;
    if (!viewer.is_staff() && !viewer.is(person) && !is_seen_by_all(room, *member)) {
        if (!member->was_in_view) return std::nullopt;
        return Dropped{.kind = ChangeKind::person, .id = person.value};
    }
    Person seen{
        .id = person, .name = member->name, .role = member->role, .presence = member->presence, .since = member->since};
    if (member->is_on_phone) seen.on_phone = true;
    if (viewer.is_staff()) {
        seen.connections = member->told.connections;
        seen.losses = member->told.losses;
        seen.device = member->told.device;
        if (member->is_name_settled) seen.name_settled = true;
        seen.removal_reason = member->removal_reason;
        seen.removed_by = member->removed_by;
        if (member->is_banned()) seen.banned = true;
    }
    // Given on a day that was not yet one of nicknames, it may be the person's own.
    if (!has_nickname(room, member->role) && (viewer.is_staff() || (viewer.is(person) && member->is_asked_for_name())))
        seen.second_name = member->second_name;
    if (viewer.is_staff() || viewer.is(person)) {
        seen.silenced_until = member->silenced_until;
        seen.silence_reason = member->silence_reason;
    }
    return seen;
}

void PresenceRule::add_personal_viewers(const Room& room, ThingRef thing, std::vector<PersonId>& out) const {
    const PersonId person{thing.id};
    const auto* member = room.member(person);
    if (member == nullptr) return;
    if (member->silenced_until || member->is_asked_for_name() || !is_seen_by_all(room, *member)) out.push_back(person);
}

// ---- keeping

namespace {

/// What counts of their time; of one who was there and of whom nothing counts, that they came.
std::vector<KeptStay> kept_stays(const Member& member, const std::vector<AttendanceInterval>& intervals) {
    std::vector<KeptStay> stays;
    for (const auto& interval : intervals) {
        stays.push_back({.from = interval.from, .to = interval.to, .is_end_inferred = {}});
        if (interval.is_end_inferred) stays.back().is_end_inferred = true;
    }
    if (stays.empty() && !member.stays.empty() && member.came)
        stays.push_back({.from = *member.came, .to = *member.came, .is_end_inferred = {}});
    return stays;
}

std::optional<bool> when_true(bool is) { return is ? std::optional{true} : std::nullopt; }

/// Whoever is still there, or may come back in a moment, has gone by the time when the day is compacted.
PresenceState kept_presence(PresenceState presence) {
    return presence == PresenceState::present || presence == PresenceState::away ? PresenceState::gone : presence;
}

KeptPerson kept(const Room& room, const Member& member, const std::vector<AttendanceInterval>& intervals) {
    KeptPerson person{.person = member.id,
        .role = member.role,
        .decision_type = member.decision_type,
        .duty = member.duty,
        .name = {},
        .presence = kept_presence(member.presence),
        .since = member.since,
        .came = member.came,
        .stays = kept_stays(member, intervals),
        .calls = ended_spans(member.calls, room.now.at),
        .losses = member.losses,
        .had_two_names = when_true(member.came_under_two_names()),
        .is_name_settled = when_true(member.is_name_settled),
        .removed_by = member.removed_by,
        .banned_at = member.banned_at,
        .is_in_view = when_true(member.is_in_view),
        .was_in_view = when_true(member.was_in_view)};
    if (is_staff(member.role)) person.name = member.name;
    return person;
}

Member member_of(const KeptPerson& person) {
    Member member;
    member.id = person.person;
    member.name = person.name.value_or("");
    member.role = person.role;
    member.decision_type = person.decision_type;
    member.duty = person.duty;
    member.presence = person.presence;
    member.since = person.since;
    for (const auto& stay : person.stays) {
        member.stays.push_back({.connection = {}, .from = stay.from, .to = stay.to});
        member.stays.back().is_inferred = stay.is_end_inferred.value_or(false);
        member.last_end = stay.to;
    }
    member.told.losses = person.losses;
    member.calls = spans_of(person.calls);
    member.came = person.came;
    member.losses = person.losses;
    member.is_name_settled = person.is_name_settled.value_or(false);
    member.had_two_names = person.had_two_names.value_or(false);
    member.removed_by = person.removed_by;
    member.banned_at = person.banned_at;
    member.is_in_view = person.is_in_view.value_or(false);
    member.was_in_view = person.was_in_view.value_or(false);
    return member;
}

}  // namespace

void PresenceRule::add_kept(const Room& room, RoomCompacted& out) const {
    for (const auto& facts : attendance_of(room, room.now.at)) {
        if (const auto* member = room.member(facts.person)) out.people.push_back(kept(room, *member, facts.intervals));
    }
}

void PresenceRule::note_kept(Room& room, const Context&, const RoomCompacted& event) const {
    for (const auto& person : event.people) room.presence.members.emplace(person.person, member_of(person));
}

}  // namespace etakahvila::domain
