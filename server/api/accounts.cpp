#include "api/accounts.hpp"

#include "base/secret.hpp"
#include "api/forms.hpp"

namespace etakahvila::api {
namespace {

using people::AccountId;
using protocol::AccountAnswer;
using protocol::AccountBody;
using protocol::AccountLinkAnswer;
using protocol::RefusalWord;

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
        .held_back = {}};
    for (const auto& one : people::accounts(call.reader)) {
        answer.accounts.push_back({.account = one.id,
            .name = one.name,
            .roles = one.roles,
            .supervises = one.supervises,
            .locked = one.is_locked,
            .has_password = one.has_password});
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
        if (const auto* account = std::get_if<AccountId>(&added))
            link = std::get<people::Secret>(
                people::make_password_link(database, *account, parts_.clock.utc(), base::fill_random));
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
    std::optional<RefusalWord> refused;
    std::optional<people::TakenSupervisor> taken;
    parts_.store.write_and_wait([&](records::Database& database) {
        taken = people::taken_supervisor(database, form, call.account);
        if (taken) return;
        refused = people::change_account(database, call.account, form);
    });
    if (taken) return refuse_taken(call.reply, *taken);
    if (refused) return call.reply.refuse(*refused);
    parts_.log.info("account_changed", {{"account", call.account}});
    if (before && before->roles != form.roles) shut_out(call);
    call.reply.give(AccountAnswer{call.account});
}

void Accounts::handle(Call<routes::MakePasswordLink>& call) {
    std::optional<people::Secret> link;
    parts_.store.write_and_wait([&](records::Database& database) {
        const auto made = people::make_password_link(database, call.account, parts_.clock.utc(), base::fill_random);
        if (const auto* secret = std::get_if<people::Secret>(&made)) link = *secret;
    });
    if (!link) return call.reply.refuse(RefusalWord::not_found);
    parts_.log.info("password_link_made", {{"account", call.account}});
    call.reply.give(AccountLinkAnswer{call.account, people::password_page(parts_.site, *link)});
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
    });
    if (refused) return call.reply.refuse(*refused);
    parts_.log.info("account_locked", {{"account", call.account}, {"locked", call.body.locked}});
    if (call.body.locked) shut_out(call);
    call.reply.give(AccountAnswer{call.account});
}

}  // namespace etakahvila::api
