// The staff's accounts, for who coordinates all: made, changed, locked, and let in by a one-time link.

#include "base/secret.hpp"
#include "api/forms.hpp"

namespace etakahvila::api {
namespace {

using people::AccountId;
using protocol::RefusalWord;

struct RoleGiven {
    people::StaffRole role{};
    std::optional<std::string> series;
};
BOOST_DESCRIBE_STRUCT(RoleGiven, (), (role, series))

struct AccountBody {
    std::string name;
    std::vector<RoleGiven> roles;
    std::optional<std::vector<std::string>> supervises;
    static constexpr std::array limits{base::FieldLimit{"name", 0, 200}, base::FieldLimit{"roles", 0, 100},
        base::FieldLimit{"supervises", 0, 100, 200}};
};
BOOST_DESCRIBE_STRUCT(AccountBody, (), (name, roles, supervises))

struct LockBody {
    bool locked{};
};
BOOST_DESCRIBE_STRUCT(LockBody, (), (locked))

struct AccountShown {
    AccountId account;
    std::string name;
    std::vector<RoleGiven> roles;
    std::vector<std::string> supervises;
    bool locked{};
    bool has_password{};
};
BOOST_DESCRIBE_STRUCT(AccountShown, (), (account, name, roles, supervises, locked, has_password))

/// Guesses that were held back, of one kind and one account, with no pause of an hour between.
struct HeldBack {
    people::GuessKind kind{};
    std::optional<AccountId> account;
    protocol::UtcTime began_at;
    protocol::UtcTime last_at;
    std::int64_t times{};
    std::int64_t networks{};
};
BOOST_DESCRIBE_STRUCT(HeldBack, (), (kind, account, began_at, last_at, times, networks))

struct AccountsAnswer {
    std::vector<AccountShown> accounts;
    /// What roles can be given in, and which supervisors registrations name.
    std::vector<std::string> series;
    std::vector<std::string> supervisors;
    /// The newest first; none since the last start is an empty list.
    std::vector<HeldBack> held_back;
};
BOOST_DESCRIBE_STRUCT(AccountsAnswer, (), (accounts, series, supervisors, held_back))

struct AccountAnswer {
    AccountId account;
    /// The page that sets a password, once; shown this time only.
    std::optional<std::string> link;
};
BOOST_DESCRIBE_STRUCT(AccountAnswer, (), (account, link))

people::AccountForm form_in(const AccountBody& body) {
    people::AccountForm form{
        .name = body.name, .roles = {}, .supervises = body.supervises.value_or(std::vector<std::string>{})};
    for (const auto& given : body.roles) form.roles.push_back({given.role, given.series});
    return form;
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
    AccountsAnswer answer{.accounts = {},
        .series = people::series_names(call.reader),
        .supervisors = people::supervisors_named(call.reader),
        .held_back = {}};
    for (const auto& one : people::accounts(call.reader)) {
        AccountShown shown{.account = one.id,
            .name = one.name,
            .roles = {},
            .supervises = one.supervises,
            .locked = one.is_locked,
            .has_password = one.has_password};
        for (const auto& given : one.roles) shown.roles.push_back({given.role, given.series});
        answer.accounts.push_back(std::move(shown));
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
    give(call.answer, AccountAnswer{std::get<AccountId>(added), people::password_page(parts_.site, *link)});
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
    give(call.answer, AccountAnswer{call.account, {}});
}

void Api::make_password_link(Call& call) {
    if (!body_of<EmptyBody>(call)) return;
    std::optional<people::Secret> link;
    parts_.store.write_and_wait([&](SQLite::Database& database) {
        const auto made = people::make_password_link(database, call.account, utc(), base::fill_random);
        if (const auto* secret = std::get_if<people::Secret>(&made)) link = *secret;
    });
    if (!link) return refuse(call.answer, RefusalWord::not_found);
    parts_.log.info("password_link_made", {{"account", call.account}});
    give(call.answer, AccountAnswer{call.account, people::password_page(parts_.site, *link)});
}

/// What the account was let in as it may no longer be.
void Api::shut_out(const Call& call) {
    if (const auto account = people::account(call.reader, call.account)) parts_.directory.shut_out(account->person);
}

void Api::lock_account(Call& call) {
    const auto body = body_of<LockBody>(call);
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
    give(call.answer, AccountAnswer{call.account, {}});
}

}  // namespace etakahvila::api
