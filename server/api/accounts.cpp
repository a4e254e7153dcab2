#include "api/accounts.hpp"

#include "base/secret.hpp"
#include "api/account_act.hpp"
#include "api/forms.hpp"
#include "people/provider_sign_in.hpp"
#include "people/second_step.hpp"

namespace etakahvila::api {
namespace {

using people::AccountActKind;
using people::AccountId;
using protocol::AccountAnswer;
using protocol::AccountBody;
using protocol::AccountLinkAnswer;
using protocol::RefusalWord;

constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1000;

people::AccountForm form_in(const AccountBody& body) {
    return {.name = body.name, .roles = body.roles, .supervises = body.supervises.value_or(std::vector<std::string>{})};
}

/// The name of the account that a supervisor belongs to already.
void refuse_taken(const Reply& reply, const people::TakenSupervisor& taken) {
    refuse_form(reply,
        {{.reason = people::FaultReason::supervisor_taken, .value = taken.supervisor + " (" + taken.account + ")"}});
}

bool coordinates_all(const people::AccountForm& form) {
    return std::any_of(form.roles.begin(), form.roles.end(),
        [](const auto& given) { return given.role == people::StaffRole::coordinator && !given.series; });
}

}  // namespace

void Accounts::handle(Call<routes::ListAccounts>& call) {
    protocol::AccountsAnswer answer{.accounts = {},
        .series = people::series_names(call.reader),
        .supervisors = people::supervisors_named(call.reader),
        .held_back = {},
        .second_step = people::second_step_rule(call.reader),
        .provider = parts_.provider.empty() ? std::nullopt : std::optional{parts_.provider}};
    for (const auto& one : people::accounts(call.reader)) {
        answer.accounts.push_back({.account = one.id,
            .name = one.name,
            .roles = one.roles,
            .supervises = one.supervises,
            .locked = one.is_locked,
            .has_password = one.has_password,
            .has_second_step = people::second_step(call.reader, one.id).has_value(),
            .is_bound = people::is_bound(call.reader, one.id)});
    }
    for (const auto& entry : parts_.guesses.held_back()) {
        answer.held_back.push_back({.kind = entry.kind,
            .account = entry.account,
            .began_at = entry.began_at,
            .last_at = entry.last_at,
            .times = entry.times,
            .networks = static_cast<std::int64_t>(entry.networks.size())});
    }
    call.reply.give(answer);
}

void Accounts::handle(Call<routes::AddAccount>& call) {
    std::variant<AccountId, RefusalWord> added;
    std::optional<people::Secret> link;
    std::optional<people::TakenSupervisor> taken;
    parts_.store.write_and_wait([&](records::Database& database) {
        taken = people::taken_supervisor(database, form_in(call.body));
        if (taken) return;
        added = people::add_account(database, form_in(call.body), parts_.clock.utc());
        if (const auto* account = std::get_if<AccountId>(&added)) {
            link = std::get<people::Secret>(
                people::make_password_link(database, *account, parts_.clock.utc(), base::fill_random));
            people::note_account_act(database, act(call, AccountActKind::added, *account));
        }
    });
    if (taken) return refuse_taken(call.reply, *taken);
    if (const auto* word = std::get_if<RefusalWord>(&added)) return call.reply.refuse(*word);
    parts_.log.info("account_added", {{"account", std::get<AccountId>(added)}});
    call.reply.give(AccountLinkAnswer{std::get<AccountId>(added), people::password_page(parts_.site, *link)});
}

void Accounts::handle(Call<routes::ChangeAccount>& call) {
    const auto form = form_in(call.body);
    // Nobody shuts themselves out.
    const bool is_own = call.caller.account && call.caller.account->id == call.account;
    if (is_own && !coordinates_all(form)) return call.reply.refuse(RefusalWord::not_now);
    const auto before = people::account(call.reader, call.account);
    const bool changes_roles = before && before->roles != form.roles;
    std::optional<RefusalWord> refused;
    std::optional<people::TakenSupervisor> taken;
    parts_.store.write_and_wait([&](records::Database& database) {
        taken = people::taken_supervisor(database, form, call.account);
        if (taken) return;
        refused = people::change_account(database, call.account, form);
        if (refused) return;
        const auto kind = changes_roles ? AccountActKind::roles_changed : AccountActKind::changed;
        people::note_account_act(database, act(call, kind, call.account));
    });
    if (taken) return refuse_taken(call.reply, *taken);
    if (refused) return call.reply.refuse(*refused);
    parts_.log.info("account_changed", {{"account", call.account}});
    if (changes_roles) shut_out(call);
    call.reply.give(AccountAnswer{call.account});
}

void Accounts::handle(Call<routes::MakePasswordLink>& call) {
    std::optional<people::Secret> link;
    parts_.store.write_and_wait([&](records::Database& database) {
        const auto made = people::make_password_link(database, call.account, parts_.clock.utc(), base::fill_random);
        if (const auto* secret = std::get_if<people::Secret>(&made)) link = *secret;
        if (link) people::note_account_act(database, act(call, AccountActKind::link_made, call.account));
    });
    if (!link) return call.reply.refuse(RefusalWord::not_found);
    parts_.log.info("password_link_made", {{"account", call.account}});
    call.reply.give(AccountLinkAnswer{call.account, people::password_page(parts_.site, *link)});
}

people::AccountAct Accounts::act(const AnyCall& call, AccountActKind kind, std::optional<AccountId> account) const {
    return account_act(call, parts_.clock.utc(), kind, account);
}

void Accounts::shut_out(const AnyCall& call) {
    if (const auto account = people::account(call.reader, call.account)) parts_.directory.shut_out(account->person);
}

void Accounts::handle(Call<routes::LockAccount>& call) {
    if (call.caller.account && call.caller.account->id == call.account) return call.reply.refuse(RefusalWord::not_now);
    std::optional<RefusalWord> refused;
    parts_.store.write_and_wait([&](records::Database& database) {
        refused = people::lock_account(
            database, call.account, call.body.locked ? std::optional{parts_.clock.utc()} : std::nullopt);
        if (refused) return;
        const auto kind = call.body.locked ? AccountActKind::locked : AccountActKind::unlocked;
        people::note_account_act(database, act(call, kind, call.account));
    });
    if (refused) return call.reply.refuse(*refused);
    parts_.log.info("account_locked", {{"account", call.account}, {"locked", call.body.locked}});
    if (call.body.locked) shut_out(call);
    call.reply.give(AccountAnswer{call.account});
}

void Accounts::handle(Call<routes::ResetSecondStep>& call) {
    if (call.caller.account && call.caller.account->id == call.account) return call.reply.refuse(RefusalWord::not_now);
    if (!people::account(call.reader, call.account)) return call.reply.refuse(RefusalWord::not_found);
    parts_.store.write_and_wait([&](records::Database& database) {
        people::reset_second_step(database, call.account);
        // The telephone that is lost may be signed in, and in a room.
        people::sign_out_everywhere(database, call.account);
        people::note_account_act(database, act(call, AccountActKind::step_reset, call.account));
    });
    parts_.log.info("second_step_reset", {{"account", call.account}});
    shut_out(call);
    call.reply.give(AccountAnswer{call.account});
}

void Accounts::handle(Call<routes::PutSecondStepRule>& call) {
    const people::SecondStepRule rule{
        .asked_of = call.body.asked_of, .asked_from = {parts_.clock.utc().ms + call.body.grace_days * day_ms}};
    parts_.store.write_and_wait([&](records::Database& database) {
        people::put_second_step_rule(database, rule);
        people::note_account_act(database, act(call, AccountActKind::step_rule_changed, {}));
    });
    parts_.log.info("second_step_rule", {{"asked_of", rule.asked_of}, {"grace_days", call.body.grace_days}});
    call.reply.give(rule);
}

void Accounts::handle(Call<routes::ListAccountActs>& call) {
    const auto name_of = [&](std::optional<AccountId> account) -> std::optional<std::string> {
        const auto known = account ? people::account(call.reader, *account) : std::nullopt;
        return known ? std::optional{known->name} : std::nullopt;
    };
    protocol::AccountActsAnswer answer;
    for (const auto& one : people::account_acts(call.reader)) {
        auto by = name_of(one.by_account);
        if (one.by_invitation) by = people::holder_of_key(call.reader, *one.by_invitation);
        answer.acts.push_back({.at = one.at,
            .act = one.act,
            .account = name_of(one.account),
            .by = std::move(by),
            .by_user = one.by_uid});
    }
    call.reply.give(answer);
}

}  // namespace etakahvila::api
