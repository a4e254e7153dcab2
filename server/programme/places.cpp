#include "programme/places.hpp"

#include <algorithm>
#include <set>

#include "people/names.hpp"
#include "people/staff.hpp"

namespace etakahvila::programme {
namespace {

using protocol::Role;
using protocol::SubstituteBody;

struct Day {
    SessionId session;
    SeriesId series;
    bool is_over{};
    bool is_by_phone{};
};

std::vector<Day> days_in(const records::Database& database, PeriodId period, UtcTime now) {
    std::vector<Day> days;
    auto rows = database.read(
        "SELECT s.id, s.series, s.ends_at, EXISTS (SELECT 1 FROM cancelled_sessions c WHERE c.session = s.id), "
        "o.session IS NOT NULL FROM sessions s LEFT JOIN outside_days o ON o.session = s.id WHERE s.period = ? OR "
        "o.period = ? ORDER BY s.starts_at, s.id",
        period, period);
    while (rows.next())
        days.push_back({.session = rows.get<SessionId>(0),
            .series = rows.get<SeriesId>(1),
            .is_over = rows.get<UtcTime>(2) <= now || rows.get<bool>(3),
            .is_by_phone = rows.get<bool>(4)});
    return days;
}

/// The one day of the form, or all that are to come: of rooms, or of those by phone.
std::variant<std::vector<Day>, RefusalWord> days_meant(
    const records::Database& database, PeriodId period, const SubstituteBody& form, UtcTime now) {
    auto days = days_in(database, period, now);
    if (!form.session) {
        const bool by_phone = form.way == protocol::SessionWay::phone_day;
        std::erase_if(days, [&](const Day& day) { return day.is_by_phone != by_phone; });
    } else {
        std::erase_if(days, [&](const Day& day) { return day.session != *form.session; });
        if (days.empty()) return RefusalWord::not_found;
        if (days.front().is_over) return RefusalWord::not_now;
    }
    std::erase_if(days, [](const Day& day) { return day.is_over; });
    return days;
}

/// In days by phone whoever has it in any series.
bool has_role(const records::Database& database, PeriodId period, const Day& day, PersonId person, Role role) {
    if (day.is_by_phone)
        return database.has(
            "SELECT 1 FROM staff_roles r JOIN staff_accounts a ON a.id = r.account WHERE a.person = ? AND r.role = ? "
            "AND r.period IS NULL AND a.locked_at IS NULL",
            person, role);
    const auto staff = room_staff_of(database, day.series, period);
    return std::any_of(
        staff.begin(), staff.end(), [&](const RoomStaff& one) { return one.person == person && one.role == role; });
}

void leave(records::Database& database, const Day& day, PersonId person, PlacesChanged& changed) {
    people::unregister(database, day.session, person);
    changed.left.emplace_back(person, day.session);
}

std::variant<PlacesChanged, RefusalWord> change_places(
    records::Database& database, PeriodId period, std::vector<Day> days, const SubstituteBody& form) {
    const auto leaves = form.is_away.value_or(false) ? std::optional{form.person} : form.in_place_of;
    const auto has_place = [&](const Day& day, PersonId person) {
        return people::role_in(database, day.session, person) == form.role;
    };
    if (leaves) std::erase_if(days, [&](const Day& day) { return !has_place(day, *leaves); });
    if (days.empty()) return RefusalWord::not_found;
    const bool takes = !form.is_away.value_or(false);
    if (takes)
        std::erase_if(days, [&](const Day& day) { return !has_role(database, period, day, form.person, form.role); });
    if (days.empty()) return RefusalWord::not_permitted;
    PlacesChanged changed;
    for (const auto& day : days) {
        if (leaves) leave(database, day, *leaves, changed);
        if (takes) people::take_into_session(database, day.session, form.person, form.role);
        changed.sessions.push_back(day.session);
    }
    return changed;
}

}  // namespace

std::vector<protocol::StaffChosen> staff_of(const records::Database& database, PeriodId period) {
    std::vector<SeriesId> series;
    {
        auto rows = database.read(
            "SELECT series FROM period_series WHERE period = ? UNION SELECT series FROM sessions WHERE period = ?",
            period, period);
        while (rows.next()) series.push_back(rows.get<SeriesId>(0));
    }
    std::vector<protocol::StaffChosen> all;
    std::set<std::pair<PersonId, Role>> known;
    for (const auto one : series) {
        for (auto& staff : room_staff_of(database, one, period)) {
            if (known.emplace(staff.person, staff.role).second)
                all.push_back({.person = staff.person, .role = staff.role, .name = std::move(staff.name)});
        }
    }
    people::sort_in_finnish_order(all, [](const protocol::StaffChosen& one) -> const std::string& { return one.name; });
    return all;
}

std::variant<PlacesChanged, RefusalWord> put_substitute(
    records::Database& database, PeriodId period, const SubstituteBody& form, UtcTime now) {
    if (form.role != Role::facilitator && form.role != Role::moderator) return RefusalWord::invalid;
    if (form.in_place_of == form.person) return RefusalWord::invalid;
    const bool has_account = database.has(
        "SELECT 1 FROM staff_accounts WHERE person = ? AND locked_at IS NULL", form.person);
    // Whoever leaves may have come by a link of the day.
    if (!has_account && !form.is_away.value_or(false)) return RefusalWord::not_found;
    auto days = days_meant(database, period, form, now);
    if (const auto* word = std::get_if<RefusalWord>(&days)) return *word;
    records::Unit unit{database};
    auto changed = change_places(database, period, std::get<0>(std::move(days)), form);
    if (std::holds_alternative<PlacesChanged>(changed)) unit.keep();
    return changed;
}

}  // namespace etakahvila::programme
