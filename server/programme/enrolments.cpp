#include "programme/enrolments.hpp"

#include <algorithm>

#include "people/outside_days.hpp"

namespace etakahvila::programme {
namespace {

using people::local_date_text;

struct DayLeft {
    SessionId session;
    SeriesId series;
    std::string day;
    UtcTime starts_at;
    UtcTime ends_at;
    std::optional<std::string> help_phone;
    bool is_cancelled{};
    /// Is held on another day.
    bool is_moved{};
};

/// Those of the period that have not ended.
std::vector<DayLeft> days_left(const records::Database& database, PeriodId period, UtcTime now) {
    std::vector<DayLeft> days;
    auto rows = database.read(
        "SELECT s.id, s.series, s.starts_at, s.ends_at, s.help_phone, c.session IS NOT NULL, c.moved_to IS NOT NULL"
        " FROM sessions s LEFT JOIN cancelled_sessions c ON c.session = s.id WHERE s.period = ? AND s.ends_at > ?"
        " ORDER BY s.starts_at, s.id",
        period, now);
    while (rows.next()) {
        const auto starts_at = rows.get<UtcTime>(2);
        days.push_back({.session = rows.get<SessionId>(0),
            .series = rows.get<SeriesId>(1),
            .day = local_date_text(starts_at),
            .starts_at = starts_at,
            .ends_at = rows.get<UtcTime>(3),
            .help_phone = rows.text_or_none(4),
            .is_cancelled = rows.get<bool>(5),
            .is_moved = rows.get<bool>(6)});
    }
    return days;
}

struct Registered {
    /// The id under which they are in the day's list: theirs, or of whoever was found to be them.
    PersonId under;
    std::optional<EnrolmentId> enrolment;
};

/// Of each person, by the day's session.
using RegisteredPeople = std::map<PersonId, std::map<SessionId, Registered>>;

/// Who everybody is who was found to be another.
class SamePeople {
public:
    explicit SamePeople(const records::Database& database) {
        auto rows = database.read("SELECT id, same_as FROM people WHERE same_as IS NOT NULL");
        while (rows.next()) known_as_.emplace(rows.get<PersonId>(0), rows.get<PersonId>(1));
    }
    PersonId who_is(PersonId person) const {
        for (auto found = known_as_.find(person); found != known_as_.end(); found = known_as_.find(person))
            person = found->second;
        return person;
    }

private:
    std::map<PersonId, PersonId> known_as_;
};

RegisteredPeople registered_people(
    const records::Database& database, PeriodId period, UtcTime now, std::optional<PersonId> person) {
    RegisteredPeople people;
    if (person) {
        auto rows = database.read(
            std::string{people::they_sql} +
                "SELECT r.session, r.person, r.enrolment FROM registrations r JOIN they t ON t.id = r.person"
                " JOIN sessions s ON s.id = r.session WHERE (s.period = ? OR s.id IN (SELECT session FROM outside_days"
                " WHERE period = ?)) AND s.ends_at > ? AND r.role = 'participant'",
            *person, period, period, now);
        while (rows.next())
            people[*person][rows.get<SessionId>(0)] = {rows.get<PersonId>(1), rows.get<std::optional<EnrolmentId>>(2)};
        return people;
    }
    const SamePeople same{database};
    auto rows = database.read(
        "SELECT r.session, r.person, r.enrolment FROM sessions s JOIN registrations r ON r.session = s.id"
        " WHERE (s.period = ? OR s.id IN (SELECT session FROM outside_days WHERE period = ?)) AND s.ends_at > ? AND"
        " r.role = 'participant'",
        period, period, now);
    while (rows.next()) {
        const auto under = rows.get<PersonId>(1);
        people[same.who_is(under)][rows.get<SessionId>(0)] = {under, rows.get<std::optional<EnrolmentId>>(2)};
    }
    return people;
}

/// Out of which days somebody was taken by hand.
using TakenOut = std::set<std::pair<PersonId, SessionId>>;

TakenOut taken_out(const records::Database& database, PeriodId period, std::optional<PersonId> person) {
    TakenOut days;
    const std::string ask{
        "SELECT t.person, t.session FROM taken_out t JOIN sessions s ON s.id = t.session LEFT JOIN outside_days o ON "
        "o.session = s.id WHERE coalesce(s.period, o.period) = ?"};
    if (person) {
        auto rows = database.read(people::they_sql + ask + " AND t.person IN (SELECT id FROM they)", *person, period);
        while (rows.next()) days.emplace(*person, rows.get<SessionId>(1));
        return days;
    }
    const SamePeople same{database};
    auto rows = database.read(ask, period);
    while (rows.next()) days.emplace(same.who_is(rows.get<PersonId>(0)), rows.get<SessionId>(1));
    return days;
}

using Enrolments = std::vector<const Enrolment*>;

/// The enrolment that takes somebody to this place on this day.
std::optional<EnrolmentId> taken_there_by(
    const PeriodRules& rules, const Enrolments& enrolments, const DayLeft& day, SeriesPlace place) {
    for (const auto* one : enrolments) {
        if (one->holds_on(day.day) &&
            place_of(rules, one->package, day.series, one->kind, day.day, one->choice_in(day.series)) == place)
            return one->id;
    }
    return std::nullopt;
}

/// Whom enrolments take to a session.
using Taken = std::map<PersonId, EnrolmentId>;

/// A day by phone as the period wants it: while one of its days is held then, or is cancelled and not moved. Whoever is
/// in a room on that day is not called too.
struct PhoneDayWanted {
    UtcTime starts_at;
    UtcTime ends_at;
    std::optional<std::string> help_phone;
    Taken taken;
};

/// Registers to a session whom enrolments take there, and takes out of one that has not begun whom they do not.
class LineUp {
public:
    LineUp(records::Database& database, UtcTime now, RegisteredPeople& registered, const TakenOut& taken_out)
        : database_{database}, now_{now}, registered_{registered}, taken_out_{taken_out} {}

    void line_up(SessionId session, UtcTime starts_at, const Taken& taken) {
        bool is_changed = false;
        for (const auto& [someone, sessions] : registered_) {
            const auto found = taken.find(someone);
            const auto* by = found == taken.end() ? nullptr : &found->second;
            const auto there = sessions.find(session);
            if (there == sessions.end()) {
                if (by == nullptr || taken_out_.contains({someone, session})) continue;
                database_.write(
                    "INSERT INTO registrations (session, person, role, enrolment) VALUES (?, ?, 'participant', ?) ON "
                    "CONFLICT DO NOTHING",
                    session, someone, *by);
                is_changed = true;
                continue;
            }
            const auto& [under, enrolment] = there->second;
            if (!enrolment || (by != nullptr && enrolment == *by) || starts_at <= now_) continue;
            if (by != nullptr)
                database_.write(
                    "UPDATE registrations SET enrolment = ? WHERE session = ? AND person = ?", *by, session, under);
            else
                people::unregister(database_, session, under);
            is_changed = true;
        }
        if (is_changed) note_changed(session);
    }
    void note_changed(SessionId session) {
        if (std::find(changed_.begin(), changed_.end(), session) == changed_.end()) changed_.push_back(session);
    }
    std::vector<SessionId> take_changed() && { return std::move(changed_); }

private:
    records::Database& database_;
    UtcTime now_;
    /// Everybody who is concerned, with no session too.
    RegisteredPeople& registered_;
    const TakenOut& taken_out_;
    std::vector<SessionId> changed_;
};

struct PhoneDayMade {
    SessionId session;
    UtcTime starts_at;
    UtcTime ends_at;
    bool is_cancelled{};
};

/// By their day.
std::map<std::string, PhoneDayMade> phone_days_made(const records::Database& database, PeriodId period) {
    std::map<std::string, PhoneDayMade> days;
    auto rows = database.read(
        "SELECT o.day, s.id, s.starts_at, s.ends_at, c.session IS NOT NULL FROM outside_days o JOIN sessions s ON s.id "
        "= o.session LEFT JOIN cancelled_sessions c ON c.session = s.id WHERE o.period = ?",
        period);
    while (rows.next())
        days[rows.text(0)] = {.session = rows.get<SessionId>(1),
            .starts_at = rows.get<UtcTime>(2),
            .ends_at = rows.get<UtcTime>(3),
            .is_cancelled = rows.get<bool>(4)};
    return days;
}

/// A new one has the workers of the one that was made before it.
SessionId make_phone_day(records::Database& database, PeriodId period, const PhoneDayWanted& wanted) {
    const auto last = database.one<SessionId>("SELECT max(session) FROM outside_days WHERE period = ?", period);
    const auto made = people::make_outside_day(database, {.way = protocol::SessionWay::phone_day,
                                                             .starts_at = wanted.starts_at,
                                                             .ends_at = wanted.ends_at,
                                                             .help_phone = wanted.help_phone,
                                                             .period = period});
    if (last)
        database.write(
            "INSERT INTO registrations (session, person, role) SELECT ?, person, role FROM registrations WHERE session "
            "= ? AND role IN ('facilitator', 'moderator')",
            made, *last);
    return made;
}

/// Those that are wanted are made and filled; where none is wanted any more, nobody is left in it. One that is
/// cancelled stays as it is.
void bring_phone_days_in_line(records::Database& database, PeriodId period, UtcTime now,
    const std::map<std::string, PhoneDayWanted>& wanted, LineUp& people) {
    auto days = phone_days_made(database, period);
    for (const auto& [day, left] : days) {
        if (left.is_cancelled || left.ends_at <= now) continue;
        const auto found = wanted.find(day);
        people.line_up(left.session, left.starts_at, found == wanted.end() ? Taken{} : found->second.taken);
        if (found == wanted.end() || left.starts_at <= now) continue;
        if (found->second.starts_at == left.starts_at && found->second.ends_at == left.ends_at) continue;
        people::move_outside_day(database, left.session, found->second.starts_at, found->second.ends_at);
        people.note_changed(left.session);
    }
    for (const auto& [day, one] : wanted) {
        if (one.taken.empty() || days.contains(day)) continue;
        people.line_up(make_phone_day(database, period, one), one.starts_at, one.taken);
    }
}

void add_all(std::vector<SessionId>& sessions, const std::vector<SessionId>& more) {
    for (const auto session : more) {
        if (std::find(sessions.begin(), sessions.end(), session) == sessions.end()) sessions.push_back(session);
    }
}

std::map<PersonId, Kind> kinds_of_enrolled(const records::Database& database) {
    std::map<PersonId, Kind> kinds;
    auto rows = database.read("SELECT id, decision_type FROM people WHERE id IN (SELECT person FROM enrolments)");
    while (rows.next()) kinds.emplace(rows.get<PersonId>(0), rows.text_or_none(1));
    return kinds;
}

std::string day_beside(const std::string& day, int days) {
    const auto date = people::date_in(day);
    return date ? people::day_text(people::days_after(*date, days)) : day;
}

void set_days(records::Database& database, EnrolmentId id, const std::string& last_day, EnrolmentState state) {
    database.write("UPDATE enrolments SET last_day = ?, state = ? WHERE id = ?", last_day, state, id);
}

void end(records::Database& database, const Enrolment& one, const std::string& last_day) {
    if (one.first_day > last_day || one.state == EnrolmentState::applied)
        set_days(database, one.id, one.last_day, EnrolmentState::withdrawn);
    else
        set_days(database, one.id, last_day, EnrolmentState::ended);
}

void add_choice(records::Database& database, EnrolmentId enrolment, SeriesId series, const KeptChoice& kept) {
    database.write(
        "INSERT INTO enrolment_choices (enrolment, series, choice, reason, by_name, at) VALUES (?, ?, ?, ?, ?, ?)",
        enrolment, series, kept.choice, kept.reason, kept.by, kept.at);
}

}  // namespace

const std::string& PeriodRules::day_within(const std::string& day) const {
    return day < first_day ? first_day : day > last_day ? last_day : day;
}

bool Enrolment::holds_on(std::string_view day) const {
    const bool is_taken_up = state == EnrolmentState::accepted || state == EnrolmentState::ended;
    return is_taken_up && day >= first_day && day <= last_day;
}

bool Enrolment::is_left_on(std::string_view day) const { return state != EnrolmentState::withdrawn && last_day >= day; }

std::optional<EligibilityChoice> Enrolment::choice_in(SeriesId series) const {
    const auto found = choices.find(series);
    return found == choices.end() ? std::nullopt : std::optional{found->second.choice};
}

std::optional<PeriodRules> rules_of(const records::Database& database, PeriodId period) {
    PeriodRules rules;
    {
        auto row = database.read("SELECT first_day, last_day, is_closed FROM periods WHERE id = ?", period);
        if (!row.next()) return std::nullopt;
        rules.first_day = row.text(0);
        rules.last_day = row.text(1);
        rules.is_closed = row.get<bool>(2);
    }
    auto turns = database.read("SELECT series FROM period_series WHERE period = ? ORDER BY place", period);
    while (turns.next()) {
        const auto series = turns.get<SeriesId>(0);
        if (std::find(rules.rotation.begin(), rules.rotation.end(), series) == rules.rotation.end())
            rules.rotation.push_back(series);
    }
    auto series = database.read("SELECT id, is_for_all FROM series");
    while (series.next()) rules.series[series.get<SeriesId>(0)].is_for_all = series.get<bool>(1);
    auto open_to = database.read("SELECT series, kind FROM series_kinds");
    while (open_to.next()) rules.series[open_to.get<SeriesId>(0)].kinds.insert(open_to.text(1));
    auto packages = database.read("SELECT id, name FROM packages WHERE period = ? ORDER BY id", period);
    while (packages.next()) rules.packages[packages.get<PackageId>(0)].name = packages.text(1);
    auto parts = database.read(
        "SELECT p.package, p.series, p.way, p.instead FROM package_parts p JOIN packages k ON k.id = p.package WHERE "
        "k.period = ?",
        period);
    while (parts.next())
        rules.packages[parts.get<PackageId>(0)].parts[parts.get<SeriesId>(1)] = {
            .way = parts.get<std::optional<PackageWay>>(2).value_or(PackageWay::room), .instead = parts.get<bool>(3)};
    auto kinds = database.read("SELECT key, first_day, last_day FROM decision_kinds");
    while (kinds.next()) rules.kinds[kinds.text(0)] = {.first = kinds.text_or_none(1), .last = kinds.text_or_none(2)};
    return rules;
}

bool may_attend(const PeriodRules& rules, SeriesId series, const Kind& kind, std::string_view day) {
    const auto found = rules.series.find(series);
    if (found == rules.series.end()) return false;
    if (!kind) return found->second.is_for_all;
    const auto days = rules.kinds.find(*kind);
    if (days == rules.kinds.end() || (days->second.first && day < *days->second.first) ||
        (days->second.last && day > *days->second.last))
        return false;
    return found->second.is_for_all || found->second.kinds.contains(*kind);
}

SeriesPlace place_of(const PeriodRules& rules, PackageId package, SeriesId series, const Kind& kind,
    std::string_view day, std::optional<EligibilityChoice> choice) {
    const auto found = rules.packages.find(package);
    if (found == rules.packages.end()) return SeriesPlace::not_in_package;
    const auto part = found->second.parts.find(series);
    if (part == found->second.parts.end()) return SeriesPlace::not_in_package;
    if (part->second.way == PackageWay::phone_day) return SeriesPlace::phone_day;
    if (may_attend(rules, series, kind, day)) return SeriesPlace::room;
    const auto usual = part->second.instead ? EligibilityChoice::instead : EligibilityChoice::leave_out;
    switch (choice.value_or(usual)) {
        case EligibilityChoice::allow: return SeriesPlace::room;
        case EligibilityChoice::instead: return SeriesPlace::phone_day;
        case EligibilityChoice::leave_out: return SeriesPlace::not_eligible;
    }
    return SeriesPlace::not_eligible;
}

std::vector<Enrolment> enrolments_of(
    const records::Database& database, PeriodId period, std::optional<PersonId> person) {
    std::vector<Enrolment> enrolments;
    std::map<EnrolmentId, std::size_t> places;
    const auto take = [&](records::Rows rows) {
        while (rows.next()) {
            places.emplace(rows.get<EnrolmentId>(0), enrolments.size());
            enrolments.push_back({.id = rows.get<EnrolmentId>(0),
                .person = rows.get<PersonId>(1),
                .package = rows.get<PackageId>(2),
                .first_day = rows.text(3),
                .last_day = rows.text(4),
                .kind = rows.text_or_none(5),
                .supervisor = rows.text_or_none(6),
                .state = rows.get<std::optional<EnrolmentState>>(7).value_or(EnrolmentState::withdrawn)});
        }
    };
    const auto take_choices = [&](records::Rows rows) {
        while (rows.next()) {
            const auto choice = rows.get<std::optional<EligibilityChoice>>(2);
            if (!choice) continue;
            enrolments[places.at(rows.get<EnrolmentId>(0))].choices[rows.get<SeriesId>(1)] = {
                .choice = *choice, .reason = rows.text_or_none(3), .by = rows.text(4), .at = rows.get<UtcTime>(5)};
        }
    };
    const std::string ask{
        "SELECT id, person, package, first_day, last_day, kind, supervisor, state FROM enrolments WHERE period = ?"};
    const std::string ask_choices{
        "SELECT c.enrolment, c.series, c.choice, c.reason, c.by_name, c.at FROM enrolments e JOIN enrolment_choices c "
        "ON c.enrolment = e.id WHERE e.period = ?"};
    if (person) {
        take(database.read(ask + " AND person = ? ORDER BY first_day, id", period, *person));
        take_choices(database.read(ask_choices + " AND e.person = ?", period, *person));
    } else {
        take(database.read(ask + " ORDER BY first_day, id", period));
        take_choices(database.read(ask_choices, period));
    }
    return enrolments;
}

EnrolmentId add_enrolment(records::Database& database, PeriodId period, const Enrolment& enrolment, UtcTime now) {
    records::Unit unit{database};
    const auto id = database.add<EnrolmentId>(
        "INSERT INTO enrolments (person, period, package, first_day, last_day, kind, supervisor, state, made_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        enrolment.person, period, enrolment.package, enrolment.first_day, enrolment.last_day, enrolment.kind,
        enrolment.supervisor, enrolment.state, now);
    for (const auto& [series, kept] : enrolment.choices) add_choice(database, id, series, kept);
    unit.keep();
    return id;
}

void end_enrolments(records::Database& database, PeriodId period, PersonId person, const std::string& last_day,
    const std::string& today) {
    records::Unit unit{database};
    for (const auto& one : enrolments_of(database, period, person)) {
        if (one.is_left_on(last_day)) end(database, one, last_day);
    }
    database.write(
        "UPDATE enrolments SET state = 'accepted' WHERE id = (SELECT id FROM enrolments WHERE period = ? AND person = ?"
        " AND state = 'ended' AND last_day >= ? ORDER BY first_day DESC, id DESC LIMIT 1)",
        period, person, today);
    unit.keep();
}

void withdraw_enrolments(records::Database& database, PeriodId period, PersonId person, const std::string& day) {
    database.write("UPDATE enrolments SET state = 'withdrawn' WHERE period = ? AND person = ? AND last_day >= ?",
        period, person, day);
}

void move_to_package(records::Database& database, PeriodId period, PersonId person, PackageId package,
    const std::string& first_day, UtcTime now) {
    records::Unit unit{database};
    for (const auto& one : enrolments_of(database, period, person)) {
        if (!one.is_left_on(first_day) || one.package == package) continue;
        end(database, one, day_before(first_day));
        auto next = one;
        next.package = package;
        next.first_day = std::max(one.first_day, first_day);
        next.state = EnrolmentState::accepted;
        add_enrolment(database, period, next, now);
    }
    unit.keep();
}

void change_kind(
    records::Database& database, PersonId person, const Kind& kind, const std::string& first_day, UtcTime now) {
    records::Unit unit{database};
    std::vector<PeriodId> periods;
    {
        auto rows = database.read("SELECT DISTINCT period FROM enrolments WHERE person = ?", person);
        while (rows.next()) periods.push_back(rows.get<PeriodId>(0));
    }
    for (const auto period : periods) {
        for (const auto& one : enrolments_of(database, period, person)) {
            if (!one.is_left_on(first_day) || one.kind == kind) continue;
            if (one.first_day >= first_day) {
                database.write("UPDATE enrolments SET kind = ? WHERE id = ?", kind, one.id);
                continue;
            }
            set_days(database, one.id, day_before(first_day), EnrolmentState::ended);
            auto next = one;
            next.first_day = first_day;
            next.kind = kind;
            add_enrolment(database, period, next, now);
        }
    }
    unit.keep();
}

void keep_choice(records::Database& database, PeriodId period, PersonId person, SeriesId series, const std::string& day,
    const KeptChoice& choice) {
    records::Unit unit{database};
    for (const auto& one : enrolments_of(database, period, person)) {
        if (!one.is_left_on(day)) continue;
        database.write("DELETE FROM enrolment_choices WHERE enrolment = ? AND series = ?", one.id, series);
        add_choice(database, one.id, series, choice);
    }
    unit.keep();
}

void take_back_allowed(
    records::Database& database, PeriodId period, PersonId person, SeriesId series, const std::string& day) {
    records::Unit unit{database};
    for (const auto& one : enrolments_of(database, period, person)) {
        if (one.is_left_on(day))
            database.write("DELETE FROM enrolment_choices WHERE enrolment = ? AND series = ? AND choice = 'allow'",
                one.id, series);
    }
    unit.keep();
}

std::vector<SessionId> bring_registrations_in_line(
    records::Database& database, PeriodId period, UtcTime now, std::optional<PersonId> person) {
    const auto rules = rules_of(database, period);
    if (!rules) return {};
    records::Unit unit{database};
    const auto days = days_left(database, period, now);
    const auto enrolments = enrolments_of(database, period, person);
    std::map<PersonId, Enrolments> theirs;
    for (const auto& one : enrolments) theirs[one.person].push_back(&one);
    // Whoever has no enrolment any more may still be registered by one.
    auto registered = registered_people(database, period, now, person);
    for (const auto& [someone, of_them] : theirs) registered[someone];
    const auto out = taken_out(database, period, person);
    LineUp people{database, now, registered, out};
    std::map<std::string, PhoneDayWanted> phone_days;
    std::map<std::string, std::set<PersonId>> in_room;
    for (const auto& day : days) {
        if (day.is_moved) continue;
        auto& phone_day = phone_days
                              .try_emplace(day.day, PhoneDayWanted{.starts_at = day.starts_at,
                                                        .ends_at = day.ends_at,
                                                        .help_phone = day.help_phone,
                                                        .taken = {}})
                              .first->second;
        Taken to_room;
        for (const auto& [someone, of_them] : theirs) {
            if (const auto by = taken_there_by(*rules, of_them, day, SeriesPlace::room); by && !day.is_cancelled) {
                to_room.emplace(someone, *by);
                in_room[day.day].insert(someone);
            } else if (const auto by_phone = taken_there_by(*rules, of_them, day, SeriesPlace::phone_day)) {
                phone_day.taken.emplace(someone, *by_phone);
            }
        }
        if (!day.is_cancelled) people.line_up(day.session, day.starts_at, to_room);
    }
    for (auto& [day, phone_day] : phone_days)
        std::erase_if(phone_day.taken, [&](const auto& each) { return in_room[day].contains(each.first); });
    bring_phone_days_in_line(database, period, now, phone_days, people);
    unit.keep();
    return std::move(people).take_changed();
}

std::vector<SessionId> bring_in_line_around(records::Database& database, SessionId session, UtcTime now) {
    const auto period = database.one<PeriodId>(
        "SELECT period FROM sessions WHERE id = ? AND period IS NOT NULL", session);
    return period ? bring_registrations_in_line(database, *period, now) : std::vector<SessionId>{};
}

std::vector<SessionId> bring_in_line_everywhere(records::Database& database, PersonId person, UtcTime now) {
    std::vector<PeriodId> periods;
    {
        auto rows = database.read("SELECT DISTINCT period FROM enrolments WHERE person = ?", person);
        while (rows.next()) periods.push_back(rows.get<PeriodId>(0));
    }
    std::vector<SessionId> changed;
    for (const auto period : periods) add_all(changed, bring_registrations_in_line(database, period, now, person));
    return changed;
}

std::vector<SessionId> follow_kinds(records::Database& database, UtcTime now, const std::function<void()>& work) {
    records::Unit unit{database};
    const auto before = kinds_of_enrolled(database);
    work();
    std::vector<SessionId> changed;
    for (const auto& [person, kind] : kinds_of_enrolled(database)) {
        const auto was = before.find(person);
        if (was == before.end() || was->second == kind) continue;
        change_kind(database, person, kind, local_date_text(now), now);
        add_all(changed, bring_in_line_everywhere(database, person, now));
    }
    unit.keep();
    return changed;
}

std::string day_before(const std::string& day) { return day_beside(day, -1); }

std::string day_after(const std::string& day) { return day_beside(day, 1); }

}  // namespace etakahvila::programme
