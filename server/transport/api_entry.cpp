// Links and codes: what one is for, and coming in by it.

#include "transport/api.hpp"

namespace etakahvila::transport {
namespace {

using protocol::RefusalWord;
using protocol::Role;

struct LookBody {
    std::optional<std::string> secret;
    std::optional<std::string> code;
    static constexpr std::array limits{base::FieldLimit{"secret", 1, 64}, base::FieldLimit{"code", 1, 64}};
};
BOOST_DESCRIBE_STRUCT(LookBody, (), (secret, code))

struct EnterBody {
    std::optional<std::string> secret;
    std::optional<std::string> code;
    std::optional<std::string> name;
    bool netiquette{};
    static constexpr std::array limits{base::FieldLimit{"secret", 1, 64}, base::FieldLimit{"code", 1, 64}, base::FieldLimit{"name", base::no_least, 200}};
};
BOOST_DESCRIBE_STRUCT(EnterBody, (), (secret, code, name, netiquette))

struct LookSession {
    protocol::SessionId id;
    std::string theme;
    std::string series;
    protocol::UtcTime starts_at;
    protocol::UtcTime ends_at;
    protocol::Phase phase{};
    std::optional<std::string> help_phone;
};
BOOST_DESCRIBE_STRUCT(LookSession, (), (id, theme, series, starts_at, ends_at, phase, help_phone))

struct LookAnswer {
    Role role{};
    std::optional<LookSession> session;
    std::optional<std::string> name;
    bool entered{};
};
BOOST_DESCRIBE_STRUCT(LookAnswer, (), (role, session, name, entered))

struct EnterAnswer {
    std::string ticket;
};
BOOST_DESCRIBE_STRUCT(EnterAnswer, (), (ticket))

const people::RosterLine* line_of(const people::SessionRecord& record, protocol::PersonId person) {
    for (const auto& line : record.roster) {
        if (line.person == person) return &line;
    }
    return nullptr;
}

}  // namespace

void Api::look(Call& call) {
    const auto body = body_of<LookBody>(call);
    if (!body) return;
    const auto found = invitation_of(call, body->secret, body->code);
    if (const auto* refusal = std::get_if<protocol::Refusal>(&found)) return refuse(call.answer, *refusal);
    const auto& invitation = std::get<people::Invitation>(found);
    if (!invitation.session) return give(call.answer, LookAnswer{.role = invitation.role, .session = {}, .name = {}, .entered = true});

    const auto record = people::session_record(call.reader, *invitation.session);
    if (!record) return refuse(call.answer, RefusalWord::not_found);
    const auto room = room_of(call, record->id);
    if (!room) return;
    LookAnswer looked{
        .role = invitation.role,
        .session = LookSession{.id = record->id, .theme = record->theme, .series = record->series, .starts_at = record->starts_at, .ends_at = record->ends_at, .phase = {}, .help_phone = record->help_phone},
        .name = {},
        .entered = false,
    };
    if (const auto* line = line_of(*record, *invitation.person)) looked.name = line->display_name;
    room->look([looked, answer = call.answer, person = *invitation.person](const domain::Room& state) mutable {
        looked.session->phase = state.session.phase;
        if (const auto* member = state.member(person); member != nullptr && !member->name.empty()) {
            looked.name = member->name;
            looked.entered = true;
        }
        give(answer, looked);
    });
}

void Api::enter(Call& call) {
    const auto body = body_of<EnterBody>(call);
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

    domain::Admit admit{.person = line->person, .role = line->role, .decision_type = line->decision_type, .name = body->name.value_or(std::string{}), .accepts_netiquette = body->netiquette, .is_planned_name = false};
    // The staff's names are the coordinator's to give.
    if (line->display_name && (domain::is_staff(line->role) || !body->name)) admit.name = *line->display_name;
    admit.is_planned_name = line->display_name == admit.name;
    const runtime::Pass pass{.session = record->id, .person = line->person, .role = line->role};
    room->look([this, room, admit, pass, has_name = !admit.name.empty(), answer = call.answer](const domain::Room& state) mutable {
        const auto* member = state.member(admit.person);
        if (!has_name && member != nullptr) admit.name = member->name;
        room->admit(std::move(admit), [this, pass, answer](const std::optional<protocol::Refusal>& refusal) {
            if (refusal) return refuse(answer, *refusal);
            give(answer, EnterAnswer{parts_.tickets.issue(pass, parts_.clock.monotonic(), runtime::TicketOffice::first_ticket_life)});
        });
    });
}

}  // namespace etakahvila::transport
