#pragma once

// How far workers are with the people of a day without a room, with its words: the task, when it is checked, a note of
// practical things, what was agreed for the next time. A row for each thing that was noted, so that the last one can
// be taken back with its words. The state is the room's (domain/contact), and is written with its step.
//
// Words are for those who work in the day and for the person's own supervisor. They go nowhere else: into no room, no
// journal, no file, no log, and to no participant.

#include <map>

#include "people/outside_days.hpp"
#include "protocol/attendance.hpp"

namespace etakahvila::people {

using protocol::ContactState;

inline constexpr std::size_t contact_words_code_points_max = 200;
inline constexpr std::size_t task_code_points_max = 120;
inline constexpr std::size_t usual_tasks_max = 12;

/// As the room says it.
struct NotedContact {
    PersonId person;
    std::int64_t version{};
    ContactState state{};
    std::vector<UtcTime> tries;
    std::optional<std::int64_t> seconds;
    PersonId by;
    std::optional<std::int64_t> takes_back;
};

/// The words that go with it. What is not there stays as it was.
struct ContactWords {
    std::optional<UtcTime> answered_at{};
    std::optional<std::string> task{};
    std::optional<std::int64_t> task_minutes{};
    std::optional<UtcTime> check_at{};
    std::optional<UtcTime> checked_at{};
    /// Empty: none.
    std::optional<std::string> note{};
    std::optional<std::string> agreed{};
};

/// The next row of the person, with the words of the one before; or, where something is taken back, of the one that
/// stands again. The same once more changes nothing.
void put_contact(records::Database& database, SessionId session, const NotedContact& noted, UtcTime now);
/// Into the row of this version.
void put_contact_words(
    records::Database& database, SessionId session, PersonId person, std::int64_t version, const ContactWords& words);

/// How it stands with somebody; version 0: nothing was noted.
struct Contact {
    std::int64_t version{};
    ContactState state{};
    std::vector<UtcTime> tries;
    std::optional<std::int64_t> seconds;
    ContactWords words;
    PersonId by;
    UtcTime at;
    bool can_be_taken_back{};
};
std::map<PersonId, Contact> contacts_of(const records::Database& database, SessionId session);

/// What there is to know of a person of the day before a call.
struct PersonToCall {
    PersonId person;
    std::string name;
    std::optional<std::string> supervisor;
    std::optional<std::string> phone;
    std::optional<std::string> best_time;
    std::optional<UtcTime> absence_told_at;
};
/// By name.
std::vector<PersonToCall> people_to_call(const records::Database& database, SessionId session);

/// Of the person's last day by phone before this one on which a task was given, or something agreed.
struct LastContact {
    UtcTime starts_at;
    std::optional<std::string> task;
    std::optional<std::int64_t> seconds;
    std::optional<std::string> agreed;
};
std::optional<LastContact> last_contact(const records::Database& database, PersonId person, SessionId before_session);

struct GivenTask {
    std::string title;
    std::int64_t minutes{};
};
/// Tasks that were given lately, the most usual first.
std::vector<GivenTask> usual_tasks(const records::Database& database, UtcTime now);

/// Days by phone that are to come, are held today, or wait for their seal, by their start; as many as may be seen.
struct PhoneDay {
    SessionId session;
    UtcTime starts_at;
    UtcTime ends_at;
    std::optional<std::string> period;
    std::optional<protocol::PeriodId> period_id{};
    bool is_cancelled{};
};
std::vector<PhoneDay> phone_days(const records::Database& database);
std::optional<PhoneDay> phone_day(const records::Database& database, SessionId session);

/// One of the staff, by name.
struct PhoneWorker {
    PersonId person;
    std::string name;
};
/// Who is placed in the day.
std::vector<PhoneWorker> phone_workers(const records::Database& database, SessionId session);
/// Who could be: with an account that works, and a role of the room in some series.
std::vector<PhoneWorker> free_phone_workers(const records::Database& database, SessionId session);

}  // namespace etakahvila::people
