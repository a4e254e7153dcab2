#include "api/entry.hpp"

#include <algorithm>

#include "api/rooms.hpp"
#include "domain/presence/nicknames.hpp"
#include "people/cancelling.hpp"
#include "people/improvements.hpp"
#include "people/words.hpp"
#include "reports/invitation_letter.hpp"

namespace etakahvila::api {
namespace {

using protocol::RefusalWord;

const people::RosterEntry* entry_of(const people::SessionRecord& record, protocol::PersonId person) {
    for (const auto& entry : record.roster) {
        if (entry.person == person) return &entry;
    }
    return nullptr;
}

/// An experience-story day has nobody's own name but the staff's.
bool goes_by_nickname(const people::SessionRecord& record, protocol::Role role) {
    return record.settings.anonymous_among_participants && !domain::is_staff(role);
}

/// As the records have it: its phase is the room's to tell.
protocol::LookedSession looked_session(
    const records::Database& reader, const people::SessionRecord& record, const std::string& site_phone) {
    protocol::LookedSession looked{.id = record.id,
        .theme = record.theme,
        .series = record.series,
        .starts_at = record.starts_at,
        .ends_at = record.ends_at,
        .phase = protocol::Phase::planned,
        .help_phone = reports::help_phone_of(record, site_phone),
        .improvements = {},
        .cancelled = people::words_of_cancelled(reader, record.id),
        .is_staff_here = {}};
    if (auto shown = people::shown_improvements(reader, record.id); !shown.empty())
        looked.improvements = std::move(shown);
    if (looked.cancelled) looked.next_starts_at = people::next_day(reader, record.id);
    return looked;
}

/// What a door tells of the room behind it.
void tell_of_room(protocol::LookedSession& looked, const domain::Room& state) {
    using enum protocol::Phase;
    looked.phase = state.session.phase;
    if (looked.phase != planned && looked.phase != rehearsal && looked.phase != doors_open) return;
    const auto& members = state.presence.members;
    looked.is_staff_here = std::any_of(members.begin(), members.end(),
        [](const auto& one) { return domain::is_staff(one.second.role) && one.second.is_there(); });
}

using Rooms = std::vector<std::shared_ptr<runtime::RoomHost>>;

/// Asks the rooms of today's sessions one after the other, from this one on, and gives the answer.
void show_today(const std::shared_ptr<const Rooms>& rooms, std::size_t from, const protocol::LookAnswer& looked,
    const ReplyWith<protocol::LookAnswer>& reply) {
    if (from == rooms->size()) return reply.give(looked);
    (*rooms)[from]->show([rooms, from, looked, reply](const domain::Room& state) -> base::Task {
        auto seen = looked;
        tell_of_room(seen.next->at(from), state);
        return [rooms, from, seen = std::move(seen), reply] { show_today(rooms, from + 1, seen, reply); };
    });
}

}  // namespace

void Entry::handle(Call<routes::SiteFacts>& call) {
    const auto named = [](const std::string& text) { return text.empty() ? std::nullopt : std::optional{text}; };
    call.reply.give(
        {.help_phone = named(parts_.help_phone), .provider = named(parts_.provider), .now = parts_.clock.utc()});
}

void Entry::handle(Call<routes::Look>& call) {
    const auto found = parts_.links.known(call, call.body.secret, call.body.code);
    if (const auto* refusal = std::get_if<protocol::Refusal>(&found)) return call.reply.refuse(*refusal);
    const auto& known = std::get<people::KnownInvitation>(found);
    const auto& invitation = known.invitation;
    const auto standing = known.standing;
    protocol::LookAnswer looked{.role = invitation.role,
        .standing = standing,
        .now = parts_.clock.utc(),
        .opens_at = {},
        .session = {},
        .name = {},
        .entered = false,
        .help = {},
        .season = {},
        .next = {}};
    if (invitation.period && people::opens_own_page(known, looked.now)) looked.season = true;
    // A season without any day to come opens at no time that is known.
    const bool has_opening = invitation.session || !invitation.period;
    if (standing == people::Standing::early && has_opening) looked.opens_at = invitation.times.not_before;
    if (standing == people::Standing::revoked) return call.reply.give(looked);
    if (!invitation.session) {
        looked.entered = standing == people::Standing::open;
        return call.reply.give(looked);
    }

    const auto record = people::session_record(call.reader, *invitation.session);
    if (!record) return call.reply.refuse(RefusalWord::not_found);
    looked.session = looked_session(call.reader, *record, parts_.help_phone);
    // On no day and by no link is it kept back that nobody needs to come.
    if (looked.session->cancelled && people::is_cancelling_unseen(call.reader, record->id, *invitation.person))
        parts_.store.write(
            [session = record->id, person = *invitation.person, now = looked.now](
                records::Database& database) { people::note_cancelling_seen(database, session, person, now); },
            {});
    const auto* entry = entry_of(*record, *invitation.person);
    if (entry != nullptr && !goes_by_nickname(*record, entry->role)) looked.name = entry->display_name;
    // Before its time and after it nothing of the room is told.
    if (standing == people::Standing::over) looked.session->phase = protocol::Phase::closed;
    if (looked.session->cancelled) looked.session->phase = protocol::Phase::cancelled;
    if (standing != people::Standing::open) return call.reply.give(looked);
    const auto room = room_of(parts_.directory, record->id, call.reply);
    if (!room) return;
    const auto today = std::make_shared<Rooms>();
    for (const auto session : known.today) {
        const auto other = people::session_record(call.reader, session);
        auto host = other ? parts_.directory.room(session) : nullptr;
        if (!host) continue;
        if (!looked.next) looked.next.emplace();
        looked.next->push_back(looked_session(call.reader, *other, parts_.help_phone));
        today->push_back(std::move(host));
    }
    room->show(
        [looked, today, reply = call.reply, person = *invitation.person](const domain::Room& state) -> base::Task {
            auto seen = looked;
            tell_of_room(*seen.session, state);
            if (const auto due = domain::doors_due(state))
                seen.opens_at = protocol::UtcTime{state.now.utc.ms + (*due - state.now.at).count()};
            if (const auto* member = state.member(person); member != nullptr && !member->name.empty()) {
                seen.name = member->name;
                seen.entered = true;
            }
            if (domain::has_nickname(state, seen.role))
                seen.nicknames = seen.entered ? std::vector{*seen.name} : domain::offered_nicknames(state, person);
            const auto* help = domain::standing_help(state, person);
            if (help != nullptr && help->is_waiting())
                seen.help = help->claim() ? protocol::HelpState::claimed : protocol::HelpState::open;
            return [reply, today, seen = std::move(seen)] { show_today(today, 0, seen, reply); };
        });
}

void Entry::handle(Call<routes::AskAtDoor>& call) {
    const auto& invitation = call.caller.invitation;
    if (!invitation || !invitation->person) return call.reply.refuse(RefusalWord::invalid);
    const auto room = room_of(parts_.directory, call.session, call.reply);
    if (!room) return;
    domain::AskAtDoor asks{.person = *invitation->person,
        .role = invitation->role,
        .kind = call.body.kind,
        .words = call.body.words,
        .call_back = call.body.call_back};
    room->ask_at_door(std::move(asks), [reply = call.reply](const std::optional<protocol::Refusal>& refusal) {
        if (refusal) return reply.refuse(*refusal);
        reply.give({.help = protocol::HelpState::open});
    });
}

void Entry::handle(Call<routes::Enter>& call) {
    const auto found = parts_.links.open(call, call.body.secret, call.body.code);
    if (const auto* refusal = std::get_if<protocol::Refusal>(&found)) return call.reply.refuse(*refusal);
    const auto& invitation = std::get<people::Invitation>(found);
    if (!invitation.session) return call.reply.refuse(RefusalWord::not_permitted);
    if (parts_.tickets.is_too_often(*invitation.person, call.reply)) return;
    const auto record = people::session_record(call.reader, *invitation.session);
    const auto* entry = record ? entry_of(*record, *invitation.person) : nullptr;
    if (entry == nullptr) return call.reply.refuse(RefusalWord::not_found);
    const auto room = room_of(parts_.directory, record->id, call.reply);
    if (!room) return;

    domain::Admit admit{.person = entry->person,
        .role = entry->role,
        .decision_type = entry->decision_type,
        .duty = entry->duty,
        .name = call.body.name.value_or(std::string{}),
        .accepts_netiquette = call.body.netiquette,
        .is_planned_name = false};
    // The staff's names are the coordinator's to give. Where people go by nicknames no other name is.
    const bool is_given = entry->display_name && !goes_by_nickname(*record, entry->role);
    if (is_given && (domain::is_staff(entry->role) || !call.body.name)) admit.name = *entry->display_name;
    // A name that was registered is taken as it is, though a keyboard adds a space or makes it small.
    const auto given = people::tidy(admit.name).value_or(std::string{});
    admit.is_planned_name = !given.empty() && people::name_key(given) == people::name_key(entry->registered_name);
    const runtime::Pass pass{.session = record->id, .person = entry->person, .role = entry->role};
    const auto still_may = [this, id = invitation.id, session = record->id](const records::Database& reader) {
        return people::still_opens(reader, id, session, parts_.clock.utc());
    };
    room->look([this, room, admit, pass, still_may, has_name = !admit.name.empty(), reply = call.reply](
                   const domain::Room& state) mutable {
        const auto* member = state.member(admit.person);
        if (!has_name && member != nullptr) admit.name = member->name;
        room->admit(std::move(admit), [this, pass, still_may, reply](const std::optional<protocol::Refusal>& refusal) {
            if (refusal) return reply.refuse(*refusal);
            parts_.tickets.give(reply, pass, still_may);
        });
    });
}

}  // namespace etakahvila::api
