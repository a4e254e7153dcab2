#include "people/registrations.hpp"

#include <algorithm>
#include <iterator>

#include "people/names.hpp"
#include "people/statement.hpp"
#include "people/words.hpp"

namespace etakahvila::people {
namespace {

constexpr std::size_t absence_code_points_max = 500;

bool has_row(const SQLite::Database& database, const char* sql, auto... ids) {
    SQLite::Statement row{database, sql};
    bind_all(row, ids...);
    return row.executeStep();
}

bool has_session(const SQLite::Database& database, SessionId session) {
    return has_row(database, "SELECT 1 FROM sessions WHERE id = ?", session);
}

/// name, decision_type, supervisor, phone, email, needs from column `at` on.
PersonDetails details_in(SQLite::Statement& row, int at) {
    const auto decision_type = text_or_none(row.getColumn(at + 1));
    return {.name = row.getColumn(at).getString(),
        .decision_type = decision_type ? base::value_named<DecisionType>(*decision_type) : std::nullopt,
        .supervisor = text_or_none(row.getColumn(at + 2)),
        .phone = text_or_none(row.getColumn(at + 3)),
        .email = text_or_none(row.getColumn(at + 4)),
        .needs = text_or_none(row.getColumn(at + 5))};
}

PersonId insert_person(SQLite::Database& database, const PersonDetails& person, bool is_client) {
    run(database,
        "INSERT INTO people (is_client, name, name_key, decision_type, supervisor, phone, email, needs) VALUES (?, ?, "
        "?, ?, ?, ?, ?, ?)",
        std::int64_t{is_client}, person.name, name_key(person.name), person.decision_type, person.supervisor,
        person.phone, person.email, person.needs);
    return PersonId{database.getLastInsertRowid()};
}

/// True when they were not registered yet.
bool insert_registration(SQLite::Database& database, SessionId session, PersonId person, Role role) {
    run(database, "INSERT INTO registrations (session, person, role) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", session,
        person, role);
    return database.getChanges() == 1;
}

/// What is told replaces what was known, unless it is the same in another way to write it.
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
    return known;
}

void update_person(SQLite::Database& database, PersonId id, const PersonDetails& person) {
    run(database,
        "UPDATE people SET name = ?, name_key = ?, decision_type = ?, supervisor = ?, phone = ?, email = ?, needs = ? "
        "WHERE id = ?",
        person.name, name_key(person.name), person.decision_type, person.supervisor, person.phone, person.email,
        person.needs, id);
}

}  // namespace

std::variant<PersonId, std::vector<Fault>> add_person(SQLite::Database& database, PersonDetails details) {
    auto faults = tidy_details(details);
    if (!faults.empty()) return faults;
    return insert_person(database, details, true);
}

std::variant<HandRegistration, RefusalWord> register_by_hand(SQLite::Database& database, SessionId session,
    PersonDetails details, const Reach& reach, std::optional<HandAnswer> answer) {
    HandRegistration done;
    done.faults = tidy_details(details);
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
    SQLite::Database& database, SessionId session, PersonId person, PersonDetails details, const Reach& reach) {
    if (!has_row(database,
            "SELECT 1 FROM registrations r JOIN people p ON p.id = r.person WHERE r.session = ? AND r.person = ? AND "
            "p.is_client",
            session, person))
        return RefusalWord::not_found;
    if (!Clients{database, reach}.may_change(person)) return RefusalWord::not_permitted;
    auto faults = tidy_details(details);
    if (faults.empty()) update_person(database, person, details);
    return faults;
}

std::optional<RefusalWord> register_person(SQLite::Database& database, SessionId session, PersonId person) {
    if (!has_session(database, session) ||
        !has_row(database, "SELECT 1 FROM people WHERE id = ? AND is_client", person))
        return RefusalWord::not_found;
    insert_registration(database, session, person, Role::participant);
    return std::nullopt;
}

std::variant<PersonId, RefusalWord> add_staff(
    SQLite::Database& database, SessionId session, Role role, std::string_view display_name) {
    if (role != Role::facilitator && role != Role::moderator && role != Role::guest) return RefusalWord::invalid;
    const auto name = tidy(display_name);
    if (!name) return RefusalWord::name_not_allowed;
    if (name->empty()) return RefusalWord::name_empty;
    if (code_points(*name) > name_code_points_max) return RefusalWord::name_too_long;
    if (!has_session(database, session)) return RefusalWord::not_found;

    Unit unit{database};
    SQLite::Statement known{database,
        "SELECT p.id FROM registrations r JOIN people p ON p.id = r.person"
        " WHERE r.session = ? AND r.role = ? AND p.name_key = ? AND NOT p.is_client"};
    bind_all(known, session, role, name_key(*name));
    if (known.executeStep()) return PersonId{known.getColumn(0).getInt64()};
    const auto person = insert_person(
        database, {.name = *name, .decision_type = {}, .supervisor = {}, .phone = {}, .email = {}, .needs = {}}, false);
    insert_registration(database, session, person, role);
    unit.keep();
    return person;
}

void add_usual_staff(SQLite::Database& database, SessionId session) {
    for (const auto* name : {"Ohjaaja 1", "Ohjaaja 2"}) add_staff(database, session, Role::facilitator, name);
    for (const auto* name : {"Moderaattori 1", "Moderaattori 2"}) add_staff(database, session, Role::moderator, name);
}

std::optional<RefusalWord> unregister(SQLite::Database& database, SessionId session, PersonId person) {
    Unit unit{database};
    run(database, "DELETE FROM registrations WHERE session = ? AND person = ?", session, person);
    if (database.getChanges() == 0) return RefusalWord::not_found;
    run(database, "DELETE FROM invitations WHERE session = ? AND person = ?", session, person);
    unit.keep();
    return std::nullopt;
}

std::optional<RefusalWord> set_absence(
    SQLite::Database& database, SessionId session, PersonId person, std::optional<AbsenceNotice> notice) {
    if (notice && notice->note) {
        notice->note = tidy(*notice->note);
        if (!notice->note) return RefusalWord::text_not_allowed;
        if (code_points(*notice->note) > absence_code_points_max) return RefusalWord::text_too_long;
        if (notice->note->empty()) notice->note.reset();
    }
    run(database, "UPDATE registrations SET absence_told_at = ?, absence_note = ? WHERE session = ? AND person = ?",
        notice ? std::optional{notice->told_at} : std::nullopt, notice ? notice->note : std::nullopt, session, person);
    if (database.getChanges() == 0) return RefusalWord::not_found;
    return std::nullopt;
}

std::vector<SessionPerson> people_of(const SQLite::Database& database, SessionId session, UtcTime now) {
    std::vector<SessionPerson> people;
    std::vector<SessionPerson> others;
    SQLite::Statement rows{database,
        "SELECT p.id, r.role, p.name, p.decision_type, p.supervisor, p.phone, p.email, p.needs, r.absence_told_at, "
        "r.absence_note,"
        " i.not_before, i.expires, p.is_client FROM registrations r JOIN people p ON p.id = r.person"
        " LEFT JOIN invitations i ON i.session = r.session AND i.person = r.person AND i.revoked_at IS NULL AND "
        "i.expires > ?2 WHERE r.session = ?1"
        " ORDER BY p.id"};
    bind_all(rows, session, now);
    while (rows.executeStep()) {
        const auto told_at = number_or_none<UtcTime>(rows.getColumn(8));
        auto& list = rows.getColumn(12).getInt() != 0 ? people : others;
        list.push_back({.person = PersonId{rows.getColumn(0).getInt64()},
            .role = base::value_named<Role>(rows.getColumn(1).getString()).value_or(Role::participant),
            .details = details_in(rows, 2),
            .absence = told_at
                           ? std::optional{AbsenceNotice{.told_at = *told_at, .note = text_or_none(rows.getColumn(9))}}
                           : std::nullopt,
            .is_invited = !rows.getColumn(10).isNull(),
            .invited_from = number_or_none<UtcTime>(rows.getColumn(10)),
            .invited_until = number_or_none<UtcTime>(rows.getColumn(11))});
    }
    const auto name = [](const SessionPerson& one) -> const std::string& { return one.details.name; };
    sort_in_finnish_order(people, name);
    sort_in_finnish_order(others, name);
    people.insert(people.end(), std::make_move_iterator(others.begin()), std::make_move_iterator(others.end()));
    return people;
}

std::optional<PersonDetails> person_details(const SQLite::Database& database, PersonId person) {
    SQLite::Statement row{
        database, "SELECT name, decision_type, supervisor, phone, email, needs FROM people WHERE id = ?"};
    bind_all(row, person);
    if (!row.executeStep()) return std::nullopt;
    return details_in(row, 0);
}

std::vector<std::string> series_of_client(const SQLite::Database& database, PersonId person) {
    std::vector<std::string> names;
    SQLite::Statement rows{database,
        "SELECT DISTINCT g.name FROM registrations r JOIN people p ON p.id = r.person JOIN sessions s ON s.id = "
        "r.session JOIN series g ON g.id = s.series"
        " WHERE r.person = ? AND p.is_client"};
    bind_all(rows, person);
    while (rows.executeStep()) names.push_back(rows.getColumn(0).getString());
    return names;
}

RecordsLook look_at_records(const SQLite::Database& database, SessionId session, const RegistrationPreview& preview,
    const Reach& reach, const SameAnswers& answers) {
    const Clients clients{database, reach, session};
    auto matches = clients.match(preview, answers);
    RecordsLook look{.faults = std::move(matches.faults),
        .questions = std::move(matches.questions),
        .known = 0,
        .lines_kept_as_was = {}};
    for (std::size_t index = 0; index < preview.rows.size(); ++index) {
        const auto& known = matches.people[index];
        if (!known) continue;
        ++look.known;
        const bool is_other = merged(known->details, preview.rows[index].person) != known->details;
        if (is_other && !clients.may_change(known->id)) look.lines_kept_as_was.push_back(preview.rows[index].line);
    }
    return look;
}

std::optional<RegistrationImport> import_registrations(SQLite::Database& database, SessionId session,
    const RegistrationPreview& preview, const Reach& reach, const SameAnswers& answers) {
    if (!has_session(database, session)) return std::nullopt;
    RegistrationImport result;
    result.faults = preview.faults;
    if (!result.faults.empty()) return result;

    Unit unit{database};
    const Clients clients{database, reach, session};
    auto matches = clients.match(preview, answers);
    result.faults = std::move(matches.faults);
    result.questions = std::move(matches.questions);
    if (!result.faults.empty() || !result.questions.empty()) return result;
    for (std::size_t index = 0; index < preview.rows.size(); ++index) {
        const auto& told = preview.rows[index].person;
        const auto& known = matches.people[index];
        const auto person = known ? known->id : insert_person(database, told, true);
        const bool is_new = insert_registration(database, session, person, Role::participant);
        const auto details = known ? merged(known->details, told) : told;
        bool is_changed = known && details != known->details;
        if (is_changed && !clients.may_change(person)) {
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
