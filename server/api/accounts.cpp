// The staff's accounts, for who coordinates all: made, changed, locked, and let in by a one-time link.

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
    return {.name = body.name,
        .roles = body.roles,
        .supervises = body.supervises.value_or(std::vector<std::string>{})};
}

/// The name of the account that a supervisor belongs to already.
void refuse_taken(const net::Answer& answer, const people::TakenSupervisor& taken) {
    refuse_form(answer,
        {{.reason = people::FaultReason::supervisor_taken, .value = taken.supervisor + " (" + taken.account + ")"}});
}

bool coordinates_all(const people::AccountForm& form) {
    return std::any_of(form.roles.begin(), form.roles.end(),
        [](const auto& given) { return given.role == people::StaffRole::coordinator && !given.series; });
}

}  // namespace

void Api::list_accounts(Call& call) {
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
    std::vector<people::LimitBook::Entry> entries;
    {
        const std::lock_guard lock{guesses_mutex_};
        entries = limit_book_.entries();
    }
    for (const auto& entry : entries) {
        answer.held_back.push_back({.kind = entry.kind,
            .account = entry.account,
            .began_at = entry.began_at,
            .last_at = entry.last_at,
            .times = entry.times,
            .networks = static_cast<std::int64_t>(entry.networks.size())});
    }
    give(call.answer, answer);
}

void Api::add_account(Call& call) {
    const auto body = body_of<AccountBody>(call);
    if (!body) return;
    std::variant<AccountId, RefusalWord> added;
    std::optional<people::Secret> link;
    std::optional<people::TakenSupervisor> taken;
    parts_.store.write_and_wait([&](SQLite::Database& database) {
        if ((taken = people::taken_supervisor(database, form_in(*body)))) return;
        added = people::add_account(database, form_in(*body), utc());
        if (const auto* account = std::get_if<AccountId>(&added))
            link = std::get<people::Secret>(people::make_password_link(database, *account, utc(), base::fill_random));
    });
    if (taken) return refuse_taken(call.answer, *taken);
    if (const auto* word = std::get_if<RefusalWord>(&added)) return refuse(call.answer, *word);
    parts_.log.info("account_added", {{"account", std::get<AccountId>(added)}});
    give(call.answer, AccountLinkAnswer{std::get<AccountId>(added), people::password_page(parts_.site, *link)});
}

void Api::change_account(Call& call) {
    const auto body = body_of<AccountBody>(call);
    if (!body) return;
    const auto form = form_in(*body);
    // Nobody shuts themselves out.
    const bool is_own = call.caller.account && call.caller.account->id == call.account;
    if (is_own && !coordinates_all(form)) return refuse(call.answer, RefusalWord::not_now);
    const auto before = people::account(call.reader, call.account);
    std::optional<RefusalWord> refused;
    std::optional<people::TakenSupervisor> taken;
    parts_.store.write_and_wait([&](SQLite::Database& database) {
        if ((taken = people::taken_supervisor(database, form, call.account))) return;
        refused = people::change_account(database, call.account, form);
    });
    if (taken) return refuse_taken(call.answer, *taken);
    if (refused) return refuse(call.answer, *refused);
    parts_.log.info("account_changed", {{"account", call.account}});
    if (before && before->roles != form.roles) shut_out(call);
    give(call.answer, AccountAnswer{call.account});
}

void Api::make_password_link(Call& call) {
    if (!body_of<protocol::EmptyBody>(call)) return;
    std::optional<people::Secret> link;
    parts_.store.write_and_wait([&](SQLite::Database& database) {
        const auto made = people::make_password_link(database, call.account, utc(), base::fill_random);
        if (const auto* secret = std::get_if<people::Secret>(&made)) link = *secret;
    });
    if (!link) return refuse(call.answer, RefusalWord::not_found);
    parts_.log.info("password_link_made", {{"account", call.account}});
    give(call.answer, AccountLinkAnswer{call.account, people::password_page(parts_.site, *link)});
}

/// What the account was let in as it may no longer be.
void Api::shut_out(const Call& call) {
    if (const auto account = people::account(call.reader, call.account)) parts_.directory.shut_out(account->person);
}

void Api::lock_account(Call& call) {
    const auto body = body_of<protocol::LockBody>(call);
    if (!body) return;
    if (call.caller.account && call.caller.account->id == call.account)
        return refuse(call.answer, RefusalWord::not_now);
    std::optional<RefusalWord> refused;
    parts_.store.write_and_wait([&](SQLite::Database& database) {
        refused = people::lock_account(database, call.account, body->locked ? std::optional{utc()} : std::nullopt);
    });
    if (refused) return refuse(call.answer, *refused);
    parts_.log.info("account_locked", {{"account", call.account}, {"locked", body->locked}});
    if (body->locked) shut_out(call);
    give(call.answer, AccountAnswer{call.account});
}

}  // namespace etakahvila::api
