#include "api/audit.hpp"

#include <algorithm>

#include "people/operator_acts.hpp"
#include "people/words.hpp"
#include "reports/day_store.hpp"

namespace etakahvila::api {
namespace {

using protocol::PersonId;
using protocol::SessionId;

std::optional<std::string> name_of(const records::Database& reader, std::optional<PersonId> person) {
    if (!person) return std::nullopt;
    const auto details = people::person_details(reader, *person);
    return details ? std::optional{details->name} : std::nullopt;
}

/// A key is nobody's account: it says itself who holds it.
std::optional<std::string> name_of(const records::Database& reader, const people::AccessNote& note) {
    if (note.by_person) return name_of(reader, note.by_person);
    return note.by_invitation ? people::holder_of_key(reader, *note.by_invitation) : std::nullopt;
}

}  // namespace

void Audit::handle(Call<routes::Accesses>& call) {
    const auto series = people::series_of_person(call.reader, call.person);
    const auto details = people::person_details(call.reader, call.person);
    // A coordinator of one series knows nobody of another.
    const bool is_theirs = std::any_of(series.begin(), series.end(),
        [&](const std::string& each) { return call.caller.roles_in(each).has(CallerRole::coordinator); });
    const bool is_of_all = call.caller.roles_in({}).has(CallerRole::coordinator);
    if (!details || series.empty() || !(is_theirs || is_of_all))
        return call.reply.refuse(protocol::RefusalWord::not_found);

    protocol::AuditAnswer audit{.person = call.person, .name = details->name};
    std::map<SessionId, std::string> themes;
    for (const auto& session : people::sessions(call.reader)) {
        // Nor do they learn that somebody is in another.
        if (call.caller.roles_in(session.series).has(CallerRole::coordinator))
            themes.emplace(session.id, session.theme);
    }
    for (const auto& note : people::accesses_to(call.reader, call.person)) {
        if (note.session && !themes.contains(*note.session)) continue;
        protocol::AccessListed access{
            .at = note.at, .act = note.act, .by = name_of(call.reader, note), .session = note.session};
        if (note.session) access.theme = themes[*note.session];
        audit.accesses.push_back(std::move(access));
    }
    for (const auto& done : people::operator_accesses_to(call.reader, call.person)) {
        if (done.session && !themes.contains(*done.session)) continue;
        protocol::AccessListed access{.at = done.at, .act = done.access, .by = done.by, .session = done.session};
        if (done.session) access.theme = themes[*done.session];
        audit.accesses.push_back(std::move(access));
    }
    std::stable_sort(audit.accesses.begin(), audit.accesses.end(),
        [](const auto& one, const auto& other) { return one.at > other.at; });
    for (const auto& [session, act] : reports::acts_about(call.reader, call.person)) {
        if (!themes.contains(session)) continue;
        audit.decisions.push_back({.at = act.at,
            .what = act.what,
            .by = name_of(call.reader, act.by),
            .session = session,
            .theme = themes[session],
            .mark = act.mark,
            .minutes = act.minutes});
    }
    notes_.note(call, people::AccessAct::accesses_viewed, {call.person});
    call.reply.give(audit);
}

}  // namespace etakahvila::api
