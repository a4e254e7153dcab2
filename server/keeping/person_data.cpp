#include "keeping/person_data.hpp"

#include <algorithm>

#include "base/base64.hpp"
#include "keeping/storage.hpp"
#include "people/access_log.hpp"
#include "people/decision_kinds.hpp"
#include "people/matching.hpp"
#include "people/names.hpp"
#include "people/registrations.hpp"
#include "people/staff.hpp"
#include "people/words.hpp"
#include "reports/day_store.hpp"

namespace etakahvila::keeping {
namespace {

using protocol::PersonalThing;
using protocol::SaidKind;

/// Texts of one kind stand in one column, with this between them (people/work.cpp).
constexpr char between_texts = '\x1f';

std::vector<std::string> parted(std::string_view all) {
    std::vector<std::string> texts;
    while (!all.empty()) {
        const auto end = all.find(between_texts);
        texts.emplace_back(all.substr(0, end));
        all.remove_prefix(end == all.npos ? all.size() : end + 1);
    }
    return texts;
}

bool is_known(const records::Database& reader, PersonId person) {
    return reader.has("SELECT 1 FROM people WHERE id = ? AND same_as IS NULL", person);
}

std::string kind_name(const records::Database& reader, const std::optional<std::string>& key) {
    if (!key) return {};
    return reader.one<std::string>("SELECT fi FROM decision_kinds WHERE key = ?", *key).value_or(*key);
}

/// Of one table, rows of these ids.
std::int64_t count_of(const records::Database& reader, std::span<const PersonId> ids, std::string_view from) {
    std::int64_t count = 0;
    for (const auto id : ids)
        count += reader.one<std::int64_t>("SELECT count(*) FROM " + std::string{from}, id).value_or(0);
    return count;
}

std::vector<protocol::EnrolmentOfPerson> enrolments_of(const records::Database& reader, PersonId person) {
    std::vector<protocol::EnrolmentOfPerson> all;
    std::vector<std::int64_t> ids;
    auto rows = reader.read(
        "SELECT e.id, p.name, k.name, e.first_day, e.last_day, e.state, e.kind FROM enrolments e JOIN periods p ON "
        "p.id = e.period JOIN packages k ON k.id = e.package WHERE e.person = ? ORDER BY e.first_day, e.id",
        person);
    while (rows.next()) {
        ids.push_back(rows.number(0));
        all.push_back({.period = rows.text(1),
            .package = rows.text(2),
            .first_day = rows.text(3),
            .last_day = rows.text(4),
            .state = rows.get<std::optional<protocol::EnrolmentState>>(5).value_or(protocol::EnrolmentState::ended),
            .kind = rows.text_or_none(6)});
    }
    for (std::size_t index = 0; index < all.size(); ++index) {
        if (all[index].kind) all[index].kind = kind_name(reader, all[index].kind);
        auto reasons = reader.read(
            "SELECT reason FROM enrolment_choices WHERE enrolment = ? AND reason IS NOT NULL ORDER BY at", ids[index]);
        while (reasons.next()) all[index].reasons.push_back(reasons.text(0));
    }
    return all;
}

void add_record(protocol::DayOfPerson& day, const reports::DayRecord& record, PersonId person) {
    const auto row = std::find_if(
        record.lines.begin(), record.lines.end(), [&](const auto& each) { return each.person == person; });
    if (row == record.lines.end()) return;
    day.mark = row->mark;
    day.minutes = row->minutes;
    day.mark_reason = row->reason;
    day.decision = row->decision_name;
    day.connected_seconds = row->connected_seconds;
    day.arrived = row->arrived;
    day.left = row->left;
    day.turns = row->turns + row->written_turns;
    day.messages = row->messages;
    if (!row->corrections.empty()) day.was_corrected = static_cast<std::int64_t>(row->corrections.size());
}

std::vector<protocol::DayOfPerson> days_of(const records::Database& reader, PersonId person) {
    std::vector<std::pair<SessionId, protocol::DayOfPerson>> days;
    auto rows = reader.read(
        "SELECT s.id, s.starts_at, s.theme, g.name, r.absence_told_at, r.absence_reason, r.absence_note FROM "
        "registrations r JOIN sessions s ON s.id = r.session JOIN series g ON g.id = s.series WHERE r.person = ? ORDER "
        "BY s.starts_at, s.id",
        person);
    while (rows.next())
        days.emplace_back(
            rows.get<SessionId>(0), protocol::DayOfPerson{.starts_at = rows.get<UtcTime>(1),
                                        .theme = rows.text(2),
                                        .series = rows.text(3),
                                        .absence_told_at = rows.get<std::optional<UtcTime>>(4),
                                        .absence_reason = rows.get<std::optional<protocol::AbsenceReason>>(5),
                                        .absence_note = rows.text_or_none(6)});
    std::vector<protocol::DayOfPerson> all;
    for (auto& [session, day] : days) {
        if (const auto record = reports::day_of(reader, session)) add_record(day, *record, person);
        all.push_back(std::move(day));
    }
    return all;
}

std::vector<protocol::WorkOfPerson> work_of(const records::Database& reader, PersonId person) {
    std::vector<std::pair<std::int64_t, protocol::WorkOfPerson>> works;
    auto rows = reader.read(
        "SELECT w.id, w.saved_at, coalesce((SELECT t.title FROM assignment_words t WHERE t.assignment = w.assignment "
        "ORDER BY t.version DESC LIMIT 1), ''), w.words, w.thanks, w.call_back FROM submissions w WHERE w.person = ? "
        "ORDER BY w.id",
        person);
    while (rows.next())
        works.emplace_back(rows.number(0), protocol::WorkOfPerson{.saved_at = rows.get<UtcTime>(1),
                                               .title = rows.text(2),
                                               .texts = parted(rows.view(3)),
                                               .thanks = rows.text_or_none(4),
                                               .call_back = rows.text_or_none(5)});
    std::vector<protocol::WorkOfPerson> all;
    for (auto& [id, work] : works) {
        auto others = reader.read(
            "SELECT words FROM other_words WHERE submission = ? AND is_answer = 0 ORDER BY saved_at, id", id);
        while (others.next()) {
            for (auto& text : parted(others.view(0))) work.other_texts.push_back(std::move(text));
        }
        auto answers = reader.read("SELECT words FROM sent_answers WHERE submission = ? ORDER BY sent_at", id);
        while (answers.next()) work.answers.push_back(answers.text(0));
        auto photos = reader.read(
            "SELECT added_at, description, bytes FROM photos WHERE submission = ? ORDER BY id", id);
        while (photos.next()) {
            const auto bytes = photos.bytes(2);
            work.photos.push_back({.added_at = photos.get<UtcTime>(0),
                .description = photos.text(1),
                .jpeg = base::to_base64({reinterpret_cast<const char*>(bytes.data()), bytes.size()})});
        }
        all.push_back(std::move(work));
    }
    return all;
}

std::vector<protocol::CallOfPerson> calls_of(const records::Database& reader, PersonId person) {
    std::vector<protocol::CallOfPerson> calls;
    auto rows = reader.read(
        "SELECT s.starts_at, c.task, c.note, c.agreed FROM phone_contacts c JOIN sessions s ON s.id = c.session WHERE "
        "c.person = ? AND c.version = (SELECT max(l.version) FROM phone_contacts l WHERE l.session = c.session AND "
        "l.person = c.person) ORDER BY s.starts_at",
        person);
    while (rows.next())
        calls.push_back({.starts_at = rows.get<UtcTime>(0),
            .task = rows.text_or_none(1),
            .note = rows.text_or_none(2),
            .agreed = rows.text_or_none(3)});
    auto meetings = reader.read(
        "SELECT s.starts_at, m.note, m.place FROM appointments m JOIN sessions s ON s.id = m.session JOIN "
        "registrations r ON r.session = m.session AND r.role = 'participant' WHERE r.person = ? ORDER BY s.starts_at",
        person);
    while (meetings.next())
        calls.push_back({.starts_at = meetings.get<UtcTime>(0),
            .note = meetings.text_or_none(1),
            .place = meetings.text_or_none(2)});
    return calls;
}

std::vector<protocol::LookAtPerson> looks_at(const records::Database& reader, PersonId person) {
    std::vector<protocol::LookAtPerson> looks;
    for (const auto& note : people::accesses_to(reader, person)) {
        const auto account = note.by_account ? people::account(reader, *note.by_account) : std::nullopt;
        protocol::LookAtPerson look{.at = note.at, .act = note.act};
        if (account && !account->roles.empty()) look.role = account->roles.front().role;
        looks.push_back(look);
    }
    return looks;
}

void add_all(auto& into, auto more) { std::move(more.begin(), more.end(), std::back_inserter(into)); }

}  // namespace

std::optional<protocol::PersonData> data_of(
    const records::Database& reader, Rooms& rooms, PersonId person, UtcTime now) {
    const auto details = people::person_details(reader, person);
    if (!details || !is_known(reader, person)) return std::nullopt;
    const auto ids = people::ids_of(reader, person);
    protocol::PersonData data{.made_at = now,
        .person = person,
        .name = details->name,
        .phone = details->phone,
        .email = details->email,
        .needs = details->needs,
        .best_time = details->best_time,
        .has_supervisor = details->supervisor.has_value(),
        .sms_allowed = reader.has("SELECT 1 FROM people WHERE id = ? AND sms_allowed = 1", person),
        .links = count_of(reader, ids, "invitations WHERE person = ? AND revoked_at IS NULL"),
        .letters = count_of(reader, ids, "mails WHERE person = ?")};
    if (details->decision_type) data.decision = kind_name(reader, details->decision_type);
    data.said = in_rooms(reader, rooms, person, now).said;
    for (const auto id : ids) {
        add_all(data.enrolments, enrolments_of(reader, id));
        add_all(data.days, days_of(reader, id));
        add_all(data.work, work_of(reader, id));
        add_all(data.calls, calls_of(reader, id));
    }
    data.looks = looks_at(reader, person);
    std::stable_sort(data.days.begin(), data.days.end(),
        [](const auto& one, const auto& other) { return one.starts_at.ms < other.starts_at.ms; });
    return data;
}

std::optional<protocol::ErasureShown> erasure_of(
    const records::Database& reader, Rooms& rooms, PersonId person, UtcTime now) {
    const auto details = people::person_details(reader, person);
    if (!details || !is_known(reader, person)) return std::nullopt;
    const auto ids = people::ids_of(reader, person);
    const Moment moment{reader, now};
    protocol::ErasureShown shown{.person = person,
        .name = details->name,
        .is_held = moment.held.people.contains(person),
        .is_staff = reader.has("SELECT 1 FROM staff_accounts WHERE person = ?", person),
        .is_erased = reader.has("SELECT 1 FROM erased_people WHERE person = ?", person)};
    for (const auto id : ids) {
        shown.is_on_now = shown.is_on_now ||
                          reader.has(
                              "SELECT 1 FROM registrations r JOIN sessions s ON s.id = r.session WHERE r.person "
                              "= ? AND s.starts_at <= ? AND s.ends_at > ? AND s.id NOT IN (SELECT session FROM "
                              "cancelled_sessions)",
                              id, now, now);
    }
    const auto theirs = in_rooms(reader, rooms, person, now);
    for (const auto session : theirs.owed()) {
        if (!ended_at(reader, session)) ++shown.waiting_days;
    }
    std::vector<SessionId> coming;
    for (const auto id : ids) add_all(coming, people::sessions_to_come(reader, id, now));
    std::erase_if(coming, [&](SessionId session) { return theirs.has(session); });
    for (const auto session : coming) {
        const auto starts_at = reader.one<UtcTime>("SELECT starts_at FROM sessions WHERE id = ?", session);
        if (starts_at && (!shown.next_day || starts_at->ms < shown.next_day->ms)) shown.next_day = starts_at;
    }

    const auto names = std::count_if(
        theirs.said.begin(), theirs.said.end(), [](const auto& each) { return each.kind == SaidKind::name; });
    const auto carried = std::count_if(theirs.said.begin(), theirs.said.end(),
        [](const auto& each) { return each.kind == SaidKind::carried_question; });
    const auto is_told = [&](const std::optional<std::string>& field) { return field ? 1 : 0; };
    const auto of = [&](std::string_view from) { return count_of(reader, ids, from); };
    const auto goes = [&](PersonalThing thing, std::int64_t count) {
        if (count > 0) shown.goes.push_back({thing, count});
    };
    goes(PersonalThing::name, 1);
    goes(PersonalThing::contacts,
        is_told(details->phone) + is_told(details->email) + is_told(details->needs) + is_told(details->best_time));
    goes(PersonalThing::links, of("invitations WHERE person = ?") + of("calendar_feeds WHERE person = ?"));
    goes(PersonalThing::letters, of("mails WHERE person = ?"));
    goes(PersonalThing::room_words, static_cast<std::int64_t>(theirs.said.size()) - names - carried);
    goes(PersonalThing::room_names, names);
    goes(PersonalThing::carried_words, static_cast<std::int64_t>(theirs.carried.size()));
    goes(PersonalThing::work_words, of("submissions WHERE person = ? AND (words <> '' OR answer <> '')"));
    goes(PersonalThing::pictures, of("photos p JOIN submissions w ON w.id = p.submission WHERE w.person = ?"));
    goes(PersonalThing::call_words,
        of("phone_contacts WHERE person = ? AND (task IS NOT NULL OR note IS NOT NULL OR agreed IS NOT NULL)") +
            of("appointments m JOIN registrations r ON r.session = m.session WHERE r.role = 'participant' AND r.person "
               "= ? AND (m.note IS NOT NULL OR m.place IS NOT NULL)"));
    goes(PersonalThing::absence_words,
        of("registrations WHERE person = ? AND (absence_note IS NOT NULL OR absence_reason IS NOT NULL)"));
    goes(PersonalThing::coming_days, static_cast<std::int64_t>(coming.size()));
    shown.stays.push_back({PersonalThing::marks, of("day_people WHERE person = ?")});
    shown.stays.push_back({PersonalThing::enrolments, of("enrolments WHERE person = ?")});
    shown.stays.push_back({PersonalThing::access_log, of("access_subjects WHERE person = ?")});
    shown.stays.push_back({PersonalThing::feedback, 0});
    return shown;
}

std::optional<RefusalWord> why_not_erase(const records::Database& reader, PersonId person, UtcTime now) {
    if (!is_known(reader, person)) return RefusalWord::not_found;
    const bool is_on_now = reader.has(std::string{people::they_sql} +
                                          "SELECT 1 FROM they JOIN registrations r ON r.person = they.id JOIN sessions "
                                          "s ON s.id = r.session WHERE s.starts_at <= ? AND s.ends_at > ? AND s.id NOT "
                                          "IN (SELECT session FROM cancelled_sessions)",
        person, now, now);
    const bool is_staff = reader.has("SELECT 1 FROM staff_accounts WHERE person = ?", person);
    const bool is_held = held_on(reader, people::local_day(now)).people.contains(person);
    return is_on_now || is_staff || is_held ? std::optional{RefusalWord::not_now} : std::nullopt;
}

std::vector<protocol::FoundPerson> find_people(const records::Database& reader, std::string_view name) {
    const auto tidied = people::tidy(name);
    if (!tidied || tidied->empty()) return {};
    const auto wanted = people::name_key(*tidied);
    std::vector<protocol::FoundPerson> found;
    auto rows = reader.read(
        "SELECT id, name, supervisor, name_key FROM people WHERE is_client = 1 AND same_as IS NULL ORDER BY id");
    while (rows.next()) {
        if (rows.view(3).find(wanted) == std::string_view::npos) continue;
        found.push_back({.person = rows.get<PersonId>(0), .name = rows.text(1), .supervisor = rows.text_or_none(2)});
    }
    people::sort_in_finnish_order(found, [](const protocol::FoundPerson& each) { return each.name; });
    if (found.size() > people_found_max) found.resize(people_found_max);
    const auto days = last_days(reader);
    for (auto& each : found) {
        if (const auto last = days.find(each.person); last != days.end()) each.last_day = last->second;
    }
    return found;
}

}  // namespace etakahvila::keeping
