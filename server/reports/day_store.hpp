#pragma once

// Where the days are kept: one record for each version of a day that was proposed, sealed or
// corrected, none of them ever changed, and beside the newest who attended. Called as the records
// of people are (people/storage.hpp).

#include <span>

#include "records/database.hpp"
#include "reports/day_record.hpp"

namespace etakahvila::reports {

/// Brings the tables to this program's version, forward only.
void migrate(records::Database& database);

/// Gives each row the name of its kind of decision: as an earlier version of the day has kept it, else as the kind is
/// called now.
void name_kinds(const records::Database& database, DayRecord& record);

/// Keeps the record, its kinds named (name_kinds), unless this version of the day is kept already.
void keep_day(records::Database& database, DayRecord record, UtcTime now);

/// The newest record of a session; nothing before its first close.
std::optional<DayRecord> day_of(const records::Database& database, SessionId session);

/// Of those who attended the session: how many had attended one that began before it.
std::int64_t returners_of(const records::Database& database, SessionId session);

/// What was decided about the person, over all sessions and under whichever id they were known, the newest first.
struct ActOfSession {
    SessionId session;
    RecordedAct act;
};
std::vector<ActOfSession> acts_about(const records::Database& database, PersonId person);

/// Takes these people out of all kept days, with what was decided of them; the figures of the days stay. For data whose
/// time is over (server/keeping): else no kept record is ever changed.
void forget_in_days(records::Database& database, std::span<const PersonId> people);

}  // namespace etakahvila::reports
