#include "keeping/erasing.hpp"

#include "base/check.hpp"
#include "keeping/storage.hpp"
#include "people/carried_questions.hpp"
#include "people/feedback.hpp"
#include "people/matching.hpp"
#include "people/words.hpp"
#include "programme/enrolments.hpp"
#include "reports/day_store.hpp"

namespace etakahvila::keeping {
namespace {

using enum KeepingRule;

void erase_work(records::Database& database, std::int64_t work) {
    database.write(
        "UPDATE submissions SET words = '', answer = '', call_back = NULL, thanks = NULL, worry_done = NULL WHERE id = "
        "?",
        work);
    database.write("DELETE FROM other_words WHERE submission = ?", work);
    database.write("DELETE FROM sent_answers WHERE submission = ?", work);
}

void erase_calls(records::Database& database, std::int64_t session) {
    database.write("UPDATE phone_contacts SET task = NULL, note = NULL, agreed = NULL WHERE session = ?", session);
    database.write("UPDATE appointments SET note = NULL, place = NULL WHERE session = ?", session);
}

void erase_contacts(records::Database& database, PersonId person) {
    database.write(
        "UPDATE people SET phone = NULL, email = NULL, needs = NULL, best_time = NULL, sms_allowed = 0, needs_shown = "
        "0 WHERE id = ?",
        person);
}

void erase_links(records::Database& database, Subject subject) {
    // The coordinator's key is of neither, and stays: it is told by it who has looked at what.
    if (subject.id != 0) {
        for (const auto* table : {"invitations", "mails", "cancel_calls", "season_bans"})
            database.write("DELETE FROM " + std::string{table} + " WHERE session = ?", subject.id);
    }
    if (subject.other != 0) {
        for (const auto* table : {"invitations", "mails", "calendar_feeds"})
            database.write("DELETE FROM " + std::string{table} + " WHERE period = ?", subject.other);
    }
}

void rename(records::Database& database, PersonId person) {
    const auto name = pseudonym_of(person);
    database.write("UPDATE people SET name = ?, name_key = ?, supervisor = NULL WHERE id = ?", name,
        people::name_key(name), person);
    database.write("DELETE FROM other_people WHERE one = ? OR other = ?", person, person);
}

void erase_day_records(records::Database& database, PersonId person) {
    const auto ids = people::ids_of(database, person);
    reports::forget_in_days(database, ids);
    for (const auto id : ids) {
        const std::string works{"(SELECT id FROM submissions WHERE person = ?)"};
        for (const auto* table : {"other_words", "sent_answers", "photos"})
            database.write("DELETE FROM " + std::string{table} + " WHERE submission IN " + works, id);
        for (const auto* table : {"submissions", "registrations", "taken_out", "season_bans", "cancel_calls", "mails",
                 "invitations", "calendar_feeds", "phone_contacts"})
            database.write("DELETE FROM " + std::string{table} + " WHERE person = ?", id);
        database.write(
            "DELETE FROM enrolment_choices WHERE enrolment IN (SELECT id FROM enrolments WHERE person = ?)", id);
        database.write("DELETE FROM enrolments WHERE person = ?", id);
        erase_contacts(database, id);
        rename(database, id);
        database.write("UPDATE people SET decision_type = NULL WHERE id = ?", id);
    }
}

}  // namespace

std::string pseudonym_of(PersonId person) { return "Poistettu " + std::to_string(person.value); }

void erase(records::Database& database, KeepingRule rule, Subject subject) {
    switch (rule) {
        case room_words: ETAKAHVILA_CHECK(false); return;
        case carried_words:
            // What has come up stays as a fact of its day: the room that it came up in would else miss it.
            database.write(
                "DELETE FROM carried_questions WHERE id = ? AND brought_up_in IS NULL AND id NOT IN (SELECT earlier "
                "FROM carried_questions WHERE earlier IS NOT NULL)",
                subject.id);
            return database.write("UPDATE carried_questions SET text = '' WHERE id = ?", subject.id);
        case work_words: return erase_work(database, subject.id);
        case call_words: return erase_calls(database, subject.id);
        case absence_words:
            return database.write(
                "UPDATE registrations SET absence_note = NULL, absence_reason = NULL WHERE session = ? AND person = ?",
                subject.id, subject.other);
        case day_records: return erase_day_records(database, PersonId{subject.id});
        case feedback_words: return people::erase_feedback_words(database, SessionId{subject.id});
        case pictures: return database.write("DELETE FROM photos WHERE id = ?", subject.id);
        case contacts: return erase_contacts(database, PersonId{subject.id});
        case links: return erase_links(database, subject);
        case access_log:
            database.write("DELETE FROM access_subjects WHERE note = ?", subject.id);
            return database.write("DELETE FROM access_notes WHERE id = ?", subject.id);
        case holds: return database.write("DELETE FROM keeping_holds WHERE id = ?", subject.id);
    }
}

std::vector<SessionId> erase_person(records::Database& database, PersonId person, const InRooms& theirs, UtcTime now) {
    records::Unit unit{database};
    const auto ids = people::ids_of(database, person);
    for (const auto session : theirs.owed())
        database.write("INSERT INTO rooms_to_compact (session, since) VALUES (?, ?) ON CONFLICT (session) DO NOTHING",
            session, now);
    // As if they had taken the message back: it goes wherever it has come up.
    for (const auto& [session, parked] : theirs.carried) people::withdraw_carried(database, session, parked, false);
    std::set<SessionId> changed;
    const auto today = people::local_date_text(now);
    for (const auto id : ids) {
        std::vector<PeriodId> periods;
        {
            auto rows = database.read("SELECT DISTINCT period FROM enrolments WHERE person = ?", id);
            while (rows.next()) periods.push_back(rows.get<PeriodId>(0));
        }
        for (const auto period : periods) programme::withdraw_enrolments(database, period, id, today);
        for (const auto session : people::sessions_to_come(database, id, now)) {
            changed.insert(session);
            if (theirs.has(session)) continue;
            database.write("DELETE FROM registrations WHERE session = ? AND person = ?", session, id);
        }
        std::vector<std::int64_t> works;
        {
            auto rows = database.read("SELECT id FROM submissions WHERE person = ? ORDER BY id", id);
            while (rows.next()) works.push_back(rows.number(0));
        }
        for (const auto work : works) {
            erase_work(database, work);
            database.write("DELETE FROM photos WHERE submission = ?", work);
        }
        database.write("UPDATE phone_contacts SET task = NULL, note = NULL, agreed = NULL WHERE person = ?", id);
        database.write(
            "UPDATE appointments SET note = NULL, place = NULL WHERE session IN (SELECT session FROM registrations "
            "WHERE person = ? AND role = 'participant')",
            id);
        database.write("UPDATE registrations SET absence_note = NULL, absence_reason = NULL WHERE person = ?", id);
        for (const auto* table : {"invitations", "mails", "calendar_feeds", "cancel_calls"})
            database.write("DELETE FROM " + std::string{table} + " WHERE person = ?", id);
        database.write(
            "UPDATE enrolment_choices SET reason = ? WHERE reason IS NOT NULL AND enrolment IN (SELECT id FROM "
            "enrolments WHERE person = ?)",
            erased_words, id);
        database.write("UPDATE enrolments SET supervisor = NULL WHERE person = ?", id);
        // Why they were held is told of them; none of their holds holds any more.
        database.write("UPDATE keeping_holds SET reason = ? WHERE person = ?", erased_words, id);
        erase_contacts(database, id);
        rename(database, id);
        database.write("INSERT INTO erased_people (person, at) VALUES (?, ?) ON CONFLICT (person) DO NOTHING", id, now);
    }
    unit.keep();
    return {changed.begin(), changed.end()};
}

}  // namespace etakahvila::keeping
