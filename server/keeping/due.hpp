#pragma once

// What each rule would take on a day.

#include <map>

#include "keeping/holds.hpp"
#include "keeping/rules.hpp"

namespace etakahvila::keeping {

/// A row that a rule takes, or all that is stored of a session or a person: by its rule.
struct Subject {
    std::int64_t id{};
    std::int64_t other{};
    bool operator==(const Subject&) const = default;
};

/// The moment for which it is asked what is due, with what the holds keep then.
struct Moment {
    Moment(const records::Database& database, UtcTime at);
    UtcTime now;
    LocalDate today;
    Held held;
};

/// By id. Those that a hold keeps are none of them.
std::vector<Subject> due(const records::Database& database, KeepingRule rule, const Moment& moment);

/// The last day of anything of theirs, by all their ids: of their periods, else of their days, else the day on which
/// somebody last had to do with what is known of them. Nothing where nothing is known.
std::map<PersonId, std::string> last_days(const records::Database& database);

/// When a day came to its end, from which on its room can be compacted (domain::may_compact): it was sealed, or
/// cancelled. Nothing before that.
std::optional<UtcTime> ended_at(const records::Database& database, SessionId session);

/// Days that are over for as long as the words of rooms are kept, whose rooms have words, and that have not ended.
std::vector<protocol::UnsealedDay> unsealed_days(const records::Database& database, const Moment& moment);

}  // namespace etakahvila::keeping
