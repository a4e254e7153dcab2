#include "api/groups.hpp"

#include "api/forms.hpp"
#include "api/save.hpp"
#include "base/secret.hpp"
#include "people/staff.hpp"
#include "programme/groups.hpp"
#include "reports/leading.hpp"

namespace etakahvila::api {
namespace {

using people::Fault;
using protocol::PeriodId;
using protocol::RefusalWord;
using protocol::SessionId;

/// Of a group that is over nobody has a role any more.
void tell_ends(
    const records::Database& database, PeriodId group, std::vector<protocol::GroupLeader>& leaders, base::UtcTime now) {
    const bool has_ended = reports::is_leading_over(database, group, now);
    for (auto& leader : leaders) leader.has_ended = has_ended;
}

}  // namespace

void Groups::handle(Call<routes::ListGroups>& call) {
    protocol::GroupsAnswer answer{.groups = programme::groups(call.reader)};
    for (auto& group : answer.groups) tell_ends(call.reader, group.period.id, group.leaders, parts_.clock.utc());
    call.reply.give(answer);
}

void Groups::handle(Call<routes::SaveGroup>& call) { put(call.reply, call.body, {}); }

void Groups::handle(Call<routes::ChangeGroup>& call) { put(call.reply, call.body, call.period); }

void Groups::put(
    const ReplyWith<protocol::PeriodAnswer>& reply, const protocol::PeriodBody& body, std::optional<PeriodId> known) {
    programme::Put<PeriodId> stored;
    std::vector<SessionId> changed;
    const bool is_saved = save(parts_.store, reply, [&](records::Database& database) -> std::optional<RefusalWord> {
        stored = programme::put_group(database, body, known);
        if (const auto* word = std::get_if<RefusalWord>(&stored)) return *word;
        if (const auto* group = std::get_if<PeriodId>(&stored))
            changed = programme::bring_registrations_in_line(database, *group, parts_.clock.utc());
        return std::nullopt;
    });
    if (!is_saved) return;
    if (const auto* faults = std::get_if<std::vector<Fault>>(&stored)) return refuse_form(reply, *faults);
    const auto group = std::get<PeriodId>(stored);
    parts_.log.info("group_stored", {{"period", group}});
    for (const auto session : changed) parts_.directory.plan_changed(session);
    reply.give({group});
}

void Groups::handle(Call<routes::PutLeaders>& call) {
    programme::Put<programme::LeadersChanged> put;
    protocol::LeadersAnswer answer;
    const auto now = parts_.clock.utc();
    const bool is_saved = save(
        parts_.store, call.reply, [&](records::Database& database) -> std::optional<RefusalWord> {
            put = programme::put_leaders(database, call.period, call.body.leaders, now, base::fill_random);
            if (const auto* word = std::get_if<RefusalWord>(&put)) return *word;
            answer.leaders = programme::leaders_of(database, call.period);
            tell_ends(database, call.period, answer.leaders, now);
            return std::nullopt;
        });
    if (!is_saved) return;
    if (const auto* faults = std::get_if<std::vector<Fault>>(&put)) return refuse_form(call.reply, *faults);
    const auto& changed = std::get<programme::LeadersChanged>(put);
    parts_.log.info("leaders_changed", {{"period", call.period}, {"leaders", answer.leaders.size()}});
    for (const auto session : changed.sessions) parts_.directory.plan_changed(session);
    // Whoever has another right comes in again by it.
    for (const auto person : changed.out) parts_.directory.shut_out(person);
    for (const auto& [account, link] : changed.links)
        answer.links.push_back({account, people::password_page(parts_.site, link)});
    call.reply.give(answer);
}

}  // namespace etakahvila::api
