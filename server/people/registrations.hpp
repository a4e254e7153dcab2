#pragma once

// People, and who takes part in which session in which role.

#include "people/registration_file.hpp"
#include "people/sessions.hpp"

namespace etakahvila::people {

using protocol::RefusalWord;

/// A new client, by hand; the details are tidied. All that is wrong with them, otherwise.
std::variant<PersonId, std::vector<Fault>> add_person(SQLite::Database& database, PersonDetails details);

/// What became of one registration by hand.
struct HandRegistration {
    /// Not empty: nothing was stored.
    std::vector<Fault> faults;
    PersonId person;
};

/// One person by hand, by the rules of a file's row: who is known already is that person, with
/// what is told now. not_found when there is no such session.
std::variant<HandRegistration, RefusalWord> register_by_hand(SQLite::Database& database, SessionId session, PersonDetails details);

/// Changes what is known of a participant of the session, in all their sessions; all that is wrong
/// with it, otherwise. not_found when they are not in it.
std::variant<std::vector<Fault>, RefusalWord> change_person(SQLite::Database& database, SessionId session, PersonId person, PersonDetails details);

/// Registers a client as a participant; once registered it does nothing. not_found when there is
/// no such session or client.
std::optional<RefusalWord> register_person(SQLite::Database& database, SessionId session, PersonId person);

/// A facilitator, moderator or guest of one session, under the name that everyone sees. The same
/// role and name twice is one person. Refused: not_found, invalid (another role), and the word of
/// the name's fault.
std::variant<PersonId, RefusalWord> add_staff(SQLite::Database& database, SessionId session, Role role, std::string_view display_name);

/// The staff that every session has, under the names of their tasks: two facilitators and two
/// moderators (1-mission.md, "Who is in the room"). For a session that exists.
void add_usual_staff(SQLite::Database& database, SessionId session);

/// Takes a person out of a session; their invitations to it stop working.
std::optional<RefusalWord> unregister(SQLite::Database& database, SessionId session, PersonId person);

/// Absence told beforehand, and by it: the proposal is excused unless the person is seen.
struct AbsenceNotice {
    UtcTime told_at;
    std::optional<std::string> note;
    bool operator==(const AbsenceNotice&) const = default;
};

/// Takes the notice down, or takes it back. Refused: not_found, text_too_long, text_not_allowed.
std::optional<RefusalWord> set_absence(SQLite::Database& database, SessionId session, PersonId person, std::optional<AbsenceNotice> notice);

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
std::vector<SessionPerson> people_of(const SQLite::Database& database, SessionId session, UtcTime now);

std::optional<PersonDetails> person_details(const SQLite::Database& database, PersonId person);

/// The names of the series in whose sessions a client is registered; none for anyone else.
std::vector<std::string> series_of_client(const SQLite::Database& database, PersonId person);

struct RegistrationImport {
    /// Not empty: nothing was stored.
    std::vector<LineFault> faults;
    /// Registered now.
    std::int64_t imported{};
    /// Registered already, or known already with other details: what the file tells was taken over.
    std::int64_t changed{};
    std::int64_t unchanged{};
    /// Who each row is.
    std::vector<PersonId> people;
};

/// Faults that only the records know: two people of the records fit a row (several_match), two
/// rows fit one person (duplicate_of_line). Reads only.
std::vector<LineFault> faults_against_records(const SQLite::Database& database, const RegistrationPreview& preview);

/// Registers all rows, or none. A row is the person of the records that is exactly the same
/// (is_exactly_same_person), or else the only one that is the same (is_same_person), or else a
/// new one. What a row tells replaces what was known; what it leaves empty changes nothing. So the
/// same file twice changes nothing. Nothing comes back when there is no such session.
std::optional<RegistrationImport> import_registrations(SQLite::Database& database, SessionId session, const RegistrationPreview& preview);

}  // namespace etakahvila::people
