#include "people/matching.hpp"

#include <algorithm>
#include <unordered_map>

#include "people/names.hpp"
#include "people/words.hpp"

namespace etakahvila::people {
namespace {

/// More who may be meant than anybody would look through: a phone of a whole unit.
constexpr std::size_t reached_alike_max = 50;

std::pair<PersonId, PersonId> in_order(PersonId one, PersonId other) {
    return {std::min(one, other), std::max(one, other)};
}

/// The people of each series, all roles.
std::map<std::string, std::set<PersonId>> people_by_series(const records::Database& database) {
    std::map<std::string, std::set<PersonId>> people;
    auto rows = database.read(
        "SELECT DISTINCT g.name_key, r.person FROM registrations r JOIN sessions s ON s.id = r.session JOIN series g "
        "ON g.id = s.series");
    while (rows.next()) people[rows.text(0)].insert(rows.get<PersonId>(1));
    return people;
}

/// How each row of a file stands to the records, while it is being found out.
class Rows {
public:
    Rows(const RegistrationPreview& preview, const SameAnswers& answers) : preview_{preview}, answers_{answers} {
        result_.people.resize(preview.rows.size());
        result_.told_apart.resize(preview.rows.size());
        is_settled_.resize(preview.rows.size());
        for (std::size_t index = 0; index < preview.rows.size(); ++index)
            namesakes_[person_key(preview.rows[index].person.name)].push_back(index);
    }

    void take(std::size_t index, const KnownPerson& person) {
        const auto [other, is_first] = taken_.emplace(person.id, index);
        if (!is_first)
            result_.faults.push_back({.line = line(index),
                .reason = FaultReason::duplicate_of_line,
                .value = std::to_string(line(other->second))});
        result_.people[index] = person;
        is_settled_[index] = true;
    }

    /// Whether another row is them, and this one tells something else: it may be a namesake.
    bool is_taken_by_namesake(std::size_t index, const KnownPerson& person) const {
        return taken_.contains(person.id) && !is_same_person(person.details, preview_.rows[index].person);
    }

    /// The answer to a question about these people; nothing while there is none that fits.
    std::optional<std::optional<PersonId>> answer(
        std::size_t index, const std::vector<const KnownPerson*>& asked) const {
        const auto found = answers_.find(line(index));
        if (found == answers_.end()) return std::nullopt;
        const auto is_meant = [&](const KnownPerson* one) { return one->id == found->second; };
        if (found->second && std::none_of(asked.begin(), asked.end(), is_meant)) return std::nullopt;
        return found->second;
    }

    void ask(std::size_t index, const std::vector<const KnownPerson*>& people) {
        SameQuestion question{.line = line(index), .told = preview_.rows[index].person, .people = {}, .lines = {}};
        for (const auto* one : people) question.people.push_back(*one);
        result_.questions.push_back(std::move(question));
        is_settled_[index] = true;
    }

    void tell_apart(std::size_t index, const std::vector<const KnownPerson*>& people) {
        for (const auto* one : people) result_.told_apart[index].push_back(one->id);
    }

    bool is_settled(std::size_t index) const { return is_settled_[index]; }

    /// A new person whose name another row has too: two people, or one twice.
    void ask_about_rows() {
        for (const auto& [name, rows] : namesakes_) {
            for (std::size_t at = 0; at < rows.size(); ++at) ask_about_rows(rows, at);
        }
        std::sort(result_.questions.begin(), result_.questions.end(),
            [](const auto& one, const auto& other) { return one.line < other.line; });
        std::stable_sort(result_.faults.begin(), result_.faults.end(),
            [](const auto& one, const auto& other) { return one.line < other.line; });
    }

    Matches result() && { return std::move(result_); }

private:
    std::int64_t line(std::size_t index) const { return preview_.rows[index].line; }

    void ask_about_rows(const std::vector<std::size_t>& rows, std::size_t at) {
        const auto index = rows[at];
        if (is_settled_[index] || answers_.contains(line(index))) return;
        SameQuestion question{.line = line(index), .told = preview_.rows[index].person, .people = {}, .lines = {}};
        for (std::size_t other_at = 0; other_at < rows.size(); ++other_at) {
            const auto other = rows[other_at];
            // Of two new ones the later is asked about.
            const bool is_asked_there = other_at >= at && !result_.people[other];
            if (other == index || is_asked_there) continue;
            if (sameness(preview_.rows[index].person, preview_.rows[other].person) != Sameness::other)
                question.lines.push_back(line(other));
        }
        if (!question.lines.empty()) result_.questions.push_back(std::move(question));
    }

    const RegistrationPreview& preview_;
    const SameAnswers& answers_;
    Matches result_;
    std::vector<bool> is_settled_;
    std::map<PersonId, std::size_t> taken_;
    std::map<std::string, std::vector<std::size_t>> namesakes_;
};

}  // namespace

KnownPeople::KnownPeople(const records::Database& database, const Reach& reach, SessionId session) {
    std::set<PersonId> within;
    if (reach.series) {
        std::set<std::string> own;
        for (const auto& name : *reach.series) own.insert(name_key(name));
        for (const auto& [series, people] : people_by_series(database))
            (own.contains(series) ? within : of_others_too_).insert(people.begin(), people.end());
    }
    auto rows = database.read(
        "SELECT id, name, decision_type, supervisor, phone, email, needs, best_time FROM people WHERE is_client AND "
        "same_as IS NULL ORDER BY id");
    while (rows.next()) {
        const auto id = rows.get<PersonId>(0);
        if (reach.series && !within.contains(id)) continue;
        PersonDetails details{.name = rows.text(1),
            .decision_type = rows.get<std::optional<std::string>>(2),
            .supervisor = rows.text_or_none(3),
            .phone = rows.text_or_none(4),
            .email = rows.text_or_none(5),
            .needs = rows.text_or_none(6),
            .best_time = rows.text_or_none(7)};
        const auto index = people_.size();
        by_id_.emplace(id, index);
        by_name_.emplace(person_key(details.name), index);
        if (details.phone) by_phone_.emplace(phone_key(*details.phone), index);
        if (details.email) by_email_.emplace(email_key(*details.email), index);
        people_.push_back({.id = id, .details = std::move(details)});
    }
    auto here = database.read("SELECT person FROM registrations WHERE session = ?", session);
    while (here.next()) in_session_.insert(here.get<PersonId>(0));
    auto apart = database.read("SELECT one, other FROM other_people");
    while (apart.next()) told_apart_.emplace(apart.get<PersonId>(0), apart.get<PersonId>(1));
}

std::vector<const KnownPerson*> KnownPeople::like(const PersonDetails& person) const {
    std::set<std::size_t> found;
    const auto add = [&](const auto& index, const std::string& key, std::size_t most) {
        const auto [begin, end] = index.equal_range(key);
        std::size_t count = 0;
        for (auto at = begin; at != end && count < most; ++at, ++count) found.insert(at->second);
    };
    add(by_name_, person_key(person.name), people_.size());
    if (person.phone) add(by_phone_, phone_key(*person.phone), reached_alike_max);
    if (person.email) add(by_email_, email_key(*person.email), reached_alike_max);
    std::vector<const KnownPerson*> people;
    people.reserve(found.size());
    for (const auto index : found) people.push_back(&people_[index]);
    return people;
}

Matches KnownPeople::match(const RegistrationPreview& preview, const SameAnswers& answers) const {
    Rows rows{preview, answers};
    std::vector<std::vector<const KnownPerson*>> likes;
    // What is told word for word is settled first: nobody else of the file is that person then.
    for (std::size_t index = 0; index < preview.rows.size(); ++index) {
        const auto& told = preview.rows[index].person;
        likes.push_back(like(told));
        const KnownPerson* exact = nullptr;
        for (const auto* one : likes.back()) {
            if (!is_exactly_same_person(one->details, told)) continue;
            if (exact == nullptr || (!in_session_.contains(exact->id) && in_session_.contains(one->id))) exact = one;
        }
        if (exact != nullptr) rows.take(index, *exact);
    }
    for (std::size_t index = 0; index < preview.rows.size(); ++index) {
        if (rows.is_settled(index)) continue;
        std::vector<const KnownPerson*> same;
        std::vector<const KnownPerson*> asked;
        for (const auto* one : likes[index]) {
            const auto likeness = sameness(one->details, preview.rows[index].person);
            if (likeness == Sameness::other || rows.is_taken_by_namesake(index, *one)) continue;
            if (likeness == Sameness::same) same.push_back(one);
            asked.push_back(one);
        }
        if (asked.empty()) continue;
        if (const auto answer = rows.answer(index, asked)) {
            if (*answer)
                rows.take(index, people_[by_id_.at(**answer)]);
            else
                rows.tell_apart(index, asked);
        } else if (same.size() == 1) {
            rows.take(index, *same.front());
        } else {
            rows.ask(index, asked);
        }
    }
    rows.ask_about_rows();
    return std::move(rows).result();
}

std::vector<std::pair<KnownPerson, KnownPerson>> KnownPeople::pairs(std::size_t most) const {
    std::vector<std::pair<KnownPerson, KnownPerson>> found;
    for (const auto& one : people_) {
        for (const auto* other : like(one.details)) {
            if (found.size() == most) return found;
            const bool is_asked = one.id < other->id && !told_apart_.contains({one.id, other->id});
            if (is_asked && sameness(one.details, other->details) != Sameness::other) found.emplace_back(one, *other);
        }
    }
    return found;
}

void tell_apart(records::Database& database, PersonId one, PersonId other) {
    if (one == other) return;
    const auto [lower, higher] = in_order(one, other);
    database.write("INSERT INTO other_people (one, other) VALUES (?, ?) ON CONFLICT DO NOTHING", lower, higher);
}

namespace {

/// Of two registrations for one session: an absence that either has told is told, and what either has by hand is by
/// hand.
void take_over_registration(records::Database& database, SessionId session, PersonId person, PersonId other) {
    database.write(
        "UPDATE registrations SET (absence_told_at, absence_note, absence_reason, absence_told_by) = (SELECT "
        "absence_told_at, absence_note, absence_reason, absence_told_by FROM registrations WHERE session = ? AND "
        "person = ?) WHERE session = ? AND person = ? AND absence_told_at IS NULL",
        session, other, session, person);
    if (database.has(
            "SELECT 1 FROM registrations WHERE session = ? AND person = ? AND enrolment IS NULL", session, other))
        database.write("UPDATE registrations SET enrolment = NULL WHERE session = ? AND person = ?", session, person);
}

/// Whom either has told that the day is cancelled is told.
void take_over_calls(records::Database& database, SessionId session, PersonId person, PersonId other) {
    if (!database.has("SELECT 1 FROM cancel_calls WHERE session = ? AND person = ?", session, person)) {
        database.write("UPDATE cancel_calls SET person = ? WHERE session = ? AND person = ?", person, session, other);
        return;
    }
    const std::string of_other{" FROM cancel_calls WHERE session = ? AND person = ?"};
    const std::string theirs{" WHERE session = ? AND person = ?"};
    database.write("UPDATE cancel_calls SET (told_at, told_by) = (SELECT told_at, told_by" + of_other + ")" + theirs +
                       " AND told_at IS NULL",
        session, other, session, person);
    database.write("UPDATE cancel_calls SET (tries, tried_at) = (SELECT tries, tried_at" + of_other + ")" + theirs +
                       " AND tries < (SELECT tries" + of_other + ")",
        session, other, session, person, session, other);
    database.write(
        "UPDATE cancel_calls SET seen_at = (SELECT seen_at" + of_other + ")" + theirs + " AND seen_at IS NULL", session,
        other, session, person);
    database.write("DELETE" + of_other, session, other);
}

}  // namespace

bool make_one(records::Database& database, PersonId person, PersonId other, std::span<const SessionId> sessions) {
    if (person == other) return false;
    const auto known_people = database.one<int>(
        "SELECT count(*) FROM people WHERE is_client AND same_as IS NULL AND id IN (?, ?)", person, other);
    if (known_people != 2) return false;

    records::Unit unit{database};
    for (const auto* field : {"decision_type", "supervisor", "phone", "email", "needs", "best_time"}) {
        std::string fill{"UPDATE people SET "};
        fill.append(field).append(" = coalesce(").append(field);
        fill.append(", (SELECT ").append(field).append(" FROM people WHERE id = ?)) WHERE id = ?");
        database.write(fill, other, person);
    }
    for (const auto session : sessions) {
        if (database.has(
                "SELECT 1 FROM submissions s JOIN assignments a ON a.id = s.assignment WHERE a.session = ? AND "
                "s.person = ?",
                session, other))
            continue;
        if (database.has("SELECT 1 FROM registrations WHERE session = ? AND person = ?", session, person)) {
            take_over_registration(database, session, person, other);
            // The one invitation that stays is that of the one person who stays.
            database.write("DELETE FROM invitations WHERE session = ? AND person = ?", session, other);
            database.write("DELETE FROM mails WHERE session = ? AND person = ? AND state = 'waiting'", session, other);
            database.write("DELETE FROM registrations WHERE session = ? AND person = ?", session, other);
            take_over_calls(database, session, person, other);
            continue;
        }
        take_over_calls(database, session, person, other);
        for (const auto* table : {"registrations", "invitations", "mails"}) {
            database.write(("UPDATE " + std::string{table} + " SET person = ? WHERE session = ? AND person = ?"),
                person, session, other);
        }
    }
    // A season's link goes along, unless both have one: the one that stays is that of the one person who stays.
    const std::string has_one =
        "period IN (SELECT period FROM invitations WHERE person = ? AND period IS NOT NULL AND revoked_at IS NULL)";
    database.write("DELETE FROM mails WHERE person = ? AND state = 'waiting' AND " + has_one, other, person);
    database.write("DELETE FROM invitations WHERE person = ? AND " + has_one, other, person);
    for (const auto* table : {"invitations", "mails"}) {
        database.write(
            "UPDATE " + std::string{table} + " SET person = ? WHERE person = ? AND period IS NOT NULL", person, other);
    }
    database.write("UPDATE people SET same_as = ? WHERE id = ?", person, other);
    unit.keep();
    return true;
}

std::vector<PersonId> ids_of(const records::Database& database, PersonId person) {
    std::vector<PersonId> ids;
    auto rows = database.read(std::string{they_sql} + "SELECT id FROM they ORDER BY id", person);
    while (rows.next()) ids.push_back(rows.get<PersonId>(0));
    return ids;
}

PersonId as_known_now(const records::Database& database, PersonId person) {
    while (const auto same = database.one<PersonId>("SELECT same_as FROM people WHERE id = ?", person)) person = *same;
    return person;
}

std::vector<SessionId> sessions_to_come(const records::Database& database, PersonId person, base::UtcTime now) {
    std::vector<SessionId> sessions;
    auto rows = database.read(
        "SELECT s.id FROM registrations r JOIN sessions s ON s.id = r.session WHERE r.person = ? AND s.starts_at > ? "
        "ORDER BY s.starts_at, s.id",
        person, now);
    while (rows.next()) sessions.push_back(rows.get<SessionId>(0));
    return sessions;
}

}  // namespace etakahvila::people
