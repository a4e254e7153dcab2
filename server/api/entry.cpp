// Links and codes: what one is for, and coming in by it.

#include "people/words.hpp"
#include "protocol/api/entry.hpp"
#include "api/api.hpp"
#include "reports/invitation_letter.hpp"

namespace etakahvila::api {
namespace {

using protocol::RefusalWord;

const people::RosterLine* line_of(const people::SessionRecord& record, protocol::PersonId person) {
    for (const auto& line : record.roster) {
        if (line.person == person) return &line;
    }
    return nullptr;
}

}  // namespace

void Api::site_facts(Call& call) {
    const bool has_phone = !parts_.help_phone.empty();
    give(call.answer,
        protocol::SiteAnswer{.help_phone = has_phone ? std::optional{parts_.help_phone} : std::nullopt, .now = utc()});
}

void Api::look(Call& call) {
    const auto body = body_of<protocol::LookBody>(call);
    if (!body) return;
    const auto found = known_invitation_of(call, body->secret, body->code);
    if (const auto* refusal = std::get_if<protocol::Refusal>(&found)) return refuse(call.answer, *refusal);
    const auto& [invitation, standing] = std::get<people::KnownInvitation>(found);
    protocol::LookAnswer looked{.role = invitation.role,
        .standing = standing,
        .now = utc(),
        .opens_at = {},
        .session = {},
        .name = {},
        .entered = false,
        .help = {}};
    if (standing == people::Standing::early) looked.opens_at = invitation.times.not_before;
    if (standing == people::Standing::revoked) return give(call.answer, looked);
    if (!invitation.session) {
        looked.entered = standing == people::Standing::open;
        return give(call.answer, looked);
    }

    const auto record = people::session_record(call.reader, *invitation.session);
    if (!record) return refuse(call.answer, RefusalWord::not_found);
    looked.session = protocol::LookedSession{.id = record->id,
        .theme = record->theme,
        .series = record->series,
        .starts_at = record->starts_at,
        .ends_at = record->ends_at,
        .phase = protocol::Phase::planned,
        .help_phone = reports::help_phone_of(*record, parts_.help_phone)};
    if (const auto* line = line_of(*record, *invitation.person)) looked.name = line->display_name;
    // Before its time and after it nothing of the room is told.
    if (standing == people::Standing::over) looked.session->phase = protocol::Phase::closed;
    if (standing != people::Standing::open) return give(call.answer, looked);
    const auto room = room_of(call, record->id);
    if (!room) return;
    room->show([looked, answer = call.answer, person = *invitation.person](const domain::Room& state) -> base::Task {
        auto seen = looked;
        seen.session->phase = state.session.phase;
        if (const auto* member = state.member(person); member != nullptr && !member->name.empty()) {
            seen.name = member->name;
            seen.entered = true;
        }
        const auto* help = domain::standing_help(state, person);
        if (help != nullptr && help->is_waiting())
            seen.help = help->claim() ? protocol::HelpState::claimed : protocol::HelpState::open;
        return [answer, seen = std::move(seen)] { give(answer, seen); };
    });
}

void Api::ask_at_door(Call& call) {
    const auto body = body_of<protocol::DoorHelpBody>(call);
    if (!body) return;
    const auto& invitation = call.caller.invitation;
    if (!invitation || !invitation->person) return refuse(call.answer, RefusalWord::invalid);
    const auto room = room_of(call, call.session);
    if (!room) return;
    domain::AskAtDoor asks{.person = *invitation->person,
        .role = invitation->role,
        .kind = body->kind,
        .words = body->words,
        .call_back = body->call_back};
    room->ask_at_door(std::move(asks), [this, answer = call.answer](const std::optional<protocol::Refusal>& refusal) {
        if (refusal) return refuse(answer, *refusal);
        give(answer, protocol::DoorHelpAnswer{.help = protocol::HelpState::open});
    });
}

void Api::enter(Call& call) {
    const auto body = body_of<protocol::EnterBody>(call);
    if (!body) return;
    const auto found = invitation_of(call, body->secret, body->code);
    if (const auto* refusal = std::get_if<protocol::Refusal>(&found)) return refuse(call.answer, *refusal);
    const auto& invitation = std::get<people::Invitation>(found);
    if (!invitation.session) return refuse(call.answer, RefusalWord::not_permitted);
    if (is_too_often(call, *invitation.person)) return;
    const auto record = people::session_record(call.reader, *invitation.session);
    const auto* line = record ? line_of(*record, *invitation.person) : nullptr;
    if (line == nullptr) return refuse(call.answer, RefusalWord::not_found);
    const auto room = room_of(call, record->id);
    if (!room) return;

    domain::Admit admit{.person = line->person,
        .role = line->role,
        .decision_type = line->decision_type,
        .name = body->name.value_or(std::string{}),
        .accepts_netiquette = body->netiquette,
        .is_planned_name = false};
    // The staff's names are the coordinator's to give.
    if (line->display_name && (domain::is_staff(line->role) || !body->name)) admit.name = *line->display_name;
    // A name that was registered is taken as it is, though a keyboard adds a space or makes it small.
    const auto given = people::tidy(admit.name).value_or(std::string{});
    admit.is_planned_name = !given.empty() && people::name_key(given) == people::name_key(line->registered_name);
    const runtime::Pass pass{.session = record->id, .person = line->person, .role = line->role};
    const auto still_may = [this, id = invitation.id, session = record->id, person = line->person](
                               const SQLite::Database& reader) {
        const auto now = people::invitation_of(reader, session, person, utc());
        return now && now->id == id;
    };
    room->look([this, room, admit, pass, still_may, has_name = !admit.name.empty(), answer = call.answer](
                   const domain::Room& state) mutable {
        const auto* member = state.member(admit.person);
        if (!has_name && member != nullptr) admit.name = member->name;
        room->admit(std::move(admit), [this, pass, still_may, answer](const std::optional<protocol::Refusal>& refusal) {
            if (refusal) return refuse(answer, *refusal);
            give_ticket(answer, pass, still_may);
        });
    });
}

void Api::give_ticket(
    const net::Answer& answer, const runtime::Pass& pass, std::function<bool(const SQLite::Database&)> still_may) {
    auto ticket = parts_.tickets.issue(pass, parts_.clock.monotonic(), runtime::TicketOffice::first_ticket_life);
    const bool is_taken = parts_.pool.run(
        [this, answer, pass, ticket, still_may = std::move(still_may)](SQLite::Database& reader) {
            bool may = false;
            try {
                may = still_may(reader);
            } catch (const std::exception&) {
                parts_.log.error("request_failed", {{"route", base::OperatorText{"a ticket"}}});
            }
            if (may) return give(answer, protocol::TicketAnswer{ticket});
            parts_.tickets.forget(pass.person, pass.session);
            refuse(answer, RefusalWord::not_found);
        });
    if (is_taken) return;
    parts_.tickets.forget(pass.person, pass.session);
    answer(net::answer_of(503, "{}"));
}

}  // namespace etakahvila::api
