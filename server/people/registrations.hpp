#pragma once

// People, and who takes part in which session in which role.

#include "people/matching.hpp"
#include "people/registration_file.hpp"
#include "people/sessions.hpp"
#include "protocol/api/needs.hpp"

namespace etakahvila::people {

using protocol::RefusalWord;

/// A new person, by hand; the details are tidied. All that is wrong with them, otherwise.
std::variant<PersonId, std::vector<Fault>> add_person(records::Database& database, PersonDetails details);

/// What is told replaces what was known, unless it is the same in another way to write it.
PersonDetails merged(PersonDetails known, const PersonDetails& told);

/// Of a client; the details are tidied.
void update_person(records::Database& database, PersonId person, const PersonDetails& details);

/// What became of one registration by hand.
struct HandRegistration {
    /// Not empty: nothing was stored.
    std::vector<Fault> faults;
    /// Whether it is somebody known: nothing was stored before it is answered.
    std::optional<SameQuestion> question;
    PersonId person;
    /// What was told differs from what is known, and may be changed by who reaches all of their series only.
    bool is_kept_as_was{};
};

/// What was answered of one person by hand; without an answer a doubt is a question.
struct HandAnswer {
    /// Nobody: none of those who were asked about.
    std::optional<PersonId> person;
};

/// One person by hand, by the rules of a file's row: who is known already is that person, with
/// what is told now. not_found when there is no such session.
std::variant<HandRegistration, RefusalWord> register_by_hand(records::Database& database, SessionId session,
    PersonDetails details, const Reach& reach = {}, std::optional<HandAnswer> answer = {});

/// Changes what is known of a participant of the session, in all their sessions; all that is wrong
/// with it, otherwise. not_found when they are not in it; not_permitted when they are in a series out
/// of reach too: what is known of them is used there.
std::variant<std::vector<Fault>, RefusalWord> change_person(
    records::Database& database, SessionId session, PersonId person, PersonDetails details, const Reach& reach = {});

/// Registers a known person as a participant; once registered it does nothing. not_found when there is
/// no such session or person.
std::optional<RefusalWord> register_person(records::Database& database, SessionId session, PersonId person);

/// A facilitator, moderator or guest of one session, under the name that everyone sees. The same
/// role and name twice is one person, who is reached by the e-mail that was told last. Refused: not_found, invalid
/// (another role), and the word of the name's fault. `email` is tidied.
std::variant<PersonId, RefusalWord> add_staff(records::Database& database, SessionId session, Role role,
    std::string_view display_name, const std::optional<std::string>& email = {});

/// The staff that every session has, under the names of their tasks: two facilitators and two
/// moderators. For a session that exists.
void add_usual_staff(records::Database& database, SessionId session);

/// Takes a person out of a session; their invitations to it stop working. An enrolment may bring them back.
std::optional<RefusalWord> unregister(records::Database& database, SessionId session, PersonId person);

/// The same by somebody's decision about this one day: no enrolment brings them back to it. Registering them by hand
/// ends that.
std::optional<RefusalWord> take_out(records::Database& database, SessionId session, PersonId person, UtcTime now);

/// Absence told beforehand, and by it: the proposal is excused unless the person is seen.
using protocol::AbsenceNotice;

/// Takes the notice down, or takes it back with all of it. `told_by`: whose word it is; none: the person's own.
/// Refused: not_found, text_too_long, text_not_allowed.
std::optional<RefusalWord> set_absence(records::Database& database, SessionId session, PersonId person,
    std::optional<AbsenceNotice> notice, const std::optional<std::string>& told_by = {});

/// The same by somebody who may not read why: what was told of it before stays, and its words, unless there are others.
std::optional<RefusalWord> set_absence_unread(
    records::Database& database, SessionId session, PersonId person, AbsenceNotice notice, const std::string& told_by);

/// One person of a session, for its coordinator.
struct SessionPerson {
    PersonId person;
    Role role = Role::participant;
    PersonDetails details;
    std::optional<AbsenceNotice> absence;
    /// An invitation that works, or will when its time comes.
    bool is_invited{};
    /// Of that invitation.
    std::optional<UtcTime> invited_from;
    std::optional<UtcTime> invited_until;
};

/// Participants by name, then staff and guests.
std::vector<SessionPerson> people_of(const records::Database& database, SessionId session, UtcTime now);

/// What help participants of the session need, of those who let moderators see it.
std::vector<protocol::PersonNeeds> needs_shown_in(const records::Database& database, SessionId session);

std::optional<PersonDetails> person_details(const records::Database& database, PersonId person);

/// The names of the series in whose sessions a person is registered; none for anyone else.
std::vector<std::string> series_of_person(const records::Database& database, PersonId person);

struct RegistrationImport {
    /// Not empty: nothing was stored.
    std::vector<RowFault> faults;
    /// Not empty: nothing was stored. Each is to be answered by its line of the file.
    std::vector<SameQuestion> questions;
    /// Registered now.
    std::int64_t imported{};
    /// Registered already, or known already with other details: what the file tells was taken over.
    std::int64_t changed{};
    std::int64_t unchanged{};
    /// Rows that tell something else of people who are in a series out of reach too: it was not taken over.
    std::vector<std::int64_t> lines_kept_as_was;
    /// Who each row is.
    std::vector<PersonId> people;
};

/// What only the records know of a file. Reads only.
struct RecordsLook {
    /// Two rows that fit one person (duplicate_of_line), and who is no member of the group (not_a_member).
    std::vector<RowFault> faults;
    std::vector<SameQuestion> questions;
    /// Rows of people who are known already.
    std::int64_t known{};
    std::vector<std::int64_t> lines_kept_as_was;
};
RecordsLook look_at_records(const records::Database& database, SessionId session, const RegistrationPreview& preview,
    const Reach& reach = {}, const SameAnswers& answers = {});

/// Registers all rows, or none; on a day of a group (people/groups.hpp) its members alone. A row is the person of the
/// records that is exactly the same (is_exactly_same_person), or the only one that is the same (sameness), or the one
/// that was answered; a doubt without an answer is a question, and a row that nobody is like is a new person. What a
/// row tells replaces what was known; what it leaves empty, or writes another way, changes nothing. So the same file
/// twice changes nothing. Nobody out of reach is matched, shown or changed: they are asked about later, of who reaches
/// everybody (KnownPeople::pairs). Nothing comes back when there is no such session.
std::optional<RegistrationImport> import_registrations(records::Database& database, SessionId session,
    const RegistrationPreview& preview, const Reach& reach = {}, const SameAnswers& answers = {});

}  // namespace etakahvila::people
