#include "programme/periods.hpp"

#include <algorithm>
#include <map>

#include "people/form_words.hpp"
#include "people/registrations.hpp"
#include "people/words.hpp"
#include "programme/holidays.hpp"

namespace etakahvila::programme {
namespace {

using people::FormWords;
using protocol::PeriodBody;

constexpr std::int64_t weekday_max = 7;

/// The holidays, and with them the days to think of, that are on the period's weekday.
std::vector<ExceptionalDay> exceptions_of(const Rotation& rotation) {
    std::vector<ExceptionalDay> found;
    for (int year = rotation.first_day.year; year <= rotation.last_day.year; ++year) {
        for (const auto& each : exceptional_days(year)) {
            const bool is_within = each.day >= rotation.first_day && each.day <= rotation.last_day;
            if (is_within && people::iso_weekday(each.day) == rotation.weekday) found.push_back(each);
        }
    }
    return found;
}

std::vector<Skip> holidays_of(const Rotation& rotation) {
    std::vector<Skip> skips;
    for (const auto& each : exceptions_of(rotation)) {
        const bool is_there = !skips.empty() && skips.back().day == each.day;
        if (each.is_holiday && !is_there) skips.push_back({.day = each.day, .why = std::string{each.name}});
    }
    return skips;
}

/// The day's times, or why there are none; the words of a session are not looked at.
std::variant<people::SessionDraft, std::vector<Fault>> day_draft(
    std::string_view series, const std::string& date, const std::string& start, const std::string& end) {
    return people::draft_of({.series = std::string{series},
        .theme = std::string{series},
        .date = date,
        .start = start,
        .end = end,
        .question = {},
        .help_phone = {},
        .settings = {}});
}

void read_clocks(const PeriodBody& form, Period& period, FormWords& words) {
    // By the rules of a session, on a day without a change of clocks.
    auto day = day_draft("-", "2026-01-07", form.start, form.end);
    if (auto* faults = std::get_if<std::vector<Fault>>(&day)) {
        for (auto& fault : *faults) words.fault(fault.reason, std::move(fault.value));
        return;
    }
    const auto& draft = std::get<people::SessionDraft>(day);
    period.start = people::local_clock_text(draft.starts_at);
    period.end = people::local_clock_text(draft.ends_at);
}

void read_days(const PeriodBody& form, Rotation& rotation, FormWords& words) {
    const auto first = words.day(form.first_day);
    const auto last = words.day(form.last_day);
    if (form.weekday < 1 || form.weekday > weekday_max)
        words.fault(FaultReason::not_allowed, "weekday");
    else
        rotation.weekday = static_cast<unsigned>(form.weekday);
    if (!first || !last) return;
    rotation.first_day = *first;
    rotation.last_day = *last;
    if (*last < *first)
        words.fault(FaultReason::last_day_before_first, form.last_day);
    else if (people::days_between(*first, *last) >= period_days_max)
        words.fault(FaultReason::period_too_long, form.last_day);
}

void read_skips(const PeriodBody& form, Rotation& rotation, FormWords& words) {
    if (!form.skipped) return;
    std::map<LocalDate, std::string> skips;
    for (const auto& skipped : *form.skipped) {
        const auto day = words.day(skipped.day);
        auto why = words.clean(skipped.why, "skipped", why_code_points_max);
        if (day) skips.emplace(*day, std::move(why));
    }
    for (auto& [day, why] : skips) rotation.skips.push_back({.day = day, .why = std::move(why)});
}

std::map<SeriesId, std::string> series_names_by_id(const records::Database& database) {
    std::map<SeriesId, std::string> names;
    auto rows = database.read("SELECT id, name FROM series");
    while (rows.next()) names.emplace(rows.get<SeriesId>(0), rows.text(1));
    return names;
}

void read_series(const records::Database& database, const PeriodBody& form, Rotation& rotation, FormWords& words) {
    rotation.series = form.series;
    if (form.series.empty()) words.fault(FaultReason::series_missing);
    if (form.series.size() > period_series_max) words.fault(FaultReason::too_long, "series");
    const auto names = series_names_by_id(database);
    const bool are_known = std::all_of(
        form.series.begin(), form.series.end(), [&](const auto id) { return names.contains(id); });
    if (!are_known) words.fault(FaultReason::not_allowed, "series");
}

/// The drafts of days that are not made yet; or the times of day that the change of clocks takes from them.
std::variant<std::vector<std::pair<DayOfPeriod, people::SessionDraft>>, std::vector<Fault>> missing_days(
    const records::Database& database, const Period& period, std::optional<PeriodId> id) {
    const auto names = series_names_by_id(database);
    std::vector<std::pair<DayOfPeriod, people::SessionDraft>> drafts;
    std::vector<Fault> faults;
    for (const auto& day : days_of(database, period, id)) {
        if (!day.is_missing()) continue;
        const auto date = people::day_text(day.day);
        auto draft = day_draft(names.at(*day.series), date, period.start, period.end);
        if (const auto* wrong = std::get_if<std::vector<Fault>>(&draft)) {
            for (const auto& fault : *wrong)
                faults.push_back({.reason = fault.reason, .value = date + " " + fault.value.value_or("")});
        } else {
            drafts.emplace_back(day, std::get<people::SessionDraft>(std::move(draft)));
        }
    }
    if (!faults.empty()) return faults;
    return drafts;
}

void store_rule(records::Database& database, PeriodId id, const Rotation& rotation) {
    database.write("DELETE FROM period_series WHERE period = ?", id);
    std::int64_t place = 0;
    for (const auto series : rotation.series)
        database.write("INSERT INTO period_series (period, place, series) VALUES (?, ?, ?)", id, ++place, series);
    database.write("DELETE FROM period_skips WHERE period = ?", id);
    for (const auto& skip : rotation.skips)
        database.write(
            "INSERT INTO period_skips (period, day, why) VALUES (?, ?, ?)", id, people::day_text(skip.day), skip.why);
}

}  // namespace

std::variant<Period, std::vector<Fault>> period_of(const records::Database& database, const PeriodBody& form) {
    FormWords words;
    Period period;
    period.name = words.needed(form.name, "name", period_name_code_points_max, FaultReason::name_missing);
    read_days(form, period.rotation, words);
    read_clocks(form, period, words);
    period.doors_minutes = form.doors_minutes;
    if (form.doors_minutes < 0 || form.doors_minutes > people::doors_minutes_max)
        words.fault(FaultReason::not_allowed, "doors_minutes");
    read_series(database, form, period.rotation, words);
    read_skips(form, period.rotation, words);
    period.rotation.skip_moves_turn = form.skip_moves_turn;
    if (!words.faults().empty()) return std::move(words).take();
    if (!form.skipped) period.rotation.skips = holidays_of(period.rotation);
    // A rule without a day is a slip of the weekday.
    if (turn_days(period.rotation).empty()) words.fault(FaultReason::weekday_differs, form.first_day);
    if (!words.faults().empty()) return std::move(words).take();
    return period;
}

std::optional<Period> period(const records::Database& database, PeriodId id) {
    Period period;
    {
        auto row = database.read(
            "SELECT name, first_day, last_day, weekday, starts, ends, doors_minutes, skip_moves_turn FROM periods "
            "WHERE id = ?",
            id);
        if (!row.next()) return std::nullopt;
        period = {.name = row.text(0),
            .rotation = {.first_day = people::date_in(row.text(1)).value(),
                .last_day = people::date_in(row.text(2)).value(),
                .weekday = static_cast<unsigned>(row.number(3)),
                .series = {},
                .skips = {},
                .skip_moves_turn = row.get<bool>(7)},
            .start = row.text(4),
            .end = row.text(5),
            .doors_minutes = row.number(6)};
    }
    auto series = database.read("SELECT series FROM period_series WHERE period = ? ORDER BY place", id);
    while (series.next()) period.rotation.series.push_back(series.get<SeriesId>(0));
    auto skips = database.read("SELECT day, why FROM period_skips WHERE period = ? ORDER BY day", id);
    while (skips.next())
        period.rotation.skips.push_back({.day = people::date_in(skips.text(0)).value(), .why = skips.text(1)});
    return period;
}

PeriodBody form_of(const Period& period) {
    const auto& rotation = period.rotation;
    PeriodBody form{.name = period.name,
        .first_day = people::day_text(rotation.first_day),
        .last_day = people::day_text(rotation.last_day),
        .weekday = rotation.weekday,
        .start = period.start,
        .end = period.end,
        .doors_minutes = period.doors_minutes,
        .series = rotation.series,
        .skipped = std::vector<protocol::SkippedDay>{},
        .skip_moves_turn = rotation.skip_moves_turn};
    for (const auto& skip : rotation.skips)
        form.skipped->push_back({.day = people::day_text(skip.day), .why = skip.why});
    return form;
}

std::vector<protocol::PeriodListed> periods(const records::Database& database, PeriodKind kind) {
    std::vector<protocol::PeriodListed> all;
    auto rows = database.read(
        "SELECT id, name, first_day, last_day, (SELECT count(*) FROM sessions s WHERE s.period = p.id), (SELECT "
        "count(DISTINCT person) FROM enrolments e WHERE e.period = p.id AND e.state IN ('applied', 'accepted')) FROM "
        "periods p WHERE p.is_closed = ? ORDER BY first_day DESC, id DESC",
        kind == PeriodKind::group);
    while (rows.next())
        all.push_back({.id = rows.get<PeriodId>(0),
            .name = rows.text(1),
            .first_day = rows.text(2),
            .last_day = rows.text(3),
            .sessions = rows.number(4),
            .people = rows.number(5)});
    return all;
}

Put<PeriodId> put_period(
    records::Database& database, const PeriodBody& form, std::optional<PeriodId> known, PeriodKind kind) {
    const bool is_closed = kind == PeriodKind::group;
    if (known && !database.has("SELECT 1 FROM periods WHERE id = ? AND is_closed = ?", *known, is_closed))
        return RefusalWord::not_found;
    auto read = period_of(database, form);
    if (auto* faults = std::get_if<std::vector<Fault>>(&read)) return std::move(*faults);
    const auto& good = std::get<Period>(read);
    const auto key = people::name_key(good.name);
    const auto other = database.one<PeriodId>("SELECT id FROM periods WHERE name_key = ?", key);
    if (other && other != known) return std::vector<Fault>{{.reason = FaultReason::name_taken, .value = good.name}};
    auto missing = missing_days(database, good, known);
    if (auto* faults = std::get_if<std::vector<Fault>>(&missing)) return std::move(*faults);

    records::Unit unit{database};
    const auto& rotation = good.rotation;
    const auto first_day = people::day_text(rotation.first_day);
    const auto last_day = people::day_text(rotation.last_day);
    const std::int64_t weekday = rotation.weekday;
    if (known)
        database.write(
            "UPDATE periods SET name = ?, name_key = ?, first_day = ?, last_day = ?, weekday = ?, starts = ?, ends = "
            "?, doors_minutes = ?, skip_moves_turn = ? WHERE id = ?",
            good.name, key, first_day, last_day, weekday, good.start, good.end, good.doors_minutes,
            rotation.skip_moves_turn, *known);
    const auto id = known ? *known
                          : database.add<PeriodId>(
                                "INSERT INTO periods (name, name_key, first_day, last_day, weekday, starts, ends, "
                                "doors_minutes, skip_moves_turn, is_closed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                                "RETURNING id",
                                good.name, key, first_day, last_day, weekday, good.start, good.end, good.doors_minutes,
                                rotation.skip_moves_turn, is_closed);
    store_rule(database, id, rotation);
    unit.keep();
    return id;
}

std::optional<RefusalWord> remove_period(records::Database& database, PeriodId id) {
    if (!database.has("SELECT 1 FROM periods WHERE id = ?", id)) return RefusalWord::not_found;
    if (database.has("SELECT 1 FROM sessions WHERE period = ? LIMIT 1", id) ||
        database.has("SELECT 1 FROM enrolments WHERE period = ? LIMIT 1", id))
        return RefusalWord::not_now;
    records::Unit unit{database};
    database.write("DELETE FROM package_parts WHERE package IN (SELECT id FROM packages WHERE period = ?)", id);
    for (const auto* sql : {"DELETE FROM packages WHERE period = ?", "DELETE FROM period_series WHERE period = ?",
             "DELETE FROM period_skips WHERE period = ?", "DELETE FROM staff_roles WHERE period = ?",
             "DELETE FROM periods WHERE id = ?"})
        database.write(sql, id);
    unit.keep();
    return std::nullopt;
}

std::vector<DayOfPeriod> days_of(const records::Database& database, const Period& period, std::optional<PeriodId> id) {
    std::vector<DayOfPeriod> days;
    if (id) {
        auto rows = database.read(
            "SELECT id, series, starts_at FROM sessions WHERE period = ? ORDER BY starts_at, id", *id);
        while (rows.next())
            days.push_back({.day = people::local_day(rows.get<UtcTime>(2)),
                .series = rows.get<SeriesId>(1),
                .why_skipped = {},
                .session = rows.get<SessionId>(0)});
    }
    const auto is_before = [](const DayOfPeriod& one, const DayOfPeriod& other) { return one.day < other.day; };
    const auto made = days.size();
    for (const auto& turn : turn_days(period.rotation)) {
        DayOfPeriod day{
            .day = turn.day, .series = turn.series, .why_skipped = turn.why_skipped, .session = std::nullopt};
        const auto begin = days.begin();
        if (!std::binary_search(begin, begin + static_cast<std::ptrdiff_t>(made), day, is_before))
            days.push_back(std::move(day));
    }
    std::stable_sort(days.begin(), days.end(), is_before);
    return days;
}

std::variant<protocol::PeriodPreview, std::vector<Fault>> preview_period(
    const records::Database& database, const PeriodBody& form, std::optional<PeriodId> id) {
    auto read = period_of(database, form);
    if (auto* faults = std::get_if<std::vector<Fault>>(&read)) return std::move(*faults);
    const auto& good = std::get<Period>(read);
    if (!id) id = database.one<PeriodId>("SELECT id FROM periods WHERE name_key = ?", people::name_key(good.name));
    auto missing = missing_days(database, good, id);
    if (auto* faults = std::get_if<std::vector<Fault>>(&missing)) return std::move(*faults);
    protocol::PeriodPreview preview;
    for (const auto& day : days_of(database, good, id)) {
        preview.days.push_back({.day = people::day_text(day.day),
            .series = day.series,
            .why = day.series ? std::nullopt : std::optional{day.why_skipped},
            .session = day.session});
        preview.new_days += day.is_missing() ? 1 : 0;
        preview.made_days += day.session ? 1 : 0;
    }
    for (const auto& each : exceptions_of(good.rotation))
        preview.exceptions.push_back(
            {.day = people::day_text(each.day), .name = std::string{each.name}, .is_holiday = each.is_holiday});
    return preview;
}

Put<protocol::PeriodMade> make_period(records::Database& database, PeriodId id) {
    const auto known = period(database, id);
    if (!known) return RefusalWord::not_found;
    auto missing = missing_days(database, *known, id);
    if (auto* faults = std::get_if<std::vector<Fault>>(&missing)) return std::move(*faults);
    records::Unit unit{database};
    protocol::PeriodMade made;
    made.made_before = database.one<std::int64_t>("SELECT count(*) FROM sessions WHERE period = ?", id).value_or(0);
    for (const auto& [day, draft] : std::get<0>(missing)) {
        const auto session = people::plan_session(database, draft);
        database.write(
            "UPDATE sessions SET period = ?, doors_minutes = ? WHERE id = ?", id, known->doors_minutes, session);
        if (room_staff_of(database, *day.series, id).empty()) people::add_usual_staff(database, session);
        database.write(
            "INSERT INTO registrations (session, person, role) SELECT ?, a.person, r.role FROM staff_roles r JOIN "
            "staff_accounts a ON a.id = r.account WHERE r.period = ? AND a.locked_at IS NULL",
            session, id);
        made.created.push_back(session);
    }
    unit.keep();
    return made;
}

std::vector<RoomStaff> room_staff_of(const records::Database& database, SeriesId series, PeriodId period) {
    std::vector<RoomStaff> staff;
    auto rows = database.read(
        "SELECT DISTINCT a.person, r.role, p.name FROM staff_roles r JOIN staff_accounts a ON a.id = r.account JOIN "
        "people p ON p.id = a.person WHERE r.role IN ('facilitator', 'moderator') AND a.locked_at IS NULL AND "
        "(r.series = ? OR r.period = ? OR (r.series IS NULL AND r.period IS NULL)) ORDER BY a.person, r.role",
        series, period);
    while (rows.next()) {
        const auto role = rows.get<std::optional<protocol::Role>>(1);
        if (role) staff.push_back({.person = rows.get<protocol::PersonId>(0), .role = *role, .name = rows.text(2)});
    }
    return staff;
}

}  // namespace etakahvila::programme
