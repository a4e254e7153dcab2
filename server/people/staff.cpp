#include "people/staff.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "text/text.hpp"
#include "people/names.hpp"
#include "people/statement.hpp"
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

std::optional<std::int64_t> number_of(const SQLite::Database& database, const char* sql, const auto&... values) {
    SQLite::Statement row{database, sql};
    bind_all(row, values...);
    if (!row.executeStep()) return std::nullopt;
    return row.getColumn(0).getInt64();
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
    SQLite::Database& database, AccountId account, const AccountForm& form, const std::string& name) {
    run(database, "DELETE FROM staff_roles WHERE account = ?", account);
    run(database, "DELETE FROM staff_supervises WHERE account = ?", account);
    for (const auto& given : form.roles) {
        std::optional<std::int64_t> series;
        if (given.series) {
            series = number_of(database, "SELECT id FROM series WHERE name_key = ?", name_key(*given.series));
            if (!series) return RefusalWord::not_found;
        }
        run(database, "INSERT INTO staff_roles (account, series, role) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            account, series, given.role);
    }
    for (const auto& typed : supervises_of(form, name)) {
        const auto supervisor = good_name(typed);
        if (!std::holds_alternative<std::string>(supervisor)) return RefusalWord::invalid;
        const auto& text = std::get<std::string>(supervisor);
        run(database, "INSERT INTO staff_supervises (account, name, name_key) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            account, text, name_key(text));
    }
    return std::nullopt;
}

Account account_in(const SQLite::Database& database, SQLite::Statement& row) {
    Account found{.id = AccountId{row.getColumn(0).getInt64()},
        .person = PersonId{row.getColumn(1).getInt64()},
        .name = row.getColumn(2).getString(),
        .roles = {},
        .supervises = {},
        .is_locked = !row.getColumn(3).isNull(),
        .has_password = !row.getColumn(4).isNull()};
    SQLite::Statement roles{database,
        "SELECT r.role, s.name FROM staff_roles r LEFT JOIN series s ON s.id = r.series WHERE r.account = ? ORDER BY "
        "r.series, r.role"};
    bind_all(roles, found.id);
    while (roles.executeStep()) {
        if (const auto role = base::value_named<StaffRole>(roles.getColumn(0).getString()))
            found.roles.push_back({.role = *role, .series = text_or_none(roles.getColumn(1))});
    }
    SQLite::Statement supervises{database, "SELECT name FROM staff_supervises WHERE account = ?"};
    bind_all(supervises, found.id);
    while (supervises.executeStep()) found.supervises.push_back(supervises.getColumn(0).getString());
    sort_in_finnish_order(found.supervises, [](const std::string& name) -> const std::string& { return name; });
    return found;
}

constexpr const char* account_sql =
    "SELECT a.id, a.person, p.name, a.locked_at, a.password_hash FROM staff_accounts a JOIN people p ON p.id = "
    "a.person ";

std::optional<Account> one_account(const SQLite::Database& database, const char* where, const auto& value) {
    SQLite::Statement row{database, std::string{account_sql} + where};
    bind_all(row, value);
    if (!row.executeStep()) return std::nullopt;
    return account_in(database, row);
}

/// Whether another account has this name, or one that nobody tells from it: letters of other alphabets
/// that look the same, another case, points in the place of spaces.
bool looks_like_other(const SQLite::Database& database, std::string_view name, std::optional<AccountId> own) {
    SQLite::Statement rows{database, "SELECT a.id, p.name FROM staff_accounts a JOIN people p ON p.id = a.person"};
    while (rows.executeStep()) {
        const AccountId other{rows.getColumn(0).getInt64()};
        if (other != own && domain::look_alike(rows.getColumn(1).getString(), name)) return true;
    }
    return false;
}

}  // namespace

std::variant<AccountId, RefusalWord> add_account(SQLite::Database& database, const AccountForm& form, UtcTime now) {
    auto name = good_name(form.name);
    if (const auto* refused = std::get_if<RefusalWord>(&name)) return *refused;
    const auto& text = std::get<std::string>(name);
    if (looks_like_other(database, text, {})) return RefusalWord::invalid;
    Unit unit{database};
    run(database, "INSERT INTO people (is_client, name, name_key) VALUES (0, ?, ?)", text, name_key(text));
    const PersonId person{database.getLastInsertRowid()};
    run(database, "INSERT INTO staff_accounts (person, name_key, made_at) VALUES (?, ?, ?)", person, name_key(text),
        now);
    const AccountId account{database.getLastInsertRowid()};
    if (const auto refused = store_rights(database, account, form, text)) return *refused;
    unit.keep();
    return account;
}

std::optional<RefusalWord> change_account(SQLite::Database& database, AccountId id, const AccountForm& form) {
    auto name = good_name(form.name);
    if (const auto* refused = std::get_if<RefusalWord>(&name)) return *refused;
    const auto& text = std::get<std::string>(name);
    const auto known = account(database, id);
    if (!known) return RefusalWord::not_found;
    if (looks_like_other(database, text, id)) return RefusalWord::invalid;
    Unit unit{database};
    run(database, "UPDATE people SET name = ?, name_key = ? WHERE id = ?", text, name_key(text), known->person);
    run(database, "UPDATE staff_accounts SET name_key = ? WHERE id = ?", name_key(text), id);
    if (const auto refused = store_rights(database, id, form, text)) return refused;
    unit.keep();
    return std::nullopt;
}

std::optional<RefusalWord> lock_account(SQLite::Database& database, AccountId id, std::optional<UtcTime> locked_at) {
    Unit unit{database};
    run(database, "UPDATE staff_accounts SET locked_at = ? WHERE id = ?", locked_at, id);
    if (database.getChanges() == 0) return RefusalWord::not_found;
    if (locked_at) run(database, "DELETE FROM sign_ins WHERE account = ?", id);
    unit.keep();
    return std::nullopt;
}

std::vector<Account> accounts(const SQLite::Database& database) {
    std::vector<Account> all;
    SQLite::Statement rows{database, std::string{account_sql} + "ORDER BY a.id"};
    while (rows.executeStep()) all.push_back(account_in(database, rows));
    sort_in_finnish_order(all, [](const Account& one) -> const std::string& { return one.name; });
    return all;
}

std::optional<Account> account(const SQLite::Database& database, AccountId id) {
    return one_account(database, "WHERE a.id = ?", id);
}

std::optional<Account> account_named(const SQLite::Database& database, std::string_view name) {
    return one_account(database, "WHERE a.name_key = ?", name_key(tidy(name).value_or(std::string{})));
}

std::variant<Secret, RefusalWord> make_password_link(
    SQLite::Database& database, AccountId id, UtcTime now, const RandomBytes& random) {
    if (!account(database, id)) return RefusalWord::not_found;
    const auto secret = Secret::make(random);
    run(database,
        "INSERT INTO password_links (account, expires, secret_hash) VALUES (?, ?, ?) ON CONFLICT (account) DO UPDATE "
        "SET expires = excluded.expires, secret_hash = excluded.secret_hash",
        id, UtcTime{now.ms + password_link_days * day_ms}, secret.hash());
    return secret;
}

std::string password_page(std::string_view site, const Secret& link) {
    return std::string{site} + "/staff#password=" + link.to_link();
}

std::optional<AccountId> account_of_password_link(
    const SQLite::Database& database, std::string_view fragment, UtcTime now) {
    const auto secret = Secret::from_link(fragment);
    SQLite::Statement row{database,
        "SELECT a.id FROM password_links l JOIN staff_accounts a ON a.id = l.account WHERE l.expires > ? AND "
        "l.secret_hash = ? AND a.locked_at IS NULL"};
    bind_all(row, now, secret ? secret->hash() : Hash{});
    if (!row.executeStep()) return std::nullopt;
    return AccountId{row.getColumn(0).getInt64()};
}

std::optional<AccountId> set_password(
    SQLite::Database& database, std::string_view fragment, const std::string& hash, UtcTime now) {
    const auto found = account_of_password_link(database, fragment, now);
    if (!found) return std::nullopt;
    Unit unit{database};
    run(database, "UPDATE staff_accounts SET password_hash = ? WHERE id = ?", hash, *found);
    run(database, "DELETE FROM password_links WHERE account = ?", *found);
    run(database, "DELETE FROM sign_ins WHERE account = ?", *found);
    unit.keep();
    return found;
}

std::optional<std::string> stored_password(const SQLite::Database& database, AccountId id) {
    SQLite::Statement row{database, "SELECT password_hash FROM staff_accounts WHERE id = ? AND locked_at IS NULL"};
    bind_all(row, id);
    if (!row.executeStep()) return std::nullopt;
    return text_or_none(row.getColumn(0));
}

std::variant<Role, RefusalWord> take_into_session(
    SQLite::Database& database, SessionId session, PersonId person, Role role) {
    if (role != Role::facilitator && role != Role::moderator) return RefusalWord::invalid;
    if (!series_of(database, session)) return RefusalWord::not_found;
    Unit unit{database};
    run(database,
        "INSERT INTO registrations (session, person, role) VALUES (?, ?, ?) ON CONFLICT (session, person) DO UPDATE "
        "SET role = excluded.role",
        session, person, role);
    unit.keep();
    return role;
}

std::optional<Role> role_in(const SQLite::Database& database, SessionId session, PersonId person) {
    SQLite::Statement row{database, "SELECT role FROM registrations WHERE session = ? AND person = ?"};
    bind_all(row, session, person);
    if (!row.executeStep()) return std::nullopt;
    return base::value_named<Role>(row.getColumn(0).getString());
}

std::optional<Secret> first_account_link(SQLite::Database& database, UtcTime now, const RandomBytes& random) {
    if (number_of(database, "SELECT 1 FROM staff_accounts WHERE password_hash IS NOT NULL LIMIT 1"))
        return std::nullopt;
    Unit unit{database};
    const auto known = account_named(database, first_account_name);
    auto id = known ? std::optional{known->id} : std::nullopt;
    // Whoever has made accounts by hand has their links.
    if (!id && number_of(database, "SELECT 1 FROM staff_accounts LIMIT 1")) return std::nullopt;
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

std::optional<std::string> series_of(const SQLite::Database& database, SessionId session) {
    SQLite::Statement row{database, "SELECT g.name FROM sessions s JOIN series g ON g.id = s.series WHERE s.id = ?"};
    bind_all(row, session);
    if (!row.executeStep()) return std::nullopt;
    return row.getColumn(0).getString();
}

std::optional<TakenSupervisor> taken_supervisor(
    const SQLite::Database& database, const AccountForm& form, std::optional<AccountId> own) {
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
    const SQLite::Database& database, SessionId session, const std::vector<std::string>& supervisor_keys) {
    SQLite::Statement rows{database,
        "SELECT DISTINCT p.supervisor FROM registrations r JOIN people p ON p.id = r.person WHERE r.session = ? AND "
        "r.role = 'participant' AND p.supervisor IS NOT NULL"};
    bind_all(rows, session);
    while (rows.executeStep()) {
        if (std::find(supervisor_keys.begin(), supervisor_keys.end(), person_key(rows.getColumn(0).getString())) !=
            supervisor_keys.end())
            return true;
    }
    return false;
}

std::vector<std::string> supervisors_named(const SQLite::Database& database) {
    std::vector<std::string> names;
    std::set<std::string> known;
    // The way that most registrations have it.
    SQLite::Statement rows{database,
        "SELECT supervisor FROM people WHERE is_client AND supervisor IS NOT NULL GROUP BY supervisor ORDER BY "
        "count(*) DESC, supervisor"};
    while (rows.executeStep()) {
        auto name = rows.getColumn(0).getString();
        if (known.insert(person_key(name)).second) names.push_back(std::move(name));
    }
    sort_in_finnish_order(names, [](const std::string& name) -> const std::string& { return name; });
    return names;
}

}  // namespace etakahvila::people
