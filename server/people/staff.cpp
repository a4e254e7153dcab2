#include "people/staff.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "text/text.hpp"
#include "people/names.hpp"
#include "people/second_step.hpp"
#include "people/words.hpp"

namespace etakahvila::people {
namespace {

constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1000;

std::variant<std::string, RefusalWord> good_name(std::string_view typed) {
    auto name = tidy(typed);
    if (!name) return RefusalWord::name_not_allowed;
    if (name->empty()) return RefusalWord::name_empty;
    if (code_points(*name) > name_code_points_max) return RefusalWord::name_too_long;
    return std::move(*name);
}

/// Under which names of a supervisor an account of this form and name goes.
std::vector<std::string> supervises_of(const AccountForm& form, const std::string& name) {
    auto supervises = form.supervises;
    const bool is_supervisor = std::any_of(form.roles.begin(), form.roles.end(),
        [](const GivenRole& given) { return given.role == StaffRole::supervisor; });
    if (is_supervisor && supervises.empty()) supervises.push_back(name);
    return supervises;
}

/// Puts the form's roles and supervisors in the place of those that were.
std::optional<RefusalWord> store_rights(
    records::Database& database, AccountId account, const AccountForm& form, const std::string& name) {
    database.write("DELETE FROM staff_roles WHERE account = ? AND period IS NULL", account);
    database.write("DELETE FROM staff_supervises WHERE account = ?", account);
    for (const auto& given : form.roles) {
        if (given.group) continue;
        std::optional<std::int64_t> series;
        if (given.series) {
            series = database.one<std::int64_t>("SELECT id FROM series WHERE name_key = ?", name_key(*given.series));
            if (!series) return RefusalWord::not_found;
        }
        database.write("INSERT INTO staff_roles (account, series, role) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            account, series, given.role);
    }
    for (const auto& typed : supervises_of(form, name)) {
        const auto supervisor = good_name(typed);
        if (!std::holds_alternative<std::string>(supervisor)) return RefusalWord::invalid;
        const auto& text = std::get<std::string>(supervisor);
        database.write("INSERT INTO staff_supervises (account, name, name_key) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            account, text, name_key(text));
    }
    return std::nullopt;
}

Account account_in(const records::Database& database, records::Rows& row) {
    Account found{.id = row.get<AccountId>(0),
        .person = row.get<PersonId>(1),
        .name = row.text(2),
        .roles = {},
        .supervises = {},
        .is_locked = !row.is_null(3),
        .has_password = !row.is_null(4)};
    auto roles = database.read(
        "SELECT r.role, s.name, p.name FROM staff_roles r LEFT JOIN series s ON s.id = r.series LEFT JOIN periods p ON "
        "p.id = r.period WHERE r.account = ? ORDER BY coalesce(r.period, 0), coalesce(r.series, 0), r.role",
        found.id);
    while (roles.next()) {
        if (const auto role = roles.get<std::optional<StaffRole>>(0))
            found.roles.push_back({.role = *role, .series = roles.text_or_none(1), .group = roles.text_or_none(2)});
    }
    auto supervises = database.read("SELECT name FROM staff_supervises WHERE account = ?", found.id);
    while (supervises.next()) found.supervises.push_back(supervises.text(0));
    sort_in_finnish_order(found.supervises, std::identity{});
    return found;
}

constexpr const char* account_sql =
    "SELECT a.id, a.person, p.name, a.locked_at, a.password_hash FROM staff_accounts a JOIN people p ON p.id = "
    "a.person ";

std::optional<Account> one_account(const records::Database& database, const char* where, const auto& value) {
    auto row = database.read(std::string{account_sql} + where, value);
    if (!row.next()) return std::nullopt;
    return account_in(database, row);
}

/// Whether another account has this name, or one that nobody tells from it: letters of other alphabets
/// that look the same, another case, points in the place of spaces.
bool looks_like_other(const records::Database& database, std::string_view name, std::optional<AccountId> own) {
    auto rows = database.read("SELECT a.id, p.name FROM staff_accounts a JOIN people p ON p.id = a.person");
    while (rows.next()) {
        const auto other = rows.get<AccountId>(0);
        if (other != own && text::look_alike(rows.text(1), name)) return true;
    }
    return false;
}

}  // namespace

std::variant<AccountId, RefusalWord> add_account(records::Database& database, const AccountForm& form, UtcTime now) {
    auto name = good_name(form.name);
    if (const auto* refused = std::get_if<RefusalWord>(&name)) return *refused;
    const auto& text = std::get<std::string>(name);
    if (looks_like_other(database, text, {})) return RefusalWord::invalid;
    records::Unit unit{database};
    const auto person = database.add<PersonId>(
        "INSERT INTO people (is_client, name, name_key) VALUES (0, ?, ?) RETURNING id", text, name_key(text));
    const auto account = database.add<AccountId>(
        "INSERT INTO staff_accounts (person, name_key, made_at) VALUES (?, ?, ?) RETURNING id", person, name_key(text),
        now);
    if (const auto refused = store_rights(database, account, form, text)) return *refused;
    unit.keep();
    return account;
}

std::optional<RefusalWord> change_account(records::Database& database, AccountId id, const AccountForm& form) {
    auto name = good_name(form.name);
    if (const auto* refused = std::get_if<RefusalWord>(&name)) return *refused;
    const auto& text = std::get<std::string>(name);
    const auto known = account(database, id);
    if (!known) return RefusalWord::not_found;
    if (looks_like_other(database, text, id)) return RefusalWord::invalid;
    records::Unit unit{database};
    database.write("UPDATE people SET name = ?, name_key = ? WHERE id = ?", text, name_key(text), known->person);
    database.write("UPDATE staff_accounts SET name_key = ? WHERE id = ?", name_key(text), id);
    if (const auto refused = store_rights(database, id, form, text)) return refused;
    unit.keep();
    return std::nullopt;
}

std::optional<RefusalWord> lock_account(records::Database& database, AccountId id, std::optional<UtcTime> locked_at) {
    records::Unit unit{database};
    if (!database.changes("UPDATE staff_accounts SET locked_at = ? WHERE id = ? RETURNING id", locked_at, id))
        return RefusalWord::not_found;
    if (locked_at) database.write("DELETE FROM sign_ins WHERE account = ?", id);
    unit.keep();
    return std::nullopt;
}

std::vector<Account> accounts(const records::Database& database) {
    std::vector<Account> all;
    auto rows = database.read(std::string{account_sql} + "ORDER BY a.id");
    while (rows.next()) all.push_back(account_in(database, rows));
    sort_in_finnish_order(all, [](const Account& one) -> const std::string& { return one.name; });
    return all;
}

std::optional<Account> account(const records::Database& database, AccountId id) {
    return one_account(database, "WHERE a.id = ?", id);
}

std::optional<Account> account_named(const records::Database& database, std::string_view name) {
    return one_account(database, "WHERE a.name_key = ?", name_key(tidy(name).value_or(std::string{})));
}

std::optional<UtcTime> first_account_made_at(const records::Database& database) {
    return database.one<UtcTime>("SELECT min(made_at) FROM staff_accounts");
}

std::variant<Secret, RefusalWord> make_password_link(
    records::Database& database, AccountId id, UtcTime now, const RandomBytes& random) {
    if (!account(database, id)) return RefusalWord::not_found;
    auto secret = Secret::make(random);
    database.write(
        "INSERT INTO password_links (account, expires, secret_hash) VALUES (?, ?, ?) ON CONFLICT (account) DO UPDATE "
        "SET expires = excluded.expires, secret_hash = excluded.secret_hash",
        id, UtcTime{now.ms + password_link_days * day_ms}, secret.hash());
    return secret;
}

std::string password_page(std::string_view site, const Secret& link) {
    return std::string{site} + "/staff#password=" + link.to_link();
}

std::optional<AccountId> account_of_password_link(
    const records::Database& database, std::string_view fragment, UtcTime now) {
    const auto secret = Secret::from_link(fragment);
    return database.one<AccountId>(
        "SELECT a.id FROM password_links l JOIN staff_accounts a ON a.id = l.account WHERE l.expires > ? AND "
        "l.secret_hash = ? AND a.locked_at IS NULL",
        now, secret ? secret->hash() : Hash{});
}

std::optional<AccountId> set_password(
    records::Database& database, std::string_view fragment, const std::string& hash, UtcTime now) {
    const auto found = account_of_password_link(database, fragment, now);
    if (!found) return std::nullopt;
    records::Unit unit{database};
    database.write("UPDATE staff_accounts SET password_hash = ? WHERE id = ?", hash, *found);
    database.write("DELETE FROM password_links WHERE account = ?", *found);
    database.write("DELETE FROM sign_ins WHERE account = ?", *found);
    end_half_sign_ins(database, *found);
    unit.keep();
    return found;
}

std::optional<std::string> stored_password(const records::Database& database, AccountId id) {
    return database.one<std::string>("SELECT password_hash FROM staff_accounts WHERE id = ? AND locked_at IS NULL", id);
}

std::variant<Role, RefusalWord> take_into_session(
    records::Database& database, SessionId session, PersonId person, Role role) {
    if (role != Role::facilitator && role != Role::moderator) return RefusalWord::invalid;
    if (!series_of(database, session)) return RefusalWord::not_found;
    records::Unit unit{database};
    database.write(
        "INSERT INTO registrations (session, person, role) VALUES (?, ?, ?) ON CONFLICT (session, person) DO UPDATE "
        "SET role = excluded.role",
        session, person, role);
    unit.keep();
    return role;
}

std::optional<Role> role_in(const records::Database& database, SessionId session, PersonId person) {
    return database.one<Role>("SELECT role FROM registrations WHERE session = ? AND person = ?", session, person);
}

std::optional<Secret> first_account_link(records::Database& database, UtcTime now, const RandomBytes& random) {
    if (database.has("SELECT 1 FROM staff_accounts WHERE password_hash IS NOT NULL LIMIT 1")) return std::nullopt;
    records::Unit unit{database};
    const auto known = account_named(database, first_account_name);
    auto id = known ? std::optional{known->id} : std::nullopt;
    // Whoever has made accounts by hand has their links.
    if (!id && database.has("SELECT 1 FROM staff_accounts LIMIT 1")) return std::nullopt;
    if (!id) {
        const auto made = add_account(database,
            {.name = std::string{first_account_name},
                .roles = {{.role = StaffRole::coordinator, .series = {}}},
                .supervises = {}},
            now);
        if (const auto* account = std::get_if<AccountId>(&made)) id = *account;
    }
    if (!id) return std::nullopt;
    const auto link = make_password_link(database, *id, now, random);
    const auto* secret = std::get_if<Secret>(&link);
    if (secret == nullptr) return std::nullopt;
    unit.keep();
    return *secret;
}

std::optional<AccountId> unused_first_account(const records::Database& database) {
    const auto known = account_named(database, first_account_name);
    const bool is_as_made = known && !known->has_password && !known->is_locked &&
                            known->roles == std::vector{GivenRole{.role = StaffRole::coordinator, .series = {}}};
    return is_as_made ? std::optional{known->id} : std::nullopt;
}

std::optional<std::string> series_of(const records::Database& database, SessionId session) {
    return database.one<std::string>(
        "SELECT g.name FROM sessions s JOIN series g ON g.id = s.series WHERE s.id = ?", session);
}

std::optional<TakenSupervisor> taken_supervisor(
    const records::Database& database, const AccountForm& form, std::optional<AccountId> own) {
    std::map<std::string, std::string> taken;
    for (const auto& one : accounts(database)) {
        for (const auto& name : one.supervises) {
            if (one.id == own)
                taken[person_key(name)].clear();
            else if (!one.is_locked)
                taken.emplace(person_key(name), one.name);
        }
    }
    for (const auto& typed : supervises_of(form, tidy(form.name).value_or(std::string{}))) {
        const auto found = taken.find(person_key(tidy(typed).value_or(std::string{})));
        if (found != taken.end() && !found->second.empty())
            return TakenSupervisor{.supervisor = typed, .account = found->second};
    }
    return std::nullopt;
}

bool is_supervised_by(const PersonDetails& person, const std::vector<std::string>& supervisor_keys) {
    return person.supervisor && std::find(supervisor_keys.begin(), supervisor_keys.end(),
                                    person_key(*person.supervisor)) != supervisor_keys.end();
}

bool has_people_of(
    const records::Database& database, SessionId session, const std::vector<std::string>& supervisor_keys) {
    auto rows = database.read(
        "SELECT DISTINCT p.supervisor FROM registrations r JOIN people p ON p.id = r.person WHERE r.session = ? AND "
        "r.role = 'participant' AND p.supervisor IS NOT NULL",
        session);
    while (rows.next()) {
        if (std::find(supervisor_keys.begin(), supervisor_keys.end(), person_key(rows.text(0))) !=
            supervisor_keys.end())
            return true;
    }
    return false;
}

std::vector<std::string> supervisors_named(const records::Database& database) {
    std::vector<std::string> names;
    std::set<std::string> known;
    // The way that most registrations have it.
    auto rows = database.read(
        "SELECT supervisor FROM people WHERE is_client AND supervisor IS NOT NULL GROUP BY supervisor ORDER BY "
        "count(*) DESC, supervisor");
    while (rows.next()) {
        auto name = rows.text(0);
        if (known.insert(person_key(name)).second) names.push_back(std::move(name));
    }
    sort_in_finnish_order(names, std::identity{});
    return names;
}

}  // namespace etakahvila::people
