#include "api/entry.hpp"

#include "api/rooms.hpp"
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

}  // namespace

void Entry::handle(Call<routes::SiteFacts>& call) {
    const bool has_phone = !parts_.help_phone.empty();
    call.reply.give(
        {.help_phone = has_phone ? std::optional{parts_.help_phone} : std::nullopt, .now = parts_.clock.utc()});
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
        .help = {}};
    if (standing == people::Standing::early) looked.opens_at = invitation.times.not_before;
    if (standing == people::Standing::revoked) return call.reply.give(looked);
    if (!invitation.session) {
        looked.entered = standing == people::Standing::open;
        return call.reply.give(looked);
    }

    const auto record = people::session_record(call.reader, *invitation.session);
    if (!record) return call.reply.refuse(RefusalWord::not_found);
    looked.session = protocol::LookedSession{.id = record->id,
        .theme = record->theme,
        .series = record->series,
        .starts_at = record->starts_at,
        .ends_at = record->ends_at,
        .phase = protocol::Phase::planned,
        .help_phone = reports::help_phone_of(*record, parts_.help_phone),
        .improvements = {}};
    if (auto shown = people::shown_improvements(call.reader, record->id); !shown.empty())
        looked.session->improvements = std::move(shown);
    if (const auto* entry = entry_of(*record, *invitation.person)) looked.name = entry->display_name;
    // Before its time and after it nothing of the room is told.
    if (standing == people::Standing::over) looked.session->phase = protocol::Phase::closed;
    if (standing != people::Standing::open) return call.reply.give(looked);
    const auto room = room_of(parts_.directory, record->id, call.reply);
    if (!room) return;
    room->show([looked, reply = call.reply, person = *invitation.person](const domain::Room& state) -> base::Task {
        auto seen = looked;
        seen.session->phase = state.session.phase;
        if (const auto* member = state.member(person); member != nullptr && !member->name.empty()) {
            seen.name = member->name;
            seen.entered = true;
        }
        const auto* help = domain::standing_help(state, person);
        if (help != nullptr && help->is_waiting())
            seen.help = help->claim() ? protocol::HelpState::claimed : protocol::HelpState::open;
        return [reply, seen = std::move(seen)] { reply.give(seen); };
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
        .name = call.body.name.value_or(std::string{}),
        .accepts_netiquette = call.body.netiquette,
        .is_planned_name = false};
    // The staff's names are the coordinator's to give.
    if (entry->display_name && (domain::is_staff(entry->role) || !call.body.name)) admit.name = *entry->display_name;
    // A name that was registered is taken as it is, though a keyboard adds a space or makes it small.
    const auto given = people::tidy(admit.name).value_or(std::string{});
    admit.is_planned_name = !given.empty() && people::name_key(given) == people::name_key(entry->registered_name);
    const runtime::Pass pass{.session = record->id, .person = entry->person, .role = entry->role};
    const auto still_may = [this, id = invitation.id, session = record->id, person = entry->person](
                               const records::Database& reader) {
        const auto now = people::invitation_of(reader, session, person, parts_.clock.utc());
        return now && now->id == id;
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
