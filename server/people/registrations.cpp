#include "people/registrations.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "people/groups.hpp"
#include "people/local_time.hpp"
#include "people/names.hpp"
#include "people/season_days.hpp"
#include "people/words.hpp"

namespace etakahvila::people {
namespace {

constexpr std::size_t absence_code_points_max = 500;

bool has_session(const records::Database& database, SessionId session) {
    return database.has("SELECT 1 FROM sessions WHERE id = ?", session);
}

/// name, decision_type, supervisor, phone, email, needs, best_time from column `at` on.
PersonDetails details_in(records::Rows& row, int at) {
    return {.name = row.text(at),
        .decision_type = row.get<std::optional<std::string>>(at + 1),
        .supervisor = row.text_or_none(at + 2),
        .phone = row.text_or_none(at + 3),
        .email = row.text_or_none(at + 4),
        .needs = row.text_or_none(at + 5),
        .best_time = row.text_or_none(at + 6)};
}

PersonId insert_person(records::Database& database, const PersonDetails& person, bool is_client) {
    return database.add<PersonId>(
        "INSERT INTO people (is_client, name, name_key, decision_type, supervisor, phone, email, needs, best_time)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        is_client, person.name, name_key(person.name), person.decision_type, person.supervisor, person.phone,
        person.email, person.needs, person.best_time);
}

/// True when they were not registered yet.
bool insert_registration(records::Database& database, SessionId session, PersonId person, Role role) {
    database.write(
        std::string{they_sql} + "DELETE FROM taken_out WHERE person IN (SELECT id FROM they) AND session = ?", person,
        session);
    return database.changes(
        "INSERT INTO registrations (session, person, role) VALUES (?, ?, ?) ON CONFLICT DO NOTHING RETURNING 1",
        session, person, role);
}

}  // namespace

PersonDetails merged(PersonDetails known, const PersonDetails& told) {
    const auto take = [](auto& place, const auto& value, auto key) {
        if (value && (!place || key(*place) != key(*value))) place = value;
    };
    const auto itself = [](const auto& value) { return value; };
    // A name turned round is the one that is known; a capital letter that was put right is taken.
    if (person_key(known.name) != person_key(told.name) || name_key(known.name) == name_key(told.name))
        known.name = told.name;
    take(known.decision_type, told.decision_type, itself);
    take(known.supervisor, told.supervisor, person_key);
    take(known.phone, told.phone, phone_key);
    take(known.email, told.email, email_key);
    take(known.needs, told.needs, itself);
    take(known.best_time, told.best_time, itself);
    return known;
}

void update_person(records::Database& database, PersonId id, const PersonDetails& person) {
    database.write(
        "UPDATE people SET name = ?, name_key = ?, decision_type = ?, supervisor = ?, phone = ?, email = ?, needs = ?, "
        "best_time = ? WHERE id = ?",
        person.name, name_key(person.name), person.decision_type, person.supervisor, person.phone, person.email,
        person.needs, person.best_time, id);
}

namespace {

/// As tidy_details; and a kind of decision is one that the site has.
std::vector<Fault> tidy_form(const records::Database& database, PersonDetails& details) {
    auto faults = tidy_details(details);
    const auto& kind = details.decision_type;
    if (kind && !database.has("SELECT 1 FROM decision_kinds WHERE key = ?", *kind))
        faults.push_back({.reason = FaultReason::decision_type_unclear, .value = kind});
    return faults;
}

}  // namespace

std::variant<PersonId, std::vector<Fault>> add_person(records::Database& database, PersonDetails details) {
    auto faults = tidy_form(database, details);
    if (!faults.empty()) return faults;
    return insert_person(database, details, true);
}

std::variant<HandRegistration, RefusalWord> register_by_hand(records::Database& database, SessionId session,
    PersonDetails details, const Reach& reach, std::optional<HandAnswer> answer) {
    HandRegistration done;
    done.faults = tidy_form(database, details);
    if (!done.faults.empty()) return done;
    RegistrationPreview row;
    row.rows.push_back({.line = 1, .person = std::move(details)});
    const auto imported = import_registrations(
        database, session, row, reach, answer ? SameAnswers{{1, answer->person}} : SameAnswers{});
    if (!imported) return RefusalWord::not_found;
    for (const auto& fault : imported->faults) done.faults.push_back({.reason = fault.reason, .value = fault.value});
    if (!imported->questions.empty())
        done.question = imported->questions.front();
    else if (done.faults.empty())
        done.person = imported->people.front();
    done.is_kept_as_was = !imported->lines_kept_as_was.empty();
    return done;
}

std::variant<std::vector<Fault>, RefusalWord> change_person(
    records::Database& database, SessionId session, PersonId person, PersonDetails details, const Reach& reach) {
    if (!database.has(
            "SELECT 1 FROM registrations r JOIN people p ON p.id = r.person WHERE r.session = ? AND r.person = ? AND "
            "p.is_client",
            session, person))
        return RefusalWord::not_found;
    if (!KnownPeople{database, reach}.may_change(person)) return RefusalWord::not_permitted;
    auto faults = tidy_form(database, details);
    if (!faults.empty()) return faults;
    // It is asked with the season.
    details.best_time = person_details(database, person)->best_time;
    update_person(database, person, details);
    return faults;
}

std::optional<RefusalWord> register_person(records::Database& database, SessionId session, PersonId person) {
    if (!has_session(database, session) || !database.has("SELECT 1 FROM people WHERE id = ? AND is_client", person))
        return RefusalWord::not_found;
    insert_registration(database, session, person, Role::participant);
    return std::nullopt;
}

std::variant<PersonId, RefusalWord> add_staff(records::Database& database, SessionId session, Role role,
    std::string_view display_name, const std::optional<std::string>& email) {
    if (role != Role::facilitator && role != Role::moderator && role != Role::guest) return RefusalWord::invalid;
    const auto name = tidy(display_name);
    if (!name) return RefusalWord::name_not_allowed;
    if (name->empty()) return RefusalWord::name_empty;
    if (code_points(*name) > name_code_points_max) return RefusalWord::name_too_long;
    if (!has_session(database, session)) return RefusalWord::not_found;

    records::Unit unit{database};
    const auto known = database.one<PersonId>(
        "SELECT p.id FROM registrations r JOIN people p ON p.id = r.person"
        " WHERE r.session = ? AND r.role = ? AND p.name_key = ? AND NOT p.is_client",
        session, role, name_key(*name));
    if (known) {
        if (email) database.write("UPDATE people SET email = ? WHERE id = ?", *email, *known);
        unit.keep();
        return *known;
    }
    const auto person = insert_person(database,
        {.name = *name, .decision_type = {}, .supervisor = {}, .phone = {}, .email = email, .needs = {}}, false);
    insert_registration(database, session, person, role);
    unit.keep();
    return person;
}

void add_usual_staff(records::Database& database, SessionId session) {
    for (const auto* name : {"Ohjaaja 1", "Ohjaaja 2"}) add_staff(database, session, Role::facilitator, name);
    for (const auto* name : {"Moderaattori 1", "Moderaattori 2"}) add_staff(database, session, Role::moderator, name);
}

std::optional<RefusalWord> unregister(records::Database& database, SessionId session, PersonId person) {
    records::Unit unit{database};
    if (!database.changes("DELETE FROM registrations WHERE session = ? AND person = ? RETURNING 1", session, person))
        return RefusalWord::not_found;
    database.write("DELETE FROM invitations WHERE session = ? AND person = ?", session, person);
    unit.keep();
    return std::nullopt;
}

std::optional<RefusalWord> take_out(records::Database& database, SessionId session, PersonId person, UtcTime now) {
    records::Unit unit{database};
    if (const auto refused = unregister(database, session, person)) return refused;
    const auto known = as_known_now(database, person);
    // Who is in no enrolment of the period is brought back by none.
    if (database.has(
            "SELECT 1 FROM sessions s LEFT JOIN outside_days o ON o.session = s.id JOIN enrolments e ON e.period ="
            " coalesce(s.period, o.period) WHERE s.id = ? AND e.person = ? AND e.state <> 'withdrawn'",
            session, known))
        database.write(
            "INSERT INTO taken_out (session, person, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", session, known, now);
    unit.keep();
    return std::nullopt;
}

std::optional<RefusalWord> set_absence(records::Database& database, SessionId session, PersonId person,
    std::optional<AbsenceNotice> notice, const std::optional<std::string>& told_by) {
    if (notice && notice->note) {
        notice->note = tidy(*notice->note);
        if (!notice->note) return RefusalWord::text_not_allowed;
        if (code_points(*notice->note) > absence_code_points_max) return RefusalWord::text_too_long;
        if (notice->note->empty()) notice->note.reset();
    }
    const bool is_registered = database.changes(
        "UPDATE registrations SET absence_told_at = ?, absence_note = ?, absence_reason = ?, absence_told_by = ? WHERE "
        "session = ? AND person = ? RETURNING 1",
        notice ? std::optional{notice->told_at} : std::nullopt, notice ? notice->note : std::nullopt,
        notice ? notice->reason : std::nullopt, notice ? told_by : std::nullopt, session, person);
    if (!is_registered) return RefusalWord::not_found;
    return std::nullopt;
}

std::optional<RefusalWord> set_absence_unread(
    records::Database& database, SessionId session, PersonId person, AbsenceNotice notice, const std::string& told_by) {
    records::Unit unit{database};
    std::optional<std::string> told_before_by = told_by;
    {
        auto before = database.read(
            "SELECT absence_told_at, absence_note, absence_reason, absence_told_by FROM registrations WHERE session = "
            "? "
            "AND person = ? AND absence_told_at IS NOT NULL",
            session, person);
        if (before.next()) {
            notice.told_at = before.get<UtcTime>(0);
            if (!notice.note || notice.note->empty()) notice.note = before.text_or_none(1);
            notice.reason = before.get<std::optional<protocol::AbsenceReason>>(2);
            told_before_by = before.text_or_none(3);
        }
    }
    const auto refused = set_absence(database, session, person, std::move(notice), told_before_by);
    if (!refused) unit.keep();
    return refused;
}

namespace {

/// Who comes to a session by a link of the season, as people are known now, and who is banned from it.
class WhoComes {
public:
    WhoComes(const records::Database& database, SessionId session, UtcTime now) {
        // Links of a season work until five hours after its last day.
        auto links = database.read(
            "SELECT l.person FROM sessions s JOIN periods q ON q.id = s.period JOIN invitations l ON l.period = q.id "
            "WHERE s.id = ? AND l.revoked_at IS NULL AND q.last_day >= ?",
            session, local_date_text(UtcTime{now.ms - door_after_end_ms}));
        while (links.next()) linked_.insert(links.get<PersonId>(0));
        auto bans = database.read("SELECT person FROM season_bans WHERE session = ?", session);
        while (bans.next()) {
            const auto banned = bans.get<PersonId>(0);
            banned_.emplace(as_known_now(database, banned), banned);
        }
    }
    bool by_season_link(PersonId known) const { return linked_.contains(known) && !banned_.contains(known); }
    /// A ban under their own id has revoked the link of the day itself.
    bool is_banned_as_another(PersonId known, PersonId registered) const {
        const auto [begin, end] = banned_.equal_range(known);
        return std::any_of(begin, end, [&](const auto& ban) { return ban.second != registered; });
    }

private:
    std::set<PersonId> linked_;
    std::multimap<PersonId, PersonId> banned_;
};

}  // namespace

std::vector<SessionPerson> people_of(const records::Database& database, SessionId session, UtcTime now) {
    std::vector<SessionPerson> people;
    std::vector<SessionPerson> others;
    auto rows = database.read(
        "SELECT p.id, r.role, p.name, p.decision_type, p.supervisor, p.phone, p.email, p.needs, p.best_time, "
        "r.absence_told_at, r.absence_note,"
        " i.not_before, i.expires, p.is_client, r.absence_reason, s.starts_at, s.ends_at, p.same_as"
        " FROM registrations r JOIN people p ON p.id = r.person JOIN sessions s ON s.id = r.session"
        " LEFT JOIN invitations i ON i.session = r.session AND i.person = r.person AND i.revoked_at IS NULL AND "
        "i.expires > ? WHERE r.session = ? ORDER BY p.id",
        now, session);
    const WhoComes who_comes{database, session, now};
    while (rows.next()) {
        const auto told_at = rows.get<std::optional<UtcTime>>(9);
        const auto person = rows.get<PersonId>(0);
        const auto known = rows.is_null(17) ? person : as_known_now(database, person);
        const bool has_season_link = rows.get<std::optional<Role>>(1) == Role::participant &&
                                     who_comes.by_season_link(known);
        auto from = rows.get<std::optional<UtcTime>>(11);
        auto until = rows.get<std::optional<UtcTime>>(12);
        if (who_comes.is_banned_as_another(known, person)) from = until = std::nullopt;
        if (has_season_link && !from) {
            from = day_opens_at(rows.get<UtcTime>(15));
            until = door_closes_at(rows.get<UtcTime>(16));
        }
        auto& list = rows.get<bool>(13) ? people : others;
        list.push_back({.person = person,
            .role = rows.get<std::optional<Role>>(1).value_or(Role::participant),
            .details = details_in(rows, 2),
            .absence = told_at ? std::optional{AbsenceNotice{.told_at = *told_at,
                                     .note = rows.text_or_none(10),
                                     .reason = rows.get<std::optional<protocol::AbsenceReason>>(14)}}
                               : std::nullopt,
            .is_invited = from.has_value(),
            .invited_from = from,
            .invited_until = until});
    }
    const auto name = [](const SessionPerson& one) -> const std::string& { return one.details.name; };
    sort_in_finnish_order(people, name);
    sort_in_finnish_order(others, name);
    people.insert(people.end(), std::make_move_iterator(others.begin()), std::make_move_iterator(others.end()));
    return people;
}

std::vector<protocol::PersonNeeds> needs_shown_in(const records::Database& database, SessionId session) {
    std::vector<protocol::PersonNeeds> people;
    auto rows = database.read(
        "SELECT p.id, p.needs FROM registrations r JOIN people p ON p.id = r.person WHERE r.session = ? AND r.role = "
        "'participant' AND p.needs_shown = 1 AND p.needs <> '' ORDER BY p.id",
        session);
    while (rows.next()) people.push_back({.person = rows.get<PersonId>(0), .needs = rows.get<std::string>(1)});
    return people;
}

std::optional<PersonDetails> person_details(const records::Database& database, PersonId person) {
    auto row = database.read(
        "SELECT name, decision_type, supervisor, phone, email, needs, best_time FROM people WHERE id = ?", person);
    if (!row.next()) return std::nullopt;
    return details_in(row, 0);
}

std::vector<std::string> series_of_person(const records::Database& database, PersonId person) {
    std::vector<std::string> names;
    auto rows = database.read(
        "SELECT DISTINCT g.name FROM registrations r JOIN people p ON p.id = r.person JOIN sessions s ON s.id = "
        "r.session JOIN series g ON g.id = s.series"
        " WHERE r.person = ? AND p.is_client",
        person);
    while (rows.next()) names.push_back(rows.text(0));
    return names;
}

namespace {

/// On a day of a group there are its members, and nobody else.
void add_not_members(const records::Database& database, SessionId session, const RegistrationPreview& preview,
    const Matches& matches, std::vector<RowFault>& faults) {
    if (!group_of(database, session)) return;
    for (std::size_t index = 0; index < preview.rows.size(); ++index) {
        const auto& row = preview.rows[index];
        const auto& known = matches.people[index];
        if (is_closed_to(database, session, known ? std::optional{known->id} : std::nullopt))
            faults.push_back({.line = row.line, .reason = FaultReason::not_a_member, .value = row.person.name});
    }
}

}  // namespace

RecordsLook look_at_records(const records::Database& database, SessionId session, const RegistrationPreview& preview,
    const Reach& reach, const SameAnswers& answers) {
    const KnownPeople known_people{database, reach, session};
    auto matches = known_people.match(preview, answers);
    RecordsLook look{.faults = std::move(matches.faults),
        .questions = std::move(matches.questions),
        .known = 0,
        .lines_kept_as_was = {}};
    if (look.faults.empty() && look.questions.empty())
        add_not_members(database, session, preview, matches, look.faults);
    for (std::size_t index = 0; index < preview.rows.size(); ++index) {
        const auto& known = matches.people[index];
        if (!known) continue;
        ++look.known;
        const bool is_other = merged(known->details, preview.rows[index].person) != known->details;
        if (is_other && !known_people.may_change(known->id)) look.lines_kept_as_was.push_back(preview.rows[index].line);
    }
    return look;
}

std::optional<RegistrationImport> import_registrations(records::Database& database, SessionId session,
    const RegistrationPreview& preview, const Reach& reach, const SameAnswers& answers) {
    if (!has_session(database, session)) return std::nullopt;
    RegistrationImport result;
    result.faults = preview.faults;
    if (!result.faults.empty()) return result;

    records::Unit unit{database};
    const KnownPeople known_people{database, reach, session};
    auto matches = known_people.match(preview, answers);
    result.faults = std::move(matches.faults);
    result.questions = std::move(matches.questions);
    if (result.faults.empty() && result.questions.empty())
        add_not_members(database, session, preview, matches, result.faults);
    if (!result.faults.empty() || !result.questions.empty()) return result;
    for (std::size_t index = 0; index < preview.rows.size(); ++index) {
        const auto& told = preview.rows[index].person;
        const auto& known = matches.people[index];
        const auto person = known ? known->id : insert_person(database, told, true);
        const bool is_new = insert_registration(database, session, person, Role::participant);
        const auto details = known ? merged(known->details, told) : told;
        bool is_changed = known && details != known->details;
        if (is_changed && !known_people.may_change(person)) {
            result.lines_kept_as_was.push_back(preview.rows[index].line);
            is_changed = false;
        }
        if (is_changed) update_person(database, person, details);
        for (const auto other : matches.told_apart[index]) tell_apart(database, person, other);
        result.people.push_back(person);
        ++(is_new ? result.imported : is_changed ? result.changed : result.unchanged);
    }
    unit.keep();
    return result;
}

}  // namespace etakahvila::people
