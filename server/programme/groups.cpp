#include "programme/groups.hpp"

#include <algorithm>
#include <set>

#include "people/names.hpp"
#include "people/staff.hpp"
#include "people/words.hpp"

namespace etakahvila::programme {
namespace {

using protocol::AccountId;
using protocol::LeaderBody;
using protocol::StaffRole;

struct Leader {
    AccountId account;
    PersonId person;
    StaffRole role{};
    bool operator==(const Leader&) const = default;
};

std::vector<Leader> stored_leaders(const records::Database& database, PeriodId group) {
    std::vector<Leader> leaders;
    auto rows = database.read(
        "SELECT a.id, a.person, r.role FROM staff_roles r JOIN staff_accounts a ON a.id = r.account WHERE r.period = ? "
        "ORDER BY a.id",
        group);
    while (rows.next()) {
        if (const auto role = rows.get<std::optional<StaffRole>>(2))
            leaders.push_back({.account = rows.get<AccountId>(0), .person = rows.get<PersonId>(1), .role = *role});
    }
    return leaders;
}

protocol::Role role_in_room(StaffRole role) {
    return role == StaffRole::facilitator ? protocol::Role::facilitator : protocol::Role::moderator;
}

/// The account of a leader, made where they have none.
Put<AccountId> account_of(records::Database& database, const LeaderBody& leader, UtcTime now) {
    if (leader.account) {
        if (!people::account(database, *leader.account)) return RefusalWord::not_found;
        return *leader.account;
    }
    const auto& name = leader.name.value_or("");
    const auto added = people::add_account(database, {.name = name, .roles = {}, .supervises = {}}, now);
    if (const auto* account = std::get_if<AccountId>(&added)) return *account;
    const auto word = std::get<RefusalWord>(added);
    // Of a form without roles a name is all that can be wrong.
    if (word == RefusalWord::invalid) return std::vector<Fault>{{.reason = FaultReason::name_taken, .value = name}};
    return word;
}

/// On all days that are to come.
void change_place(records::Database& database, PeriodId group, const Leader& leader, bool is_away, UtcTime now,
    std::set<SessionId>& sessions) {
    const auto done = put_substitute(
        database, group, {.person = leader.person, .role = role_in_room(leader.role), .is_away = is_away}, now);
    // Nothing, where no day is to come.
    if (const auto* changed = std::get_if<PlacesChanged>(&done))
        sessions.insert(changed->sessions.begin(), changed->sessions.end());
}

bool is_there(const std::vector<Leader>& leaders, const Leader& wanted) {
    return std::find(leaders.begin(), leaders.end(), wanted) != leaders.end();
}

/// For all series that its days have, and will have.
void put_own_package(records::Database& database, PeriodId group) {
    const auto name = database.one<std::string>("SELECT name FROM periods WHERE id = ?", group).value();
    auto package = database.one<PackageId>("SELECT id FROM packages WHERE period = ?", group);
    if (!package)
        package = database.add<PackageId>("INSERT INTO packages (period, name, name_key) VALUES (?, ?, ?) RETURNING id",
            group, name, people::name_key(name));
    database.write("UPDATE packages SET name = ?, name_key = ? WHERE id = ?", name, people::name_key(name), *package);
    database.write(
        "INSERT INTO package_parts (package, series, way, instead) SELECT k.id, t.series, 'room', 0 FROM packages k "
        "JOIN (SELECT period, series FROM period_series UNION SELECT period, series FROM sessions) t ON t.period = "
        "k.period WHERE k.id = ? ON CONFLICT DO NOTHING",
        *package);
}

}  // namespace

std::vector<protocol::GroupListed> groups(const records::Database& database) {
    std::vector<protocol::GroupListed> all;
    for (auto& listed : periods(database, PeriodKind::group)) {
        const auto rule = period(database, listed.id);
        const auto package = database.one<PackageId>("SELECT id FROM packages WHERE period = ?", listed.id);
        if (!rule || !package) continue;
        all.push_back({.period = listed,
            .series = rule->rotation.series.front(),
            .package = *package,
            .weekday = rule->rotation.weekday,
            .start = rule->start,
            .end = rule->end,
            .leaders = leaders_of(database, listed.id)});
    }
    return all;
}

std::vector<protocol::GroupLeader> leaders_of(const records::Database& database, PeriodId group) {
    std::vector<protocol::GroupLeader> leaders;
    for (const auto& leader : stored_leaders(database, group)) {
        const auto account = people::account(database, leader.account);
        const bool is_partner = std::all_of(account->roles.begin(), account->roles.end(),
            [](const people::GivenRole& given) { return given.group.has_value(); });
        leaders.push_back({.account = leader.account,
            .name = account->name,
            .role = leader.role,
            .is_partner = is_partner,
            .has_password = account->has_password});
    }
    people::sort_in_finnish_order(
        leaders, [](const protocol::GroupLeader& one) -> const std::string& { return one.name; });
    return leaders;
}

Put<PeriodId> put_group(records::Database& database, const protocol::PeriodBody& form, std::optional<PeriodId> known) {
    if (form.series.size() > 1) return std::vector<Fault>{{.reason = FaultReason::not_allowed, .value = "series"}};
    records::Unit unit{database};
    auto put = put_period(database, form, known, PeriodKind::group);
    if (const auto* group = std::get_if<PeriodId>(&put)) {
        put_own_package(database, *group);
        unit.keep();
    }
    return put;
}

Put<LeadersChanged> put_leaders(records::Database& database, PeriodId group, const std::vector<LeaderBody>& leaders,
    UtcTime now, const people::RandomBytes& random) {
    if (!people::is_group(database, group)) return RefusalWord::not_found;
    if (leaders.size() > group_leaders_max) return RefusalWord::invalid;
    records::Unit unit{database};
    LeadersChanged changed;
    std::vector<Leader> wanted;
    for (const auto& leader : leaders) {
        if (leader.role != StaffRole::facilitator && leader.role != StaffRole::moderator) return RefusalWord::invalid;
        auto found = account_of(database, leader, now);
        const auto* account = std::get_if<AccountId>(&found);
        if (account == nullptr) {
            if (const auto* word = std::get_if<RefusalWord>(&found)) return *word;
            return std::get<std::vector<Fault>>(std::move(found));
        }
        const bool is_twice = std::any_of(
            wanted.begin(), wanted.end(), [&](const Leader& other) { return other.account == *account; });
        if (is_twice) return RefusalWord::invalid;
        wanted.push_back(
            {.account = *account, .person = people::account(database, *account)->person, .role = leader.role});
        if (!leader.account)
            changed.links.emplace_back(
                *account, std::get<people::Secret>(people::make_password_link(database, *account, now, random)));
    }

    const auto before = stored_leaders(database, group);
    std::set<SessionId> sessions;
    for (const auto& leader : before) {
        if (is_there(wanted, leader)) continue;
        change_place(database, group, leader, true, now, sessions);
        changed.out.push_back(leader.person);
    }
    database.write("DELETE FROM staff_roles WHERE period = ?", group);
    for (const auto& leader : wanted)
        database.write(
            "INSERT INTO staff_roles (account, period, role) VALUES (?, ?, ?)", leader.account, group, leader.role);
    for (const auto& leader : wanted) {
        if (!is_there(before, leader)) change_place(database, group, leader, false, now, sessions);
    }
    changed.sessions.assign(sessions.begin(), sessions.end());
    unit.keep();
    return changed;
}

GroupPlaces::GroupPlaces(const std::vector<Enrolment>& enrolments) {
    for (const auto& one : enrolments) {
        if (one.state != EnrolmentState::withdrawn)
            spans_.push_back({.person = one.person, .first_day = one.first_day, .last_day = one.last_day});
    }
}

bool GroupPlaces::take(PersonId person, const std::string& first_day, const std::string& last_day) {
    // They are the most on the first day, or on one on which somebody begins.
    std::set<std::string> days{first_day};
    for (const auto& span : spans_) {
        if (span.first_day > first_day && span.first_day <= last_day) days.insert(span.first_day);
    }
    for (const auto& day : days) {
        std::set<PersonId> others;
        for (const auto& span : spans_) {
            if (span.person != person && span.first_day <= day && day <= span.last_day) others.insert(span.person);
        }
        if (others.size() >= group_members_max) return false;
    }
    spans_.push_back({.person = person, .first_day = first_day, .last_day = last_day});
    return true;
}

}  // namespace etakahvila::programme
