#pragma once

// Who a row of a list is: somebody that the records know, somebody new, or a question for a person.

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "people/registration_file.hpp"
#include "records/database.hpp"

namespace etakahvila::people {

/// Whose people somebody may know of and change: those of these series; everybody without.
struct Reach {
    std::optional<std::vector<std::string>> series;
};

struct KnownPerson {
    PersonId id;
    PersonDetails details;
};

/// "Is this the same person?", of the row that begins on a line.
struct SameQuestion {
    std::int64_t line{};
    /// What the row tells.
    PersonDetails told;
    /// People of the records who may be meant.
    std::vector<KnownPerson> people;
    /// Rows of the file that may be of the same person: two of them, or one twice.
    std::vector<std::int64_t> lines;
};

/// What somebody has answered, by the row's line: this person, or none of those who were asked about.
using SameAnswers = std::map<std::int64_t, std::optional<PersonId>>;

/// For each row the person of the records that it is, or none: a new one.
struct Matches {
    std::vector<std::optional<KnownPerson>> people;
    /// Rows that are of one person (duplicate_of_line).
    std::vector<RowFault> faults;
    std::vector<SameQuestion> questions;
    /// For each row whom it is not, though it was asked: they are not asked about again.
    std::vector<std::vector<PersonId>> told_apart;
};

/// All people of the records, as far as somebody may know of them.
class KnownPeople {
public:
    /// Those who are in a session of the reach; those who are in none belong to who reaches all. Of two
    /// that a row fits alike the one who is in `session` is meant.
    KnownPeople(const records::Database& database, const Reach& reach, SessionId session = {});

    /// What is sure is taken, what is doubtful is asked, once for each row.
    Matches match(const RegistrationPreview& preview, const SameAnswers& answers = {}) const;

    /// Whether all series that they are in are in reach: what is known of them may be changed.
    bool may_change(PersonId person) const { return !of_others_too_.contains(person); }

    /// Whether a known person is in reach at all.
    bool knows(PersonId person) const { return by_id_.contains(person); }

    /// Pairs that may be one person and are not known to be two, the lower id first; at most `most`.
    std::vector<std::pair<KnownPerson, KnownPerson>> pairs(std::size_t most) const;

private:
    std::vector<const KnownPerson*> like(const PersonDetails& person) const;

    std::vector<KnownPerson> people_;
    std::map<PersonId, std::size_t> by_id_;
    std::multimap<std::string, std::size_t> by_name_;
    std::multimap<std::string, std::size_t> by_phone_;
    std::multimap<std::string, std::size_t> by_email_;
    std::set<PersonId> in_session_;
    std::set<PersonId> of_others_too_;
    std::set<std::pair<PersonId, PersonId>> told_apart_;
};

/// Keeps the answer that two people are two.
void tell_apart(records::Database& database, PersonId one, PersonId other);

/// Makes one person of two: `person` takes part in these sessions in the place of `other`, with their
/// invitations, absence and letters and what they were told of a cancelled day, has the links of their seasons, and
/// knows what only `other` told. Lists find `person` from then on. The enrolments are the programme's, which makes
/// them one too (programme/one_person.hpp): whoever asks for this asks there.
/// Where `other` has been before stays theirs, and so does a session for which they have written already: the room, the
/// day and the link know the work by that id, and of two works on one assignment both stay, each with its answer. What
/// is read of the person later has the work of both (`they_sql`). False when one of them is not known, or is another
/// already.
bool make_one(records::Database& database, PersonId person, PersonId other, std::span<const SessionId> sessions);

/// Begins a query whose first parameter is a person: `they` has all ids under which they are in the records, their own
/// and those of whoever was found to be them.
inline constexpr const char* they_sql =
    "WITH RECURSIVE they (id) AS (SELECT ? UNION SELECT p.id FROM people p JOIN they t ON p.same_as = t.id) ";
std::vector<PersonId> ids_of(const records::Database& database, PersonId person);

/// The id under which lists find somebody: another's, where they were found to be them.
PersonId as_known_now(const records::Database& database, PersonId person);

/// The sessions after `now` in which somebody is registered.
std::vector<SessionId> sessions_to_come(const records::Database& database, PersonId person, base::UtcTime now);

}  // namespace etakahvila::people
